//! An address that an entry once had, and the way to the one it has now.

use super::PageKind;
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::view::{Content, View};
use crate::page::{Page, Subject};

pub const KIND: PageKind = PageKind {
    name: "redirect",
    pages: |book, _| {
        let pages = book.ids().flat_map(|id| {
            let old = book.entry(id).redirect_from.iter().enumerate();
            old.map(move |(place, url)| Page {
                kind: KIND.name,
                subject: Subject::Redirect(id, place),
                url: url.value.clone(),
            })
        });
        pages.collect()
    },
    view: |cx| {
        let Subject::Redirect(id, _) = cx.page().subject else { unreachable!("a redirect is about an entry") };
        let face = cx.face(id);
        let to = cx.anchor(face);
        let (title, shows) = (to.title.into(), Shows::WayTo(face));
        let head = Head { word: "", title, description: "", trail: Vec::new(), shows };
        View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::Redirect(to) }
    },
};
