//! Words by their stems, in the order in which an index has them.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::forward_index::Lexicon;
use super::shards;
use super::stem::stem;

/// The stems of words, in order.
pub struct Terms<'a> {
    lexicon: &'a Lexicon,
    pub stems: Vec<Cow<'a, str>>,
    /// The words of all stems by their numbers, those of one stem together and in order.
    pub words: Vec<u32>,
    /// Where the words of each stem end.
    pub ends: Vec<u32>,
    /// In how many documents each stem stands, one that has two of its words counted twice.
    pub counts: Vec<u32>,
    /// The stem of each word of the lexicon; `u32::MAX` for a word that is none of these.
    pub of: Vec<u32>,
}

impl<'a> Terms<'a> {
    /// The stems of the words that are `wanted`, given in how many documents each word of the lexicon stands.
    pub fn new(lexicon: &'a Lexicon, counts: &[u32], wanted: &(dyn Fn(usize) -> bool + Sync)) -> Terms<'a> {
        let found = |word: usize| {
            let stem = stem(&lexicon[word]);
            (shards::order_prefix(&stem), stem, word as u32)
        };
        let mut found: Vec<(u128, Cow<str>, u32)> =
            (0..lexicon.len()).into_par_iter().filter(|word| counts[*word] > 0 && wanted(*word)).map(found).collect();
        found.par_sort_unstable_by(|(prefix, stem, word), (other_prefix, other_stem, other)| {
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
        for (_, stem, word) in found {
            if terms.stems.last() != Some(&stem) {
                terms.stems.push(stem);
                terms.ends.push(0);
                terms.counts.push(0);
            }
            let last = terms.stems.len() - 1;
            terms.words.push(word);
            terms.ends[last] = terms.words.len() as u32;
            terms.counts[last] += counts[word as usize];
            terms.of[word as usize] = last as u32;
        }
        terms
    }

    /// The numbers of the words of a stem.
    pub fn numbers(&self, term: usize) -> &[u32] {
        let start = if term == 0 { 0 } else { self.ends[term - 1] as usize };
        &self.words[start..self.ends[term] as usize]
    }

    /// The words of a stem.
    pub fn words(&self, term: usize) -> impl Iterator<Item = &str> + Clone {
        self.numbers(term).iter().map(|word| &*self.lexicon[*word as usize])
    }

    /// Ranges of stems of about so many postings.
    pub fn rounds(&self, postings: usize) -> Vec<Range<usize>> {
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
