//! What pages read of a book, fact by fact, and the fingerprints of facts: while those of all that a page has read are
//! the same, its bytes are.
//!
//! A fingerprint is made of what a fact holds, not of the page: it costs a small part of rendering that. It may differ
//! where the bytes do not; the other way round is a mistake, which `src/workspace/tests.rs` looks for.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::choices::Choices;
use super::totals::Totals;
use super::{Page, SiteContent, Subject, list, selection};
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::UrlPath;
use crate::book::{Book, EntryId, Resolution, SectionId, Taxonomy, Term, TermId};
use crate::parse::{CitationRef, ReferenceData, Value};

/// What a page has read. Entries, sections and terms are told by what they are in this book, or, between two books, by
/// the fingerprints of an entry's address and of the names of the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fact<E = EntryId, S = SectionId, T = TermId> {
    /// An entry as others show it.
    Face(E),
    /// All that an entry says, where its links lead, and what is said beside it.
    Whole(E),
    /// The page for what is not found, or that there is none.
    NotFound,
    /// How a section shows its entries, and how many those are.
    Layout(S),
    /// The most linked entries of a section.
    MostLinked(S),
    /// The parts of a list, how long it is, and the entries on the page of the whole or of a part.
    List(ListOf<S, T>, Option<Box<str>>),
    /// The entries on the timeline, whatever parts it has.
    Timeline,
    /// The first pages of the root.
    RootPages,
    /// What a block of an entry asks for, by its place among the entry's blocks.
    Selection(E, u32),
    /// The book in numbers, and what is linked to most in it.
    Totals,
    /// All terms of a taxonomy, and how many entries name each.
    Terms(Taxonomy),
    /// All sources, and what cites them.
    References,
    /// What a search can be narrowed down to.
    Choices,
}

/// A list of entries that may be split.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ListOf<S = SectionId, T = TermId> {
    Section(S),
    Term(T),
    Timeline,
    All,
}

impl ListOf {
    /// The list on the page of a subject.
    pub fn of(subject: &Subject) -> ListOf {
        match subject {
            Subject::Section(id, _) => ListOf::Section(*id),
            Subject::Term(id, _) => ListOf::Term(*id),
            Subject::Timeline(_) => ListOf::Timeline,
            _ => ListOf::All,
        }
    }

    /// The subject of its page.
    pub fn subject(&self) -> Subject {
        match self {
            ListOf::Section(id) => Subject::Section(*id, None),
            ListOf::Term(id) => Subject::Term(*id, None),
            ListOf::Timeline => Subject::Timeline(None),
            ListOf::All => Subject::All(None),
        }
    }
}

/// A fact as it is kept from one build to the next.
pub type KeptFact = Fact<Fingerprint, Fingerprint, Fingerprint>;

/// All that a page has read, each fact once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace(Vec<Fact>);

impl Trace {
    pub fn add(&mut self, fact: Fact) {
        // They are a handful: of a list the fact is the list.
        if !self.0.contains(&fact) {
            self.0.push(fact);
        }
    }

    /// As it is kept for another book.
    pub fn kept(&self, book: &Book) -> Vec<KeptFact> {
        let entry = |id: &EntryId| Fingerprint::of(&book.entry(*id).address);
        let section = |id: &SectionId| Fingerprint::of(&book.section(*id).name);
        let term = |id: &TermId| term_fingerprint(book.terms.get(*id));
        let kept = |fact: &Fact| fact.map(|id| Some(entry(id)), |id| Some(section(id)), |id| Some(term(id)));
        self.0.iter().filter_map(kept).collect()
    }
}

impl<E, S, T> Fact<E, S, T> {
    /// The same of another book; none if that has no such thing.
    fn map<F, U, V>(
        &self,
        entry: impl Fn(&E) -> Option<F>,
        section: impl Fn(&S) -> Option<U>,
        term: impl Fn(&T) -> Option<V>,
    ) -> Option<Fact<F, U, V>> {
        Some(match self {
            Fact::Face(id) => Fact::Face(entry(id)?),
            Fact::Whole(id) => Fact::Whole(entry(id)?),
            Fact::Layout(id) => Fact::Layout(section(id)?),
            Fact::MostLinked(id) => Fact::MostLinked(section(id)?),
            Fact::List(of, part) => {
                let of = match of {
                    ListOf::Section(id) => ListOf::Section(section(id)?),
                    ListOf::Term(id) => ListOf::Term(term(id)?),
                    ListOf::Timeline => ListOf::Timeline,
                    ListOf::All => ListOf::All,
                };
                Fact::List(of, part.clone())
            }
            Fact::NotFound => Fact::NotFound,
            Fact::Timeline => Fact::Timeline,
            Fact::RootPages => Fact::RootPages,
            Fact::Selection(id, block) => Fact::Selection(entry(id)?, *block),
            Fact::Totals => Fact::Totals,
            Fact::Terms(taxonomy) => Fact::Terms(*taxonomy),
            Fact::References => Fact::References,
            Fact::Choices => Fact::Choices,
        })
    }
}

