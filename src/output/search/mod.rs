//! The search: an index in script files, which a page opened from disk can load as well as one from a server.
//!
//! `search/start.js` says what there is; `t-….js` are words and names with the documents that have them, `s-….js` words
//! to choose from when one is misspelt, `r-….js` what a reader sees of the documents that were found, `han.js` how
//! traditional characters are simplified. What an edit does not concern keeps its name and its bytes.

mod memory;
mod record;
mod said;

use std::fmt::Write;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::json;
use xxhash_rust::xxh3::xxh3_128;

use crate::base::mark::{Mark, Marker};
use crate::base::path::FilePath;
use crate::book::EntryId;
use crate::page::print::Common;
use crate::page::{Shelf, Subject, print};
use crate::search::{self, Digest, Document, Index, Numbers, Shard};

pub use memory::{Known, Memory};
use said::Other;

/// The folder of the index.
pub const FOLDER: &str = "search/";

/// What the scripts of a theme and the index must agree on.
const FORMAT: u32 = 1;

/// How much text the records of one file have, in bytes, more or less: a page of results loads ten files.
const TEXT: u64 = 10 * 1024;

/// What can be found in a book, and the files that a reader's browser finds it with.
pub struct Search {
    documents: Vec<Thing>,
    numbers: Numbers,
    index: Index,
    /// How many files the records would be in if none were empty.
    records: u32,
    files: Vec<(FilePath, File)>,
    places: FxHashMap<FilePath, usize>,
    /// What a browser loads first.
    start: String,
    /// How the book's Han letters are simplified.
    han: String,
}

/// What a document is.
enum Thing {
    /// Some sections of an entry.
    Entry(EntryId, std::ops::Range<usize>),
    Page(Subject),
}

/// A file of the index.
enum File {
    Start,
    Han,
    Terms(usize),
    Spellings(usize),
    /// The documents by a range of their order.
    Records(u32, std::ops::Range<usize>),
}

impl Search {
    /// The search of a book, given what is known of its entries.
    pub fn of(shelf: &Shelf, memory: &Memory) -> Search {
        let mut known = memory.lock();
        let entries = known.digests(shelf);
        let (others, said): (Vec<Other>, Vec<_>) = said::others(shelf).into_iter().unzip();
        let mut reader = search::Reader::default();
        let read = said.iter().map(|said| reader.read(said)).collect();
        let others_said = search::join(&mut known.lexicon, read, reader);
        let mut found: Vec<(Thing, Document, &Digest)> = entries
            .par_iter()
            .enumerate()
            .flat_map_iter(|(id, parts)| documents(shelf, EntryId(id as u32), parts))
            .collect();
        for (other, digests) in others.into_iter().zip(&others_said) {
            found.push((Thing::Page(other.subject), other.document, &digests[0]));
        }
        let mut things = Vec::with_capacity(found.len());
        let mut documents = Vec::with_capacity(found.len());
        let mut digests = Vec::with_capacity(found.len());
        for (thing, document, digest) in found {
            things.push(thing);
            documents.push(document);
            digests.push(digest);
        }
        let numbers = Numbers::new(&documents);
        let index = Index::new(&documents, &digests, &numbers, &known.lexicon);
        let text: u64 = digests.iter().map(|digest| u64::from(digest.size) + 500).sum();
        let records = rounded((text / TEXT).clamp(1, 1 << numbers.bits) as u32);
        let han = han(&index.letters);
        let start = start(shelf, &documents, &numbers, &index, records, !han.is_empty());
        let (files, places) = (Vec::new(), FxHashMap::default());
        let mut search = Search { documents: things, numbers, index, records, files, places, start, han };
        search.files = search.plan();
        search.places = search.paths().cloned().zip(0..).collect();
        search
    }

