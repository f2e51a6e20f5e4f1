//! Which entry has an address that several names make: `C.md`, `C++.md` and `C#.md` are all `c.html`.
//!
//! In a plain section the one whose name is the address letter by letter keeps it, and each other has a few digits of
//! its name behind it, so that it stays where it is whatever comes beside it. In a declared collection nobody moves: the
//! clash is an error.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::base::fingerprint::Fingerprint;
use crate::base::path::{FilePath, key, nfc, slug};
use crate::config::Config;
use crate::parse::{Entry, Role, names};

/// How many digits tell an address from others; more, if these few do not.
const DIGITS: [usize; 3] = [4, 8, 16];

/// How much of its address an entry's name is; the least is the best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// Letter by letter.
    Exact,
    /// But for case, or for how its letters are composed.
    Folded,
    /// Its author chose the address.
    Chosen,
    /// Its own name is, and a folder's is not.
    InFolder,
    /// Signs are lost.
    Lossy,
}

/// Gives each entry of the plain sections an address of its own. `is_kept` says of which that is of a page that the book
/// makes by itself.
pub fn settle(config: &Config, entries: &mut [Arc<Entry>], is_kept: impl Fn(&Entry) -> bool) {
    let is_plain = |entry: &Entry| entry.collection.is_none();
    let mut taken: FxHashSet<Fingerprint> = FxHashSet::default();
    let mut first_at: FxHashMap<Fingerprint, usize> = FxHashMap::default();
    let mut several: FxHashMap<Fingerprint, Vec<usize>> = FxHashMap::default();
    for (i, entry) in entries.iter().enumerate().filter(|(_, entry)| is_plain(entry)) {
        let mark = mark(&entry.address);
        taken.insert(mark);
        match first_at.get(&mark) {
            None => drop(first_at.insert(mark, i)),
            Some(first) => several.entry(mark).or_insert_with(|| vec![*first]).push(i),
        }
    }
    // An address that another once had is free for those alone whose name it is.
    for (i, entry) in entries.iter().enumerate() {
        for old in &entry.redirect_from {
            let mark = mark(old.value.as_str().strip_suffix(".html").unwrap_or(old.value.as_str()));
            if let Some(now) = first_at.get(&mark).filter(|now| **now != i)
                && likeness(config, &entries[*now]) == Likeness::Lossy
            {
                several.entry(mark).or_insert_with(|| vec![*now]);
            }
        }
    }
    for (i, entry) in entries.iter().enumerate().filter(|(_, entry)| is_plain(entry) && is_kept(entry)) {
        several.entry(mark(&entry.address)).or_insert_with(|| vec![i]);
    }
    let mut groups: Vec<Vec<usize>> = several.into_values().collect();
    groups.sort();
    for group in groups {
        let best = winner(config, entries, &group).filter(|best| !is_kept(&entries[*best]));
        for i in group.into_iter().filter(|i| Some(*i) != best) {
            let (address, role) = other_address(config, &entries[i], &mut taken);
            entries[i] = Arc::new(names::readdressed(config, &entries[i], address, role));
        }
    }
}

/// An address as it is compared: on many disks names that differ only by case are one.
fn mark(address: &str) -> Fingerprint {
    Fingerprint::of(&FilePath::new(address).lower())
}

/// The one of some entries that keeps the address which they all want, if its name is that.
fn winner(config: &Config, entries: &[Arc<Entry>], group: &[usize]) -> Option<usize> {
    let rank = |i: &usize| {
        let entry = &entries[*i];
        // Of index.md and README.md the first is meant to be the folder's page.
        let is_index = key(&entry.stem) == "index";
        (Reverse(entry.role == Role::Index), Reverse(is_index), likeness(config, entry), *i)
    };
    let best = group.iter().min_by_key(|i| rank(i))?;
    let entry = &entries[*best];
    (entry.role == Role::Index || likeness(config, entry) != Likeness::Lossy).then_some(*best)
}

fn likeness(config: &Config, entry: &Entry) -> Likeness {
    let path = config.within_src(&entry.path).unwrap_or(entry.path.as_str());
    let (folder, stem) = match path.rsplit_once('/') {
        Some((folder, _)) => (folder, &*entry.stem),
        None => ("", &*entry.stem),
    };
    let (its_folder, name) = entry.address.rsplit_once('/').unwrap_or(("", &entry.address));
    let is_stem = entry.role == Role::Index || key(stem) == key(name);
    match () {
        () if (entry.role == Role::Index || stem == name) && folder == its_folder => Likeness::Exact,
        () if is_stem && key(folder) == key(its_folder) => Likeness::Folded,
        () if entry.has_slug => Likeness::Chosen,
        () if is_stem => Likeness::InFolder,
        () => Likeness::Lossy,
    }
}

/// An address that nothing else has, and what the entry is there. A second page of a folder becomes one of its entries.
fn other_address(config: &Config, entry: &Entry, taken: &mut FxHashSet<Fingerprint>) -> (String, Role) {
    let base = match entry.role {
        Role::Member | Role::NotFound => entry.address.to_string(),
        Role::Index => {
            let folder = entry.address.rsplit_once('/').map_or("", |(folder, _)| folder);
            let name = slug(&entry.stem, config.keep_case);
            if folder.is_empty() { name } else { format!("{folder}/{name}") }
        }
    };
    let is_free = |address: &String, taken: &mut FxHashSet<Fingerprint>| taken.insert(mark(address));
    if entry.role == Role::Index && is_free(&base, taken) {
        return (base, Role::Member);
    }
    // Where its own name is the address, another folder's is, too.
    let of_stem = (likeness(config, entry) == Likeness::Lossy).then(|| nfc(&entry.stem));
    let of_path = nfc(entry.path.as_str());
    let names = of_stem.iter().chain([&of_path]);
    let mut candidates = names.flat_map(|name| {
        let digits = format!("{:016x}", xxh3_64(name.as_bytes()));
        DIGITS.map(|length| format!("{base}-{}", &digits[..length]))
    });
    let address = candidates.find(|address| is_free(address, taken));
    (address.unwrap_or_else(|| format!("{base}-{}", taken.len())), Role::Member)
}
