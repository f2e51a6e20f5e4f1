//! Every name an entry answers to, and the nearest name to a misspelt one.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::EntryId;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::key;
use crate::base::suggest::{Suggestion, alike, is_typo};
use crate::parse::Entry;
use crate::parse::{EntryName, Tier};

/// Which entries a name means. Without case, in NFC.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    /// For each name, who answers to it. Almost all names are those of one entry, and the table is small enough to be
    /// looked at for every link.
    known: FxHashMap<Fingerprint, Candidate>,
    /// The names that several entries have, each with who answers to it, in the order of the entries.
    several: Vec<(Fingerprint, Vec<Candidate>)>,
    /// The signs of wikilinks that some of them hold.
    pub signs: Signs,
}

/// Which of the signs that begin something else in a wikilink are parts of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// `|`, behind which a link's words stand.
    pub bars: bool,
    /// `#`, behind which a heading stands.
    pub hashes: bool,
}

impl Signs {
    /// Adds those that a name holds.
    pub fn add(&mut self, name: &str) {
        if let Some(first) = memchr::memchr2(b'|', b'#', name.as_bytes()) {
            self.bars |= name[first..].contains('|');
            self.hashes |= name[first..].contains('#');
        }
    }
}

/// An entry with the kind of name under which it is known, or the place of several in their list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Candidate(u32);

/// The kind of name that says that there are several.
const SEVERAL: u32 = 7;

/// How many bits a place has, below the kind of name.
const PLACE: u32 = 29;

impl Candidate {
    fn new(kind: u32, place: u32) -> Candidate {
        Candidate(kind << PLACE | place)
    }

    fn kind(self) -> u32 {
        self.0 >> PLACE
    }

    fn place(self) -> u32 {
        self.0 & ((1 << PLACE) - 1)
    }

    fn id(self) -> EntryId {
        EntryId(self.place())
    }
}

impl NameIndex {
    pub fn of(entries: &[Arc<Entry>]) -> NameIndex {
        let mut names = NameIndex::default();
        names.known.reserve(entries.len() * 5);
        for (i, entry) in entries.iter().enumerate() {
            for name in &entry.names {
                names.signs.add(&name.key);
                let fresh = Candidate::new(name.tier as u32, i as u32);
                names
                    .known
                    .entry(name.mark)
                    .and_modify(|known| match known.kind() {
                        SEVERAL => names.several[known.place() as usize].1.push(fresh),
                        _ => {
                            names.several.push((name.mark, vec![*known, fresh]));
                            *known = Candidate::new(SEVERAL, names.several.len() as u32 - 1);
                        }
                    })
                    .or_insert(fresh);
            }
        }
        names
    }

    /// Who answers to a name, in the order of the entries.
    fn known(&self, name: Fingerprint) -> &[Candidate] {
        match self.known.get(&name) {
            None => &[],
            Some(known) if known.kind() == SEVERAL => &self.several[known.place() as usize].1,
            Some(known) => std::slice::from_ref(known),
        }
    }

    /// The names to which several entries answer, and who does, in the order of the entries.
    pub fn shared(&self) -> impl Iterator<Item = (Fingerprint, impl Iterator<Item = EntryId>)> {
        self.several.iter().map(|(name, known)| (*name, known.iter().map(|known| known.id())))
    }

    /// The entry at an address without `.html`.
    pub fn at(&self, address: &str) -> Option<EntryId> {
        let mut known = self.known(Fingerprint::of(&key(address))).iter();
        known.find(|known| known.kind() == Tier::Address as u32).map(|known| known.id())
    }

    /// The entries that a name means, of those that `wanted` allows; more than one if it is ambiguous.
    pub fn matching(&self, name: &str, wanted: impl Fn(EntryId) -> bool) -> Vec<EntryId> {
        // As it is written; then as the path of a file.
        let path = name.trim().trim_matches('/');
        let names = [Some(name), Some(path), path.strip_suffix(".md")];
        let found = names.into_iter().flatten().map(|name| self.called(Fingerprint::of(&key(name)), &wanted));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default().into_vec()
    }

    /// The entries that answer to just this name, as names are compared: those of the first kind of which there are any.
    pub fn called(&self, name: Fingerprint, wanted: impl Fn(EntryId) -> bool) -> SmallVec<[EntryId; 1]> {
        let wanted = || self.known(name).iter().filter(|known| wanted(known.id()));
        let first = wanted().map(|known| known.kind()).min();
        wanted().filter(|known| Some(known.kind()) == first).map(|known| known.id()).collect()
    }

    /// The entry whose name is nearest to a misspelt one, and that name as names are compared. It is sure if the name
    /// is off by a slip from those of this entry alone.
    pub fn nearest<'a>(
        entries: &'a [Arc<Entry>],
        name: &str,
        wanted: impl Fn(EntryId) -> bool,
    ) -> Option<(EntryId, Suggestion<'a>)> {
        let name = key(name.trim_matches('/').trim_end_matches(".md"));
        let mut best: Option<(f64, Tier, &str, EntryId)> = None;
        let mut slips: Vec<EntryId> = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            let id = EntryId(i as u32);
            for EntryName { tier, key: candidate, .. } in &entry.names {
                let Some(score) = alike(&name, candidate).filter(|_| wanted(id)) else { continue };
                if is_typo(&name, candidate) {
                    slips.push(id);
                }
                // Ties go to the better kind of name, then to the name, then to the earlier entry.
                let better = best.is_none_or(|(top, other_tier, text, other)| {
                    score > top || (score == top && (*tier, &**candidate, id) < (other_tier, text, other))
                });
                if better {
                    best = Some((score, *tier, candidate, id));
                }
            }
        }
        best.map(|(_, _, name, id)| {
            (id, Suggestion { name, is_sure: !slips.is_empty() && slips.iter().all(|slip| *slip == id) })
        })
    }
}
