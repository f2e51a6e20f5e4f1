//! Where words of ASCII stand in a text: its bytes are told apart 64 at a time.

/// How many bytes are told apart at a time: each has a bit.
const WIDTH: usize = 64;

/// Which of the bytes of a text are letters and digits of ASCII, from a place on.
pub struct AsciiWords<'a> {
    text: &'a [u8],
    /// The place of the lowest bit.
    first: usize,
    letters: u64,
    /// Those, and the bytes that are not ASCII.
    all: u64,
}

impl<'a> AsciiWords<'a> {
    pub fn new(text: &'a str) -> AsciiWords<'a> {
        let mut words = AsciiWords { text: text.as_bytes(), first: 0, letters: 0, all: 0 };
        words.look(0);
        words
    }

    /// The next letters and digits at a place or behind it: where they begin, and how many they are. They are none where
    /// something that is not ASCII comes before them, and where the text ends; places are asked for in ascending order.
    #[inline]
    pub fn next(&mut self, mut at: usize) -> (usize, usize) {
        loop {
            let ahead = if at < self.first + WIDTH { self.all >> (at - self.first) } else { 0 };
            if ahead == 0 {
                at = at.max(self.first + WIDTH);
            } else {
                at += ahead.trailing_zeros() as usize;
                let length = (self.letters >> (at - self.first)).trailing_ones() as usize;
                if at + length < self.first + WIDTH || at == self.first {
                    return (at, length);
                }
            }
            if at >= self.text.len() {
                return (self.text.len(), 0);
            }
            self.look(at);
        }
    }

    /// Tells the bytes apart from a place on.
    fn look(&mut self, first: usize) {
        (self.first, self.letters, self.all) = (first, 0, 0);
        let (eights, rest) = self.text[first..self.text.len().min(first + WIDTH)].as_chunks();
        for (nth, eight) in eights.iter().enumerate() {
            self.add(nth, u64::from_le_bytes(*eight));
        }
        if !rest.is_empty() {
            self.add(eights.len(), number(rest));
        }
    }

    fn add(&mut self, nth: usize, bytes: u64) {
        let (letters, others) = (letters(bytes), bytes & all(0x80));
        self.letters |= highest_bits(letters) << (8 * nth);
        self.all |= highest_bits(letters | others) << (8 * nth);
    }
}

/// Bytes as a number, the first of them the lowest.
#[inline]
pub fn number(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
}

/// Which of eight bytes are letters and digits of ASCII, in the highest bit of each. All eight are looked at together.
fn letters(bytes: u64) -> u64 {
    let ascii = bytes & all(0x7f);
    // A digit has the bit that makes a letter small.
    let between = |bytes: u64, first: u8, last: u8| (bytes + all(0x80 - first)) & !(bytes + all(0x7f - last));
    let is_letter = between(ascii | all(0x20), b'a', b'z') | between(ascii, b'0', b'9');
    is_letter & !bytes & all(0x80)
}

/// The highest bits of eight bytes, one behind the other: the product moves that of each byte to its place in the highest
/// byte.
fn highest_bits(bytes: u64) -> u64 {
    (bytes >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Eight times the same byte.
pub const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_of_ascii_are_words() {
        for byte in 0..=127u8 {
            let text = format!("-A{}z", char::from(byte));
            let length = if byte.is_ascii_alphanumeric() { 3 } else { 1 };
            assert_eq!(AsciiWords::new(&text).next(0), (1, length), "{byte}");
        }
    }

    #[test]
    fn words_are_found_wherever_they_begin() {
        for (start, length) in (0..200).flat_map(|start| (1..100).map(move |length| (start, length))) {
            let text = format!("{}{}, é", "-".repeat(start), "a".repeat(length));
            let mut words = AsciiWords::new(&text);
            let (at, found) = words.next(0);
            assert_eq!((at, found), (start, length.min(WIDTH)));
            assert_eq!(words.next(start + length), (start + length + 2, 0));
            assert_eq!(words.next(text.len()), (text.len(), 0));
        }
    }
}
