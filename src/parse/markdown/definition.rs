//! Colons that begin no definition. One needs a space or a tab behind its colon; the parser takes any.

use super::fence::without_containers;
use super::mask::{Disguise, Mask};

/// Hides the colon of each line that begins with one and no definition, as `:::tip` and `:) smile` do.
pub fn hide(mask: &mut Mask) {
    let text = mask.text;
    if memchr::memchr(b':', text.as_bytes()).is_none() {
        return;
    }
    let (mut start, mut before) = (0, "");
    for line in text.split_inclusive(['\n', '\r']) {
        let inside = without_containers(line);
        if inside.starts_with(':') && !inside[1..].starts_with([' ', '\t']) {
            // Below the heading of a table such a line says how its columns are aligned.
            let is_delimiter_row = is_delimiter_row(inside) && !without_containers(before).trim().is_empty();
            if !is_delimiter_row {
                mask.hide(start + line.len() - inside.len(), Disguise::Punctuation);
            }
        }
        if line != "\n" || !before.ends_with('\r') {
            before = line;
        }
        start += line.len();
    }
}

/// Whether a line is the one below the heading of a table (GFM 0.29, section 4.10).
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|byte| matches!(byte, b':' | b'-' | b'|' | b' ' | b'\t' | b'\n' | b'\r'))
}
