//! A word as a number: most are so short that they are told apart and looked up as one.

/// A word as it is compared, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermKey<'a> {
    /// At most eight bytes, the first of them the lowest.
    Short(u64),
    /// Nine to sixteen bytes.
    Medium(u128),
    Long(&'a str),
}

impl<'a> TermKey<'a> {
    pub fn of(word: &'a str) -> TermKey<'a> {
        let bytes = word.as_bytes();
        // The first half and the last half of its bytes, which may overlap.
        let four = |at: usize| bytes[at..].first_chunk().map_or(0, |four| u64::from(u32::from_le_bytes(*four)));
        let eight = |at: usize| bytes[at..].first_chunk().map_or(0, |eight| u128::from(u64::from_le_bytes(*eight)));
        match bytes.len() {
            0 | 17.. => TermKey::Long(word),
            length @ 1..4 => {
                let at = |at: usize| u64::from(bytes[at]) << (8 * at);
                TermKey::Short(at(0) | at(length / 2) | at(length - 1))
            }
            length @ 4..=8 => TermKey::Short(four(0) | four(length - 4) << (8 * (length - 4))),
            length @ 9..=16 => TermKey::Medium(eight(0) | eight(length - 8) << (8 * (length - 8))),
        }
    }

    /// The word as a text.
    pub fn text(self) -> Box<str> {
        let text = |bytes: &[u8]| {
            let length = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
            std::str::from_utf8(&bytes[..length]).unwrap_or_default().into()
        };
        match self {
            TermKey::Short(word) => text(&word.to_le_bytes()),
            TermKey::Medium(word) => text(&word.to_le_bytes()),
            TermKey::Long(word) => word.into(),
        }
    }
}

/// The word that a text begins with, in lower case, if it is one of at most sixteen letters and digits of ASCII; and how
/// many it has.
pub fn plain(text: &[u8]) -> Option<(TermKey<'static>, usize)> {
    let (first, length) = letters(text);
    if length < 8 {
        return (length > 0).then_some((TermKey::Short(first), length));
    }
    let (second, more) = letters(&text[8..]);
    match more {
        0 => Some((TermKey::Short(first), 8)),
        8 if text.get(16).is_some_and(u8::is_ascii_alphanumeric) => None,
        _ => Some((TermKey::Medium(u128::from(first) | u128::from(second) << 64), 8 + more)),
    }
}

/// The letters and digits of ASCII that a text begins with, as a number and in lower case, and how many they are, of its
/// first eight bytes. All eight are looked at together.
fn letters(text: &[u8]) -> (u64, usize) {
    let bytes = match text.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => text.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    };
    let ascii = bytes & all(0x7f);
    // In the highest bit of each byte. A digit has the bit that makes a letter small.
    let between = |bytes: u64, first: u8, last: u8| (bytes + all(0x80 - first)) & !(bytes + all(0x7f - last));
    let is_letter = between(ascii | all(0x20), b'a', b'z') | between(ascii, b'0', b'9');
    let is_other = !(is_letter & !bytes) & all(0x80);
    let length = is_other.trailing_zeros() as usize / 8;
    let whole = if length < 8 { (1 << (8 * length)) - 1 } else { u64::MAX };
    ((bytes | all(0x20)) & whole, length)
}

/// Eight times the same byte.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_again() {
        for length in 1..20 {
            let word = &"abcdefghijklmnopqrst"[..length];
            assert_eq!(&*TermKey::of(word).text(), word);
        }
        assert_eq!(&*TermKey::of("中国").text(), "中国");
    }

    #[test]
    fn a_plain_word_ends_where_its_letters_do() {
        let plain = |text: &str| plain(text.as_bytes()).map(|(word, length)| (String::from(word.text()), length));
        for byte in 0..=255u8 {
            let expected = match byte.is_ascii_alphanumeric() {
                true => format!("a{}z", char::from(byte.to_ascii_lowercase())),
                false => "a".to_owned(),
            };
            let (word, length) = super::plain(&[b'A', byte, b'Z']).unwrap();
            assert_eq!((&*word.text(), length), (&*expected, expected.len()), "{byte}");
        }
        assert_eq!(plain("Semiconductors and"), Some(("semiconductors".into(), 14)));
        assert_eq!(plain("Taxation."), Some(("taxation".into(), 8)));
        assert_eq!(plain("internationalised"), None);
        assert_eq!(plain("internationalize"), Some(("internationalize".into(), 16)));
        assert_eq!(plain(" a"), None);
    }
}
