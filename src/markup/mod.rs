//! A text with markup -> HTML.

mod drawing;
mod footnotes;
mod highlight;
mod host;
mod html;
mod input;
mod parsed_lines;
mod sanitize;
#[cfg(test)]
mod spec_tests;
#[cfg(test)]
mod tests;

pub use drawing::{Drawing, clean as clean_drawing};
pub use highlight::Highlighter;
pub use host::{Host, LinkTarget};
pub use input::RenderInput;

use crate::parse::markdown::{MarkdownText, Node};

use html::{HtmlWriter, Paragraphs, Raw};

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
