//! Markdown, read for what it says to others: headings, links, a first paragraph.
//!
//! Only compact tables are kept. The text is parsed again when its page is rendered, which
//! costs microseconds and spares the memory of an event tree.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::anchor::Anchors;
use super::entry::{Link, Mention, Origin};
use super::markdown;
use super::syntax;
use super::text_map::TextMap;
use crate::base::span::Span;

/// How much of a sentence stands before and after a link where it is quoted, in bytes.
const AROUND: usize = 160;

/// How much of a text stands for a missing summary, in bytes.
const EXCERPT: usize = 240;

/// A text with markup, and what it holds.
#[derive(Clone, Debug)]
pub struct Body {
    text: Text,
    pub map: TextMap,
    /// Where rendering begins: after a first heading that is the entry's title.
    pub start: u32,
    pub headings: Vec<Heading>,
    /// The plain text of the first paragraph, cut.
    pub excerpt: String,
}

#[derive(Clone, Debug)]
enum Text {
    /// A part of the source.
    Slice(Span),
    /// Read from a YAML scalar.
    Owned(Box<str>),
}

/// A heading and the id under which it is found.
#[derive(Clone, Debug)]
pub struct Heading {
    pub level: u8,
    pub text: String,
    pub anchor: String,
    /// In the source.
    pub span: Span,
    /// The offset in the body at which it ends.
    end: u32,
}

/// A body and the links in it.
pub struct Read {
    pub body: Body,
    pub links: Vec<Link>,
}

impl Body {
    /// Reads a part of a source's text. `field` is the Markdown field it belongs to, if any.
    pub fn slice(source: &str, span: Span, field: Option<usize>) -> Read {
        read(span.of(source), Text::Slice(span), TextMap::Shifted(span.start), field)
    }

    /// Reads a text of its own, whose places in the source `map` knows.
    pub fn owned(text: String, map: TextMap, field: Option<usize>) -> Read {
        read(&text, Text::Owned(text.as_str().into()), map, field)
    }

    /// The Markdown, given the text of the source it stands in.
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.text {
            Text::Slice(span) => span.of(source),
            Text::Owned(text) => text,
        }
    }

    /// Takes a first heading of level 1 out of the body, for it is the title. `known` is the
    /// title that the front matter gives; a heading that says something else stays.
    pub fn take_title(&mut self, source: &str, known: Option<&str>) -> Option<Heading> {
        let text = self.text(source);
        let first = self.headings.first()?;
        let lead = &text[..self.heading_start(first)?];
        let is_title = first.level == 1 && lead.trim().is_empty() && !first.text.is_empty();
        if !is_title || known.is_some_and(|known| known.trim().to_lowercase() != first.text.to_lowercase()) {
            return None;
        }
        self.start = first.end;
        Some(self.headings.remove(0))
    }

    /// The offset in the body at which a heading begins.
    fn heading_start(&self, heading: &Heading) -> Option<usize> {
        match &self.map {
            TextMap::Shifted(by) => Some((heading.span.start - by) as usize),
            // A YAML item has its title beside the body.
            _ => None,
        }
    }

    /// Whether a heading of level 1 is left, so that all must step down by one below the page's title.
    pub fn heading_shift(&self) -> u8 {
        u8::from(self.headings.iter().any(|heading| heading.level == 1))
    }
}

fn read(text: &str, kept: Text, map: TextMap, field: Option<usize>) -> Read {
    let mut reader = Reader {
        text,
        map: &map,
        field,
        anchors: Anchors::default(),
        headings: Vec::new(),
        heading: None,
        links: Vec::new(),
        open: Vec::new(),
        block: String::new(),
        in_block: Vec::new(),
        excerpt: String::new(),
        paragraph: false,
        code: false,
    };
    for (event, range) in markdown::events(text) {
        reader.event(event, range);
    }
    reader.flush();
    let Reader { headings, links, excerpt, .. } = reader;
    Read { body: Body { text: kept, map, start: 0, headings, excerpt }, links }
}

