//! One tag: the entries that carry it, by section.

use std::borrow::Cow;

use super::context::Context;
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
    let mut groups: Vec<GroupView> = Vec::new();
    let shown = cx.list(&whole, part);
    for item in shown.iter() {
        let section = item.section().title();
        // Entries come section by section.
        if groups.last().is_none_or(|group| group.title.as_deref() != Some(section)) {
            groups.push(GroupView {
                title: Some(section.into()),
                anchor: None,
                layout: Layout::Cards.word(),
                columns: Vec::new(),
                items: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            let chips = fields::chips(cx, item, None);
            group.items.push(ItemView { chips, ..cx.item(item) });
        }
    }
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
