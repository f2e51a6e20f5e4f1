//! All sources and who cites them; and a source as an entry shows it.

use super::view::{Anchor, Content, SourceView, View};
use super::{Page, PageKind, Shelf, Subject};
use crate::base::path::{UrlPath, encode};
use crate::parse::{Citation, SourceRef};

pub const KIND: PageKind = PageKind {
    name: "sources",
    pages: |book, _| match book.cited.as_slice() {
        [] => Vec::new(),
        _ => vec![Page { kind: &KIND, subject: Subject::Sources, url: UrlPath::new("sources.html") }],
    },
    shows: |print| {
        let book = &print.shelf.book;
        for (cited, citing) in book.cited.iter().zip(&book.citing) {
            print.text(&cited.key.value);
            print.citation(&cited.citation);
            print.items(citing);
        }
    },
    view: |shelf, page| {
        let book = &shelf.book;
        let sources = book.cited.iter().zip(&book.citing).map(|(cited, citing)| {
            let mut view = citation(shelf, page, &cited.citation);
            view.anchor = Some(anchor(&cited.key.value));
            view.cited_by = citing.iter().map(|id| shelf.entry_anchor(page, *id)).collect();
            view
        });
        let content = Content::Sources(sources.collect());
        View { page: shelf.page(page, "", "", Vec::new()), site: shelf.site(page), content }
    },
};

/// A source that an entry names; none if its key leads nowhere.
pub fn named<'a>(shelf: &'a Shelf, page: &Page, source: &'a SourceRef) -> Option<SourceView<'a>> {
    match source {
        SourceRef::Inline(cited) => Some(citation(shelf, page, cited)),
        SourceRef::Key(key) => {
            let cited = &shelf.book.cited[shelf.book.cited(&key.value)?];
            let mut view = citation(shelf, page, &cited.citation);
            view.href = href(shelf, page, &key.value);
            Some(view)
        }
    }
}

fn citation<'a>(shelf: &'a Shelf, page: &Page, cited: &'a Citation) -> SourceView<'a> {
    let via = cited.via.as_ref().and_then(|via| {
        let source = &shelf.book.cited[shelf.book.cited(&via.value)?];
        Some(Anchor { title: &source.citation.title, href: href(shelf, page, &via.value)? })
    });
    SourceView {
        anchor: None,
        href: None,
        title: &cited.title,
        author: cited.author.as_deref(),
        publisher: cited.publisher.as_deref(),
        url: cited.url.as_deref(),
        date: cited.date.as_ref().map(|date| shelf.date(date)),
        accessed: cited.accessed.as_ref().map(|date| shelf.date(date)),
        note: cited.note.as_deref(),
        via,
        cited_by: Vec::new(),
    }
}

fn anchor(key: &str) -> String {
    // An id has no spaces.
    format!("source:{}", encode(key))
}

/// The link to a source on the page of all sources.
pub fn href(shelf: &Shelf, page: &Page, key: &str) -> Option<String> {
    shelf.book.cited(key)?;
    let sources = shelf.href(page, &Subject::Sources)?;
    Some(format!("{sources}#{}", encode(&anchor(key))))
}
