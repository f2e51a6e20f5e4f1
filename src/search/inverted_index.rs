//! The index of a book: for each word, name and property the documents that have it.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::endings::Endings;
use super::forward_index::{DocTerms, Lexicon, NAME, Weight};
use super::postings::{Bits, PostingLevels, letter, list};
use super::shards::{self, Shard, ShardWriter};
use super::stem::stem;
use crate::base::cjk::is_cjk;

/// How many postings are in memory at a time, more or less.
const POSTINGS: usize = 8 << 20;

/// How many bytes a posting takes in a list, more or less.
const POSTING: usize = 2;

/// The levels of a word in the name of a document, by how much of the name it is; below them are those of a text.
const NAMED: usize = 4;

/// From which weight on a word has each of the levels of a text, in sixteenths of a word that is said once in a text of
/// common length.
const SAID: [u32; NAMED] = [10, 22, 44, 88];

/// The numbers of documents: each has one out of `1 << bits`, which depends on what it asks for and hardly on what other
/// documents there are.
pub struct DocIds {
    pub bits: u32,
    /// By the places of documents.
    pub of: Vec<u32>,
    /// The places of documents by number.
    pub order: Vec<u32>,
}

impl DocIds {
    /// Gives each document the number that it asks for by its highest bits, or the next one that is free.
    pub fn new(asked: &[u64]) -> DocIds {
        let count = asked.len().max(1) as u64;
        // Four to eight numbers for each document: few ask for a number that is taken, or take one when they come.
        let bits = count.next_power_of_two().trailing_zeros() + 2;
        let mut order: Vec<u32> = (0..asked.len() as u32).collect();
        order.par_sort_unstable_by_key(|place| asked[*place as usize]);
        let mut of = vec![0; asked.len()];
        let mut free = 0;
        for place in &order {
            let wanted = (asked[*place as usize] >> (64 - bits)) as u32;
            of[*place as usize] = wanted.max(free);
            free = wanted.max(free) + 1;
        }
        DocIds { bits, of, order }
    }
}

/// Documents that are shown together, for they have not much text: a half of a half of all numbers, and so on.
pub struct RecordBlock {
    /// The lowest number that it may have.
    pub first: u32,
    /// Its documents, by a range of their order.
    pub range: Range<usize>,
}

impl DocIds {
    /// Puts documents into bundles of at most so many bytes, or of one document, given the size of each by its place. Beside
    /// them, how numbers were halved until each half is a bundle: a bit for each half, from the lower numbers to the
    /// higher, whether it was halved again. So a document that comes or goes concerns its own bundle.
    pub fn bundles(&self, most: usize, size: &dyn Fn(u32) -> usize) -> (Vec<RecordBlock>, String) {
        let mut halving = String::new();
        let mut bits = Bits::new(&mut halving);
        let mut bundles = Vec::new();
        // The halves that are still to be looked at: the first number, how many bits tell its numbers apart, and its
        // documents.
        let mut halves = vec![(0, self.bits, 0..self.order.len())];
        while let Some((first, width, range)) = halves.pop() {
            let documents = &self.order[range.clone()];
            let whole: usize = documents.iter().map(|place| size(*place)).sum();
            let is_halved = documents.len() > 1 && whole > most && width > 0;
            bits.push(u32::from(is_halved), 1);
            if is_halved {
                let middle = first + (1 << (width - 1));
                let at = range.start + documents.partition_point(|place| self.of[*place as usize] < middle);
                halves.push((middle, width - 1, at..range.end));
                halves.push((first, width - 1, range.start..at));
            } else if !range.is_empty() {
                bundles.push(RecordBlock { first, range });
            }
        }
        bits.finish();
        (bundles, halving)
    }
}

/// What documents can be sorted out by, beside their words: a key that begins with [`PROPERTY`](super::PROPERTY), and the places of the
/// documents that have it, each with its level.
pub type Facet = (String, Vec<(u32, usize)>);

/// Words, names and properties with their documents, and words to choose from when one is misspelt; both in files.
pub struct Index {
    pub terms: Vec<Shard>,
    pub spellings: Vec<Shard>,
    /// The letters of its words that are of scripts without spaces, in order.
    pub letters: Vec<char>,
}

