//! The way from a page to the book. Whatever a view shows it asks for here, and what it asks for is put down: a page stays
//! as it is while all that is in its trace does (`facts.rs`).
//!
//! There are three grains of an entry: its [`Face`] is what others show of it, an [`Item`] is how it stands in a list, and
//! the [`Whole`] is what its own page shows. A view can show no more of an entry than its grain has.

use std::cell::RefCell;
use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::Serialize;

use super::choices::Choices;
use super::facts::{Fact, ListOf, Trace};
use super::fragment::FragmentWriter;
use super::linking::{self, Linking};
use super::list::{Groups, Name};
use super::site_content::{self, SiteContent};
use super::totals::Totals;
use super::view::{Anchor, DateView, Fragment, ItemView, PageView, PartView, SharedDate, SiteView};
use super::{Page, Subject, list, selection};
use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::base::direction::direction;
use crate::base::locale::Locale;
use crate::base::messages::Messages;
use crate::book::{Backlink, EntryId, Resolution, Section, SectionId, Taxonomy, Term, TermId};
use crate::config::{Collection, Config, Layout};
use crate::markup::{Highlighter, LinkTarget};
use crate::parse::{Entry, Field, Link, Reference};

/// What one page is made from. What all pages show goes without saying: the config, the words and the theme, and of
/// sections all but their entries.
pub struct Context<'a> {
    content: &'a SiteContent,
    page: &'a Page,
    trace: RefCell<Trace>,
    /// What is wrong with the template of a part of the page.
    unrendered: RefCell<Option<Box<Diagnostic>>>,
}

