//! The search: an index in script files, which a page opened from disk can load as well as one from a server.
//!
//! `search/start.js` says what there is; `t-….js` are words and names with the documents that have them, `s-….js` words
//! to choose from when one is misspelt, `r-….js` what a reader sees of the documents that were found, `han.js` how
//! traditional characters are simplified. What an edit does not concern keeps its name and its bytes.

mod digest_cache;
mod document;
mod record;

use std::fmt::Write;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use serde_json::json;
use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128};

use super::{Artifact, File, FileList, Output, Rendered, Site};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::FilePath;
use crate::book::{EntryId, SectionId, Taxonomy, Term};
use crate::page::{self, Facts, SiteContent, Subject, Trace, section_key};
use crate::parse::Chunk;
use crate::search::{self, DocIds, DocTerms, Index, RecordBlock, Shard, ShardLines};

pub use digest_cache::{DigestCache, DigestState};

/// The folder of the index.
const FOLDER: &str = "search/";

/// What the scripts of a theme and the index must agree on.
const FORMAT: u32 = 5;

/// How much text the records of one file have at most, in bytes: a page of results loads ten files.
const TEXT: usize = 15 * 1024;

/// What a record says beside its text, in bytes, more or less.
const FRAME: usize = 400;

/// Which files there are is known when all texts are read.
pub const OUTPUT: Output = Output {
    name: "search",
    owns: |_, path| path.starts_with(FOLDER),
    reserved: |_| ["search/start.js", "search/han.js"].map(FilePath::new).to_vec(),
    needs_address: false,
    files: |site| Arc::new(Search::of(site.content(), site.memory(), true).files()),
};

/// What can be found in a book.
pub struct Search {
    documents: Vec<Document>,
    numbers: DocIds,
    index: Index,
    /// The documents whose records stand in one file.
    bundles: Vec<RecordBlock>,
    /// What a browser loads first.
    start: String,
    /// How the book's Han letters are simplified.
    han: String,
    /// The pieces of entries that are several documents, each read once.
    long: Mutex<FxHashMap<EntryId, Arc<Vec<Chunk>>>>,
    /// The same search with all its files, once one is asked for that was known from an index before.
    whole: OnceLock<Box<Search>>,
}

/// What can be found.
enum Document {
    /// Some pieces of an entry's text.
    Entry(EntryId, Range<usize>),
    Page(Subject),
}

/// A file that a reader's browser searches in.
struct IndexFile {
    search: Arc<Search>,
    part: Part,
}

/// What of a search stands in a file; numbers are places in the search's lists.
#[derive(Clone, Copy)]
enum Part {
    Start,
    Han,
    Terms(usize),
    Spellings(usize),
    Records(usize),
}

impl Artifact for IndexFile {
    fn render(&self, site: &Site, _: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        Ok(Rendered::Bytes(self.search.render(site, self.part)))
    }

    fn fingerprint(&self, site: &Site, _: &Trace) -> Option<Fingerprint> {
        Some(self.search.fingerprint(site.content(), site.facts(), self.part))
    }
}