    /// The paths of its files.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &FilePath> {
        self.files.iter().map(|(path, _)| path)
    }

    /// The place of a file among them.
    pub fn place(&self, path: &FilePath) -> Option<usize> {
        self.places.get(path).copied()
    }

    fn plan(&self) -> Vec<(FilePath, File)> {
        let path = |name: String| FilePath::new(format!("{FOLDER}{name}.js"));
        let mut files = vec![(path("start".to_owned()), File::Start)];
        if !self.han.is_empty() {
            files.push((path("han".to_owned()), File::Han));
        }
        let named = |kind: char, shard: &Shard| path(format!("{kind}-{:08x}", shard.name()));
        let terms = self.index.terms.iter().enumerate();
        files.extend(terms.map(|(place, shard)| (named('t', shard), File::Terms(place))));
        let spellings = self.index.spellings.iter().enumerate();
        files.extend(spellings.map(|(place, shard)| (named('s', shard), File::Spellings(place))));
        let mut start = 0;
        let shard_of = |place: &u32| {
            let number = self.numbers.of[*place as usize];
            ((u64::from(number) * u64::from(self.records)) >> self.numbers.bits) as u32
        };
        for together in self.numbers.order.chunk_by(|a, b| shard_of(a) == shard_of(b)) {
            let shard = shard_of(&together[0]);
            files.push((path(format!("r-{shard:x}")), File::Records(shard, start..start + together.len())));
            start += together.len();
        }
        files
    }

    /// The bytes of a file, by its place.
    pub fn make(&self, shelf: &Shelf, place: usize) -> Vec<u8> {
        match &self.files[place].1 {
            File::Start => self.start.clone().into_bytes(),
            File::Han => format!("dossier.search.han(\"{}\");\n", self.han).into_bytes(),
            File::Terms(place) => lines("terms", &self.index.terms[*place]),
            File::Spellings(place) => lines("spellings", &self.index.spellings[*place]),
            File::Records(shard, range) => {
                let record = |place: &u32| {
                    let number = self.numbers.of[*place as usize];
                    match &self.documents[*place as usize] {
                        Thing::Entry(id, sections) => record::entry(shelf, *id, number, sections.clone()),
                        Thing::Page(subject) => record::other(shelf, subject, number),
                    }
                };
                let records: Vec<_> = self.numbers.order[range.clone()].iter().map(record).collect();
                record::script(*shard, &records)
            }
        }
    }

    /// The fingerprint of a file, by its place: while it is the same, its bytes are.
    pub fn print(&self, shelf: &Shelf, common: &Common, place: usize) -> Mark {
        let text = |text: &str| Mark::from_bytes(xxh3_128(text.as_bytes()).to_le_bytes());
        match &self.files[place].1 {
            File::Start => text(&self.start),
            File::Han => text(&self.han),
            File::Terms(place) => text(&self.index.terms[*place].lines),
            File::Spellings(place) => text(&self.index.spellings[*place].lines),
            File::Records(shard, range) => {
                let mut marker = Marker::default();
                marker.number(u64::from(*shard));
                for place in &self.numbers.order[range.clone()] {
                    marker.number(u64::from(self.numbers.of[*place as usize]));
                    match &self.documents[*place as usize] {
                        Thing::Entry(id, sections) => {
                            marker.number(sections.start as u64);
                            marker.number(sections.end as u64);
                            marker.mark(print::record(shelf, common, *id));
                        }
                        // It says little, which is soon said again.
                        Thing::Page(subject) => {
                            let record = record::other(shelf, subject, 0);
                            marker.text(serde_json::to_vec(&record).unwrap_or_default());
                        }
                    }
                }
                marker.finish()
            }
        }
    }
}

