//! What each document says, turned into who says each thing.

use std::ops::Range;

use rayon::prelude::*;

use super::doc_ids::DocIds;
use super::endings::{Endings, WordEndings};
use super::forward_index::{DocTerms, Weight};
use super::postings::{PostingLevels, letter, list};
use super::terms::Terms;

/// How many bytes a posting takes in a list, more or less.
const POSTING: usize = 2;

/// The levels of a word in the name of a document, by how much of the name it is; below them are those of a text.
const NAMED: usize = 4;

/// From which weight on a word has each of the levels of a text, in sixteenths of a word that is said once in a text of
/// common length.
const SAID: [u32; NAMED] = [10, 22, 44, 88];

/// Documents, about to be turned from what each says to who says each thing.
pub struct Inverter<'a> {
    digests: &'a [&'a DocTerms],
    pub bits: u32,
    /// How many words a document of common length has.
    pub common: u64,
    /// The documents in the order of their numbers: the number of each, and how much longer it is than others: 16 for
    /// common length.
    documents: Vec<(u32, u32)>,
    /// The documents in the order of their numbers, in as many parts as there are threads.
    parts: Vec<&'a [u32]>,
}

/// What documents say, word by word of a lexicon.
pub struct WordSurvey {
    /// In how many documents of each part of all documents a word stands.
    pub counts: Vec<Vec<u32>>,
    /// In how many of all documents it stands.
    pub total: Vec<u32>,
    /// The sum of what documents say with it, in whatever order they come.
    pub sums: Vec<u64>,
}

/// What is said of the stems of a range: one text, and where that of each ends.
pub struct Lines {
    range: Range<usize>,
    text: String,
    ends: Vec<usize>,
}

impl Lines {
    /// Each stem with its line.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let lines = starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end]);
        self.range.clone().zip(lines)
    }
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
    pub fn new(digests: &'a [&'a DocTerms], numbers: &'a DocIds) -> Inverter<'a> {
        let total: u64 = digests.iter().map(|digest| u64::from(digest.length)).sum();
        // A power of two, so that an edit here does not weigh words elsewhere anew.
        let common = (total / digests.len().max(1) as u64).max(1).next_power_of_two();
        let length = |place: u32| (8 + 8 * u64::from(digests[place as usize].length) / common) as u32;
        let documents = numbers.order.iter().map(|place| (numbers.of[*place as usize], length(*place))).collect();
        let part = numbers.order.len().div_ceil(rayon::current_num_threads()).max(1);
        Inverter { digests, bits: numbers.bits, common, documents, parts: numbers.order.chunks(part).collect() }
    }

    /// What documents say, word by word of a lexicon of so many.
    pub fn survey(&self, words: usize) -> WordSurvey {
        let survey = |part: usize| {
            let (mut counts, mut sums) = (vec![0; words], vec![0_u64; words]);
            for (place, (number, length)) in self.parts[part].iter().zip(&self.documents[self.before(part)..]) {
                let document = u64::from(*number) << 32 | u64::from(*length);
                self.digests[*place as usize].words().for_each(|(word, weight)| {
                    counts[word as usize] += 1;
                    let sum = &mut sums[word as usize];
                    *sum = sum.wrapping_add(mixed(document, u64::from(weight.byte())));
                });
            }
            (counts, sums)
        };
        let (counts, sums): (Vec<Vec<u32>>, Vec<Vec<u64>>) = (0..self.parts.len()).into_par_iter().map(survey).unzip();
        let total = (0..words).map(|word| counts.iter().map(|counts| counts[word]).sum()).collect();
        let sums = (0..words).map(|word| sums.iter().fold(0, |sum: u64, sums| sum.wrapping_add(sums[word]))).collect();
        WordSurvey { counts, total, sums }
    }

    /// The lines of a range of stems, in several pieces.
    pub fn lines(&self, terms: &Terms, endings: &Endings, counts: &[Vec<u32>], range: Range<usize>) -> Vec<Lines> {
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

    /// The documents that have each of so many stems as the ending of a longer word.
    pub fn endings(&self, stems: usize, words: &WordEndings) -> Endings {
        let found = |part: usize| {
            let mut found = Vec::new();
            for (place, (number, _)) in self.parts[part].iter().zip(&self.documents[self.before(part)..]) {
                let said = self.digests[*place as usize].words();
                said.for_each(|(word, _)| found.extend(words.of(word).iter().map(|term| (*term, *number))));
            }
            found
        };
        let found: Vec<_> = (0..self.parts.len()).into_par_iter().map(found).collect();
        Endings::of(stems, &found)
    }

    /// How many documents stand in the parts before one.
    fn before(&self, part: usize) -> usize {
        self.parts[..part].iter().map(|part| part.len()).sum()
    }

    fn postings(&self, terms: &Terms, counts: &[u32], part: usize, range: Range<usize>) -> Postings {
        let mut ends = Vec::with_capacity(range.len());
        let mut total = 0;
        for term in range.clone() {
            ends.push(total);
            total += terms.numbers(term).iter().map(|word| counts[*word as usize] as usize).sum::<usize>();
        }
        let mut all = vec![0; total];
        let before = self.before(part);
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

/// A number that two others are mixed into, each bit of which depends on all of theirs: what follows the step of SplitMix64
/// (G. L. Steele, D. Lea, C. H. Flood, 2014).
pub fn mixed(a: u64, b: u64) -> u64 {
    let mixed = a ^ b.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}
