//! What a build keeps for the next one, in `.dossier/cache` beside `book.toml`: what sources hold, and which pages were
//! made from what.
//!
//! It can be taken away at any time, and is believed only as far as it fits: what a source holds goes by the content of
//! its file, and a page by the fingerprint of all that it shows. Whatever another program wrote, or is cut short or
//! damaged, is as if it were not there.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::base::fingerprint::Fingerprint;
use crate::base::path::FilePath;
use crate::base::source::Source;
use crate::config::Config;
use crate::disk;
use crate::output::search::{DigestCache, DigestState};
use crate::page::facts::KeptFact;
use crate::parse::{Entry, Parsed, recalled};

/// What the program was made from.
const BUILD: &str = env!("DOSSIER_BUILD");

/// The length of what each file begins with: whom it is for.
const HEAD: usize = 16;

/// How many sources are written by one thread at a time.
const CHUNK: usize = 128;

/// How many times as many are in memory at a time.
const CHUNKS: usize = 8;

/// The length of a record's head: how long what follows is, and its checksum.
const RECORD: usize = 12;

/// The folder of the cache of the book in `root`.
fn folder(root: &Path) -> PathBuf {
    root.join(".dossier/cache")
}

fn stamp(what: &str) -> [u8; HEAD] {
    Fingerprint::of(&format!("{BUILD} {what}")).bytes()
}

/// What sources held when they were read the last time.
///
/// The file is a head and a record for each source; a source that has changed has a new record behind the others.
pub struct ParseCache {
    file: PathBuf,
    head: [u8; HEAD],
    bytes: Vec<u8>,
    /// How long the file is.
    length: usize,
    /// By the fingerprint of its path, that of a source's content and where it stands what it held.
    known: FxHashMap<Fingerprint, (Fingerprint, Range<usize>)>,
    /// Whether a record is cut short or damaged.
    is_damaged: bool,
}

impl ParseCache {
    /// What is kept of the book in `root`, if it was read against this config.
    pub fn read(root: &Path, config: &Config) -> ParseCache {
        let file = folder(root).join("sources");
        let head = stamp(&format!("{:?}", config.fingerprint().bytes()));
        let bytes = disk::bytes(&file).filter(|bytes| bytes.starts_with(&head)).unwrap_or_default();
        let length = bytes.len();
        let mut sources = ParseCache { file, head, bytes, length, known: FxHashMap::default(), is_damaged: false };
        sources.is_damaged = sources.find() != Some(length);
        sources
    }

    /// Finds all records, and where the last of them ends. Nothing is known behind one that is damaged: its length, or
    /// whose it is, may be what is wrong.
    fn find(&mut self) -> Option<usize> {
        let mut at = HEAD;
        while let Some(length) = self.bytes.get(at..at + 4) {
            let length = u32::from_le_bytes(length.try_into().unwrap_or_default()) as usize;
            let record = at + RECORD..at + RECORD + length;
            let (checksum, bytes) = (self.bytes.get(at + 4..at + RECORD)?, self.bytes.get(record.clone())?);
            if xxh3_64(bytes).to_le_bytes() != *checksum {
                return None;
            }
            let marks = bytes.get(..32)?;
            let mark = |at: usize| Fingerprint::from_bytes(marks[at..at + 16].try_into().unwrap_or_default());
            at = record.end;
            self.known.insert(mark(0), (mark(16), record));
        }
        Some(at)
    }

    /// What a source holds, if it is known.
    pub fn parsed(&self, config: &Config, source: &Source) -> Option<Parsed> {
        let (content, record) = self.known.get(&Fingerprint::of(source.path.as_str()))?;
        if *content != content_of(source) {
            return None;
        }
        let (entries, cited, problems, draft_problems, excuses): (Vec<Entry>, _, _, _, _) =
            postcard::from_bytes(&self.bytes[record.start + 32..record.end]).ok()?;
        let entries = entries.into_iter().map(|entry| Arc::new(recalled(config, source, entry)));
        Some(Parsed { entries: entries.collect(), cited, problems, draft_problems, excuses, is_recalled: true })
    }

    /// Forgets what sources held, and keeps in mind which are known.
    pub fn settle(&mut self) {
        self.bytes = Vec::new();
    }

    /// Keeps what the sources hold for the next build. That it cannot be written costs the next build time, and nobody
    /// anything else.
    pub fn write(&self, parsed: &[(Source, Arc<Parsed>)]) {
        let live = |(source, parsed): &(Source, Arc<Parsed>)| match parsed.is_recalled {
            true => self.length(source),
            false => 0,
        };
        // What was written over, or is a source no more, goes when it is more than what is of use.
        let is_stale = self.is_damaged || {
            let live: usize = parsed.par_iter().map(live).sum();
            live * 2 < self.length
        };
        let records_of = |chunk: &[(Source, Arc<Parsed>)]| {
            let mut records = Vec::new();
            for (source, parsed) in chunk {
                if can_be_kept(source, parsed) && (is_stale || !parsed.is_recalled) {
                    add_record(&mut records, source, parsed);
                }
            }
            records
        };
        // Only some of them are in memory at a time.
        let records = parsed
            .chunks(CHUNK * CHUNKS)
            .flat_map(|some| some.par_chunks(CHUNK).map(records_of).collect::<Vec<Vec<u8>>>());
        if is_stale {
            let _ = disk::replace(&self.file, [self.head.to_vec()].into_iter().chain(records));
            ignored(&self.file);
            return;
        }
        let records = records.collect::<Vec<Vec<u8>>>().concat();
        if !records.is_empty() {
            let _ = disk::append(&self.file, records);
        }
    }

