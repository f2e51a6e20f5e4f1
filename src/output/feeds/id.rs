//! What entries are known by to those who follow a book.

use rustc_hash::FxHashMap;

use crate::base::path::UrlPath;
use crate::book::{Book, EntryId};
use crate::page::SiteContent;

/// What each entry is known by: the first address that it had, as `tag:example.org,2026:notes/a.html` where the book has an
/// authority, else in full. No two have the same.
pub struct Ids<'a> {
    content: &'a SiteContent,
    /// Whose first address each is that an entry had before its own; of several that claim one, that of the first of them.
    first: FxHashMap<&'a UrlPath, EntryId>,
}

impl<'a> Ids<'a> {
    pub fn of(content: &'a SiteContent) -> Ids<'a> {
        Ids { content, first: first_addresses(&content.book) }
    }

    /// That of an entry, which has a page at `url`.
    pub fn entry(&self, id: EntryId, url: &UrlPath) -> String {
        match self.content.book.entry(id).redirect_from.first().map(|old| &old.value) {
            Some(old) if self.first.get(old) == Some(&id) => address(self.content, old),
            None if !self.first.contains_key(url) => address(self.content, url),
            // Another one was there before.
            _ => address(self.content, url) + "#later",
        }
    }
}

/// What stands at an address, by which it is known.
pub fn address(content: &SiteContent, url: &UrlPath) -> String {
    match &content.book.config.feeds.authority {
        Some(authority) => format!("tag:{authority}:{}", url.encoded()),
        // A feed reader does not take it for a way: that of the home page names its file as that of any page does.
        None => content.public_address().unwrap_or_default() + &url.encoded(),
    }
}

fn first_addresses(book: &Book) -> FxHashMap<&UrlPath, EntryId> {
    let mut first = FxHashMap::default();
    for id in book.ids() {
        if let Some(old) = book.entry(id).redirect_from.first() {
            first.entry(&old.value).or_insert(id);
        }
    }
    first
}
