//! What HTML is made of: a text, and what it depends on beside it.

use super::host::Host;
use crate::base::locale::Locale;
use crate::parse::markdown::Dialect;

/// A text with markup, and what its HTML depends on beside it.
pub struct RenderInput<'a> {
    pub text: &'a str,
    /// Where the heading begins that stands elsewhere, as the page's title.
    pub title: Option<usize>,
    /// The id of each heading, in the order of the text.
    pub anchors: &'a [String],
    /// Where its links lead, and what its blocks show.
    pub host: &'a dyn Host,
    /// Tells the footnotes of several texts on one page apart; may be empty.
    pub prefix: &'a str,
    /// The language of the text: `en`.
    pub lang: &'a str,
    /// The language of the page that it stands on.
    pub locale: &'a Locale,
    /// What HTML in the text becomes depends on it: unless it is trusted, what could run or restyle anything is taken out.
    pub dialect: Dialect,
    /// By how many levels headings step down.
    pub heading_shift: u8,
}
