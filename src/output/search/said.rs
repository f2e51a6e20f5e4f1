//! What the things that a book has pages of say, and how they are found beside their words.

use crate::base::date::Date;
use crate::book::{EntryId, SectionId};
use crate::markup;
use crate::page::{Shelf, Subject};
use crate::search::{self, Document, Said, Section};

/// The levels at which a document is found by a whole name of its own.
const TITLE: usize = 7;
const ALIAS: usize = 6;
const SOUND: usize = 5;

/// An interval of more years than this is found by its ends.
const MOST_YEARS: i64 = 200;

/// What the keys of years begin from, so that they have five digits and sort as years do.
const YEARS_FROM: i64 = 10_000;

/// What an entry says.
pub fn entry(shelf: &Shelf, id: EntryId) -> Said<'_> {
    let entry = shelf.book.entry(id);
    let texts = markup::sections(entry.body.text(&entry.text), entry.body.title.map(|at| at as usize), &|_| None);
    let headings = std::iter::once("").chain(entry.body.headings.iter().map(|heading| &*heading.text));
    let mut beside = crate::page::field_texts(shelf, id);
    beside.extend(entry.tags.iter().map(|tag| tag.value.clone()));
    beside.extend(entry.figures.iter().map(|figure| format!("{} {}", figure.value, figure.label)));
    beside.extend(entry.date.iter().map(|date| date.value.human(&shelf.words)));
    Said {
        names: std::iter::once(&entry.title).chain(&entry.aliases).map(|name| name.value.as_str()).collect(),
        summary: entry.summary.as_ref().map_or("", |summary| &summary.value),
        beside,
        sections: headings.zip(texts).map(|(heading, text)| Section { heading, text }).collect(),
    }
}

/// What a page says that the book makes by itself: its title.
pub fn title<'a>(title: &'a str, summary: &'a str) -> Said<'a> {
    Said { names: vec![title], summary, ..Said::default() }
}

/// By what a document can be called or sorted out: names as `=made in china 2025`, and its section, tags, countries and
/// years as `:in:policies`; and as `+` how much links to it. `names` is whether it has them, as all do but the later
/// parts of a very long entry.
pub fn marks(shelf: &Shelf, id: EntryId, names: bool) -> Vec<(String, usize)> {
    let entry = shelf.book.entry(id);
    let mut marks = Vec::new();
    if names {
        marks.extend(called(&entry.title.value, TITLE));
        marks.extend(entry.aliases.iter().flat_map(|alias| called(&alias.value, ALIAS)));
    }
    let property = |kind: &str, value: &str| (format!(":{kind}:{value}"), 0);
    marks.push(property("in", &shelf.book.section(shelf.book.section_of(id)).name));
    let tags = entry.tags.iter().filter_map(|tag| shelf.tag(&tag.value));
    marks.extend(tags.map(|place| property("tag", &shelf.book.tags[place].name)));
    marks.extend(crate::page::field_countries(shelf, id).map(|code| property("country", code)));
    let years = entry.date.iter().flat_map(|date| years(&date.value));
    marks.extend(years.map(|year| property("year", &format!("{:05}", year + YEARS_FROM))));
    let linked = shelf.book.graph.backlinks(id).len() as u32;
    if linked > 0 {
        marks.push(("+".to_owned(), linked.ilog2().min(7) as usize));
    }
    marks
}

/// By what a page is called that the book makes by itself.
pub fn called(name: &str, level: usize) -> impl Iterator<Item = (String, usize)> {
    let joined = search::joined(name);
    let sound = if name.is_ascii() { None } else { search::in_latin_letters(name) };
    let whole = (!joined.is_empty()).then(|| (format!("={joined}"), level));
    whole.into_iter().chain(sound.map(|sound| (format!("={sound}"), SOUND)))
}

/// The years in which something may have been.
fn years(date: &Date) -> impl Iterator<Item = i64> + use<> {
    let (from, to) = date.extent().possible;
    let (first, last) = (from.or(to).map(|day| day.year), to.or(from).map(|day| day.year));
    let (first, last) = first.zip(last).unwrap_or((1, 0));
    let step = if last - first > MOST_YEARS { last - first } else { 1 };
    (first..=last).step_by(step as usize).filter(|year| (1 - YEARS_FROM..90_000).contains(year))
}

/// The year that a key says.
pub fn year_of(key: &str) -> Option<i64> {
    key.parse::<i64>().ok().map(|year| year - YEARS_FROM)
}

/// A page that the book makes by itself and that can be found: its subject, its title, and what it says of itself.
pub struct Other {
    pub subject: Subject,
    pub document: Document,
}

/// The pages of sections without a page of their authors', and those of tags.
pub fn others(shelf: &Shelf) -> Vec<(Other, Said<'_>)> {
    let book = &shelf.book;
    let unwritten = |id: &SectionId| {
        let section = book.section(*id);
        section.index.is_none() && !section.title.is_empty()
    };
    let sections = book.section_ids().filter(unwritten).map(|id| {
        let section = book.section(id);
        let (subject, key) = (Subject::Section(id, None), format!("section {}", section.name));
        (subject, key, title(&section.title, &section.description))
    });
    let tags = book.tags.iter().enumerate();
    let tags = tags.map(|(place, tag)| (Subject::Tag(place, None), format!("tag {}", tag.slug), title(&tag.name, "")));
    let pages = sections.chain(tags).filter(|(subject, ..)| shelf.url(subject).is_some());
    pages
        .map(|(subject, key, said)| {
            // An entry that is called as its tag comes before it.
            let level = if matches!(subject, Subject::Tag(..)) { ALIAS } else { TITLE };
            let marks = said.names.iter().flat_map(|name| called(name, level)).collect();
            (Other { subject, document: Document { key, marks } }, said)
        })
        .collect()
}
