//! The way from a page to the book. Whatever a view shows it asks for here, and what it asks for is put down: a page stays
//! as it is while all that is in its trace does (`facts/`).
//!
//! There are three grains of an entry, a [`Face`], an [`Item`] and a [`Whole`] (`grain.rs`).

mod grain;

use std::cell::RefCell;
use std::ops::Range;

use serde::Serialize;

use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::base::direction::direction;
use crate::base::history::Commit;
use crate::base::locale::Locale;
use crate::base::messages::Messages;
use crate::book::{EntryId, SectionId, Taxonomy, Term, TermId};
use crate::compare::EntryChange;
use crate::config::Config;
use crate::markup::{Highlighter, LinkTarget};
use crate::page::choices::Choices;
use crate::page::facts::{Fact, ListOf, Trace};
use crate::page::fragment::FragmentWriter;
use crate::page::layout::SectionLayout;
use crate::page::list::{Groups, Name};
use crate::page::selection::ChangedFile;
use crate::page::social_image::{self, SocialImage};
use crate::page::totals::Totals;
use crate::page::view::{Anchor, CardImageView, DateView, Fragment, ItemView, PartView, SiteView};
use crate::page::{Page, Preview, SiteContent, Subject, list, selection};
use crate::parse::Reference;

pub use grain::{Face, Item, Items, SectionFace, Whole};

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
    pub fn layout(&self, id: SectionId) -> &'a SectionLayout {
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

    /// The files that were changed last, the last one first.
    pub fn recent_changes(&self) -> Vec<ChangedFile<'a>> {
        self.reads(Fact::RecentChanges);
        selection::recent_changes(&self.content.book)
    }

    /// Whether pages say who has changed an entry.
    pub fn shows_contributors(&self) -> bool {
        self.config().git.as_ref().is_some_and(|git| git.contributors)
    }

    /// Where a commit can be looked at: in the book's repository, if that is on GitHub.
    pub fn commit_href(&self, commit: &Commit) -> Option<String> {
        let repository = self.config().repository.as_deref()?;
        let is_known = repository.starts_with("https://github.com/");
        is_known.then(|| format!("{}/commit/{}", repository.trim_end_matches('/'), commit.id))
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

    /// What is other than in a revision, if this is a preview.
    pub fn preview(&self) -> Option<&'a Preview> {
        self.reads(Fact::Preview);
        self.content.preview.as_deref()
    }

    /// An entry that a preview tells of.
    pub fn changed(&self, id: EntryId) -> Face<'a> {
        self.reads(Fact::Preview);
        Face { content: self.content, id }
    }

    /// What is other of an entry, if this is a preview.
    pub fn change(&self, entry: Whole<'a>) -> Option<&'a EntryChange> {
        self.content.preview.as_deref()?.change(entry.id)
    }

    /// The link to a page that there is whatever entries say, or that a fact that was asked for tells of.
    pub fn href(&self, subject: &Subject) -> Option<String> {
        self.content.href(self.page, subject)
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

    /// Where on the web the site will stand, if the book says so; a preview stands nowhere.
    pub fn public_address(&self) -> Option<String> {
        self.content.public_address()
    }

    /// The public address of the page, where the book has one.
    pub fn public_url(&self) -> Option<String> {
        self.content.canonical(Some(&self.page.url))
    }

    /// What leads back from the page to the site's own folder: `../`.
    pub fn root(&self) -> String {
        self.content.root(self.page)
    }

    /// The public address of an entry's page, where the book has one.
    pub fn canonical(&self, face: Face) -> Option<String> {
        self.content.canonical(self.content.entry_url(face.id))
    }

    /// The picture on the card of the page: the photo of the entry that it is about, or else the one that is drawn for it.
    pub fn card_image(&self) -> Option<CardImageView<'a>> {
        let photo = match self.page.subject {
            Subject::Entry(id) | Subject::Backlinks(id) => self.photo(self.whole(id)),
            _ => None,
        };
        photo.or_else(|| self.social_image())
    }

    fn photo(&self, entry: Whole<'a>) -> Option<CardImageView<'a>> {
        let url = self.content.canonical(Some(self.content.photo_url(entry.id)?))?;
        Some(CardImageView { url, alt: entry.said().image_alt.as_deref().unwrap_or_default(), size: None })
    }

    fn social_image(&self) -> Option<CardImageView<'a>> {
        let image = SocialImage::of(&self.content.book, self.page)?;
        let url = social_image::address(self.content.url(&image.subject())?);
        let url = self.content.canonical(Some(&url))?;
        Some(CardImageView { url, alt: image.title(&self.content.book), size: Some(social_image::SIZE) })
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

    /// A day as readers see it, `2026-05-19`.
    pub fn day(&self, day: &str) -> DateView {
        let date = Date::parse(day).ok().map(|date| self.date(&date));
        date.unwrap_or_else(|| DateView { text: day.to_owned(), datetime: None, certain: false })
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
