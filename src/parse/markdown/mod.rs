//! Markdown as we read it: CommonMark with what authors of notes expect, as one stream of nodes for whoever walks a
//! text. What the parser would misread is hidden from it first (`mask.rs`); what hides, and how callouts, links and
//! anchors are written, is told here alone.

mod anchor;
mod autolink;
mod autolinked_text;
mod bracket;
mod callout;
mod comment;
mod definition;
mod emphasis;
mod fence;
mod highlight;
mod hostile;
mod mask;
mod node;
mod options;
mod stream;
mod tags;

pub use comment::Comment;
pub use highlight::Marked;
pub use mask::{place_of, place_of_node};
pub use node::{Callout, Element, ElementKind, LinkKind, MarkdownLink, Node, Picture, Size};
pub use tags::parents as tag_parents;

use std::ops::Range;

use crate::config::Config;
use hostile::is_hostile;
use mask::{Mask, Masked};
use stream::Nodes;

/// What a book asks of its texts beside what all have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Whether `%%…%%` is a comment.
    pub comments: bool,
    /// Whether HTML is written as it stands, and a tag that is none as well.
    pub trust_html: bool,
    /// Whether addresses are links as they stand, as GitHub has it and CommonMark has not.
    pub bare_addresses: bool,
}

impl Dialect {
    pub fn of(config: &Config) -> Dialect {
        Dialect { comments: config.comments, trust_html: config.trust_html, bare_addresses: true }
    }
}

/// A text, ready to be read.
pub struct MarkdownText<'a> {
    masked: Masked<'a>,
    /// Where addresses may be that are links as they stand.
    addresses: Vec<usize>,
    /// Tags that are no HTML and are shown as they are written, in order.
    pub stray_tags: Vec<Range<usize>>,
    /// The comments in it; shown, if the dialect knows none.
    pub comments: Vec<Comment>,
}

impl<'a> MarkdownText<'a> {
    pub fn new(text: &'a str, dialect: Dialect) -> MarkdownText<'a> {
        let mut mask = Mask::new(text);
        let comments = comment::all(text);
        if dialect.comments {
            comment::hide(&mut mask, &comments);
        }
        mask.end_lines();
        definition::hide(&mut mask);
        bracket::hide(&mut mask);
        let addresses = if dialect.bare_addresses { autolink::signs(text) } else { Vec::new() };
        autolink::hide(&mut mask, &addresses);
        let stray_tags = if dialect.trust_html { Vec::new() } else { tags::hide(&mut mask) };
        emphasis::hide(&mut mask);
        MarkdownText { masked: mask.finish(), addresses, stray_tags, comments }
    }

    /// Its nodes, each with its place in the text in bytes. A hostile text is one paragraph of what it says.
    pub fn nodes(&self) -> Marked<'a, '_> {
        Marked::new(&self.masked, Nodes::new(&self.masked, &self.addresses))
    }
}

#[cfg(test)]
mod tests;
