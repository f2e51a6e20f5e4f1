//! A text's words as search compares them, whatever language its page is in: each run of a script is cut in its own way.
//!
//! `themes/default/js/search/tokens.js` does the same in the browser; `tests/browser/search/tokens.json` holds both to
//! it.

use unicode_normalization::char::is_combining_mark;

use super::ascii_words::AsciiWords;
use super::fold::fold;
use super::term_key::{self, TermKey};
use crate::base::cjk::is_cjk;

/// A word longer than this, in characters, is nobody's: a hash, an address, data.
const LONGEST: usize = 40;

/// Gives the words of a text in its order: of scripts with spaces whole words, numbers with their points, and mixtures
/// like `5g` and `mic25`; of Han, kana and Hangul each two letters that stand side by side, and the last one of a run
/// alone, so that a single letter is found as the beginning of a pair.
pub fn each(text: &str, mut give: impl FnMut(TermKey)) {
    let mut runs = Runs { text, at: 0 };
    let mut words = AsciiWords::new(text);
    let mut pair = String::new();
    loop {
        while let Some(word) = runs.next_plain(&mut words) {
            give(word);
        }
        match runs.next_run() {
            Some(run) => of_run(&text[run], &mut pair, &mut |word| give(TermKey::of(word))),
            None => return,
        }
    }
}

/// Gives the words of a run.
fn of_run(run: &str, pair: &mut String, give: &mut impl FnMut(&str)) {
    if run.is_ascii() {
        return ascii(run, give);
    }
    let folded = fold(run);
    let mut parts = Runs { text: &folded, at: 0 };
    while let Some(part) = parts.next_run() {
        by_script(&folded[part], pair, give);
    }
}

/// The words of a text, one behind the other: what a name is compared by.
pub fn joined(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut runs = Runs { text, at: 0 };
    while let Some(run) = runs.next_run() {
        for part in whole(&fold(&text[run])) {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(&part);
        }
    }
    name
}

/// A name with all its signs, as it is compared: folded, in one line, without quotation marks, and with one sign for each
/// kind of apostrophe and hyphen. `C++` and `C#` are two names of one word.
pub fn exact(name: &str) -> String {
    let mut exact = String::with_capacity(name.len());
    for c in fold(name).chars() {
        match c {
            '"' | '“' | '”' | '„' | '«' | '»' | SOFT_HYPHEN => {}
            '‘' | '’' => exact.push('\''),
            '\u{2010}' | '\u{2011}' => exact.push('-'),
            c if c.is_whitespace() || c.is_control() || c == '\u{feff}' => {
                if !exact.ends_with(' ') {
                    exact.push(' ');
                }
            }
            c => exact.push(c),
        }
    }
    exact.trim_matches(' ').to_owned()
}

/// Where a line may be broken in a word.
const SOFT_HYPHEN: char = '\u{ad}';

/// Gives what a text says as one word beside its words: what a hyphen parts (`wifi` in `Wi-Fi`, `az104` in `AZ-104`), and
/// the version that stands behind letters (`2.4.6` in `v2.4.6`, `v6` in `IPv6`).
pub fn also(text: &str, mut give: impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let mut runs = Runs { text, at: 0 };
    // Such words have a hyphen, or a digit behind a letter: few have. A look at many bytes at a time finds out where there
    // is neither; 0xad, 0x90 and 0x91 are the last bytes of a soft hyphen, of U+2010 and of U+2011.
    let may_be_hint =
        |byte: &u8| *byte == b'-' || *byte == 0xad || *byte & 0xfe == 0x90 || byte.wrapping_sub(b'0') < 10;
    for (nth, block) in bytes.chunks(BLOCK).enumerate() {
        if !block.iter().fold(false, |has, byte| has | may_be_hint(byte)) {
            continue;
        }
        let first = nth * BLOCK;
        for at in (first..first + block.len()).filter(|at| may_be_hint(&bytes[*at])) {
            let is_hint = match bytes[at] {
                0x90 | 0x91 => bytes[..at].ends_with(&[0xe2, 0x80]),
                b'0'..=b'9' => at > 0 && bytes[at - 1].is_ascii_alphabetic(),
                _ => true,
            };
            if is_hint && at >= runs.at {
                runs.also(at, &mut give);
            }
        }
    }
}

/// How many bytes are looked at at a time.
const BLOCK: usize = 64;

/// The version that a word ends with: a number behind letters, with what stands behind it, and the `v` before it if there
/// are other letters.
fn version(word: &str) -> Option<&str> {
    let letters = word.find(|c: char| !c.is_ascii_lowercase()).filter(|letters| *letters > 0)?;
    let rest = &word[letters..];
    let numbers = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let behind = rest[numbers..].trim_start_matches(|c: char| c.is_ascii_lowercase());
    let is_version = rest.starts_with(|c: char| c.is_ascii_digit()) && behind.bytes().all(|byte| byte.is_ascii_digit());
    let has_v = letters > 1 && word.as_bytes()[letters - 1] == b'v';
    let version = &word[letters - usize::from(has_v)..];
    (is_version && version.len() > 1).then_some(version)
}

