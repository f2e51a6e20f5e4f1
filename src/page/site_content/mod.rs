//! What a view may ask: the book, and where other pages stand in this output.

mod frame;
mod links;
mod lists;
mod site_map;

use std::borrow::Cow;
use std::sync::{Arc, PoisonError};

use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::base::locale::Locale;
use crate::base::path::UrlPath;
use crate::book::{AssetId, Book, EntryId, Resolution, Role, SectionId};
use crate::config::FeedFormat;
use crate::markup::Highlighter;
use crate::page::feed::{Feed, FeedScope};
use crate::page::fragment::{self, FragmentWriter};
use crate::page::layout::SectionLayout;
use crate::page::list::{Groups, Lists};
use crate::page::view::{Anchor, DateView, SharedDate};
use crate::page::{Page, Preview, Subject};
use crate::parse::Entry;
use crate::theme::Theme;

pub use frame::NAV_PAGES;
pub use site_map::SiteMap;

/// A book with the addresses of one output.
pub struct SiteContent {
    pub book: Arc<Book>,
    /// The language of the book, and of all that is no page.
    pub locale: Locale,
    pub(in crate::page) theme: Arc<Theme>,
    pub(in crate::page) highlighter: Arc<Highlighter>,
    /// Writes fragments of pages without templates, if the theme has none of its own.
    pub(in crate::page) fragments: Option<FragmentWriter>,
    /// What is other than in a revision, if this is a preview.
    pub(in crate::page) preview: Option<Arc<Preview>>,
    arranged: Arc<SiteMap>,
}

impl SiteContent {
    /// What the views of a site ask. The highlighter may know code from before.
    pub fn new(
        book: Arc<Book>,
        arranged: Arc<SiteMap>,
        theme: Arc<Theme>,
        highlighter: Arc<Highlighter>,
        preview: Option<Arc<Preview>>,
    ) -> SiteContent {
        let fragments = FragmentWriter::new(&theme);
        let locale = Locale {
            language: book.config.language.as_str().into(),
            han: book.config.han.as_str().into(),
            words: theme.words().clone(),
        };
        SiteContent { book, locale, theme, highlighter, fragments, preview, arranged }
    }

    /// The language of a page, and the words of the interface in it: so far all pages have the book's.
    pub fn locale_of(&self, _: &Page) -> &Locale {
        &self.locale
    }

    /// The feeds of the site; a preview has none.
    pub fn feeds(&self) -> &[Feed] {
        if self.preview.is_some() { &[] } else { &self.arranged.feeds }
    }

    /// What a feed is called: as the book is, and what of it the feed has.
    pub fn feed_title(&self, feed: &Feed) -> Cow<'_, str> {
        let of = match (feed.format, feed.of) {
            (FeedFormat::Calendar, _) => self.locale.words.get("timeline"),
            (_, FeedScope::Section(section)) => self.section_title(&self.locale, section),
            (_, FeedScope::RecentChanges) => self.locale.words.get("recent_changes"),
            (_, FeedScope::Book) => return Cow::from(&self.book.config.title),
        };
        Cow::from(format!("{}: {of}", self.book.config.title))
    }

    pub fn lists(&self) -> &Lists {
        &self.arranged.lists
    }

    /// The groups of the timeline, or of a list of entries that is split, by the subject of its page.
    pub fn groups(&self, whole: &Subject) -> &Groups {
        self.arranged.lists.get(whole).unwrap_or(&self.arranged.no_groups)
    }

    /// How a section's page shows its entries.
    pub fn layout(&self, id: SectionId) -> &SectionLayout {
        &self.arranged.layouts[id.0 as usize]
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
        self.book.config.server_path()
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

    /// Where on the web the site will stand, if the book says so; a preview stands nowhere.
    pub fn public_address(&self) -> Option<String> {
        self.book.config.public_address().filter(|_| self.preview.is_none())
    }

    /// The public address of a page, where the book has one. That of the home page is the site's own, as hosts show it.
    pub fn canonical(&self, url: Option<&UrlPath>) -> Option<String> {
        let (site, url) = (self.public_address()?, url?);
        Some(if self.url(&Subject::Home) == Some(url) { site } else { site + &url.encoded() })
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
