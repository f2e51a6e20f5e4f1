//! The plain text of a text with markup: what a reader of its page reads, section by section.
//!
//! Most of it stands in the text as it is. So what is kept are steps, about four bytes for each line, by which it is put
//! together whenever it is asked for.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::markdown::{self, Dialect, Element, ElementKind, LinkKind, Node, Picture};
use super::raw_html::{Html, HtmlToken};
use crate::base::varint;

/// A piece longer than this, in bytes, is cut where a line ends.
const LONGEST: usize = 12 * 1024;

/// Some plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// How many headings stand above it: the last of them is its own.
    pub headings: usize,
    pub text: String,
}

/// How the plain text of a text is put together: steps, one behind the other, as numbers (`base/varint.rs`). The first
/// number of a step is its kind and, above that, a number of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainText(#[serde(with = "serde_bytes")] Box<[u8]>);

/// The kinds of steps. Places in the text are told as how far they lie behind the place before.
mod step {
    /// To take what stands at a place; behind it its length.
    pub const TAKE: usize = 0;
    /// To say what the text has otherwise, or not at all: its length, and behind it what it is.
    pub const SAY: usize = 1;
    /// The name of what the wikilink at a place leads to; behind it what is said instead, as in [`SAY`].
    pub const NAME: usize = 2;
    /// A space between two lines of a paragraph.
    pub const SPACE: usize = 3;
    /// The end of a block.
    pub const END: usize = 4;
    /// The heading at a place.
    pub const HEADING: usize = 5;
}

/// How many bits of a step's first number are its kind.
const KIND: u32 = 3;

impl PlainText {
    /// How the plain text of a text is put together without what stands at places that are `lost`. Headings there count.
    pub fn without(text: &str, dialect: Dialect, lost: &dyn Fn(usize) -> bool) -> PlainText {
        let mut reader = Extractor::new(text);
        for (node, range) in markdown::MarkdownText::new(text, dialect).nodes() {
            if matches!(node, Node::Start(Element::Heading { .. }) | Node::End(_)) || !lost(range.start) {
                reader.node(&node, &range);
            }
        }
        reader.finish()
    }

    /// The plain text above the first heading, then that below each, with a line for each block; the headings themselves
    /// are left out. What is very long comes in several pieces. The heading that begins at `title` stands elsewhere, and
    /// begins no section. `text` is what it was read from.
    ///
    /// A wikilink without words of its own says what `name` answers for the byte offset at which it begins; else a part
    /// of what its author wrote.
    pub fn pieces(&self, text: &str, title: Option<usize>, name: &dyn Fn(usize) -> Option<String>) -> Vec<Chunk> {
        let mut steps = Steps(&self.0);
        let mut pieces = Vec::new();
        let (mut headings, mut said, mut at) = (0, String::new(), 0);
        while let Some(first) = steps.number() {
            let number = first >> KIND;
            match first & ((1 << KIND) - 1) {
                step::TAKE => {
                    let start = at + number;
                    at = start + steps.number().unwrap_or(0);
                    said.push_str(text.get(start..at).unwrap_or(""));
                }
                step::SAY => said.push_str(steps.words(number)),
                step::NAME => {
                    at += number;
                    let instead = steps.number().unwrap_or(0);
                    let instead = steps.words(instead);
                    match name(at).filter(|name| !name.is_empty()) {
                        Some(name) => said.push_str(&name),
                        None => said.push_str(instead),
                    }
                }
                step::SPACE => said.push(' '),
                step::END if !said.is_empty() && !said.ends_with('\n') => said.push('\n'),
                step::HEADING => {
                    at += number;
                    if title != Some(at) {
                        cut(&said, headings, &mut pieces);
                        said.clear();
                        headings += 1;
                    }
                }
                _ => {}
            }
        }
        cut(&said, headings, &mut pieces);
        pieces
    }
}

/// Cuts the text below a heading into pieces, where lines end, or else words.
fn cut(text: &str, headings: usize, pieces: &mut Vec<Chunk>) {
    let mut rest = text.trim_end();
    while rest.len() > LONGEST {
        let near = &rest[..rest.floor_char_boundary(LONGEST)];
        let end = near.rfind('\n').or_else(|| near.rfind(' ')).filter(|end| *end > LONGEST / 2);
        let (piece, after) = rest.split_at(end.unwrap_or(near.len()));
        pieces.push(Chunk { headings, text: piece.to_owned() });
        rest = after;
    }
    pieces.push(Chunk { headings, text: rest.to_owned() });
}

