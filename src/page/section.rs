//! A section's list of entries, below what its own page says.

use std::borrow::Cow;

use super::list::{self, By};
use super::shelf::NAV_PAGES;
use super::view::{Content, ListView, View};
use super::{Page, PageKind, Shelf, Subject, entry, layout};
use crate::book::{Book, Section, SectionId};

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
                list::pages(&KIND, lists, &address, &Subject::Section(id, None))
            })
            .collect()
    },
    shows: |print| {
        let Subject::Section(id, part) = &print.page.subject else { return };
        let (shelf, whole) = (print.shelf, Subject::Section(*id, None));
        let section = shelf.book.section(*id);
        print.text(shelf.layout(*id).word());
        print.number(section.members.len() as u64);
        print.parts(&whole, part.as_deref());
        let shown = list::shown(shelf, &whole, &section.members, part.as_deref());
        print.items(shown);
        if shown.is_empty() {
            print.items(&layout::most_linked_ids(&shelf.book, section));
        }
        section.index.into_iter().for_each(|index| print.whole(index));
    },
    view,
};

/// The address of the list of the root's pages.
const PAGES: &str = "pages";

/// Whether a section has a list of its own: the root has one if the navigation does not name all its pages.
fn has_page(section: &Section) -> bool {
    !section.name.is_empty() || section.members.len() > NAV_PAGES
}

/// Sections that are sorted by date are split by year, others by letter.
pub fn by(book: &Book, id: SectionId) -> By {
    match layout::declared(book, book.section(id)).and_then(|collection| collection.sort.as_deref()) {
        Some("date") => By::Year,
        _ => By::Letter,
    }
}

fn view<'a>(shelf: &'a Shelf, page: &'a Page) -> View<'a> {
    let book = &shelf.book;
    let Subject::Section(id, part) = &page.subject else { unreachable!("a section's page is about a section") };
    let section = book.section(*id);
    // The page of the root's folder is the home page.
    let index = section.index.filter(|_| !section.name.is_empty());
    let whole = Subject::Section(*id, None);
    let parts = list::parts(shelf, page, &whole, part.as_deref());
    let shown = list::shown(shelf, &whole, &section.members, part.as_deref());
    let content = ListView {
        chart: None,
        own: index.filter(|_| part.is_none()).map(|index| entry::content(shelf, page, index)),
        count: if part.is_some() { shown.len() } else { section.members.len() },
        parts,
        groups: match shown.is_empty() {
            // A list that stands on other pages begins with what leads farthest.
            true => layout::most_linked(shelf, page, section).into_iter().collect(),
            false => layout::groups(shelf, page, *id, shown),
        },
    };
    let trail = match part {
        Some(_) => shelf.section_anchor(page, *id).into_iter().collect(),
        None => Vec::new(),
    };
    let own = index.map(|index| book.entry(index));
    let title = own.map_or_else(|| shelf.section_title(*id), |own| &own.title.value);
    let title = match part {
        Some(part) => Cow::Owned(format!("{title}: {}", list::title(&shelf.words, part))),
        None => Cow::Borrowed(title),
    };
    let summary = own.and_then(|own| own.summary.as_ref());
    let description = summary.map_or(&section.description, |summary| &summary.value);
    View { page: shelf.page(page, title, description, trail), site: shelf.site(page), content: Content::List(content) }
}