impl Search {
    /// The search of a book, given what is known of its entries. It `renews` the index that was kept, if there is one.
    pub fn of(content: &SiteContent, memory: &DigestCache, renews: bool) -> Search {
        let mut known = memory.lock();
        let mut entries = known.digests(content);
        // Nobody looks for what is not found.
        content.book.not_found().into_iter().for_each(|id| entries[id.0 as usize] = Arc::default());
        let (others, said): (Vec<Subject>, Vec<_>) = document::others(content).into_iter().unzip();
        let mut reader = search::TermCounter::default();
        said.iter().for_each(|said| reader.read(said));
        let words = reader.enter(&mut known.lexicon);
        let others_said = reader.digests(&words);
        // The documents: those of entries, then the other pages.
        let mut ends: Vec<u32> = Vec::with_capacity(entries.len());
        let mut documents = Vec::with_capacity(entries.len() + others.len());
        let mut asked = Vec::with_capacity(documents.capacity());
        for (id, parts) in content.book.ids().zip(&entries) {
            let entry = content.book.entry(id);
            let ends_at = parts.iter().skip(1).map(|part| part.first as usize).chain([usize::MAX]);
            for (part, end) in parts.iter().zip(ends_at) {
                documents.push(Document::Entry(id, part.first as usize..end));
                asked.push(xxh3_64_with_seed(entry.address.as_bytes(), u64::from(part.first)));
            }
            ends.push(documents.len() as u32);
        }
        for subject in others {
            let url = content.url(&subject).map_or("", |url| url.as_str());
            asked.push(xxh3_64_with_seed(url.as_bytes(), u64::MAX));
            documents.push(Document::Page(subject));
        }
        let digests: Vec<&DocTerms> =
            entries.iter().flat_map(|parts| parts.iter()).chain(others_said.iter().flatten()).collect();
        let numbers = DocIds::new(&asked);
        let places = |id: EntryId| {
            let id = id.0 as usize;
            (if id == 0 { 0 } else { ends[id - 1] })..ends[id]
        };
        let properties = document::properties(content, &places);
        let asked = asked_for(content, &documents, &places, &numbers);
        let index = known.index(&digests, &numbers, properties, renews);
        let size = |place: u32| digests[place as usize].size as usize + FRAME;
        let (bundles, halving) = numbers.bundles(TEXT, &size);
        let parts = content.book.ids().map(&places).filter(|places| places.len() > 1);
        let parts: Vec<Vec<u32>> =
            parts.map(|places| places.map(|place| numbers.of[place as usize]).collect()).collect();
        let linked = document::most_linked(content)
            .into_iter()
            .flat_map(|(id, level)| places(id).map(move |place| (place, level)));
        let mut linked: Vec<(u32, usize)> = linked.map(|(place, level)| (numbers.of[place as usize], level)).collect();
        linked.sort_unstable();
        let linked = search::list(linked.into_iter(), numbers.bits);
        let han = han(&index.letters);
        let start = start(content, &numbers, &index, !han.is_empty(), asked, [halving, linked], &parts);
        Search { documents, numbers, index, bundles, start, han, long: Mutex::default(), whole: OnceLock::new() }
    }

