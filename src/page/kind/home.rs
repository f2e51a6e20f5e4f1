//! The home page: what the book is, its collections, its latest and its most linked entries.

use super::{PageKind, entry};
use crate::base::path::UrlPath;
use crate::page::part::head::{Entries, Head, Shows};
use crate::page::part::page_view;
use crate::page::part::{changes, chart};
use crate::page::view::{Content, CountedAnchor, HomeView, View};
use crate::page::{Page, Subject};

/// How many of the latest entries the home page shows.
const LATEST: usize = 6;

pub const KIND: PageKind = PageKind {
    name: "home",
    pages: |_, _| vec![Page { kind: KIND.name, subject: Subject::Home, url: UrlPath::new("index.html") }],
    view: |cx| {
        let (home, totals) = (cx.home(), cx.totals());
        // Without a home page of its authors', or without collections, the root's pages are what the book begins with.
        let has_sections = cx.sections().any(|section| !section.name().is_empty());
        let has_root = cx.sections().any(|section| section.name().is_empty()) && (home.is_none() || !has_sections);
        let sections = cx.sections().zip(&totals.sections).filter_map(|(section, count)| {
            if section.name().is_empty() && has_root {
                return None;
            }
            let anchor = cx.section_anchor(section.id)?;
            let (count, description) = (*count, section.description());
            Some(CountedAnchor { title: anchor.title, href: anchor.href, count, description })
        });
        let most_linked = totals.most_linked.iter().map(|(count, id)| {
            let face = cx.face(*id);
            let anchor = cx.anchor(face);
            CountedAnchor { title: anchor.title, href: anchor.href, count: *count, description: face.summary() }
        });
        let (timeline, _) = cx.timeline();
        let pages = if has_root { cx.root_pages().iter().map(|item| cx.item(item)).collect() } else { Vec::new() };
        let content = HomeView {
            entries: totals.entries,
            links: totals.links,
            sources: totals.sources,
            chart: chart::of_timeline(cx, chart::MOST_NAMED, |face| cx.entry_href(face)),
            pages: cx
                .fragment(pages, |writer, pages| if pages.is_empty() { String::new() } else { writer.items(pages) }),
            own: home.map(|home| entry::content(cx, home)),
            sections: sections.collect(),
            most_linked: most_linked.collect(),
            latest: timeline.iter().rev().take(LATEST).map(|item| cx.item(item)).collect(),
            timeline: cx.href(&Subject::Timeline(None)),
            changes: changes::anchor(cx),
        };
        let title = home.map_or(cx.config().title.as_str(), |home| home.title());
        let description = home.and_then(|home| home.written_summary()).unwrap_or(&cx.config().description);
        let names = content.sections.iter().map(|section| section.title);
        let shows = Shows::Site(Entries { count: content.entries, names: names.collect(), ends: None });
        let head = Head { word: "", title: title.into(), description, trail: Vec::new(), shows };
        View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::Home(content) }
    },
};
