//! A text with markup -> HTML.

mod callout;
mod code;
mod drawing;
mod footnotes;
mod highlight;
mod host;
mod html;
mod link;
mod sanitize;
#[cfg(test)]
mod spec_tests;
mod table;
#[cfg(test)]
mod tests;

pub use drawing::{Drawing, clean as clean_drawing};
pub use highlight::Highlighter;
pub use host::{Host, LinkTarget};

use crate::base::locale::Locale;
use crate::parse::markdown::{Dialect, MarkdownText, Node};

use html::{HtmlWriter, Paragraphs, Raw};

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

/// The text as HTML.
pub fn html(markup: &RenderInput, highlighter: &Highlighter) -> String {
    write(markup, highlighter, Paragraphs::Marked)
}

/// The text as HTML that can stand in a line: a single paragraph comes without its `<p>`.
pub fn inline_html(markup: &RenderInput, highlighter: &Highlighter) -> String {
    write(markup, highlighter, Paragraphs::BareIfSingle)
}

fn write(markup: &RenderInput, highlighter: &Highlighter, paragraphs: Paragraphs) -> String {
    let text = MarkdownText::new(markup.text, markup.dialect);
    // Room that is not used costs nothing, and to make more of it costs twice what is there.
    let mut nodes = Vec::with_capacity(markup.text.len() / 6 + 8);
    nodes.extend(text.nodes());
    let writer = |raw_html| HtmlWriter::new(markup, highlighter, &nodes, paragraphs, raw_html);
    let has_html = nodes.iter().any(|(node, _)| matches!(node, Node::Html(_) | Node::HtmlBlock(_)));
    match has_html && !markup.dialect.trust_html {
        true => {
            let (html, apart) = writer(Raw::Cleaned).write();
            match sanitize::clean(&html) {
                Some(html) => sanitize::put_in(&html, &apart),
                None => writer(Raw::Text).write().0,
            }
        }
        false => writer(Raw::Trusted).write().0,
    }
}
