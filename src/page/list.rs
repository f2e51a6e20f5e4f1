//! Long lists, split so that no page holds more than a person can scroll through.

use super::view::PartView;
use super::{Page, Shelf, Subject};
use crate::base::path::{UrlPath, slug};
use crate::base::words::Words;
use crate::book::{Book, EntryId};

/// Lists above this many items are split.
pub const MOST: usize = 500;

/// What the keys of years that people do not count from 1 are.
const BEFORE_ERA: &str = "-bc";
const UNDATED: &str = "undated";

/// How many letters a list is split by at most.
const MOST_LETTERS: usize = 64;

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
pub fn title(words: &Words, key: &str) -> String {
    match key.strip_suffix(BEFORE_ERA) {
        Some(year) => words.fill("date_before_era", &[("year", year)]),
        None if key == UNDATED => words.get("undated").to_owned(),
        None => key.to_owned(),
    }
}

/// The runs of a list under one key, in the list's order of first appearance. Where the letters are too many to choose
/// from, as in Chinese, the list is cut into numbered runs.
pub fn groups(book: &Book, by: By, ids: &[EntryId]) -> Vec<(String, Vec<EntryId>)> {
    let mut groups: Vec<(String, Vec<EntryId>)> = Vec::new();
    let mut places = rustc_hash::FxHashMap::default();
    for id in ids {
        let key = key(book, by, *id);
        let place = *places.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(*id);
    }
    if by == By::Letter && groups.len() > MOST_LETTERS {
        let runs = ids.chunks(MOST).enumerate();
        return runs.map(|(i, ids)| ((i + 1).to_string(), ids.to_vec())).collect();
    }
    groups
}

/// The entries of one part of a list; of the whole list those that its own page shows.
pub fn shown(book: &Book, by: By, ids: &[EntryId], part: Option<&str>) -> Vec<EntryId> {
    match part {
        None if ids.len() > MOST => Vec::new(),
        None => ids.to_vec(),
        Some(part) => {
            let group = groups(book, by, ids).into_iter().find(|(key, _)| key == part);
            group.map(|(_, ids)| ids).unwrap_or_default()
        }
    }
}

/// The pages of a list: one, or one for the whole and one for each part. `address` is that of
/// the whole without `.html`; `subject` makes a part's subject.
pub fn pages(
    kind: &'static super::PageKind,
    book: &Book,
    by: By,
    ids: &[EntryId],
    address: &str,
    subject: impl Fn(Option<String>) -> Subject,
) -> Vec<Page> {
    let page = |part: Option<String>| {
        let url = match &part {
            None => format!("{address}.html"),
            Some(part) => format!("{address}-{}.html", slug(part, false)),
        };
        Page { kind, subject: subject(part), url: UrlPath::new(url) }
    };
    let mut pages = vec![page(None)];
    if ids.len() > MOST {
        pages.extend(groups(book, by, ids).into_iter().map(|(key, _)| page(Some(key))));
    }
    pages
}

/// The parts of a list as a page shows them; none if the list is whole.
pub fn parts(
    shelf: &Shelf,
    page: &Page,
    by: By,
    ids: &[EntryId],
    current: Option<&str>,
    subject: impl Fn(Option<String>) -> Subject,
) -> Vec<PartView> {
    if ids.len() <= MOST {
        return Vec::new();
    }
    let part = |(key, ids): (String, Vec<EntryId>)| {
        let href = shelf.href(page, &subject(Some(key.clone()))).unwrap_or_default();
        PartView { current: current == Some(key.as_str()), title: title(shelf.words, &key), href, count: ids.len() }
    };
    groups(shelf.book, by, ids).into_iter().map(part).collect()
}
