//! How much of a text is other than it was.

use rustc_hash::FxHashMap;

use crate::base::cjk::is_cjk;

/// How a text is other than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextChange {
    /// It has words that it had not, or has others no more; a word that stands twice counts twice.
    Words { added: usize, removed: usize },
    /// It has the same words in another order.
    Order,
    /// It has the same words, and they are marked up otherwise.
    Markup,
}

impl TextChange {
    /// How the words of a text are other than those of another; none if they are the same. Moved words are no new ones,
    /// and so it takes one look at each text.
    pub fn between(before: &str, after: &str) -> Option<TextChange> {
        let mut counts: FxHashMap<&str, isize> = FxHashMap::default();
        words(after).for_each(|word| *counts.entry(word).or_default() += 1);
        words(before).for_each(|word| *counts.entry(word).or_default() -= 1);
        let added = counts.values().filter(|count| **count > 0).sum::<isize>().unsigned_abs();
        let removed = counts.values().filter(|count| **count < 0).sum::<isize>().unsigned_abs();
        match (added, removed) {
            (0, 0) => words(before).ne(words(after)).then_some(TextChange::Order),
            (added, removed) => Some(TextChange::Words { added, removed }),
        }
    }
}

/// The words of a text: what stands between white space; where a script puts no space between words, each letter.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(Letters)
}

/// What is left of a run without white space.
struct Letters<'a>(&'a str);

impl<'a> Iterator for Letters<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let first = self.0.chars().next()?;
        let end = match is_cjk(first) {
            true => first.len_utf8(),
            false => self.0.find(is_cjk).unwrap_or(self.0.len()),
        };
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_and_so_are_letters_of_scripts_without_spaces() {
        let listed = |text: &'static str| words(text).collect::<Vec<_>>().join("|");
        assert_eq!(listed(" The  plan, 2015\n"), "The|plan,|2015");
        assert_eq!(listed("中国的a计划 b。"), "中|国|的|a|计|划|b。");
        assert_eq!(listed(""), "");
    }

    #[test]
    fn a_text_tells_how_much_of_it_is_other() {
        let words = |added, removed| Some(TextChange::Words { added, removed });
        for (before, after, change) in [
            ("a b c", "a  b\nc", None),
            ("a b c", "a x c d", words(2, 1)),
            ("a a b", "a b", words(0, 1)),
            ("", "计划", words(2, 0)),
            ("a b c", "c a b", Some(TextChange::Order)),
        ] {
            assert_eq!(TextChange::between(before, after), change, "{before} → {after}");
        }
    }
}
