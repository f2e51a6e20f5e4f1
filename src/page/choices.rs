//! What a search can be narrowed down to, and by which keys.

use crate::base::date::Date;
use crate::book::{Book, Section, Term};

/// What the years are that can be asked for.
pub const YEARS: std::ops::Range<i64> = -9_999..90_000;

/// An interval of more years than this is found by its ends.
const MOST_YEARS: i64 = 200;

/// What a search can be narrowed down to, beside tags and countries.
#[derive(Hash)]
pub struct Choices {
    /// How many entries each section has, with its own page.
    pub sections: Vec<usize>,
    /// The first and the last year in which anything may have been.
    pub years: Option<(i64, i64)>,
}

impl Choices {
    pub fn of(book: &Book) -> Choices {
        let dates = book.entries.iter().filter_map(|entry| entry.date.as_ref());
        let years = dates.flat_map(|date| years(&date.value)).fold(None, |known, year| {
            let (first, last) = known.unwrap_or((year, year));
            Some((first.min(year), last.max(year)))
        });
        let count = |section: &Section| section.members.len() + usize::from(section.index.is_some());
        Choices { sections: book.sections.iter().map(count).collect(), years }
    }
}

/// What a section is chosen by: its name; the root has none.
pub fn section_key(section: &Section) -> &str {
    key_of(&section.name)
}

/// The same by the name of the section.
pub fn key_of(name: &str) -> &str {
    if name.is_empty() { "." } else { name }
}

/// What a term is chosen by: what entries write, in one line.
pub fn term_key(term: &Term) -> String {
    term.key.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The years in which something may have been.
pub fn years(date: &Date) -> impl Iterator<Item = i64> + use<> {
    let (from, to) = date.extent().possible;
    let (first, last) = (from.or(to).map(|day| day.year), to.or(from).map(|day| day.year));
    let (first, last) = first.zip(last).unwrap_or((1, 0));
    let step = if last - first > MOST_YEARS { last - first } else { 1 };
    (first..=last).step_by(step as usize).filter(|year| YEARS.contains(year))
}
