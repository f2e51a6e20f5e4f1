//! What a view may ask: the book, and where other pages stand in this output.

mod links;
mod lists;

use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::base::locale::Locale;
use crate::base::path::{UrlPath, encode};
use crate::book::{AssetId, Book, EntryId, Resolution, Role, SectionId};
use crate::config::Layout;
use crate::markup::Highlighter;
use crate::page::fragment::{self, FragmentWriter};
use crate::page::list::{Groups, Lists};
use crate::page::view::{Anchor, DateView, NavItem, PageView, SharedDate, SiteView};
use crate::page::{Page, Plan, Subject, feed, layout};
use crate::parse::Entry;
use crate::theme::Theme;

/// How many pages and plain sections the navigation names at most.
pub const NAV_PAGES: usize = 6;
const NAV_SECTIONS: usize = 10;

/// A book with the addresses of one output.
pub struct SiteContent {
    pub book: Arc<Book>,
    /// The language of the book, and of all that is no page.
    pub locale: Locale,
    pub(in crate::page) theme: Arc<Theme>,
    pub(in crate::page) highlighter: Arc<Highlighter>,
    /// Writes fragments of pages without templates, if the theme has none of its own.
    pub(in crate::page) fragments: Option<FragmentWriter>,
    arranged: Arc<SiteMap>,
}

/// Where pages stand, and in which lists. It stays while entries are to each other what they are.
pub struct SiteMap {
    /// The address of each entry's page, where it has one of its own.
    entries: Vec<Option<UrlPath>>,
    /// The addresses of all other pages.
    urls: FxHashMap<Subject, UrlPath>,
    /// The entries of the feed, newest first.
    feed: Vec<EntryId>,
    lists: Lists,
    no_groups: Groups,
    layouts: Vec<Layout>,
    /// The date of each entry, once a page has shown it.
    dates: Vec<OnceLock<Arc<SharedDate>>>,
    /// Every date of these, by the fingerprint of what its author wrote: many entries have the same.
    known_dates: Mutex<FxHashMap<Fingerprint, Arc<SharedDate>>>,
    /// The address of each asset, where it is published.
    assets: Vec<Option<UrlPath>>,
}

impl SiteMap {
    /// What a plan arranges.
    pub fn of(book: &Book, plan: Plan) -> SiteMap {
        let feed = feed::of(book, &plan.pages);
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
            feed,
            lists: plan.lists,
            no_groups: Groups::default(),
            layouts: book.sections.iter().map(|section| layout::of(book, section)).collect(),
            dates: book.entries.iter().map(|_| OnceLock::new()).collect(),
            known_dates: Mutex::default(),
            assets,
        }
    }
}

impl SiteContent {
    /// What the views of a site ask. The highlighter may know code from before.
    pub fn new(
        book: Arc<Book>,
        arranged: Arc<SiteMap>,
        theme: Arc<Theme>,
        highlighter: Arc<Highlighter>,
    ) -> SiteContent {
        let fragments = FragmentWriter::new(&theme);
        let locale = Locale {
            language: book.config.language.as_str().into(),
            han: book.config.han.as_str().into(),
            words: theme.words().clone(),
        };
        SiteContent { book, locale, theme, highlighter, fragments, arranged }
    }

    /// The language of a page, and the words of the interface in it: so far all pages have the book's.
    pub fn locale_of(&self, _: &Page) -> &Locale {
        &self.locale
    }

    /// The entries of the feed, newest first; there is none without entries.
    pub fn feed(&self) -> &[EntryId] {
        &self.arranged.feed
    }

    pub fn lists(&self) -> &Lists {
        &self.arranged.lists
    }

    /// The groups of the timeline, or of a list of entries that is split, by the subject of its page.
    pub fn groups(&self, whole: &Subject) -> &Groups {
        self.arranged.lists.get(whole).unwrap_or(&self.arranged.no_groups)
    }

    /// How a section's page shows its entries.
    pub fn layout(&self, id: SectionId) -> Layout {
        self.arranged.layouts[id.0 as usize]
    }

