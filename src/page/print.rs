//! What a page shows, as a fingerprint: while it is the same, the page's bytes are.
//!
//! A fingerprint is made of what a view asks for, not of the view: it costs a small part of rendering the page. It may
//! differ where the bytes do not; the other way round is a mistake, which `src/workspace/tests.rs` looks for.

use rayon::prelude::*;

use super::{Page, Shelf, Subject, list};
use crate::base::mark::{Mark, Marker};
use crate::base::path::UrlPath;
use crate::book::{EntryId, Resolution};
use crate::parse::{Citation, SourceRef, Value};

/// A fingerprint in the making.
pub struct Print<'a> {
    pub shelf: &'a Shelf,
    pub page: &'a Page,
    common: &'a Common,
    marker: Marker,
}

/// What many pages show.
pub struct Common {
    /// The fingerprint of what all pages show.
    all: Mark,
    /// The fingerprint of each entry as others show it.
    faces: Vec<Mark>,
    /// The same as it stands in a list: its fields with what they lead to, too.
    items: Vec<Mark>,
}

/// The fingerprint of a page.
pub fn of(shelf: &Shelf, page: &Page, common: &Common) -> Mark {
    let mut print = Print { shelf, page, common, marker: Marker::default() };
    print.mark(common.all);
    print.text(page.kind.name);
    print.text(page.url.as_str());
    (page.kind.shows)(&mut print);
    print.finish()
}

/// The fingerprint of what a search shows of an entry: its text, where it stands, how many link to it.
pub fn record(shelf: &Shelf, common: &Common, id: EntryId) -> Mark {
    let mut marker = Marker::default();
    marker.mark(common.all);
    marker.mark(shelf.book.entry(id).print);
    marker.mark(common.faces[id.0 as usize]);
    marker.number(shelf.book.graph.backlinks(id).len() as u64);
    for link in shelf.book.entry(id).body.links() {
        if let Resolution::Found { entry, .. } | Resolution::NoSuchAnchor { entry, .. } =
            shelf.book.resolution(id, link)
        {
            marker.number(link as u64);
            marker.mark(common.faces[entry.0 as usize]);
        }
    }
    marker.finish()
}

/// The fingerprints of what all pages of a site show: the book's own words, its navigation, its sources; and of entries
/// as others show them. `theme` is that of the theme.
pub fn common(shelf: &Shelf, theme: Mark) -> Common {
    let book = &shelf.book;
    let ids = || (0..book.entries.len() as u32).into_par_iter().map(EntryId);
    let faces: Vec<Mark> = ids().map(|id| face(shelf, id)).collect();
    let items: Vec<Mark> = ids().map(|id| item(shelf, id, &faces)).collect();
    let known = Common { all: Mark::default(), faces, items };
    let home = Page { kind: &super::home::KIND, subject: Subject::Home, url: UrlPath::new("") };
    let mut print = Print { shelf, page: &home, common: &known, marker: Marker::default() };
    print.mark(theme);
    print.mark(book.config.fingerprint());
    for id in book.section_ids() {
        let section = book.section(id);
        for text in [&section.name, &section.address, &section.title, &section.singular, &section.description] {
            print.text(text);
        }
        print.number(section.index.map_or(0, |index| u64::from(index.0) + 1));
        print.url(shelf.url(&Subject::Section(id, None)));
        if section.name.is_empty() {
            section.members.iter().take(super::shelf::NAV_PAGES).for_each(|id| print.face(*id));
        }
    }
    for subject in
        [Subject::Home, Subject::Search, Subject::Timeline(None), Subject::Tags, Subject::Sources, Subject::All(None)]
    {
        print.url(shelf.url(&subject));
    }
    Common { all: print.finish(), ..known }
}

/// An entry as it stands in a list. Its fields lead to entries, or nowhere.
fn item(shelf: &Shelf, id: EntryId, faces: &[Mark]) -> Mark {
    let mut marker = Marker::default();
    marker.mark(faces[id.0 as usize]);
    for value in shelf.book.entry(id).fields.iter().flat_map(|field| &field.values) {
        if let Value::Link(link) = value.value {
            let to = match shelf.book.resolution(id, link) {
                Resolution::Found { entry, .. } => faces[entry.0 as usize],
                _ => Mark::default(),
            };
            marker.mark(to);
        }
    }
    marker.finish()
}

/// An entry as others show it: where it stands, too.
fn face(shelf: &Shelf, id: EntryId) -> Mark {
    let mut marker = Marker::default();
    marker.mark(shelf.book.entry(id).face);
    marker.number(u64::from(shelf.book.section_of(id).0));
    marker.text(shelf.entry_url(id).map_or("", UrlPath::as_str));
    marker.finish()
}

