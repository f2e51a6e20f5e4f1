//! 128-bit XXH3 fingerprints: of names and paths where many are compared, and of all that something holds where it is
//! asked whether that is still the same.

use std::hash::Hash;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// 128 bits of a name, of a path, or of all that something shows: no two that anybody writes have the same. Zero is that of
/// the empty text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint([u64; 2]);

impl Fingerprint {
    /// The fingerprint of a text: of a name as names are compared, or of a path in NFC.
    pub fn of(text: &str) -> Fingerprint {
        Fingerprint::new(if text.is_empty() { 0 } else { xxh3_128(text.as_bytes()) })
    }

    fn new(bits: u128) -> Fingerprint {
        Fingerprint([bits as u64, (bits >> 64) as u64])
    }

    pub fn from_bytes(bytes: [u8; 16]) -> Fingerprint {
        Fingerprint::new(u128::from_le_bytes(bytes))
    }

    pub fn bytes(self) -> [u8; 16] {
        (u128::from(self.0[0]) | u128::from(self.0[1]) << 64).to_le_bytes()
    }

    pub fn is_empty(self) -> bool {
        self == Fingerprint::default()
    }
}

/// A mark in the making, of several things one behind the other.
#[derive(Clone, Default)]
pub struct FingerprintHasher(Xxh3);

impl FingerprintHasher {
    pub fn fingerprint(&mut self, fingerprint: Fingerprint) {
        self.0.update(&fingerprint.bytes());
    }

    pub fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }

    /// A text, told apart from what comes before and after it.
    pub fn text(&mut self, text: impl AsRef<[u8]>) {
        self.number(text.as_ref().len() as u64);
        self.0.update(text.as_ref());
    }

    /// All that a value's [`Hash`] tells of it.
    pub fn value(&mut self, value: &impl Hash) {
        value.hash(&mut self.0);
    }

    pub fn finish(self) -> Fingerprint {
        Fingerprint::new(self.0.digest128())
    }

    /// Half a mark, for what is told apart from few others.
    pub fn half(self) -> u64 {
        self.0.digest()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_its_bytes_and_that_of_nothing_is_empty() {
        let mark = Fingerprint::of("robotics");
        assert_eq!(Fingerprint::from_bytes(mark.bytes()), mark);
        assert!(Fingerprint::of("").is_empty() && !mark.is_empty());
    }

    #[test]
    fn texts_are_told_apart_by_where_they_end() {
        let of = |texts: [&str; 2]| {
            let mut hasher = FingerprintHasher::default();
            texts.iter().for_each(|text| hasher.text(text));
            hasher.finish()
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
        assert_eq!(of(["ab", "c"]), of(["ab", "c"]));
    }
}
