//! The index of a book: for each word, name and property the documents that have it.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::digest::{Digest, Lexicon, Weight};
use super::list::{Groups, letter};
use super::shards::{self, Line, Shard};
use super::stem::stem;
use crate::base::script::is_cjk;

/// How many postings are in memory at a time in one thread, more or less.
const POSTINGS: usize = 4 << 20;

/// The levels of a word in the name of a document, by how much of the name it is; below them are those of a text.
const NAMED: usize = 4;

/// From which weight on a word has each of the levels of a text, in sixteenths of a word that is said once in a text of
/// common length.
const SAID: [u32; NAMED] = [10, 22, 44, 88];

/// A document of the index, beside what it says.
pub struct Document {
    /// Tells it from all others, in any build.
    pub key: String,
    /// By what it can be called or sorted out, each with its level.
    pub marks: Vec<(String, usize)>,
}

/// The numbers of documents: each has one out of `1 << bits`, which depends on its key and hardly on what other
/// documents there are.
pub struct Numbers {
    pub bits: u32,
    /// By the places of documents.
    pub of: Vec<u32>,
    /// The places of documents by number.
    pub order: Vec<u32>,
}

impl Numbers {
    /// Gives each document the number that its key asks for, or the next one that is free.
    pub fn new(documents: &[Document]) -> Numbers {
        let count = documents.len().max(1) as u64;
        // Two to four numbers for each document: few ask for a number that is taken.
        let bits = count.next_power_of_two().trailing_zeros() + 1;
        let asks: Vec<u64> = documents.par_iter().map(|document| xxh3_64(document.key.as_bytes())).collect();
        let mut order: Vec<u32> = (0..documents.len() as u32).collect();
        order.par_sort_unstable_by_key(|place| asks[*place as usize]);
        let mut of = vec![0; documents.len()];
        let mut free = 0;
        for place in &order {
            let asked = (asks[*place as usize] >> (64 - bits)) as u32;
            of[*place as usize] = asked.max(free);
            free = asked.max(free) + 1;
        }
        Numbers { bits, of, order }
    }
}

/// Words and names with their documents, and words to choose from when one is misspelt; both in files.
pub struct Index {
    pub terms: Vec<Shard>,
    pub spellings: Vec<Shard>,
    /// The letters of its words that are of scripts without spaces, in order.
    pub letters: Vec<char>,
}

impl Index {
    /// The index of documents and what they say, by their places.
    pub fn new(documents: &[Document], digests: &[&Digest], numbers: &Numbers, lexicon: &Lexicon) -> Index {
        let counts = counts(digests, lexicon.len());
        let terms = Terms::new(lexicon, &counts);
        let lengths = lengths(digests);
        let inverse = Inverse { digests, numbers, terms: &terms, lengths: &lengths };
        let total: usize = terms.counts.iter().map(|count| *count as usize).sum();
        let parts = rayon::current_num_threads().max(total.div_ceil(POSTINGS));
        let ranges = terms.ranges(total.div_ceil(parts));
        let (mut lines, spellings) = rayon::join(
            || ranges.into_par_iter().map(|range| inverse.lines(range)).flatten_iter().collect::<Vec<Line>>(),
            || shards::cut(&spellings(lexicon, &counts, &terms)),
        );
        lines.extend(marks(documents, numbers));
        lines.par_sort_unstable_by(|a, b| shards::order(&a.key, &b.key));
        Index { terms: shards::cut(&lines), spellings, letters: letters(&terms) }
    }
}

fn letters(terms: &Terms) -> Vec<char> {
    let words = terms.stems.iter().filter(|word| !word.is_ascii());
    let mut letters: Vec<char> = words.flat_map(|word| word.chars()).filter(|c| is_cjk(*c)).collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

/// In how many documents each word of the lexicon stands.
fn counts(digests: &[&Digest], words: usize) -> Vec<u32> {
    let add = |mut counts: Vec<u32>, digest: &&Digest| {
        digest.words().for_each(|(word, _)| counts[word as usize] += 1);
        counts
    };
    let sum = |mut a: Vec<u32>, b: Vec<u32>| {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        a
    };
    let chunks = digests.par_chunks(digests.len().div_ceil(rayon::current_num_threads()).max(1));
    chunks.map(|chunk| chunk.iter().fold(vec![0; words], add)).reduce(|| vec![0; words], sum)
}

/// Of each document how much longer it is than others: 16 for common length.
fn lengths(digests: &[&Digest]) -> Vec<u32> {
    let total: u64 = digests.iter().map(|digest| u64::from(digest.length)).sum();
    // A power of two, so that an edit here does not weigh words elsewhere anew.
    let common = (total / digests.len().max(1) as u64).max(1).next_power_of_two();
    digests.iter().map(|digest| (8 + 8 * u64::from(digest.length) / common) as u32).collect()
}

/// The stems of all words that are used, in order.
struct Terms<'a> {
    stems: Vec<Box<str>>,
    /// The words of each stem, in order.
    words: Vec<Vec<&'a str>>,
    /// In how many documents each stands, one that has two of its words counted twice.
    counts: Vec<u32>,
    /// The place of its stem for each word of the lexicon.
    of: Vec<u32>,
}

