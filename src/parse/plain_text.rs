//! The plain text of a text with markup: what a reader of its page reads, section by section.
//!
//! Most of it stands in the text as it is. So what is kept are steps, about four bytes for each line, by which it is put
//! together whenever it is asked for.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::markdown::{self, Dialect, Element, ElementKind, LinkKind, Node, Picture};
use super::raw_html::{Html, HtmlToken};
use super::steps::{Step, StepReader, StepWriter};

/// A piece longer than this, in bytes, is cut where a line ends.
const LONGEST: usize = 12 * 1024;

/// Some plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// How many headings stand above it: the last of them is its own.
    pub headings: usize,
    pub text: String,
}

/// How the plain text of a text is put together, in steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainText(#[serde(with = "serde_bytes")] Box<[u8]>);

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
        let mut pieces = Vec::new();
        let (mut headings, mut said) = (0, String::new());
        for step in StepReader::new(&self.0, text) {
            match step {
                Step::Words(words) => said.push_str(words),
                Step::Name(at, instead) => match name(at).filter(|name| !name.is_empty()) {
                    Some(name) => said.push_str(&name),
                    None => said.push_str(instead),
                },
                Step::Space => said.push(' '),
                Step::End if !said.is_empty() && !said.ends_with('\n') => said.push('\n'),
                Step::Heading(at) if title != Some(at) => {
                    cut(&said, headings, &mut pieces);
                    said.clear();
                    headings += 1;
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

/// Reads the nodes of a text for its plain text.
pub struct Extractor<'a> {
    text: &'a str,
    steps: StepWriter,
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
        let steps = StepWriter::for_length(text.len());
        Extractor { text, steps, heading: false, beside: Beside::Nothing }
    }

    pub fn finish(self) -> PlainText {
        PlainText(self.steps.finish())
    }

    /// Reads the next node, which stands at a range of the text.
    #[inline(always)]
    pub fn node(&mut self, node: &Node<'a>, range: &Range<usize>) {
        match node {
            Node::Start(Element::Heading { .. }) => {
                self.heading = true;
                self.steps.heading(range.start);
            }
            Node::End(ElementKind::Heading) => self.heading = false,
            Node::Start(Element::Link(link)) => self.link(link, range.start),
            Node::Picture(picture) => self.picture(picture, range.start),
            Node::Text(text) | Node::Code(text) if !self.heading => self.text(text, range),
            Node::SoftBreak | Node::HardBreak => self.space(),
            Node::Html(html) if html.tokens().any(|token| token.is_break()) => self.space(),
            Node::HtmlBlock(html) => self.html(html),
            Node::End(kind) if kind.is_inline() => {}
            Node::End(_) | Node::Rule => self.end(),
            // A list in an item begins behind the item's text.
            Node::Start(Element::List(_)) => self.end(),
            _ => {}
        }
    }

    /// Ends a line.
    fn end(&mut self) {
        self.steps.end();
        self.beside = Beside::Nothing;
    }

    fn space(&mut self) {
        if !self.heading {
            self.steps.space();
            self.beside = Beside::Nothing;
        }
    }

    /// What is said of a picture stands apart from the words beside it.
    fn picture(&mut self, picture: &Picture, place: usize) {
        if self.heading {
            return;
        }
        let taken = self.steps.taken();
        let ends_in_space = || self.text[..taken.end].ends_with(char::is_whitespace);
        match taken.is_empty() {
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
        self.steps.words(said, markdown::place_of_node(said, self.text, range));
    }

    /// Adds what the text has otherwise.
    fn say(&mut self, said: &str) {
        if !said.is_empty() && !self.heading {
            self.begin(said);
            self.steps.say(said);
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
            self.steps.name(place, words);
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
        self.end();
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
