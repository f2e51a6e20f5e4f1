//! What a text says that its readers would not see, or not as it was meant.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::footnote_graph::{FootnoteGraph, LostFootnote, LostReason};
use crate::base::diagnostic::Severity;
use crate::base::path::{file_ending, is_file};
use crate::parse::markdown::{
    Comment, Dialect, Element, ElementKind, LinkKind, MarkdownText, Node, Picture, tag_parents,
};
use crate::parse::raw_html::{AttributeRole, Html, HtmlToken, is_kept};

/// Something that is told of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub rule: &'static str,
    pub severity: Severity,
    /// In the text.
    pub range: Range<usize>,
    pub message: String,
    pub help: String,
    /// What may be written in the place of a part of the text, and whether nothing else can have been meant.
    pub fix: Option<(Range<usize>, String, bool)>,
}

impl Notice {
    /// Tells of a footnote that is not shown.
    pub fn of_lost(LostFootnote { label, mark, why, .. }: &LostFootnote) -> Notice {
        let name = quoted(label);
        let message = match why {
            LostReason::Second => format!("the footnote \"{name}\" stands twice, and only the first is shown"),
            LostReason::NoReference => format!("nothing refers to the footnote \"{name}\", so it is not shown"),
            LostReason::Title => format!("only the title refers to the footnote \"{name}\", and a title shows none"),
            LostReason::OnlyLost => {
                format!("the footnote \"{name}\" is not shown: only footnotes refer to it that are not, either")
            }
        };
        let help = match why {
            LostReason::Second => "give it another label, or take it out".to_owned(),
            _ => format!("write [^{label}] where it belongs, or take it out"),
        };
        Notice::warning("unused-footnote", mark.clone(), message, help)
    }

    fn warning(rule: &'static str, range: Range<usize>, message: String, help: impl Into<String>) -> Notice {
        Notice { rule, severity: Severity::Warning, range, message, help: help.into(), fix: None }
    }
}

/// The longest word of an author that is quoted, in characters.
const LONGEST_QUOTE: usize = 40;

/// Reads the nodes of a text for what is to be told of it.
pub struct Finder<'a> {
    text: &'a str,
    dialect: Dialect,
    notices: Vec<Notice>,
    notes: FootnoteGraph,
    /// References to footnotes that are none, as far as is known.
    lost_notes: Vec<(String, Range<usize>)>,
    /// The anchors that authors gave.
    anchors: FxHashSet<String>,
    in_code: bool,
    /// How many columns the table has that is open.
    columns: usize,
    tells_embeds: bool,
    tells_blocks: bool,
    /// What was read last, if it is a word at the end of its line.
    last_words: Option<Range<usize>>,
}

