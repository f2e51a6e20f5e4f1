//! The words of the interface: one table for each language, over the English one.

use std::collections::BTreeMap;

use super::layers::{BAD_THEME, Overlay};
use crate::base::diagnostic::Diagnostic;
use crate::base::span::Span;

/// The words for `language` (BCP 47): those of `words/en.toml`, of `words/de.toml` for any German, and of
/// `words/de-AT.toml` for this one, later ones over earlier ones.
pub fn read(layers: &Overlay, language: &str, problems: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    let mut names = vec!["en", primary, language];
    names.dedup();
    let mut words = BTreeMap::new();
    for name in names {
        let path = format!("words/{name}.toml");
        // A book's own table may hold only some words, so it lies over the built-in one.
        for text in [layers.built_in_text(&path), layers.text(&path)].into_iter().flatten() {
            match toml::from_str::<BTreeMap<String, String>>(text) {
                Ok(table) => words.extend(table),
                Err(error) => {
                    let span = Span::new(error.span().unwrap_or(0..0));
                    let message = format!("this is no table of words: {}", error.message());
                    problems.push(
                        Diagnostic::error(BAD_THEME, &layers.path(&path), span, message)
                            .help("write a word and its text on each line, as next = \"Next\""),
                    );
                }
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in braces in a text, in the order of the alphabet.
    fn parts(text: &str) -> Vec<&str> {
        let mut parts: Vec<&str> = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
        parts.sort_unstable();
        parts
    }

    #[test]
    fn every_language_has_the_words_of_english_and_what_is_put_into_them() {
        let (layers, _) = Overlay::new("", Vec::new());
        let table = |path: &str| toml::from_str::<BTreeMap<String, String>>(layers.text(path).unwrap()).unwrap();
        let english = table("words/en.toml");
        let others: Vec<String> = layers.under("words/").map(|(name, _)| format!("words/{name}")).collect();
        assert!(others.len() >= 3, "{others:?}");
        for path in others {
            let words = table(&path);
            assert_eq!(words.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{path}");
            for (word, text) in &words {
                assert_eq!(parts(text), parts(&english[word]), "{path}: {word}");
            }
        }
    }
}
