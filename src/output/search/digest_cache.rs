//! What entries are known to say, from one snapshot to the next and from one build to the next.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::document;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::book::EntryId;
use crate::page::SiteContent;
use crate::search::{ChangedShards, DocIds, DocTerms, Facet, Index, IndexInput, KnownIndex, Lexicon, TermCounter};

/// How many entries are read by one thread at a time, at most: their words are told apart among themselves first.
const CHUNK: usize = 1024;

/// One entry in so many is few.
const FEW: usize = 64;

/// The digests of entries, by what they were made from.
#[derive(Debug, Default)]
pub struct DigestCache(Mutex<DigestState>);

/// What is in a memory.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct DigestState {
    pub lexicon: Lexicon,
    digests: FxHashMap<Fingerprint, Arc<[DocTerms]>>,
    /// What the last index that was made whole has for the next one.
    index: Option<KnownIndex>,
    /// Whether it was made since it was read or kept.
    #[serde(skip)]
    is_new: bool,
    /// Its files that were made anew since.
    #[serde(skip)]
    pub changed: ChangedShards,
    /// How many digests were made since it was read or kept.
    #[serde(skip)]
    made: usize,
}

impl DigestCache {
    /// Takes in what an earlier build knew, if nothing is known yet.
    pub fn recall(&self, earlier: impl FnOnce() -> Option<DigestState>) {
        let mut known = self.lock();
        if known.digests.is_empty() {
            *known = earlier().unwrap_or_default();
        }
    }

    pub fn lock(&self) -> MutexGuard<'_, DigestState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl DigestState {
    /// Whether it holds so much more than is kept of it that it is to be kept again: a few entries are sooner read again
    /// than all digests are written.
    pub fn is_worth_keeping(&mut self) -> bool {
        let is_worth_it = self.is_new || self.has_much_new();
        if is_worth_it {
            (self.made, self.is_new) = (0, false);
        }
        is_worth_it
    }

    fn has_much_new(&self) -> bool {
        self.made * FEW > self.digests.len()
    }

    /// The index of documents, made of the last one where that is of use and `renews` says so.
    pub fn index(&mut self, digests: &[&DocTerms], ids: &DocIds, properties: Vec<Facet>, renews: bool) -> Index {
        let input = IndexInput::new(digests, ids, &self.lexicon, properties);
        let is_of_use = renews && !self.has_much_new() && !self.changed.are_many();
        let known = self.index.as_ref().filter(|_| is_of_use);
        if let Some(index) = known.and_then(|known| Index::renewed(&input, known, &mut self.changed)) {
            return index;
        }
        let (index, known) = Index::new(&input);
        if renews {
            self.is_new |= known.is_some() || self.index.is_some();
            self.index = known;
            self.changed = ChangedShards::default();
        }
        index
    }

    /// The digests of all entries, by their ids; only those that are not known are made.
    pub fn digests(&mut self, content: &SiteContent) -> Vec<Arc<[DocTerms]>> {
        let book = &content.book;
        // Values are said in the words of the config and the interface.
        let mut frame = FingerprintHasher::default();
        frame.fingerprint(book.config.fingerprint());
        frame.value(&*content.locale.words);
        let frame = frame.finish();
        let mark = |id: EntryId| {
            let mut hasher = FingerprintHasher::default();
            hasher.fingerprint(frame);
            hasher.fingerprint(book.entry(id).content_hash);
            // Links without words of their own say how what they lead to is called.
            for link in book.entry(id).body.links().filter(|link| !book.entry(id).links[*link].labelled) {
                hasher.text(content.name_of_link(id, link).unwrap_or_default());
            }
            hasher.finish()
        };
        let ids: Vec<EntryId> = book.ids().collect();
        let marks: Vec<Fingerprint> = ids.par_iter().map(|id| mark(*id)).collect();
        let unknown: Vec<EntryId> =
            ids.into_iter().filter(|id| !self.digests.contains_key(&marks[id.0 as usize])).collect();
        self.made += unknown.len();
        let lexicon = Mutex::new(std::mem::take(&mut self.lexicon));
        let read = |chunk: &[EntryId]| {
            let mut reader = TermCounter::default();
            chunk.iter().for_each(|id| reader.read(&document::entry(content, *id)));
            let numbers = reader.enter(&mut lexicon.lock().unwrap_or_else(PoisonError::into_inner));
            reader.digests(&numbers)
        };
        let chunk = unknown.len().div_ceil(8 * rayon::current_num_threads()).clamp(1, CHUNK);
        let made: Vec<Vec<Box<[DocTerms]>>> = unknown.par_chunks(chunk).with_max_len(1).map(read).collect();
        self.lexicon = lexicon.into_inner().unwrap_or_else(PoisonError::into_inner);
        let made = unknown.iter().zip(made.into_iter().flatten());
        let made: FxHashMap<Fingerprint, Arc<[DocTerms]>> =
            made.map(|(id, digests)| (marks[id.0 as usize], digests.into())).collect();
        // What is not used now is forgotten.
        let before = std::mem::replace(&mut self.digests, made);
        let mut found = Vec::with_capacity(marks.len());
        for mark in marks {
            let known = self.digests.get(&mark).or_else(|| before.get(&mark)).cloned();
            let Some(known) = known else { unreachable!("what was not known was made") };
            self.digests.insert(mark, known.clone());
            found.push(known);
        }
        found
    }
}
