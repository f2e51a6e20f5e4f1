//! A book that is compared, and which of its entries are which of the other book.

use rustc_hash::{FxHashMap, FxHashSet};

use super::matching::Pairs;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SourcePath;
use crate::base::source::SourceText;
use crate::base::span::{LineIndex, Span};
use crate::book::{Book, EntryId, Resolution};
use crate::parse::{Origin, RawTarget};

/// A book, and what was found when it was read.
pub struct BookVersion<'a> {
    pub book: &'a Book,
    pub problems: &'a [Diagnostic],
    /// The texts that the problems speak of.
    pub texts: &'a FxHashMap<SourcePath, SourceText>,
    /// The files of which no entry, or not every one, could be read.
    pub unread: Vec<SourcePath>,
}

impl<'a> BookVersion<'a> {
    pub fn new(
        book: &'a Book,
        problems: &'a [Diagnostic],
        texts: &'a FxHashMap<SourcePath, SourceText>,
    ) -> BookVersion<'a> {
        // Of a list that is no YAML nothing is known, not even which entries stand in it.
        let is_unread = |problem: &&Diagnostic| matches!(problem.rule, "bad-yaml" | "unreadable-file");
        let unread = problems.iter().filter(is_unread).map(|problem| &problem.place.path);
        let mut unread: Vec<SourcePath> = unread.chain(book.held_back()).cloned().collect();
        unread.sort();
        unread.dedup();
        BookVersion { book, problems, texts, unread }
    }

    /// Whether it is not known what stands in a file.
    pub fn is_unread(&self, path: &SourcePath) -> bool {
        self.unread.binary_search(path).is_ok()
    }
}

/// What an entry is called in both books: its place in the book after if it is there, else that in the book before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Identity {
    Kept(EntryId),
    Gone(EntryId),
}

/// The identity of each entry of a book.
pub struct IdentityMap(Vec<Identity>);

impl IdentityMap {
    pub fn of_before(pairs: &Pairs) -> IdentityMap {
        let of = |(place, after): (usize, &Option<EntryId>)| match after {
            Some(after) => Identity::Kept(*after),
            None => Identity::Gone(EntryId(place as u32)),
        };
        IdentityMap(pairs.after.iter().enumerate().map(of).collect())
    }

    pub fn of_after(book: &Book) -> IdentityMap {
        IdentityMap(book.ids().map(Identity::Kept).collect())
    }
}

/// A book in a comparison.
pub struct Compared<'a> {
    pub version: &'a BookVersion<'a>,
    pub ids: &'a IdentityMap,
    /// The later of the two books.
    pub after: &'a Book,
}

impl<'a> Compared<'a> {
    pub fn book(&self) -> &'a Book {
        self.version.book
    }

    pub fn identity(&self, id: EntryId) -> Identity {
        self.ids.0[id.0 as usize]
    }

    /// What an entry is called in the later book that has it: a new title of it is no change of those that show it.
    fn title(&self, id: EntryId) -> &'a str {
        match self.identity(id) {
            Identity::Kept(after) => &self.after.entry(after).title.value,
            Identity::Gone(_) => &self.book().entry(id).title.value,
        }
    }

    /// Whether a link of an entry leads to an entry that the later book lacks.
    pub fn leads_to_gone(&self, from: EntryId, link: usize) -> bool {
        let to = self.book().resolution(from, link).another(from);
        to.is_some_and(|to| matches!(self.identity(to), Identity::Gone(_)))
    }

    /// What a link of an entry says that has no words of its own, if it leads to an entry.
    pub fn link_name(&self, from: EntryId, link: usize) -> Option<String> {
        let (to, anchor) = match self.book().resolution(from, link) {
            Resolution::Found { entry, anchor, .. } => (*entry, anchor.as_deref()),
            Resolution::NoSuchAnchor { entry, .. } => (*entry, None),
            _ => return None,
        };
        let title = self.title(to);
        Some(match (anchor, self.book().pointed(from, link).0) {
            (Some(anchor), RawTarget::Name { .. }) => {
                let headings = &self.book().entry(to).body.headings;
                let heading = headings.iter().find(|heading| *heading.anchor == *anchor);
                format!("{title}: {}", heading.map_or(anchor, |heading| &heading.text))
            }
            _ => title.to_owned(),
        })
    }

    /// What a link of an entry leads to, by an identity that holds in both books and by what readers call it; none if it
    /// leads nowhere.
    pub fn target(&self, from: EntryId, link: usize) -> Option<(String, String)> {
        let book = self.book();
        Some(match book.resolution(from, link) {
            Resolution::Found { entry, .. } | Resolution::NoSuchAnchor { entry, .. } => {
                (format!("{:?}", self.identity(*entry)), book.entry(*entry).title.value.clone())
            }
            Resolution::Section(section) => {
                let section = book.section(*section);
                (format!("section {}", section.name), section.title.clone())
            }
            Resolution::Asset(asset) => {
                let path = book.places.assets.get(asset.0 as usize)?.as_str();
                (format!("file {path}"), path.to_owned())
            }
            Resolution::External => {
                let url = written(book, from, link).to_owned();
                (format!("url {url}"), url)
            }
            Resolution::Made(_) => {
                let address = written(book, from, link).to_owned();
                (format!("page {address}"), address)
            }
            _ => return None,
        })
    }
}

/// What the author of an entry wrote as the target of one of its links.
pub fn written(book: &Book, from: EntryId, link: usize) -> &str {
    let entry = book.entry(from);
    let (target, span) = book.pointed(from, link);
    match (target, &entry.links[link].from) {
        (RawTarget::Url(url), _) => url,
        (RawTarget::Name { name, .. }, Origin::Relation { .. }) => name,
        _ => span.of(&entry.text),
    }
}

/// The lines of texts, for places in them.
#[derive(Default)]
pub struct TextLines(FxHashMap<SourcePath, LineIndex>);

impl TextLines {
    /// The line in which a span of a file begins, counted from 1.
    pub fn line(&mut self, path: &SourcePath, text: &str, span: Span) -> usize {
        let lines = self.0.entry(path.clone()).or_insert_with(|| LineIndex::of(text));
        lines.position(text, span.start as usize).line
    }
}

/// The addresses of the entries of a book that are not published.
pub fn drafts(book: &Book) -> FxHashSet<&str> {
    book.held().iter().filter(|entry| entry.draft && !entry.unread).map(|entry| &*entry.address).collect()
}
