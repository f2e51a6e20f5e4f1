//! HTML that an author wrote.

use std::ops::Range;

use super::{HtmlWriter, Raw};
use crate::base::escape;
use crate::base::url::is_unsafe;
use crate::markup::host::LinkTarget;
use crate::markup::sanitize::is_formatting;
use crate::parse::anchor;
use crate::parse::markdown::Node;
use crate::parse::raw_html::{Attribute, AttributeRole, Html, HtmlToken, is_kept, tag_end};

impl HtmlWriter<'_> {
    /// Writes HTML, the node at a place, with its links and pictures leading to where the book says.
    pub fn html(&mut self, html: &Html, at: usize) {
        let text = html.text.as_str();
        if self.raw_html == Raw::Text {
            return escape::text(&mut self.out, text);
        }
        self.in_summary = is_in_summary(text, self.in_summary);
        let mut written = 0;
        // The tag of the last attribute, and how it is closed behind it.
        let mut tag = 0..0;
        let mut close = None;
        let attributes = html.attributes();
        for (nth, attribute) in attributes.iter().enumerate() {
            if attribute.tag != tag {
                self.close(close.take(), &text[written..tag.end.max(written)]).then(|| written = tag.end);
                tag = attribute.tag.clone();
                let own = || attributes[nth..].iter().take_while(|other| other.tag == tag);
                let leads = own().any(|other| matches!(other.says, AttributeRole::Address { .. }));
                close = self.missing_end(html, &tag, leads, at);
                if own().any(|other| self.is_hidden_picture(html, other)) {
                    self.plain_html(&text[written..tag.start]);
                    self.out.push_str(attribute.alt.as_ref().map_or("", |alt| text[alt.clone()].trim()));
                    written = tag.end;
                }
            }
            written = match attribute.says {
                _ if attribute.whole.start < written => continue,
                AttributeRole::Name => continue,
                AttributeRole::Id => self.id(text, written, attribute),
                AttributeRole::Address { embed } => self.address(html, written, attribute, embed),
            };
        }
        self.close(close, &text[written..tag.end.max(written)]).then(|| written = tag.end);
        self.plain_html(&text[written..]);
    }

    /// Writes what stands before an id and the id as it may be led to, and answers up to where the text is written.
    fn id(&mut self, text: &str, written: usize, attribute: &Attribute) -> usize {
        let value = &text[attribute.value.clone()];
        // What stands twice is no place to lead to.
        let id = anchor::of_author(value);
        let is_new = !self.markup.anchors.contains(&id) && self.ids.insert(id.clone());
        if id == value && is_new {
            return written;
        }
        self.plain_html(&text[written..attribute.whole.start]);
        if is_new {
            self.out.push_str("id=\"");
            escape::attribute(&mut self.out, &id);
            self.out.push('"');
        }
        attribute.whole.end
    }

    /// Writes what stands before an address and where the book says that it leads, and answers up to where the text is
    /// written.
    fn address(&mut self, html: &Html, written: usize, attribute: &Attribute, embed: bool) -> usize {
        let text = html.text.as_str();
        let href = match self.target(html, attribute) {
            Some(LinkTarget::Keep) => return written,
            Some(LinkTarget::To { href, .. }) if !embed => href,
            Some(LinkTarget::Image { src }) => src,
            // What leads nowhere is no link.
            _ => {
                self.plain_html(&text[written..attribute.whole.start]);
                self.out.push_str("role=\"link\" aria-disabled=\"true\"");
                return attribute.whole.end;
            }
        };
        self.plain_html(&text[written..attribute.whole.start]);
        self.out.push_str(if embed { "src=\"" } else { "href=\"" });
        escape::href(&mut self.out, &href);
        self.out.push('"');
        attribute.whole.end
    }

    /// Whether an attribute names a picture that is not shown; what is said of it stands in its place.
    fn is_hidden_picture(&self, html: &Html, attribute: &Attribute) -> bool {
        attribute.says == AttributeRole::Address { embed: true }
            && !matches!(self.target(html, attribute), Some(LinkTarget::Keep | LinkTarget::Image { .. }))
    }

    /// Where an address leads; none if nobody knows, or if it could run a script.
    fn target(&self, html: &Html, attribute: &Attribute) -> Option<LinkTarget> {
        let place = html.place(&attribute.value, self.markup.text)?;
        let target = self.markup.host.link(place);
        let is_kept = matches!(target, LinkTarget::Keep);
        Some(target).filter(|_| !(is_kept && is_unsafe(&html.text[attribute.value.clone()])))
    }

    /// Writes the end of a tag and what closes it, if that is missing, and answers whether it did.
    fn close(&mut self, name: Option<&str>, rest: &str) -> bool {
        let Some(name) = name else { return false };
        self.plain_html(rest);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        true
    }

    /// The name of an element that is left open and that browsers would go on with in all blocks that follow, its id
    /// with it: a name for a place that nothing closes in its own block, or `<a id="b"/>`, which to them has no end.
    fn missing_end<'h>(&self, html: &'h Html, tag: &Range<usize>, leads: bool, at: usize) -> Option<&'h str> {
        let begins = &html.text[tag.start + 1..tag.end];
        let name = &begins[..begins.find(|c: char| !c.is_ascii_alphanumeric())?];
        let is_anchor = name.eq_ignore_ascii_case("a");
        if begins.ends_with("/>") {
            return (is_anchor || is_formatting(name)).then_some(name);
        }
        if !is_anchor || leads || !begins.ends_with('>') {
            return None;
        }
        let behind = self.nodes[at + 1..].iter().map(|(node, _)| node);
        let in_block = behind.take_while(|node| match node {
            Node::Start(element) => element.kind().is_inline(),
            Node::End(kind) => kind.is_inline(),
            _ => true,
        });
        let is_line = matches!(self.nodes[at].0, Node::Html(_));
        let others = in_block.filter_map(|node| if let Node::Html(html) = node { Some(html) } else { None });
        let mut tags = html.tokens_from(tag.end).chain(others.take_while(|_| is_line).flat_map(|html| html.tokens()));
        let next = tags.find_map(|token| match token {
            HtmlToken::Tag { name: other, closes } if other.eq_ignore_ascii_case(name) => Some(closes),
            _ => None,
        });
        (next != Some(true)).then_some(name)
    }

    /// Writes HTML as it is, but for the first level of headings, which is the page's own.
    fn plain_html(&mut self, html: &str) {
        let (mut written, mut next) = (0, 0);
        for at in memchr::memchr_iter(b'<', html.as_bytes()) {
            let after = html[at + 1..].strip_prefix('/').unwrap_or(&html[at + 1..]);
            let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(after.len());
            let name = &after[..end];
            let name_at = html.len() - after.len();
            if at < written.max(next) || name.is_empty() {
                continue;
            }
            if is_kept(name) {
                // What a value of it holds is no tag.
                next = at + 1 + tag_end(&html[at + 1..]);
            }
            if name.eq_ignore_ascii_case("h1") {
                self.out.push_str(&html[written..=name_at]);
                self.out.push('2');
                written = name_at + 2;
            } else if self.raw_html == Raw::Cleaned && is_taken_out(name) {
                self.out.push_str(&html[written..at]);
                written = at + 1 + tag_end(&html[at + 1..]);
            }
        }
        self.out.push_str(&html[written..]);
    }
}

/// Whether a tag of this name is taken out of HTML that is cleaned, and what stands in the element stays. A script or a
/// style goes with all that is in it.
fn is_taken_out(name: &str) -> bool {
    !is_kept(name) && !["script", "style"].iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Whether a `<summary>` is open behind HTML, if one `was` before.
fn is_in_summary(html: &str, was: bool) -> bool {
    let html = html.to_ascii_lowercase();
    match (html.rfind("<summary"), html.rfind("</summary")) {
        (None, None) => was,
        (open, close) => open > close,
    }
}
