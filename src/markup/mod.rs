//! A text with markup -> HTML.

mod callout;
mod code;
#[cfg(test)]
mod commonmark;
mod highlight;
mod html;
mod link;
mod notes;
mod sanitize;
mod table;
#[cfg(test)]
mod tests;

pub use highlight::Highlighter;

use pulldown_cmark::Event;

use crate::base::words::Words;

use html::{Paragraphs, Raw, Writer};

/// A text with markup, and what its HTML depends on beside it.
pub struct Markup<'a> {
    pub text: &'a str,
    /// Where the heading begins that stands elsewhere, as the page's title.
    pub title: Option<usize>,
    /// The id of each heading, in the order of the text.
    pub anchors: &'a [String],
    /// Where a link or picture leads, asked with the byte offset in `text` at which it begins.
    pub target: &'a dyn Fn(usize) -> Target,
    /// Tells the footnotes of several texts on one page apart; may be empty.
    pub prefix: &'a str,
    /// The language of the text: `en`.
    pub lang: &'a str,
    /// The language of Han letters in a text of another script: `zh-Hans`.
    pub han: &'a str,
    pub raw_html: RawHtml,
    /// By how many levels headings step down.
    pub heading_shift: u8,
    /// The words of the interface.
    pub words: &'a Words,
}

/// What becomes of HTML in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawHtml {
    /// What could run or restyle anything is taken out.
    Sanitize,
    /// It stays as it is: the book trusts its authors.
    Allow,
}

/// Where a link or a picture leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    To {
        href: String,
        external: bool,
        class: Option<&'static str>,
        /// Shown when a wikilink has no text of its own.
        text: Option<String>,
    },
    Broken {
        reason: String,
    },
    /// No link: its text alone.
    Plain {
        text: Option<String>,
    },
    Image {
        src: String,
    },
    /// What its author wrote, unless it could run a script.
    Keep,
}

/// The text as HTML.
pub fn html(markup: &Markup, highlighter: &Highlighter) -> String {
    write(markup, highlighter, Paragraphs::Marked)
}

/// The text as HTML that can stand in a line: a single paragraph comes without its `<p>`.
pub fn inline_html(markup: &Markup, highlighter: &Highlighter) -> String {
    write(markup, highlighter, Paragraphs::BareIfSingle)
}

fn write(markup: &Markup, highlighter: &Highlighter, paragraphs: Paragraphs) -> String {
    let events: Vec<_> = crate::parse::markdown::events(markup.text).collect();
    let writer = |raw_html| Writer::new(markup, highlighter, &events, paragraphs, raw_html);
    let html = writer(Raw::Html).write();
    let has_raw_html = events.iter().any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    match markup.raw_html {
        RawHtml::Sanitize if has_raw_html => sanitize::clean(&html).unwrap_or_else(|| writer(Raw::Text).write()),
        _ => html,
    }
}
