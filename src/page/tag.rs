//! One tag: the entries that carry it, by section.

use std::borrow::Cow;

use super::list;
use super::view::{Anchor, Content, GroupView, ItemView, ListView, View};
use super::{Page, PageKind, Shelf, Subject, fields};
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
    shows: |print| {
        let Subject::Tag(tag_id, part) = &print.page.subject else { return };
        let shelf = print.shelf;
        let tag = &shelf.book.tags[*tag_id];
        let whole = Subject::Tag(*tag_id, None);
        print.text(&tag.name);
        print.number(tag.entries.len() as u64);
        print.parts(&whole, part.as_deref());
        print.items(list::shown(shelf, &whole, &tag.entries, part.as_deref()));
    },
    view,
};

fn view<'a>(shelf: &'a Shelf, page: &'a Page) -> View<'a> {
    let book = &shelf.book;
    let Subject::Tag(tag_id, part) = &page.subject else { unreachable!("a tag's page is about a tag") };
    let tag = &book.tags[*tag_id];
    let whole = Subject::Tag(*tag_id, None);
    let parts = list::parts(shelf, page, &whole, part.as_deref());
    let mut groups: Vec<GroupView> = Vec::new();
    let shown = list::shown(shelf, &whole, &tag.entries, part.as_deref());
    for id in shown {
        let section = book.section(book.section_of(*id)).title.as_str();
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
            let chips = fields::chips(shelf, page, *id, None);
            group.items.push(ItemView { chips, ..shelf.item(page, *id) });
        }
    }
    let mut trail = Vec::new();
    if let Some(href) = shelf.href(page, &Subject::Tags) {
        trail.push(Anchor { title: "", href });
    }
    let count = if part.is_some() { shown.len() } else { tag.entries.len() };
    let title = match part {
        Some(part) => Cow::Owned(format!("{}: {}", tag.name, list::title(&shelf.words, part))),
        None => Cow::Borrowed(tag.name.as_str()),
    };
    let content = ListView { chart: None, own: None, count, parts, groups };
    View { page: shelf.page(page, title, "", trail), site: shelf.site(page), content: Content::List(content) }
}
