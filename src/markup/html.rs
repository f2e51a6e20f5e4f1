//! The nodes of a text, written as HTML.

mod callout;
mod code;
mod footnote;
mod link;
mod raw;
mod table;

use pulldown_cmark::Alignment;
use rustc_hash::{FxHashMap, FxHashSet};

use super::footnotes::{Footnotes, NodeSlice};
use super::highlight::Highlighter;
use super::input::RenderInput;
use super::sanitize;
use crate::base::{cjk, escape};
use crate::parse::markdown::{Element, ElementKind, Node};

/// Code within a line that has more letters than this may break.
const LONG_CODE: usize = 24;

/// Whether a text that is one paragraph has its `<p>`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Paragraphs {
    Marked,
    BareIfSingle,
}

/// What becomes of HTML in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Raw {
    /// It is written as it stands.
    Trusted,
    /// The same, but for tags that will be taken out anyway, and could take in what follows them.
    Cleaned,
    /// It is shown as text.
    Text,
}

pub struct HtmlWriter<'a> {
    markup: &'a RenderInput<'a>,
    highlighter: &'a Highlighter,
    nodes: &'a NodeSlice<'a>,
    notes: Footnotes,
    /// The id of the heading that begins with a node.
    anchors: FxHashMap<usize, &'a str>,
    /// Whether the text's only paragraph goes without its tags.
    bare: bool,
    raw_html: Raw,
    out: String,
    /// Whether the text is within a `<summary>`, which holds words or a heading and nothing else.
    in_summary: bool,
    /// The heading that is open: its level on the page and, where a link to it follows, its anchor and its text.
    heading: (u8, Option<(&'a str, String)>),
    /// How each link that is open ends.
    links: Vec<&'static str>,
    /// What the callout is called that has just begun.
    callout: String,
    /// Blocks that are put in when all else is cleaned.
    apart: Vec<String>,
    /// The ids that HTML in the text has brought.
    ids: FxHashSet<String>,
    table: TableWriter,
    tables: u32,
}

/// The table that is open.
#[derive(Default)]
struct TableWriter {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl<'a> HtmlWriter<'a> {
    pub fn new(
        markup: &'a RenderInput,
        highlighter: &'a Highlighter,
        nodes: &'a NodeSlice<'a>,
        paragraphs: Paragraphs,
        raw_html: Raw,
    ) -> HtmlWriter<'a> {
        let is_heading = |(_, (node, range)): &(usize, &(Node, std::ops::Range<usize>))| {
            matches!(node, Node::Start(Element::Heading { .. })) && markup.title != Some(range.start)
        };
        let headings = nodes.iter().enumerate().filter(is_heading).map(|(at, _)| at);
        HtmlWriter {
            markup,
            highlighter,
            nodes,
            notes: Footnotes::of(nodes, markup.title),
            // Notes are written at the end, but their headings were counted where they stand.
            anchors: headings.zip(markup.anchors).map(|(at, anchor)| (at, anchor.as_str())).collect(),
            bare: paragraphs == Paragraphs::BareIfSingle && is_one_paragraph(nodes),
            raw_html,
            out: String::with_capacity(markup.text.len() * 3 / 2),
            in_summary: false,
            heading: (1, None),
            links: Vec::new(),
            callout: String::new(),
            apart: Vec::new(),
            ids: FxHashSet::default(),
            table: TableWriter::default(),
            tables: 0,
        }
    }

    /// The HTML; beside it what belongs into it, once it is cleaned.
    pub fn write(mut self) -> (String, Vec<String>) {
        self.write_nodes(0, self.nodes.len());
        self.write_notes();
        if self.bare {
            self.out.truncate(self.out.trim_end().len());
        }
        (self.out, self.apart)
    }

    fn write_nodes(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            at = self.node(at);
        }
    }

    /// Writes the node at a place, and answers the place at which to go on.
    fn node(&mut self, at: usize) -> usize {
        let nodes = self.nodes;
        match &nodes[at].0 {
            Node::Start(element) => return self.start(element, at),
            Node::End(kind) => self.end(*kind),
            Node::Text(text) | Node::Hidden(text) => self.text(text),
            Node::Code(code) => {
                let is_long = code.chars().nth(LONG_CODE).is_some();
                self.out.push_str(if is_long { "<code class=\"long\">" } else { "<code>" });
                escape::text(&mut self.out, code);
                self.out.push_str("</code>");
            }
            Node::Picture(picture) => self.picture(picture, nodes[at].1.start),
            Node::Html(html) => self.html(html, at),
            Node::HtmlBlock(html) => {
                self.block("");
                self.html(html, at);
            }
            Node::NoteReference(label) => self.note_reference(at, label),
            Node::SoftBreak => self.out.push('\n'),
            Node::HardBreak => self.out.push_str("<br>\n"),
            Node::Rule => self.block("<hr>\n"),
            Node::Task(done) => {
                self.out.push_str(if *done {
                    "<input type=\"checkbox\" disabled checked"
                } else {
                    "<input type=\"checkbox\" disabled"
                });
                self.attribute(
                    "aria-label",
                    self.markup.locale.words.get(if *done { "task_done" } else { "task_open" }),
                );
                self.out.push_str("> ");
            }
        }
        at + 1
    }

    fn start(&mut self, element: &'a Element<'a>, at: usize) -> usize {
        match element {
            Element::Paragraph if self.bare => {}
            Element::Paragraph => self.block("<p>"),
            Element::Heading { .. } if self.markup.title == Some(self.nodes[at].1.start) => return self.after(at),
            Element::Heading { level, .. } => self.start_heading(at, *level),
            Element::Quote => self.block("<blockquote>\n"),
            Element::Callout(callout) => self.start_callout(callout),
            Element::CalloutTitle => return self.callout_title(at),
            Element::CodeBlock(info) => return self.code_block(info, at),
            Element::List(None) => self.block("<ul>\n"),
            Element::List(Some(1)) => self.block("<ol>\n"),
            Element::List(Some(first)) => self.block(&format!("<ol start=\"{first}\">\n")),
            Element::Item => match self.is_task(at) {
                true => self.block("<li class=\"task\">"),
                false => self.block("<li>"),
            },
            Element::Note(_) => return self.notes.ends[&at] + 1,
            Element::DefinitionList => self.block("<dl>\n"),
            Element::Term => self.block("<dt>"),
            Element::Definition => self.block("<dd>"),
            Element::Table(alignments) => self.start_table(alignments),
            Element::TableHead => {
                (self.table.in_head, self.table.column) = (true, 0);
                self.out.push_str("<thead><tr>");
            }
            Element::TableRow => self.start_row(),
            Element::TableCell => return self.cell(at),
            Element::Emphasis => self.out.push_str("<em>"),
            Element::Strong => self.out.push_str("<strong>"),
            Element::Strikethrough => self.out.push_str("<del>"),
            Element::Mark => self.out.push_str("<mark>"),
            Element::Link(link) => return self.link(link, at),
        }
        at + 1
    }

    fn end(&mut self, kind: ElementKind) {
        self.out.push_str(match kind {
            ElementKind::Paragraph if self.bare => "",
            ElementKind::Paragraph => "</p>\n",
            ElementKind::Heading => return self.end_heading(),
            ElementKind::Quote => "</blockquote>\n",
            ElementKind::Callout => "</aside>\n",
            ElementKind::OrderedList => "</ol>\n",
            ElementKind::List => "</ul>\n",
            ElementKind::Item => "</li>\n",
            ElementKind::DefinitionList => "</dl>\n",
            ElementKind::Term => "</dt>\n",
            ElementKind::Definition => "</dd>\n",
            ElementKind::Table if self.table.has_body => "</tbody></table></div>\n",
            ElementKind::Table => "</table></div>\n",
            ElementKind::TableHead => {
                self.table.in_head = false;
                "</tr></thead>\n"
            }
            ElementKind::TableRow => "</tr>\n",
            ElementKind::TableCell if self.table.in_head => "</th>",
            ElementKind::TableCell => "</td>",
            ElementKind::Emphasis => "</em>",
            ElementKind::Strong => "</strong>",
            ElementKind::Strikethrough => "</del>",
            ElementKind::Mark => "</mark>",
            ElementKind::Link => self.links.pop().unwrap_or(""),
            // These are written whole where they begin.
            ElementKind::CalloutTitle | ElementKind::CodeBlock | ElementKind::Note => "",
        });
    }

    /// Writes the tag of a block, on a line of its own.
    fn block(&mut self, tag: &str) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(tag);
    }

    /// Writes a block of HTML that no author wrote, and that is not cleaned.
    fn own_block(&mut self, html: String) {
        if self.raw_html == Raw::Cleaned {
            self.block(&sanitize::placeholder(self.apart.len()));
            self.apart.push(html);
        } else {
            self.block(&html);
        }
        self.out.push('\n');
    }

    fn text(&mut self, text: &str) {
        cjk::write(&mut self.out, text, self.markup.lang, &self.markup.locale.han);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape::attribute(&mut self.out, value);
        self.out.push('"');
    }

    fn start_heading(&mut self, at: usize, level: u8) {
        let level = level.saturating_add(self.markup.heading_shift).min(6);
        let id = self.anchors.get(&at).copied();
        // The link to it stands beside it: it is none of its words.
        let linked = id.filter(|_| !self.in_summary);
        let frame = if linked.is_some() { "<div class=\"heading\">" } else { "" };
        self.block(&format!("{frame}<h{level}"));
        if let Some(id) = id {
            self.attribute("id", id);
        }
        self.out.push('>');
        self.heading = (level, linked.map(|id| (id, self.plain_text(at).0)));
    }

    fn end_heading(&mut self) {
        let (level, heading) = std::mem::take(&mut self.heading);
        self.out.push_str(&format!("</h{level}>"));
        if let Some((id, text)) = heading {
            let words = self.markup.locale.words.fill("section_link", &[("heading", text.trim())]);
            self.out.push_str("<a class=\"anchor\" href=\"#");
            escape::href(&mut self.out, id);
            self.out.push('"');
            self.attribute("aria-label", &words);
            self.out.push_str(">#</a></div>");
        }
        self.out.push('\n');
    }

    fn is_task(&self, item: usize) -> bool {
        let is_marker = |at: usize| matches!(self.nodes.get(at), Some((Node::Task(_), _)));
        is_marker(item + 1)
            || (matches!(self.nodes.get(item + 1), Some((Node::Start(Element::Paragraph), _))) && is_marker(item + 2))
    }

    /// The text without markup of what begins with a node, and the place after it.
    fn plain_text(&self, at: usize) -> (String, usize) {
        let mut text = String::new();
        let next = self.after(at);
        for (node, _) in &self.nodes[at..next] {
            match node {
                Node::Text(part) | Node::Code(part) => text.push_str(part),
                Node::Picture(picture) => text.push_str(&picture.words),
                Node::Start(Element::Link(link)) if !link.has_words => text.push_str(&link.destination),
                Node::SoftBreak | Node::HardBreak => text.push(' '),
                _ => {}
            }
        }
        (text, next)
    }

    /// The place after what begins with a node.
    fn after(&self, at: usize) -> usize {
        let mut depth = 0;
        for (i, (node, _)) in self.nodes.iter().enumerate().skip(at) {
            match node {
                Node::Start(_) => depth += 1,
                Node::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return i + 1;
            }
        }
        self.nodes.len()
    }
}

/// Whether a text is one paragraph, apart from notes.
fn is_one_paragraph(nodes: &NodeSlice) -> bool {
    let mut depth = 0;
    let mut blocks = 0;
    for (node, _) in nodes {
        match node {
            Node::Start(element) => {
                if depth == 0 {
                    match element {
                        Element::Paragraph => blocks += 1,
                        Element::Note(_) => {}
                        _ => return false,
                    }
                }
                depth += 1;
            }
            Node::End(_) => depth -= 1,
            _ if depth == 0 => return false,
            _ => {}
        }
    }
    blocks == 1
}
