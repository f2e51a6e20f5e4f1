//! What an entry is found under in a long list: a year, or a letter.

use std::borrow::Cow;

use crate::base::messages::Messages;
use crate::book::{Book, EntryId};

/// What the keys of years that people do not count from 1 are.
const BEFORE_ERA: &str = "-bc";
const UNDATED: &str = "undated";

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
pub fn letter(first: Option<char>) -> String {
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
