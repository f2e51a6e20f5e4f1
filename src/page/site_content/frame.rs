//! What every page says of itself and of the site.

use super::SiteContent;
use crate::book::SectionId;
use crate::config::FeedFormat;
use crate::page::feed::{Feed, FeedScope};
use crate::page::view::{Anchor, FeedView, NavItem, SiteView};
use crate::page::{Page, Subject};

/// How many pages and plain sections the navigation names at most.
pub const NAV_PAGES: usize = 6;
const NAV_SECTIONS: usize = 10;

impl SiteContent {
    /// What leads from a page to the site's own folder.
    pub fn root(&self, page: &Page) -> String {
        match self.server_path().filter(|_| page.subject == Subject::NotFound) {
            Some(path) => path.to_owned(),
            None => "../".repeat(page.url.as_str().matches('/').count()),
        }
    }

    /// What every page says of the site.
    pub fn site(&self, page: &Page) -> SiteView<'_> {
        let config = &self.book.config;
        let (mut nav, mut pages) = (self.nav_sections(page), self.nav_pages(page));
        let navigation = self.fragments.as_ref().map(|writer| writer.navigation(&nav, &pages));
        // Only the page of what is not found names it all once more.
        if navigation.is_some() && page.subject != Subject::NotFound {
            nav.clear();
            pages.clear();
        }
        let announced = self.feeds_on(page);
        let view = |feed: &&Feed| FeedView {
            title: self.feed_title(feed),
            href: self.way(page, &feed.url),
            kind: feed.format.media_type(),
        };
        let is_calendar = |feed: &Feed| feed.format == FeedFormat::Calendar;
        let way =
            |is: &dyn Fn(&Feed) -> bool| announced.iter().find(|feed| is(feed)).map(|feed| self.way(page, &feed.url));
        SiteView {
            title: &config.title,
            description: &config.description,
            authors: &config.authors,
            home: self.href(page, &Subject::Home).unwrap_or_default(),
            nav,
            pages,
            navigation,
            tags: self.href(page, &Subject::Tags),
            sources: self.href(page, &Subject::Sources),
            all_entries: self.href(page, &Subject::All(None)),
            recent_changes: self.href(page, &Subject::RecentChanges),
            search: self.href(page, &Subject::Search).unwrap_or_default(),
            repository: config.repository.as_deref(),
            feeds: announced.iter().map(view).collect(),
            feed: way(&|feed| feed.of == FeedScope::Book && !is_calendar(feed)),
            section_feed: way(&|feed| feed.of != FeedScope::Book),
            calendar: way(&is_calendar),
        }
    }

    /// The feeds that a page announces: those of the book, of the collection that it lies in, of the timeline, and of recent
    /// changes.
    fn feeds_on(&self, page: &Page) -> Vec<&Feed> {
        let section = self.section_around(page);
        let is_timeline = matches!(page.subject, Subject::Timeline(_));
        let is_announced = |feed: &&Feed| match (feed.format, feed.of) {
            (FeedFormat::Calendar, _) => is_timeline,
            (_, FeedScope::Book) => true,
            (_, FeedScope::Section(of)) => section == Some(of),
            (_, FeedScope::RecentChanges) => page.subject == Subject::RecentChanges,
        };
        self.feeds().iter().filter(is_announced).collect()
    }

    /// The section that a page lies in.
    fn section_around(&self, page: &Page) -> Option<SectionId> {
        match &page.subject {
            Subject::Section(id, _) => Some(*id),
            Subject::Entry(id) | Subject::Backlinks(id) => Some(self.book.section_of(*id)),
            _ => None,
        }
    }

    /// The way to sections and the timeline.
    fn nav_sections(&self, page: &Page) -> Vec<NavItem<'_>> {
        let here = self.section_around(page);
        let named = self.book.section_ids().filter(|id| !self.book.section(*id).name.is_empty());
        // Plain sections stand behind the declared ones.
        let mut plain = 0;
        let shown = named.take_while(|id| {
            plain += usize::from(self.book.section(*id).declared.is_none());
            plain <= NAV_SECTIONS
        });
        let section = |id| {
            let Anchor { title, href } = self.section_anchor(page, id)?;
            Some(NavItem { title, href, current: here == Some(id), kind: "section" })
        };
        let timeline = self.href(page, &Subject::Timeline(None)).map(|href| {
            let current = matches!(page.subject, Subject::Timeline(_));
            NavItem { title: "", href, current, kind: "timeline" }
        });
        shown.filter_map(section).chain(timeline).collect()
    }

    /// The way to the first pages of the root, and to the list of all of them where it has one.
    fn nav_pages(&self, page: &Page) -> Vec<NavItem<'_>> {
        let Some(root) = self.book.section_ids().find(|id| self.book.section(*id).name.is_empty()) else {
            return Vec::new();
        };
        let first = self.book.section(root).members.iter().take(NAV_PAGES).map(|id| {
            let Anchor { title, href } = self.entry_anchor(page, *id);
            NavItem { title, href, current: page.subject == Subject::Entry(*id), kind: "page" }
        });
        let all = self.href(page, &Subject::Section(root, None)).map(|href| {
            let title = self.locale_of(page).words.get("all_pages");
            let current = matches!(&page.subject, Subject::Section(id, _) if *id == root);
            NavItem { title, href, current, kind: "page" }
        });
        first.chain(all).collect()
    }
}
