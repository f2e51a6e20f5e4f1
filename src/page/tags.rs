//! All tags.

use super::view::{Content, View};
use super::{Page, PageKind, Subject, term};
use crate::base::path::UrlPath;
use crate::book::Taxonomy;

pub const KIND: PageKind = PageKind {
    name: "tags",
    pages: |book, _| {
        let address = || UrlPath::new(format!("{}/index.html", book.terms.folder(Taxonomy::Tags)));
        let any = book.terms.of_taxonomy(Taxonomy::Tags).next();
        any.map(|_| Page { kind: &KIND, subject: Subject::Tags, url: address() }).into_iter().collect()
    },
    view: |cx| {
        let tags = cx.terms(Taxonomy::Tags).map(|tag| term::anchor(cx, tag));
        let content = Content::Tags(tags.collect());
        View { page: cx.page_view("", "", Vec::new()), site: cx.site_view(), content }
    },
};
