//! The timeline: dated entries in order, by year.

use super::list;
use super::view::{Content, GroupView, ListView, View};
use super::{Page, PageKind, Shelf, Subject, chart, fields};
use crate::base::path::encode;
use crate::book::EntryId;
use crate::config::Layout;

pub const KIND: PageKind = PageKind {
    name: "timeline",
    pages: |book, lists| {
        if !book.config.collections.iter().any(|collection| collection.timeline) {
            return Vec::new();
        }
        list::pages(&KIND, lists, "timeline", &Subject::Timeline(None))
    },
    shows: |print| {
        let Subject::Timeline(part) = &print.page.subject else { return };
        let (shelf, whole) = (print.shelf, Subject::Timeline(None));
        print.parts(&whole, part.as_deref());
        match part {
            Some(part) => print.items(shelf.groups(&whole).get(part)),
            None => print.items(&shelf.book.timeline),
        }
    },
    view,
};

fn view<'a>(shelf: &'a Shelf, page: &'a Page) -> View<'a> {
    let book = &shelf.book;
    let Subject::Timeline(part) = &page.subject else { unreachable!("the timeline's page is about the timeline") };
    let whole = Subject::Timeline(None);
    let parts = list::parts(shelf, page, &whole, part.as_deref());
    let several = book.config.collections.iter().filter(|collection| collection.timeline).count() > 1;
    let group = |(year, ids): (&'a str, &[EntryId])| {
        let items = ids.iter().map(|id| {
            let mut item = shelf.item(page, *id);
            // Addresses hold a slash, which no heading's anchor and no year does.
            item.anchor = Some(&book.entry(*id).address);
            item.chips = fields::chips(shelf, page, *id, None);
            item.kind = several.then(|| book.section(book.section_of(*id)).singular.as_str());
            item
        });
        GroupView {
            title: Some(list::title(&shelf.words, year)),
            anchor: Some(year.into()),
            layout: Layout::List.word(),
            columns: Vec::new(),
            items: items.collect(),
        }
    };
    let years = shelf.groups(&whole);
    let href = |id| format!("#{}", encode(&book.entry(id).address));
    let (groups, count, chart) = match part {
        Some(part) => {
            let ids = years.get(part);
            (vec![group((part, ids))], ids.len(), chart::of(shelf, ids, list::MOST, href))
        }
        None => {
            let groups = if parts.is_empty() { years.iter().map(group).collect() } else { Vec::new() };
            (groups, book.timeline.len(), chart::of_timeline(shelf, page, list::MOST, href))
        }
    };
    let content = ListView { chart, own: None, count, parts, groups };
    let title = part.as_ref().map(|part| list::title(&shelf.words, part)).unwrap_or_default();
    View { page: shelf.page(page, title, "", Vec::new()), site: shelf.site(page), content: Content::List(content) }
}
