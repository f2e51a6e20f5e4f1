//! All backlinks of an entry that has more of them than its own page shows.

use super::view::{Content, View};
use super::{Page, PageKind, Subject, mentions};
use crate::base::path::UrlPath;
use crate::book::EntryId;

pub const KIND: PageKind = PageKind {
    name: "backlinks",
    pages: |book, _| {
        let many = |id: &EntryId| {
            let all = book.graph.backlinks(*id);
            all.len() > mentions::MOST && mentions::count(book, all) > mentions::MOST
        };
        let page = |id: EntryId| Page {
            kind: &KIND,
            subject: Subject::Backlinks(id),
            url: UrlPath::new(format!("{}.backlinks.html", book.entry(id).address)),
        };
        book.ids().filter(many).map(page).collect()
    },
    shows: |print| {
        if let Subject::Backlinks(id) = print.page.subject {
            print.whole(id);
        }
    },
    view: |shelf, page| {
        let Subject::Backlinks(id) = page.subject else { unreachable!("this page is about an entry's backlinks") };
        let mut view = mentions::view(shelf, page, id, usize::MAX);
        let anchor = shelf.entry_anchor(page, id);
        view.entry = Some(anchor.clone());
        let section = shelf.section_anchor(page, shelf.book.section_of(id));
        let trail = section.into_iter().chain([anchor.clone()]).collect();
        View {
            page: shelf.page(page, anchor.title, "", trail),
            site: shelf.site(page),
            content: Content::Backlinks(view),
        }
    },
};