impl Index {
    /// The index of documents by their places: of what they say, and of their properties, in any order.
    pub fn new(digests: &[&DocTerms], numbers: &DocIds, lexicon: &Lexicon, properties: Vec<Facet>) -> Index {
        let inverse = Inverter::new(digests, numbers);
        let counts = inverse.counts(lexicon.len());
        let terms = Terms::new(lexicon, &counts);
        let endings = inverse.endings(&terms);
        let mut writer = ShardWriter::default();
        write_properties(&mut writer, properties, numbers);
        let (spellings, ()) = rayon::join(
            || spellings(lexicon, &terms),
            || {
                for round in terms.rounds(POSTINGS) {
                    for Lines { range, text, ends } in inverse.lines(&terms, &endings, &counts, round) {
                        let starts = std::iter::once(0).chain(ends.iter().copied());
                        for (term, (start, end)) in range.zip(starts.zip(ends.iter().copied())) {
                            writer.add(&terms.stems[term], &text[start..end]);
                        }
                    }
                }
            },
        );
        Index { terms: writer.finish(), spellings, letters: letters(&terms) }
    }
}

/// The stems of all words that are used, in order.
struct Terms<'a> {
    lexicon: &'a Lexicon,
    stems: Vec<Cow<'a, str>>,
    /// The words of all stems by their numbers, those of one stem together and in order.
    words: Vec<u32>,
    /// Where the words of each stem end.
    ends: Vec<u32>,
    /// In how many documents each stem stands, one that has two of its words counted twice.
    counts: Vec<u32>,
    /// The stem of each word of the lexicon.
    of: Vec<u32>,
}

impl<'a> Terms<'a> {
    fn new(lexicon: &'a Lexicon, counts: &[Vec<u32>]) -> Terms<'a> {
        let count = |word: usize| counts.iter().map(|counts| counts[word]).sum::<u32>();
        let found = |(word, count): (usize, u32)| {
            let stem = stem(&lexicon[word]);
            (shards::order_prefix(&stem), stem, word as u32, count)
        };
        let mut found: Vec<(u128, Cow<str>, u32, u32)> = (0..lexicon.len())
            .into_par_iter()
            .map(|word| (word, count(word)))
            .filter(|(_, count)| *count > 0)
            .map(found)
            .collect();
        found.par_sort_unstable_by(|(prefix, stem, word, _), (other_prefix, other_stem, other, _)| {
            let by_stem = || shards::order(stem, other_stem);
            let by_word = || lexicon[*word as usize].cmp(&lexicon[*other as usize]);
            prefix.cmp(other_prefix).then_with(by_stem).then_with(by_word)
        });
        let mut terms = Terms {
            lexicon,
            stems: Vec::with_capacity(found.len()),
            words: Vec::with_capacity(found.len()),
            ends: Vec::with_capacity(found.len()),
            counts: Vec::with_capacity(found.len()),
            of: vec![u32::MAX; lexicon.len()],
        };
        for (_, stem, word, count) in found {
            if terms.stems.last() != Some(&stem) {
                terms.stems.push(stem);
                terms.ends.push(0);
                terms.counts.push(0);
            }
            let last = terms.stems.len() - 1;
            terms.words.push(word);
            terms.ends[last] = terms.words.len() as u32;
            terms.counts[last] += count;
            terms.of[word as usize] = last as u32;
        }
        terms
    }

    /// The words of a stem.
    fn words(&self, term: usize) -> impl Iterator<Item = &str> + Clone {
        let start = if term == 0 { 0 } else { self.ends[term - 1] as usize };
        self.words[start..self.ends[term] as usize].iter().map(|word| &*self.lexicon[*word as usize])
    }

    /// Ranges of stems of about so many postings.
    fn rounds(&self, postings: usize) -> Vec<Range<usize>> {
        let mut rounds = Vec::new();
        let (mut start, mut sum) = (0, 0);
        for (place, count) in self.counts.iter().enumerate() {
            sum += *count as usize;
            if sum >= postings || place + 1 == self.counts.len() {
                rounds.push(start..place + 1);
                (start, sum) = (place + 1, 0);
            }
        }
        rounds
    }
}

/// Documents, about to be turned from what each says to who says each thing.
struct Inverter<'a> {
    digests: &'a [&'a DocTerms],
    bits: u32,
    /// The documents in the order of their numbers: the number of each, and how much longer it is than others: 16 for
    /// common length.
    documents: Vec<(u32, u32)>,
    /// The documents in the order of their numbers, in as many parts as there are threads.
    parts: Vec<&'a [u32]>,
}

