//! Long lists, split so that no page holds more than a person can scroll through.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::view::PartView;
use super::{Page, Shelf, Subject};
use crate::base::path::{UrlPath, slug};
use crate::base::words::Words;
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
pub enum By {
    Year,
    Letter,
}

/// What an entry is found under in a list: the year of its date, or the first letter of its title.
pub fn key(book: &Book, by: By, id: EntryId) -> String {
    let entry = book.entry(id);
    match by {
        By::Year => match entry.date.as_ref().and_then(|date| date.value.year()) {
            Some(year) => year_key(year),
            None => UNDATED.to_owned(),
        },
        By::Letter => match entry.title.value.chars().find(|c| c.is_alphanumeric()) {
            Some(c) if c.is_alphabetic() => c.to_uppercase().collect(),
            Some(_) => "0–9".to_owned(),
            None => "…".to_owned(),
        },
    }
}

/// What a year is found under, as in ISO 8601, where 0 is 1 BC.
pub fn year_key(year: i64) -> String {
    if year <= 0 { format!("{}{BEFORE_ERA}", 1 - i128::from(year)) } else { year.to_string() }
}

/// A key as readers see it.
pub fn title<'a>(words: &'a Words, key: &'a str) -> Cow<'a, str> {
    match key.strip_suffix(BEFORE_ERA) {
        Some(year) => Cow::Owned(words.fill("date_before_era", &[("year", year)])),
        None if key == UNDATED => Cow::Borrowed(words.get("undated")),
        None => Cow::Borrowed(key),
    }
}

/// A list in its groups: the runs under one key, in the list's order of first appearance. Where the letters are too many
/// to choose from, as in Chinese, the list is cut into numbered runs.
#[derive(Default)]
pub struct Groups {
    groups: Vec<(String, Vec<EntryId>)>,
    places: FxHashMap<String, usize>,
    /// How many entries there are in all.
    count: usize,
}

impl Groups {
    fn of(book: &Book, signs: &[Sign], by: By, ids: &[EntryId]) -> Groups {
        let mut all = Groups { count: ids.len(), ..Groups::default() };
        // Most entries stand under the key of another one, which is known by its year or letter.
        let mut known: FxHashMap<i64, usize> = FxHashMap::default();
        for id in ids {
            let sign = &signs[id.0 as usize];
            let sign = if by == By::Year { sign.year } else { sign.letter };
            match known.get(&sign) {
                Some(place) => all.groups[*place].1.push(*id),
                None => drop(known.insert(sign, all.add(key(book, by, *id), &[*id]))),
            }
        }
        if by == By::Letter && all.groups.len() > MOST_LETTERS {
            all = Groups { count: ids.len(), ..Groups::default() };
            for (i, ids) in ids.chunks(MOST).enumerate() {
                all.add((i + 1).to_string(), ids);
            }
        }
        all
    }

    /// Puts entries under a key, and answers its place.
    fn add(&mut self, key: String, ids: &[EntryId]) -> usize {
        let place = *self.places.entry(key).or_insert_with_key(|key| {
            self.groups.push((key.clone(), Vec::new()));
            self.groups.len() - 1
        });
        self.groups[place].1.extend(ids);
        place
    }

    /// The entries under a key.
    pub fn get(&self, key: &str) -> &[EntryId] {
        self.places.get(key).map_or(&[], |place| &self.groups[*place].1)
    }

    pub fn has(&self, key: &str) -> bool {
        self.places.contains_key(key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[EntryId])> {
        self.groups.iter().map(|(key, ids)| (key.as_str(), ids.as_slice()))
    }

    fn is_split(&self) -> bool {
        self.count > MOST
    }
}

/// What tells the key of an entry from others, in few bytes: entries are many, and lie far apart.
struct Sign {
    year: i64,
    letter: i64,
}

impl Sign {
    fn of(entry: &Entry) -> Sign {
        let year = entry.date.as_ref().and_then(|date| date.value.year());
        let letter = entry.title.value.chars().find(|c| c.is_alphanumeric()).map(|c| i64::from(u32::from(c)));
        Sign { year: year.unwrap_or(i64::MIN), letter: letter.unwrap_or(i64::MIN) }
    }
}

/// The groups of the timeline and of every list that is split, by the subject of its page.
#[derive(Default)]
pub struct Lists(FxHashMap<Subject, Groups>);

impl Lists {
    pub fn of(book: &Book) -> Lists {
        let signs: Vec<Sign> = book.entries.iter().map(|entry| Sign::of(entry)).collect();
        let timeline = (Subject::Timeline(None), By::Year, &book.timeline);
        let sections = book
            .section_ids()
            .map(|id| (Subject::Section(id, None), super::section::by(book, id), &book.section(id).members));
        let tags = book.tags.iter().enumerate().map(|(i, tag)| (Subject::Tag(i, None), By::Letter, &tag.entries));
        let lists = sections.chain(tags).filter(|(_, _, ids)| ids.len() > MOST).chain([timeline]);
        Lists(lists.map(|(whole, by, ids)| (whole, Groups::of(book, &signs, by, ids))).collect())
    }

    /// The groups of a list; none if it is whole.
    pub fn get(&self, whole: &Subject) -> Option<&Groups> {
        self.0.get(whole)
    }
}

/// The entries that a list's page, or that of a part of it, shows: of the whole none if it is split.
pub fn shown<'a>(shelf: &'a Shelf, whole: &Subject, ids: &'a [EntryId], part: Option<&str>) -> &'a [EntryId] {
    match part {
        None if ids.len() > MOST => &[],
        None => ids,
        Some(part) => shelf.groups(whole).get(part),
    }
}

/// The pages of a list: one, or one for the whole and one for each part. `address` is that of the whole without `.html`.
pub fn pages(kind: &'static super::PageKind, lists: &Lists, address: &str, whole: &Subject) -> Vec<Page> {
    let mut pages = vec![Page { kind, subject: whole.clone(), url: UrlPath::new(format!("{address}.html")) }];
    if let Some(groups) = lists.get(whole).filter(|groups| groups.is_split()) {
        pages.extend(groups.iter().map(|(key, _)| {
            let url = UrlPath::new(format!("{address}-{}.html", slug(key, false)));
            Page { kind, subject: whole.part(key), url }
        }));
    }
    pages
}

/// The parts of a list as a page shows them; none if the list is whole. Where they are very many, a part's page names
/// those around it, the first and the last.
pub fn parts<'a>(shelf: &'a Shelf, page: &Page, whole: &Subject, current: Option<&str>) -> Vec<PartView<'a>> {
    let groups = shelf.groups(whole);
    if !groups.is_split() {
        return Vec::new();
    }
    let last = groups.groups.len() - 1;
    let here = current.and_then(|current| groups.places.get(current)).filter(|_| last >= MOST_PARTS);
    let near = |place: &usize| here.is_none_or(|here| [0, last].contains(place) || place.abs_diff(*here) <= AROUND);
    let part = |(_, (key, ids)): (usize, (&'a str, &[EntryId]))| PartView {
        current: current == Some(key),
        title: title(&shelf.words, key),
        href: shelf.href(page, &whole.part(key)).unwrap_or_default(),
        count: ids.len(),
    };
    groups.iter().enumerate().filter(|(place, _)| near(place)).map(part).collect()
}
