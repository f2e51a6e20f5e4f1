//! A file as its author wrote it.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use super::path::{SourcePath, is_markdown};
use super::span::{BOM, Span};

/// The text of one file, byte for byte.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: SourcePath,
    pub text: SourceText,
}

/// The text of a file, shared by all who need it. Texts that are read together may stand one behind the other: many
/// small ones take less room so than each in a place of its own.
#[derive(Clone, Default)]
pub struct SourceText {
    /// It and those around it.
    all: Arc<String>,
    start: u32,
    end: u32,
}

impl SourceText {
    /// The texts that stand at these ranges of one that holds them all, which is smaller than 4 GiB.
    pub fn parts_of(all: String, ranges: impl IntoIterator<Item = Range<usize>>) -> impl Iterator<Item = SourceText> {
        let all = Arc::new(all);
        let text = move |range: Range<usize>| SourceText {
            all: all.clone(),
            start: range.start as u32,
            end: range.end as u32,
        };
        ranges.into_iter().map(text)
    }
}

/// What was read once is known at once to be the same.
impl PartialEq for SourceText {
    fn eq(&self, other: &SourceText) -> bool {
        (Arc::ptr_eq(&self.all, &other.all) && (self.start, self.end) == (other.start, other.end)) || **self == **other
    }
}

impl Eq for SourceText {}

impl Deref for SourceText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.all[self.start as usize..self.end as usize]
    }
}

impl From<String> for SourceText {
    fn from(text: String) -> SourceText {
        let end = text.len() as u32;
        SourceText { all: Arc::new(text), start: 0, end }
    }
}

impl From<&str> for SourceText {
    fn from(text: &str) -> SourceText {
        text.to_owned().into()
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Source {
    /// What follows the byte order mark, if there is one, as a span.
    pub fn content(&self) -> Span {
        let start = if self.text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
        Span::new(start..self.text.len())
    }

    /// Whether it holds Markdown, by its name.
    pub fn is_markdown(&self) -> bool {
        is_markdown(self.path.file_name())
    }
}
