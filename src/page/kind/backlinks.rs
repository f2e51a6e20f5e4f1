//! All backlinks of an entry that has more of them than its own page shows.

use super::PageKind;
use crate::base::path::UrlPath;
use crate::book::EntryId;
use crate::page::part::backlinks;
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::view::{Content, View};
use crate::page::{Page, Subject, linking};

pub const KIND: PageKind = PageKind {
    name: "backlinks",
    pages: |book, _| {
        let many = |id: &EntryId| {
            let all = book.graph.backlinks(*id);
            all.len() > backlinks::MOST && linking::cards(&linking::of(book, all)) > backlinks::MOST
        };
        let page = |id: EntryId| Page {
            kind: KIND.name,
            subject: Subject::Backlinks(id),
            url: UrlPath::new(format!("{}.backlinks.html", book.entry(id).address)),
        };
        book.ids().filter(many).map(page).collect()
    },
    view: |cx| {
        let Subject::Backlinks(id) = cx.page().subject else { unreachable!("this page is about an entry's backlinks") };
        let entry = cx.whole(id);
        let linking = entry.linking();
        let names = linking.iter().map(|links| entry.source(&links.all[0]).0.title());
        let shows = Shows::Names(names.collect());
        let mut view = backlinks::view(cx, entry, usize::MAX);
        let anchor = cx.anchor(entry.face());
        view.entry = Some(anchor.clone());
        let section = cx.section_anchor(entry.section().id);
        let trail = section.into_iter().chain([anchor.clone()]).collect();
        let head = Head { title: anchor.title.into(), trail, ..Head::of_word(cx.words().get("backlinks"), shows) };
        View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::Backlinks(view) }
    },
};