/// The words in a folded run, those without spaces uncut.
fn whole(folded: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut runs = Runs { text: folded, at: 0 };
    while let Some(run) = runs.next_run() {
        match folded[run.clone()].is_ascii() {
            true => ascii(&folded[run], &mut |word| words.push(word.to_owned())),
            false => words.push(folded[run].to_owned()),
        }
    }
    words
}

/// Gives the words of a run that is ASCII: in lower case, an abbreviation without its points, and a number without what
/// parts its thousands.
fn ascii(run: &str, give: &mut impl FnMut(&str)) {
    if run.len() > 4 * LONGEST {
        return;
    }
    let mut give = |word: &str| {
        if word.len() <= LONGEST {
            give(word);
        }
    };
    let bytes = run.as_bytes();
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if bytes.iter().all(is_plain) {
        return give(run);
    }
    let mut lower = [0; 4 * LONGEST];
    let mut length = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let is_dropped = match byte {
            b'.' => bytes[at - 1].is_ascii_alphabetic(),
            b',' => parts_thousands(&bytes[at + 1..]),
            _ => false,
        };
        if !is_dropped {
            lower[length] = byte.to_ascii_lowercase();
            length += 1;
        }
    }
    let lower = std::str::from_utf8(&lower[..length]).unwrap_or_default();
    lower.split(',').for_each(&mut give);
}

/// Whether what follows a comma are three digits and no more.
fn parts_thousands(after: &[u8]) -> bool {
    after.iter().take_while(|byte| byte.is_ascii_digit()).count() == 3
}

/// Gives the words of a folded run, cut where letters that are written without spaces begin and end.
fn by_script(run: &str, pair: &mut String, give: &mut impl FnMut(&str)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let is_cjk_run = is_cjk(first);
        let end = rest.find(|c: char| is_cjk(c) != is_cjk_run).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        match is_cjk_run {
            true => pairs(part, pair, give),
            false if part.is_ascii() => ascii(part.trim_matches(['.', ',']), give),
            false if part.chars().count() <= LONGEST => give(part),
            false => {}
        }
    }
}

fn pairs(run: &str, pair: &mut String, give: &mut impl FnMut(&str)) {
    let mut chars = run.chars().peekable();
    while let Some(c) = chars.next() {
        pair.clear();
        pair.push(c);
        pair.extend(chars.peek());
        give(pair);
    }
}

/// The places of the runs of letters, marks and digits in a text.
struct Runs<'a> {
    text: &'a str,
    at: usize,
}

