//! All tags.

use super::{PageKind, term};
use crate::base::path::UrlPath;
use crate::book::Taxonomy;
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::view::{Content, CountedAnchor, View};
use crate::page::{Page, Subject};

pub const KIND: PageKind = PageKind {
    name: "tags",
    pages: |book, _| {
        let address = || UrlPath::new(format!("{}/index.html", book.terms.folder(Taxonomy::Tags)));
        let any = book.terms.of_taxonomy(Taxonomy::Tags).next();
        any.map(|_| Page { kind: KIND.name, subject: Subject::Tags, url: address() }).into_iter().collect()
    },
    view: |cx| {
        let tags: Vec<CountedAnchor> = cx.terms(Taxonomy::Tags).map(|tag| term::anchor(cx, tag)).collect();
        let shows = Shows::Names(tags.iter().map(|tag| tag.title).collect());
        let content = Content::Tags(tags);
        View { page: page_view::of(cx, Head::of_word(cx.words().get("tags"), shows)), site: cx.site_view(), content }
    },
};
