//! Sorted lines, cut into files of which a reader loads the few that a query needs.
//!
//! Where a cut falls depends on the lines around it alone, so that a change to one line leaves all other files as they
//! are: the cuts are made by content, as archivers that share equal pieces make them.

use std::cmp::Ordering;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::postings::letter;
use crate::base::fingerprint::Fingerprint;

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
    pub lines: ShardLines,
}

/// The lines of a file.
pub enum ShardLines {
    Made(String),
    /// They are those of an index that was made before, with this fingerprint.
    Known(Fingerprint),
}

impl Shard {
    /// What its file is called, whatever other files there are.
    pub fn name(&self) -> u32 {
        name(&self.first)
    }

    /// The fingerprint of its lines.
    pub fn fingerprint(&self) -> Fingerprint {
        match &self.lines {
            ShardLines::Made(lines) => Fingerprint::of(lines),
            ShardLines::Known(fingerprint) => *fingerprint,
        }
    }
}

/// A file of an index, kept for the next index.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KnownShard {
    first: Box<str>,
    fingerprint: Fingerprint,
    /// How many lines stand in the files before it.
    pub before: u32,
    /// How long its first line is, and how long all of it.
    head: u32,
    length: u32,
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

/// Whether a file of so many bytes ends before a line of this key and length.
fn is_cut(has: usize, key: &str, length: usize) -> bool {
    let parts = if key.starts_with(PROPERTY) { APART } else { 1 };
    let wants_cut = || xxh3_64(key.as_bytes()) % ((MORE / parts) as u64) < length as u64;
    has >= MOST || has + length > 2 * MOST || (has >= LEAST / parts && wants_cut())
}

/// A file that is being written.
struct Draft {
    first: Box<str>,
    lines: String,
    before: usize,
    head: usize,
}

/// Lines, which come in the order of their keys, cut into files.
#[derive(Default)]
pub struct ShardWriter {
    shards: Vec<Draft>,
    names: FxHashSet<u32>,
    /// The key of the line before.
    before: String,
    /// How many lines it has.
    lines: usize,
    /// Whether there are files before the first one.
    goes_on: bool,
    /// Whether a file was not cut where it wants to be, for it would have the name of another.
    has_met: bool,
}

impl ShardWriter {
    /// Adds a line: what it is found by, and what it says.
    pub fn add(&mut self, key: &str, text: &str) {
        let length = key.len() + text.len();
        let first = if self.shards.is_empty() && !self.goes_on { "" } else { key };
        if self.shards.last().is_none_or(|shard| is_cut(shard.lines.len(), key, length)) {
            // Two files cannot have one name.
            match self.names.insert(name(first)) {
                true => {
                    let lines = String::with_capacity(LEAST + MORE);
                    self.shards.push(Draft { first: first.into(), lines, before: self.lines, head: length });
                    self.before.clear();
                }
                false => self.has_met = true,
            }
        }
        self.lines += 1;
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

    /// What is to be known of the files for the next index; none if cuts depend on more than the lines around them.
    pub fn known(&self) -> Option<Vec<KnownShard>> {
        let known = |shard: &Draft| KnownShard {
            first: shard.first.clone(),
            fingerprint: Fingerprint::of(&shard.lines),
            before: shard.before as u32,
            head: shard.head as u32,
            length: shard.lines.len() as u32,
        };
        (!self.has_met).then(|| self.shards.par_iter().map(known).collect())
    }

    pub fn finish(self) -> Vec<Shard> {
        let shard = |Draft { first, lines, .. }| Shard { first, lines: ShardLines::Made(lines) };
        self.shards.into_iter().map(shard).collect()
    }
}

/// The place of the file in which a key stands.
pub fn file_of(known: &[KnownShard], key: &str) -> usize {
    known.partition_point(|shard| order(&shard.first, key).is_le()).saturating_sub(1)
}

/// A line: what it is found by, and what it says.
pub type ShardLine = (String, String);

/// The files of an index before as they are now, with those written anew that are `stale`. `lines` gives the lines of all
/// stale files, file by file; it is asked again if a file ends elsewhere now, and makes the one beside it stale as well.
///
/// None if two files would have one name: then where one ends depends on all before it.
pub fn renewed(
    known: &[KnownShard],
    stale: &mut [bool],
    lines: &dyn Fn(&[bool]) -> Vec<Vec<ShardLine>>,
) -> Option<Vec<Shard>> {
    loop {
        let lines = lines(stale);
        let mut shards = Vec::with_capacity(known.len());
        let mut also = Vec::new();
        for run in stale.chunk_by(|a, b| a == b).scan(0, |end, run| {
            *end += run.len();
            Some(*end - run.len()..*end)
        }) {
            if !stale[run.start] {
                let shard = |known: &KnownShard| Shard {
                    first: known.first.clone(),
                    lines: ShardLines::Known(known.fingerprint),
                };
                shards.extend(known[run].iter().map(shard));
                continue;
            }
            let mut writer = ShardWriter { goes_on: run.start > 0, ..ShardWriter::default() };
            lines[run.clone()].iter().flatten().for_each(|(key, text)| writer.add(key, text));
            let begins = |(key, text): &ShardLine| {
                let has = known[run.start - 1].length as usize;
                **key == *known[run.start].first && is_cut(has, key, key.len() + text.len())
            };
            if run.start > 0 && !lines[run.start].first().is_some_and(begins) {
                also.push(run.start - 1);
            }
            let has = writer.shards.last().map_or(0, |shard| shard.lines.len());
            if known.get(run.end).is_some_and(|next| !is_cut(has, &next.first, next.head as usize)) {
                also.push(run.end);
            }
            if writer.has_met {
                return None;
            }
            shards.extend(writer.finish());
        }
        if also.is_empty() {
            let names: FxHashSet<u32> = shards.iter().map(Shard::name).collect();
            return (names.len() == shards.len()).then_some(shards);
        }
        also.into_iter().for_each(|file| stale[file] = true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(lines: impl Iterator<Item = (u32, String)>) -> Vec<Draft> {
        let mut writer = ShardWriter::default();
        lines.for_each(|(n, text)| writer.add(&format!("w{n:06}"), &text));
        writer.shards
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
            let same = |shard: &&Draft| all.iter().any(|old| old.first == shard.first && old.lines == shard.lines);
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