impl<'a> Terms<'a> {
    fn new(lexicon: &'a Lexicon, counts: &[u32]) -> Terms<'a> {
        let mut words: Vec<(Box<str>, u32)> = (0..lexicon.len())
            .into_par_iter()
            .filter(|word| counts[*word] > 0)
            .map(|word| (stem(&lexicon[word]).into(), word as u32))
            .collect();
        let by_stem = |a: &(Box<str>, u32), b: &(Box<str>, u32)| {
            shards::order(&a.0, &b.0).then_with(|| lexicon[a.1 as usize].cmp(&lexicon[b.1 as usize]))
        };
        words.par_sort_unstable_by(by_stem);
        let mut terms =
            Terms { stems: Vec::new(), words: Vec::new(), counts: Vec::new(), of: vec![u32::MAX; lexicon.len()] };
        for (stem, word) in words {
            if terms.stems.last() != Some(&stem) {
                terms.stems.push(stem);
                terms.words.push(Vec::new());
                terms.counts.push(0);
            }
            let last = terms.stems.len() - 1;
            terms.words[last].push(&lexicon[word as usize]);
            terms.counts[last] += counts[word as usize];
            terms.of[word as usize] = last as u32;
        }
        terms
    }

    /// Ranges of stems of about so many postings.
    fn ranges(&self, postings: usize) -> Vec<std::ops::Range<usize>> {
        let mut ranges = Vec::new();
        let (mut start, mut sum) = (0, 0);
        for (place, count) in self.counts.iter().enumerate() {
            sum += *count as usize;
            if sum >= postings || place + 1 == self.counts.len() {
                ranges.push(start..place + 1);
                (start, sum) = (place + 1, 0);
            }
        }
        ranges
    }
}

struct Inverse<'a> {
    digests: &'a [&'a Digest],
    numbers: &'a Numbers,
    terms: &'a Terms<'a>,
    lengths: &'a [u32],
}

impl Inverse<'_> {
    /// The lines of a range of stems.
    fn lines(&self, range: std::ops::Range<usize>) -> Vec<Line> {
        let counts = &self.terms.counts[range.clone()];
        let mut ends: Vec<usize> = Vec::with_capacity(counts.len());
        let mut total = 0;
        for count in counts {
            ends.push(total);
            total += *count as usize;
        }
        let mut postings = vec![(0, Weight::default()); total];
        for (nth, place) in self.numbers.order.iter().enumerate() {
            for (word, weight) in self.digests[*place as usize].words() {
                let term = (self.terms.of[word as usize] as usize).wrapping_sub(range.start);
                if let Some(end) = ends.get_mut(term) {
                    postings[*end] = (nth as u32, weight);
                    *end += 1;
                }
            }
        }
        let mut groups = Groups::default();
        let mut start = 0;
        let mut lines = Vec::with_capacity(counts.len());
        for (place, end) in range.zip(ends) {
            for same in postings[start..end].chunk_by(|a, b| a.0 == b.0) {
                let place = self.numbers.order[same[0].0 as usize] as usize;
                let said = same.iter().map(|(_, weight)| weight.said).sum();
                let named = same.iter().map(|(_, weight)| weight.named).max().unwrap_or(0);
                groups.add(self.numbers.of[place], level(said, named, self.lengths[place]));
            }
            start = end;
            let key = &self.terms.stems[place];
            let mut text = String::from("\t");
            write_words(&mut text, key, &self.terms.words[place]);
            text.push('\t');
            groups.write(&mut text, self.numbers.bits);
            lines.push(Line { key: key.clone(), text });
        }
        lines
    }
}

/// How much a word says of a document.
fn level(said: u32, named: u32, length: u32) -> usize {
    match named {
        0 => {
            let weight = said * 256 / length;
            SAID.iter().filter(|least| weight >= **least).count()
        }
        named => NAMED + named as usize,
    }
}

/// The words of a stem: of each how many letters of the stem it begins with, and the rest of it; none where the stem is
/// the only one.
fn write_words(out: &mut String, stem: &str, words: &[&str]) {
    if words == [stem] {
        return;
    }
    for (nth, word) in words.iter().enumerate() {
        // Only words of English letters have a stem that is another word.
        let shared = stem.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count().min(63);
        let shared = if word.is_ascii() { shared } else { 0 };
        if nth > 0 {
            out.push(',');
        }
        out.push(letter(shared as u32));
        out.push_str(&word[shared..]);
    }
}

/// The lines of names and properties.
fn marks(documents: &[Document], numbers: &Numbers) -> Vec<Line> {
    let mut known: FxHashMap<&str, Vec<(u32, usize)>> = FxHashMap::default();
    for place in &numbers.order {
        let number = numbers.of[*place as usize];
        for (key, level) in &documents[*place as usize].marks {
            let list = known.entry(key).or_default();
            match list.last_mut() {
                // By two of its names it is found by the better one.
                Some((last, known)) if *last == number => *known = (*known).max(*level),
                _ => list.push((number, *level)),
            }
        }
    }
    let mut groups = Groups::default();
    let line = |(key, list): (&str, Vec<(u32, usize)>)| {
        list.into_iter().for_each(|(number, level)| groups.add(number, level));
        let mut text = String::from("\t\t");
        groups.write(&mut text, numbers.bits);
        Line { key: key.into(), text }
    };
    known.into_iter().map(line).collect()
}

/// The words that a misspelt one may mean, each with how common it is.
fn spellings(lexicon: &Lexicon, counts: &[u32], terms: &Terms) -> Vec<Line> {
    let is_written = |word: &str| word.len() > 2 && !word.chars().any(is_cjk);
    let has_letter = |word: &str| word.chars().any(char::is_alphabetic);
    let words =
        lexicon.iter().enumerate().filter(|(place, word)| counts[*place] > 0 && is_written(word) && has_letter(word));
    let line = |(place, word): (usize, &Box<str>)| {
        let documents = terms.counts[terms.of[place] as usize];
        Line { key: word.clone(), text: format!("\t{}", letter(4 * documents.ilog2().min(15))) }
    };
    let mut lines: Vec<Line> = words.map(line).collect();
    lines.par_sort_unstable_by(|a, b| shards::order(&a.key, &b.key));
    lines
}
