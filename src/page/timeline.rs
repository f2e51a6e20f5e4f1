//! The timeline: dated entries in order, by year.

use super::list::{self, By};
use super::view::{Content, GroupView, ListView, View};
use super::{Page, PageKind, Shelf, Subject, chart, fields};
use crate::base::path::encode;

pub const KIND: PageKind = PageKind {
    name: "timeline",
    pages: |book| {
        if !book.config.collections.iter().any(|collection| collection.timeline) {
            return Vec::new();
        }
        list::pages(&KIND, book, By::Year, &book.timeline, "timeline", Subject::Timeline)
    },
    view,
};

fn view(shelf: &Shelf, page: &Page) -> View {
    let book = shelf.book;
    let Subject::Timeline(part) = &page.subject else { unreachable!("the timeline's page is about the timeline") };
    let parts = list::parts(shelf, page, By::Year, &book.timeline, part.as_deref(), Subject::Timeline);
    let several = book.config.collections.iter().filter(|collection| collection.timeline).count() > 1;
    let groups = list::groups(book, By::Year, &book.timeline);
    let whole = parts.is_empty();
    let groups = groups.into_iter().filter(|(year, _)| whole || part.as_deref() == Some(year));
    let groups = groups.map(|(year, ids)| {
        let items = ids.iter().map(|id| {
            let mut item = shelf.item(page, *id);
            // Addresses hold a slash, which no heading's anchor and no year does.
            item.anchor = Some(book.entry(*id).address.clone());
            item.chips = fields::chips(shelf, page, *id, None);
            item.kind = several.then(|| book.section(book.section_of(*id)).singular.clone());
            item
        });
        let title = Some(list::title(shelf.words, &year));
        GroupView { title, anchor: Some(year), layout: "list", columns: Vec::new(), items: items.collect() }
    });
    let shown = list::shown(book, By::Year, &book.timeline, part.as_deref());
    let drawn = if part.is_none() { &book.timeline } else { &shown };
    let groups: Vec<GroupView> = groups.collect();
    let content = ListView {
        chart: chart::of(shelf, page, drawn, |id| format!("#{}", encode(&book.entry(id).address))),
        own: None,
        count: if part.is_some() { shown.len() } else { book.timeline.len() },
        parts,
        groups,
    };
    let title = part.as_ref().map(|part| list::title(shelf.words, part)).unwrap_or_default();
    View {
        page: shelf.page(page, title, String::new(), Vec::new()),
        site: shelf.site(page),
        content: Content::List(content),
    }
}
