//! The search: what a reader's browser fills with what it finds.

use super::view::{Content, View};
use super::{Page, PageKind, Subject};
use crate::base::path::UrlPath;

pub const KIND: PageKind = PageKind {
    name: "search",
    pages: |book, _| {
        // A manual may have a page on searching.
        let address = if book.names.at("search").is_none() { "search.html" } else { "find.html" };
        vec![Page { kind: &KIND, subject: Subject::Search, url: UrlPath::new(address) }]
    },
    shows: |_| {},
    view: |shelf, page| View {
        page: shelf.page(page, "", "", Vec::new()),
        site: shelf.site(page),
        content: Content::Nothing {},
    },
};
