//! Steps by which a text is put together from another one, in which most of it stands as it is.
//!
//! They stand one behind the other as numbers (`base/varint.rs`). The first number of a step is its kind and, above that,
//! a number of its own. Places in the other text are told as how far they lie behind the place before.

use std::ops::Range;

use crate::base::varint;

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// To say some words.
    Words(&'a str),
    /// To say the name of what the wikilink at a place leads to; if it is not known, something else.
    Name(usize, &'a str),
    /// To go on in the next line of a paragraph.
    Space,
    /// The end of a block, or of what is quoted.
    End,
    /// The heading at a place.
    Heading(usize),
    /// Where the words of a link begin or end.
    Edge,
}

/// The kinds of steps as they are written.
mod kind {
    /// Words that stand at a place; behind it their length.
    pub const TAKE: usize = 0;
    /// Words that stand there otherwise, or not at all: their length, and behind it what they are.
    pub const SAY: usize = 1;
    /// A name: its place, and behind it what is said instead, as in [`SAY`].
    pub const NAME: usize = 2;
    pub const SPACE: usize = 3;
    pub const END: usize = 4;
    pub const HEADING: usize = 5;
    pub const EDGE: usize = 6;
}

/// How many bits of a step's first number are its kind.
const KIND: u32 = 3;

/// Writes steps.
#[derive(Default)]
pub struct StepWriter {
    bytes: Vec<u8>,
    /// Up to where the steps have come in the text.
    at: usize,
    /// What is taken next, and may become longer.
    taken: Range<usize>,
}

impl StepWriter {
    /// With room for the steps of a text of so many bytes.
    pub fn for_length(length: usize) -> StepWriter {
        StepWriter { bytes: Vec::with_capacity(length / 32), ..StepWriter::default() }
    }

    pub fn finish(mut self) -> Box<[u8]> {
        self.write_taken();
        self.bytes.into()
    }

    /// What is taken last; empty if something else was written since.
    pub fn taken(&self) -> &Range<usize> {
        &self.taken
    }

    /// The words that stand at a place, if it lies behind all places before, or else as they are.
    #[inline]
    pub fn words(&mut self, words: &str, place: Option<usize>) {
        match place.filter(|place| *place >= self.at.max(self.taken.end)) {
            Some(place) if place == self.taken.end => self.taken.end += words.len(),
            Some(place) => {
                self.write_taken();
                self.taken = place..place + words.len();
            }
            None => self.say(words),
        }
    }

    /// Words that the text has otherwise.
    pub fn say(&mut self, words: &str) {
        match words {
            "" => {}
            " " => self.step(kind::SPACE),
            _ => {
                self.write_taken();
                self.number(words.len() << KIND | kind::SAY);
                self.bytes.extend_from_slice(words.as_bytes());
            }
        }
    }

    pub fn name(&mut self, place: usize, instead: &str) {
        self.step_at(kind::NAME, place);
        self.number(instead.len());
        self.bytes.extend_from_slice(instead.as_bytes());
    }

    pub fn space(&mut self) {
        self.step(kind::SPACE);
    }

    pub fn end(&mut self) {
        self.step(kind::END);
    }

    pub fn heading(&mut self, place: usize) {
        self.step_at(kind::HEADING, place);
    }

    pub fn edge(&mut self) {
        self.step(kind::EDGE);
    }

    /// How many bytes are written, of steps that have ended.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What follows begins again at the start of the text, behind so many bytes of steps.
    pub fn restart(&mut self, length: usize) {
        self.bytes.truncate(length);
        (self.at, self.taken) = (0, 0..0);
    }

    fn step(&mut self, kind: usize) {
        self.write_taken();
        self.number(kind);
    }

    fn step_at(&mut self, kind: usize, place: usize) {
        self.write_taken();
        self.number(place.saturating_sub(self.at) << KIND | kind);
        self.at = self.at.max(place);
    }

    fn write_taken(&mut self) {
        let Range { start, end } = std::mem::take(&mut self.taken);
        if end > start {
            self.number((start - self.at) << KIND | kind::TAKE);
            self.number(end - start);
            self.at = end;
        }
    }

    fn number(&mut self, number: usize) {
        varint::write(&mut self.bytes, number);
    }
}

/// Reads steps, given the text that they were written for. Of another text they say something else or nothing.
pub struct StepReader<'a> {
    steps: &'a [u8],
    text: &'a str,
    at: usize,
}

impl<'a> StepReader<'a> {
    pub fn new(steps: &'a [u8], text: &'a str) -> StepReader<'a> {
        StepReader { steps, text, at: 0 }
    }

    fn number(&mut self) -> Option<usize> {
        varint::read(&mut self.steps)
    }

    fn go(&mut self, by: usize) -> usize {
        self.at = self.at.saturating_add(by);
        self.at
    }

    fn taken(&mut self, length: usize) -> &'a str {
        let start = self.at;
        let end = self.go(length);
        self.text.get(start..end).unwrap_or("")
    }

    fn said(&mut self, length: usize) -> &'a str {
        let (words, rest) = self.steps.split_at_checked(length).unwrap_or_default();
        self.steps = rest;
        std::str::from_utf8(words).unwrap_or_default()
    }
}

impl<'a> Iterator for StepReader<'a> {
    type Item = Step<'a>;

    #[inline]
    fn next(&mut self) -> Option<Step<'a>> {
        let first = self.number()?;
        let number = first >> KIND;
        Some(match first & ((1 << KIND) - 1) {
            kind::TAKE => {
                self.go(number);
                let length = self.number()?;
                Step::Words(self.taken(length))
            }
            kind::SAY => Step::Words(self.said(number)),
            kind::NAME => {
                let place = self.go(number);
                let length = self.number()?;
                Step::Name(place, self.said(length))
            }
            kind::SPACE => Step::Space,
            kind::END => Step::End,
            kind::HEADING => Step::Heading(self.go(number)),
            kind::EDGE => Step::Edge,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "One *two* three&amp; 四五.";

    fn written() -> Box<[u8]> {
        let mut steps = StepWriter::default();
        let mut take = |words: &str| steps.words(words, TEXT.find(words));
        take("One ");
        take("two");
        take(" th");
        take("ree");
        steps.say("&");
        steps.words(" 四五.", TEXT.find(" 四五."));
        steps.words("One", Some(0));
        steps.space();
        steps.edge();
        steps.end();
        steps.finish()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let steps = written();
        let expected = ["One ", "two", " three", "&", " 四五.", "One"].map(Step::Words);
        let read: Vec<Step> = StepReader::new(&steps, TEXT).collect();
        assert_eq!(read, [&expected[..], &[Step::Space, Step::Edge, Step::End]].concat());
        assert_eq!(
            steps.len(),
            4 * 2 + 2 + 4 + 3,
            "two bytes of what stands near, and of what is said one more than it has"
        );
    }

    #[test]
    fn damaged_steps_and_foreign_texts_say_something_else() {
        let steps = written();
        for text in ["", "四四四四四四四四四", "short", TEXT] {
            for at in 0..steps.len() {
                for byte in [0, 1, 2, 5, 7, 0x7f, 0x80, 0xff] {
                    let mut damaged = steps.to_vec();
                    damaged[at] = byte;
                    assert!(StepReader::new(&damaged, text).count() <= damaged.len());
                    assert!(StepReader::new(&damaged[at..], text).count() <= damaged.len());
                }
            }
        }
        let huge = [0xf8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x7f];
        assert_eq!(StepReader::new(&huge.repeat(3), TEXT).last(), Some(Step::Words("")));
    }
}
