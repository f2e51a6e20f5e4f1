//! Lines that would be a key with its value in front matter, and the keys that tell it from prose.

use crate::config::STANDARD;

/// The longest key, in bytes: what is longer before a colon is a sentence.
const LONGEST_KEY: usize = 40;

/// The key of a line as `key: value`, `"key": value` or `key = value`; none if it has none.
pub fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let at = line.find([':', '：', '='])?;
    let key = line[..at].trim().trim_matches(['"', '\'']);
    let sign = line[at..].chars().next()?;
    let behind = &line[at + sign.len_utf8()..];
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '$');
    let is_key = !key.is_empty()
        && key.len() <= LONGEST_KEY
        && key.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$'))
        && key.chars().all(|c| is_word(c) || c == ' ' && sign != '=');
    // Behind `draft:` the space is easily forgotten; behind other words a colon means something else.
    let is_parted = sign != ':' || behind.is_empty() || behind.starts_with([' ', '\t', ':']);
    (is_key && (is_parted || tells(key))).then_some(key)
}

/// Whether a key is one that every entry may have, in any case of letters.
pub fn is_standard(key: &str) -> bool {
    STANDARD.iter().any(|standard| standard.key.eq_ignore_ascii_case(key))
}

/// Whether a key tells if an entry is published, in any case of letters.
pub fn is_private(key: &str) -> bool {
    ["draft", "publish", "published", "private"].iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Whether a line is a key that tells if an entry is published, with yes or no behind it and nothing else but a comment.
pub fn holds_back(line: &str) -> bool {
    const ANSWERS: [&str; 8] = ["true", "false", "yes", "no", "on", "off", "1", "0"];
    let line = line.split_once(" #").map_or(line, |(line, _)| line);
    let Some(key) = key_of(line).filter(|key| is_private(key)) else { return false };
    let behind = &line[line.find(key).unwrap_or(0) + key.len()..];
    let said = behind.trim_matches(['"', '\'', ':', '=', ' ', '\t', '：']);
    ANSWERS.iter().any(|answer| answer.eq_ignore_ascii_case(said))
}

fn tells(key: &str) -> bool {
    is_standard(key) || is_private(key)
}