    /// The lines of a file, which an earlier run may have written and somebody taken away.
    fn lines_of<'a>(&'a self, site: &Site, shards: fn(&Index) -> &[Shard], place: usize) -> &'a str {
        let shard = &shards(&self.index)[place];
        if let ShardLines::Made(lines) = &shard.lines {
            return lines;
        }
        let make = || Box::new(in_own_pool(|| Search::of(site.content(), site.memory(), false)));
        let shards = shards(&self.whole.get_or_init(make).index);
        match shards.iter().find(|other| other.first == shard.first).map(|other| &other.lines) {
            Some(ShardLines::Made(lines)) => lines,
            _ => unreachable!("an index that is made whole has the files of one that was renewed"),
        }
    }

    /// The pieces of an entry's text, of which a document has these.
    fn pieces(&self, content: &SiteContent, id: EntryId, some: &Range<usize>) -> Arc<Vec<Chunk>> {
        if *some == (0..usize::MAX) {
            return Arc::new(document::pieces(content, id));
        }
        let mut long = self.long.lock().unwrap_or_else(PoisonError::into_inner);
        long.entry(id).or_insert_with(|| Arc::new(document::pieces(content, id))).clone()
    }

    /// Its files.
    pub fn files(self) -> FileList {
        let search = Arc::new(self);
        let mut files = Vec::new();
        let mut add = |name: String, part| {
            let path = FilePath::new(format!("{FOLDER}{name}.js"));
            files.push(File::new(path, IndexFile { search: search.clone(), part }));
        };
        add("start".to_owned(), Part::Start);
        if !search.han.is_empty() {
            add("han".to_owned(), Part::Han);
        }
        let named = |kind: char, shard: &Shard| format!("{kind}-{:08x}", shard.name());
        for (place, shard) in search.index.terms.iter().enumerate() {
            add(named('t', shard), Part::Terms(place));
        }
        for (place, shard) in search.index.spellings.iter().enumerate() {
            add(named('s', shard), Part::Spellings(place));
        }
        for (place, bundle) in search.bundles.iter().enumerate() {
            add(format!("r-{:x}", bundle.first), Part::Records(place));
        }
        files.into_iter().collect()
    }

    /// The bytes of a file.
    fn render(&self, site: &Site, part: Part) -> Vec<u8> {
        match part {
            Part::Start => self.start.clone().into_bytes(),
            Part::Han => format!("dossier.search.han(\"{}\");\n", self.han).into_bytes(),
            Part::Terms(place) => {
                let lines = self.lines_of(site, |index| &index.terms, place);
                self.script("terms", self.index.terms[place].name(), lines)
            }
            Part::Spellings(place) => {
                let lines = self.lines_of(site, |index| &index.spellings, place);
                self.script("spellings", self.index.spellings[place].name(), lines)
            }
            Part::Records(place) => self.records(site.content(), &self.bundles[place]),
        }
    }

    /// What readers see of the documents of a bundle.
    fn records(&self, content: &SiteContent, bundle: &RecordBlock) -> Vec<u8> {
        let places = &self.numbers.order[bundle.range.clone()];
        let read = |place: &u32| match &self.documents[*place as usize] {
            Document::Entry(id, pieces) => self.pieces(content, *id, pieces),
            Document::Page(_) => Arc::default(),
        };
        let read: Vec<Arc<Vec<Chunk>>> = places.iter().map(read).collect();
        let mut records = Vec::with_capacity(places.len());
        for (place, all) in places.iter().zip(&read) {
            let number = self.numbers.of[*place as usize];
            records.push(match &self.documents[*place as usize] {
                Document::Entry(id, pieces) => {
                    let end = pieces.end.min(all.len());
                    record::entry(content, *id, number, &all[pieces.start.min(end)..end])
                }
                Document::Page(subject) => record::other(content, subject, number),
            });
        }
        record::script(bundle.first, self.numbers.bits, &records)
    }

    /// Lines as a script.
    fn script(&self, call: &str, name: u32, lines: &str) -> Vec<u8> {
        let mut script = String::with_capacity(lines.len() + 64);
        let _ = write!(script, "dossier.search.{call}(\"{name:08x}\",{},`", self.numbers.bits);
        let mut written = 0;
        for at in memchr::memchr3_iter(b'`', b'\\', b'$', lines.as_bytes()) {
            script.push_str(&lines[written..at]);
            script.push('\\');
            written = at;
        }
        script.push_str(&lines[written..]);
        script.push_str("`);\n");
        script.into_bytes()
    }

    /// The fingerprint of a file: while it is the same, its bytes are.
    fn fingerprint(&self, content: &SiteContent, facts: &Facts, part: Part) -> Fingerprint {
        let text = |text: &str| Fingerprint::from_bytes(xxh3_128(text.as_bytes()).to_le_bytes());
        let lines = |shard: &Shard| {
            let mut hasher = FingerprintHasher::default();
            hasher.number(u64::from(self.numbers.bits));
            hasher.fingerprint(shard.fingerprint());
            hasher.finish()
        };
        match part {
            Part::Start => text(&self.start),
            Part::Han => text(&self.han),
            Part::Terms(place) => lines(&self.index.terms[place]),
            Part::Spellings(place) => lines(&self.index.spellings[place]),
            Part::Records(place) => {
                let bundle = &self.bundles[place];
                let mut hasher = FingerprintHasher::default();
                hasher.number(u64::from(bundle.first));
                hasher.number(u64::from(self.numbers.bits));
                for place in &self.numbers.order[bundle.range.clone()] {
                    hasher.number(u64::from(self.numbers.of[*place as usize]));
                    match &self.documents[*place as usize] {
                        Document::Entry(id, pieces) => {
                            hasher.number(pieces.start as u64);
                            hasher.number(pieces.end as u64);
                            hasher.fingerprint(page::facts::record(content, facts, *id));
                        }
                        // It says little, which is soon said again.
                        Document::Page(subject) => {
                            let record = record::other(content, subject, 0);
                            hasher.text(serde_json::to_vec(&record).unwrap_or_default());
                        }
                    }
                }
                hasher.finish()
            }
        }
    }
}

