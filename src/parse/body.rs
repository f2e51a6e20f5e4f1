//! Markdown, read for what it says to others: headings, links, a first paragraph.
//!
//! Only compact tables are kept. The text is parsed again when its page is rendered, which
//! costs microseconds and spares the memory of an event tree.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::anchor::Anchors;
use super::entry::{Link, Origin};
use super::excuse;
use super::html::{Html, Says, decoded, hides};
use super::markdown;
use super::mention::{self, Mention, cut};
use super::plain::{self, Piece, Plain};
use super::syntax::{self, Target};
use super::text_map::TextMap;
use crate::base::mark::Mark;
use crate::base::path::key;
use crate::base::span::Span;

/// How much of a text stands for a missing summary, in bytes.
const EXCERPT: usize = 240;

/// A text with markup, and what it holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Body {
    text: Text,
    /// Where the heading begins that is the entry's title, and so no part of the body.
    pub title: Option<u32>,
    pub headings: Box<[Heading]>,
    /// The ids that HTML in the text brings.
    pub ids: Box<[Box<str>]>,
    /// Which of its entry's links stand in it, in order.
    links: Range<u32>,
    /// The plain text of the first paragraph, cut; empty where the entry has a summary.
    pub excerpt: Box<str>,
    /// Whether there is nothing in it to read or see, but for headings.
    pub is_blank: bool,
    plain: Plain,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Text {
    /// A part of the source.
    Slice(Span),
    /// Read from a YAML scalar, with where it stands in the source.
    Owned(Box<str>, TextMap),
}

/// A heading and the id under which it is found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Heading {
    pub level: u8,
    pub text: Box<str>,
    /// The mark of its text, as names are compared.
    pub mark: Mark,
    pub anchor: Box<str>,
    /// In the source.
    pub span: Span,
    /// The offset in the body at which it begins.
    start: u32,
}

/// A body and the links in it.
pub struct Read {
    body: Body,
    links: Vec<Link>,
    /// The comments that may excuse a line, in the source.
    comments: Vec<Span>,
}

impl Read {
    /// The body, its links and comments put to those of its entry.
    pub fn join(self, links: &mut Vec<Link>, comments: &mut Vec<Span>) -> Body {
        let start = links.len();
        links.extend(self.links);
        comments.extend(self.comments);
        Body { links: start as u32..links.len() as u32, ..self.body }
    }
}

impl Body {
    /// Reads a part of a source's text.
    pub fn slice(source: &str, span: Span) -> Read {
        read(span.of(source), Text::Slice(span), TextMap::Shifted(span.start))
    }

    /// Reads a text of its own, whose places in the source `map` knows.
    pub fn owned(text: String, map: TextMap) -> Read {
        read(&text, Text::Owned(text.as_str().into(), map.clone()), map)
    }

    /// The Markdown, given the text of the source it stands in.
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.text {
            Text::Slice(span) => span.of(source),
            Text::Owned(text, _) => text,
        }
    }

    /// Its plain text, given the text of its source: that above the first heading, then that below each; long ones in
    /// several pieces. A wikilink without words of its own says what `name` answers for the byte offset in the body at
    /// which it begins.
    pub fn pieces(&self, source: &str, name: &dyn Fn(usize) -> Option<String>) -> Vec<Piece> {
        self.plain.pieces(self.text(source), self.title.map(|at| at as usize), name)
    }

    /// Which of its entry's links stand in it, in order.
    pub fn links(&self) -> Range<usize> {
        self.links.start as usize..self.links.end as usize
    }

    /// Whether it stands in its source line by line as it is, so that any text can stand there: Markdown does, and what
    /// YAML has behind `|`.
    pub fn is_literal(&self) -> bool {
        matches!(&self.text, Text::Slice(_) | Text::Owned(_, TextMap::Lines(_)))
    }

    /// Where a range of its text stands in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        match &self.text {
            Text::Slice(span) => TextMap::Shifted(span.start).span(range),
            Text::Owned(_, map) => map.span(range),
        }
    }

    /// Takes the heading out of the body that is its title: one of level 1 that nothing stands before, or that is the
    /// only one. `known` is the title that the front matter gives; a heading that says something else stays.
    pub fn take_title(&mut self, source: &str, known: Option<&str>) -> Option<Heading> {
        let place = self.headings.iter().position(|heading| heading.level == 1)?;
        let heading = &self.headings[place];
        let is_only = !self.headings[place + 1..].iter().any(|other| other.level == 1);
        let is_first = place == 0 && is_unseen(&self.text(source)[..heading.start as usize]);
        if heading.text.is_empty()
            || !(is_only || is_first)
            || known.is_some_and(|known| key(known) != key(&heading.text))
        {
            return None;
        }
        self.title = Some(heading.start);
        let mut headings = std::mem::take(&mut self.headings).into_vec();
        let title = headings.remove(place);
        self.headings = headings.into();
        Some(title)
    }

    /// Whether a heading of level 1 is left, so that all must step down by one below the page's title.
    pub fn heading_shift(&self) -> u8 {
        u8::from(self.headings.iter().any(|heading| heading.level == 1))
    }
}

