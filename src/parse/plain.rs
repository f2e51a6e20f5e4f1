//! The events of a text, without its markup: what a reader of its page reads, section by section.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::parse::body::last_name;
use crate::parse::html::hides;
use crate::parse::markdown;

/// A piece longer than this, in bytes, is cut where a line ends.
const LONGEST: usize = 12 * 1024;

/// Some plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// How many headings stand above it: the last of them is its own.
    pub headings: usize,
    pub text: String,
}

/// The plain text above the first heading, then that below each, with a line for each block; the headings themselves are
/// left out. What is very long comes in several pieces. The heading that begins at `title` stands elsewhere, and begins no section.
///
/// A wikilink without words of its own says what `name` answers for the byte offset at which it begins; else a part of
/// what its author wrote.
pub fn sections(text: &str, title: Option<usize>, name: &dyn Fn(usize) -> Option<String>) -> Vec<Piece> {
    let mut reader = Reader { title, name, sections: vec![String::new()], heading: false, link: None, hidden: false };
    let mut html = String::new();
    for (event, range) in markdown::events(text) {
        match event {
            Event::Html(part) => html.push_str(&part),
            Event::End(TagEnd::HtmlBlock) => reader.html(&std::mem::take(&mut html)),
            event => reader.event(event, range.start),
        }
    }
    let sections = reader.sections.into_iter().enumerate();
    sections.flat_map(|(headings, text)| cut(text).map(move |text| Piece { headings, text })).collect()
}

/// A text in pieces, cut where lines end, or else words.
fn cut(mut text: String) -> impl Iterator<Item = String> {
    text.truncate(text.trim_end().len());
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let mut piece = rest.take()?;
        if piece.len() > LONGEST {
            let near = &piece[..piece.floor_char_boundary(LONGEST)];
            let end = near.rfind('\n').or_else(|| near.rfind(' ')).filter(|end| *end > LONGEST / 2);
            rest = Some(piece.split_off(end.unwrap_or(near.len())));
        }
        Some(piece)
    })
}

struct Reader<'a> {
    title: Option<usize>,
    name: &'a dyn Fn(usize) -> Option<String>,
    sections: Vec<String>,
    /// Whether a heading is open, whose text stands elsewhere.
    heading: bool,
    /// A wikilink that is open and has no words of its own: what it says, until it has said so.
    link: Option<Option<String>>,
    /// Whether a script or style is open, whose text nobody reads.
    hidden: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event, at: usize) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.heading = true;
                if self.title != Some(at) {
                    self.sections.push(String::new());
                }
            }
            Event::End(TagEnd::Heading(_)) => self.heading = false,
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                let is_bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                self.link = is_bare.then(|| Some((self.name)(at).unwrap_or_default()));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.link = None,
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                match self.link.take() {
                    None => self.add(&text),
                    // It says its name once, however the text comes in parts.
                    Some(None) => self.link = Some(None),
                    Some(Some(name)) if name.is_empty() => {
                        self.add(last_name(&text));
                        self.link = Some(Some(name));
                    }
                    Some(Some(name)) => {
                        self.add(&name);
                        self.link = Some(None);
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak => self.add(" "),
            Event::InlineHtml(html) => self.tag(&html),
            Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript,
            ) => {}
            Event::End(_) | Event::Rule => self.end_block(),
            // A list in an item begins behind the item's text.
            Event::Start(Tag::List(_)) => self.end_block(),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if !self.heading
            && !self.hidden
            && let Some(section) = self.sections.last_mut()
        {
            section.push_str(text);
        }
    }

    fn end_block(&mut self) {
        if let Some(section) = self.sections.last_mut()
            && !section.is_empty()
            && !section.ends_with('\n')
        {
            section.push('\n');
        }
    }

    /// A tag in a line of text.
    fn tag(&mut self, tag: &str) {
        self.hidden = hides(tag).unwrap_or(self.hidden);
        if tag.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br")) {
            self.add(" ");
        }
    }

    /// The text of a block of HTML.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        loop {
            if self.hidden {
                // In a script or style nothing but its end is a tag.
                let lower = rest.to_ascii_lowercase();
                let end = ["</script", "</style"].iter().filter_map(|tag| lower.find(tag)).min();
                rest = &rest[end.unwrap_or(rest.len())..];
            }
            let Some((text, after)) = rest.split_once('<') else { break };
            self.add(&unescaped(text));
            let end = match after.starts_with("!--") {
                true => after.find("-->").map_or(after.len(), |end| end + 3),
                false => tag_end(after),
            };
            self.tag(&rest[text.len()..text.len() + 1 + end]);
            rest = &after[end..];
        }
        self.add(&unescaped(rest));
        self.hidden = false;
        self.end_block();
    }
}

/// Where a tag ends that has begun; in quotes stands a value.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, sign) in tag.bytes().enumerate() {
        match (quote, sign) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(sign),
            (Some(open), sign) if open == sign => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// The entities that authors write in HTML by hand.
const ENTITIES: [(&str, &str); 6] =
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];

fn unescaped(text: &str) -> String {
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, sign)| match text.contains('&') {
        true => text.replace(entity, sign),
        false => text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pieces: Vec<Piece>) -> Vec<String> {
        pieces.into_iter().map(|piece| piece.text).collect()
    }

    fn plain(text: &str) -> Vec<String> {
        texts(sections(text, None, &|_| None))
    }

    #[test]
    fn a_text_is_read_section_by_section() {
        let text = "One *two*\nthree[^1].\n\n# A `b`\n\n- x\n  - y\n- z\n\n## B\n\n| a | b |\n|---|---|\n| c | d |\n\n```rs\nlet x;\n```\n\n[^1]: Note.\n";
        assert_eq!(plain(text), ["One two three.", "x\ny\nz", "a\nb\nc\nd\nlet x;\nNote."]);
        assert_eq!(texts(sections("# Title\n\nText.\n\n## Part\n", Some(0), &|_| None)), ["Text.", ""]);
        assert_eq!(plain(""), [""]);
    }

    #[test]
    fn a_link_says_what_stands_on_the_page() {
        let name = |at: usize| (at == 2).then(|| "The Plan".to_owned());
        assert_eq!(texts(sections("a [[plan]] [[x/chips#cut]] [[x|y]] [z](w)", None, &name)), ["a The Plan chips y z"]);
    }

    #[test]
    fn html_says_its_text_alone() {
        let text = "<div class=\"a\">\nOne &amp; <b>two</b>\n<script>x(\"three\")</script>\n<!-- four -->\n</div>\n\nA<br>b <!-- c --> <i>d</i>\n";
        assert_eq!(plain("<div title=\"a > b\" class='c'>\nshown\n</div>\n"), ["\nshown"]);
        assert_eq!(plain("<div><script>if (a<b) x('</b>')</script>shown</div>\n"), ["shown"]);
        assert_eq!(plain(text), ["\nOne & two\n\n\n\nA b  d"]);
    }

    #[test]
    fn what_is_very_long_comes_in_pieces() {
        let pieces = sections(&format!("# A\n\n{}\n\n# B\n\nEnd.\n", "Some words. ".repeat(3_000)), None, &|_| None);
        assert!(pieces.iter().all(|piece| piece.text.len() <= LONGEST));
        let headings: Vec<usize> = pieces.iter().map(|piece| piece.headings).collect();
        assert_eq!(headings, [0, 1, 1, 1, 2]);
        assert_eq!(sections(&"字".repeat(9_000), None, &|_| None).len(), 3);
    }
}
