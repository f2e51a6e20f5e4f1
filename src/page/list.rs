//! Long lists, split so that no page holds more than a person can scroll through.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::a_to_z::{self, Name};
use super::view::PartView;
use super::{Page, SiteContent, Subject};
use crate::base::cjk::is_cjk;
use crate::base::messages::Messages;
use crate::base::path::{UrlPath, slug};
use crate::book::{Book, EntryId};
use crate::parse::Entry;

/// Lists above this many items are split.
pub const MOST: usize = 500;

/// What the keys of years that people do not count from 1 are.
const BEFORE_ERA: &str = "-bc";
const UNDATED: &str = "undated";

/// How many letters a list is split by at most.
const MOST_LETTERS: usize = 64;

/// Up to how many parts the page of each of them names all, and else how many on either side of its own.
const MOST_PARTS: usize = 100;
const AROUND: usize = 10;

/// By what a list is split and grouped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    Year,
    Letter,
}

/// What an entry is found under in a list: the year of its date, or the first letter of its title.
pub fn key(book: &Book, by: GroupBy, id: EntryId) -> String {
    let entry = book.entry(id);
    match by {
        GroupBy::Year => match entry.date.as_ref().and_then(|date| date.value.year()) {
            Some(year) => year_key(year),
            None => UNDATED.to_owned(),
        },
        GroupBy::Letter => letter(entry.title.value.chars().find(|c| c.is_alphanumeric())),
    }
}

/// What a name is found under, by its first letter or digit.
fn letter(first: Option<char>) -> String {
    match first {
        Some(c) if c.is_alphabetic() => c.to_uppercase().collect(),
        Some(_) => "0–9".to_owned(),
        None => "…".to_owned(),
    }
}

/// What a year is found under, as in ISO 8601, where 0 is 1 BC.
pub fn year_key(year: i64) -> String {
    if year <= 0 { format!("{}{BEFORE_ERA}", 1 - i128::from(year)) } else { year.to_string() }
}

/// A key as readers see it.
pub fn title<'a>(words: &'a Messages, key: &'a str) -> Cow<'a, str> {
    match key.strip_suffix(BEFORE_ERA) {
        Some(year) => Cow::Owned(words.fill("date_before_era", &[("year", year)])),
        None if key == UNDATED => Cow::Borrowed(words.get("undated")),
        None => Cow::Borrowed(key),
    }
}

/// The title of a list's page, or of that of a part of it.
pub fn page_title<'a>(words: &Messages, whole: &'a str, part: Option<&str>) -> Cow<'a, str> {
    match part {
        Some(part) => Cow::Owned(format!("{whole}: {}", title(words, part))),
        None => Cow::Borrowed(whole),
    }
}

/// A list in its groups: the runs under one key, in the list's order of first appearance. Where the letters are too many
/// to choose from, as in Chinese, the list is cut into numbered runs.
pub struct Groups<T = EntryId> {
    groups: Vec<(String, Vec<T>)>,
    places: FxHashMap<String, usize>,
    /// How much stands in the list in all.
    count: usize,
}

