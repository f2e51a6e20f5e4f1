//! Where a body's text stands in its file, when the two are not the same bytes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::base::span::{self, Span};

/// From offsets in a body to spans in its source.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum OffsetMap {
    /// The body is the source's text from this offset on.
    Shifted(u32),
    /// Line by line: the offset in the body at which each line starts, and that in the source.
    Lines(Vec<(u32, u32)>),
    /// Every place in the body is told as this one: its text was folded or escaped.
    Whole(Span),
}

impl OffsetMap {
    /// For the text of a YAML scalar that was written after `|`, whose lines stand in the file
    /// behind an indent. `written` is the part of `source` it was read from.
    pub fn of_literal(text: &str, source: &str, written: Span) -> OffsetMap {
        let mut lines = Vec::new();
        let mut at = 0;
        let from = written.start as usize;
        let mut source_lines = span::lines(written.of(source), 0);
        for line in text.split_inclusive('\n') {
            let Some(source_line) = source_lines.next() else { return OffsetMap::Whole(written) };
            let bare = line.trim_end_matches('\n');
            if !source_line.text.ends_with(bare) {
                return OffsetMap::Whole(written);
            }
            lines.push((at as u32, (from + source_line.start + source_line.text.len() - bare.len()) as u32));
            at += line.len();
        }
        OffsetMap::Lines(lines)
    }

    /// The span in the source of a range in the body.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self {
            OffsetMap::Shifted(by) => Span::new(range.start + *by as usize..range.end + *by as usize),
            OffsetMap::Whole(span) => *span,
            OffsetMap::Lines(lines) => {
                let map = |offset: usize| {
                    let line = lines.partition_point(|(start, _)| *start as usize <= offset).saturating_sub(1);
                    lines.get(line).map_or(0, |(start, source)| offset - *start as usize + *source as usize)
                };
                Span::new(map(range.start)..map(range.end))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_yaml_body_is_found_in_its_file() {
        for end in ["\n", "\r\n", "\r"] {
            let source = ["body: |", "  one", "", "    two 中x", "  end", ""].join(end);
            let text = "one\n\n  two 中x\nend\n";
            let start = source.find("  one").unwrap();
            let map = OffsetMap::of_literal(text, &source, Span::new(start..source.len()));
            for word in ["one", "two", "x\n", "end"] {
                let at = text.find(word).unwrap();
                let found = map.span(at..at + 1);
                assert_eq!(found.of(&source), &word[..1], "{word}");
            }
        }
    }
}
