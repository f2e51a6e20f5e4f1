//! A list in its groups, which are its parts where it is too long for one page.

use rustc_hash::FxHashMap;

use super::key::{GroupBy, key, letter};
use crate::base::cjk::is_cjk;
use crate::book::{Book, EntryId};
use crate::parse::Entry;

/// Lists above this many items are split.
pub const MOST: usize = 500;

/// How many letters a list is split by at most.
const MOST_LETTERS: usize = 64;

/// A list in its groups: the runs under one key, in the list's order of first appearance. Where the letters are too many
/// to choose from, as in Chinese, the list is cut into numbered runs.
pub struct Groups<T = EntryId> {
    groups: Vec<(String, Vec<T>)>,
    places: FxHashMap<String, usize>,
    /// How much stands in the list in all.
    count: usize,
}

impl Groups {
    pub fn of(book: &Book, signs: &[GroupKey], by: GroupBy, ids: &[EntryId]) -> Groups {
        let mut all = Groups { count: ids.len(), ..Groups::default() };
        // Most entries stand under the key of another one, which is known by its year or letter.
        let mut known: FxHashMap<i64, usize> = FxHashMap::default();
        for id in ids {
            let sign = &signs[id.0 as usize];
            let sign = if by == GroupBy::Year { sign.year } else { sign.letter };
            match known.get(&sign) {
                Some(place) => all.groups[*place].1.push(*id),
                None => drop(known.insert(sign, all.add(key(book, by, *id), [*id]))),
            }
        }
        if by == GroupBy::Letter && all.groups.len() > MOST_LETTERS {
            all = Groups { count: ids.len(), ..Groups::default() };
            for (i, ids) in ids.chunks(MOST).enumerate() {
                all.add((i + 1).to_string(), ids.iter().copied());
            }
        }
        all
    }
}

impl<T: Copy> Groups<T> {
    /// A list in order, each thing under the letter or digit that its name begins with. Where that gives too many letters,
    /// the names in Chinese and the like stand together. What is too long for a page is cut into several: "E", "E 2".
    pub fn by_letter(list: impl Iterator<Item = (Option<char>, T)>) -> Groups<T> {
        // All digits are one letter.
        let as_one = |c: char| if c.is_alphabetic() { c } else { '0' };
        let list: Vec<(Option<char>, T)> = list.map(|(first, item)| (first.map(as_one), item)).collect();
        let mut all = Groups { count: list.len(), ..Groups::default() };
        let is_same = |(a, _): &(_, T), (b, _): &(_, T)| a == b;
        let has_many = list.chunk_by(is_same).count() > MOST_LETTERS;
        let (unlettered, lettered): (Vec<_>, Vec<_>) =
            list.into_iter().partition(|(first, _)| has_many && first.is_some_and(is_cjk));
        for run in lettered.chunk_by(is_same) {
            let letter = letter(run[0].0);
            all.add_run(run, |nth| if nth == 1 { letter.clone() } else { format!("{letter} {nth}") });
        }
        let is_long = unlettered.len() > MOST;
        all.add_run(&unlettered, |nth| if is_long { nth.to_string() } else { letter(None) });
        all
    }

    /// Puts a run under keys, one for each page that it takes.
    fn add_run(&mut self, run: &[(Option<char>, T)], key: impl Fn(usize) -> String) {
        for (nth, part) in (1..).zip(run.chunks(MOST)) {
            self.add(key(nth), part.iter().map(|(_, item)| *item));
        }
    }

    /// Puts something under a key, and answers its place.
    fn add(&mut self, key: String, items: impl IntoIterator<Item = T>) -> usize {
        let place = *self.places.entry(key).or_insert_with_key(|key| {
            self.groups.push((key.clone(), Vec::new()));
            self.groups.len() - 1
        });
        self.groups[place].1.extend(items);
        place
    }

    /// What stands under a key.
    pub fn get(&self, key: &str) -> &[T] {
        self.places.get(key).map_or(&[], |place| &self.groups[*place].1)
    }

    pub fn has(&self, key: &str) -> bool {
        self.places.contains_key(key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[T])> {
        self.groups.iter().map(|(key, items)| (key.as_str(), items.as_slice()))
    }

    pub fn is_split(&self) -> bool {
        self.count > MOST
    }

    /// The parts that the list is split into: the key of each, and how much stands under it.
    pub fn parts(&self) -> Vec<(&str, usize)> {
        let parts = self.iter().filter(|_| self.is_split());
        parts.map(|(key, items)| (key, items.len())).collect()
    }
}

impl<T> Default for Groups<T> {
    fn default() -> Groups<T> {
        Groups { groups: Vec::new(), places: FxHashMap::default(), count: 0 }
    }
}

/// What tells the key of an entry from others, in few bytes: entries are many, and lie far apart.
pub struct GroupKey {
    year: i64,
    letter: i64,
}

impl GroupKey {
    pub fn of(entry: &Entry) -> GroupKey {
        let year = entry.date.as_ref().and_then(|date| date.value.year());
        let letter = entry.title.value.chars().find(|c| c.is_alphanumeric()).map(|c| i64::from(u32::from(c)));
        GroupKey { year: year.unwrap_or(i64::MIN), letter: letter.unwrap_or(i64::MIN) }
    }
}
