//! An address that an entry once had, and the way to the one it has now.

use super::view::{Content, View};
use super::{Page, PageKind, Subject};

pub const KIND: PageKind = PageKind {
    name: "redirect",
    pages: |book, _| {
        let pages = book.ids().flat_map(|id| {
            let old = book.entry(id).redirect_from.iter().enumerate();
            old.map(move |(place, url)| Page {
                kind: &KIND,
                subject: Subject::Redirect(id, place),
                url: url.value.clone(),
            })
        });
        pages.collect()
    },
    shows: |print| {
        if let Subject::Redirect(id, _) = print.page.subject {
            print.face(id);
        }
    },
    view: |shelf, page| {
        let Subject::Redirect(id, _) = page.subject else { unreachable!("a redirect is about an entry") };
        let to = shelf.entry_anchor(page, id);
        let mut view = View {
            page: shelf.page(page, to.title, "", Vec::new()),
            site: shelf.site(page),
            content: Content::Redirect(to),
        };
        // Search engines are told the page that counts.
        view.page.canonical = shelf.canonical(shelf.entry_url(id));
        view
    },
};
