//! Where in a text something stands: byte ranges, and the line and column that people count.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A range of bytes in a source's text, from `start` up to but without `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span of a range of byte offsets. Sources are smaller than 4 GiB (`disk` refuses larger ones).
    pub fn new(range: Range<usize>) -> Span {
        Span { start: range.start as u32, end: range.end.max(range.start) as u32 }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Span {
        Span::new(offset..offset)
    }

    /// The same range as byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text that the span covers.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// A value together with the place where its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }
}

/// Of what it says alone: where it stands makes no page another.
impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

/// A place as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Counted from 1.
    pub line: usize,
    /// Unicode characters from the start of the line, counted from 1; a byte order mark does not count.
    pub column: usize,
    /// The same in UTF-16 code units, as editors count.
    pub column_utf16: usize,
}

/// The byte order mark, which some editors write first in a file.
pub const BOM: char = '\u{feff}';

/// Where the lines of a text begin, for many positions in it.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    pub fn of(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        // A carriage return before a line feed ends no line of its own.
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|end| bytes[*end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'))
            .map(|end| end as u32 + 1);
        LineIndex { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The position of a byte `offset` in `text`, of which these are the lines; of its end if the offset lies beyond.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = self.start(line);
        let column = text[start..offset].trim_start_matches(BOM);
        Position { line, column: column.chars().count() + 1, column_utf16: column.encode_utf16().count() + 1 }
    }

    /// The byte at which a line begins, the first one being 1.
    pub fn start(&self, line: usize) -> usize {
        self.starts[line - 1] as usize
    }
}

/// A line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// What stands in it, without its end.
    pub text: &'a str,
    /// Where it begins in the text.
    pub start: usize,
    /// Where the next one begins.
    pub next: usize,
}

/// The lines of a text from the byte `at` on, as Markdown and YAML count them: each ends with `\n`, `\r\n` or `\r`, or
/// with the text.
pub fn lines(text: &str, at: usize) -> impl Iterator<Item = Line<'_>> + Clone {
    let mut start = at;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = line_end(rest);
        let line = Line { text: &rest[..end.start], start, next: start + end.end };
        start = line.next;
        Some(line)
    })
}

/// Where the first line of a text ends, and how: the empty range at the text's end if nothing ends it.
pub fn line_end(text: &str) -> Range<usize> {
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()) {
        None => text.len()..text.len(),
        Some(at) => at..at + if text[at..].starts_with("\r\n") { 2 } else { 1 },
    }
}

/// Where the line that holds the byte `at` begins.
pub fn line_start(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at];
    let is_end = |end: &usize| before[*end] == b'\n' || text.as_bytes().get(end + 1) != Some(&b'\n');
    memchr::memrchr2_iter(b'\n', b'\r', before).find(is_end).map_or(0, |end| end + 1)
}

/// The byte offset of a line and column, both counted from 1, the column in characters; the nearest one if there is
/// no such place.
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = lines(text, 0).nth(line.saturating_sub(2)).filter(|_| line > 1).map_or(0, |line| line.next);
    let line = &text[start..start + line_end(&text[start..]).start];
    start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_with_either_line_end() {
        let text = "\u{feff}a: 中国𝄞x\r\nb: y\n";
        let position = |text: &str, offset: usize| LineIndex::of(text).position(text, offset);
        let x = text.find('x').unwrap();
        assert_eq!(position(text, x), Position { line: 1, column: 7, column_utf16: 8 });
        let y = text.find('y').unwrap();
        assert_eq!(position(text, y), Position { line: 2, column: 4, column_utf16: 4 });
        assert_eq!(offset("a: 中国𝄞x\r\nb: y\n", 2, 4), "a: 中国𝄞x\r\nb: ".len());
        assert_eq!(offset(text, 1, 999), text.find('\r').unwrap());
        assert_eq!(position(text, 999).line, 3);
        assert_eq!(position(text, 0).column, 1);
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line_as_well() {
        let text = "a\rbc\r\nd\ne\r\rf";
        let found: Vec<(&str, usize)> = lines(text, 0).map(|line| (line.text, line.start)).collect();
        assert_eq!(found, [("a", 0), ("bc", 2), ("d", 6), ("e", 8), ("", 10), ("f", 11)]);
        for (nth, (line, start)) in found.iter().enumerate() {
            assert_eq!(offset(text, nth + 1, 1), *start);
            assert_eq!(LineIndex::of(text).position(text, *start).line, nth + 1);
            assert_eq!(line_start(text, start + line.len()), *start);
        }
        assert_eq!(line_start("a\r\nb", 2), 0, "between the two bytes of an end is its line");
    }
}
