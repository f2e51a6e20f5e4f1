//! How much of an entry a view may show: its [`Face`] is what others show of it, an [`Item`] is how it stands in a list,
//! and the [`Whole`] is what its own page shows. A view can show no more of an entry than its grain has.

use std::ops::Deref;
use std::sync::Arc;

use crate::base::date::Date;
use crate::base::direction::direction;
use crate::base::history::FileHistory;
use crate::base::locale::Locale;
use crate::book::{Backlink, EntryId, Resolution, Section, SectionId};
use crate::config::{Collection, Config};
use crate::page::linking::{self, Linking};
use crate::page::site_content::{self, SiteContent};
use crate::page::view::SharedDate;
use crate::parse::{Entry, Field, Link, Mention};

/// What every page may say of a section.
#[derive(Clone, Copy)]
pub struct SectionFace<'a> {
    pub(super) section: &'a Section,
    pub id: SectionId,
}

impl<'a> SectionFace<'a> {
    /// Its folder as a slug; empty for the root.
    pub fn name(self) -> &'a str {
        &self.section.name
    }

    pub fn title(self) -> &'a str {
        &self.section.title
    }

    pub fn singular(self) -> &'a str {
        &self.section.singular
    }

    pub fn description(self) -> &'a str {
        &self.section.description
    }

    /// Its own page, which its authors wrote.
    pub fn index(self) -> Option<EntryId> {
        self.section.index
    }

    /// What its collection declares.
    pub fn declared(self, config: &'a Config) -> Option<&'a Collection> {
        self.section.declared.map(|declared| &config.collections[declared])
    }
}

/// An entry as others show it: its address, and what its front matter and its headings say.
#[derive(Clone, Copy)]
pub struct Face<'a> {
    pub(super) content: &'a SiteContent,
    pub(super) id: EntryId,
}

impl<'a> Face<'a> {
    fn entry(self) -> &'a Entry {
        self.content.book.entry(self.id)
    }

    pub fn face(self) -> Face<'a> {
        self
    }

    pub fn id(self) -> EntryId {
        self.id
    }

    pub fn title(self) -> &'a str {
        &self.entry().title.value
    }

    /// What it says of itself in a sentence: its summary, or else its first words.
    pub fn summary(self) -> &'a str {
        site_content::summary(self.entry())
    }

    /// The summary that its author wrote.
    pub fn written_summary(self) -> Option<&'a str> {
        self.entry().summary.as_ref().map(|summary| summary.value.as_str())
    }

    pub fn address(self) -> &'a str {
        &self.entry().address
    }

    pub fn alias(self, place: u32) -> &'a str {
        &self.entry().aliases[place as usize].value
    }

    pub fn date(self) -> Option<&'a Date> {
        self.entry().date.as_ref().map(|date| &date.value)
    }

    /// Its date as readers see it.
    pub fn shared_date(self) -> Option<Arc<SharedDate>> {
        self.content.entry_date(self.id)
    }

    /// Its language, where it is not the book's.
    pub fn lang(self) -> Option<&'a str> {
        self.entry().lang.as_deref()
    }

    /// The language of its text in any case; it may be that of the page.
    pub fn text_lang(self, page: &'a Locale) -> &'a str {
        self.lang().unwrap_or(&page.language)
    }

    /// Which way it is written, where the language of the page is written the other way.
    pub fn dir(self, page: &Locale) -> Option<&'static str> {
        self.lang().and_then(|lang| direction(lang).inside(page.direction()))
    }

    pub fn section(self) -> SectionFace<'a> {
        let id = self.content.book.section_of(self.id);
        SectionFace { section: self.content.book.section(id), id }
    }

    /// Its collection, if it is in one.
    pub fn collection(self) -> Option<&'a Collection> {
        self.entry().collection.map(|collection| &self.content.book.config.collections[collection])
    }

    pub fn fields(self) -> &'a [Field] {
        &self.entry().fields
    }

    /// How a relation or a mention of another entry is written.
    fn link(self, link: usize) -> &'a Link {
        &self.entry().links[link]
    }
}

