//! Long lists, split so that no page holds more than a person can scroll through.

mod groups;
mod key;
mod names;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::layout;
use super::subject::{Page, Subject};
use crate::base::path::{UrlPath, slug};
use crate::book::{Book, EntryId, SectionId};

use groups::GroupKey;
pub use groups::{Groups, MOST};
pub use key::{GroupBy, key, page_title, title, year_key};
pub use names::{Name, places};

/// The lists that pages are made of.
#[derive(Default)]
pub struct Lists {
    /// The groups of the timeline and of every list of entries that is split, by the subject of its page.
    groups: FxHashMap<Subject, Groups>,
    /// Those of the list of all entries.
    pub names: Groups<Name>,
}

impl Lists {
    pub fn of(book: &Book) -> Lists {
        let signs: Vec<GroupKey> = book.entries.par_iter().map(|entry| GroupKey::of(entry)).collect();
        let timeline = (Subject::Timeline(None), GroupBy::Year, &book.timeline);
        let sections =
            book.section_ids().map(|id| (Subject::Section(id, None), group_by(book, id), &book.section(id).members));
        let terms = book.terms.iter().map(|(id, term)| (Subject::Term(id, None), GroupBy::Letter, &term.entries));
        let lists = sections.chain(terms).filter(|(_, _, ids)| ids.len() > MOST).chain([timeline]);
        let groups = lists.map(|(whole, by, ids)| (whole, Groups::of(book, &signs, by, ids))).collect();
        Lists { groups, names: names::names(book) }
    }

    /// The groups of a list of entries; none if it is whole.
    pub fn get(&self, whole: &Subject) -> Option<&Groups> {
        self.groups.get(whole)
    }

    /// The parts of a list, each with how much stands in it; none if it is whole.
    pub fn parts(&self, whole: &Subject) -> Vec<(&str, usize)> {
        match whole {
            Subject::All(_) => self.names.parts(),
            _ => self.get(whole).map_or_else(Vec::new, Groups::parts),
        }
    }
}

/// Sections that are sorted by date are split by year, others by letter.
fn group_by(book: &Book, id: SectionId) -> GroupBy {
    match layout::declared(book, book.section(id)).and_then(|collection| collection.sort.as_deref()) {
        Some("date") => GroupBy::Year,
        _ => GroupBy::Letter,
    }
}

/// The entries of a list.
pub fn ids<'a>(book: &'a Book, whole: &Subject) -> &'a [EntryId] {
    match whole {
        Subject::Section(id, _) => &book.section(*id).members,
        Subject::Term(id, _) => &book.terms.get(*id).entries,
        Subject::Timeline(_) => &book.timeline,
        _ => &[],
    }
}

/// How many entries a list has.
pub fn length(book: &Book, whole: &Subject) -> usize {
    match whole {
        Subject::All(_) => book.entries.len(),
        _ => ids(book, whole).len(),
    }
}

/// The pages of a list: one, or one for the whole and one for each part. `kind` is the name of its kind, `address` that of the
/// whole without `.html`.
pub fn pages(kind: &'static str, lists: &Lists, address: &str, whole: &Subject) -> Vec<Page> {
    let mut pages = vec![Page { kind, subject: whole.clone(), url: UrlPath::new(format!("{address}.html")) }];
    pages.extend(lists.parts(whole).into_iter().map(|(key, _)| {
        let url = UrlPath::new(format!("{address}-{}.html", slug(key, false)));
        Page { kind, subject: whole.part(key), url }
    }));
    pages
}
