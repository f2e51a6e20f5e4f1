//! What every page says of itself and of the site.

use std::borrow::Cow;

use serde::Serialize;

use super::{Anchor, CardView};

/// What every page says of itself.
#[derive(Serialize)]
pub struct PageView<'a> {
    /// The page kind's name, as a class for styles.
    pub kind: &'static str,
    /// Its title, but for a word of the interface that it begins with.
    pub title: Cow<'a, str>,
    /// The same with that word.
    pub full_title: Cow<'a, str>,
    /// What its authors say of it; it may be empty.
    pub description: &'a str,
    /// What it is about, for those who have not seen it.
    pub meta_description: Cow<'a, str>,
    pub lang: &'a str,
    /// Which way that is written: `ltr` or `rtl`.
    pub dir: &'static str,
    /// The absolute address, where the book has one.
    pub canonical: Option<String>,
    /// What stands for it where that is shared, if it has one and others are to find it.
    pub card: Option<CardView<'a>>,
    /// The same as HTML, where the theme is the built-in one.
    pub social: String,
    /// What it is about as JSON-LD, ready to stand in a page.
    pub linked_data: Option<String>,
    /// What leads back to the site's own folder: `../`.
    pub root: String,
    /// Section and parts above this page.
    pub trail: Vec<Anchor<'a>>,
}

/// What every page says of the site.
#[derive(Serialize)]
pub struct SiteView<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub authors: &'a [String],
    pub home: String,
    /// The way to collections, sections and the timeline: bounded, whatever the size of the book.
    pub nav: Vec<NavItem<'a>>,
    /// The way to the pages of the root.
    pub pages: Vec<NavItem<'a>>,
    /// Both as HTML, where the theme is the built-in one; then they are empty where nothing else shows them.
    pub navigation: Option<String>,
    pub tags: Option<String>,
    pub sources: Option<String>,
    pub all_entries: Option<String>,
    pub recent_changes: Option<String>,
    pub search: String,
    pub repository: Option<&'a str>,
    /// The feeds that the page announces: those of the book, and those of what it shows.
    pub feeds: Vec<FeedView<'a>>,
    /// The way to the feed of the book for readers, if there is one.
    pub feed: Option<String>,
    /// On the pages of a collection, the way to its own.
    pub section_feed: Option<String>,
    /// On the timeline, the way to the calendar.
    pub calendar: Option<String>,
}

/// A feed as a page announces it.
#[derive(Serialize)]
pub struct FeedView<'a> {
    pub title: Cow<'a, str>,
    pub href: String,
    /// The media type: `application/atom+xml`.
    pub kind: &'static str,
}

#[derive(Serialize)]
pub struct NavItem<'a> {
    pub title: &'a str,
    pub href: String,
    /// Whether the page lies there.
    pub current: bool,
    /// What stands there: `section`, `timeline` or `page`; the timeline's title is a word of the interface.
    pub kind: &'static str,
}
