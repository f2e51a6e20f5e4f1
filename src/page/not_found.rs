//! What a server shows for an address that leads nowhere.

use super::view::{Content, View};
use super::{Page, PageKind, Subject};
use crate::base::path::UrlPath;

pub const KIND: PageKind = PageKind {
    name: "not-found",
    pages: |_, _| vec![Page { kind: &KIND, subject: Subject::NotFound, url: UrlPath::new("404.html") }],
    shows: |_| {},
    view: |shelf, page| {
        let mut view =
            View { page: shelf.page(page, "", "", Vec::new()), site: shelf.site(page), content: Content::Nothing {} };
        // A server shows this page at whatever depth the wrong address had, so its links begin at the server's root.
        // Without the site's address they are those of the site's own folder.
        if let Some(base) = shelf.book.config.site_url.as_deref().map(path_of) {
            view.page.root = base.to_owned();
            let whole = |href: &mut String| *href = format!("{base}{href}");
            whole(&mut view.site.home);
            whole(&mut view.site.search);
            view.site.nav.iter_mut().chain(&mut view.site.pages).for_each(|item| whole(&mut item.href));
            let listed = [&mut view.site.tags, &mut view.site.sources, &mut view.site.all_entries];
            listed.into_iter().flatten().for_each(whole);
        }
        view
    },
};

/// The path of a web address: `/kb/` of `https://example.org/kb/`.
fn path_of(url: &str) -> &str {
    match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => url,
    }
}