/// An entry as it stands in a list: what its fields lead to, too.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    pub(super) face: Face<'a>,
}

impl<'a> Item<'a> {
    /// What a relation leads to; none if that is nowhere.
    pub fn relation(self, link: usize) -> Option<Face<'a>> {
        match self.content.book.resolution(self.id, link) {
            Resolution::Found { entry, .. } => Some(Face { content: self.content, id: *entry }),
            _ => None,
        }
    }

    /// A relation as its author wrote it.
    pub fn written(self, link: usize) -> &'a Link {
        self.face.link(link)
    }
}

impl<'a> Deref for Item<'a> {
    type Target = Face<'a>;

    fn deref(&self) -> &Face<'a> {
        &self.face
    }
}

/// Entries of a list.
#[derive(Clone, Copy)]
pub struct Items<'a> {
    pub(super) content: &'a SiteContent,
    pub ids: &'a [EntryId],
}

impl<'a> Items<'a> {
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Item<'a>> + ExactSizeIterator + use<'a> {
        self.ids.iter().map(move |id| Item { face: Face { content: self.content, id: *id } })
    }
}

/// An entry as its own page shows it: all that it says, where its links lead, and what links to it.
#[derive(Clone, Copy)]
pub struct Whole<'a> {
    pub(super) item: Item<'a>,
}

impl<'a> Whole<'a> {
    /// All that it says.
    pub fn said(self) -> &'a Entry {
        self.entry()
    }

    /// What git knows of its file.
    pub fn history(self) -> Option<&'a FileHistory> {
        self.content.book.history.of(&self.entry().path)
    }

    /// The entries before and after it in its section.
    pub fn neighbours(self) -> (Option<Face<'a>>, Option<Face<'a>>) {
        let (previous, next) = self.content.book.neighbours(self.id);
        let face = |id: EntryId| Face { content: self.content, id };
        (previous.map(face), next.map(face))
    }

    /// The entries of its section, itself among them, if those are at most so many.
    pub fn siblings(self, most: usize) -> Vec<Face<'a>> {
        let members = &self.content.book.section(self.content.book.section_of(self.id)).members;
        let few = members.iter().filter(|_| members.len() <= most);
        few.map(|id| Face { content: self.content, id: *id }).collect()
    }

    /// What links to it, by entry.
    pub fn linking(self) -> Vec<Linking<'a>> {
        let book = &self.content.book;
        linking::of(book, book.graph.backlinks(self.id))
    }

    /// The entry that a backlink comes from, and how it is written there.
    pub fn source(self, backlink: &Backlink) -> (Face<'a>, &'a Link) {
        let face = Face { content: self.content, id: backlink.from };
        (face, face.link(backlink.link()))
    }

    /// How much links to the entry that a backlink comes from; of few backlinks all are alike.
    pub fn weight(self, backlink: &Backlink) -> u32 {
        let book = &self.content.book;
        if book.graph.backlinks(self.id).len() > linking::FEW { linking::weight(book, backlink.from) } else { 0 }
    }

    /// The sentence that a backlink stands in.
    pub fn mention(self, backlink: &Backlink) -> Mention {
        let from = self.content.book.entry(backlink.from);
        from.mention(&from.links[backlink.link()])
    }

    /// The words of a backlink whose name holds a bar.
    pub fn parsed_words(self, backlink: &Backlink) -> Option<&'a str> {
        let parsed = self.content.book.graph.parsed_wikilink(backlink.from, backlink.link());
        parsed.and_then(|parsed| parsed.words.as_deref())
    }

    /// What a backlink says that has no words of its own.
    pub fn title_of(self, backlink: &Backlink) -> Option<&'a str> {
        match self.content.book.resolution(backlink.from, backlink.link()) {
            Resolution::Found { entry, .. } => Some(&self.content.book.entry(*entry).title.value),
            _ => None,
        }
    }
}

impl<'a> Deref for Whole<'a> {
    type Target = Item<'a>;

    fn deref(&self) -> &Item<'a> {
        &self.item
    }
}
