//! Colons that begin no definition. One needs a space or a tab behind its colon; the parser takes any.

use super::fence::without_containers;
use super::mask::{Disguise, Mask};

/// The longest row of signs of quotes and items before a colon, in bytes.
const LONGEST_PREFIX: usize = 1_000;

/// Hides the colon of each line that begins with one and no definition, as `:::tip` and `:) smile` do.
pub fn hide(mask: &mut Mask) {
    let text = mask.text;
    let bytes = text.as_bytes();
    // Where the line begins that was reached, and how far it was looked for.
    let (mut line, mut seen) = (0, 0);
    for at in memchr::memchr_iter(b':', bytes) {
        if at > 0 && !matches!(bytes[at - 1], b' ' | b'\t' | b'>' | b'\n' | b'\r') {
            continue;
        }
        if let Some(end) = memchr::memrchr2(b'\n', b'\r', &bytes[seen..at]) {
            line = seen + end + 1;
        }
        seen = at;
        let begins_definition = matches!(bytes.get(at + 1), Some(b' ' | b'\t'));
        if begins_definition || at - line > LONGEST_PREFIX || !without_containers(&text[line..at]).is_empty() {
            continue;
        }
        // Below the heading of a table such a line says how its columns are aligned.
        let rest = text[at..].split(['\n', '\r']).next().unwrap_or("");
        if !is_delimiter_row(rest) || is_blank(line_before(&text[..line])) {
            mask.hide(at, Disguise::Punctuation);
        }
    }
}

/// The last line of a text that ends with a line's end.
fn line_before(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    text.rsplit(['\n', '\r']).next().unwrap_or("")
}

fn is_blank(line: &str) -> bool {
    without_containers(line).trim().is_empty()
}

/// Whether a line is the one below the heading of a table (GFM 0.29, section 4.10).
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|byte| matches!(byte, b':' | b'-' | b'|' | b' ' | b'\t' | b'\n' | b'\r'))
}