struct Reader<'a> {
    text: &'a str,
    map: &'a TextMap,
    field: Option<usize>,
    anchors: Anchors,
    headings: Vec<Heading>,
    heading: Option<(u8, Option<String>)>,
    links: Vec<Link>,
    /// Links that have begun: their place in `links`, where their text begins in `block`, and
    /// whether it is their author's.
    open: Vec<(usize, usize, bool)>,
    /// The plain text of the paragraph, heading, item or cell being read.
    block: String,
    /// The links in it, with where their words stand.
    in_block: Vec<(usize, Range<usize>)>,
    excerpt: String,
    paragraph: bool,
    code: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if !self.code => match self.open.last() {
                Some((_, _, false)) => self.block.push_str(last_name(&text)),
                _ => self.block.push_str(&text),
            },
            Event::Code(text) | Event::InlineMath(text) => self.block.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.block.push(' '),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.flush();
                self.heading = Some((number(level), id.map(|id| id.into_string())));
            }
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, false, range),
            Tag::Image { link_type, dest_url, .. } => self.link(link_type, &dest_url, true, range),
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::Paragraph => {
                self.flush();
                self.paragraph = true;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(range),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            _ => self.flush(),
        }
    }

    fn end_heading(&mut self, range: Range<usize>) {
        let (level, id) = self.heading.take().unwrap_or((1, None));
        let text = self.block.trim().to_owned();
        let anchor = match id {
            Some(id) => self.anchors.reserve(&id),
            None => self.anchors.add(&text),
        };
        let trimmed = range.start + self.text[range.clone()].trim_end().len();
        self.headings.push(Heading {
            level,
            text,
            anchor,
            span: self.map.span(range.start..trimmed),
            end: range.end as u32,
        });
        self.flush();
    }

    fn link(&mut self, link_type: LinkType, dest: &CowStr<'_>, embed: bool, range: Range<usize>) {
        let target = (syntax::of(link_type).target)(dest);
        let at = Span::new(range.clone()).start;
        // Without a text of its own a wikilink's name is what the parser gives as its text.
        let labelled = !matches!(link_type, LinkType::WikiLink { has_pothole: false });
        self.open.push((self.links.len(), self.block.len(), labelled));
        self.links.push(Link {
            target_span: self.map.span(self.place_of(dest, range)),
            target,
            label: None,
            embed,
            from: Origin::Prose { field: self.field, at, mention: Mention::default() },
        });
    }

    /// Where the destination stands in the text: in the link itself, or in the definition that it refers to.
    fn place_of(&self, dest: &CowStr<'_>, link: Range<usize>) -> Range<usize> {
        if let CowStr::Borrowed(dest) = dest {
            let start = (dest.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
            if !dest.is_empty() && start <= self.text.len() && start + dest.len() <= self.text.len() {
                return start..start + dest.len();
            }
        }
        link
    }

    fn end_link(&mut self) {
        let Some((link, start, labelled)) = self.open.pop() else { return };
        let label = self.block[start..].trim();
        if labelled && !label.is_empty() {
            self.links[link].label = Some(label.to_owned());
        }
        self.in_block.push((link, start..self.block.len()));
    }

    /// A block is complete: its links learn the sentences they stand in.
    fn flush(&mut self) {
        for (link, range) in self.in_block.drain(..) {
            if let Origin::Prose { mention, .. } = &mut self.links[link].from {
                *mention = sentence(&self.block, range);
            }
        }
        if self.paragraph && self.excerpt.is_empty() && !self.block.trim().is_empty() {
            self.excerpt = cut(self.block.trim(), EXCERPT);
        }
        self.paragraph = false;
        self.block.clear();
        // A link that is still open goes on in the next block only in broken input.
        for (_, start, _) in &mut self.open {
            *start = 0;
        }
    }
}

/// What a wikilink without a text of its own says to somebody who cannot follow it: `chips` for `dishes/chips#cut`,
/// and `cut` for `#cut`.
fn last_name(target: &str) -> &str {
    let name = target.split('#').find(|part| !part.is_empty()).unwrap_or(target);
    name.rsplit('/').find(|part| !part.is_empty()).unwrap_or(name)
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// The sentence of `text` around `range`, cut to what can be quoted.
fn sentence(text: &str, range: Range<usize>) -> Mention {
    let start = sentence_start(text, range.start);
    let end = sentence_end(text, range.end);
    let (mut from, mut to) = (start, end);
    if range.start - from > AROUND {
        from = word_after(text, range.start - AROUND);
    }
    if to - range.end > AROUND {
        to = word_before(text, range.end + AROUND);
    }
    let (from, to) = (from.min(range.start), to.max(range.end));
    let mut quoted = String::new();
    if from > start {
        quoted.push_str("… ");
    }
    quoted.push_str(text[from..range.start].trim_start());
    let link_start = quoted.len();
    // A link's own words can be a page long in hostile input.
    let words = cut(&text[range.clone()], 2 * AROUND);
    quoted.push_str(&words);
    let link_end = quoted.len();
    quoted.push_str(text[range.end..to].trim_end());
    if to < end {
        quoted.push_str(" …");
    }
    Mention { text: quoted.into(), start: link_start as u16, end: link_end as u16 }
}

fn sentence_start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    before.char_indices().rev().find(|(i, c)| ends_sentence(text, *i, *c)).map_or(0, |(i, c)| i + c.len_utf8())
}

