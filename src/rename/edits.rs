//! What is written where in which file.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::apply_edits::{FileChange, write};
use crate::base::path::SourcePath;
use crate::base::source::SourceText;
use crate::book::Book;

/// The edits of each file.
pub type Edits = BTreeMap<SourcePath, BTreeMap<(usize, usize), String>>;

pub fn put(edits: &mut Edits, path: &SourcePath, range: Range<usize>, text: String) {
    // A definition that several links refer to is written once.
    edits.entry(path.clone()).or_default().insert((range.start, range.end), text);
}

pub fn files(book: &Book, edits: &Edits) -> Vec<FileChange> {
    let texts = edits.iter().filter_map(|(path, edits)| {
        let source = book.sources.binary_search_by(|source| source.path.cmp(path)).ok()?;
        let before: SourceText = book.sources[source].text.clone();
        let after = write(&before, edits.iter().map(|((start, end), text)| (*start..*end, text.as_str())));
        Some(FileChange { path: path.clone(), before, after, count: edits.len() })
    });
    texts.collect()
}
