//! What a reader sees of a document that was found: its title, its address, its text by sections.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::base::deflate::deflate;
use crate::base::path::encode;
use crate::book::EntryId;
use crate::page::{SiteContent, Subject};
use crate::parse::Chunk;

use super::document;

/// What is shown of a document, as a list: names would be most of it.
#[derive(Serialize)]
pub struct Record<'a>(
    /// Its number.
    u32,
    /// Where it stands, from the site's own folder.
    String,
    /// Its title.
    &'a str,
    /// What kind of thing it is.
    &'a str,
    /// Its date, as a person writes it.
    String,
    /// Its summary.
    &'a str,
    /// What else it is called.
    Vec<&'a str>,
    /// How many links lead to it.
    usize,
    /// Its language, where that is not the book's.
    &'a str,
    /// What stands beside its text.
    Vec<String>,
    /// The anchor and the words of the heading of each of its sections, both empty above the first heading, and its text.
    Vec<(&'a str, &'a str, &'a str)>,
);

/// The record of an entry, or of a part of it, with some pieces of its text.
pub fn entry<'a>(content: &'a SiteContent, id: EntryId, number: u32, pieces: &'a [Chunk]) -> Record<'a> {
    let book = &content.book;
    let entry = book.entry(id);
    let read = pieces.iter().map(|piece| {
        let heading = piece.headings.checked_sub(1).map(|place| &entry.body.headings[place]);
        let (anchor, words) = heading.map_or(("", ""), |heading| (&heading.anchor, &heading.text));
        (anchor, words, piece.text.as_str())
    });
    Record(
        number,
        address(content, &content.subject(id)),
        &entry.title.value,
        &book.section(book.section_of(id)).singular,
        entry.date.as_ref().map(|date| date.value.human(&content.locale.words)).unwrap_or_default(),
        entry.summary.as_ref().map_or("", |summary| &summary.value),
        entry.aliases.iter().map(|alias| alias.value.as_str()).collect(),
        book.graph.backlinks(id).len(),
        entry.lang.as_deref().unwrap_or(""),
        document::beside(content, id),
        read.collect(),
    )
}

/// The record of a page that the book makes by itself.
pub fn other<'a>(content: &'a SiteContent, subject: &Subject, number: u32) -> Record<'a> {
    let (title, kind, summary) = match subject {
        Subject::Section(id, _) => {
            let section = content.book.section(*id);
            (section.title.as_str(), "search_section", section.description.as_str())
        }
        Subject::Term(id, _) => {
            let term = content.book.terms.get(*id);
            (term.title.as_str(), term.taxonomy.word(), "")
        }
        _ => ("", "pages", ""),
    };
    let kind = content.locale.words.get(kind);
    // Links lead to entries: what a page lists does not count.
    Record(
        number,
        address(content, subject),
        title,
        kind,
        String::new(),
        summary,
        Vec::new(),
        0,
        "",
        Vec::new(),
        Vec::new(),
    )
}

fn address(content: &SiteContent, subject: &Subject) -> String {
    let url = content.url(subject).map(|url| url.as_str()).unwrap_or("");
    url.split('/').map(encode).collect::<Vec<_>>().join("/")
}

/// How many bytes the records of a bundle have, more or less.
const BUNDLE: usize = 20 * 1024;

/// The records of a bundle as a script, given the lowest number that it may have: deflated (RFC 1951), for most of an index are texts.
pub fn script(first: u32, bits: u32, records: &[Record]) -> Vec<u8> {
    let mut json = Vec::with_capacity(BUNDLE);
    let _ = serde_json::to_writer(&mut json, records);
    let mut script = format!("dossier.search.records({first},{bits},\"");
    BASE64_STANDARD.encode_string(deflate(&json), &mut script);
    script.push_str("\");\n");
    script.into_bytes()
}