/// What is said of the stems of a range: one text, and where that of each ends.
struct Lines {
    range: Range<usize>,
    text: String,
    ends: Vec<usize>,
}

/// Who says each stem of a range, of a part of all documents: the place of a document in the order of numbers, and in its
/// lowest byte the weight.
struct Postings {
    all: Vec<u32>,
    ends: Vec<usize>,
}

impl Postings {
    fn of(&self, term: usize) -> &[u32] {
        let start = if term == 0 { 0 } else { self.ends[term - 1] };
        &self.all[start..self.ends[term]]
    }
}

impl<'a> Inverter<'a> {
    fn new(digests: &'a [&'a DocTerms], numbers: &'a DocIds) -> Inverter<'a> {
        let total: u64 = digests.iter().map(|digest| u64::from(digest.length)).sum();
        // A power of two, so that an edit here does not weigh words elsewhere anew.
        let common = (total / digests.len().max(1) as u64).max(1).next_power_of_two();
        let length = |place: u32| (8 + 8 * u64::from(digests[place as usize].length) / common) as u32;
        let documents = numbers.order.iter().map(|place| (numbers.of[*place as usize], length(*place))).collect();
        let part = numbers.order.len().div_ceil(rayon::current_num_threads()).max(1);
        Inverter { digests, bits: numbers.bits, documents, parts: numbers.order.chunks(part).collect() }
    }

    /// In how many documents of each part each word of the lexicon stands.
    fn counts(&self, words: usize) -> Vec<Vec<u32>> {
        let count = |part: &&[u32]| {
            let mut counts = vec![0; words];
            for place in *part {
                self.digests[*place as usize].words().for_each(|(word, _)| counts[word as usize] += 1);
            }
            counts
        };
        self.parts.par_iter().map(count).collect()
    }

    /// The lines of a range of stems, in several pieces.
    fn lines(&self, terms: &Terms, endings: &Endings, counts: &[Vec<u32>], range: Range<usize>) -> Vec<Lines> {
        let postings: Vec<Postings> = (0..self.parts.len())
            .into_par_iter()
            .map(|part| self.postings(terms, &counts[part], part, range.clone()))
            .collect();
        let piece = range.len().div_ceil(4 * rayon::current_num_threads()).max(1);
        let pieces: Vec<usize> = range.clone().step_by(piece).collect();
        let lines = |start: &usize| {
            let piece = *start..(*start + piece).min(range.end);
            let count: usize = terms.counts[piece.clone()].iter().map(|count| *count as usize).sum();
            let text = String::with_capacity(count * POSTING);
            let mut lines = Lines { range: piece.clone(), text, ends: Vec::with_capacity(piece.len()) };
            let mut groups = PostingLevels::default();
            for term in piece {
                let parts = postings
                    .iter()
                    .flat_map(|postings| postings.of(term - range.start).chunk_by(|a, b| a >> 8 == b >> 8));
                for same in parts {
                    self.group(&mut groups, same);
                }
                lines.text.push('\t');
                write_words(&mut lines.text, &terms.stems[term], terms.words(term));
                lines.text.push('\t');
                let longer = endings.documents(term, &groups);
                groups.write(&mut lines.text, self.bits);
                if !longer.is_empty() {
                    lines.text.push('\t');
                    lines.text.push_str(&list(longer.into_iter().map(|number| (number, 0)), self.bits));
                }
                lines.ends.push(lines.text.len());
            }
            lines
        };
        pieces.par_iter().with_max_len(1).map(lines).collect()
    }

    /// The documents that have a stem as the ending of a longer word.
    fn endings(&self, terms: &Terms) -> Endings {
        let words = Endings::words(terms.lexicon, &terms.of);
        let before = self.parts.iter().scan(0, |before, part| Some(std::mem::replace(before, *before + part.len())));
        let before: Vec<usize> = before.collect();
        let found = |part: usize| {
            let mut found = Vec::new();
            for (nth, place) in self.parts[part].iter().enumerate() {
                let number = self.documents[before[part] + nth].0;
                for (word, _) in self.digests[*place as usize].words() {
                    found.extend(words.of(word).iter().map(|term| (*term, number)));
                }
            }
            found
        };
        let found: Vec<_> = (0..self.parts.len()).into_par_iter().map(found).collect();
        Endings::of(terms.stems.len(), &found)
    }