    /// How long the record of a source is.
    fn length(&self, source: &Source) -> usize {
        self.known.get(&Fingerprint::of(source.path.as_str())).map_or(0, |(_, record)| record.len() + RECORD)
    }
}

fn content_of(source: &Source) -> Fingerprint {
    Fingerprint::of(&source.text)
}

/// Whether what a source holds goes by its own text: a finding may speak of a place in `book.toml`, too, where that moves
/// without a change of what it says.
fn can_be_kept(source: &Source, parsed: &Parsed) -> bool {
    let mut problems = parsed.problems.iter().chain(&parsed.draft_problems);
    problems.all(|problem| problem.places().all(|place| place.path == source.path))
}

/// Adds what a source holds to other records.
fn add_record(records: &mut Vec<u8>, source: &Source, parsed: &Parsed) {
    let Parsed { entries, cited, problems, draft_problems, excuses, is_recalled: _ } = parsed;
    let entries: Vec<&Entry> = entries.iter().map(|entry| &**entry).collect();
    let Ok(held) = postcard::to_allocvec(&(entries, cited, problems, draft_problems, excuses)) else { return };
    let start = records.len();
    records.extend([0; RECORD]);
    records.extend(Fingerprint::of(source.path.as_str()).bytes());
    records.extend(content_of(source).bytes());
    records.extend(held);
    let body = &records[start + RECORD..];
    let (length, checksum) = (body.len() as u32, xxh3_64(body));
    records[start..start + 4].copy_from_slice(&length.to_le_bytes());
    records[start + 4..start + RECORD].copy_from_slice(&checksum.to_le_bytes());
}

/// The pages that the last build made.
#[derive(Default)]
pub struct PageCache(FxHashMap<Box<str>, MadePage>);

/// What a page was made from, and what came of it.
#[derive(Clone, Serialize, Deserialize)]
pub struct MadePage {
    /// The fingerprint of all that it has read.
    pub print: Fingerprint,
    pub file: disk::ContentId,
    /// What it has read.
    pub facts: Vec<KeptFact>,
}

impl PageCache {
    /// What is kept of the book in `root`.
    pub fn read(root: &Path) -> PageCache {
        PageCache(read_checked(root, "pages").unwrap_or_default())
    }

    /// What came of a page with this fingerprint.
    pub fn known(&self, path: &FilePath, print: Fingerprint) -> Option<&disk::ContentId> {
        let page = self.0.get(path.as_str()).filter(|page| page.print == print)?;
        Some(&page.file)
    }

    /// What a page has read when it was made.
    pub fn facts(&self, path: &FilePath) -> Option<&[KeptFact]> {
        self.0.get(path.as_str()).map(|page| page.facts.as_slice())
    }

    /// A page by its path.
    pub fn get(&self, path: &str) -> Option<(&str, MadePage)> {
        self.0.get_key_value(path).map(|(path, page)| (&**path, page.clone()))
    }

    /// Some of them, by their paths.
    pub fn of<'a>(&'a self, some: &'a dyn Fn(&str) -> bool) -> impl Iterator<Item = (&'a str, MadePage)> {
        self.0.iter().filter(|(path, _)| some(path)).map(|(path, page)| (&**path, page.clone()))
    }

    /// Keeps what came of pages for the next build.
    pub fn write<'a>(root: &Path, pages: impl Iterator<Item = (&'a str, MadePage)>) {
        // Written, a list of pairs is the same as a table.
        let pages: Vec<(&str, MadePage)> = pages.collect();
        write_checked(root, "pages", &pages);
    }
}

/// What the entries of the book in `root` were known to say.
pub fn known(root: &Path) -> Option<DigestState> {
    let mut known: DigestState = read_checked(root, "words")?;
    known.changed = read_checked(root, "changed").unwrap_or_default();
    Some(known)
}

/// Keeps what entries are known to say for the next build, if that is much more than it knew; and what of the index is other
/// than it knows.
pub fn keep(root: &Path, memory: &DigestCache) {
    let mut known = memory.lock();
    if known.is_worth_keeping() {
        write_checked(root, "words", &*known);
    }
    write_checked(root, "changed", &known.changed);
}

/// What a file of the cache holds that is one value, if it is whole and ours.
pub fn read_checked<T: DeserializeOwned>(root: &Path, name: &str) -> Option<T> {
    let bytes = disk::bytes(&folder(root).join(name))?;
    let (checksum, bytes) = bytes.strip_prefix(&stamp(name))?.split_at_checked(8)?;
    let is_whole = xxh3_64(bytes).to_le_bytes() == *checksum;
    if is_whole { postcard::from_bytes(bytes).ok() } else { None }
}

/// Keeps one value in a file of the cache.
pub fn write_checked(root: &Path, name: &str, value: &impl Serialize) {
    let Ok(bytes) = postcard::to_allocvec(value) else { return };
    let file = folder(root).join(name);
    let _ = disk::replace(&file, [&stamp(name)[..], &xxh3_64(&bytes).to_le_bytes(), &bytes]);
    ignored(&file);
}

/// Keeps the folder of a file out of repositories.
fn ignored(file: &Path) {
    let _ = disk::put(&file.with_file_name(".gitignore"), "*\n");
}
