//! Sorted lines, cut into files of which a reader loads the few that a query needs.
//!
//! Where a cut falls depends on the lines around it alone, so that a change to one line leaves all other files as they
//! are: the cuts are made by content, as archivers that share equal pieces make them.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::postings::letter;

/// How many bytes a file has at least, how many more it has on average, and how many it has at most, more or less.
const LEAST: usize = 8 * 1024;
const MORE: usize = 8 * 1024;
const MOST: usize = 32 * 1024;

/// What the keys of properties begin with: it stands before all letters and digits.
pub const PROPERTY: char = '!';

/// How many times smaller files of properties are: of those a query needs one line and none of its neighbours.
const APART: usize = 8;

/// The most letters that a line can leave out because the one before it begins with them.
const SHARED: usize = 63;

/// A file of lines.
pub struct Shard {
    /// What its first line is found by; empty for the first file.
    pub first: Box<str>,
    pub lines: String,
}

impl Shard {
    /// What its file is called, whatever other files there are.
    pub fn name(&self) -> u32 {
        name(&self.first)
    }
}

/// FNV-1a of 32 bits over the UTF-16 units of a key, as scripts can have it.
fn name(key: &str) -> u32 {
    key.encode_utf16().fold(0x811c_9dc5, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193))
}

/// The order of keys: that in which scripts compare texts, by UTF-16 units.
pub fn order(a: &str, b: &str) -> Ordering {
    match a.bytes().zip(b.bytes()).find(|(a, b)| a != b) {
        None => a.len().cmp(&b.len()),
        // It is that of UTF-8, but that what takes two units stands before U+E000: the first byte of the one is 0xf0 or
        // more, and that of the others 0xee or 0xef.
        Some((a @ 0xf0.., b @ 0xee..)) | Some((a @ 0xee.., b @ 0xf0..)) if (a < 0xf0) != (b < 0xf0) => b.cmp(&a),
        Some((a, b)) => a.cmp(&b),
    }
}

/// The first 16 bytes of a key as a number, which is smaller where the key comes first; where it is the same, [`order`]
/// tells.
pub fn order_prefix(key: &str) -> u128 {
    let mut bytes = [0; 16];
    for (prefix, byte) in bytes.iter_mut().zip(key.bytes()) {
        // What takes two units of UTF-16 stands before U+E000.
        *prefix = match byte {
            0xee | 0xef => byte + 0x10,
            0xf0.. => byte - 2,
            _ => byte,
        };
    }
    u128::from_be_bytes(bytes)
}

/// Lines, which come in the order of their keys, cut into files.
#[derive(Default)]
pub struct ShardWriter {
    shards: Vec<Shard>,
    names: FxHashSet<u32>,
    /// The key of the line before.
    before: String,
}

impl ShardWriter {
    /// Adds a line: what it is found by, and what it says.
    pub fn add(&mut self, key: &str, text: &str) {
        let length = key.len() + text.len();
        let has = self.shards.last().map_or(usize::MAX, |shard| shard.lines.len());
        let parts = if key.starts_with(PROPERTY) { APART } else { 1 };
        let wants_cut = || xxh3_64(key.as_bytes()) % ((MORE / parts) as u64) < length as u64;
        let is_cut = has >= MOST || has + length > 2 * MOST || (has >= LEAST / parts && wants_cut());
        let first = if self.shards.is_empty() { "" } else { key };
        // Two files cannot have one name.
        if is_cut && self.names.insert(name(first)) {
            self.shards.push(Shard { first: first.into(), lines: String::with_capacity(LEAST + MORE) });
            self.before.clear();
        }
        let Some(shard) = self.shards.last_mut() else { return };
        // How many letters of the key before begin this one too, the rest of the key, and the text.
        let shared = self.before.chars().zip(key.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c);
        let (mut units, mut bytes) = (0, 0);
        for c in shared {
            if units + c.len_utf16() > SHARED {
                break;
            }
            units += c.len_utf16();
            bytes += c.len_utf8();
        }
        shard.lines.push(letter(units as u32));
        shard.lines.push_str(&key[bytes..]);
        shard.lines.push_str(text);
        shard.lines.push('\n');
        self.before.clear();
        self.before.push_str(key);
    }

    pub fn finish(self) -> Vec<Shard> {
        self.shards
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(lines: impl Iterator<Item = (u32, String)>) -> Vec<Shard> {
        let mut writer = ShardWriter::default();
        lines.for_each(|(n, text)| writer.add(&format!("w{n:06}"), &text));
        writer.finish()
    }

    #[test]
    fn a_changed_line_changes_one_file_or_two() {
        let line = |n: u32| (n, "x".repeat((n % 400) as usize));
        let all = cut((0..20_000).map(line));
        assert!(all.len() > 100, "{}", all.len());
        let mean = all.iter().map(|shard| shard.lines.len()).sum::<usize>() / all.len();
        assert!((12 * 1024..24 * 1024).contains(&mean), "{mean}");
        let without = cut((0..20_000).filter(|n| *n != 7_777).map(line));
        let longer = cut((0..20_000).map(|n| if n == 7_777 { (n, "y".repeat(500)) } else { line(n) }));
        for changed in [without, longer] {
            let same = |shard: &&Shard| all.iter().any(|old| old.first == shard.first && old.lines == shard.lines);
            let other = changed.iter().filter(|shard| !same(shard)).count();
            assert!((1..=4).contains(&other), "{other}");
        }
    }

    #[test]
    fn keys_stand_in_the_order_of_scripts() {
        // U+1F600 is D83D DE00 in UTF-16, and stands before U+FF01.
        assert_eq!(order("\u{1f600}", "\u{ff01}"), Ordering::Less);
        assert_eq!(order("a\u{ff01}", "a\u{1f600}"), Ordering::Greater);
        assert_eq!(order("\u{1f600}", "\u{1f601}"), Ordering::Less);
        assert_eq!(order("\u{ff01}", "中"), Ordering::Greater);
        assert_eq!(order("a", "中"), Ordering::Less);
        assert_eq!(order("a", "ab"), Ordering::Less);
        assert_eq!(name(""), 0x811c_9dc5);
        assert_eq!(name("a"), 0xe40c_292c);
    }

    #[test]
    fn a_prefix_never_tells_another_order() {
        let long = |last: &str| format!("a word of many letters, {last}");
        let (one, other) = (long("a"), long("b"));
        let keys =
            ["", "a", "ab", "b", "中", "\u{e000}", "\u{ff01}", "\u{1f600}", "a\u{ff01}", "a\u{1f600}", &one, &other];
        for (a, b) in keys.iter().flat_map(|a| keys.iter().map(move |b| (a, b))) {
            let by_prefix = order_prefix(a).cmp(&order_prefix(b));
            assert!(by_prefix == order(a, b) || by_prefix == Ordering::Equal, "{a} {b}");
        }
        assert_eq!(order_prefix("a").cmp(&order_prefix("ab")), Ordering::Less);
    }
}