impl Groups {
    fn of(book: &Book, signs: &[GroupKey], by: GroupBy, ids: &[EntryId]) -> Groups {
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
    fn parts(&self) -> Vec<(&str, usize)> {
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
struct GroupKey {
    year: i64,
    letter: i64,
}

impl GroupKey {
    fn of(entry: &Entry) -> GroupKey {
        let year = entry.date.as_ref().and_then(|date| date.value.year());
        let letter = entry.title.value.chars().find(|c| c.is_alphanumeric()).map(|c| i64::from(u32::from(c)));
        GroupKey { year: year.unwrap_or(i64::MIN), letter: letter.unwrap_or(i64::MIN) }
    }
}

/// The lists that pages are made of.
#[derive(Default)]
pub struct Lists {
    /// The groups of the timeline and of every list of entries that is split, by the subject of its page.
    groups: FxHashMap<Subject, Groups>,
    /// Those of the list of all entries.
    pub names: Groups<Name>,
}

impl Lists {
    pub fn of(book: &Book) -> Lists {
        let signs: Vec<GroupKey> = book.entries.par_iter().map(|entry| GroupKey::of(entry)).collect();
        let timeline = (Subject::Timeline(None), GroupBy::Year, &book.timeline);
        let sections = book
            .section_ids()
            .map(|id| (Subject::Section(id, None), super::section::by(book, id), &book.section(id).members));
        let terms = book.terms.iter().map(|(id, term)| (Subject::Term(id, None), GroupBy::Letter, &term.entries));
        let lists = sections.chain(terms).filter(|(_, _, ids)| ids.len() > MOST).chain([timeline]);
        let groups = lists.map(|(whole, by, ids)| (whole, Groups::of(book, &signs, by, ids))).collect();
        Lists { groups, names: a_to_z::names(book) }
    }

    /// The groups of a list of entries; none if it is whole.
    pub fn get(&self, whole: &Subject) -> Option<&Groups> {
        self.groups.get(whole)
    }

    /// The parts of a list, each with how much stands in it; none if it is whole.
    fn parts(&self, whole: &Subject) -> Vec<(&str, usize)> {
        match whole {
            Subject::All(_) => self.names.parts(),
            _ => self.get(whole).map_or_else(Vec::new, Groups::parts),
        }
    }
}

/// The entries of a list.
pub fn ids<'a>(book: &'a Book, whole: &Subject) -> &'a [EntryId] {
    match whole {
        Subject::Section(id, _) => &book.section(*id).members,
        Subject::Term(id, _) => &book.terms.get(*id).entries,
        Subject::Timeline(_) => &book.timeline,
        _ => &[],
    }
}

/// How many entries a list has.
pub fn length(book: &Book, whole: &Subject) -> usize {
    match whole {
        Subject::All(_) => book.entries.len(),
        _ => ids(book, whole).len(),
    }
}

/// The entries that a list's page, or that of a part of it, shows: of the whole none if it is split.
pub fn shown<'a>(content: &'a SiteContent, whole: &Subject, part: Option<&str>) -> &'a [EntryId] {
    let ids = ids(&content.book, whole);
    match part {
        None if ids.len() > MOST => &[],
        None => ids,
        Some(part) => content.groups(whole).get(part),
    }
}

/// The pages of a list: one, or one for the whole and one for each part. `address` is that of the whole without `.html`.
pub fn pages(kind: &'static super::PageKind, lists: &Lists, address: &str, whole: &Subject) -> Vec<Page> {
    let mut pages = vec![Page { kind, subject: whole.clone(), url: UrlPath::new(format!("{address}.html")) }];
    pages.extend(lists.parts(whole).into_iter().map(|(key, _)| {
        let url = UrlPath::new(format!("{address}-{}.html", slug(key, false)));
        Page { kind, subject: whole.part(key), url }
    }));
    pages
}

/// The parts of a list as a page shows them; none if the list is whole. Where they are very many, a part's page names
/// those around it, the first and the last.
pub fn parts<'a>(content: &'a SiteContent, page: &Page, whole: &Subject, current: Option<&str>) -> Vec<PartView<'a>> {
    let parts = content.lists().parts(whole);
    let last = parts.len().saturating_sub(1);
    let here = parts.iter().position(|(key, _)| Some(*key) == current).filter(|_| last >= MOST_PARTS);
    let near = |place: &usize| here.is_none_or(|here| [0, last].contains(place) || place.abs_diff(here) <= AROUND);
    let part = |(_, (key, count)): (usize, (&'a str, usize))| PartView {
        current: current == Some(key),
        title: title(&content.locale_of(page).words, key),
        href: content.href(page, &whole.part(key)).unwrap_or_default(),
        count,
    };
    parts.into_iter().enumerate().filter(|(place, _)| near(place)).map(part).collect()
}
