//! A file as its author wrote it.

use std::sync::Arc;

use super::path::SourcePath;
use super::span::{BOM, Span};

/// The text of one file, byte for byte.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: SourcePath,
    pub text: Arc<str>,
}

impl Source {
    /// What follows the byte order mark, if there is one, as a span.
    pub fn content(&self) -> Span {
        let start = if self.text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
        Span::new(start..self.text.len())
    }

    /// Whether it holds Markdown, by its name.
    pub fn is_markdown(&self) -> bool {
        let extension = self.path.file_name().rsplit_once('.').map_or("", |(_, extension)| extension);
        ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    }
}