/// What the facts of a book are told by from one build to the next.
pub struct FactKeys {
    entries: FxHashMap<Fingerprint, EntryId>,
    sections: FxHashMap<Fingerprint, SectionId>,
    terms: FxHashMap<Fingerprint, TermId>,
}

impl FactKeys {
    pub fn of(book: &Book) -> FactKeys {
        FactKeys {
            entries: book.ids().map(|id| (Fingerprint::of(&book.entry(id).address), id)).collect(),
            sections: book.section_ids().map(|id| (Fingerprint::of(&book.section(id).name), id)).collect(),
            terms: book.terms.iter().map(|(id, term)| (term_fingerprint(term), id)).collect(),
        }
    }

    /// What was read of another book, in this one; none if it has not all of that.
    pub fn trace(&self, kept: &[KeptFact]) -> Option<Trace> {
        let fact = |fact: &KeptFact| {
            fact.map(
                |mark| self.entries.get(mark).copied(),
                |mark| self.sections.get(mark).copied(),
                |mark| self.terms.get(mark).copied(),
            )
        };
        kept.iter().map(fact).collect::<Option<Vec<Fact>>>().map(Trace)
    }
}

/// By what a term is known between two books.
fn term_fingerprint(term: &Term) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    hasher.value(&term.taxonomy);
    hasher.text(&term.key);
    hasher.finish()
}

/// The fingerprints of what many pages show.
pub struct Facts {
    /// The fingerprint of what all pages show.
    all: Fingerprint,
    /// The fingerprint of each entry as others show it.
    faces: Vec<Fingerprint>,
    /// The same as it stands in a list: its fields with what they lead to, too.
    items: Vec<Fingerprint>,
}

/// The fingerprint of a page that has read all this.
pub fn of(content: &SiteContent, page: &Page, facts: &Facts, trace: &Trace) -> Fingerprint {
    let mut hasher = PageHasher { content, page, facts, hasher: FingerprintHasher::default() };
    hasher.fingerprint(facts.all);
    hasher.text(page.kind);
    hasher.text(page.url.as_str());
    trace.0.iter().for_each(|fact| hasher.fact(fact));
    hasher.finish()
}

/// A fingerprint in the making.
struct PageHasher<'a> {
    content: &'a SiteContent,
    page: &'a Page,
    facts: &'a Facts,
    hasher: FingerprintHasher,
}

/// The fingerprint of what a search shows of an entry: its text, where it stands, how many link to it.
pub fn record(content: &SiteContent, facts: &Facts, id: EntryId) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    hasher.fingerprint(facts.all);
    hasher.fingerprint(content.book.entry(id).content_hash);
    hasher.fingerprint(facts.faces[id.0 as usize]);
    hasher.number(content.book.graph.backlinks(id).len() as u64);
    for link in content.book.entry(id).body.links() {
        if let Resolution::Found { entry, .. } | Resolution::NoSuchAnchor { entry, .. } =
            content.book.resolution(id, link)
        {
            hasher.number(link as u64);
            hasher.fingerprint(facts.faces[entry.0 as usize]);
        }
    }
    hasher.finish()
}

