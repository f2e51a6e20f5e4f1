//! The home page: what the book is, its collections, its latest and its most linked entries.

use super::view::{Content, CountedAnchor, HomeView, View};
use super::{Page, PageKind, Subject, chart, entry};
use crate::base::path::UrlPath;
use crate::book::{Book, EntryId, Role};

/// How many entries each strip of the home page shows.
const SHOWN: usize = 6;

/// How many pages of the root it lists.
const PAGES: usize = 100;

pub const KIND: PageKind = PageKind {
    name: "home",
    pages: |_, _| vec![Page { kind: &KIND, subject: Subject::Home, url: UrlPath::new("index.html") }],
    shows: |print| {
        let book = &print.shelf.book;
        book.home().into_iter().for_each(|home| print.whole(home));
        for section in &book.sections {
            print.number(section.members.len() as u64);
            if section.name.is_empty() {
                print.items(&section.members[..section.members.len().min(PAGES)]);
            }
        }
        print.number(members(book).count() as u64);
        print.number(book.graph.len() as u64);
        print.number(book.cited.len() as u64);
        for (count, id) in book.most_linked(members(book), SHOWN) {
            print.number(count as u64);
            print.face(id);
        }
        print.items(&book.timeline);
    },
    view: |shelf, page| {
        let book = &shelf.book;
        let home = book.home();
        // Without a home page of its authors', or without collections, the root's pages are what the book begins with.
        let has_sections = book.sections.iter().any(|section| !section.name.is_empty());
        let root = book.sections.iter().find(|section| section.name.is_empty());
        let root = root.filter(|_| home.is_none() || !has_sections);
        let sections = book.section_ids().filter_map(|id| {
            let section = book.section(id);
            if section.name.is_empty() && root.is_some() {
                return None;
            }
            let anchor = shelf.section_anchor(page, id)?;
            let (count, description) = (section.members.len(), section.description.as_str());
            Some(CountedAnchor { title: anchor.title, href: anchor.href, count, description })
        });
        let most_linked = book.most_linked(members(book), SHOWN).into_iter().map(|(count, id)| {
            let anchor = shelf.entry_anchor(page, id);
            let description = super::shelf::summary(book.entry(id));
            CountedAnchor { title: anchor.title, href: anchor.href, count, description }
        });
        let latest = book.timeline.iter().rev().take(SHOWN).map(|id| shelf.item(page, *id));
        let pages = root.iter().flat_map(|root| &root.members).take(PAGES).map(|id| shelf.item(page, *id));
        let entry_href = |id| shelf.entry_href(page, id);
        let content = HomeView {
            entries: members(book).count(),
            links: book.graph.len(),
            sources: book.cited.len(),
            chart: chart::of_timeline(shelf, page, chart::MOST_NAMED, entry_href),
            pages: pages.collect(),
            own: home.map(|id| entry::content(shelf, page, id)),
            sections: sections.collect(),
            most_linked: most_linked.collect(),
            latest: latest.collect(),
            timeline: shelf.href(page, &Subject::Timeline(None)),
        };
        let title = home.map_or(&book.config.title, |id| &book.entry(id).title.value);
        let summary = home.and_then(|id| book.entry(id).summary.as_ref());
        let description = summary.map_or(&book.config.description, |summary| &summary.value);
        View {
            page: shelf.page(page, title, description, Vec::new()),
            site: shelf.site(page),
            content: Content::Home(content),
        }
    },
};

/// The entries, without the pages of folders.
fn members(book: &Book) -> impl Iterator<Item = EntryId> {
    book.ids().filter(|id| book.entry(*id).role == Role::Member)
}
