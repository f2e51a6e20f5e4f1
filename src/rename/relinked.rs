//! The book as it is after a renaming, held against the one before.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::edits::{Edits, files};
use crate::base::path::{SourcePath, destination, nfc, way};
use crate::base::refusal::Refusal;
use crate::base::source::Source;
use crate::book::{Book, BookInput, EntryId, GeneratedPage, PathTarget, Resolution};
use crate::config::{Config, Purpose};
use crate::parse::{self, RawTarget, Role};

/// A book with the links, too, in footnotes that nobody sees: they lead astray as others do. None if it has no notes.
pub fn with_lost_links(book: &Book) -> Option<Book> {
    let has_notes = book.sources.iter().any(|source| source.text.contains("[^"));
    let config = || Config { purpose: Purpose::Renames, ..(*book.config).clone() };
    has_notes.then(|| linked(book, Arc::new(config()), book.sources.clone()))
}

/// The book of other sources, beside the same files.
fn linked(before: &Book, config: Arc<Config>, sources: Vec<Source>) -> Book {
    let parsed: Vec<_> = sources.par_iter().map(|source| parse::one(&config, source)).collect();
    let mut parts = BookInput { sources, assets: before.places.assets.clone(), drafts: true, ..BookInput::default() };
    for parsed in parsed {
        parts.entries.extend(parsed.entries);
        parts.cited.extend(parsed.cited);
    }
    let risk = |path: &SourcePath| match before.places.at(&nfc(path.as_str()))? {
        PathTarget::Asset(id) => before.used_asset(id)?.risk.clone(),
        _ => None,
    };
    Book::link(config, parts, None, &risk)
}

pub struct Relinked<'a> {
    before: &'a Book,
    pub book: Book,
    /// What each entry has become; none if it is read no more.
    entries: Vec<Option<EntryId>>,
}