fn sentence_end(text: &str, at: usize) -> usize {
    text[at..]
        .char_indices()
        .find(|(i, c)| ends_sentence(text, at + i, *c))
        .map_or(text.len(), |(i, c)| at + i + c.len_utf8())
}

/// Whether the character at `at` ends a sentence: a full stop of a CJK script does; a Latin one
/// does before a space and then no small letter, unless one letter stands before it ("J. Smith", "U.S.").
fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    if matches!(c, '。' | '！' | '？') {
        return true;
    }
    if !matches!(c, '.' | '!' | '?') {
        return false;
    }
    let mut after = text[at + 1..].chars();
    if !after.next().is_some_and(char::is_whitespace) || after.next().is_none_or(char::is_lowercase) {
        return false;
    }
    let mut before = text[..at].chars().rev();
    let letter = before.next().is_some_and(char::is_uppercase);
    !(c == '.' && letter && before.next().is_none_or(|c| !c.is_alphanumeric()))
}

fn word_after(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    text[at..].find(' ').map_or(at, |space| at + space + 1)
}

fn word_before(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    text[..at].rfind(' ').unwrap_or(at)
}

/// A text of at most `bytes` bytes, cut at a word with an ellipsis.
fn cut(text: &str, bytes: usize) -> String {
    if text.len() <= bytes {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(bytes);
    let word = text[..end].rfind(' ').filter(|space| space * 2 > end).unwrap_or(end);
    format!("{} …", text[..word].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Read {
        Body::slice(text, Span::new(0..text.len()), None)
    }

    fn mention(text: &str) -> String {
        let read = read(text);
        let Origin::Prose { mention, .. } = &read.links[0].from else { panic!() };
        let (before, link, after) = mention.parts();
        format!("{before}<{link}>{after}")
    }

    #[test]
    fn a_mention_is_the_sentence_around_the_link() {
        assert_eq!(mention("One. Two *sees* [the plan](a.md) here. Three."), "Two sees <the plan> here.");
        assert_eq!(mention("- item with [[Plan|it]]\n- other"), "item with <it>");
        assert_eq!(mention("Adam S. Posen of the U.S. said [[x]] is. No."), "Adam S. Posen of the U.S. said <x> is.");
        assert_eq!(mention("一。二[[计划]]三。四。"), "二<计划>三。");
        assert_eq!(mention("As [[a/b#c]] and [[#d]] say."), "As <b> and d say.");
        let long = format!("{} [[x]] {}", "word ".repeat(80), "more ".repeat(80));
        let quoted = mention(&long);
        assert!(quoted.starts_with("… word") && quoted.ends_with("more …") && quoted.len() < 400, "{quoted}");
    }

    #[test]
    fn a_link_knows_the_smallest_text_that_says_where_it_leads() {
        for (text, expected) in [
            ("a [x](../b.md#c \"t\")", "../b.md#c"),
            ("a [[Name|text]]", "Name"),
            ("a [x][r]\n\n[r]: ../b.md", "../b.md"),
            ("a <https://x.y>", "https://x.y"),
        ] {
            assert_eq!(read(text).links[0].target_span.of(text), expected);
        }
    }

    #[test]
    fn a_first_heading_is_the_title() {
        let text = "\n# The plan\n\nText.\n\n## Part\n";
        let mut body = read(text).body;
        let title = body.take_title(text, None).unwrap();
        assert_eq!((title.text.as_str(), title.anchor.as_str()), ("The plan", "the-plan"));
        assert_eq!(&text[body.start as usize..], "\nText.\n\n## Part\n");
        assert_eq!(body.headings.len(), 1);
        let mut other = read(text).body;
        assert!(other.take_title(text, Some("Another")).is_none());
        assert_eq!(other.heading_shift(), 1);
    }
}
