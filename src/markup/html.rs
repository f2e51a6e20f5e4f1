//! The events of a text, written as HTML.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::notes::{Events, Notes};
use super::table::Table;
use super::{Highlighter, Markup, Target};
use crate::base::url::is_unsafe;
use crate::base::{escape, script};
use crate::parse::html::{Html, Says};

/// Whether a text that is one paragraph has its `<p>`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Paragraphs {
    Marked,
    BareIfSingle,
}

/// Whether HTML in the text is HTML, or text that shows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Raw {
    Html,
    Text,
}

pub struct Writer<'a> {
    pub(super) markup: &'a Markup<'a>,
    pub(super) highlighter: &'a Highlighter,
    pub(super) events: &'a Events<'a>,
    pub(super) notes: Notes,
    /// The id of the heading that begins with an event.
    pub(super) anchors: FxHashMap<usize, &'a str>,
    /// Whether the text's only paragraph goes without its tags.
    pub(super) bare: bool,
    pub(super) raw_html: Raw,
    pub(super) out: String,
    /// The heading that is open: its anchor and its text.
    pub(super) heading: Option<(&'a str, String)>,
    /// How each link that is open ends.
    pub(super) links: Vec<&'static str>,
    /// How each quote that is open ends.
    pub(super) quotes: Vec<&'static str>,
    pub(super) table: Table,
    pub(super) tables: u32,
}

