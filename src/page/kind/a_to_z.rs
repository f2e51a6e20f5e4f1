//! All entries in one list, from A to Z, each under its title and its aliases.

use super::PageKind;
use crate::page::Subject;
use crate::page::context::Context;
use crate::page::list::{self, Name};
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::view::{Content, LetterView, NameView, NamesView, View};

pub const KIND: PageKind = PageKind {
    name: "all-entries",
    pages: |book, lists| match book.entries.as_slice() {
        [] | [_] => Vec::new(),
        _ => list::pages(KIND.name, lists, "all-entries", &Subject::All(None)),
    },
    view,
};

fn view<'a>(cx: &Context<'a>) -> View<'a> {
    let Subject::All(part) = &cx.page().subject else { unreachable!("the page of all entries is about them") };
    let part = part.as_deref();
    let shown = cx.names(part);
    let count =
        if part.is_some() { shown.iter().map(|(_, names)| names.len()).sum() } else { cx.count(&Subject::All(None)) };
    // One letter alone is no choice, and on the page of a part its title.
    let titled = shown.len() > 1;
    let groups = shown.iter().map(|(letter, names)| LetterView {
        title: titled.then_some(*letter),
        anchor: titled.then_some(*letter),
        items: names.iter().map(|name| item(cx, name)).collect(),
        count: names.len(),
    });
    let content = NamesView { count, parts: cx.parts(&Subject::All(None), part), groups: groups.collect() };
    let names = content.groups.iter().flat_map(|letter| &letter.items).map(|item| item.name);
    let shows = Shows::entries(count, names, &content.parts, part);
    let head = Head { title: part.unwrap_or_default().into(), ..Head::of_word(cx.words().get("all_entries"), shows) };
    View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::Names(content) }
}

fn item<'a>(cx: &Context<'a>, name: &Name) -> NameView<'a> {
    let entry = cx.named(name);
    let (section, title, href) = (entry.section(), entry.title(), cx.entry_href(entry));
    match name.alias {
        Some(place) => NameView { name: entry.alias(place), title: Some(title), href, kind: None, date: None },
        None => {
            // A section's own page is none of what it holds.
            let is_member = section.index() != Some(name.id) && !section.singular().is_empty();
            let kind = is_member.then_some(section.singular());
            NameView { name: title, title: None, href, kind, date: entry.shared_date() }
        }
    }
}
