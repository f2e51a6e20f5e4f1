//! One tag: the entries that carry it, by section.

use super::list::{self, By};
use super::view::{Anchor, Content, GroupView, ItemView, ListView, View};
use super::{Page, PageKind, Shelf, Subject, fields};
use crate::config::Layout;

pub const KIND: PageKind = PageKind {
    name: "tag",
    pages: |book| {
        let tags = book.tags.iter().enumerate();
        tags.flat_map(|(i, tag)| {
            let address = format!("{}/{}", book.tags_folder, tag.slug);
            list::pages(&KIND, book, By::Letter, &tag.entries, &address, &Subject::Tag(i, None))
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

fn view(shelf: &Shelf, page: &Page) -> View {
    let book = &shelf.book;
    let Subject::Tag(tag_id, part) = &page.subject else { unreachable!("a tag's page is about a tag") };
    let tag = &book.tags[*tag_id];
    let whole = Subject::Tag(*tag_id, None);
    let parts = list::parts(shelf, page, &whole, part.as_deref());
    let mut groups: Vec<GroupView> = Vec::new();
    let shown = list::shown(shelf, &whole, &tag.entries, part.as_deref());
    for id in shown {
        let section = &book.section(book.section_of(*id)).title;
        // Entries come section by section.
        if groups.last().is_none_or(|group| group.title.as_ref() != Some(section)) {
            groups.push(GroupView {
                title: Some(section.clone()),
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
        trail.push(Anchor { title: String::new(), href });
    }
    let count = if part.is_some() { shown.len() } else { tag.entries.len() };
    let title = match part {
        Some(part) => format!("{}: {}", tag.name, list::title(&shelf.words, part)),
        None => tag.name.clone(),
    };
    let content = ListView { chart: None, own: None, count, parts, groups };
    View {
        page: shelf.page(page, title, String::new(), trail),
        site: shelf.site(page),
        content: Content::List(content),
    }
}