impl<'a> Finder<'a> {
    pub fn new(text: &'a str, dialect: Dialect) -> Finder<'a> {
        Finder {
            text,
            dialect,
            notices: Vec::new(),
            notes: FootnoteGraph::default(),
            lost_notes: Vec::new(),
            anchors: FxHashSet::default(),
            in_code: false,
            columns: 0,
            tells_embeds: true,
            tells_blocks: dialect.comments,
            last_words: None,
        }
    }

    /// Reads the next node, which stands at a range of the text.
    // A text has many nodes, and few of them are of interest.
    #[inline(always)]
    pub fn node(&mut self, node: &Node, range: &Range<usize>) {
        match node {
            Node::Start(Element::Note(label)) => self.note(label, range),
            Node::NoteReference(label) => self.notes.refer(label),
            Node::End(ElementKind::Note) => self.notes.end(),
            Node::Start(Element::Heading { anchor, .. }) => self.heading(anchor.as_deref(), range),
            Node::Start(Element::CodeBlock(_)) => self.in_code = true,
            Node::End(ElementKind::CodeBlock) => self.in_code = false,
            Node::Start(Element::Table(alignments)) => self.columns = alignments.len(),
            Node::Start(Element::TableRow) => self.row(range),
            Node::Text(_) if !self.in_code => self.words(range),
            Node::Picture(picture) => self.picture(picture, range),
            Node::Html(html) | Node::HtmlBlock(html) => self.html(html, range),
            Node::End(kind @ (ElementKind::Paragraph | ElementKind::Item | ElementKind::Heading)) => {
                if *kind == ElementKind::Heading {
                    self.notes.heading(None);
                }
                self.end_block();
            }
            _ => {}
        }
        if !matches!(node, Node::Text(_) | Node::End(_)) {
            self.last_words = None;
        }
    }

    /// What is to be told, in the order of the text, and its footnotes: of those that are lost is told when it is known
    /// what its title is.
    pub fn finish(mut self, text: &MarkdownText) -> (Vec<Notice>, FootnoteGraph) {
        let has_notes = !self.notes.is_empty();
        for (label, range) in std::mem::take(&mut self.lost_notes) {
            if has_notes || label.chars().all(char::is_alphanumeric) {
                let message = format!("there is no footnote \"{}\"", quoted(&label));
                let help = format!("write it on a line of its own, as [^{label}]: and its text, or take this out");
                self.notices.push(Notice::warning("missing-footnote", range, message, help));
            }
        }
        if self.dialect.comments {
            // What nobody reads lacks nothing.
            let is_hidden = |notice: &Notice| {
                let before = text.comments.partition_point(|comment| comment.range.end <= notice.range.start);
                text.comments.get(before).is_some_and(|comment| comment.range.start <= notice.range.start)
            };
            self.notices.retain(|notice| !is_hidden(notice));
        }
        text.stray_tags.iter().for_each(|tag| self.stray_tag(tag.clone()));
        self.comments(&text.comments);
        self.notices.sort_by_key(|notice| notice.range.start);
        (self.notices, self.notes)
    }

    fn note(&mut self, label: &str, range: &Range<usize>) {
        let written = &self.text[range.clone()];
        let line = range.start..range.start + written.find("]:").map_or(written.len(), |end| end + 1);
        self.notes.begin(label, line, range.clone());
    }

    fn heading(&mut self, anchor: Option<&str>, range: &Range<usize>) {
        self.notes.heading(Some(range.start));
        let Some(anchor) = anchor else { return };
        let at = range.start + self.text[range.clone()].rfind(&format!("#{anchor}")).unwrap_or(0);
        self.anchor(anchor, at..at + 1 + anchor.len());
    }

    fn anchor(&mut self, anchor: &str, range: Range<usize>) {
        if !self.anchors.insert(anchor.to_owned()) {
            let message = format!("the anchor \"{}\" stands here a second time", quoted(anchor));
            let notice =
                Notice::warning("duplicate-anchor", range, message, "links lead to the first: give this another");
            self.notices.push(notice);
        }
    }

    /// A row of a table.
    fn row(&mut self, range: &Range<usize>) {
        let row = self.text[range.clone()].trim();
        let cells = row.strip_prefix('|').unwrap_or(row);
        let mut bars = Vec::new();
        let mut is_escaped = false;
        for (at, byte) in cells.bytes().enumerate() {
            if byte == b'|' && !is_escaped {
                bars.push(at);
            }
            is_escaped = byte == b'\\' && !is_escaped;
        }
        if bars.last().is_some_and(|last| last + 1 == cells.len()) {
            bars.pop();
        }
        let Some(first) = bars.get(self.columns.wrapping_sub(1)).filter(|_| self.columns > 0) else { return };
        let lost = cells[first + 1..].trim_end_matches('|').trim();
        if lost.is_empty() {
            return;
        }
        let start = range.start + self.text[range.clone()].find(lost).unwrap_or(0);
        let (has, wants) = (bars.len() + 1, self.columns);
        let message = format!("this row has {has} cells, and its table {wants} columns: what is too much is not shown");
        let help = "give the heading of the table a column more, or write \\| for a bar inside a cell";
        self.notices.push(Notice::warning("lost-cell", start..start + lost.len(), message, help));
    }

    /// Words, which may have been meant to be something else.
    fn words(&mut self, range: &Range<usize>) {
        let words = &self.text[range.clone()];
        self.last_words = Some(range.clone());
        if memchr::memchr(b'[', words.as_bytes()).is_none() {
            return;
        }
        for (at, _) in words.match_indices("[^") {
            let Some(label) = label(&words[at + 2..]) else { continue };
            let before = self.text[..range.start + at].ends_with('\\');
            if !before && !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[') {
                let place = range.start + at;
                self.lost_notes.push((label.to_owned(), place..place + label.len() + 3));
            }
        }
        for (at, _) in words.match_indices("][") {
            let Some(label) = label(&words[at + 2..]) else { continue };
            let letters = label.chars().filter(|c| c.is_alphabetic()).count();
            let open = words[..at].rfind('[');
            let before = words[..open.unwrap_or(0)].trim_end_matches('!').chars().next_back();
            let is_joined = open.is_some() && before.is_some_and(|c| c.is_alphanumeric() || c == ']');
            if letters >= 3 && !label.contains(['[', '\n']) && !is_joined {
                let message = format!("nothing says where \"[{}]\" leads, so this is no link", quoted(label));
                let help =
                    format!("write [{label}]: and the address on a line of its own, or ({label}) for an address");
                let place = range.start + at + 1;
                let range = place..place + label.len() + 2;
                self.notices.push(Notice::warning("missing-reference", range, message, help));
            }
        }
    }

    /// A block is complete: the name by which a vault links to it may stand at its end.
    fn end_block(&mut self) {
        let Some(range) = self.last_words.take().filter(|_| self.tells_blocks) else { return };
        let words = &self.text[range.clone()];
        let Some(at) = words.rfind('^').filter(|at| *at == 0 || words[..*at].ends_with(char::is_whitespace)) else {
            return;
        };
        let id = &words[at + 1..];
        if !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            self.tells_blocks = false;
            let message = format!("\"^{}\" is shown as it is written: names of blocks are not understood", quoted(id));
            let help = "link to a heading instead; this is told once for each file";
            let range = range.start + at..range.end;
            self.notices.push(Notice::warning("foreign-syntax", range, message, help));
        }
    }

