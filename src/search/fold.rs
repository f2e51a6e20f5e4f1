//! Letters as search compares them: whatever can be told apart only by an eye or a keyboard is one.

use std::sync::LazyLock;

use hanconv::TSCharacters;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Each traditional character of OpenCC's table and the simplified one that it is folded to.
static SIMPLIFIED: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    let one = |text: &str| text.chars().next().filter(|c| c.len_utf8() == text.len());
    TSCharacters.iter().filter_map(|(from, to)| Some((one(from)?, one(to)?))).filter(|(from, to)| from != to).collect()
});

/// A text as it is compared: compatibility forms composed (NFKC), in lower case, without diacritics, Han letters
/// simplified.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text.nfkc().collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for c in lower.nfd().filter(|c| !is_diacritic(*c)).nfc() {
        match plain(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(simplified(c)),
        }
    }
    folded
}

/// A Han letter as it is compared; any other letter is itself.
pub fn simplified(c: char) -> char {
    match c {
        '\u{3400}'.. => SIMPLIFIED.get(&c).copied().unwrap_or(c),
        _ => c,
    }
}

/// The traditional characters that are folded, each with what it is folded to, in order.
pub fn traditional() -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = SIMPLIFIED.iter().map(|(from, to)| (*from, *to)).collect();
    pairs.sort_unstable();
    pairs
}

/// The combining marks above, below and through letters of the European scripts; those of other scripts are vowels.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// What a small letter is without its stroke, or taken apart: that which no decomposition does.
pub fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ς' => "σ",
        _ => return None,
    })
}
