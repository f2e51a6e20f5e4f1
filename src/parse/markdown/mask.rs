//! A text as the Markdown parser sees it: of the same length in bytes, with what it would misread hidden behind
//! characters that mean nothing to it. So every place stays true, and what was hidden is put back where it is read.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::CowStr;
use rustc_hash::FxHashMap;

/// What a hidden character looks like to the parser, which decides by its neighbours what a run of `*` may do
/// (CommonMark 0.31.2, section 6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disguise {
    Letter,
    Punctuation,
}

impl Disguise {
    /// The character that stands for one of `length` bytes; none of them has a meaning in Markdown.
    fn of_length(self, length: usize) -> &'static str {
        match (self, length) {
            (Disguise::Letter, 1) => "x",
            (Disguise::Letter, 2) => "\u{101}",
            (Disguise::Letter, 3) => "\u{e000}",
            (Disguise::Letter, _) => "\u{f0000}",
            (Disguise::Punctuation, 1) => ",",
            (Disguise::Punctuation, 2) => "\u{a7}",
            (Disguise::Punctuation, 3) => "\u{2e31}",
            (Disguise::Punctuation, _) => "\u{10100}",
        }
    }

    /// Whether a character may stand for a hidden one.
    fn may_be(c: char) -> bool {
        let length = c.len_utf8();
        [Disguise::Letter, Disguise::Punctuation].iter().any(|disguise| disguise.of_length(length).starts_with(c))
    }
}

/// Decides what the parser sees of a text.
pub struct Mask<'a> {
    /// As its author wrote it.
    pub text: &'a str,
    /// What the parser sees, where that is not the text itself.
    seen: Option<Vec<u8>>,
    hidden: Vec<usize>,
    dropped: Vec<Range<usize>>,
}

impl<'a> Mask<'a> {
    pub fn new(text: &'a str) -> Mask<'a> {
        Mask { text, seen: None, hidden: Vec::new(), dropped: Vec::new() }
    }

    /// Hides the character that begins at a place.
    pub fn hide(&mut self, at: usize, disguise: Disguise) {
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        if length > 0 {
            self.write(at, disguise.of_length(length).as_bytes());
        }
    }

    /// Takes out what stands at a range, as if it were a part of a word. Ranges come in order.
    pub fn drop(&mut self, range: Range<usize>) {
        range.clone().for_each(|at| self.write(at, b"x"));
        self.dropped.push(range);
    }

    /// Takes out what stands on lines of its own: they stay, and are blank. Ranges come in order.
    pub fn blank(&mut self, range: Range<usize>) {
        let bytes = self.text.as_bytes();
        range.clone().filter(|at| !matches!(bytes[*at], b'\n' | b'\r')).for_each(|at| self.write(at, b" "));
        self.dropped.push(range);
    }

    /// Makes a carriage return that stands alone the end of a line, which it is to CommonMark and not to the parser.
    pub fn end_lines(&mut self) {
        let bytes = self.text.as_bytes();
        for at in memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')) {
            self.write(at, b"\n");
        }
    }

    fn write(&mut self, at: usize, instead: &[u8]) {
        let seen = self.seen.get_or_insert_with(|| self.text.as_bytes().to_vec());
        seen[at..at + instead.len()].copy_from_slice(instead);
        self.hidden.push(at);
    }

    /// How the character that begins at a place is seen.
    pub fn disguise(&self, at: usize) -> Option<Disguise> {
        let seen = self.seen.as_ref()?.get(at..)?;
        let length = self.text[at..].chars().next()?.len_utf8();
        if seen.get(..length)? == &self.text.as_bytes()[at..at + length] {
            return None;
        }
        let is = |disguise: &Disguise| seen.starts_with(disguise.of_length(length).as_bytes());
        [Disguise::Letter, Disguise::Punctuation].into_iter().find(is)
    }

    /// What the parser sees up to now.
    pub fn seen(&self) -> Cow<'_, str> {
        match &self.seen {
            None => Cow::Borrowed(self.text),
            Some(seen) => String::from_utf8_lossy(seen),
        }
    }

    pub fn finish(self) -> Masked<'a> {
        let Mask { text, seen, mut hidden, dropped } = self;
        hidden.sort_unstable();
        hidden.dedup();
        // Whole characters were written over whole characters, so what came out is text.
        let seen = seen.and_then(|seen| String::from_utf8(seen).ok());
        Masked { text, seen, hidden, dropped }
    }
}

/// A text and what the parser sees of it.
pub struct Masked<'a> {
    /// As its author wrote it.
    pub text: &'a str,
    seen: Option<String>,
    /// Where the hidden characters begin, in order.
    hidden: Vec<usize>,
    /// What nobody is shown, in order.
    dropped: Vec<Range<usize>>,
}

impl<'a> Masked<'a> {
    /// What the parser sees.
    pub fn seen(&self) -> &str {
        self.seen.as_deref().unwrap_or(self.text)
    }

    /// Where a part of what the parser sees begins in it; none if it is a copy.
    pub fn place(&self, part: &str) -> Option<usize> {
        place_of(part, self.seen())
    }

