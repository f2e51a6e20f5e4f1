//! Text made safe for HTML.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What the reference implementation of CommonMark encodes in addresses.
const HREF: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Writes text between tags.
pub fn text(out: &mut String, text: &str) {
    let mut written = 0;
    for at in memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes()) {
        out.push_str(&text[written..at]);
        out.push_str(entity(text.as_bytes()[at]).unwrap_or(""));
        written = at + 1;
    }
    out.push_str(&text[written..]);
}

/// Writes a value between double quotes.
pub fn attribute(out: &mut String, value: &str) {
    if !has_sign(value) {
        return out.push_str(value);
    }
    let mut written = 0;
    for (at, byte) in value.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&value[written..at]);
            out.push_str(entity);
            written = at + 1;
        }
    }
    out.push_str(&value[written..]);
}

/// Writes what stands between tags or quotes of any kind, as templates do.
pub fn quoted(out: &mut String, text: &str) {
    if !has_sign(text) {
        return out.push_str(text);
    }
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte).or((byte == b'\'').then_some("&#39;")) {
            out.push_str(&text[written..at]);
            out.push_str(entity);
            written = at + 1;
        }
    }
    out.push_str(&text[written..]);
}

/// Whether a text has a sign that HTML may have a use for. Most have none: to look at all bytes is quicker than to stop
/// at the first, for many are looked at together.
fn has_sign(text: &str) -> bool {
    text.as_bytes().iter().fold(false, |any, byte| any | matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\''))
}

/// What stands for a sign that HTML has a use for.
fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

/// Writes an address between double quotes; what is percent-encoded stays so.
pub fn href(out: &mut String, url: &str) {
    for part in utf8_percent_encode(url, HREF) {
        attribute(out, part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(write: fn(&mut String, &str), text: &str) -> String {
        let mut out = String::new();
        write(&mut out, text);
        out
    }

    #[test]
    fn nothing_escapes_from_where_it_stands() {
        assert_eq!(of(text, "<b> & \"x\" 中"), "&lt;b&gt; &amp; \"x\" 中");
        assert_eq!(of(attribute, "\"><script>"), "&quot;&gt;&lt;script&gt;");
        assert_eq!(of(quoted, "\"'<b>&"), "&quot;&#39;&lt;b&gt;&amp;");
        assert_eq!(of(href, "a b.html?x=1&y=\"中\"#%20"), "a%20b.html?x=1&amp;y=%22%E4%B8%AD%22#%20");
    }
}
