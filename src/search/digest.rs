//! What an entry says, as numbers of words and how much they weigh: all that is kept of its texts for the index.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::{pinyin, tokens};

/// How much a word weighs in a text, in a heading, and in a summary.
const TEXT: u32 = 1;
const HEADING: u32 = 4;
const SUMMARY: u32 = 2;

/// The most that a word can weigh.
const HEAVIEST: u32 = 31;

/// A document with more text than this, in bytes, is several: each of some of its sections.
const LONGEST: usize = 16 * 1024;

/// All words of a book, each once: its place is its number.
pub type Lexicon = IndexSet<Box<str>, FxBuildHasher>;

/// What something says that can be found.
#[derive(Default)]
pub struct Said<'a> {
    /// Its title, then what else it is called.
    pub names: Vec<&'a str>,
    pub summary: &'a str,
    /// What stands beside its text: values, tags.
    pub beside: Vec<String>,
    /// What it says under each heading, and above the first one.
    pub sections: Vec<Section<'a>>,
}

/// A heading and the text below it.
pub struct Section<'a> {
    pub heading: &'a str,
    pub text: String,
}

/// A document of the index: an entry, or some sections of a very long one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The place of its first section.
    pub first: u32,
    /// How many bytes its texts have.
    pub size: u32,
    /// How many words it has.
    pub length: u32,
    /// Number and weight of each word, by number.
    words: Box<[u8]>,
}

/// How much a word says of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// How often it is said, more in a heading; at most [`HEAVIEST`].
    pub said: u32,
    /// How much of a name it is: 0 none, 1 a word among many, 2 among three or fewer, 3 all of it.
    pub named: u32,
}

impl Digest {
    /// The words of the document, each once and by number.
    pub fn words(&self) -> impl Iterator<Item = (u32, Weight)> {
        let mut bytes = self.words.iter().copied();
        let mut word = 0;
        std::iter::from_fn(move || {
            let mut gap = 0;
            let mut shift = 0;
            loop {
                let byte = u32::from(bytes.next()?);
                gap |= (byte & 0x7f) << shift;
                shift += 7;
                if byte & 0x80 == 0 {
                    break;
                }
            }
            let weight = u32::from(bytes.next()?);
            word += gap;
            Some((word, Weight { said: weight & HEAVIEST, named: weight >> 5 }))
        })
    }

    /// The same with other numbers for words.
    fn renumbered(self, numbers: &[u32]) -> Digest {
        let mut words: Vec<(u32, Weight)> =
            self.words().map(|(word, weight)| (numbers[word as usize], weight)).collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        Digest { words: packed(&words), ..self }
    }
}

fn packed(words: &[(u32, Weight)]) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(words.len() * 3);
    let mut before = 0;
    for (word, weight) in words {
        let mut gap = word - before;
        before = *word;
        while gap >= 0x80 {
            bytes.push((gap & 0x7f) as u8 | 0x80);
            gap >>= 7;
        }
        bytes.push(gap as u8);
        bytes.push((weight.named << 5 | weight.said.min(HEAVIEST)) as u8);
    }
    bytes.into()
}

/// Reads what documents say, one after another.
#[derive(Default)]
pub struct Reader {
    lexicon: Lexicon,
    /// The weight of each word of the lexicon in the document that is being read.
    weights: Vec<Weight>,
    /// The words that have one.
    touched: Vec<u32>,
    length: u32,
}

impl Reader {
    /// Reads something, very long texts as several documents.
    pub fn read(&mut self, said: &Said) -> Box<[Digest]> {
        let mut digests = Vec::new();
        let mut at = 0;
        while at < said.sections.len() || digests.is_empty() {
            let (first, mut size) = (at, 0);
            while let Some(section) = said.sections.get(at) {
                let longer = size + section.text.len();
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
            digests.push(self.take(first, size));
        }
        digests.into()
    }

    /// What a document says beside its sections; those of a long text that are not its beginning know what it is called.
    fn frame(&mut self, said: &Said, is_whole: bool) {
        for name in &said.names {
            match is_whole {
                true => self.name(name),
                false => self.add(name, TEXT),
            }
        }
        if is_whole {
            self.add(said.summary, SUMMARY);
            said.beside.iter().for_each(|text| self.add(text, TEXT));
        }
    }

    fn name(&mut self, name: &str) {
        let mut words = 0;
        tokens::each(name, |_| words += 1);
        let named = match words {
            0 | 1 => 3,
            2 | 3 => 2,
            _ => 1,
        };
        let mut length = 0;
        tokens::each(name, |word| {
            length += 1;
            self.word(word, Weight { said: TEXT, named });
        });
        self.length += length;
        if name.is_ascii() {
            return;
        }
        for typed in pinyin::typed(name) {
            self.word(&typed, Weight { said: 0, named: 1 });
        }
        if let Some(whole) = pinyin::whole(name) {
            self.word(&whole, Weight { said: 0, named: 3 });
        }
    }

    fn add(&mut self, text: &str, said: u32) {
        let mut length = 0;
        tokens::each(text, |word| {
            length += 1;
            self.word(word, Weight { said, named: 0 });
        });
        self.length += length;
    }

    fn word(&mut self, word: &str, weight: Weight) {
        let number = match self.lexicon.get_index_of(word) {
            Some(number) => number,
            None => {
                self.weights.push(Weight::default());
                self.lexicon.insert_full(word.into()).0
            }
        };
        let known = &mut self.weights[number];
        if *known == Weight::default() {
            self.touched.push(number as u32);
        }
        known.said = (known.said + weight.said).min(HEAVIEST);
        known.named = known.named.max(weight.named);
    }

    fn take(&mut self, first: usize, size: usize) -> Digest {
        self.touched.sort_unstable();
        let weights = &mut self.weights;
        let take = |word: u32| (word, std::mem::take(&mut weights[word as usize]));
        let words: Vec<(u32, Weight)> = self.touched.drain(..).map(take).collect();
        let length = std::mem::take(&mut self.length);
        Digest { first: first as u32, size: size as u32, length, words: packed(&words) }
    }
}

/// Puts what was read apart together: the words of a reader get their numbers in the lexicon of all.
pub fn join(lexicon: &mut Lexicon, read: Vec<Box<[Digest]>>, reader: Reader) -> Vec<Box<[Digest]>> {
    let number = |word: Box<str>| match lexicon.get_index_of(&word) {
        Some(number) => number as u32,
        None => lexicon.insert_full(word).0 as u32,
    };
    let numbers: Vec<u32> = reader.lexicon.into_iter().map(number).collect();
    let renumbered = |digests: Box<[Digest]>| {
        digests.into_iter().map(|digest| digest.renumbered(&numbers)).collect::<Box<[Digest]>>()
    };
    read.into_iter().map(renumbered).collect()
}