impl<'a> Context<'a> {
    pub fn new(content: &'a SiteContent, page: &'a Page) -> Context<'a> {
        Context { content, page, trace: RefCell::default(), unrendered: RefCell::default() }
    }

    /// What was asked for.
    pub fn trace(self) -> Trace {
        self.trace.into_inner()
    }

    /// What is wrong with the template of a part of the page, if something is: of several, the first.
    pub fn unrendered(&self) -> Option<Box<Diagnostic>> {
        self.unrendered.take()
    }

    /// A part of the page that has a template of its own, given what it shows.
    pub fn part(&self, template: &str, view: &impl Serialize) -> String {
        let part = self.content.theme.render(template, view).map(|html| String::from_utf8(html).unwrap_or_default());
        part.unwrap_or_else(|problem| {
            self.unrendered.borrow_mut().get_or_insert(problem);
            String::new()
        })
    }

    /// The page that is made.
    pub fn page(&self) -> &'a Page {
        self.page
    }

    /// Whether it is the page of an entry, or of the folder that the entry speaks for.
    pub fn is_page_of(&self, entry: Whole) -> bool {
        self.page.entry(&self.content.book) == Some(entry.id)
    }

    pub fn config(&self) -> &'a Config {
        &self.content.book.config
    }

    /// The language of the page, and the words of the interface in it.
    pub fn locale(&self) -> &'a Locale {
        self.content.locale_of(self.page)
    }

    /// The language of the page and which way it is written, where the text around, in `lang`, is in another.
    pub fn locale_within(&self, lang: &str) -> (Option<&'a str>, Option<&'static str>) {
        let locale = self.locale();
        let is_other = *lang != *locale.language;
        (is_other.then_some(&*locale.language), locale.direction().inside(direction(lang)).filter(|_| is_other))
    }

    /// The words of the interface.
    pub fn words(&self) -> &'a Messages {
        &self.locale().words
    }

    pub fn highlighter(&self) -> &'a Highlighter {
        &self.content.highlighter
    }

    fn reads(&self, fact: Fact) {
        self.trace.borrow_mut().add(fact);
    }

    pub fn face(&self, id: EntryId) -> Face<'a> {
        self.reads(Fact::Face(id));
        Face { content: self.content, id }
    }

    pub fn whole(&self, id: EntryId) -> Whole<'a> {
        self.reads(Fact::Whole(id));
        Whole { item: Item { face: Face { content: self.content, id } } }
    }

    /// What all know of a section.
    pub fn section(&self, id: SectionId) -> SectionFace<'a> {
        SectionFace { section: self.content.book.section(id), id }
    }

    /// All sections, the declared ones first.
    pub fn sections(&self) -> impl Iterator<Item = SectionFace<'a>> + use<'a> {
        let book = &self.content.book;
        book.section_ids().map(|id| SectionFace { section: book.section(id), id })
    }

    /// The home page that the authors wrote, if they did.
    pub fn home(&self) -> Option<Whole<'a>> {
        self.content.book.home().map(|id| self.whole(id))
    }

    /// What the authors wrote for what is not found, if they did.
    pub fn not_found(&self) -> Option<Whole<'a>> {
        self.reads(Fact::NotFound);
        self.content.book.not_found().map(|id| self.whole(id))
    }

    /// How a section's page shows its entries.
    pub fn layout(&self, id: SectionId) -> Layout {
        self.reads(Fact::Layout(id));
        self.content.layout(id)
    }

    /// The entries that the page of a list shows, or that of a part of it: of the whole none if it is split.
    pub fn list(&self, whole: &Subject, part: Option<&str>) -> Items<'a> {
        self.reads(Fact::List(ListOf::of(whole), part.map(Box::from)));
        self.items(self.content.shown(whole, part))
    }

    /// How many entries stand in a list, whatever part of it is shown.
    pub fn count(&self, whole: &Subject) -> usize {
        self.reads(Fact::List(ListOf::of(whole), None));
        list::length(&self.content.book, whole)
    }

    /// The parts of a list as the page shows them; none if the list is whole.
    pub fn parts(&self, whole: &Subject, part: Option<&str>) -> Vec<PartView<'a>> {
        self.reads(Fact::List(ListOf::of(whole), part.map(Box::from)));
        self.content.parts(self.page, whole, part)
    }

    /// The names under their letters that the page of all entries shows, or that of a part of it.
    pub fn names(&self, part: Option<&'a str>) -> Vec<(&'a str, &'a [Name])> {
        self.reads(Fact::List(ListOf::All, part.map(Box::from)));
        self.content.names(part)
    }

    /// An entry whose name stands there.
    pub fn named(&self, name: &Name) -> Face<'a> {
        Face { content: self.content, id: name.id }
    }

    /// The entries on the timeline in their order, and by year.
    pub fn timeline(&self) -> (Items<'a>, &'a Groups) {
        self.reads(Fact::Timeline);
        (self.items(&self.content.book.timeline), self.content.groups(&Subject::Timeline(None)))
    }

    /// Some entries of a list that was asked for.
    pub fn items(&self, ids: &'a [EntryId]) -> Items<'a> {
        Items { content: self.content, ids }
    }

    /// The entries of a section to which most others link.
    pub fn most_linked_in(&self, id: SectionId) -> Vec<Item<'a>> {
        self.reads(Fact::MostLinked(id));
        let ids = selection::most_linked(&self.content.book, self.content.book.section(id));
        ids.into_iter().map(|id| Item { face: Face { content: self.content, id } }).collect()
    }

    /// The entries that a block of an entry asks for, by its place among the entry's blocks, and whose they are; none if
    /// it names something that is not there.
    pub fn select(&self, entry: Whole, block: usize) -> Option<(SectionFace<'a>, Vec<Item<'a>>)> {
        self.reads(Fact::Selection(entry.id, block as u32));
        let (section, ids) = selection::of_block(&self.content.book, entry.id, block)?;
        let items = ids.into_iter().map(|id| Item { face: Face { content: self.content, id } });
        Some((self.section(section), items.collect()))
    }

    /// The book in numbers, and what is linked to most in it.
    pub fn totals(&self) -> Totals {
        self.reads(Fact::Totals);
        Totals::of(&self.content.book)
    }

    /// The first pages of the root.
    pub fn root_pages(&self) -> Items<'a> {
        self.reads(Fact::RootPages);
        self.items(selection::root_pages(&self.content.book))
    }

    /// All terms of a taxonomy.
    pub fn terms(&self, taxonomy: Taxonomy) -> impl Iterator<Item = (TermId, &'a Term)> + use<'a> {
        self.reads(Fact::Terms(taxonomy));
        self.content.book.terms.of_taxonomy(taxonomy)
    }

    /// The link to the page of a term, by what the entry writes that is shown.
    pub fn term_href(&self, taxonomy: Taxonomy, key: &str) -> Option<String> {
        self.href(&Subject::Term(self.content.book.terms.named(taxonomy, key)?, None))
    }

    /// A term; the entries that name it are in its list.
    pub fn term(&self, id: TermId) -> &'a Term {
        self.reads(Fact::List(ListOf::Term(id), None));
        self.content.book.terms.get(id)
    }

    /// All sources of the book, each with the entries that cite it.
    pub fn references(&self) -> impl Iterator<Item = (&'a Reference, Items<'a>)> + use<'a> {
        self.reads(Fact::References);
        let (book, content) = (&self.content.book, self.content);
        book.cited.iter().zip(&book.citing).map(|(cited, citing)| (cited, Items { content, ids: citing }))
    }

    /// A source of the book by its key: what cites it is made anew with it.
    pub fn reference(&self, key: &str) -> Option<&'a Reference> {
        let book = &self.content.book;
        Some(&book.cited[book.cited(key)?])
    }

    /// What a search can be narrowed down to, beside tags and countries.
    pub fn choices(&self) -> Choices {
        self.reads(Fact::Choices);
        Choices::of(&self.content.book)
    }

    /// The link to a page that there is whatever entries say, or that a fact that was asked for tells of.
    pub fn href(&self, subject: &Subject) -> Option<String> {
        self.content.href(self.page, subject)
    }

    /// The folder of the site on its server, where that is known.
    pub fn server_path(&self) -> Option<&'a str> {
        self.content.server_path()
    }

    pub fn section_anchor(&self, id: SectionId) -> Option<Anchor<'a>> {
        self.content.section_anchor(self.page, id)
    }

    /// What a section is called; the root, which has no name, by what it holds.
    pub fn section_title(&self, id: SectionId) -> &'a str {
        self.content.section_title(self.locale(), id)
    }

    pub fn anchor(&self, face: Face<'a>) -> Anchor<'a> {
        Anchor { title: face.title(), href: self.entry_href(face) }
    }

    /// The link to an entry, which may be a section's own page or the home page.
    pub fn entry_href(&self, face: Face) -> String {
        self.content.entry_href(self.page, face.id)
    }

    /// The way to where a link of an entry leads, if it leads to something in this output.
    pub fn link_href(&self, entry: Whole, link: usize) -> Option<String> {
        self.content.link_href(self.page, entry.id, link)
    }

    /// Where a link of an entry leads, and what it says here, of these links by where it begins in their text.
    pub fn link_target_at(&self, entry: Whole, links: Range<usize>, at: usize) -> Option<LinkTarget> {
        self.content.target_at(self.page, entry.id, links, at)
    }

    /// The link to the picture of an entry.
    pub fn asset_href(&self, entry: Whole, link: usize) -> Option<String> {
        self.content.asset_href(self.page, entry.id, link)
    }

    /// The public address of an entry's page, where the book has one.
    pub fn canonical(&self, face: Face) -> Option<String> {
        self.content.canonical(self.content.entry_url(face.id))
    }

    /// An entry as it stands in lists, without what only some lists say of it.
    pub fn item(&self, item: Item<'a>) -> ItemView<'a> {
        ItemView {
            title: item.title(),
            href: self.entry_href(*item),
            anchor: None,
            summary: item.summary(),
            date: item.shared_date(),
            kind: None,
            chips: Vec::new(),
            cells: Vec::new(),
            order: None,
        }
    }

    /// A date as readers see it.
    pub fn date(&self, date: &Date) -> DateView {
        self.content.date(self.locale(), date)
    }

    /// What every page says of itself.
    pub fn page_view(
        &self,
        title: impl Into<std::borrow::Cow<'a, str>>,
        description: &'a str,
        trail: Vec<Anchor<'a>>,
    ) -> PageView<'a> {
        self.content.page(self.page, title, description, trail)
    }

    /// What every page says of the site.
    pub fn site_view(&self) -> SiteView<'a> {
        self.content.site(self.page)
    }

    /// A part of the page that most pages repeat: as HTML where the theme has no templates of its own.
    pub fn fragment<T>(&self, view: T, write: impl FnOnce(&FragmentWriter, &T) -> String) -> Fragment<T> {
        match self.fragments() {
            Some(writer) => Fragment::Html(write(writer, &view)),
            None => Fragment::View(view),
        }
    }

    /// Writes fragments of pages without templates, if the theme has none of its own.
    pub fn fragments(&self) -> Option<&'a FragmentWriter> {
        self.content.fragments.as_ref()
    }
}

/// What every page may say of a section.
#[derive(Clone, Copy)]
pub struct SectionFace<'a> {
    section: &'a Section,
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
    content: &'a SiteContent,
    id: EntryId,
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

    /// The language of its text in any case.
    pub fn text_lang(self, cx: &Context<'a>) -> &'a str {
        self.lang().unwrap_or(&cx.locale().language)
    }

    /// Which way it is written, where the language of the page is written the other way.
    pub fn dir(self, cx: &Context) -> Option<&'static str> {
        self.lang().and_then(|lang| direction(lang).inside(cx.locale().direction()))
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
    face: Face<'a>,
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
    content: &'a SiteContent,
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
    item: Item<'a>,
}

impl<'a> Whole<'a> {
    /// All that it says.
    pub fn said(self) -> &'a Entry {
        self.entry()
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
