//! All sources and who cites them; and a source as an entry shows it.

use super::PageKind;
use crate::base::path::UrlPath;
use crate::page::context::Context;
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::view::{Anchor, Content, SourceView, View};
use crate::page::{Page, Subject, source_anchor};
use crate::parse::{CitationRef, ReferenceData};

pub const KIND: PageKind = PageKind {
    name: "sources",
    pages: |book, _| match book.cited.as_slice() {
        [] => Vec::new(),
        _ => vec![Page { kind: KIND.name, subject: Subject::Sources, url: UrlPath::new("sources.html") }],
    },
    view: |cx| {
        let sources = cx.references().map(|(cited, citing)| {
            let mut view = citation(cx, &cited.citation);
            view.anchor = Some(source_anchor::of(&cited.key.value));
            view.cited_by = citing.iter().map(|item| cx.anchor(item.face())).collect();
            view
        });
        let sources: Vec<SourceView> = sources.collect();
        let shows = Shows::Names(sources.iter().map(|source| source.title).collect());
        let content = Content::Sources(sources);
        View { page: page_view::of(cx, Head::of_word(cx.words().get("sources"), shows)), site: cx.site_view(), content }
    },
};

/// A source that an entry names; none if its key leads nowhere.
pub fn named<'a>(cx: &Context<'a>, source: &'a CitationRef) -> Option<SourceView<'a>> {
    match source {
        CitationRef::Inline(cited) => Some(citation(cx, cited)),
        CitationRef::Key(key) => {
            let mut view = citation(cx, &cx.reference(&key.value)?.citation);
            view.href = source_anchor::href(cx.href(&Subject::Sources), &key.value);
            Some(view)
        }
    }
}

fn citation<'a>(cx: &Context<'a>, cited: &'a ReferenceData) -> SourceView<'a> {
    let via = cited.via.as_ref().and_then(|via| {
        let source = cx.reference(&via.value)?;
        Some(Anchor {
            title: &source.citation.title,
            href: source_anchor::href(cx.href(&Subject::Sources), &via.value)?,
        })
    });
    SourceView {
        anchor: None,
        href: None,
        title: &cited.title,
        author: cited.author.as_deref(),
        publisher: cited.publisher.as_deref(),
        url: cited.url.as_deref(),
        date: cited.date.as_ref().map(|date| cx.date(date)),
        accessed: cited.accessed.as_ref().map(|date| cx.date(date)),
        note: cited.note.as_deref(),
        via,
        cited_by: Vec::new(),
    }
}
