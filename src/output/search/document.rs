//! What the things that a book has pages of say, and how they are found beside their words.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::book::EntryId;
use crate::page::{self, SiteContent, Subject};
use crate::parse::Chunk;
use crate::search::{DocSection, DocText, Facet, PROPERTY};

/// How many entries are known to be linked to by many, before they are found.
const MOST_LINKED: usize = 2_000;

/// What the keys of years begin from, so that they have five digits and sort as years do.
const YEARS_FROM: i64 = 1 - page::YEARS.start;

/// What an entry says.
pub fn entry(content: &SiteContent, id: EntryId) -> DocText<'_> {
    let entry = content.book.entry(id);
    let heading = |headings: usize| match headings.checked_sub(1) {
        Some(place) => &*entry.body.headings[place].text,
        None => "",
    };
    let sections = pieces(content, id).into_iter();
    DocText {
        title: &entry.title.value,
        aliases: entry.aliases.iter().map(|alias| alias.value.as_str()).collect(),
        summary: entry.summary.as_ref().map_or("", |summary| &summary.value),
        beside: beside(content, id),
        sections: sections.map(|piece| DocSection { heading: heading(piece.headings), text: piece.text }).collect(),
    }
}

/// The text of an entry's page in pieces.
pub fn pieces(content: &SiteContent, id: EntryId) -> Vec<Chunk> {
    let entry = content.book.entry(id);
    entry.body.pieces(&entry.text, &|at| content.link_name(id, at))
}

/// What stands beside an entry's text: the values of its fields, its tags, its figures, its date.
pub fn beside(content: &SiteContent, id: EntryId) -> Vec<String> {
    let entry = content.book.entry(id);
    let mut beside = page::field_texts(content, id);
    beside.extend(entry.tags.iter().map(|tag| tag.value.clone()));
    beside.extend(entry.figures.iter().map(|figure| format!("{} {}", figure.value, figure.label)));
    beside.extend(entry.date.iter().map(|date| date.value.human(&content.locale.words)));
    beside
}

/// What documents can be sorted out by, given the places of those of each entry: sections, tags, countries and years as
/// `!in:policies`.
pub fn properties(content: &SiteContent, places: &dyn Fn(EntryId) -> Range<u32>) -> Vec<Facet> {
    let book = &content.book;
    let mut properties: Vec<Facet> = Vec::new();
    let mut add = |key: String, ids: &mut dyn Iterator<Item = EntryId>| {
        let found: Vec<(u32, usize)> = ids.flat_map(places).map(|place| (place, 0)).collect();
        if !found.is_empty() {
            properties.push((format!("{PROPERTY}{key}"), found));
        }
    };
    for section in &book.sections {
        add(format!("in:{}", page::section_key(section)), &mut section.index.iter().chain(&section.members).copied());
    }
    for (_, term) in book.terms.iter() {
        let key = format!("{}:{}", term.taxonomy.facet(), page::term_key(term));
        add(key, &mut term.entries.iter().copied());
    }
    let mut by_year: BTreeMap<i64, Vec<EntryId>> = BTreeMap::new();
    for id in book.ids() {
        let date = book.entry(id).date.iter();
        date.flat_map(|date| page::years(&date.value)).for_each(|year| by_year.entry(year).or_default().push(id));
    }
    for (year, ids) in by_year {
        add(format!("year:{:05}", year + YEARS_FROM), &mut ids.into_iter());
    }
    properties
}

/// The entries to which most links lead, each with a level: one more for twice as many links.
pub fn most_linked(content: &SiteContent) -> Vec<(EntryId, usize)> {
    let book = &content.book;
    let level = |id: &EntryId| book.graph.backlinks(*id).len().checked_ilog2().map(|level| level.min(7) as usize);
    let levels: Vec<(EntryId, usize)> = book.ids().filter_map(|id| Some((id, level(&id)?))).collect();
    let count = |least: usize| levels.iter().filter(|(_, level)| *level >= least).count();
    // Those of one level are all there, or none.
    let least = (0..=7).find(|least| count(*least) <= MOST_LINKED).unwrap_or(7);
    levels.into_iter().filter(|(_, level)| *level >= least).collect()
}

/// The pages of sections without a page of their authors', and those of tags, each with what it says of itself.
pub fn others(content: &SiteContent) -> Vec<(Subject, DocText<'_>)> {
    let book = &content.book;
    let sections = book.section_ids().map(|id| (id, book.section(id)));
    let sections = sections.filter(|(_, section)| section.index.is_none() && !section.title.is_empty());
    let sections = sections.map(|(id, section)| {
        let said = DocText { title: &section.title, summary: &section.description, ..DocText::default() };
        (Subject::Section(id, None), said)
    });
    // An entry that is called as a term comes before it.
    let terms = book.terms.iter().map(|(id, term)| {
        let names = [term.title.as_str()].into_iter().chain(term.names.iter().copied());
        let said = DocText { aliases: names.collect(), ..DocText::default() };
        (Subject::Term(id, None), said)
    });
    sections.chain(terms).filter(|(subject, _)| content.url(subject).is_some()).collect()
}