/// Steps that are not taken yet.
struct Steps<'a>(&'a [u8]);

impl<'a> Steps<'a> {
    fn number(&mut self) -> Option<usize> {
        varint::read(&mut self.0)
    }

    fn words(&mut self, length: usize) -> &'a str {
        let (words, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        std::str::from_utf8(words).unwrap_or_default()
    }
}

/// Reads the nodes of a text for its plain text.
pub struct Extractor<'a> {
    text: &'a str,
    steps: Vec<u8>,
    /// Up to where the steps have come in the text.
    at: usize,
    /// What is taken next, and may become longer.
    taken: Range<usize>,
    /// Whether a heading is open, whose text stands elsewhere.
    heading: bool,
    /// Whether words stand before in the same line: what stands last.
    beside: Beside,
}

/// What stands last in a line, as far as what follows asks for a space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    Words,
    Picture,
}

impl<'a> Extractor<'a> {
    pub fn new(text: &'a str) -> Extractor<'a> {
        Extractor {
            text,
            steps: Vec::with_capacity(text.len() / 32),
            at: 0,
            taken: 0..0,
            heading: false,
            beside: Beside::Nothing,
        }
    }

    pub fn finish(mut self) -> PlainText {
        self.take();
        PlainText(self.steps.into())
    }

    /// Reads the next node, which stands at a range of the text.
    #[inline(always)]
    pub fn node(&mut self, node: &Node<'a>, range: &Range<usize>) {
        match node {
            Node::Start(Element::Heading { .. }) => {
                self.heading = true;
                self.step_at(step::HEADING, range.start);
            }
            Node::End(ElementKind::Heading) => self.heading = false,
            Node::Start(Element::Link(link)) => self.link(link, range.start),
            Node::Picture(picture) => self.picture(picture, range.start),
            Node::Text(text) | Node::Code(text) if !self.heading => self.text(text, range),
            Node::SoftBreak | Node::HardBreak => self.space(),
            Node::Html(html) if html.tokens().any(|token| token.is_break()) => self.space(),
            Node::HtmlBlock(html) => self.html(html),
            Node::End(kind) if kind.is_inline() => {}
            Node::End(_) | Node::Rule => self.step(step::END),
            // A list in an item begins behind the item's text.
            Node::Start(Element::List(_)) => self.step(step::END),
            _ => {}
        }
    }

    fn number(&mut self, number: usize) {
        varint::write(&mut self.steps, number);
    }

    /// Writes what is taken.
    fn take(&mut self) {
        let Range { start, end } = std::mem::take(&mut self.taken);
        if end > start {
            self.number((start - self.at) << KIND | step::TAKE);
            self.number(end - start);
            self.at = end;
        }
    }

    /// Writes a step that needs nothing else.
    fn step(&mut self, kind: usize) {
        self.take();
        self.number(kind);
        self.beside = Beside::Nothing;
    }

    /// Writes a step at a place.
    fn step_at(&mut self, kind: usize, place: usize) {
        self.take();
        self.number(place.saturating_sub(self.at) << KIND | kind);
        self.at = self.at.max(place);
    }

    fn space(&mut self) {
        if !self.heading {
            self.step(step::SPACE);
        }
    }

    /// What is said of a picture stands apart from the words beside it.
    fn picture(&mut self, picture: &Picture, place: usize) {
        if self.heading {
            return;
        }
        let ends_in_space = || self.text[..self.taken.end].ends_with(char::is_whitespace);
        match self.taken.is_empty() {
            true if self.beside != Beside::Nothing => self.space(),
            false if !ends_in_space() => self.space(),
            _ => {}
        }
        match picture.words.is_empty() {
            true if picture.link.kind == LinkKind::Wiki => self.link(&picture.link, place),
            true => {}
            false => self.say(&picture.words),
        }
        self.beside = Beside::Picture;
    }

    /// Something that begins so is said next.
    #[inline]
    fn begin(&mut self, said: &str) {
        if self.beside == Beside::Picture && said.starts_with(char::is_alphanumeric) {
            self.space();
        }
        self.beside = Beside::Words;
    }

    /// Adds what an event at a range says.
    fn text(&mut self, said: &str, range: &Range<usize>) {
        self.begin(said);
        let as_it_is = || (self.text.get(range.clone()) == Some(said)).then_some(range.start);
        let start = markdown::place_of(said, self.text).or_else(as_it_is);
        match start.filter(|start| *start >= self.at.max(self.taken.end)) {
            Some(start) if start == self.taken.end => self.taken.end += said.len(),
            Some(start) => {
                self.take();
                self.taken = start..start + said.len();
            }
            None => self.say(said),
        }
    }

    /// Adds what the text has otherwise.
    fn say(&mut self, said: &str) {
        if !said.is_empty() && !self.heading {
            self.begin(said);
            self.take();
            self.number(said.len() << KIND | step::SAY);
            self.steps.extend_from_slice(said.as_bytes());
        }
    }

    /// A link that has no words of its own says what it leads to.
    fn link(&mut self, link: &markdown::MarkdownLink, place: usize) {
        if link.has_words || self.heading {
            return;
        }
        // Where it leads nowhere, a page shows it as it is written.
        let words = &*link.destination;
        if !words.is_empty() {
            self.begin(words);
            self.step_at(step::NAME, place);
            self.number(words.len());
            self.steps.extend_from_slice(words.as_bytes());
        }
    }

    /// The text of a block of HTML.
    fn html(&mut self, html: &Html) {
        for token in html.tokens() {
            match token {
                HtmlToken::Words(words) => self.say(&unescaped(words)),
                HtmlToken::Tag { .. } if token.is_break() => self.space(),
                HtmlToken::Tag { .. } => {}
            }
        }
        self.step(step::END);
    }
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
    use super::super::markdown::Dialect;
    use super::*;

    fn texts(pieces: Vec<Chunk>) -> Vec<String> {
        pieces.into_iter().map(|piece| piece.text).collect()
    }

    fn sections(text: &str, title: Option<usize>, name: &dyn Fn(usize) -> Option<String>) -> Vec<Chunk> {
        let mut reader = Extractor::new(text);
        let dialect = Dialect { comments: true, trust_html: false, bare_addresses: true };
        markdown::MarkdownText::new(text, dialect).nodes().for_each(|(node, range)| reader.node(&node, &range));
        reader.finish().pieces(text, title, name)
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
        assert_eq!(texts(sections("a [[^1]](plan.md) ![](z.png)\n\n[^1]: b", None, &name)), ["a The Plan \nb"]);
        assert_eq!(
            texts(sections("a [[plan]] [[x/chips#cut]] [[x|y]] [z](w)", None, &name)),
            ["a The Plan x/chips#cut y z"]
        );
    }

    #[test]
    fn html_says_its_text_alone() {
        let text = "<div class=\"a\">\nOne &amp; <b>two</b>\n<script>x(\"three\")</script>\n<!-- four -->\n</div>\n\nA<br>b <!-- c --> <i>d</i>\n";
        assert_eq!(plain("<div title=\"a > b\" class='c'>\nshown\n</div>\n"), [" \nshown"]);
        assert_eq!(plain("<div><script>if (a<b) x('</b>')</script>shown</div>\n"), [" shown"]);
        assert_eq!(plain(text), [" \nOne & two\n\n\n \nA b  d"]);
    }

    #[test]
    fn what_html_shows_apart_is_apart() {
        let apart = "<table><tr><td>a</td><TD>b</TD></tr></table><ul><li>c</li><li>d</li></ul><p>e</p><p>f</p>\n";
        assert_eq!(plain(apart)[0].split_whitespace().collect::<Vec<_>>(), ["a", "b", "c", "d", "e", "f"]);
        assert_eq!(
            plain("zeta![eta](x.png)theta ![![a](b)](c), d![[e.png]]f![g](h)&amp;i"),
            ["zeta eta theta a, d e.png f g&i"]
        );
        assert_eq!(plain("![a](b)\n![c](d)![e](f)[[g]]*h*"), ["a c e gh"]);
        assert_eq!(plain("a<img src=\"x\" alt=\"b\">c<br>d<input type=\"checkbox\">e<wbr>f"), ["a c d ef"]);
        assert_eq!(
            plain("<p>a<img src=\"x\">b<br/>c</p>\n")[0].split_whitespace().collect::<Vec<_>>(),
            ["a", "b", "c"]
        );
        assert_eq!(plain("g<summary>h</summary>i<b>j</b>k<foo>l</foo>")[0], "g h ijkl");
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
