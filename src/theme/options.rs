//! What a book says of its looks.

use crate::base::path::SourcePath;
use crate::base::span::Spanned;

/// What a book asks of its theme.
pub struct ThemeOptions<'a> {
    /// The language of the interface's words, BCP 47.
    pub language: &'a str,
    /// The language of Han letters in texts of another script.
    pub han: &'a str,
    /// Where the book says so.
    pub path: &'a SourcePath,
    /// Values of design tokens, in CSS: one, or one for light and one for dark.
    pub tokens: &'a [(Spanned<String>, Vec<String>)],
}
