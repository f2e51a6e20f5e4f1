//! What a server shows for an address that leads nowhere.

use super::view::{Content, View};
use super::{Page, PageKind, Subject, entry, shelf};
use crate::base::path::UrlPath;
use crate::config::Config;

pub const KIND: PageKind = PageKind {
    name: "not-found",
    pages: |_, _| vec![Page { kind: &KIND, subject: Subject::NotFound, url: UrlPath::new("404.html") }],
    shows: |print| print.shelf.book.not_found().into_iter().for_each(|id| print.whole(id)),
    view: |shelf, page| {
        let own = shelf.book.not_found();
        let (title, summary) = own.map_or(("", ""), |id| {
            let entry = shelf.book.entry(id);
            (entry.title.value.as_str(), shelf::summary(entry))
        });
        let mut view = View {
            page: shelf.page(page, title, summary, Vec::new()),
            site: shelf.site(page),
            content: own.map_or(Content::Nothing {}, |id| Content::Entry(entry::content(shelf, page, id))),
        };
        if let Some(base) = base(&shelf.book.config) {
            view.page.root = base.to_owned();
        }
        view
    },
};

/// The path under which the site stands on its server, if the book says so: `/kb/` of `https://example.org/kb/`.
///
/// A server shows the page at whatever depth the wrong address had, so that its links begin at the server's root. Where
/// the site's address is not known they are those of the site's own folder.
pub fn base(config: &Config) -> Option<&str> {
    let url = config.site_url.as_deref()?;
    Some(match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => url,
    })
}