/// The documents of an entry: itself, or parts of it.
fn documents<'a>(
    shelf: &Shelf,
    id: EntryId,
    parts: &'a Arc<[Digest]>,
) -> impl Iterator<Item = (Thing, Document, &'a Digest)> + use<'a> {
    let address = shelf.book.entry(id).address.clone();
    let sections = shelf.book.entry(id).body.headings.len() + 1;
    let marks: Vec<_> = (0..parts.len()).map(|nth| said::marks(shelf, id, nth == 0)).collect();
    parts.iter().enumerate().zip(marks).map(move |((nth, digest), marks)| {
        let next = parts.get(nth + 1).map_or(sections, |next| next.first as usize);
        let key = format!("entry {address} {}", digest.first);
        (Thing::Entry(id, digest.first as usize..next), Document { key, marks }, digest)
    })
}

/// A number with its three highest bits, so that it changes seldom.
fn rounded(number: u32) -> u32 {
    let shift = number.ilog2().saturating_sub(2);
    (number >> shift) << shift
}

/// The traditional characters that stand for one of the book's letters, each followed by it.
fn han(letters: &[char]) -> String {
    let pairs = search::traditional().into_iter().filter(|(_, simplified)| letters.binary_search(simplified).is_ok());
    pairs.flat_map(|(traditional, simplified)| [traditional, simplified]).collect()
}

/// Lines as a script.
fn lines(call: &str, shard: &Shard) -> Vec<u8> {
    let mut script = String::with_capacity(shard.lines.len() + 64);
    let _ = write!(script, "dossier.search.{call}(\"{:08x}\",`", shard.name());
    for c in shard.lines.chars() {
        if matches!(c, '`' | '\\' | '$') {
            script.push('\\');
        }
        script.push(c);
    }
    script.push_str("`);\n");
    script.into_bytes()
}

/// What a browser must know before it can look for anything.
#[derive(Serialize)]
struct Start<'a> {
    format: u32,
    documents: usize,
    bits: u32,
    records: u32,
    terms: Vec<&'a str>,
    spellings: Vec<&'a str>,
    han: bool,
    sections: Vec<(&'a str, &'a str)>,
    countries: Vec<(&'a str, &'a str)>,
    /// The first and the last year.
    years: Option<(i64, i64)>,
    /// How many tags there are.
    tags: usize,
    words: serde_json::Value,
}

fn start(
    shelf: &Shelf,
    documents: &[Document],
    numbers: &Numbers,
    index: &Index,
    records: u32,
    has_han: bool,
) -> String {
    let book = &shelf.book;
    let firsts = |shards: &'_ [Shard]| -> Vec<String> { shards.iter().map(|shard| shard.first.to_string()).collect() };
    let (terms, spellings) = (firsts(&index.terms), firsts(&index.spellings));
    let marks = documents.iter().flat_map(|document| &document.marks);
    let mut codes: Vec<&str> = marks.filter_map(|(key, _)| key.strip_prefix(":country:")).collect();
    codes.sort_unstable();
    codes.dedup();
    let year = |key: &str| key.strip_prefix(":year:").and_then(said::year_of);
    let marks = documents.iter().flat_map(|document| &document.marks);
    let years = marks.filter_map(|(key, _)| year(key)).fold(None, |known: Option<(i64, i64)>, year| {
        let (first, last) = known.unwrap_or((year, year));
        Some((first.min(year), last.max(year)))
    });
    let sections = book.section_ids().filter(|id| {
        let section = book.section(*id);
        section.index.is_some() || !section.members.is_empty()
    });
    let word = |key: &str| (key.trim_start_matches("search_").to_owned(), json!(shelf.words.get(key)));
    let start = Start {
        format: FORMAT,
        documents: documents.len(),
        bits: numbers.bits,
        records,
        terms: terms.iter().map(String::as_str).collect(),
        spellings: spellings.iter().map(String::as_str).collect(),
        han: has_han,
        sections: sections.map(|id| (book.section(id).name.as_str(), shelf.section_title(id))).collect(),
        countries: codes.into_iter().map(|code| (code, book.config.country(code).unwrap_or(code))).collect(),
        years,
        tags: book.tags.len(),
        words: WORDS.iter().copied().map(word).collect::<serde_json::Map<_, _>>().into(),
    };
    format!("dossier.search.start({});\n", serde_json::to_string(&start).unwrap_or_default())
}

/// The words of the interface that only a search says.
const WORDS: &[&str] =
    &["thousands", "search_results", "search_results_one", "search_none", "search_mended", "search_all"];
