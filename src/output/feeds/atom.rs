//! Atom (RFC 4287).

use super::channel::{Channel, ChannelItem};
use crate::output::xml::Xml;

/// The text of a feed.
pub fn write(channel: &Channel) -> String {
    let mut xml = Xml::default();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", channel.language)]);
    xml.text("id", &channel.id);
    xml.text("title", &channel.title);
    if !channel.description.is_empty() {
        xml.text("subtitle", channel.description);
    }
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &channel.address)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &channel.page)]);
    let newest = channel.items.first().map(|item| item.time.as_str());
    xml.text("updated", newest.unwrap_or_default());
    // A feed has an author (section 4.1.1).
    for author in channel.authors {
        xml.open("author", &[]);
        xml.text("name", author);
        xml.close("author");
    }
    channel.items.iter().for_each(|item| entry(&mut xml, item));
    xml.close("feed");
    xml.into_text()
}

fn entry(xml: &mut Xml, item: &ChannelItem) {
    match item.language {
        Some(lang) => xml.open("entry", &[("xml:lang", lang)]),
        None => xml.open("entry", &[]),
    }
    xml.text("id", &item.id);
    xml.text("title", item.title);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.address)]);
    xml.text("published", &item.time);
    xml.text("updated", &item.time);
    if !item.summary.is_empty() {
        xml.text("summary", item.summary);
    }
    xml.close("entry");
}