impl Print<'_> {
    fn finish(self) -> Mark {
        self.marker.finish()
    }

    pub fn mark(&mut self, mark: Mark) {
        self.marker.mark(mark);
    }

    pub fn number(&mut self, number: u64) {
        self.marker.number(number);
    }

    /// A text, told apart from the one before and the one after it.
    pub fn text(&mut self, text: &str) {
        self.marker.text(text);
    }

    pub fn url(&mut self, url: Option<&UrlPath>) {
        self.text(url.map_or("", UrlPath::as_str));
    }

    /// An entry as others show it: its title, its address, its date, its summary, its headings, its fields as written.
    pub fn face(&mut self, id: EntryId) {
        self.mark(self.common.faces[id.0 as usize]);
    }

    /// An entry as it stands in a list: its fields with what they lead to, too.
    pub fn item(&mut self, id: EntryId) {
        self.mark(self.common.items[id.0 as usize]);
    }

    pub fn items(&mut self, ids: &[EntryId]) {
        self.number(ids.len() as u64);
        ids.iter().for_each(|id| self.item(*id));
    }

    /// A source, with what it was cited in.
    pub fn citation(&mut self, citation: &Citation) {
        self.marker.value(citation);
        let via = citation.via.as_ref().and_then(|via| self.shelf.book.cited(&via.value));
        self.marker.value(&via.map(|via| &self.shelf.book.cited[via].citation.title));
    }

    /// A source that an entry names, by its key or written out.
    fn source(&mut self, source: &SourceRef) {
        let book = &self.shelf.book;
        match source {
            SourceRef::Inline(citation) => self.citation(citation),
            SourceRef::Key(key) => match book.cited(&key.value) {
                Some(cited) => self.citation(&book.cited[cited].citation),
                None => self.number(0),
            },
        }
    }

    /// The parts of a list, and which of them the page is.
    pub fn parts(&mut self, whole: &Subject, part: Option<&str>) {
        self.text(part.unwrap_or(""));
        for part in list::parts(self.shelf, self.page, whole, part) {
            self.text(&part.title);
            self.text(&part.href);
            self.number(part.count as u64);
        }
    }

    /// Where a link of an entry leads, as the page shows it.
    fn link(&mut self, id: EntryId, link: usize) {
        let shelf = self.shelf;
        self.link_words(id, link);
        match shelf.book.resolution(id, link) {
            Resolution::Found { entry, anchor, .. } => {
                self.number(1);
                self.face(*entry);
                self.text(anchor.as_deref().unwrap_or(""));
            }
            Resolution::NoSuchAnchor { entry, .. } => {
                self.number(2);
                self.face(*entry);
            }
            Resolution::Asset(asset) => {
                self.number(3);
                self.url(shelf.asset_url(*asset));
            }
            Resolution::External => self.number(4),
            Resolution::Held(_) => self.number(5),
            Resolution::Ambiguous(_) => self.number(6),
            Resolution::WrongCollection(_) | Resolution::Outside | Resolution::Missing => self.number(7),
            Resolution::Section(_) | Resolution::Made(_) => {
                self.number(8);
                let href = shelf.link_href(self.page, id, link);
                self.text(href.as_deref().unwrap_or(""));
            }
        }
    }

    /// By what the book calls its entries the words of a link may begin elsewhere.
    fn link_words(&mut self, id: EntryId, link: usize) {
        let parsed = self.shelf.book.graph.parsed_wikilink(id, link);
        if let Some(words) = parsed.and_then(|parsed| parsed.words.as_deref()) {
            self.text(words);
        }
    }

    /// All that an entry says, and all that is said beside it.
    pub fn whole(&mut self, id: EntryId) {
        let (shelf, book) = (self.shelf, &self.shelf.book);
        let entry = book.entry(id);
        self.mark(entry.print);
        self.face(id);
        for link in 0..entry.links.len() {
            self.link(id, link);
        }
        entry.sources.iter().for_each(|source| self.source(source));
        for backlink in book.graph.backlinks(id) {
            self.face(backlink.from);
            self.number(u64::from(backlink.is_relation()));
            self.number(backlink.said);
            self.link_words(backlink.from, backlink.link());
        }
        let (previous, next) = book.neighbours(id);
        for neighbour in [previous, next] {
            self.number(u64::from(neighbour.is_some()));
            neighbour.into_iter().for_each(|id| self.face(id));
        }
        let section = book.section(book.section_of(id));
        self.number(section.members.len().min(super::entry::SIBLINGS + 1) as u64);
        if section.members.len() <= super::entry::SIBLINGS {
            section.members.iter().for_each(|id| self.face(*id));
        }
        for tag in &entry.tags {
            let place = shelf.tag(&tag.value);
            self.url(place.and_then(|place| shelf.url(&Subject::Tag(place, None))));
        }
        self.url(shelf.url(&Subject::Backlinks(id)));
    }
}
