//! Names: how they are compared, what readers see of them, and what kind of file they tell.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A name of a file or a key as a title: `tax-relief` reads `Tax relief`. What has spaces, capitals or no letters was
/// written for people already: `X-ray`, `2024-01-15`.
pub fn title(name: &str) -> String {
    let is_slug = name.contains(char::is_alphabetic) && !name.contains(|c: char| c.is_whitespace() || c.is_uppercase());
    let words = if is_slug { name.replace(['-', '_'], " ") } else { name.to_owned() };
    let mut chars = words.trim().chars();
    chars.next().map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(chars).collect())
}

/// A name as names are compared: NFC, lower case, with one space where there are several or a line's end.
pub fn key(name: &str) -> String {
    if is_plain_ascii(name.as_bytes()) {
        return name.to_ascii_lowercase();
    }
    let name = name.trim();
    let is_plain = |c: char| !c.is_whitespace() || c == ' ';
    let is_spaced = || name.as_bytes().windows(2).any(|pair| pair == b"  ");
    if name.chars().all(is_plain) && !is_spaced() {
        return fold(name, false);
    }
    fold(&name.split_whitespace().collect::<Vec<_>>().join(" "), false)
}

/// Whether a name is of ASCII, with no space at its ends and no white space in it but single spaces: most are.
fn is_plain_ascii(name: &[u8]) -> bool {
    let ([first, ..], [.., last]) = (name, name) else { return false };
    // Without a branch for each byte.
    let are_plain = name.iter().fold(true, |plain, byte| plain & (b' '..0x7f).contains(byte));
    let is_spaced = |spaced: bool, (a, b): (&u8, &u8)| spaced | (*a == b' ' && *b == b' ');
    are_plain && *first != b' ' && *last != b' ' && !name.iter().zip(&name[1..]).fold(false, is_spaced)
}

/// A path or text with its letters composed, as most keyboards write them and some disks do not.
pub fn nfc(text: &str) -> Cow<'_, str> {
    match text.is_ascii() || is_nfc(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

/// A name in NFC, and in lower case unless `keep_case`.
pub fn fold(name: &str, keep_case: bool) -> String {
    if name.is_ascii() {
        return if keep_case { name.to_owned() } else { name.to_ascii_lowercase() };
    }
    let composed: String = if is_nfc(name) { name.to_owned() } else { name.nfc().collect() };
    // Lower case can decompose (İ), so compose once more.
    if keep_case { composed } else { composed.to_lowercase().nfc().collect() }
}

/// Whether a file of this name holds Markdown.
pub fn is_markdown(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// A folder of this name never belongs to a book: what stands in it was fetched.
pub const SKIPPED: &str = "node_modules";

/// How the name of a file that is no note ends: `png`. `Note v1.2` ends so, too.
pub fn file_ending(path: &str) -> Option<&str> {
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    let is_one = (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    (is_one && !ending.eq_ignore_ascii_case("md")).then_some(ending)
}

/// Whether what stands behind a `#` is the rest of a file's name: in `Note#v1.2` it is a heading.
pub fn is_file(whole: &str) -> bool {
    file_ending(whole).is_some_and(|ending| ending.starts_with(|c: char| c.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_keeps_what_was_written_for_people() {
        for (name, expected) in [
            ("tax-relief", "Tax relief"),
            ("part_of", "Part of"),
            ("2024-01-15", "2024-01-15"),
            ("X-ray", "X-ray"),
            ("Sino-American relations", "Sino-American relations"),
            ("中国-2025", "中国 2025"),
        ] {
            assert_eq!(title(name), expected);
        }
    }
}
