//! What a feed says, whatever it is written in.

use std::borrow::Cow;

use super::id::{self, Ids};
use crate::book::EntryId;
use crate::page::feed::{self, Feed, FeedScope};
use crate::page::{SiteContent, Subject, summary};

/// A feed and its entries, the newest first.
pub struct Channel<'a> {
    pub id: String,
    pub title: Cow<'a, str>,
    /// Empty if there is none.
    pub description: &'a str,
    pub language: &'a str,
    /// Whose the book is; its own title if nobody's.
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
    /// When it is from (RFC 3339).
    pub time: String,
    /// Empty if there is none.
    pub summary: &'a str,
    /// Where it is not that of the feed.
    pub language: Option<&'a str>,
    pub tags: Vec<&'a str>,
}

impl<'a> Channel<'a> {
    pub fn of(content: &'a SiteContent, feed: &Feed) -> Channel<'a> {
        let config = &content.book.config;
        let page = match feed.of {
            FeedScope::Book => None,
            FeedScope::Section(id) => content.canonical(content.url(&Subject::Section(id, None))),
            FeedScope::RecentChanges => content.canonical(content.url(&Subject::RecentChanges)),
        };
        let description = match feed.of {
            FeedScope::Section(id) => &content.book.section(id).description,
            FeedScope::Book | FeedScope::RecentChanges => &config.description,
        };
        let ids = Ids::of(content);
        let item = |id: &EntryId| match feed.of {
            FeedScope::RecentChanges => ChannelItem::of_change(content, &ids, *id),
            FeedScope::Book | FeedScope::Section(_) => ChannelItem::of(content, &ids, *id),
        };
        Channel {
            id: id::address(content, &feed.url),
            title: content.feed_title(feed),
            description,
            language: &content.locale.language,
            authors: if config.authors.is_empty() { std::slice::from_ref(&config.title) } else { &config.authors },
            address: content.canonical(Some(&feed.url)).unwrap_or_default(),
            page: page.or_else(|| config.public_address()).unwrap_or_default(),
            items: feed.entries.iter().filter_map(item).collect(),
        }
    }
}

impl<'a> ChannelItem<'a> {
    /// An entry, from its day.
    fn of(content: &'a SiteContent, ids: &Ids, id: EntryId) -> Option<ChannelItem<'a>> {
        let time = feed::day(&content.book, id)?.rfc3339();
        Some(ChannelItem { time, ..ChannelItem::of_entry(content, ids, id)? })
    }

    /// An entry, from no time.
    fn of_entry(content: &'a SiteContent, ids: &Ids, id: EntryId) -> Option<ChannelItem<'a>> {
        let (entry, url) = (content.book.entry(id), content.entry_url(id)?);
        Some(ChannelItem {
            id: ids.entry(id, url),
            title: &entry.title.value,
            address: content.canonical(Some(url))?,
            time: String::new(),
            summary: summary(entry),
            language: entry.lang.as_deref(),
            tags: entry.tags.iter().map(|tag| tag.value.as_str()).collect(),
        })
    }

    /// The last change of the file of an entry: another one is another item. A list is called as its section.
    fn of_change(content: &'a SiteContent, ids: &Ids, id: EntryId) -> Option<ChannelItem<'a>> {
        let (book, own) = (&content.book, ChannelItem::of_entry(content, ids, id)?);
        let entry = book.entry(id);
        let change = &book.history.of(&entry.path)?.last;
        let section = book.section_of(id);
        let list = content.canonical(content.url(&Subject::Section(section, None))).filter(|_| entry.is_item);
        Some(ChannelItem {
            id: format!("{}#{}", own.id, change.id),
            title: if list.is_some() { content.section_title(&content.locale, section) } else { own.title },
            address: list.unwrap_or(own.address),
            time: change.rfc3339(),
            summary: &change.subject,
            language: None,
            tags: Vec::new(),
        })
    }
}
