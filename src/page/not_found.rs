//! What a server shows for an address that leads nowhere.

use super::view::{Content, View};
use super::{Page, PageKind, Subject, entry};
use crate::base::path::UrlPath;
use crate::config::Config;

pub const KIND: PageKind = PageKind {
    name: "not-found",
    pages: |_, _| vec![Page { kind: &KIND, subject: Subject::NotFound, url: UrlPath::new("404.html") }],
    view: |cx| {
        let own = cx.not_found();
        let (title, summary) = own.map_or(("", ""), |own| (own.title(), own.summary()));
        let mut view = View {
            page: cx.page_view(title, summary, Vec::new()),
            site: cx.site_view(),
            content: own.map_or(Content::Nothing {}, |own| Content::Entry(entry::content(cx, own))),
        };
        if let Some(base) = base(cx.config()) {
            view.page.root = base.to_owned();
        }
        view
    },
};

/// A server shows the page at whatever depth the wrong address had, so that its links begin at the server's root. Where
/// the site's address is not known they are those of the site's own folder.
pub fn base(config: &Config) -> Option<&str> {
    let url = config.site_url.as_deref()?;
    Some(match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => url,
    })
}
