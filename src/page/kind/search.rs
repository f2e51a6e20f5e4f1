//! The search: what a reader can choose from, and where to begin, before a script fills it with what was found.

use super::{PageKind, term};
use crate::base::path::{UrlPath, encode};
use crate::book::{Taxonomy, Term, TermId};
use crate::page::choices::{key_of, term_key};
use crate::page::context::Context;
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::view::{ChoiceView, Content, SearchView, View};
use crate::page::{Page, Subject};

/// A list of more tags than this is no help.
const MOST_TAGS: usize = 400;

/// How many tags are named to begin with.
const FIRST_TAGS: usize = 60;

pub const KIND: PageKind = PageKind {
    name: "search",
    pages: |book, _| {
        // A manual may have a page on searching.
        let address = if book.names.at("search").is_none() { "search.html" } else { "find.html" };
        vec![Page { kind: KIND.name, subject: Subject::Search, url: UrlPath::new(address) }]
    },
    view: |cx| {
        let content = content(cx);
        let shows = Shows::Names(content.sections.iter().map(|section| section.title).collect());
        let head = Head::of_word(cx.words().get("search"), shows);
        View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::Search(content) }
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

/// The address of the search page that shows what has a value.
fn asked(search: &str, name: &str, value: &str) -> String {
    format!("{search}?{name}={}", encode(value))
}
