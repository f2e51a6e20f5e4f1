//! What a server shows for an address that leads nowhere.

use super::{PageKind, entry};
use crate::base::path::UrlPath;
use crate::page::view::{Content, View};
use crate::page::{Page, Subject};

pub const KIND: PageKind = PageKind {
    name: "not-found",
    pages: |_, _| vec![Page { kind: KIND.name, subject: Subject::NotFound, url: UrlPath::new("404.html") }],
    view: |cx| {
        let own = cx.not_found();
        let (title, summary) = own.map_or(("", ""), |own| (own.title(), own.summary()));
        let mut view = View {
            page: cx.page_view(title, summary, Vec::new()),
            site: cx.site_view(),
            content: own.map_or(Content::Nothing {}, |own| Content::Entry(entry::content(cx, own))),
        };
        if let Some(path) = cx.server_path() {
            view.page.root = path.to_owned();
        }
        view
    },
};