    fn postings(&self, terms: &Terms, counts: &[u32], part: usize, range: Range<usize>) -> Postings {
        let mut ends = Vec::with_capacity(range.len());
        let mut total = 0;
        for term in range.clone() {
            ends.push(total);
            let first = if term == 0 { 0 } else { terms.ends[term - 1] as usize };
            let words = &terms.words[first..terms.ends[term] as usize];
            total += words.iter().map(|word| counts[*word as usize] as usize).sum::<usize>();
        }
        let mut all = vec![0; total];
        let before: usize = self.parts[..part].iter().map(|part| part.len()).sum();
        for (nth, place) in self.parts[part].iter().enumerate() {
            let document = ((before + nth) as u32) << 8;
            for (word, weight) in self.digests[*place as usize].words() {
                let term = (terms.of[word as usize] as usize).wrapping_sub(range.start);
                if let Some(end) = ends.get_mut(term) {
                    all[*end] = document | u32::from(weight.byte());
                    *end += 1;
                }
            }
        }
        Postings { all, ends }
    }

    /// Adds a document to the groups of a stem, given what it says of each of the stem's words.
    fn group(&self, groups: &mut PostingLevels, same: &[u32]) {
        let (number, length) = self.documents[(same[0] >> 8) as usize];
        let weights = same.iter().map(|posting| Weight::of(*posting as u8));
        let (said, named) =
            weights.fold((0, 0), |(said, named), weight| (said + u32::from(weight.said), named.max(weight.named)));
        groups.add(number, level(said, named, length));
    }
}

/// How much a word says of a document.
fn level(said: u32, named: u8, length: u32) -> usize {
    match named {
        0 => SAID.iter().filter(|least| said * 256 >= **least * length).count(),
        named => NAMED + usize::from(named),
    }
}

/// The words of a stem: of each how many letters of the stem it begins with, and the rest of it; none where the stem is
/// the only one.
fn write_words<'a>(out: &mut String, stem: &str, words: impl Iterator<Item = &'a str> + Clone) {
    if words.clone().eq([stem]) {
        return;
    }
    for (nth, word) in words.enumerate() {
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

/// Writes the lines of properties, which stand before those of words.
fn write_properties(writer: &mut ShardWriter, mut properties: Vec<Facet>, numbers: &DocIds) {
    properties.sort_unstable_by(|a, b| shards::order(&a.0, &b.0));
    for (key, places) in properties {
        let mut documents: Vec<(u32, usize)> =
            places.into_iter().map(|(place, level)| (numbers.of[place as usize], level)).collect();
        documents.sort_unstable();
        documents.dedup_by_key(|(number, _)| *number);
        writer.add(&key, &format!("\t\t{}", list(documents.into_iter(), numbers.bits)));
    }
}

fn letters(terms: &Terms) -> Vec<char> {
    let words = terms.stems.iter().filter(|word| !word.is_ascii());
    let mut letters: Vec<char> = words.flat_map(|word| word.chars()).filter(|c| is_cjk(*c)).collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

/// The words that a misspelt one may mean, each with how common it is.
fn spellings(lexicon: &Lexicon, terms: &Terms) -> Vec<Shard> {
    let is_offered = |word: &str| {
        word.len() > 2 && !word.starts_with(NAME) && word.chars().any(char::is_alphabetic) && !word.chars().any(is_cjk)
    };
    let mut words: Vec<u32> = terms.words.iter().copied().filter(|word| is_offered(&lexicon[*word as usize])).collect();
    words.sort_unstable_by(|a, b| shards::order(&lexicon[*a as usize], &lexicon[*b as usize]));
    let mut writer = ShardWriter::default();
    for word in words {
        let documents = terms.counts[terms.of[word as usize] as usize];
        let mut text = String::from("\t");
        text.push(letter(4 * documents.ilog2().min(15)));
        writer.add(&lexicon[word as usize], &text);
    }
    writer.finish()
}
