//! Lists and strings of JSON (RFC 8259), with the bytes that `serde_json` writes.

/// Writes a list, given how each of its items is written.
pub fn list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (nth, item) in items.into_iter().enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.push(b']');
}

/// Writes a text between double quotes.
pub fn string(out: &mut Vec<u8>, text: &str) {
    let is_rare = |byte: u8| (byte < b' ') & (byte != b'\n');
    if text.bytes().fold(false, |any, byte| any | is_rare(byte)) {
        let _ = serde_json::to_writer(out, text);
        return;
    }
    out.push(b'"');
    let mut written = 0;
    for at in memchr::memchr3_iter(b'"', b'\\', b'\n', text.as_bytes()) {
        out.extend_from_slice(&text.as_bytes()[written..at]);
        out.push(b'\\');
        written = at + 1;
        out.push(if text.as_bytes()[at] == b'\n' { b'n' } else { text.as_bytes()[at] });
    }
    out.extend_from_slice(&text.as_bytes()[written..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::base::tests::cases;

    fn string(text: &str) -> String {
        let mut out = Vec::new();
        super::string(&mut out, text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_sign_is_written_as_serde_json_writes_it() {
        for sign in (0..0x3000).filter_map(char::from_u32) {
            let text = format!("a{sign}b");
            assert_eq!(string(&text), serde_json::to_string(&text).unwrap());
        }
    }

    proptest! {
        #![proptest_config(cases(64))]

        #[test]
        fn texts_are_written_as_serde_json_writes_them(text in "[a-z \n\"\\\\é中]{0,200}") {
            prop_assert_eq!(string(&text), serde_json::to_string(&text).unwrap());
        }
    }
}
