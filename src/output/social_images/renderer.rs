//! What makes a picture of a card, and what it is given.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::base::fingerprint::Fingerprint;
use crate::base::path::SourcePath;
use crate::base::span::Spanned;

/// Makes pictures of cards.
pub trait CardRenderer: Send + Sync {
    /// The picture of a card, as PNG.
    fn render(&self, card: &Card) -> Vec<u8>;

    /// Whether a font has a letter.
    fn has(&self, letter: char) -> bool;

    /// Whether a colour is written in a way that it understands: `#9b2c2c`, `rgb(155, 44, 44)`, `brown`.
    fn reads_colour(&self, css: &str) -> bool;

    /// The fingerprint of all that a picture shows beside its card.
    fn print(&self) -> Fingerprint;
}

/// A font that the book names, with the bytes of its file.
#[cfg_attr(not(feature = "social-images"), allow(dead_code))]
pub struct FontFile {
    pub path: Spanned<SourcePath>,
    pub bytes: Vec<u8>,
}

/// What a picture says.
#[derive(Hash)]
pub struct Card<'a> {
    /// What kind of thing it is of, in a word or two; it may be empty.
    pub kind: String,
    /// It may be empty, where no font can write it.
    pub title: String,
    /// What it is a part of; of a book, its description. It may be empty.
    pub foot: String,
    /// Whether it is written from right to left.
    pub is_rtl: bool,
    pub palette: &'a Palette,
}

/// The colours of all pictures, in CSS.
#[derive(Hash)]
pub struct Palette {
    pub background: String,
    pub text: String,
    pub muted: String,
    pub border: String,
    pub accent: String,
}

/// Whether a character leaves a mark on paper: no space, and nothing that only tells how others are written.
pub fn is_seen(c: char) -> bool {
    let is_selector = matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    !(c.is_whitespace() || c.is_control() || is_selector || c.general_category() == GeneralCategory::Format)
}
