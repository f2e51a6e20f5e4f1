//! The sentence that a link stands in.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How much of a sentence stands before and after a link where it is quoted, in bytes.
const AROUND: usize = 160;

/// The sentence that a link stands in, as plain text, with the link's own words marked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    pub text: Box<str>,
    /// Bytes of `text`.
    pub start: u16,
    pub end: u16,
}

impl Mention {
    /// What stands before the link, the link's words, and what stands after.
    pub fn parts(&self) -> (&str, &str, &str) {
        let (before, rest) = self.text.split_at(self.start as usize);
        let (link, after) = rest.split_at((self.end - self.start) as usize);
        (before, link, after)
    }
}

/// Where the sentences of a text end, in bytes, each behind its last character.
pub struct Sentences<'a> {
    text: &'a str,
    ends: Vec<usize>,
}

impl<'a> Sentences<'a> {
    pub fn of(text: &'a str) -> Sentences<'a> {
        // The three Latin signs are one byte each, and of the three others each begins with one of these.
        let is_sign = |(_, byte): &(usize, u8)| matches!(byte, b'.' | b'!' | b'?' | 0xe3 | 0xef);
        let ends = text.bytes().enumerate().filter(is_sign).filter_map(|(at, _)| {
            let c = text[at..].chars().next()?;
            ends_sentence(text, at, c).then(|| at + c.len_utf8())
        });
        Sentences { text, ends: ends.collect() }
    }

    /// The sentence around `range`, cut to what can be quoted.
    pub fn around(&self, range: Range<usize>) -> Mention {
        let text = self.text;
        let start = self.ends[..self.ends.partition_point(|end| *end <= range.start)].last().copied().unwrap_or(0);
        let end = self.ends.get(self.ends.partition_point(|end| *end <= range.end)).copied().unwrap_or(text.len());
        let (mut from, mut to) = (start, end);
        if range.start - from > AROUND {
            from = word_after(text, range.start - AROUND);
        }
        if to - range.end > AROUND {
            to = word_before(text, range.end + AROUND);
        }
        let (from, to) = (from.min(range.start), to.max(range.end));
        let mut quoted = String::new();
        if from > start {
            quoted.push_str("… ");
        }
        quoted.push_str(text[from..range.start].trim_start());
        let link_start = quoted.len();
        // A link's own words can be a page long in hostile input.
        let words = cut(&text[range.clone()], 2 * AROUND);
        quoted.push_str(&words);
        let link_end = quoted.len();
        quoted.push_str(text[range.end..to].trim_end());
        if to < end {
            quoted.push_str(" …");
        }
        Mention { text: quoted.into(), start: link_start as u16, end: link_end as u16 }
    }
}

/// Whether the character at `at` ends a sentence: a full stop of a CJK script does; a Latin one
/// does before a space and then no small letter, unless one letter stands before it ("J. Smith", "U.S.").
fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    if matches!(c, '。' | '！' | '？') {
        return true;
    }
    if !matches!(c, '.' | '!' | '?') {
        return false;
    }
    let mut after = text[at + 1..].chars();
    if !after.next().is_some_and(char::is_whitespace) || after.next().is_none_or(char::is_lowercase) {
        return false;
    }
    let mut before = text[..at].chars().rev();
    let letter = before.next().is_some_and(char::is_uppercase);
    !(c == '.' && letter && before.next().is_none_or(|c| !c.is_alphanumeric()))
}

fn word_after(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    text[at..].bytes().take(AROUND).position(|byte| byte == b' ').map_or(at, |space| at + space + 1)
}

fn word_before(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let near = text.floor_char_boundary(at.saturating_sub(AROUND));
    text[near..at].rfind(' ').map_or(at, |space| near + space)
}

/// A text of at most `bytes` bytes, cut at a word with an ellipsis.
pub fn cut(text: &str, bytes: usize) -> String {
    if text.len() <= bytes {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(bytes);
    let word = text[..end].rfind(' ').filter(|space| space * 2 > end).unwrap_or(end);
    format!("{} …", text[..word].trim_end())
}
