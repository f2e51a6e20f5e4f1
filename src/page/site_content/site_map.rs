//! Where pages stand, and in which lists.

use std::sync::{Arc, Mutex, OnceLock};

use rustc_hash::FxHashMap;

use crate::base::fingerprint::Fingerprint;
use crate::base::path::UrlPath;
use crate::book::Book;
use crate::page::feed::{self, Feed};
use crate::page::layout::SectionLayout;
use crate::page::list::{Groups, Lists};
use crate::page::view::SharedDate;
use crate::page::{Plan, Subject};

/// Where pages stand, and in which lists. It stays while entries are to each other what they are.
pub struct SiteMap {
    /// The address of each entry's page, where it has one of its own.
    pub(super) entries: Vec<Option<UrlPath>>,
    /// The addresses of all other pages.
    pub(super) urls: FxHashMap<Subject, UrlPath>,
    pub(super) feeds: Vec<Feed>,
    pub(super) lists: Lists,
    pub(super) no_groups: Groups,
    pub(super) layouts: Vec<SectionLayout>,
    /// The date of each entry, once a page has shown it.
    pub(super) dates: Vec<OnceLock<Arc<SharedDate>>>,
    /// Every date of these, by the fingerprint of what its author wrote: many entries have the same.
    pub(super) known_dates: Mutex<FxHashMap<Fingerprint, Arc<SharedDate>>>,
    /// The address of each asset, where it is published.
    pub(super) assets: Vec<Option<UrlPath>>,
}

impl SiteMap {
    /// What a plan arranges.
    pub fn of(book: &Book, plan: Plan) -> SiteMap {
        let feeds = feed::of(book, &plan.pages);
        let pages = plan.pages.into_iter().map(|page| (page.subject, page.url));
        let displaced = plan.displaced.into_iter().map(|(subject, file)| (subject, file.url()));
        let mut entries = vec![None; book.entries.len()];
        let mut urls = FxHashMap::default();
        for (subject, url) in pages.chain(displaced) {
            match subject {
                Subject::Entry(id) => entries[id.0 as usize] = Some(url),
                subject => drop(urls.insert(subject, url)),
            }
        }
        let mut assets = vec![None; book.places.assets.len()];
        for (asset, file) in plan.assets {
            assets[asset.0 as usize] = Some(file.url());
        }
        SiteMap {
            entries,
            urls,
            feeds,
            lists: plan.lists,
            no_groups: Groups::default(),
            layouts: book.sections.iter().map(|section| SectionLayout::of(book, section)).collect(),
            dates: book.entries.iter().map(|_| OnceLock::new()).collect(),
            known_dates: Mutex::default(),
            assets,
        }
    }
}
