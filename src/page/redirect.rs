//! An address that an entry once had, and the way to the one it has now.

use super::view::{Anchor, Content, View};
use super::{Page, PageKind, Subject};

pub const KIND: PageKind = PageKind {
    name: "redirect",
    pages: |book| {
        let old = |id| book.entry(id).redirect_from.iter().enumerate().map(move |(place, url)| (id, place, url));
        let page = |(id, place, url): (_, _, &crate::base::span::Spanned<crate::base::path::UrlPath>)| Page {
            kind: &KIND,
            subject: Subject::Redirect(id, place),
            url: url.value.clone(),
        };
        book.ids().flat_map(old).map(page).collect()
    },
    view: |shelf, page| {
        let Subject::Redirect(id, _) = page.subject else { unreachable!("a redirect is about an entry") };
        let to: Anchor = shelf.entry_anchor(page, id);
        let mut view = View {
            page: shelf.page(page, to.title.clone(), String::new(), Vec::new()),
            site: shelf.site(page),
            content: Content::Redirect(to),
        };
        // Search engines are told the page that counts.
        view.page.canonical = shelf.canonical(shelf.entry_url(id));
        view
    },
};
