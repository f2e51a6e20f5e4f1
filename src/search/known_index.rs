//! What is kept of an index for the next one, which takes from it the files of which nothing has changed.
//!
//! What a file says depends on what documents say of its words, and on nothing else as long as documents have as many
//! numbers and a common length. So a sum of all that tells whether it is as before; to add it up costs little beside
//! turning what documents say into lists of documents.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::endings::WordEndings;
use super::forward_index::{Lexicon, is_offered};
use super::inverter::{Inverter, WordSurvey, mixed};
use super::shards::{self, KnownShard, ShardLine};
use super::stem::stem;
use super::terms::Terms;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};

/// An index as it was.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KnownIndex {
    bits: u32,
    common: u64,
    /// How many properties it has, and the fingerprint of their lines.
    properties: (usize, Fingerprint),
    /// The words of all stems, in the order of the stems, and how many each stem has.
    words: Vec<u32>,
    sizes: Vec<u32>,
    pub terms: Vec<KnownShard>,
    /// What documents say in each file.
    sums: Vec<u64>,
    /// The words that a misspelt one may mean, in order.
    spelt: Vec<u32>,
    pub spellings: Vec<KnownShard>,
    spelling_sums: Vec<u64>,
}

/// The files of an index that were made anew since: whoever has them has other ones than those that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedShards {
    /// Of which index they are.
    of: Fingerprint,
    pub terms: Vec<bool>,
    pub spellings: Vec<bool>,
}

impl ChangedShards {
    /// Forgets them if they are those of another index.
    pub fn fit(&mut self, known: &KnownIndex) {
        let (terms, spellings) = (known.terms.len(), known.spellings.len());
        if (self.of, self.terms.len(), self.spellings.len()) != (known.fingerprint(), terms, spellings) {
            *self =
                ChangedShards { of: known.fingerprint(), terms: vec![false; terms], spellings: vec![false; spellings] };
        }
    }

    /// Whether they are so many that a new index is sooner made.
    pub fn are_many(&self) -> bool {
        self.terms.iter().filter(|is_stale| **is_stale).count() * 3 > self.terms.len()
    }
}

/// Where the words of documents stand in the files of an index before.
pub struct TermPlaces {
    /// The stem of each word of the lexicon; `u32::MAX` for a word that nobody says.
    pub term_of: Vec<u32>,
    /// The file of each stem, first those of the index before.
    pub file_of_term: Vec<u32>,
    /// In how many documents each stem stands, one that has two of its words counted twice.
    counts: Vec<u32>,
    /// The words that a misspelt one may mean, each with its file.
    pub spellings: Vec<(u32, u32)>,
}

impl TermPlaces {
    /// In how many documents the stem of a word stands.
    pub fn count_of(&self, word: u32) -> u32 {
        self.counts[self.term_of[word as usize] as usize]
    }

    /// What the files of spellings say.
    fn spelling_sums(&self, files: usize) -> Vec<u64> {
        let mut sums = vec![0_u64; files];
        for (word, file) in &self.spellings {
            let said = mixed(u64::from(*word), u64::from(self.count_of(*word).ilog2()));
            sums[*file as usize] = sums[*file as usize].wrapping_add(said);
        }
        sums
    }
}

impl KnownIndex {
    /// What is kept of an index, given its files of words and those of spellings.
    pub fn new(
        inverter: &Inverter,
        survey: &WordSurvey,
        terms: &Terms,
        endings: &WordEndings,
        properties: &[ShardLine],
        spelt: Vec<u32>,
        (files, spellings): (Vec<KnownShard>, Vec<KnownShard>),
    ) -> KnownIndex {
        let file_of_term = files_of(&files, properties.len(), terms.stems.len());
        let places = TermPlaces {
            spellings: spelt.iter().copied().zip(files_of(&spellings, 0, spelt.len())).collect(),
            term_of: terms.of.clone(),
            file_of_term,
            counts: terms.counts.clone(),
        };
        KnownIndex {
            bits: inverter.bits,
            common: inverter.common,
            properties: (properties.len(), fingerprint_of(properties)),
            words: terms.words.clone(),
            sizes: (0..terms.stems.len()).map(|term| terms.numbers(term).len() as u32).collect(),
            sums: sums(survey, files.len(), &places, endings),
            terms: files,
            spelt,
            spelling_sums: places.spelling_sums(spellings.len()),
            spellings,
        }
    }