/// The fingerprints of what all pages of a site show: the book's own words, its navigation, its sources; and of entries
/// as others show them. `theme` is that of the theme.
pub fn of_site(content: &SiteContent, theme: Fingerprint) -> Facts {
    let book = &content.book;
    let ids = || (0..book.entries.len() as u32).into_par_iter().map(EntryId);
    let faces: Vec<Fingerprint> = ids().map(|id| face(content, id)).collect();
    let items: Vec<Fingerprint> = ids().map(|id| item(content, id, &faces)).collect();
    let known = Facts { all: Fingerprint::default(), faces, items };
    let home = Page { kind: "", subject: Subject::Home, url: UrlPath::new("") };
    let mut print = PageHasher { content, page: &home, facts: &known, hasher: FingerprintHasher::default() };
    print.fingerprint(theme);
    print.fingerprint(book.config.fingerprint());
    for id in book.section_ids() {
        let section = book.section(id);
        for text in [&section.name, &section.address, &section.title, &section.singular, &section.description] {
            print.text(text);
        }
        print.number(section.index.map_or(0, |index| u64::from(index.0) + 1));
        print.url(content.url(&Subject::Section(id, None)));
        if section.name.is_empty() {
            section.members.iter().take(super::site_content::NAV_PAGES).for_each(|id| print.face(*id));
        }
    }
    for subject in
        [Subject::Home, Subject::Search, Subject::Timeline(None), Subject::Tags, Subject::Sources, Subject::All(None)]
    {
        print.url(content.url(&subject));
    }
    // A field shows the link to a country, whose address depends on nothing else that other entries say.
    Taxonomy::ALL.into_iter().for_each(|taxonomy| print.text(book.terms.folder(taxonomy)));
    print.number(u64::from(content.feed().is_empty()));
    Facts { all: print.finish(), ..known }
}

/// An entry as it stands in a list. Its fields lead to entries, or nowhere.
fn item(content: &SiteContent, id: EntryId, faces: &[Fingerprint]) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    hasher.fingerprint(faces[id.0 as usize]);
    for value in content.book.entry(id).fields.iter().flat_map(|field| &field.values) {
        if let Value::Link(link) = value.value {
            let to = match content.book.resolution(id, link) {
                Resolution::Found { entry, .. } => faces[entry.0 as usize],
                _ => Fingerprint::default(),
            };
            hasher.fingerprint(to);
        }
    }
    hasher.finish()
}

/// An entry as others show it: where it stands, too.
fn face(content: &SiteContent, id: EntryId) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    hasher.fingerprint(content.book.entry(id).interface_hash);
    hasher.number(u64::from(content.book.section_of(id).0));
    hasher.text(content.entry_url(id).map_or("", UrlPath::as_str));
    hasher.finish()
}

