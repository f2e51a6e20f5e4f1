//! The events of a text, read for what it says to others.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::{Body, Heading, Read, Text, last_name};
use crate::base::mark::Mark;
use crate::base::path::key;
use crate::base::span::Span;
use crate::parse::anchor::Anchors;
use crate::parse::entry::{Link, Origin};
use crate::parse::excuse;
use crate::parse::html::{Html, Says, decoded, hides};
use crate::parse::markdown;
use crate::parse::mention::{self, Mention, cut};
use crate::parse::plain;
use crate::parse::syntax::{self, Target};
use crate::parse::text_map::TextMap;

/// How much of a text stands for a missing summary, in bytes.
const EXCERPT: usize = 240;

/// Reads a text, which is kept as told, and whose places in the source `map` knows.
pub fn read(text: &str, kept: Text, map: TextMap) -> Read {
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

fn number(level: HeadingLevel) -> u8 {
    level as u8
}
