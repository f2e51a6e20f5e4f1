//! What an entry says, as numbers of words and how much they weigh: all that is kept of its texts for the index.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::term_key::TermKey;
use super::{pinyin, tokens};
use crate::base::cjk::is_cjk;
use crate::base::varint;

/// How much a word weighs in a text, in a heading, and in a summary.
const TEXT: u8 = 1;
const HEADING: u8 = 4;
const SUMMARY: u8 = 2;

/// What a whole name begins with, as a word: `=made in china 2025`.
pub const NAME: char = '=';

/// How a document has a whole name: as its title, as something else it is called, or nearly so: as that sounds, or but for
/// its signs.
const TITLE: u8 = 3;
const ALIAS: u8 = 2;
const NEARLY: u8 = 1;

/// The most that a word can weigh.
const HEAVIEST: u8 = 31;

/// A document with more text than this, in bytes, is several: each of some of its sections.
const LONGEST: usize = 16 * 1024;

/// How many bytes a section takes beside its words, more or less.
const SECTION: usize = 32;

/// All words of a book, each once: its place is its number.
pub type Lexicon = IndexSet<Box<str>, FxBuildHasher>;

/// Whether a misspelt word may mean this one.
pub fn is_offered(word: &str) -> bool {
    word.len() > 2 && !word.starts_with(NAME) && word.chars().any(char::is_alphabetic) && !word.chars().any(is_cjk)
}

/// What something says that can be found.
#[derive(Default)]
pub struct DocText<'a> {
    pub title: &'a str,
    /// What else it is called.
    pub aliases: Vec<&'a str>,
    pub summary: &'a str,
    /// What stands beside its text: values, tags.
    pub beside: Vec<String>,
    /// What it says under each heading, and above the first one.
    pub sections: Vec<DocSection<'a>>,
}

/// A heading and the text below it.
pub struct DocSection<'a> {
    pub heading: &'a str,
    pub text: String,
}

/// A document of the index: an entry, or some sections of a very long one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocTerms {
    /// The place of its first section.
    pub first: u32,
    /// How many bytes its texts have.
    pub size: u32,
    /// How many words it has.
    pub length: u32,
    /// Number and weight of each word, by number.
    #[serde(with = "serde_bytes")]
    words: Box<[u8]>,
}

/// How much a word says of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// How often it is said, more in a heading; at most [`HEAVIEST`].
    pub said: u8,
    /// How much of a name it is: 0 none, 1 a word among many, 2 among three or fewer, 3 all of it. Of a whole name, which
    /// one it is.
    pub named: u8,
}

impl Weight {
    pub fn of(byte: u8) -> Weight {
        Weight { said: byte & HEAVIEST, named: byte >> 5 }
    }

    /// The weight in a byte.
    pub fn byte(self) -> u8 {
        self.named << 5 | self.said
    }
}

impl DocTerms {
    /// The words of the document, each once and by number.
    pub fn words(&self) -> impl Iterator<Item = (u32, Weight)> {
        let mut bytes = &self.words[..];
        let mut word = 0;
        std::iter::from_fn(move || {
            word += varint::read(&mut bytes)? as u32;
            let (weight, rest) = bytes.split_first()?;
            bytes = rest;
            Some((word, Weight::of(*weight)))
        })
    }
}

/// A digest in the making, whose words have the numbers of its reader.
struct Draft {
    first: u32,
    size: u32,
    length: u32,
    words: Vec<(u32, Weight)>,
}

impl Draft {
    /// The digest, given the number of each of the reader's words in the lexicon of all.
    fn digest(mut self, numbers: &[u32]) -> DocTerms {
        self.words.iter_mut().for_each(|(word, _)| *word = numbers[*word as usize]);
        self.words.sort_unstable_by_key(|(word, _)| *word);
        DocTerms { first: self.first, size: self.size, length: self.length, words: packed(&self.words) }
    }
}

fn packed(words: &[(u32, Weight)]) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(words.len() * 3);
    let mut before = 0;
    for (word, weight) in words {
        varint::write(&mut bytes, (word - before) as usize);
        before = *word;
        bytes.push(weight.byte());
    }
    bytes.into()
}

/// The words that a reader has met, each with a number.
#[derive(Default)]
struct Met {
    words: Vec<Box<str>>,
    short: FxHashMap<u64, u32>,
    medium: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
}

impl Met {
    fn number_of(&mut self, word: TermKey) -> u32 {
        let next = self.words.len() as u32;
        let number = match word {
            TermKey::Short(word) => *self.short.entry(word).or_insert(next),
            TermKey::Medium(word) => *self.medium.entry(word).or_insert(next),
            TermKey::Long(word) => match self.long.get(word) {
                Some(number) => *number,
                None => *self.long.entry(word.into()).or_insert(next),
            },
        };
        if number == next {
            self.words.push(word.text());
        }
        number
    }
}

/// Reads what entries say, one after another.
#[derive(Default)]
pub struct TermCounter {
    met: Met,
    /// The weight of each word that was met in the document that is being read.
    weights: Vec<Weight>,
    /// The words that have one: so many of the first of these.
    touched: Vec<u32>,
    count: usize,
    /// The short and the medium words of a text. They are looked up one behind the other, which is faster than each as it
    /// comes.
    pending: (Vec<u64>, Vec<u128>),
    length: u32,
    /// What was read.
    read: Vec<Vec<Draft>>,
}