impl<'a> Writer<'a> {
    pub fn new(
        markup: &'a Markup,
        highlighter: &'a Highlighter,
        events: &'a Events,
        paragraphs: Paragraphs,
        raw_html: Raw,
    ) -> Writer<'a> {
        let is_heading = |(_, (event, range)): &(usize, &(Event, std::ops::Range<usize>))| {
            matches!(event, Event::Start(Tag::Heading { .. })) && markup.title != Some(range.start)
        };
        let headings = events.iter().enumerate().filter(is_heading).map(|(at, _)| at);
        Writer {
            markup,
            highlighter,
            events,
            notes: Notes::of(events, markup.title),
            // Notes are written at the end, but their headings were counted where they stand.
            anchors: headings.zip(markup.anchors).map(|(at, anchor)| (at, anchor.as_str())).collect(),
            bare: paragraphs == Paragraphs::BareIfSingle && is_one_paragraph(events),
            raw_html,
            out: String::with_capacity(markup.text.len() * 3 / 2),
            heading: None,
            links: Vec::new(),
            quotes: Vec::new(),
            table: Table::default(),
            tables: 0,
        }
    }

    pub fn write(mut self) -> String {
        self.write_events(0, self.events.len());
        self.write_notes();
        if self.bare {
            self.out.truncate(self.out.trim_end().len());
        }
        self.out
    }

    pub(super) fn write_events(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            at = self.event(at);
        }
    }

    /// Writes the event at a place, and answers the place at which to go on.
    fn event(&mut self, at: usize) -> usize {
        let events = self.events;
        match &events[at].0 {
            Event::Start(tag) => return self.start(tag, at),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.out.push_str("<code>");
                escape::text(&mut self.out, code);
                self.out.push_str("</code>");
            }
            Event::Html(line) | Event::InlineHtml(line) => {
                let mut html = Html::default();
                html.push(line, events[at].1.clone());
                self.html(&html);
            }
            Event::FootnoteReference(label) => self.note_reference(at, label),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.block("<hr>\n"),
            Event::TaskListMarker(done) => {
                self.out.push_str(if *done {
                    "<input type=\"checkbox\" disabled checked"
                } else {
                    "<input type=\"checkbox\" disabled"
                });
                self.attribute("aria-label", self.markup.words.get(if *done { "task_done" } else { "task_open" }));
                self.out.push_str("> ");
            }
        }
        at + 1
    }

    /// Writes a block of HTML, and answers the place after it.
    fn html_block(&mut self, at: usize) -> usize {
        let next = self.after(at);
        let mut html = Html::default();
        for (event, range) in &self.events[at..next] {
            // An indent comes as text.
            if let Event::Html(line) | Event::Text(line) = event {
                html.push(line, range.clone());
            }
        }
        self.block("");
        self.html(&html);
        next
    }

    /// Writes HTML with its links and pictures leading to where the book says.
    fn html(&mut self, html: &Html) {
        let text = html.text.as_str();
        if self.raw_html == Raw::Text {
            return escape::text(&mut self.out, text);
        }
        let mut written = 0;
        for attribute in html.attributes() {
            let Says::Address { embed } = attribute.says else { continue };
            let value = &text[attribute.value.clone()];
            let target = html.place(&attribute.value, self.markup.text).map(|at| (self.markup.target)(at));
            let href = match target {
                _ if attribute.whole.start < written => continue,
                Some(Target::Keep) if !is_unsafe(value) => continue,
                Some(Target::To { href, .. }) if !embed => href,
                Some(Target::Image { src }) => src,
                // What leads nowhere is no link, and a picture that is not shown what is said of it.
                _ => {
                    let (range, instead) = match (embed, &attribute.alt) {
                        (false, _) => (attribute.whole, "role=\"link\" aria-disabled=\"true\""),
                        (true, Some(alt)) => (attribute.tag, text[alt.clone()].trim()),
                        (true, None) => (attribute.tag, ""),
                    };
                    self.plain_html(&text[written..range.start]);
                    self.out.push_str(instead);
                    written = range.end;
                    continue;
                }
            };
            self.plain_html(&text[written..attribute.whole.start]);
            self.out.push_str(if embed { "src=\"" } else { "href=\"" });
            escape::href(&mut self.out, &href);
            self.out.push('"');
            written = attribute.whole.end;
        }
        self.plain_html(&text[written..]);
    }

    /// Writes HTML as it is, but for the first level of headings, which is the page's own.
    fn plain_html(&mut self, html: &str) {
        let mut written = 0;
        for (at, _) in html.match_indices(['h', 'H']) {
            let before = &html[..at];
            if html[at + 1..].starts_with('1') && (before.ends_with('<') || before.ends_with("</")) {
                self.out.push_str(&html[written..=at]);
                self.out.push('2');
                written = at + 2;
            }
        }
        self.out.push_str(&html[written..]);
    }

    fn start(&mut self, tag: &Tag, at: usize) -> usize {
        match tag {
            Tag::Paragraph if self.bare => {}
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { .. } if self.markup.title == Some(self.events[at].1.start) => return self.after(at),
            Tag::Heading { level, classes, .. } => self.start_heading(at, *level, classes),
            Tag::BlockQuote(kind) => return self.start_quote(at, *kind),
            Tag::CodeBlock(kind) => return self.code_block(kind, at),
            Tag::HtmlBlock => return self.html_block(at),
            Tag::MetadataBlock(_) => {}
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(first)) => self.block(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => match self.is_task(at) {
                true => self.block("<li class=\"task\">"),
                false => self.block("<li>"),
            },
            Tag::FootnoteDefinition(_) => return self.notes.ends[&at] + 1,
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                (self.table.in_head, self.table.column) = (true, 0);
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => self.start_row(),
            Tag::TableCell => return self.cell(at),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => return self.link(at, *link_type, dest_url, title),
            Tag::Image { link_type, dest_url, title, .. } => return self.image(at, *link_type, dest_url, title),
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        self.out.push_str(match tag {
            TagEnd::Paragraph if self.bare => "",
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => return self.end_heading(level),
            TagEnd::BlockQuote(_) => self.quotes.pop().unwrap_or(""),
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table if self.table.has_body => "</tbody></table></div>\n",
            TagEnd::Table => "</table></div>\n",
            TagEnd::TableHead => {
                self.table.in_head = false;
                "</tr></thead>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell if self.table.in_head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => self.links.pop().unwrap_or(""),
            // These are written whole where they begin.
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::FootnoteDefinition => "",
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => "",
        });
    }

    /// Writes the tag of a block, on a line of its own.
    pub(super) fn block(&mut self, tag: &str) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(tag);
    }

    pub(super) fn text(&mut self, text: &str) {
        script::write(&mut self.out, text, self.markup.lang, self.markup.han);
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape::attribute(&mut self.out, value);
        self.out.push('"');
    }

    fn start_heading(&mut self, at: usize, level: HeadingLevel, classes: &[CowStr]) {
        let level = self.level(level);
        self.block(&format!("<h{level}"));
        let id = self.anchors.get(&at).copied();
        if let Some(id) = id {
            self.attribute("id", id);
        }
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        self.out.push('>');
        self.heading = id.map(|id| (id, self.plain_text(at).0));
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        if let Some((id, text)) = self.heading.take() {
            let words = self.markup.words.fill("section_link", &[("heading", text.trim())]);
            self.out.push_str("<a class=\"anchor\" href=\"#");
            escape::href(&mut self.out, id);
            self.out.push('"');
            self.attribute("aria-label", &words);
            self.out.push_str(">#</a>");
        }
        let level = self.level(level);
        self.out.push_str(&format!("</h{level}>\n"));
    }

    fn level(&self, level: HeadingLevel) -> u8 {
        (level as u8).saturating_add(self.markup.heading_shift).min(6)
    }

    /// Writes how a quote begins, and answers the place at which it goes on.
    fn start_quote(&mut self, at: usize, kind: Option<BlockQuoteKind>) -> usize {
        let callout = if kind.is_none() { self.callout(at) } else { None };
        self.quotes.push(if kind.is_some() || callout.is_some() { "</aside>\n" } else { "</blockquote>\n" });
        let class = match (kind, callout) {
            (None, Some(callout)) => return self.start_callout(callout),
            (None, None) => {
                self.block("<blockquote>\n");
                return at + 1;
            }
            (Some(BlockQuoteKind::Note), _) => "note",
            (Some(BlockQuoteKind::Tip), _) => "tip",
            (Some(BlockQuoteKind::Important), _) => "important",
            (Some(BlockQuoteKind::Warning), _) => "warning",
            (Some(BlockQuoteKind::Caution), _) => "caution",
        };
        self.open_alert(class);
        self.text(self.markup.words.get(&format!("alert_{class}")));
        self.out.push_str("</p>\n");
        at + 1
    }

    /// Writes how an alert begins, up to its title.
    pub(super) fn open_alert(&mut self, class: &str) {
        // As a note it is no landmark, of which each would need a name of its own.
        self.block(&format!("<aside class=\"alert alert-{class}\" role=\"note\"><p class=\"alert-title\">"));
    }

    fn is_task(&self, item: usize) -> bool {
        let is_marker = |at: usize| matches!(self.events.get(at), Some((Event::TaskListMarker(_), _)));
        is_marker(item + 1)
            || (matches!(self.events.get(item + 1), Some((Event::Start(Tag::Paragraph), _))) && is_marker(item + 2))
    }

    /// The text without markup of what begins with an event, and the place after it.
    pub(super) fn plain_text(&self, at: usize) -> (String, usize) {
        let mut text = String::new();
        let next = self.after(at);
        for (event, _) in &self.events[at..next] {
            match event {
                Event::Text(part) | Event::Code(part) => text.push_str(part),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        (text, next)
    }

    /// The place after what begins with an event.
    pub(super) fn after(&self, at: usize) -> usize {
        let mut depth = 0;
        for (i, (event, _)) in self.events.iter().enumerate().skip(at) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return i + 1;
            }
        }
        self.events.len()
    }
}

/// Whether a text is one paragraph, apart from notes.
fn is_one_paragraph(events: &Events) -> bool {
    let mut depth = 0;
    let mut blocks = 0;
    for (event, _) in events {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    match tag {
                        Tag::Paragraph => blocks += 1,
                        Tag::FootnoteDefinition(_) => {}
                        _ => return false,
                    }
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ if depth == 0 => return false,
            _ => {}
        }
    }
    blocks == 1
}