impl<'a> Relinked<'a> {
    /// Links the book as it will be.
    pub fn of(before: &'a Book, edits: &Edits, moved: Option<&(SourcePath, SourcePath)>) -> Relinked<'a> {
        let changed: FxHashMap<SourcePath, String> =
            files(before, edits).into_iter().map(|file| (file.path, file.after)).collect();
        let path_after = |path: &SourcePath| match moved {
            Some((from, to)) if from == path => to.clone(),
            _ => path.clone(),
        };
        let mut sources: Vec<Source> = before
            .sources
            .iter()
            .map(|source| Source {
                path: path_after(&source.path),
                text: changed.get(&source.path).map_or_else(|| source.text.clone(), |text| text.as_str().into()),
            })
            .filter(|source| parse::is_source(&before.config, source))
            .collect();
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        let book = linked(before, before.config.clone(), sources);
        // An entry is the same if it is the same one of its file.
        let mut of_file: FxHashMap<&SourcePath, Vec<EntryId>> = FxHashMap::default();
        for id in book.ids() {
            of_file.entry(&book.entry(id).path).or_default().push(id);
        }
        let mut seen: FxHashMap<&SourcePath, usize> = FxHashMap::default();
        let entries = before.ids().map(|id| {
            let path = &before.entry(id).path;
            let place = seen.entry(path).or_default();
            *place += 1;
            of_file.get(&path_after(path))?.get(*place - 1).copied()
        });
        let entries = entries.collect();
        Relinked { before, book, entries }
    }

    fn now(&self, id: EntryId) -> Option<EntryId> {
        self.entries[id.0 as usize]
    }

    /// Whether every entry is read as before, and the renamed one as a member of its section.
    pub fn holds(&self, renamed: EntryId, title: &str) -> Result<(), Refusal> {
        let is_member = self.now(renamed).is_some_and(|id| self.book.entry(id).role == Role::Member);
        if !is_member {
            let message = format!("\"{title}\" would not be read there");
            return Err(Refusal::new(message).help("YAML is read in collections alone; choose another place"));
        }
        // In another collection it may have other fields, of which a check tells.
        let is_whole = |id: EntryId| self.now(id).is_some_and(|now| id == renamed || self.has_its_links(id, now));
        match self.before.ids().find(|id| !is_whole(*id)) {
            None => Ok(()),
            Some(id) => {
                let entry = self.before.entry(id);
                let message = format!("\"{}\" would not be read as it is now", entry.title.value);
                Err(Refusal::new(message).at(self.before.place(entry)).help("rename the entry by hand"))
            }
        }
    }

    fn has_its_links(&self, id: EntryId, now: EntryId) -> bool {
        self.book.entry(now).links.len() == self.before.entry(id).links.len()
    }

    /// The published entries beside the renamed one that have another address now, each with that.
    pub fn readdressed(&self, renamed: EntryId) -> Vec<(EntryId, String)> {
        let others = self.before.ids().filter(|id| *id != renamed && !self.before.entry(*id).draft);
        let moved = others.filter_map(|id| {
            let now = self.book.entry(self.now(id)?);
            (now.address != self.before.entry(id).address).then(|| (id, now.address.to_string()))
        });
        moved.collect()
    }

    /// The links that lead elsewhere than before, or know the entry by an old address only.
    pub fn astray(&self) -> Vec<(EntryId, usize)> {
        let mut astray = Vec::new();
        for from in self.before.ids() {
            let Some(now) = self.now(from).filter(|now| self.has_its_links(from, *now)) else { continue };
            for i in 0..self.before.entry(from).links.len() {
                if !self.is_same(self.before.resolution(from, i), self.book.resolution(now, i)) {
                    astray.push((from, i));
                }
            }
        }
        astray
    }

    /// What these links could say so that nothing else can be meant.
    pub fn pins(&self) -> Vec<(EntryId, usize, String)> {
        let pin = |(from, link): (EntryId, usize)| {
            let (target, _) = self.before.pointed(from, link);
            let path = &self.book.entry(self.now(from)?).path;
            let text = match self.before.resolution(from, link) {
                Resolution::Found { entry, .. } | Resolution::NoSuchAnchor { entry, .. } => {
                    let spot = self.book.spot(self.now(*entry)?);
                    match target {
                        // The whole address, whatever else is called so.
                        RawTarget::Name { fragment, .. } => {
                            spot.address + &fragment.as_ref().map_or(String::new(), |text| format!("#{text}"))
                        }
                        _ => spot.spell(&self.book.config, path, target, false)?,
                    }
                }
                Resolution::Asset(asset) => {
                    let way = way(path, self.before.places.assets[asset.0 as usize].as_str());
                    if matches!(target, RawTarget::Name { .. }) { way } else { destination(&way) }
                }
                _ => return None,
            };
            Some((from, link, text))
        };
        self.astray().into_iter().filter_map(pin).collect()
    }

    fn is_same(&self, before: &Resolution, after: &Resolution) -> bool {
        use Resolution::*;
        let same = |a: &EntryId, b: &EntryId| self.now(*a) == Some(*b);
        match (before, after) {
            (Found { entry: a, anchor: x, moved: old, .. }, Found { entry: b, anchor: y, moved, .. }) => {
                same(a, b) && x == y && (!moved || *old)
            }
            (NoSuchAnchor { entry: a, fragment: x }, NoSuchAnchor { entry: b, fragment: y }) => same(a, b) && x == y,
            (WrongCollection(a), WrongCollection(b)) => same(a, b),
            // What was wrong before is told by a check, and not made worse.
            (Ambiguous(_) | Missing | Outside | WrongCollection(_) | NoSuchAnchor { .. }, _) => true,
            (Section(a), Section(b)) => self.before.section(*a).name == self.book.section(*b).name,
            (Asset(a), Asset(b)) => self.before.places.assets[a.0 as usize] == self.book.places.assets[b.0 as usize],
            (Made(GeneratedPage::Term(a)), Made(GeneratedPage::Term(b))) => {
                self.before.terms.get(*a).is_same(self.book.terms.get(*b))
            }
            (before, after) => before == after,
        }
    }
}
