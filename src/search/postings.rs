//! The documents that a word stands in, in few letters of ASCII.
//!
//! A list is a count and groups, from the documents of which the word says most to those of which it says least. A group
//! is its level and how many documents it has, then their numbers: the gaps between them in Rice's code (R. F. Rice,
//! 1979), which is the shortest for numbers that are spread evenly, as ours are. Six bits are a letter.
//! `themes/default/js/search/index.js` reads it.

/// The letters of six bits: those of base64 for addresses (RFC 4648, section 5), which no script has to escape.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// How many levels there are.
pub const LEVELS: usize = 8;

/// The most documents that a list names; a word that more have says little, and the query would cost every reader.
const MOST: usize = 16 * 1024;

/// Six bits as a letter.
pub fn letter(value: u32) -> char {
    char::from(LETTERS[value as usize & 63])
}

/// A number: five bits a letter, the lowest first, and the sixth says whether more follow.
pub fn number(out: &mut String, mut value: u32) {
    while value >= 32 {
        out.push(letter(value & 31 | 32));
        value >>= 5;
    }
    out.push(letter(value));
}

/// The numbers of documents by level, each group ascending, out of `1 << bits` numbers.
#[derive(Default)]
pub struct PostingLevels([Vec<u32>; LEVELS]);

impl PostingLevels {
    pub fn add(&mut self, document: u32, level: usize) {
        self.0[level].push(document);
    }

    /// Whether a document is in one of them.
    pub fn has(&self, document: u32) -> bool {
        self.0.iter().any(|group| group.binary_search(&document).is_ok())
    }

    /// Writes the list and empties the groups.
    pub fn write(&mut self, out: &mut String, bits: u32) {
        number(out, self.0.iter().map(Vec::len).sum::<usize>() as u32);
        let mut room = MOST;
        for (level, group) in self.0.iter_mut().enumerate().rev() {
            group.truncate(room);
            room -= group.len();
            if !group.is_empty() {
                write_group(out, level as u32, group, bits);
            }
            group.clear();
        }
    }
}

/// The list of some documents, each with its level, by ascending numbers.
pub fn list(documents: impl Iterator<Item = (u32, usize)>, bits: u32) -> String {
    let mut groups = PostingLevels::default();
    documents.for_each(|(number, level)| groups.add(number, level));
    let mut list = String::new();
    groups.write(&mut list, bits);
    list
}

fn write_group(out: &mut String, level: u32, documents: &[u32], bits: u32) {
    let count = documents.len() as u32;
    out.push(letter(level << 3 | count.min(7)));
    if count >= 7 {
        number(out, count - 7);
    }
    let low = low_bits(count, bits);
    let mut letters = Bits::new(out);
    let mut next = 0;
    for document in documents {
        let gap = document - next;
        next = document + 1;
        let mut high = gap >> low;
        while high >= 8 {
            letters.push(0xff, 8);
            high -= 8;
        }
        // Ones for the high part, a zero, and the low part.
        letters.push((1 << (high + 1)) - 2, high + 1);
        letters.push(gap & ((1 << low) - 1), low);
    }
    letters.finish();
}

/// How many bits of a gap are written as they are: the mean gap times ln 2, as a power of two.
fn low_bits(count: u32, bits: u32) -> u32 {
    let numbers = 69 << bits;
    (0..bits).find(|low| (u64::from(count) * 100) << (low + 1) > numbers).unwrap_or(bits)
}

/// How many letters are at hand before they are written.
const AT_HAND: usize = 32;

/// Bits, written six to a letter.
pub struct Bits<'a> {
    out: &'a mut String,
    held: u64,
    length: u32,
    /// Letters that are not written yet, and how many they are.
    letters: [u8; AT_HAND],
    count: usize,
}

impl<'a> Bits<'a> {
    pub fn new(out: &'a mut String) -> Bits<'a> {
        Bits { out, held: 0, length: 0, letters: [0; AT_HAND], count: 0 }
    }

    /// Adds at most 32 bits.
    pub fn push(&mut self, value: u32, bits: u32) {
        self.held = self.held << bits | u64::from(value);
        self.length += bits;
        while self.length >= 6 {
            self.length -= 6;
            self.letter(self.held >> self.length);
        }
    }

    pub fn finish(&mut self) {
        if self.length > 0 {
            self.letter(self.held << (6 - self.length));
        }
        self.write();
    }

    fn letter(&mut self, value: u64) {
        if self.count == AT_HAND {
            self.write();
        }
        self.letters[self.count] = LETTERS[(value & 63) as usize];
        self.count += 1;
    }

    fn write(&mut self) {
        self.out.push_str(std::str::from_utf8(&self.letters[..self.count]).unwrap_or_default());
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the browser reads.
    fn read(list: &str, bits: u32) -> (u32, Vec<(usize, Vec<u32>)>) {
        let mut letters = list.bytes().map(|byte| LETTERS.iter().position(|letter| *letter == byte).unwrap() as u32);
        fn number(letters: &mut impl Iterator<Item = u32>) -> u32 {
            let mut value = 0;
            for shift in (0..).step_by(5) {
                let letter = letters.next().unwrap();
                value |= (letter & 31) << shift;
                if letter < 32 {
                    break;
                }
            }
            value
        }
        let total = number(&mut letters);
        let mut groups = Vec::new();
        while let Some(head) = letters.next() {
            let count = if head & 7 == 7 { 7 + number(&mut letters) } else { head & 7 };
            let low = low_bits(count, bits);
            let (mut held, mut length) = (0, 0);
            let mut bit = || {
                if length == 0 {
                    (held, length) = (letters.next().unwrap(), 6);
                }
                length -= 1;
                held >> length & 1
            };
            let mut next = 0;
            let documents = (0..count).map(|_| {
                let high = std::iter::from_fn(|| Some(bit())).take_while(|bit| *bit == 1).count() as u32;
                let document = next + (high << low) + (0..low).fold(0, |value, _| value << 1 | bit());
                next = document + 1;
                document
            });
            groups.push(((head >> 3) as usize, documents.collect()));
        }
        (total, groups)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let sets: [&[u32]; 7] = [&[], &[0], &[1023], &[0, 1023], &[5, 6, 7, 8, 9, 10, 11], &[3, 700], &[511]];
        let dense: Vec<u32> = (0..1024).filter(|n| n % 7 != 3).collect();
        for (upper, lower) in sets.iter().zip(sets.iter().rev()).chain([(&dense.as_slice(), &sets[1])]) {
            let mut groups = PostingLevels::default();
            upper.iter().for_each(|document| groups.add(*document, 6));
            lower.iter().for_each(|document| groups.add(*document, 0));
            let mut list = String::new();
            groups.write(&mut list, 10);
            let (total, read) = read(&list, 10);
            assert_eq!(total as usize, upper.len() + lower.len());
            let expected: Vec<(usize, Vec<u32>)> = [(6, *upper), (0, *lower)]
                .into_iter()
                .filter(|(_, set)| !set.is_empty())
                .map(|(level, set)| (level, set.to_vec()))
                .collect();
            assert_eq!(read, expected);
        }
    }

    #[test]
    fn a_list_takes_little_more_than_it_must() {
        // A hundred numbers out of 32,768, evenly: log2 of how many ways there are to choose them is 982 bits.
        let mut groups = PostingLevels::default();
        (0..100).for_each(|n| groups.add(n * 327 + (n * 7919) % 327, 0));
        let mut list = String::new();
        groups.write(&mut list, 15);
        assert!(list.len() * 6 < 1_100, "{}", list.len() * 6);
    }
}