/// Whether nothing in a text is shown: it is blank but for comments.
fn is_unseen(text: &str) -> bool {
    let mut text = text.trim_start();
    while let Some((_, rest)) = text.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
        text = rest.trim_start();
    }
    text.is_empty()
}

fn read(text: &str, kept: Text, map: TextMap) -> Read {
    let mut reader = Reader {
        text,
        map: &map,
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
        notes: 0,
        hidden: false,
        html_block: Html::default(),
        ids: Vec::new(),
        comments: Vec::new(),
        is_blank: true,
    };
    let mut plain = plain::Reader::new(text);
    for (event, range) in markdown::events(text) {
        plain.event(&event, &range);
        reader.event(event, range);
    }
    reader.flush();
    let Reader { headings, links, excerpt, ids, comments, is_blank, .. } = reader;
    let (headings, ids, excerpt) = (headings.into(), ids.into(), excerpt.into());
    let plain = plain.finish();
    Read {
        body: Body { text: kept, title: None, headings, ids, links: 0..0, excerpt, is_blank, plain },
        links,
        comments,
    }
}

struct Reader<'a> {
    text: &'a str,
    map: &'a TextMap,
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
    /// How many footnotes are open.
    notes: u32,
    /// Whether a script or style in the text is open, whose text nobody reads.
    hidden: bool,
    /// The block of HTML that is open.
    html_block: Html,
    ids: Vec<Box<str>>,
    comments: Vec<Span>,
    is_blank: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.heading.is_none() {
            self.is_blank &= match &event {
                Event::Text(text) | Event::Code(text) => self.hidden || text.trim().is_empty(),
                Event::Html(html) | Event::InlineHtml(html) => !html.contains("<img"),
                Event::Start(Tag::Image { .. }) => false,
                _ => true,
            };
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if !self.code && !self.hidden => match self.open.last() {
                Some((_, _, false)) => self.block.push_str(last_name(&text)),
                _ => self.block.push_str(&text),
            },
            Event::Code(text) | Event::InlineMath(text) => self.block.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.block.push(' '),
            Event::Html(html) => self.html_block.push(&html, range),
            Event::InlineHtml(html) => {
                self.hidden = hides(&html).unwrap_or(self.hidden);
                let mut inline = Html::default();
                inline.push(&html, range);
                self.html(&inline);
            }
            _ => {}
        }
    }

    /// What HTML says to others: ids, where its links and pictures lead, and what it excuses.
    fn html(&mut self, html: &Html) {
        self.excuses(html);
        for attribute in html.attributes() {
            let value = &html.text[attribute.value.clone()];
            match attribute.says {
                Says::Id => {
                    self.anchors.reserve(value);
                    self.ids.push(value.into());
                }
                Says::Name => self.ids.push(value.into()),
                Says::Address { embed } => {
                    let Some(at) = html.place(&attribute.value, self.text) else { continue };
                    self.links.push(Link {
                        target_span: self.map.span(at..at + value.len()),
                        target: (syntax::of(LinkType::Inline).target)(&decoded(value)),
                        // An empty text says that a picture is there for its looks alone.
                        labelled: embed && attribute.alt.is_some(),
                        embed,
                        from: Origin::Prose { at: at as u32, mention: Mention::default() },
                    });
                }
            }
        }
    }

    /// The comments that may excuse a line, where they stand in the text as they are.
    fn excuses(&mut self, html: &Html) {
        let marked = html.text.match_indices(excuse::MARK).filter_map(|(at, _)| {
            let start = html.text[..at].rfind("<!--")?;
            // In an attribute it is no comment.
            let before = &html.text[..start];
            if before.rfind('<').is_some_and(|open| before[open..].find('>').is_none()) {
                return None;
            }
            let end = start + html.text[start..].find("-->")? + "-->".len();
            let place = html.place(&(start..start + "<!--".len()), self.text)?;
            self.text[place..].starts_with(&html.text[start..end]).then_some(place..place + end - start)
        });
        for comment in marked {
            self.comments.push(self.map.span(comment));
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
                // What the text begins with is no note.
                self.paragraph = self.notes == 0;
            }
            Tag::FootnoteDefinition(_) => {
                self.flush();
                self.notes += 1;
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
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html_block);
                self.html(&html);
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.notes = self.notes.saturating_sub(1);
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            _ => self.flush(),
        }
    }

    fn end_heading(&mut self, range: Range<usize>) {
        let (level, id) = self.heading.take().unwrap_or((1, None));
        let text: Box<str> = self.block.trim().into();
        let anchor = match id {
            Some(id) => self.anchors.reserve(&id),
            None => self.anchors.add(&text),
        };
        let trimmed = range.start + self.text[range.clone()].trim_end().len();
        self.headings.push(Heading {
            level,
            mark: Mark::of(&key(&text)),
            text,
            anchor: anchor.into(),
            span: self.map.span(range.start..trimmed),
            start: Span::at(range.start).start,
        });
        self.flush();
    }

    fn link(&mut self, link_type: LinkType, dest: &CowStr<'_>, embed: bool, range: Range<usize>) {
        let target = match link_type {
            LinkType::Email => Target::Url(format!("mailto:{dest}").into()),
            _ => (syntax::of(link_type).target)(dest),
        };
        let at = Span::new(range.clone()).start;
        let mut place = self.place_of(dest, range);
        // In a table the bar behind a name is escaped, which is no part of the name.
        if matches!(link_type, LinkType::WikiLink { .. }) && self.text[place.clone()].ends_with('\\') {
            place.end -= 1;
        }
        // Without a text of its own a wikilink's name is what the parser gives as its text.
        let labelled = !matches!(link_type, LinkType::WikiLink { has_pothole: false });
        self.open.push((self.links.len(), self.block.len(), labelled));
        self.links.push(Link {
            target_span: self.map.span(place),
            target,
            labelled: false,
            embed,
            from: Origin::Prose { at, mention: Mention::default() },
        });
    }

    /// Where the destination stands in the text: in the link itself, or in the definition that it refers to.
    fn place_of(&self, dest: &CowStr<'_>, link: Range<usize>) -> Range<usize> {
        match markdown::place_of(dest, self.text) {
            Some(start) if !dest.is_empty() => start..start + dest.len(),
            _ => link,
        }
    }

    fn end_link(&mut self) {
        let Some((link, start, labelled)) = self.open.pop() else { return };
        self.links[link].labelled = labelled && !self.block[start..].trim().is_empty();
        self.in_block.push((link, start..self.block.len()));
    }

    /// Whether the block has words beside its links: a row of badges says nothing of its page.
    fn says_something(&self) -> bool {
        let mut at = 0;
        let mut between = self.in_block.iter().map(|(_, range)| {
            let text = &self.block[at.min(range.start)..range.start];
            at = at.max(range.end);
            text
        });
        let has_words = |text: &str| text.contains(char::is_alphanumeric);
        between.any(has_words)
            || has_words(&self.block[self.in_block.iter().map(|(_, range)| range.end).max().unwrap_or(0)..])
    }

    /// A block is complete: its links learn the sentences they stand in.
    fn flush(&mut self) {
        let says_something = self.paragraph && self.excerpt.is_empty() && self.says_something();
        for (link, range) in self.in_block.drain(..) {
            if let Origin::Prose { mention, .. } = &mut self.links[link].from {
                *mention = mention::around(&self.block, range);
            }
        }
        if says_something {
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
pub fn last_name(target: &str) -> &str {
    let name = target.split('#').find(|part| !part.is_empty()).unwrap_or(target);
    name.rsplit('/').find(|part| !part.is_empty()).unwrap_or(name)
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Read {
        Body::slice(text, Span::new(0..text.len()))
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
    fn a_first_or_only_heading_is_the_title() {
        let title = |text: &str, known: Option<&str>| {
            let mut body = read(text).body;
            let title = body.take_title(text, known)?;
            assert_eq!(body.title, text.find("# ").map(|at| at as u32));
            Some((title.text, title.anchor, body.headings.len()))
        };
        let plan = |left: usize| Some(("The plan".into(), "the-plan".into(), left));
        assert_eq!(title("\n# The plan\n\nText.\n\n## Part\n", None), plan(1));
        assert_eq!(title("# The plan\n\n# Part\n", None), plan(1));
        assert_eq!(title("![logo](a.png)\n\n# The plan\n", Some("the plan")), plan(0));
        assert_eq!(title("Text.\n\n# The plan\n\n# Part\n", None), None);
        assert_eq!(title("# The plan\n", Some("Another")), None);
    }

    #[test]
    fn a_text_is_summed_up_by_its_first_words() {
        let excerpt = |text: &str| read(text).body.excerpt;
        assert_eq!(&*excerpt("[![Build](a.svg)](b) ![Npm](c.svg)\n\nWhat it is, [here](d).\n"), "What it is, here.");
        assert_eq!(&*excerpt("[^1]: A note.\n\nText[^1].\n"), "Text.");
    }
}
