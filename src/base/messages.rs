//! The words of the interface, in one language.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

/// A table of words by their names in `themes/default/words/en.toml`, which has them all.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    table: FxHashMap<String, String>,
}

impl Messages {
    /// The text for a word; empty if the table has none.
    pub fn get(&self, word: &str) -> &str {
        self.table.get(word).map_or("", String::as_str)
    }

    /// The text for a word with `{count}` replaced by a number.
    pub fn count(&self, word: &str, count: usize) -> String {
        self.fill(word, &[("count", &in_thousands(count as i64, self.get("thousands")))])
    }

    /// The text for a word with `{name}` replaced by what stands for each name.
    pub fn fill(&self, word: &str, parts: &[(&str, &str)]) -> String {
        fill(self.get(word), parts)
    }
}

/// A text with `{name}` replaced by what stands for each name.
pub fn fill(text: &str, parts: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + parts.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(before);
        filled.push_str(parts.iter().find(|(part, _)| *part == name).map_or("", |(_, text)| text));
        rest = after;
    }
    filled + rest
}

/// A whole number with a sign between its thousands, where it has five digits or more.
pub fn in_thousands(number: i64, sign: &str) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(sign)
}

impl Hash for Messages {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut words: Vec<_> = self.table.iter().collect();
        words.sort_unstable();
        words.hash(state);
    }
}

impl FromIterator<(String, String)> for Messages {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(words: T) -> Messages {
        Messages { table: words.into_iter().collect() }
    }
}

/// The English words, for tests.
#[cfg(test)]
pub fn english() -> Messages {
    let text = include_str!("../../themes/default/words/en.toml");
    toml::from_str::<std::collections::BTreeMap<String, String>>(text).unwrap().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_filled_in_the_order_of_its_language() {
        let words = Messages::from_iter([("day".to_owned(), "{year}年{month}月".to_owned())]);
        assert_eq!(words.fill("day", &[("month", "5"), ("year", "{month}")]), "{month}年5月");
        assert_eq!(words.get("unheard of"), "");
    }
}
