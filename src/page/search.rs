//! The search: what a reader can choose from, and where to begin, before a script fills it with what was found.

use std::collections::BTreeMap;

use super::view::{ChoiceView, Content, CountedAnchor, SearchView, View};
use super::{Page, PageKind, Shelf, Subject, fields};
use crate::base::date::Date;
use crate::base::path::{UrlPath, encode};
use crate::book::Section;

/// A list of more tags than this is no help.
const MOST_TAGS: usize = 400;

/// How many tags are named to begin with.
const FIRST_TAGS: usize = 60;

/// An interval of more years than this is found by its ends.
const MOST_YEARS: i64 = 200;

/// What the years are that can be asked for.
pub const YEARS: std::ops::Range<i64> = -9_999..90_000;

pub const KIND: PageKind = PageKind {
    name: "search",
    pages: |book, _| {
        // A manual may have a page on searching.
        let address = if book.names.at("search").is_none() { "search.html" } else { "find.html" };
        vec![Page { kind: &KIND, subject: Subject::Search, url: UrlPath::new(address) }]
    },
    shows: |print| {
        let shelf = print.shelf;
        for section in &shelf.book.sections {
            print.text(section_key(section));
            print.number(count(section) as u64);
        }
        for (code, count) in countries(shelf) {
            print.text(code);
            print.number(count as u64);
        }
        for (i, tag) in shelf.book.tags.iter().enumerate() {
            print.text(&tag.name);
            print.url(shelf.url(&Subject::Tag(i, None)));
            print.number(tag.entries.len() as u64);
        }
        print.text(&format!("{:?}", first_and_last(shelf)));
    },
    view: |shelf, page| View {
        page: shelf.page(page, "", "", Vec::new()),
        site: shelf.site(page),
        content: Content::Search(content(shelf, page)),
    },
};

fn content<'a>(shelf: &'a Shelf, page: &Page) -> SearchView<'a> {
    let book = &shelf.book;
    let search = shelf.href(page, &Subject::Search).unwrap_or_default();
    let sections = book.section_ids().filter(|id| count(book.section(*id)) > 0).map(|id| {
        let section = book.section(id);
        ChoiceView {
            value: section_key(section),
            title: shelf.section_title(id),
            href: shelf.href(page, &Subject::Section(id, None)),
            asked: asked(&search, "in", section_key(section)),
            count: count(section),
            description: &section.description,
        }
    });
    let mut countries: Vec<ChoiceView> = countries(shelf)
        .into_iter()
        .map(|(code, count)| ChoiceView {
            value: code,
            title: book.config.country(code).unwrap_or(code),
            href: None,
            asked: asked(&search, "country", code),
            count,
            description: "",
        })
        .collect();
    countries.sort_by(|a, b| a.title.cmp(b.title));
    // Of the most used ones, in the book's order.
    let mut most_used: Vec<usize> = (0..book.tags.len()).collect();
    most_used.sort_by_key(|tag| std::cmp::Reverse(book.tags[*tag].entries.len()));
    most_used.truncate(FIRST_TAGS);
    most_used.sort_unstable();
    let tags = most_used.iter().map(|tag| CountedAnchor {
        title: &book.tags[*tag].name,
        href: shelf.href(page, &Subject::Tag(*tag, None)).unwrap_or_default(),
        count: book.tags[*tag].entries.len(),
        description: "",
    });
    let names = if book.tags.len() > MOST_TAGS { &[][..] } else { &book.tags };
    SearchView {
        sections: sections.collect(),
        countries,
        tags: tags.collect(),
        has_more_tags: book.tags.len() > FIRST_TAGS,
        tag_names: names.iter().map(|tag| tag_key(&tag.name)).collect(),
        years: first_and_last(shelf),
    }
}

/// The address of the search page that shows what has a value.
fn asked(search: &str, name: &str, value: &str) -> String {
    format!("{search}?{name}={}", encode(value))
}

/// What a section is chosen by: its name; the root has none.
pub fn section_key(section: &Section) -> &str {
    if section.name.is_empty() { "." } else { &section.name }
}

/// What a tag is chosen by: its name, in one line.
pub fn tag_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many entries a section has, with its own page.
fn count(section: &Section) -> usize {
    section.members.len() + usize::from(section.index.is_some())
}

/// The countries in the fields of entries by their codes, each with how many entries name it.
fn countries(shelf: &Shelf) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for id in shelf.book.ids() {
        let mut codes: Vec<&str> = fields::countries(shelf, id).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.into_iter().for_each(|code| *counts.entry(code).or_default() += 1);
    }
    counts
}

/// The first and the last year in which anything may have been.
fn first_and_last(shelf: &Shelf) -> Option<(i64, i64)> {
    let dates = shelf.book.ids().filter_map(|id| shelf.book.entry(id).date.as_ref());
    dates.flat_map(|date| years(&date.value)).fold(None, |known, year| {
        let (first, last) = known.unwrap_or((year, year));
        Some((first.min(year), last.max(year)))
    })
}

/// The years in which something may have been.
pub fn years(date: &Date) -> impl Iterator<Item = i64> + use<> {
    let (from, to) = date.extent().possible;
    let (first, last) = (from.or(to).map(|day| day.year), to.or(from).map(|day| day.year));
    let (first, last) = first.zip(last).unwrap_or((1, 0));
    let step = if last - first > MOST_YEARS { last - first } else { 1 };
    (first..=last).step_by(step as usize).filter(|year| YEARS.contains(year))
}
