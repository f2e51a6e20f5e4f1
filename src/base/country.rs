//! Countries by their codes of two letters.

use std::sync::LazyLock;

use super::suggest::{Suggestion, near as near_name};

/// Codes and names, sorted by code.
static COUNTRIES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    include_str!("countries.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// What people write for a country besides its code and its name.
const ALSO: [(&str, &str); 9] = [
    ("America", "US"),
    ("Britain", "GB"),
    ("Czech Republic", "CZ"),
    ("Great Britain", "GB"),
    ("PRC", "CN"),
    ("Turkey", "TR"),
    ("UK", "GB"),
    ("United States of America", "US"),
    ("USA", "US"),
];

/// The English short name (Unicode CLDR) of an ISO 3166-1 alpha-2 code in capitals.
pub fn name(code: &str) -> Option<&'static str> {
    let place = COUNTRIES.binary_search_by_key(&code, |(code, _)| code).ok()?;
    Some(COUNTRIES[place].1)
}

/// All codes with their names.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.iter().copied()
}

/// What people write for a country besides its code and its name.
pub fn also(code: &str) -> impl Iterator<Item = &'static str> {
    ALSO.iter().filter(move |(_, of)| *of == code).map(|(name, _)| *name)
}

/// The code that was meant by something that is no code: `us`, `USA`, `United States`, `Untied States`.
///
/// What people call a country by habit is as sure as its name; of a misspelt name it is a guess.
pub fn near(written: &str) -> Option<Suggestion<'static>> {
    let wanted = written.trim().to_lowercase();
    let by_code = || COUNTRIES.iter().find(|(code, _)| code.to_lowercase() == wanted).map(|(code, _)| *code);
    // "us" is the US, and "uS" may as well be a slip.
    let is_sure = written.trim() == wanted || wanted.chars().count() > 2;
    let by_habit = || ALSO.iter().find(|(name, _)| name.to_lowercase() == wanted).map(|(_, code)| *code);
    let by_name = || {
        let meant = near_name(&wanted, COUNTRIES.iter().map(|(_, name)| *name))?;
        COUNTRIES.iter().find(|(_, name)| *name == meant.name).map(|(code, _)| Suggestion { name: code, ..meant })
    };
    by_code().or_else(by_habit).map(|name| Suggestion { name, is_sure }).or_else(by_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_names_and_other_words_have_the_code_that_was_meant() {
        assert_eq!(COUNTRIES.len(), 249);
        assert!(COUNTRIES.is_sorted());
        assert_eq!(name("TW"), Some("Taiwan"));
        assert_eq!(name("us"), None);
        for (written, code) in [("us", "US"), ("USA", "US"), ("South Korea", "KR"), ("UK", "GB"), ("Japn", "JP")] {
            assert_eq!(near(written).map(|near| near.name), Some(code), "{written}");
        }
        assert_eq!(near("Atlantis of old"), None);
    }
}
