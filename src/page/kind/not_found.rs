//! What a server shows for an address that leads nowhere.

use super::{PageKind, entry};
use crate::base::path::UrlPath;
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::view::{Content, View};
use crate::page::{Page, Subject};

pub const KIND: PageKind = PageKind {
    name: "not-found",
    pages: |_, _| vec![Page { kind: KIND.name, subject: Subject::NotFound, url: UrlPath::new("404.html") }],
    view: |cx| {
        let own = cx.not_found();
        let (title, summary) = own.map_or(("", ""), |own| (own.title(), own.summary()));
        let word = if title.is_empty() { cx.words().get("not_found") } else { "" };
        let head = Head { title: title.into(), description: summary, ..Head::of_word(word, Shows::Nothing) };
        View {
            page: page_view::of(cx, head),
            site: cx.site_view(),
            content: own.map_or(Content::Nothing {}, |own| Content::Entry(entry::content(cx, own))),
        }
    },
};