impl Runs<'_> {
    /// The next run if it is a plain word: letters and digits of ASCII with nothing at their ends that may belong to them.
    /// Most are, and are told at a glance. Otherwise only what stands before the run is passed.
    #[inline]
    fn next_plain(&mut self, words: &mut AsciiWords) -> Option<TermKey<'static>> {
        let bytes = self.text.as_bytes();
        let (start, length) = words.next(self.at);
        self.at = start;
        let word = term_key::plain(&bytes[start..], length)?;
        let is_single = length == 1;
        let is_apostrophe = |byte: u8| byte == b'\'' || !byte.is_ascii();
        if is_single && start > 0 && is_apostrophe(bytes[start - 1]) {
            return None;
        }
        let end = start + length;
        let goes_on = match bytes.get(end) {
            Some(b'.' | b',') => {
                bytes.get(end + 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
            }
            Some(byte) => !byte.is_ascii() || (is_single && is_apostrophe(*byte)),
            None => false,
        };
        if goes_on {
            return None;
        }
        self.at = end;
        Some(word)
    }

    /// Passes the signs of ASCII that stand here.
    fn skip_signs(&mut self) {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()) {
            self.at += 1;
        }
    }

    fn next_run(&mut self) -> Option<std::ops::Range<usize>> {
        loop {
            self.skip_signs();
            let c = self.char_at(self.at)?;
            if !is_letter(c) {
                self.at += c.len_utf8();
                continue;
            }
            let start = self.at;
            self.at = match self.abbreviation(start) {
                Some(end) => end,
                None => self.end(start),
            };
            if !self.is_left_over(start) {
                return Some(start..self.at);
            }
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Where a run ends: a point or a comma between two digits is a part of it.
    fn end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut at = start;
        loop {
            match bytes.get(at) {
                Some(byte) if byte.is_ascii_alphanumeric() => at += 1,
                Some(b'.' | b',') if is_digit(at - 1) && is_digit(at + 1) => at += 1,
                Some(byte) if !byte.is_ascii() => match self.char_at(at) {
                    Some(c) if is_letter(c) => at += c.len_utf8(),
                    _ => return at,
                },
                _ => return at,
            }
        }
    }

    /// Where an abbreviation ends that begins here: `U.S` of `U.S.`.
    fn abbreviation(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let is_latin = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        let mut at = start;
        let goes_on = |at: usize| self.char_at(at).is_some_and(is_letter);
        while is_latin(at) && bytes.get(at + 1) == Some(&b'.') && is_latin(at + 2) && !goes_on(at + 3) {
            at += 2;
        }
        (at > start).then_some(at + 1)
    }

    /// Gives what the runs around a place say as one word, and goes behind them.
    fn also(&mut self, at: usize, give: &mut impl FnMut(&str)) {
        let bytes = self.text.as_bytes();
        let mut start = at;
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        // Back to where the first of them begins.
        while let Some(c) = self.before(start).filter(|_| start > self.at) {
            let is_point = || matches!(c, '.' | ',') && self.text[..start - 1].ends_with(|c: char| c.is_ascii_digit());
            let goes_on =
                is_letter(c) || is_hyphen(c) || (is_point() && bytes.get(start).is_some_and(u8::is_ascii_digit));
            if !goes_on {
                break;
            }
            start -= c.len_utf8();
        }
        while let Some(c) = self.char_at(start).filter(|c| !is_letter(*c)) {
            start += c.len_utf8();
        }
        self.at = start.max(at + 1);
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        if start > at {
            return;
        }
        // Runs that a hyphen parts, one after another.
        let (mut end, mut parts, mut has_range) = (start, 0, false);
        loop {
            let part = end;
            end = self.end(part);
            parts += 1;
            if self.text[part..end].is_ascii()
                && let Some(version) = version(&self.text[part..end].to_ascii_lowercase())
            {
                give(version);
            }
            let Some(hyphen) = self.char_at(end).filter(|c| is_hyphen(*c)) else { break };
            let next = end + hyphen.len_utf8();
            let Some(first) = self.char_at(next).filter(|c| is_letter(*c)) else { break };
            // What stands between two numbers is a range, or a date.
            has_range |= first.is_ascii_digit() && bytes[end - 1].is_ascii_digit();
            end = next;
        }
        self.at = self.at.max(end);
        let whole = &self.text[start..end];
        if parts > 1 && !has_range && whole.len() <= 4 * LONGEST && !whole.chars().any(is_cjk) {
            let joined: String = fold(whole).chars().filter(|c| !is_hyphen(*c)).collect();
            let is_word = joined.chars().all(|c| is_letter(c) || c == '.');
            if is_word && joined.chars().count() <= LONGEST {
                give(&joined);
            }
        }
    }

    /// Whether a run is a single letter beside an apostrophe: the `s` of `China's`, the `l` of `l'industrie`.
    fn is_left_over(&self, start: usize) -> bool {
        let is_single = self.at - start == 1 && self.text.as_bytes()[start].is_ascii_alphabetic();
        let is_apostrophe = |c: &char| matches!(c, '\'' | '’');
        is_single && {
            let before = self.before(start).filter(is_apostrophe);
            let after = self.char_at(self.at).filter(is_apostrophe);
            before.and_then(|c| self.before(start - c.len_utf8())).is_some_and(is_letter)
                || after.and_then(|c| self.char_at(self.at + c.len_utf8())).is_some_and(is_letter)
        }
    }
}

/// Whether a character parts a word in two that is one.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | SOFT_HYPHEN)
}

/// Whether a character is a part of words: a letter, a mark on one, a digit.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::tests::cases;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each(text, |word| words.push(word.text(&mut [0; 16]).to_owned()));
        words
    }

    #[test]
    fn words_are_those_that_the_browser_has() {
        let vectors = include_str!("../../tests/browser/search/tokens.json");
        let vectors: Vec<serde_json::Value> = serde_json::from_str(vectors).unwrap();
        for vector in vectors {
            let text = vector["text"].as_str().unwrap();
            let expected: Vec<&str> =
                vector["words"].as_array().unwrap().iter().filter_map(|word| word.as_str()).collect();
            assert_eq!(words(text), expected, "{text}");
            if let Some(expected) = vector["joined"].as_str() {
                assert_eq!(joined(text), expected, "{text}");
            }
            if let Some(expected) = vector["exact"].as_str() {
                assert_eq!(exact(text), expected, "{text}");
            }
            let mut found = Vec::new();
            also(text, |word| found.push(word.to_owned()));
            let expected: Vec<&str> =
                vector["also"].as_array().into_iter().flatten().filter_map(|word| word.as_str()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn what_is_told_at_a_glance_is_what_a_close_look_finds(text in "[a-cA-C0-9.,'’ é-]{0,24}|([a-z]{1,20}[.,'’ é-]){0,40}") {
            let (mut runs, mut pair, mut closely) = (Runs { text: &text, at: 0 }, String::new(), Vec::new());
            while let Some(run) = runs.next_run() {
                of_run(&text[run], &mut pair, &mut |word: &str| closely.push(word.to_owned()));
            }
            prop_assert_eq!(words(&text), closely);
        }

        #[test]
        fn any_text_has_words(text in "\\PC{0,40}|[a-zA-Z0-9.,' ’é中國ガ한]{0,40}") {
            for word in words(&text) {
                prop_assert!(!word.is_empty() && word.chars().count() <= LONGEST);
            }
            joined(&text);
            exact(&text);
        }

        #[test]
        fn any_text_is_looked_through_for_what_is_one_word(text in "[ab1.,\u{ad}‐é中v -]{0,24}|\\PC{0,40}") {
            also(&text, |word| assert!(!word.is_empty()));
        }
    }
}