    /// Where the words of documents stand in its files, given in how many documents each word of the lexicon stands; none
    /// if its files are of no use for them.
    pub fn places(&self, inverter: &Inverter, lexicon: &Lexicon, total: &[u32]) -> Option<TermPlaces> {
        let fits = self.bits == inverter.bits && self.common == inverter.common;
        if !fits || self.terms.is_empty() || self.spellings.is_empty() {
            return None;
        }
        let mut term_of = vec![u32::MAX; lexicon.len()];
        let mut was_said = vec![false; lexicon.len()];
        let mut firsts = Vec::with_capacity(self.sizes.len());
        let mut words = self.words.iter();
        for (term, size) in (0..).zip(&self.sizes) {
            firsts.push(words.as_slice().first().copied()?);
            for word in words.by_ref().take(*size as usize) {
                *was_said.get_mut(*word as usize)? = true;
                if total[*word as usize] > 0 {
                    term_of[*word as usize] = term;
                }
            }
        }
        let mut file_of_term = files_of(&self.terms, self.properties.0, self.sizes.len());
        let spelt = self.spelt.iter().copied().zip(files_of(&self.spellings, 0, self.spelt.len()));
        let mut spellings: Vec<(u32, u32)> = spelt.filter(|(word, _)| total[*word as usize] > 0).collect();
        // Words that are said now for the first time.
        let mut new: FxHashMap<Cow<str>, u32> = FxHashMap::default();
        for word in (0..lexicon.len()).filter(|word| total[*word] > 0 && !was_said[*word]) {
            let text = &*lexicon[word];
            let stem = stem(text);
            let known = firsts.binary_search_by(|first| shards::order(&self::stem(&lexicon[*first as usize]), &stem));
            term_of[word] = match known {
                Ok(term) => term as u32,
                Err(_) => *new.entry(stem).or_insert_with_key(|stem| {
                    file_of_term.push(shards::file_of(&self.terms, stem) as u32);
                    file_of_term.len() as u32 - 1
                }),
            };
            if is_offered(text) {
                spellings.push((word as u32, shards::file_of(&self.spellings, text) as u32));
            }
        }
        let mut counts = vec![0; file_of_term.len()];
        for (term, count) in term_of.iter().zip(total).filter(|(term, _)| **term != u32::MAX) {
            counts[*term as usize] += count;
        }
        Some(TermPlaces { term_of, file_of_term, counts, spellings })
    }

    /// Adds the files that say something else now.
    pub fn find_changed(
        &self,
        changed: &mut ChangedShards,
        survey: &WordSurvey,
        places: &TermPlaces,
        endings: &WordEndings,
        properties: &[ShardLine],
    ) {
        let has_others = self.properties != (properties.len(), fingerprint_of(properties));
        let of_property = |file: usize| file == 0 || (self.terms[file].before as usize) < self.properties.0;
        let sums = sums(survey, self.terms.len(), places, endings);
        for (file, is_stale) in changed.terms.iter_mut().enumerate() {
            *is_stale |= self.sums[file] != sums[file] || (has_others && of_property(file));
        }
        let sums = places.spelling_sums(self.spellings.len());
        for (file, is_stale) in changed.spellings.iter_mut().enumerate() {
            *is_stale |= self.spelling_sums[file] != sums[file];
        }
    }

    /// What tells it from others.
    fn fingerprint(&self) -> Fingerprint {
        let mut hasher = FingerprintHasher::default();
        hasher.value(&(&self.sums, &self.spelling_sums));
        hasher.finish()
    }
}

/// What documents say in each of so many files of words: with the words themselves, and with longer ones that end with
/// them.
fn sums(survey: &WordSurvey, files: usize, places: &TermPlaces, endings: &WordEndings) -> Vec<u64> {
    let mut sums = vec![0_u64; files];
    let mut add = |term: u32, said: u64| {
        let sum = &mut sums[places.file_of_term[term as usize] as usize];
        *sum = sum.wrapping_add(said);
    };
    for (word, term) in (0..).zip(&places.term_of).filter(|(_, term)| **term != u32::MAX) {
        let said = survey.sums[word as usize];
        add(*term, mixed(said, u64::from(word)));
        endings.of(word).iter().for_each(|term| add(*term, mixed(said, !u64::from(*term))));
    }
    sums
}

/// The file of each of so many lines, behind so many others.
fn files_of(files: &[KnownShard], behind: usize, lines: usize) -> Vec<u32> {
    let mut file = 0;
    let mut file_of = |line: usize| {
        while files.get(file + 1).is_some_and(|next| next.before as usize <= line) {
            file += 1;
        }
        file as u32
    };
    (behind..behind + lines).map(&mut file_of).collect()
}

fn fingerprint_of(lines: &[ShardLine]) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    for (key, text) in lines {
        hasher.text(key);
        hasher.text(text);
    }
    hasher.finish()
}