    fn picture(&mut self, picture: &Picture, range: &Range<usize>) {
        // A sign may be one of the name's, which is known later.
        let written = self.text[range.clone()].strip_prefix("![[").and_then(|text| text.strip_suffix("]]"));
        let destination = &*picture.link.destination;
        let written = written.unwrap_or(destination);
        let name = destination.split('#').next().unwrap_or("");
        let is_note = file_ending(name).is_none() && ![destination, written].into_iter().any(is_file);
        if picture.link.kind == LinkKind::Wiki && is_note && self.tells_embeds {
            self.tells_embeds = false;
            let message = format!("\"{}\" is linked, not shown here", quoted(written.trim()));
            let help = "write a link, or what is to be read here; this is told once for each file";
            self.notices.push(Notice::warning("foreign-syntax", range.clone(), message, help));
        }
    }

    /// HTML, which may have anchors, and of which some tags are taken out.
    fn html(&mut self, html: &Html, range: &Range<usize>) {
        for attribute in html.attributes().into_iter().filter(|attribute| attribute.says == AttributeRole::Id) {
            let place = html.place(&attribute.value, self.text);
            let range = place.map_or(range.clone(), |at| at..at + attribute.value.len());
            self.anchor(&html.text[attribute.value], range);
        }
        if !self.dialect.trust_html {
            self.removed(html, range);
        }
    }

    /// Tags that are taken out: some with what stands in them, some without.
    fn removed(&mut self, html: &Html, range: &Range<usize>) {
        let begins = |token| if let HtmlToken::Tag { name, closes: false } = token { Some(name) } else { None };
        let removed = html.tokens().filter_map(begins).filter(|name| !is_kept(name) && !name.is_empty());
        let goes = |name: &&str| {
            let is_instruction = name.starts_with(['!', '?']);
            is_instruction || ["script", "style"].iter().any(|other| name.eq_ignore_ascii_case(other))
        };
        let (gone, opened): (Vec<&str>, Vec<&str>) = removed.partition(goes);
        for (names, what) in [(gone, "with what stands in it"), (opened, "and what stands in it stays")] {
            let Some(first) = names.first() else { continue };
            let others = match names.len() {
                1 => String::new(),
                2 => " and another tag".to_owned(),
                count => format!(" and {} other tags", count - 1),
            };
            let verb = if names.len() == 1 { "is" } else { "are" };
            let end = if first.starts_with(['!', '?']) { "" } else { ">" };
            let message = format!("<{}{end}{others} {verb} taken out of the page, {what}", quoted(first));
            let help = "write it in Markdown, or between backticks if it is to be read";
            let start = range.start + self.text[range.clone()].find(&format!("<{first}")).unwrap_or(0);
            let end = (start + 1 + first.len()).min(range.end);
            self.notices.push(Notice::warning("removed-html", start..end, message, help));
        }
    }

    /// A tag that is no HTML.
    fn stray_tag(&mut self, range: Range<usize>) {
        let tag = &self.text[range.clone()];
        let name = tag.trim_start_matches(['<', '/']);
        let why = match tag_parents(&name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())]) {
            [parent, ..] => format!("stands in no <{parent}>"),
            [] => "is no HTML that something closes".to_owned(),
        };
        let message = format!("\"{}\" {why}, and is shown as it is written", quoted(tag));
        let help = "write &lt; for <, or put it between backticks";
        // In an address it would say something else.
        let word = self.text[..range.start].rsplit(char::is_whitespace).next().unwrap_or("");
        let fix = Some((range.start..range.start + 1, "&lt;".to_owned(), !word.contains("://")));
        self.notices.push(Notice { fix, ..Notice::warning("unknown-tag", range, message, help) });
    }

    fn comments(&mut self, comments: &[Comment]) {
        if !self.dialect.comments {
            let prose = |comment: &&Comment| {
                let inside = self.text[comment.range.clone()].trim_matches('%');
                !comment.unclosed && inside.contains(char::is_alphabetic)
            };
            if let Some(comment) = comments.iter().find(prose) {
                let message = "what stands between %% is shown here".to_owned();
                let help = "set comments = true under [markdown] in book.toml if it is for authors alone, \
                            or write <!-- and -->; this is told once for each file";
                let range = comment.range.start..comment.range.start + 2;
                self.notices.push(Notice::warning("shown-comment", range, message, help));
            }
            return;
        }
        for comment in comments.iter().filter(|comment| comment.unclosed) {
            let message = "this comment has no end, so that all below it is left out".to_owned();
            let range = comment.range.start..comment.range.start + 2;
            let help = "write %% where it ends, or take this out";
            let notice = Notice::warning("open-comment", range, message, help);
            self.notices.push(Notice { severity: Severity::Error, ..notice });
        }
    }
}

/// The longest label that is told, in bytes.
const LONGEST_LABEL: usize = 200;

/// A text up to its first closing bracket, if that is near.
fn label(text: &str) -> Option<&str> {
    let end = text.bytes().take(LONGEST_LABEL).position(|byte| byte == b']')?;
    Some(&text[..end])
}

/// Words of an author, cut to what can be quoted.
fn quoted(words: &str) -> String {
    match words.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
