//! A word as a number: most are so short that they are told apart and looked up as one.

use super::ascii_words::{all, number};

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

    /// The word as a text, for which there is room for sixteen bytes.
    pub fn text<'b>(self, room: &'b mut [u8; 16]) -> &'b str
    where
        'a: 'b,
    {
        let bits = match self {
            TermKey::Short(word) => u128::from(word),
            TermKey::Medium(word) => word,
            TermKey::Long(word) => return word,
        };
        *room = bits.to_le_bytes();
        let length = 16 - bits.leading_zeros() as usize / 8;
        std::str::from_utf8(&room[..length]).unwrap_or_default()
    }
}

/// The word of so many letters and digits of ASCII that a text begins with, in lower case, if it has at most sixteen.
#[inline]
pub fn plain(text: &[u8], length: usize) -> Option<TermKey<'static>> {
    match length {
        1..=8 => Some(TermKey::Short(lower(text, length))),
        9..=16 => {
            let (first, second) = (lower(text, 8), lower(&text[8..], length - 8));
            Some(TermKey::Medium(u128::from(first) | u128::from(second) << 64))
        }
        _ => None,
    }
}

/// One to eight letters and digits as a number and in lower case: a digit has the bit that makes a letter small.
fn lower(text: &[u8], length: usize) -> u64 {
    (number(text) | all(0x20)) & (u64::MAX >> (64 - 8 * length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_again() {
        for length in 1..20 {
            let word = &"abcdefghijklmnopqrst"[..length];
            assert_eq!(TermKey::of(word).text(&mut [0; 16]), word);
        }
        assert_eq!(TermKey::of("中国").text(&mut [0; 16]), "中国");
    }

    #[test]
    fn a_plain_word_is_in_lower_case() {
        let plain =
            |text: &str, length: usize| plain(text.as_bytes(), length).map(|word| word.text(&mut [0; 16]).to_owned());
        assert_eq!(plain("Mic25 and", 5).as_deref(), Some("mic25"));
        assert_eq!(plain("Taxation", 8).as_deref(), Some("taxation"));
        assert_eq!(plain("Semiconductors and", 14).as_deref(), Some("semiconductors"));
        assert_eq!(plain("internationalize", 16).as_deref(), Some("internationalize"));
        assert_eq!(plain("internationalised", 17), None);
        assert_eq!(plain("中", 0), None);
    }
}