/// Does something on a thread that does nothing else meanwhile: one of the common pool might take up a file that waits
/// for what it is about to make.
fn in_own_pool<T: Send>(make: impl FnOnce() -> T + Send) -> T {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return make() };
    let made = std::thread::scope(|scope| scope.spawn(|| pool.install(make)).join());
    made.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The traditional characters that stand for one of the book's letters, each followed by it.
fn han(letters: &[char]) -> String {
    let pairs = search::traditional().into_iter().filter(|(_, simplified)| letters.binary_search(simplified).is_ok());
    pairs.flat_map(|(traditional, simplified)| [traditional, simplified]).collect()
}

/// What words of a query can mean beside themselves: of each section its key, its words and the number of its own page;
/// of each country its code and its names.
fn asked_for(
    content: &SiteContent,
    documents: &[Document],
    places: &dyn Fn(EntryId) -> Range<u32>,
    numbers: &DocIds,
) -> [serde_json::Value; 2] {
    let book = &content.book;
    let page = |wanted: Subject| {
        let is_it = |document: &Document| matches!(document, Document::Page(subject) if *subject == wanted);
        documents.iter().position(is_it)
    };
    let section = |id: SectionId| {
        let section = book.section(id);
        let own = section.index.map(|index| places(index).start as usize);
        let number = own.or_else(|| page(Subject::Section(id, None))).map(|place| numbers.of[place]);
        json!([section_key(section), format!("{} {}", section.title, section.singular), number])
    };
    let sections = book.section_ids().filter(|id| book.section(*id).declared.is_some()).map(section);
    let country = |(_, term): (_, &Term)| {
        let names: Vec<&str> = [&*term.title, &*term.key].into_iter().chain(term.names.iter().copied()).collect();
        json!([page::term_key(term), names])
    };
    [sections.collect(), book.terms.of_taxonomy(Taxonomy::Countries).map(country).collect()]
}

/// What a browser must know before it can look for anything.
fn start(
    content: &SiteContent,
    numbers: &DocIds,
    index: &Index,
    has_han: bool,
    [sections, countries]: [serde_json::Value; 2],
    [halving, linked]: [String; 2],
    parts: &[Vec<u32>],
) -> String {
    let firsts = |shards: &[Shard]| shards.iter().map(|shard| json!(shard.first)).collect::<Vec<_>>();
    let word = |key: &&str| (key.trim_start_matches("search_").to_owned(), json!(content.locale.words.get(key)));
    let start = json!({
        "format": FORMAT,
        "documents": numbers.of.len(),
        "bits": numbers.bits,
        "halving": halving,
        "linked": linked,
        "parts": parts,
        "terms": firsts(&index.terms),
        "spellings": firsts(&index.spellings),
        "han": has_han,
        "sections": sections,
        "countries": countries,
        "words": WORDS.iter().map(word).collect::<serde_json::Map<_, _>>(),
    });
    format!("dossier.search.start({start});\n")
}

/// The words of the interface that only a search says.
const WORDS: &[&str] = &[
    "thousands",
    "search_common",
    "search_results",
    "search_results_one",
    "search_none",
    "search_mended",
    "search_all",
];
