//! All tags.

use super::{PageKind, term};
use crate::base::path::UrlPath;
use crate::book::Taxonomy;
use crate::page::view::{Content, View};
use crate::page::{Page, Subject};

pub const KIND: PageKind = PageKind {
    name: "tags",
    pages: |book, _| {
        let address = || UrlPath::new(format!("{}/index.html", book.terms.folder(Taxonomy::Tags)));
        let any = book.terms.of_taxonomy(Taxonomy::Tags).next();
        any.map(|_| Page { kind: KIND.name, subject: Subject::Tags, url: address() }).into_iter().collect()
    },
    view: |cx| {
        let tags = cx.terms(Taxonomy::Tags).map(|tag| term::anchor(cx, tag));
        let content = Content::Tags(tags.collect());
        View { page: cx.page_view("", "", Vec::new()), site: cx.site_view(), content }
    },
};
