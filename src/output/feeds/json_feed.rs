//! JSON Feed, version 1.1 (https://www.jsonfeed.org/version/1.1/).

use serde::Serialize;

use super::channel::{Channel, ChannelItem};

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'a>>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    /// An item must have a content; a page's text, with its links, is left to the page.
    content_text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    date_published: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [&'a str],
}

/// The text of a feed.
pub fn write(channel: &Channel) -> String {
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.page,
        feed_url: &channel.address,
        description: channel.description,
        language: channel.language,
        authors: channel.authors.iter().map(|name| JsonAuthor { name }).collect(),
        items: channel.items.iter().map(item).collect(),
    };
    serde_json::to_string_pretty(&feed).expect("texts and lists are JSON") + "\n"
}

fn item<'a>(item: &'a ChannelItem) -> JsonItem<'a> {
    JsonItem {
        id: &item.id,
        url: &item.address,
        title: item.title,
        content_text: if item.summary.is_empty() { item.title } else { item.summary },
        summary: item.summary,
        date_published: &item.time,
        language: item.language,
        tags: &item.tags,
    }
}
