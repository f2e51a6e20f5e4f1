//! One tag: the entries that carry it, by section.

use std::borrow::Cow;

use super::context::{Context, Item};
use super::list;
use super::view::{Anchor, Content, GroupView, ItemView, ListView, View};
use super::{PageKind, Subject, fields};
use crate::config::Layout;

pub const KIND: PageKind = PageKind {
    name: "tag",
    pages: |book, lists| {
        let tags = book.tags.iter().enumerate();
        tags.flat_map(|(i, tag)| {
            let address = format!("{}/{}", book.tags_folder, tag.slug);
            list::pages(&KIND, lists, &address, &Subject::Tag(i, None))
        })
        .collect()
    },
    view,
};

fn view<'a>(cx: &Context<'a>) -> View<'a> {
    let Subject::Tag(tag, part) = &cx.page().subject else { unreachable!("a tag's page is about a tag") };
    let (name, part, whole) = (cx.tag_name(*tag), part.as_deref(), Subject::Tag(*tag, None));
    let shown = cx.list(&whole, part);
    let item = |item: &Item<'a>| ItemView { chips: fields::chips(cx, *item, None), ..cx.item(*item) };
    // Entries come section by section.
    let items: Vec<Item> = shown.iter().collect();
    let sections = items.chunk_by(|a, b| a.section().id == b.section().id);
    let groups = sections.map(|items| GroupView {
        title: Some(items[0].section().title().into()),
        ..GroupView::new(cx, Layout::Cards, Vec::new(), items.iter().map(item).collect())
    });
    let groups = groups.collect();
    let mut trail = Vec::new();
    if let Some(href) = cx.href(&Subject::Tags) {
        trail.push(Anchor { title: "", href });
    }
    let count = if part.is_some() { shown.ids.len() } else { cx.count(&whole) };
    let title = match part {
        Some(part) => Cow::Owned(format!("{name}: {}", list::title(cx.words(), part))),
        None => Cow::Borrowed(name),
    };
    let content = ListView { chart: None, own: None, count, parts: cx.parts(&whole, part), groups };
    View { page: cx.page_view(title, "", trail), site: cx.site_view(), content: Content::List(content) }
}