    /// The address of a page, if this output has it.
    pub fn url(&self, subject: &Subject) -> Option<&UrlPath> {
        match subject {
            Subject::Entry(id) => self.arranged.entries[id.0 as usize].as_ref(),
            subject => self.arranged.urls.get(subject),
        }
    }

    /// The link from a page to another, if this output has it.
    pub fn href(&self, from: &Page, subject: &Subject) -> Option<String> {
        self.url(subject).map(|url| self.way(from, url))
    }

    /// The folder of the site on its server. A server shows the page of what is not found at whatever depth the wrong
    /// address had, so that its links begin there. Where the site's address is not known they are those of the site's own
    /// folder.
    pub fn server_path(&self) -> Option<&str> {
        let url = self.book.config.site_url.as_deref()?;
        Some(match url.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
            None => url,
        })
    }

    /// The link from a page to an address of this output.
    pub fn way(&self, from: &Page, to: &UrlPath) -> String {
        let way = from.url.link_to(to);
        match self.server_path().filter(|_| from.subject == Subject::NotFound) {
            Some(base) => format!("{base}{way}"),
            None => way,
        }
    }

    /// The link from a page to an entry, which may be a section's own page or the home page.
    pub fn entry_href(&self, from: &Page, id: EntryId) -> String {
        self.href(from, &self.subject(id)).unwrap_or_default()
    }

    /// The address of the page on which an entry stands.
    pub fn entry_url(&self, id: EntryId) -> Option<&UrlPath> {
        self.url(&self.subject(id))
    }

    /// The public address of a page, where the book has one.
    pub fn canonical(&self, url: Option<&UrlPath>) -> Option<String> {
        let config = &self.book.config;
        let site = config.site_url.as_ref().filter(|_| config.has_public_address())?;
        let path: Vec<String> = url?.as_str().split('/').map(encode).collect();
        Some(format!("{site}{}", path.join("/")))
    }

    /// The page on which an entry stands.
    pub fn subject(&self, id: EntryId) -> Subject {
        let section_id = self.book.section_of(id);
        let section = self.book.section(section_id);
        match section.index == Some(id) {
            _ if self.book.entry(id).role == Role::NotFound => Subject::NotFound,
            true if section.name.is_empty() => Subject::Home,
            true => Subject::Section(section_id, None),
            false => Subject::Entry(id),
        }
    }

    pub fn entry_anchor(&self, from: &Page, id: EntryId) -> Anchor<'_> {
        Anchor { title: &self.book.entry(id).title.value, href: self.entry_href(from, id) }
    }

    pub fn section_anchor(&self, from: &Page, id: SectionId) -> Option<Anchor<'_>> {
        let href = self.href(from, &Subject::Section(id, None))?;
        Some(Anchor { title: self.section_title(self.locale_of(from), id), href })
    }

    /// What a section is called; the root, which has no name, by what it holds.
    pub fn section_title<'a>(&'a self, locale: &'a Locale, id: SectionId) -> &'a str {
        match self.book.section(id).title.as_str() {
            "" => locale.words.get("pages"),
            title => title,
        }
    }

    /// What every page says of itself.
    pub fn page<'a>(
        &'a self,
        page: &Page,
        title: impl Into<Cow<'a, str>>,
        description: &'a str,
        trail: Vec<Anchor<'a>>,
    ) -> PageView<'a> {
        let locale = self.locale_of(page);
        let depth = page.url.as_str().matches('/').count();
        PageView {
            kind: page.kind,
            title: title.into(),
            description,
            lang: &locale.language,
            dir: locale.direction().word(),
            canonical: self.canonical(Some(&page.url)),
            root: "../".repeat(depth),
            trail,
        }
    }

    /// What every page says of the site.
    pub fn site(&self, page: &Page) -> SiteView<'_> {
        let book = &self.book;
        let config = &book.config;
        let mut nav = Vec::new();
        let here = match &page.subject {
            Subject::Section(id, _) => Some(*id),
            Subject::Entry(id) | Subject::Backlinks(id) => Some(book.section_of(*id)),
            _ => None,
        };
        let mut plain = 0;
        for id in book.section_ids() {
            let section = book.section(id);
            if section.name.is_empty() {
                continue;
            }
            // Plain sections stand behind the declared ones.
            plain += usize::from(section.declared.is_none());
            if plain > NAV_SECTIONS {
                break;
            }
            if let Some(Anchor { title, href }) = self.section_anchor(page, id) {
                nav.push(NavItem { title, href, current: here == Some(id), kind: "section" });
            }
        }
        if let Some(href) = self.href(page, &Subject::Timeline(None)) {
            let current = matches!(page.subject, Subject::Timeline(_));
            nav.push(NavItem { title: "", href, current, kind: "timeline" });
        }
        let mut pages = Vec::new();
        if let Some(root) = book.section_ids().find(|id| book.section(*id).name.is_empty()) {
            for id in book.section(root).members.iter().take(NAV_PAGES) {
                let Anchor { title, href } = self.entry_anchor(page, *id);
                pages.push(NavItem { title, href, current: page.subject == Subject::Entry(*id), kind: "page" });
            }
            if let Some(href) = self.href(page, &Subject::Section(root, None)) {
                let title = self.locale_of(page).words.get("all_pages");
                let current = matches!(&page.subject, Subject::Section(id, _) if *id == root);
                pages.push(NavItem { title, href, current, kind: "page" });
            }
        }
        let navigation = self.fragments.as_ref().map(|writer| writer.navigation(&nav, &pages));
        // Only the page of what is not found names it all once more.
        if navigation.is_some() && page.subject != Subject::NotFound {
            nav.clear();
            pages.clear();
        }
        SiteView {
            title: &config.title,
            description: &config.description,
            authors: &config.authors,
            home: self.href(page, &Subject::Home).unwrap_or_default(),
            nav,
            pages,
            navigation,
            tags: self.href(page, &Subject::Tags),
            sources: self.href(page, &Subject::Sources),
            all_entries: self.href(page, &Subject::All(None)),
            search: self.href(page, &Subject::Search).unwrap_or_default(),
            repository: config.repository.as_deref(),
            feed: (!self.feed().is_empty()).then(|| self.way(page, &feed::url())),
        }
    }

    /// A date as readers of a language see it.
    pub fn date(&self, locale: &Locale, date: &Date) -> DateView {
        DateView {
            text: date.human(&locale.words),
            datetime: date.html_datetime(),
            certain: date.extent().certain.is_some(),
        }
    }

    /// The date of an entry as readers see it.
    pub fn entry_date(&self, id: EntryId) -> Option<Arc<SharedDate>> {
        let date = self.book.entry(id).date.as_ref()?;
        let shared = || {
            let view = self.date(&self.locale, &date.value);
            Arc::new(SharedDate::new(&view, fragment::date(&view)))
        };
        let prepared = || {
            let mark = Fingerprint::of(&date.value.to_string());
            let mut known = self.arranged.known_dates.lock().unwrap_or_else(PoisonError::into_inner);
            known.entry(mark).or_insert_with(shared).clone()
        };
        Some(self.arranged.dates[id.0 as usize].get_or_init(prepared).clone())
    }

    /// The address of an asset, if it is published.
    pub fn asset_url(&self, asset: AssetId) -> Option<&UrlPath> {
        self.arranged.assets[asset.0 as usize].as_ref()
    }

    /// The link to an entry's picture, or to any asset that a link of it means.
    pub fn asset_href(&self, page: &Page, id: EntryId, link: usize) -> Option<String> {
        let Resolution::Asset(asset) = self.book.resolution(id, link) else { return None };
        self.asset_url(*asset).map(|url| self.way(page, url))
    }
}

/// What an entry says of itself in a sentence.
pub fn summary(entry: &Entry) -> &str {
    match &entry.summary {
        Some(summary) => &summary.value,
        None => &entry.body.excerpt,
    }
}