impl PageHasher<'_> {
    fn finish(self) -> Fingerprint {
        self.hasher.finish()
    }

    /// What a page has read.
    fn fact(&mut self, fact: &Fact) {
        let (content, book) = (self.content, &self.content.book);
        match fact {
            Fact::Face(id) => self.face(*id),
            Fact::Whole(id) => self.whole(*id),
            Fact::NotFound => self.number(book.not_found().map_or(0, |id| u64::from(id.0) + 1)),
            Fact::Layout(id) => {
                self.text(content.layout(*id).word());
                self.number(book.section(*id).members.len() as u64);
            }
            Fact::MostLinked(id) => self.items(&selection::most_linked(book, book.section(*id))),
            Fact::List(of, part) => self.list(of, part.as_deref()),
            Fact::Timeline => {
                self.items(&book.timeline);
                for (year, ids) in content.groups(&Subject::Timeline(None)).iter() {
                    self.text(year);
                    self.number(ids.len() as u64);
                    self.url(content.url(&Subject::Timeline(Some(year.to_owned()))));
                }
            }
            Fact::RootPages => self.items(selection::root_pages(book)),
            Fact::Selection(id, block) => match selection::of_block(book, *id, *block as usize) {
                Some((section, ids)) => {
                    self.number(u64::from(section.0) + 1);
                    self.items(&ids);
                }
                None => self.number(0),
            },
            Fact::Totals => {
                let totals = Totals::of(book);
                for count in [totals.entries, totals.links, totals.sources].into_iter().chain(totals.sections) {
                    self.number(count as u64);
                }
                for (count, id) in totals.most_linked {
                    self.number(count as u64);
                    self.face(id);
                }
            }
            Fact::Terms(taxonomy) => {
                for (id, term) in book.terms.of_taxonomy(*taxonomy) {
                    self.text(&term.key);
                    self.url(content.url(&Subject::Term(id, None)));
                    self.number(term.entries.len() as u64);
                }
            }
            Fact::References => {
                for (cited, citing) in book.cited.iter().zip(&book.citing) {
                    self.text(&cited.key.value);
                    self.citation(&cited.citation);
                    self.items(citing);
                }
            }
            Fact::Choices => self.hasher.value(&Choices::of(book)),
        }
    }

    /// A list, or a part of it.
    fn list(&mut self, of: &ListOf, part: Option<&str>) {
        let (content, whole) = (self.content, of.subject());
        self.parts(&whole, part);
        self.number(list::length(&content.book, &whole) as u64);
        match of {
            ListOf::All => {
                for (letter, names) in content.names(part) {
                    self.text(letter);
                    for name in names {
                        self.face(name.id);
                        self.number(name.alias.map_or(0, |place| u64::from(place) + 1));
                    }
                }
            }
            ListOf::Term(id) => {
                self.text(&content.book.terms.get(*id).key);
                self.items(content.shown(&whole, part));
            }
            ListOf::Section(_) | ListOf::Timeline => self.items(content.shown(&whole, part)),
        }
    }

    fn fingerprint(&mut self, fingerprint: Fingerprint) {
        self.hasher.fingerprint(fingerprint);
    }

    fn number(&mut self, number: u64) {
        self.hasher.number(number);
    }

    /// A text, told apart from the one before and the one after it.
    fn text(&mut self, text: &str) {
        self.hasher.text(text);
    }

    fn url(&mut self, url: Option<&UrlPath>) {
        self.text(url.map_or("", UrlPath::as_str));
    }

    /// An entry as others show it: its title, its address, its date, its summary, its headings, its fields as written.
    fn face(&mut self, id: EntryId) {
        self.fingerprint(self.facts.faces[id.0 as usize]);
    }

    /// An entry as it stands in a list: its fields with what they lead to, too.
    fn item(&mut self, id: EntryId) {
        self.fingerprint(self.facts.items[id.0 as usize]);
    }

    fn items(&mut self, ids: &[EntryId]) {
        self.number(ids.len() as u64);
        ids.iter().for_each(|id| self.item(*id));
    }

    /// A source, with what it was cited in.
    fn citation(&mut self, citation: &ReferenceData) {
        self.hasher.value(citation);
        let via = citation.via.as_ref().and_then(|via| self.content.book.cited(&via.value));
        self.hasher.value(&via.map(|via| &self.content.book.cited[via].citation.title));
    }

    /// A source that an entry names, by its key or written out.
    fn source(&mut self, source: &CitationRef) {
        let book = &self.content.book;
        match source {
            CitationRef::Inline(citation) => self.citation(citation),
            CitationRef::Key(key) => match book.cited(&key.value) {
                Some(cited) => self.citation(&book.cited[cited].citation),
                None => self.number(0),
            },
        }
    }

    /// The parts of a list, and which of them the page is.
    fn parts(&mut self, whole: &Subject, part: Option<&str>) {
        self.text(part.unwrap_or(""));
        for part in self.content.parts(self.page, whole, part) {
            self.text(&part.title);
            self.text(&part.href);
            self.number(part.count as u64);
        }
    }

    /// Where a link of an entry leads, as the page shows it.
    fn link(&mut self, id: EntryId, link: usize) {
        let content = self.content;
        self.link_words(id, link);
        match content.book.resolution(id, link) {
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
                self.url(content.asset_url(*asset));
            }
            Resolution::External => self.number(4),
            Resolution::Held(_) => self.number(5),
            Resolution::Ambiguous(_) => self.number(6),
            Resolution::WrongCollection(_) | Resolution::Outside | Resolution::Missing => self.number(7),
            Resolution::Section(_) | Resolution::Made(_) => {
                self.number(8);
                let href = content.link_href(self.page, id, link);
                self.text(href.as_deref().unwrap_or(""));
            }
        }
    }

    /// By what the book calls its entries the words of a link may begin elsewhere.
    fn link_words(&mut self, id: EntryId, link: usize) {
        let parsed = self.content.book.graph.parsed_wikilink(id, link);
        if let Some(words) = parsed.and_then(|parsed| parsed.words.as_deref()) {
            self.text(words);
        }
    }

    /// All that an entry says, and all that is said beside it.
    fn whole(&mut self, id: EntryId) {
        let (content, book) = (self.content, &self.content.book);
        let entry = book.entry(id);
        self.fingerprint(entry.content_hash);
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
        self.number(section.members.len().min(selection::SIBLINGS + 1) as u64);
        if section.members.len() <= selection::SIBLINGS {
            section.members.iter().for_each(|id| self.face(*id));
        }
        for tag in &entry.tags {
            let id = book.terms.named(Taxonomy::Tags, &tag.value);
            self.url(id.and_then(|id| content.url(&Subject::Term(id, None))));
        }
        self.url(content.url(&Subject::Backlinks(id)));
    }
}
