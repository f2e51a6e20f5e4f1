//! What a feed says, whatever it is written in.

use std::borrow::Cow;

use super::id::{self, Ids};
use crate::base::date::Day;
use crate::book::EntryId;
use crate::page::feed::{self, Feed};
use crate::page::{SiteContent, Subject, summary};

/// A feed and its entries, the newest first.
pub struct Channel<'a> {
    pub id: String,
    pub title: Cow<'a, str>,
    /// Empty if there is none.
    pub description: &'a str,
    pub language: &'a str,
    pub authors: &'a [String],
    /// Its own address.
    pub address: String,
    /// That of the page that shows what it is of.
    pub page: String,
    pub items: Vec<ChannelItem<'a>>,
}

/// An entry as a feed has it.
pub struct ChannelItem<'a> {
    pub id: String,
    pub title: &'a str,
    pub address: String,
    pub day: Day,
    /// Empty if there is none.
    pub summary: &'a str,
    /// Where it is not that of the feed.
    pub language: Option<&'a str>,
    pub tags: Vec<&'a str>,
}

impl<'a> Channel<'a> {
    pub fn of(content: &'a SiteContent, feed: &Feed) -> Channel<'a> {
        let config = &content.book.config;
        let section = feed.section.map(|id| (content.book.section(id), content.url(&Subject::Section(id, None))));
        let page = section.and_then(|(_, url)| content.canonical(url)).or_else(|| config.site_url.clone());
        let ids = Ids::of(content);
        Channel {
            id: id::address(content, &feed.url),
            title: content.feed_title(feed),
            description: section.map_or(&config.description, |(section, _)| &section.description),
            language: &content.locale.language,
            authors: &config.authors,
            address: content.canonical(Some(&feed.url)).unwrap_or_default(),
            page: page.unwrap_or_default(),
            items: feed.entries.iter().filter_map(|id| ChannelItem::of(content, &ids, *id)).collect(),
        }
    }
}

impl<'a> ChannelItem<'a> {
    fn of(content: &'a SiteContent, ids: &Ids, id: EntryId) -> Option<ChannelItem<'a>> {
        let (entry, url) = (content.book.entry(id), content.entry_url(id)?);
        Some(ChannelItem {
            id: ids.entry(id, url),
            title: &entry.title.value,
            address: content.canonical(Some(url))?,
            day: feed::day(&content.book, id)?,
            summary: summary(entry),
            language: entry.lang.as_deref(),
            tags: entry.tags.iter().map(|tag| tag.value.as_str()).collect(),
        })
    }
}
