//! The fingerprint of a page, of all that it has read.

use super::fingerprint::{Facts, push_url};
use super::{Fact, ListOf, Trace};
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::UrlPath;
use crate::book::{EntryId, Resolution, Taxonomy};
use crate::page::choices::Choices;
use crate::page::totals::Totals;
use crate::page::{Page, SiteContent, Subject, linking, list, selection};
use crate::parse::{CitationRef, ReferenceData};

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
                let shape = content.layout(*id);
                self.text(shape.layout.word());
                shape.columns().iter().for_each(|column| self.number(*column as u64));
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
            Fact::RecentChanges => {
                for file in selection::recent_changes(book) {
                    self.number(file.entries.len() as u64);
                    self.face(file.entries[0]);
                    self.hasher.value(file.commit);
                }
            }
            Fact::Choices => self.hasher.value(&Choices::of(book)),
            Fact::Preview => self.preview(),
        }
    }

    /// What is other than in a revision, with where the pages of those entries stand.
    fn preview(&mut self) {
        let Some(preview) = &self.content.preview else { return self.number(0) };
        self.fingerprint(preview.print);
        let changes = &preview.changes;
        let ids = changes.entries.iter().filter_map(|change| change.id);
        ids.chain(changes.broken.iter().map(|link| link.from)).for_each(|id| self.face(id));
        self.url(self.content.url(&Subject::Changes));
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
        push_url(&mut self.hasher, url);
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
        let backlinks = book.graph.backlinks(id);
        for backlink in backlinks {
            self.face(backlink.from);
            if backlinks.len() > linking::FEW {
                self.number(linking::weight(book, backlink.from).into());
            }
            self.number(u64::from(backlink.is_relation()));
            self.number(backlink.said);
            self.link_words(backlink.from, backlink.link());
        }
        let (previous, next) = book.neighbours(id);
        for neighbour in [previous, next] {
            self.number(u64::from(neighbour.is_some()));
            neighbour.into_iter().for_each(|id| self.face(id));
        }
        self.hasher.value(&book.history.of(&entry.path));
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
        self.hasher.value(&content.preview.as_ref().and_then(|preview| preview.change(id)));
    }
}
