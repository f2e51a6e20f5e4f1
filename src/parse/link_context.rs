//! The sentence that a link stands in.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr3_iter;

/// How much of a sentence stands before and after a link where it is quoted, in bytes.
const AROUND: usize = 160;

/// Where in a text the sentence stands that a link stands in, cut to what can be quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkContext {
    /// What stands before the link.
    pub before: Range<usize>,
    pub is_cut_before: bool,
    /// The link's words.
    pub words: Range<usize>,
    pub are_words_cut: bool,
    /// What stands after it.
    pub after: Range<usize>,
    pub is_cut_after: bool,
}

/// The sentence around the words of a link, which stand at `link` in the text.
pub fn around(text: &str, link: Range<usize>) -> LinkContext {
    let (from, is_cut_before) = match start(text, link.start) {
        Some(start) => (start, false),
        None => (word_after(text, link.start - AROUND), true),
    };
    let (to, is_cut_after) = match end(text, link.end) {
        Some(end) => (end, false),
        None => (word_before(text, link.end + AROUND), true),
    };
    let (from, to) = (from.min(link.start), to.max(link.end));
    let before = link.start - text[from..link.start].trim_start().len()..link.start;
    let after = link.end..link.end + text[link.end..to].trim_end().len();
    // A link's own words can be a page long in hostile input.
    let cut = cut_at(&text[link.clone()], 2 * AROUND);
    let words = link.start..cut.map_or(link.end, |length| link.start + length);
    LinkContext { before, is_cut_before, words, are_words_cut: cut.is_some(), after, is_cut_after }
}

/// Where the sentence begins that goes on at a place; none if that is too far away to be quoted.
fn start(text: &str, at: usize) -> Option<usize> {
    let near = text.floor_char_boundary(at.saturating_sub(AROUND + 4));
    let start = signs(text, near..at).rev().find(|(place, c)| ends_sentence(text, *place, *c));
    let start = start.map(|(place, c)| place + c.len_utf8());
    start.or((at <= AROUND).then_some(0)).filter(|start| at - start <= AROUND)
}

/// Where the sentence ends that goes on at a place; none if that is too far away to be quoted.
fn end(text: &str, at: usize) -> Option<usize> {
    let far = text.ceil_char_boundary((at + AROUND).min(text.len()));
    let end = signs(text, at..far).find(|(place, c)| ends_sentence(text, *place, *c));
    let end = end.map(|(place, c)| place + c.len_utf8());
    end.or((text.len() - at <= AROUND).then_some(text.len())).filter(|end| end - at <= AROUND)
}

/// The signs in a part of a text with which a sentence may end.
fn signs(text: &str, part: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, char)> {
    // Most texts are searched for three bytes at a time; the others may hold full stops of other scripts.
    let (latin, other) = match text[part.clone()].is_ascii() {
        true => (&text[part.clone()], ""),
        false => ("", &text[part.clone()]),
    };
    let latin = memchr3_iter(b'.', b'!', b'?', latin.as_bytes()).map(|at| (at, latin.as_bytes()[at] as char));
    let other = other.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '。' | '！' | '？'));
    latin.chain(other).map(move |(at, c)| (part.start + at, c))
}

/// Whether the character at `at` ends a sentence: a full stop of a CJK script does; a Latin one
/// does before a space and then no small letter, unless one letter stands before it ("J. Smith", "U.S.",
/// "p. 5").
fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    if !c.is_ascii() {
        return true;
    }
    let mut after = text[at + 1..].chars();
    let (space, next) = (after.next(), after.next());
    if !space.is_some_and(char::is_whitespace) || next.is_none_or(char::is_lowercase) {
        return false;
    }
    let is_numbered = next.is_some_and(char::is_numeric);
    let mut before = text[..at].chars().rev();
    let letter = before.next().is_some_and(|c| c.is_uppercase() || (is_numbered && c.is_alphabetic()));
    !(c == '.'
        && (letter && before.next().is_none_or(|c| !c.is_alphanumeric())
            || is_abbreviated(&text[..at], text[at + 1..].trim_start())))
}

/// Whether a text ends with a word that is written short, so that the full stop behind it ends no sentence.
/// `next` is what follows.
fn is_abbreviated(text: &str, next: &str) -> bool {
    let start = text.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| text.ceil_char_boundary(at + 1));
    let is_part = text[..start].ends_with('.');
    let word = &text[start..];
    if word.len() > LONGEST_ABBREVIATION {
        return false;
    }
    let known = |other: &&str| other.bytes().cmp(word.bytes().map(|byte| byte.to_ascii_lowercase()));
    // The last part of "e.g." and "z. B." is a letter.
    (is_part && word.chars().count() == 1)
        || ABBREVIATIONS.binary_search_by(known).is_ok()
        || (NUMBERED.binary_search_by(known).is_ok() && is_number(next, word.starts_with(char::is_uppercase)))
}

/// Whether a text begins with a number, or where letters may count as well, with such a letter: `A`, `IV`.
fn is_number(text: &str, may_be_letters: bool) -> bool {
    let word: String = text.chars().take(5).take_while(char::is_ascii_alphanumeric).collect();
    let is_letter = word.len() == 1 || (!word.is_empty() && word.chars().all(|c| "IVXLC".contains(c)));
    text.starts_with(char::is_numeric) || (may_be_letters && is_letter)
}

/// In bytes.
const LONGEST_ABBREVIATION: usize = 6;

/// Words that stand before a name or a number more often than at the end of a sentence, in English, German, French and
/// Spanish, sorted.
const ABBREVIATIONS: [&str; 64] = [
    "abb", "adm", "al", "approx", "apr", "art", "aug", "bd", "bzw", "ca", "capt", "cf", "ch", "chap", "cmdr", "col",
    "dec", "dept", "dr", "dra", "ed", "eds", "eq", "est", "feb", "ff", "fig", "figs", "fr", "gen", "gov", "hon", "hr",
    "jan", "lt", "maj", "mar", "messrs", "mme", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "nr", "oct", "pp", "pres",
    "prof", "rep", "rev", "sec", "sen", "sep", "sept", "sgt", "sr", "st", "ste", "univ", "vol", "vols",
];

/// Words that are written short before the number of a part, and else may be whole, as "app" and "tab".
const NUMBERED: [&str; 33] = [
    "abs", "anh", "anm", "app", "aufl", "chaps", "cl", "cor", "def", "eqn", "eqns", "eqs", "ex", "gl", "jg", "kap",
    "lem", "lfg", "para", "paras", "prop", "ref", "refs", "rn", "rz", "secs", "sect", "suppl", "tab", "tabs", "thm",
    "ver", "ziff",
];

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
pub fn cut(text: &str, bytes: usize) -> Cow<'_, str> {
    match cut_at(text, bytes) {
        None => Cow::Borrowed(text),
        Some(length) => Cow::Owned(format!("{} …", &text[..length])),
    }
}

/// How much is left of a text that is cut at a word, to at most `bytes` bytes; none if it is no longer.
fn cut_at(text: &str, bytes: usize) -> Option<usize> {
    if text.len() <= bytes {
        return None;
    }
    let end = text.floor_char_boundary(bytes);
    let word = text[..end].rfind(' ').filter(|space| space * 2 > end).unwrap_or(end);
    Some(text[..word].trim_end().len())
}
