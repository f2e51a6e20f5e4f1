//! The timeline: dated entries in order, by year.

use super::PageKind;
use crate::base::path::encode;
use crate::config::Layout;
use crate::page::Subject;
use crate::page::context::{Context, Face, Items};
use crate::page::list;
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::part::{chart, fields, groups};
use crate::page::view::{Content, GroupView, ListView, View};

pub const KIND: PageKind = PageKind {
    name: "timeline",
    pages: |book, lists| {
        if !book.config.collections.iter().any(|collection| collection.timeline) {
            return Vec::new();
        }
        list::pages(KIND.name, lists, "timeline", &Subject::Timeline(None))
    },
    view,
};

fn view<'a>(cx: &Context<'a>) -> View<'a> {
    let Subject::Timeline(part) = &cx.page().subject else { unreachable!("the timeline's page is about the timeline") };
    let whole = Subject::Timeline(None);
    let parts = cx.parts(&whole, part.as_deref());
    let several = cx.config().collections.iter().filter(|collection| collection.timeline).count() > 1;
    let group = |(year, items): (&'a str, Items<'a>)| {
        let items = items.iter().map(|entry| {
            let mut item = cx.item(entry);
            // Addresses hold a slash, which no heading's anchor and no year does.
            item.anchor = Some(entry.address());
            item.chips = fields::chips(cx, entry, None);
            item.kind = several.then(|| entry.section().singular());
            item
        });
        GroupView {
            title: Some(list::title(cx.words(), year)),
            anchor: Some(year.into()),
            ..groups::group(cx, Layout::List, Vec::new(), items.collect())
        }
    };
    let href = |face: Face| format!("#{}", encode(face.address()));
    let (groups, count, chart) = match part {
        Some(part) => {
            let items = cx.list(&whole, Some(part));
            (vec![group((part, items))], items.ids.len(), chart::of(cx, items, list::MOST, href))
        }
        None => {
            let (all, years) = cx.timeline();
            let years = years.iter().map(|(year, ids)| (year, cx.items(ids)));
            let groups = if parts.is_empty() { years.map(group).collect() } else { Vec::new() };
            (groups, all.ids.len(), chart::of_timeline(cx, list::MOST, href))
        }
    };
    let content = ListView { chart, own: None, names: Vec::new(), count, parts, groups };
    let title = part.as_ref().map(|part| list::title(cx.words(), part)).unwrap_or_default();
    let shown = cx.list(&whole, part.as_deref());
    let names = shown.iter().map(|item| item.title());
    let shows = Shows::entries(content.count, names, &content.parts, part.as_deref());
    let head = Head { title, ..Head::of_word(cx.words().get("timeline"), shows) };
    View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::List(content) }
}
