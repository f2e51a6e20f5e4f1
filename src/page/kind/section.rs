//! A section's list of entries, below what its own page says.

use super::{PageKind, entry};
use crate::book::Section;
use crate::page::Subject;
use crate::page::context::Context;
use crate::page::list;
use crate::page::part::groups;
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::site_content::NAV_PAGES;
use crate::page::view::{Content, ListView, View};

pub const KIND: PageKind = PageKind {
    name: "section",
    pages: |book, lists| {
        let sections = book.section_ids().filter(|id| has_page(book.section(*id)));
        sections
            .flat_map(|id| {
                let section = book.section(id);
                let index = section.index.filter(|_| !section.name.is_empty());
                let folder = index.map(|index| book.entry(index).address.to_string());
                let address = folder.unwrap_or_else(|| match section.name.as_str() {
                    "" => PAGES.to_owned(),
                    _ => format!("{}/index", section.address),
                });
                list::pages(KIND.name, lists, &address, &Subject::Section(id, None))
            })
            .collect()
    },
    view,
};

/// The address of the list of the root's pages.
const PAGES: &str = "pages";

/// Whether a section has a list of its own: the root has one if the navigation does not name all its pages.
fn has_page(section: &Section) -> bool {
    !section.name.is_empty() || section.members.len() > NAV_PAGES
}

fn view<'a>(cx: &Context<'a>) -> View<'a> {
    let Subject::Section(id, part) = &cx.page().subject else { unreachable!("a section's page is about a section") };
    let (section, part, whole) = (cx.section(*id), part.as_deref(), Subject::Section(*id, None));
    // The page of the root's folder is the home page.
    let index = section.index().filter(|_| !section.name().is_empty());
    let shown = cx.list(&whole, part);
    let content = ListView {
        chart: None,
        own: index.filter(|_| part.is_none()).map(|index| entry::content(cx, cx.whole(index))),
        names: Vec::new(),
        count: if part.is_some() { shown.ids.len() } else { cx.count(&whole) },
        parts: cx.parts(&whole, part),
        groups: match shown.ids.is_empty() {
            // A list that stands on other pages begins with what leads farthest.
            true => groups::most_linked(cx, section).into_iter().collect(),
            false => groups::groups(cx, section, shown),
        },
    };
    let trail = match part {
        Some(_) => cx.section_anchor(*id).into_iter().collect(),
        None => Vec::new(),
    };
    let own = index.map(|index| cx.face(index));
    let title = own.map_or_else(|| cx.section_title(*id), |own| own.title());
    let title = list::page_title(cx.words(), title, part);
    let description = own.and_then(|own| own.written_summary()).unwrap_or(section.description());
    let names = shown.iter().map(|item| item.title());
    let shows = Shows::entries(content.count, names, &content.parts, part);
    let head = Head { word: "", title, description, trail, shows };
    View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::List(content) }
}
