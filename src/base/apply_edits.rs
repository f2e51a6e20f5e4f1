//! Remedies, put into the texts that they mend.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::diagnostic::{Edit, Fix};
use super::path::SourcePath;
use super::source::SourceText;
use super::span::{Span, line_end, line_start};

/// A file before and after.
pub struct FileChange {
    pub path: SourcePath,
    pub before: SourceText,
    pub after: String,
    /// How many remedies have changed it.
    pub count: usize,
}

/// What the remedies make of the texts, file by file. Of two that touch the same place the first is taken; the other
/// one may no longer be needed.
pub fn apply<'a>(fixes: impl Iterator<Item = &'a Fix>, texts: &FxHashMap<SourcePath, SourceText>) -> Vec<FileChange> {
    let mut chosen: BTreeMap<&SourcePath, (BTreeMap<Span, &Edit>, usize)> = BTreeMap::new();
    for fix in fixes {
        let fits = |edit: &Edit| {
            let text = texts.get(&edit.place.path);
            let is_free = chosen.get(&edit.place.path).is_none_or(|(edits, _)| is_free(edits, edit.place.span));
            is_free && text.is_some_and(|text| can_be_written(edit, text))
        };
        if !fix.edits.iter().all(fits) {
            continue;
        }
        for edit in &fix.edits {
            chosen.entry(&edit.place.path).or_default().0.insert(edit.place.span, edit);
        }
        if let Some(first) = fix.edits.first() {
            chosen.entry(&first.place.path).or_default().1 += 1;
        }
    }
    chosen
        .into_iter()
        .map(|(path, (edits, count))| {
            let before = texts[path].clone();
            let after = write(&before, edits.values().map(|edit| (edit.place.span.range(), edit.replacement.as_str())));
            FileChange { path: path.clone(), before, after, count }
        })
        .collect()
}

/// A text with others in the place of some of its parts, which must not overlap.
pub fn write<'a>(text: &str, edits: impl Iterator<Item = (Range<usize>, &'a str)>) -> String {
    let mut edits: Vec<_> = edits.collect();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut written = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in edits {
        written.push_str(&text[at..range.start]);
        written.push_str(replacement);
        at = range.end;
    }
    written.push_str(&text[at..]);
    written
}

/// The lines from one place to another, where they hold nothing besides: what can go without a trace.
pub fn whole_lines(text: &str, range: Range<usize>) -> Option<Span> {
    let start = line_start(text, range.start);
    // A value in lines ends for its reader where the next key begins.
    let to = range.start + text.get(range.clone())?.trim_end().len();
    let end = to + line_end(&text[to..]).end;
    let is_alone = text[start..range.start].trim().is_empty() && text[to..end].trim().is_empty();
    is_alone.then(|| Span::new(start..end))
}

/// Whether none of some edits, which do not touch each other, touches a place.
fn is_free(edits: &BTreeMap<Span, &Edit>, place: Span) -> bool {
    let last = Span { start: place.end, end: u32::MAX };
    edits.range(..=last).next_back().is_none_or(|(before, _)| before.end < place.start)
}

/// Whether a remedy can be applied to these texts.
pub fn is_fit(fix: &Fix, texts: &FxHashMap<SourcePath, SourceText>) -> bool {
    fix.edits.iter().all(|edit| texts.get(&edit.place.path).is_some_and(|text| can_be_written(edit, text)))
}

/// A word can be written over a word. In a text that goes on over lines, as YAML folds it, what stands there is more
/// than what was read; only lines that go as a whole may go.
fn can_be_written(edit: &Edit, text: &str) -> bool {
    let range = edit.place.span.range();
    text.get(range).is_some_and(|old| edit.replacement.trim().is_empty() || !old.contains(['\n', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::Place;

    fn fix(edits: &[(Range<usize>, &str)]) -> Fix {
        let path = SourcePath::new("a.md");
        let edit = |(range, text): &(Range<usize>, &str)| Edit {
            place: Place { path: path.clone(), span: Span::new(range.clone()) },
            replacement: (*text).to_owned(),
        };
        Fix { edits: edits.iter().map(edit).collect(), safe: true }
    }

    fn applied(text: &str, fixes: &[Fix]) -> Option<(String, usize)> {
        let texts = FxHashMap::from_iter([(SourcePath::new("a.md"), SourceText::from(text))]);
        let fixed = apply(fixes.iter(), &texts);
        fixed.into_iter().next().map(|fixed| (fixed.after, fixed.count))
    }

    #[test]
    fn remedies_change_their_place_and_nothing_else() {
        let done = applied("a: x\r\nb: 中\r\n", &[fix(&[(9..12, "国")]), fix(&[(3..4, "yy")])]);
        assert_eq!(done, Some(("a: yy\r\nb: 国\r\n".to_owned(), 2)));
        assert_eq!(
            applied("abc", &[fix(&[(1..2, "x")]), fix(&[(1..3, "y"), (0..1, "z")])]),
            Some(("axc".to_owned(), 1))
        );
        assert_eq!(applied("a\nb\nc", &[fix(&[(0..2, "")])]), Some(("b\nc".to_owned(), 1)));
    }

    #[test]
    fn a_text_of_several_lines_is_not_written_over() {
        assert_eq!(applied("a\nb\nc", &[fix(&[(0..3, "x")])]), None);
        assert_eq!(applied("中", &[fix(&[(0..1, "x")])]), None);
    }
}
