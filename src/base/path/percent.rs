//! Parts of addresses as links write them: `%20` for a space.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What must be escaped in a relative link, besides letters beyond ASCII; a colon would make its first part look like
/// a scheme.
pub const HREF: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Writes a part of an address, ready for an `href`. Most have nothing to encode, which a look at many bytes at a time
/// finds out.
pub fn push_encoded(out: &mut String, part: &str) {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() | matches!(byte, b'-' | b'_' | b'.' | b'/');
    match part.as_bytes().iter().fold(true, |all, byte| all & is_plain(byte)) {
        true => out.push_str(part),
        false => out.extend(utf8_percent_encode(part, HREF)),
    }
}

/// A fragment or path part ready for an `href`.
pub fn encode(part: &str) -> String {
    utf8_percent_encode(part, HREF).to_string()
}

/// What ends a destination in Markdown, or means something else in a path.
const DESTINATION: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'#')
    .add(b'%')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\');

/// A path or a fragment as it can stand in a destination in Markdown; letters of every script stay as they are.
pub fn destination(path: &str) -> String {
    path.split_inclusive(|c: char| c.is_ascii())
        .flat_map(|part| {
            let (other, ascii) = part.split_at(part.trim_end_matches(|c: char| c.is_ascii()).len());
            [other.to_owned(), utf8_percent_encode(ascii, DESTINATION).to_string()]
        })
        .collect()
}

/// A part of a link as its author meant it: `%20` is a space. What is no UTF-8 stays as written.
pub fn decode(part: &str) -> String {
    percent_decode_str(part).decode_utf8().map_or_else(|_| part.to_owned(), |text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_keeps_letters_and_ends_nowhere_too_early() {
        assert_eq!(destination("../政策/a (b) & c?.md"), "../政策/a%20%28b%29%20&%20c%3F.md");
        assert_eq!(destination("it's.md"), "it%27s.md");
    }
}
