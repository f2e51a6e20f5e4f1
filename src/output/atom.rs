//! The feed: the newest entries for those who follow a book, as Atom (RFC 4287).
//!
//! Nothing in it is from the clock. What an entry is known by is the first address that it had, so that one that moves is
//! not new.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::xml::Xml;
use super::{Artifact, File, Output, Rendered, Site};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{FilePath, UrlPath};
use crate::book::{Book, EntryId};
use crate::page::{SiteContent, Trace, feed, summary};

pub const OUTPUT: Output = Output {
    name: "atom",
    owns: |path| path == feed::FILE,
    reserved: &[feed::FILE],
    needs_address: true,
    files: |site| {
        let file = || File::new(FilePath::new(feed::FILE), Feed);
        let there_is = !site.content().feed().is_empty();
        Arc::new(there_is.then(file).into_iter().collect())
    },
};

/// The one file.
struct Feed;

impl Artifact for Feed {
    fn render(&self, site: &Site, _: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        Ok(Rendered::Bytes(written(site.content()).into_bytes()))
    }

    /// It is so short that its text is as soon made as anything that would tell of it.
    fn fingerprint(&self, site: &Site, _: &Trace) -> Option<Fingerprint> {
        Some(Fingerprint::of(&written(site.content())))
    }
}

/// The text of the feed.
fn written(content: &SiteContent) -> String {
    let (config, ids) = (&content.book.config, content.feed());
    let public = |url: &UrlPath| content.canonical(Some(url)).unwrap_or_default();
    let own = public(&feed::url());
    let mut xml = Xml::default();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &content.locale.language)]);
    xml.text("id", &own);
    xml.text("title", &config.title);
    if !config.description.is_empty() {
        xml.text("subtitle", &config.description);
    }
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
    let home = config.site_url.as_deref().unwrap_or_default();
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", home)]);
    let newest = ids.first().and_then(|id| feed::day(content.book.entry(*id)));
    xml.text("updated", &midnight(newest));
    // A feed has an author (section 4.1.1).
    let nobody = std::slice::from_ref(&config.title);
    for author in if config.authors.is_empty() { nobody } else { &config.authors } {
        xml.open("author", &[]);
        xml.text("name", author);
        xml.close("author");
    }
    let first = first_addresses(&content.book);
    for id in ids {
        let entry = content.book.entry(*id);
        let Some(url) = content.entry_url(*id) else { continue };
        match &entry.lang {
            Some(lang) => xml.open("entry", &[("xml:lang", lang)]),
            None => xml.open("entry", &[]),
        }
        let known_by = match entry.redirect_from.first().map(|url| &url.value) {
            Some(old) if first.get(old) == Some(id) => public(old),
            None if !first.contains_key(url) => public(url),
            // Another one was there before.
            _ => public(url) + "#later",
        };
        xml.text("id", &known_by);
        xml.text("title", &entry.title.value);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &public(url))]);
        let day = midnight(feed::day(entry));
        xml.text("published", &day);
        xml.text("updated", &day);
        let summary = summary(entry);
        if !summary.is_empty() {
            xml.text("summary", summary);
        }
        xml.close("entry");
    }
    xml.close("feed");
    xml.into_text()
}

/// Whose first address each is that an entry had before its own; of several that claim one, that of the first of them.
fn first_addresses(book: &Book) -> FxHashMap<&UrlPath, EntryId> {
    let mut first = FxHashMap::default();
    for id in book.ids() {
        if let Some(old) = book.entry(id).redirect_from.first() {
            first.entry(&old.value).or_insert(id);
        }
    }
    first
}

/// The beginning of a day as RFC 3339 has it.
fn midnight(day: Option<String>) -> String {
    format!("{}T00:00:00Z", day.unwrap_or_default())
}
