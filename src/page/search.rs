//! The search: what a reader can choose from, and where to begin, before a script fills it with what was found.

use super::context::Context;
use super::view::{ChoiceView, Content, SearchView, View};
use super::{Page, PageKind, Subject, term};
use crate::base::date::Date;
use crate::base::path::{UrlPath, encode};
use crate::book::{Book, Section, Taxonomy, Term, TermId};

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
    view: |cx| View {
        page: cx.page_view("", "", Vec::new()),
        site: cx.site_view(),
        content: Content::Search(content(cx)),
    },
};

fn content<'a>(cx: &Context<'a>) -> SearchView<'a> {
    let choices = cx.choices();
    let all_tags: Vec<(TermId, &Term)> = cx.terms(Taxonomy::Tags).collect();
    let search = cx.href(&Subject::Search).unwrap_or_default();
    let sections = cx.sections().zip(choices.sections).filter(|(_, count)| *count > 0).map(|(section, count)| {
        let value = key_of(section.name());
        ChoiceView {
            value: value.into(),
            title: cx.section_title(section.id),
            href: cx.href(&Subject::Section(section.id, None)),
            asked: asked(&search, "in", value),
            count,
            description: section.description(),
        }
    });
    let country = |(id, country): (TermId, &'a Term)| ChoiceView {
        value: term_key(country).into(),
        title: &country.title,
        href: cx.href(&Subject::Term(id, None)),
        asked: asked(&search, country.taxonomy.facet(), &term_key(country)),
        count: country.entries.len(),
        description: "",
    };
    let mut countries: Vec<ChoiceView> = cx.terms(Taxonomy::Countries).map(country).collect();
    countries.sort_by(|a, b| a.title.cmp(b.title));
    // Of the most used ones, in the book's order.
    let mut most_used: Vec<usize> = (0..all_tags.len()).collect();
    most_used.sort_by_key(|tag| std::cmp::Reverse(all_tags[*tag].1.entries.len()));
    most_used.truncate(FIRST_TAGS);
    most_used.sort_unstable();
    let tags = most_used.iter().map(|tag| term::anchor(cx, all_tags[*tag]));
    let names = if all_tags.len() > MOST_TAGS { &[][..] } else { &all_tags };
    SearchView {
        sections: sections.collect(),
        countries,
        tags: tags.collect(),
        has_more_tags: all_tags.len() > FIRST_TAGS,
        tag_names: names.iter().map(|(_, tag)| term_key(tag)).collect(),
        years: choices.years,
    }
}

/// What a search can be narrowed down to, beside tags and countries.
#[derive(Hash)]
pub struct Choices {
    /// How many entries each section has, with its own page.
    sections: Vec<usize>,
    /// The first and the last year in which anything may have been.
    years: Option<(i64, i64)>,
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

/// The address of the search page that shows what has a value.
fn asked(search: &str, name: &str, value: &str) -> String {
    format!("{search}?{name}={}", encode(value))
}

/// What a section is chosen by: its name; the root has none.
pub fn section_key(section: &Section) -> &str {
    key_of(&section.name)
}

fn key_of(name: &str) -> &str {
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