impl TermCounter {
    /// Reads something, very long texts as several documents.
    pub fn read(&mut self, said: &DocText) {
        let mut drafts = Vec::new();
        let mut at = 0;
        while at < said.sections.len() || drafts.is_empty() {
            let (first, mut size) = (at, 0);
            while let Some(section) = said.sections.get(at) {
                let longer = size + section.text.len() + section.heading.len() + SECTION;
                if at > first && longer > LONGEST {
                    break;
                }
                size = longer;
                at += 1;
            }
            self.frame(said, first == 0);
            for section in &said.sections[first..at] {
                self.add(section.heading, HEADING);
                self.add(&section.text, TEXT);
            }
            drafts.push(self.take(first, size));
        }
        self.read.push(drafts);
    }

    /// What a document says beside its sections; those of a long text that are not its beginning know it as well.
    fn frame(&mut self, said: &DocText, is_whole: bool) {
        let names = std::iter::once((said.title, TITLE)).chain(said.aliases.iter().map(|alias| (*alias, ALIAS)));
        for (name, kind) in names {
            self.name(name, kind, is_whole);
        }
        self.add(said.summary, if is_whole { SUMMARY } else { TEXT });
        said.beside.iter().for_each(|text| self.add(text, TEXT));
    }

    /// A part that is not the beginning has the words of its entry's names, if less so, and is not called by them.
    fn name(&mut self, name: &str, kind: u8, is_whole: bool) {
        let mut words = 0;
        tokens::each(name, |_| words += 1);
        let named = match words {
            0 | 1 => 3,
            2 | 3 => 2,
            _ => 1,
        };
        let named = if is_whole { named } else { (named - 1).max(1) };
        let mut length = 0;
        tokens::each(name, |word| {
            length += 1;
            self.word(word, Weight { said: TEXT, named });
        });
        self.length += length;
        tokens::also(name, |word| self.word(TermKey::of(word), Weight { said: TEXT, named }));
        if !is_whole {
            return;
        }
        let whole = |joined: &str| format!("{NAME}{joined}");
        // "C" is the name of C, and nearly that of C++.
        let (joined, exact) = (tokens::joined(name), tokens::exact(name));
        if !joined.is_empty() && joined != exact {
            self.word(TermKey::of(&whole(&joined)), Weight { said: 0, named: NEARLY });
        }
        if !exact.is_empty() {
            self.word(TermKey::of(&whole(&exact)), Weight { said: 0, named: kind });
        }
        if name.is_ascii() {
            return;
        }
        for typed in pinyin::typed(name) {
            self.word(TermKey::of(&typed), Weight { said: 0, named: 1 });
        }
        if let Some(sound) = pinyin::whole(name) {
            self.word(TermKey::of(&sound), Weight { said: 0, named: 3 });
            self.word(TermKey::of(&whole(&sound)), Weight { said: 0, named: NEARLY });
        }
    }

    fn add(&mut self, text: &str, said: u8) {
        let weight = Weight { said, named: 0 };
        let (mut shorts, mut mediums) = std::mem::take(&mut self.pending);
        tokens::each(text, |word| {
            self.length += 1;
            match word {
                TermKey::Short(word) => shorts.push(word),
                TermKey::Medium(word) => mediums.push(word),
                TermKey::Long(_) => self.word(word, weight),
            }
        });
        shorts.drain(..).for_each(|word| self.word(TermKey::Short(word), weight));
        mediums.drain(..).for_each(|word| self.word(TermKey::Medium(word), weight));
        self.pending = (shorts, mediums);
        tokens::also(text, |word| self.word(TermKey::of(word), weight));
    }

    fn word(&mut self, word: TermKey, weight: Weight) {
        let number = self.met.number_of(word);
        self.weigh(number, weight);
    }

    fn weigh(&mut self, number: u32, weight: Weight) {
        if number as usize >= self.weights.len() {
            self.weights.resize(self.met.words.len(), Weight::default());
            self.touched.resize(self.met.words.len() + 1, 0);
        }
        let known = &mut self.weights[number as usize];
        // Without a branch: one word in two is new.
        self.touched[self.count] = number;
        self.count += usize::from(*known == Weight::default());
        known.said = (known.said + weight.said).min(HEAVIEST);
        known.named = known.named.max(weight.named);
    }

    fn take(&mut self, first: usize, size: usize) -> Draft {
        let weights = &mut self.weights;
        let touched = &self.touched[..std::mem::take(&mut self.count)];
        let words = touched.iter().map(|word| (*word, std::mem::take(&mut weights[*word as usize]))).collect();
        Draft { first: first as u32, size: size as u32, length: std::mem::take(&mut self.length), words }
    }

    /// Enters the words that were met in the lexicon of all: the number of each there.
    pub fn enter(&self, lexicon: &mut Lexicon) -> Vec<u32> {
        let words = self.met.words.iter();
        words
            .map(|word| match lexicon.get_index_of(&**word) {
                Some(number) => number as u32,
                None => lexicon.insert_full(word.clone()).0 as u32,
            })
            .collect()
    }

    /// The digests of all that was read, one after another, given the numbers of its words.
    pub fn digests(self, numbers: &[u32]) -> Vec<Box<[DocTerms]>> {
        let digests = |drafts: Vec<Draft>| drafts.into_iter().map(|draft| draft.digest(numbers)).collect();
        self.read.into_iter().map(digests).collect()
    }
}
