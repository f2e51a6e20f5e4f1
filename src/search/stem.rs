//! English words without their endings, so that `tariff` finds `tariffs` and `manufactured` finds `manufacturing`.
//!
//! The light part of Snowball's English stemmer (Porter 2, <https://snowballstem.org/algorithms/english/stemmer.html>):
//! its steps 1a, 1b and 1c, and the `e` of step 5. The steps between, which join `organisation` with `organ`, are left
//! out, and exceptions are those below. Behind the steps come spellings: what is written one way in London and another
//! way in Washington is one word. `themes/default/js/search/tokens.js` has the same.

use std::borrow::Cow;

/// The stem of a word in lower case; a word with other letters than those of English is its own.
pub fn stem(word: &str) -> Cow<'_, str> {
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if let Some((_, stem)) = EXCEPTIONS.iter().find(|(exception, _)| *exception == word) {
        return Cow::Borrowed(stem);
    }
    let mut word = Word { letters: word.as_bytes().to_vec() };
    word.plural();
    word.past();
    word.final_y();
    word.final_e();
    word.spelling();
    Cow::Owned(String::from_utf8(word.letters).unwrap_or_default())
}

/// Words whose stem no rule finds without taking others for them: names on `-s`, and plurals of theirs and of words on
/// `-sis`.
const EXCEPTIONS: [(&str, &str); 17] = [
    ("alias", "alias"),
    ("aliases", "alias"),
    ("analysis", "analyz"),
    ("atlas", "atlas"),
    ("atlases", "atlas"),
    ("bias", "bias"),
    ("biases", "bias"),
    ("buses", "bus"),
    ("canvas", "canvas"),
    ("canvases", "canvas"),
    ("crises", "crisi"),
    ("gases", "gas"),
    ("hypotheses", "hypothesi"),
    ("lens", "lens"),
    ("lenses", "lens"),
    ("news", "news"),
    ("theses", "thesi"),
];

/// Endings of stems in British English, each as it is in American English, and how long a stem with it is at least:
/// `centre`, `labour`, `organise`, `modernisation`, `analyse`, `licence`, `programme`, `catalogue`, `travelled`.
const SPELLINGS: [(&str, &str, usize); 10] = [
    ("tr", "ter", 4),
    ("br", "ber", 4),
    ("our", "or", 6),
    ("isation", "ization", 9),
    ("is", "iz", 5),
    ("lys", "lyz", 6),
    ("enc", "ens", 5),
    ("ogramm", "ogram", 7),
    ("ogu", "og", 6),
    ("ll", "l", 5),
];

struct Word {
    letters: Vec<u8>,
}

impl Word {
    /// Step 1a.
    fn plural(&mut self) {
        let length = self.letters.len();
        if self.ends(b"sses") {
            self.letters.truncate(length - 2);
        } else if self.ends(b"ied") || self.ends(b"ies") {
            self.letters.truncate(if length > 4 { length - 2 } else { length - 1 });
        } else if self.ends(b"s") && !self.ends(b"us") && !self.ends(b"ss") && self.has_vowel(length - 2) {
            self.letters.truncate(length - 1);
        }
    }

    /// Step 1b.
    fn past(&mut self) {
        let length = self.letters.len();
        if self.ends(b"eed") {
            if self.region(0) + 3 <= length {
                self.letters.truncate(length - 1);
            }
            return;
        }
        let Some(ending) = [&b"ed"[..], b"ing"].into_iter().find(|ending| self.ends(ending)) else { return };
        let rest = length - ending.len();
        if !self.has_vowel(rest) {
            return;
        }
        self.letters.truncate(rest);
        if self.ends(b"at") || self.ends(b"bl") || self.ends(b"iz") {
            self.letters.push(b'e');
        } else if self.is_double() {
            self.letters.truncate(rest - 1);
        } else if self.region(0) >= rest && self.is_short(rest) {
            self.letters.push(b'e');
        }
    }

    /// Step 1c.
    fn final_y(&mut self) {
        let last = self.letters.len() - 1;
        if last > 1 && self.letters[last] == b'y' && !self.is_vowel(last - 1) {
            self.letters[last] = b'i';
        }
    }

    /// The `e` of step 5.
    fn final_e(&mut self) {
        let last = self.letters.len() - 1;
        let first = self.region(0);
        let is_far = last >= self.region(first);
        if self.letters[last] == b'e' && (is_far || (last >= first && !self.is_short(last))) {
            self.letters.truncate(last);
        }
    }

    fn spelling(&mut self) {
        let is_one = |(british, _, least): &&(&str, &str, usize)| {
            self.letters.len() >= *least && self.letters.ends_with(british.as_bytes())
        };
        if let Some((british, american, _)) = SPELLINGS.iter().find(is_one) {
            self.letters.truncate(self.letters.len() - british.len());
            self.letters.extend(american.bytes());
        }
    }

    fn ends(&self, ending: &[u8]) -> bool {
        self.letters.ends_with(ending)
    }

    /// A `y` is a vowel, but at the beginning and behind one.
    fn is_vowel(&self, at: usize) -> bool {
        match self.letters[at] {
            b'a' | b'e' | b'i' | b'o' | b'u' => true,
            b'y' => at > 0 && !self.is_vowel(at - 1),
            _ => false,
        }
    }

    fn has_vowel(&self, end: usize) -> bool {
        (0..end).any(|at| self.is_vowel(at))
    }

    /// Where the region begins behind the first consonant after a vowel, from a place on: R1, and R2 from there.
    fn region(&self, from: usize) -> usize {
        let length = self.letters.len();
        let behind = (from + 1..length).find(|at| !self.is_vowel(*at) && self.is_vowel(at - 1));
        behind.map_or(length, |at| at + 1)
    }

    /// Whether what stands before a place ends in a short syllable: `plan`, `us`, but not `lead` or `box`.
    fn is_short(&self, end: usize) -> bool {
        match end {
            0 | 1 => false,
            2 => self.is_vowel(0) && !self.is_vowel(1),
            _ => {
                !self.is_vowel(end - 1)
                    && !matches!(self.letters[end - 1], b'w' | b'x' | b'y')
                    && self.is_vowel(end - 2)
                    && !self.is_vowel(end - 3)
            }
        }
    }

    fn is_double(&self) -> bool {
        const DOUBLES: &[u8] = b"bdfgmnprt";
        matches!(self.letters[..], [.., a, b] if a == b && DOUBLES.contains(&a))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    #[test]
    fn stems_are_those_that_the_browser_has() {
        let vectors = include_str!("../../tests/browser/search/stems.json");
        let vectors: BTreeMap<String, String> = serde_json::from_str(vectors).unwrap();
        let wrong: Vec<String> = vectors
            .iter()
            .filter(|(word, stem)| super::stem(word) != **stem)
            .map(|(word, stem)| format!("{word}: {}, and wanted is {stem}", super::stem(word)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
