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

/// The words that a reader has met, each with a number.
#[derive(Default)]
struct Met {
    count: u32,
    short: FxHashMap<u64, u32>,
    medium: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
}

impl Met {
    #[inline]
    fn number_of(&mut self, word: TermKey) -> u32 {
        let known = match word {
            TermKey::Short(word) => self.short.get(&word),
            TermKey::Medium(word) => self.medium.get(&word),
            TermKey::Long(word) => self.long.get(word),
        };
        known.copied().unwrap_or_else(|| self.add(word))
    }

    fn add(&mut self, word: TermKey) -> u32 {
        let number = self.count;
        self.count += 1;
        match word {
            TermKey::Short(word) => self.short.insert(word, number),
            TermKey::Medium(word) => self.medium.insert(word, number),
            TermKey::Long(word) => self.long.insert(word.into(), number),
        };
        number
    }

    /// The words by their numbers.
    fn words(&self) -> Vec<TermKey<'_>> {
        let mut words = vec![TermKey::Short(0); self.count as usize];
        self.short.iter().for_each(|(word, number)| words[*number as usize] = TermKey::Short(*word));
        self.medium.iter().for_each(|(word, number)| words[*number as usize] = TermKey::Medium(*word));
        self.long.iter().for_each(|(word, number)| words[*number as usize] = TermKey::Long(word));
        words
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

    #[inline]
    fn word(&mut self, word: TermKey, weight: Weight) {
        let number = self.met.number_of(word);
        self.weigh(number, weight);
    }

    #[inline]
    fn weigh(&mut self, number: u32, weight: Weight) {
        if number as usize == self.weights.len() {
            self.weights.push(Weight::default());
            self.touched.resize(self.weights.len() + 1, 0);
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
        let mut room = [0; 16];
        let mut number = |word: TermKey| {
            let word = word.text(&mut room);
            match lexicon.get_index_of(word) {
                Some(number) => number as u32,
                None => lexicon.insert_full(word.into()).0 as u32,
            }
        };
        self.met.words().into_iter().map(&mut number).collect()
    }

    /// The digests of all that was read, one after another, given the numbers of its words.
    ///
    /// Words are given by ascending numbers to the drafts that have them: that is less work than to sort those of each.
    pub fn digests(self, numbers: &[u32]) -> Vec<Box<[DocTerms]>> {
        let uses = WordUses::of(self.read.iter().flatten(), numbers.len());
        let lengths = self.read.iter().flatten().map(|draft| draft.words.len());
        let mut packed: Vec<PackedWords> = lengths.map(PackedWords::with_capacity).collect();
        let mut order: Vec<(u32, u32)> = numbers.iter().copied().zip(0..).collect();
        order.sort_unstable_by_key(|(number, _)| *number);
        for (number, word) in order {
            for (draft, weight) in uses.of_word(word as usize) {
                packed[*draft as usize].push(number, *weight);
            }
        }
        let mut packed = packed.into_iter();
        let digest = |(draft, words): (Draft, PackedWords)| DocTerms {
            first: draft.first,
            size: draft.size,
            length: draft.length,
            words: words.bytes.into(),
        };
        self.read.into_iter().map(|drafts| drafts.into_iter().zip(&mut packed).map(digest).collect()).collect()
    }
}

/// Which drafts have each of a reader's words: their places, with the weights that it has there.
struct WordUses {
    all: Vec<(u32, Weight)>,
    /// Where those of each word end.
    ends: Vec<u32>,
}

impl WordUses {
    fn of<'a>(drafts: impl Iterator<Item = &'a Draft> + Clone, words: usize) -> WordUses {
        let mut ends = vec![0; words + 1];
        drafts.clone().flat_map(|draft| &draft.words).for_each(|(word, _)| ends[*word as usize + 1] += 1);
        (1..ends.len()).for_each(|word| ends[word] += ends[word - 1]);
        // Each begins where the one before ends, and moves on as it is filled.
        let mut all = vec![(0, Weight::default()); ends[words] as usize];
        for (place, draft) in (0..).zip(drafts) {
            for (word, weight) in &draft.words {
                let end = &mut ends[*word as usize];
                all[*end as usize] = (place, *weight);
                *end += 1;
            }
        }
        WordUses { all, ends }
    }

    fn of_word(&self, word: usize) -> &[(u32, Weight)] {
        let start = if word == 0 { 0 } else { self.ends[word - 1] };
        &self.all[start as usize..self.ends[word] as usize]
    }
}

/// The words of a digest in the making, which come by ascending numbers.
struct PackedWords {
    bytes: Vec<u8>,
    last: u32,
}

impl PackedWords {
    fn with_capacity(words: usize) -> PackedWords {
        PackedWords { bytes: Vec::with_capacity(words * 3), last: 0 }
    }

    fn push(&mut self, number: u32, weight: Weight) {
        varint::write(&mut self.bytes, (number - self.last) as usize);
        self.last = number;
        self.bytes.push(weight.byte());
    }
}
