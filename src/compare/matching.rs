//! Which entries of two books are the same.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::book::{Book, EntryId};
use crate::parse::Entry;

/// For each entry of the book before the one that it is in the book after, and the other way round.
pub struct Pairs {
    pub after: Vec<Option<EntryId>>,
    pub before: Vec<Option<EntryId>>,
}

/// The text of an entry must be as long as this, in bytes, for two entries with the same text to be one.
const TELLING: usize = 40;

/// Finds the entries that are the same. The address tells it, then what an entry says of its old addresses. What is left
/// has moved without a word: the same title tells it, the same name in one section, and the same text, wherever no other
/// entry that is left shares it.
pub fn pairs(before: &Book, after: &Book) -> Pairs {
    let mut matching = Matching {
        before,
        after,
        pairs: Pairs { after: vec![None; before.entries.len()], before: vec![None; after.entries.len()] },
    };
    matching.same(|entry| Some(&*entry.address));
    matching.redirected();
    matching.same(|entry| Some((entry.title_mark, &*entry.section)));
    matching.same(|entry| Some(entry.title_mark));
    matching.same(|entry| Some((&*entry.section, &*entry.stem, entry.role as u8)));
    matching.same(text);
    matching.pairs
}

struct Matching<'a> {
    before: &'a Book,
    after: &'a Book,
    pairs: Pairs,
}

impl<'a> Matching<'a> {
    fn pair(&mut self, before: EntryId, after: EntryId) {
        self.pairs.after[before.0 as usize] = Some(after);
        self.pairs.before[after.0 as usize] = Some(before);
    }

    /// Pairs the entries that are left and share a key with one entry alone.
    fn same<K: Hash + Eq>(&mut self, key: impl Fn(&'a Entry) -> Option<K>) {
        let (old, new) = (self.before, self.after);
        let before = only_ones(old, &self.pairs.after, &key);
        let after = only_ones(new, &self.pairs.before, &key);
        for (key, id) in before {
            if let (Some(before), Some(Some(after))) = (id, after.get(&key)) {
                self.pair(before, *after);
            }
        }
    }

    /// Pairs the entries that say where they stood with those that stood there.
    fn redirected(&mut self) {
        let (before, after) = (self.before, self.after);
        let left = before.ids().filter(|id| self.pairs.after[id.0 as usize].is_none());
        let by_url: FxHashMap<&str, EntryId> = left.map(|id| (before.entry(id).url.as_str(), id)).collect();
        for id in after.ids().filter(|_| !by_url.is_empty()) {
            let mut old = after.entry(id).redirect_from.iter().filter_map(|url| by_url.get(url.value.as_str()));
            let is_free = |old: &&EntryId| self.pairs.after[old.0 as usize].is_none();
            if let Some(old) = old.find(is_free).filter(|_| self.pairs.before[id.0 as usize].is_none()) {
                self.pair(*old, id);
            }
        }
    }
}

/// The entries of a book without a pair by their keys; none where several have one key.
fn only_ones<'a, K: Hash + Eq>(
    book: &'a Book,
    pairs: &[Option<EntryId>],
    key: impl Fn(&'a Entry) -> Option<K>,
) -> FxHashMap<K, Option<EntryId>> {
    let mut ones: FxHashMap<K, Option<EntryId>> = FxHashMap::default();
    for id in book.ids().filter(|id| pairs[id.0 as usize].is_none()) {
        if let Some(key) = key(book.entry(id)) {
            ones.entry(key).and_modify(|one| *one = None).or_insert(Some(id));
        }
    }
    ones
}

/// The fingerprint of an entry's text, if it is long enough to tell it from others.
fn text(entry: &Entry) -> Option<Fingerprint> {
    let text = entry.body.text(&entry.text).trim();
    let mut hasher = FingerprintHasher::default();
    hasher.text(text);
    (text.len() >= TELLING).then(|| hasher.finish())
}