    /// What stands at a range of the text, without what nobody is shown.
    #[inline]
    pub fn shown(&self, range: Range<usize>) -> Cow<'a, str> {
        match self.dropped.is_empty() {
            true => Cow::Borrowed(&self.text[range]),
            false => self.without_dropped(range),
        }
    }

    fn without_dropped(&self, range: Range<usize>) -> Cow<'a, str> {
        let first = self.dropped.partition_point(|dropped| dropped.end <= range.start);
        let mut dropped = self.dropped[first..].iter().take_while(|dropped| dropped.start < range.end).peekable();
        if dropped.peek().is_none() {
            return Cow::Borrowed(&self.text[range]);
        }
        let (mut shown, mut at) = (String::new(), range.start);
        for dropped in dropped {
            shown.push_str(&self.text[at.min(dropped.start)..dropped.start]);
            at = dropped.end;
        }
        shown.push_str(self.text.get(at..range.end).unwrap_or(""));
        Cow::Owned(shown)
    }

    /// What the parser says of a range, as its author wrote it.
    pub fn restore(&self, said: &CowStr, range: &Range<usize>) -> CowStr<'a> {
        if let Some(at) = self.place(said) {
            return self.shown(at..at + said.len()).into();
        }
        let first = self.hidden.partition_point(|at| *at < range.start);
        match self.hidden.get(first).is_some_and(|at| *at < range.end) {
            true => CowStr::from(self.restore_copy(said, range.clone())),
            false => CowStr::from(said.to_string()),
        }
    }

    /// HTML that the parser says of a range, in parts with their places: a tag in it that is hidden is text.
    pub fn html(&self, said: &CowStr, range: &Range<usize>) -> Vec<(Cow<'a, str>, Range<usize>)> {
        let first = self.hidden.partition_point(|at| *at < range.start);
        let hidden = self.hidden[first..].iter().copied().take_while(|at| *at < range.end);
        let is_tag = |at: &usize| self.text.as_bytes()[*at] == b'<' && !self.is_dropped(*at);
        let Some(start) = self.place(said) else {
            return vec![(self.restore(said, range).into_string().into(), range.clone())];
        };
        let (mut parts, mut from) = (Vec::new(), start);
        for at in hidden.filter(is_tag).filter(|at| (start..start + said.len()).contains(at)) {
            parts.extend([(self.shown(from..at), from..at), ("&lt;".into(), at..at + 1)]);
            from = at + 1;
        }
        let whole = from == start;
        let rest = if whole { range.clone() } else { from..start + said.len() };
        parts.push((self.shown(from..start + said.len()), rest));
        parts
    }

    /// The references to footnotes at a range that are hidden from the parser, with their brackets.
    pub fn notes(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let first = self.hidden.partition_point(|at| *at < range.start);
        let hidden = self.hidden[first..].iter().copied().take_while(move |at| *at < range.end);
        // Of what nobody is shown each byte is hidden.
        let begins = hidden.filter(|at| self.text.as_bytes()[*at..].starts_with(b"[^") && !self.is_dropped(*at));
        begins.filter_map(move |at| Some(at..at + self.text[at..range.end].find(']')? + 1))
    }

    /// A copy, from which the parser took escapes and the ends of lines: of each character in it that may stand for a
    /// hidden one, the how manieth it is tells which.
    fn restore_copy(&self, said: &str, range: Range<usize>) -> String {
        let seen = &self.seen()[range.clone()];
        let places = |c: char| seen.match_indices(c).map(|(at, _)| range.start + at).collect::<VecDeque<_>>();
        let mut origins: FxHashMap<char, VecDeque<usize>> = FxHashMap::default();
        let mut restored = String::with_capacity(said.len());
        for c in said.chars() {
            let origin = match Disguise::may_be(c) {
                true => origins.entry(c).or_insert_with(|| places(c)).pop_front(),
                false => None,
            };
            match origin {
                Some(at) if self.is_dropped(at) => {}
                Some(at) => restored.extend(self.text[at..].chars().next()),
                None => restored.push(c),
            }
        }
        restored
    }

    fn is_dropped(&self, at: usize) -> bool {
        let next = self.dropped.partition_point(|dropped| dropped.end <= at);
        self.dropped.get(next).is_some_and(|dropped| dropped.start <= at)
    }
}

/// Where a part of a text begins in it; none if it is a copy.
pub fn place_of(part: &str, text: &str) -> Option<usize> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (start + part.len() <= text.len()).then_some(start)
}

/// Where the words of a node at a range of a text begin in it; none if the text has them otherwise.
#[inline]
pub fn place_of_node(words: &str, text: &str, range: &Range<usize>) -> Option<usize> {
    let as_it_is = || (text.get(range.clone()) == Some(words)).then_some(range.start);
    place_of(words, text).or_else(as_it_is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_put_back() {
        let text = "a:b, “c” d";
        let mut mask = Mask::new(text);
        mask.hide(1, Disguise::Punctuation);
        mask.hide(5, Disguise::Letter);
        assert_eq!(mask.disguise(1), Some(Disguise::Punctuation));
        assert_eq!(mask.disguise(5), Some(Disguise::Letter));
        assert_eq!(mask.disguise(0), None);
        let masked = mask.finish();
        assert_eq!(masked.seen(), "a,b, \u{e000}c” d");
        let seen = masked.seen();
        assert_eq!(&*masked.restore(&CowStr::Borrowed(&seen[1..4]), &(0..4)), ":b,");
        let copy = CowStr::from(seen.to_owned());
        assert_eq!(&*masked.restore(&copy, &(0..text.len())), text);
    }

    #[test]
    fn what_is_dropped_is_not_shown() {
        let mut mask = Mask::new("a %%b%% c\n%%\nd\n%%\n");
        mask.drop(2..7);
        mask.blank(10..17);
        let masked = mask.finish();
        assert_eq!(masked.seen(), "a xxxxx c\n  \n \n  \n");
        assert_eq!(masked.shown(0..9), "a  c");
        assert_eq!(masked.shown(3..5), "");
    }
}
