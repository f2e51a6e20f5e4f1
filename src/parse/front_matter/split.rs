//! Where the front matter of a Markdown file ends and its text begins, and what only looks like front matter.
//!
//! Front matter stands between two lines `---`, the first of which is the first line of the file. What is almost front
//! matter may say `draft: true`, so it is not published as text: it is held back, unless it is plainly prose.

use serde_json::{Deserializer, Map, Value};

use super::key_line::{holds_back, is_private, is_standard, key_of};
use crate::base::source::Source;
use crate::base::span::{Line, Span, lines};

/// A Markdown file, split.
pub struct Split {
    /// The front matter, between its two lines.
    pub front: Option<Span>,
    pub body: Span,
}

/// What looks like front matter, and is none.
#[derive(Debug, PartialEq)]
pub struct LookAlike {
    /// Whether it may say that its author does not want it published; else it is text.
    pub is_held: bool,
    /// The line that must change.
    pub span: Span,
    pub message: String,
    pub help: &'static str,
}

/// Splits a file at its front matter.
pub fn split(source: &Source) -> Split {
    let content = source.content();
    let whole = Split { front: None, body: content };
    let mut lines = lines(&source.text, content.start as usize);
    let Some(first) = lines.next().filter(|line| line.text.trim_end() == "---") else { return whole };
    let Some(last) = lines.find(|line| matches!(line.text.trim_end(), "---" | "...")) else { return whole };
    Split { front: Some(Span::new(first.next..last.start)), body: Span::new(last.next..source.text.len()) }
}

/// What looks like front matter at the start of a text. `is_first`: no front matter stands above it.
pub fn look_alike(source: &Source, text: Span, is_first: bool) -> Option<LookAlike> {
    let mut before = Before::default();
    let mut lines = lines(&source.text, text.start as usize);
    let opening = lines.find(|line| !before.takes(line.text))?;
    let first = opening.text.trim().trim_start_matches(is_invisible);
    let fence = Fence::of(first);
    if fence.is_none() && !is_first && !before.heading {
        // Lines of prose are longer than keys.
        let is_key = |line: &Line| line.text.len() <= LONGEST_LINE && key_of(line.text).is_some();
        let keys = crate::base::span::lines(&source.text, opening.start).take(LOOKED_AT).take_while(is_key);
        if let Some(line) = keys.into_iter().find(|line| holds_back(line.text)) {
            return Some(LookAlike {
                is_held: true,
                span: Span::new(line.start..line.start + line.text.trim_end().len()),
                message: "the front matter ends above, and here stands a key that belongs in it".to_owned(),
                help: "move this line above the line ---; if it is text, begin it with another word",
            });
        }
    }
    if fence.is_none() && (!is_first || !first.starts_with('{') && key_of(first).is_none()) {
        return below_words(lines.take(LOOKED_AT)).filter(|_| is_first && !is_code(first));
    }
    let rest: Vec<Line> = lines.collect();
    let Some(fence) = fence else {
        return match first.starts_with('{') {
            true => json(&source.text[opening.start..], &opening, &rest)
                .or_else(|| below_words(rest.iter().copied().take(LOOKED_AT))),
            false => unopened(&before, &opening, &rest),
        };
    };
    let at = |line: &Line| Span::new(line.start..line.start + line.text.trim_end().len());
    let is_exact =
        !before.is_any() && text.start == source.content().start && opening.text.trim_end() == fence.proper();
    let end = rest.iter().position(|line| fence.is_closed_by(line.text));
    let Some(end) = end else {
        return unclosed(fence, is_exact, &opening, &rest).filter(|_| is_first);
    };
    let behind = first.trim_start_matches(|c: char| !c.is_whitespace());
    let block: Vec<&str> = std::iter::once(behind).chain(rest[..end].iter().map(|line| line.text)).collect();
    let said = Said::of(&block);
    let is_compact = block.get(1).is_none_or(|line| !line.trim().is_empty());
    let closing = &rest[end];
    let (span, message, help) = match fence {
        Fence::Toml => (
            at(&opening),
            "this front matter is TOML, and YAML is read here".to_owned(),
            "write title: … between two lines ---",
        ),
        Fence::Json => (
            at(&opening),
            "this front matter is JSON, and YAML is read here".to_owned(),
            "write title: … between two lines ---",
        ),
        Fence::Dashes if before.is_any() => (
            at(&opening),
            format!("front matter begins in the first line of a file, and above this stands {}", before.what()),
            "take out what stands above it; a break in a text is written *** as well",
        ),
        Fence::Dashes if opening.text.trim_end() != "---" => {
            (at(&opening), not_three(opening.text), "write three hyphens and nothing else: ---")
        }
        Fence::Dashes if closing.text.trim_end() != "---" => {
            (at(closing), not_three(closing.text), "write three hyphens and nothing else: ---")
        }
        Fence::Dashes => (
            at(&opening),
            "a second front matter begins here".to_owned(),
            "write all keys between the first two lines ---",
        ),
    };
    let is_sure = match fence {
        // No text begins with such a line.
        Fence::Toml | Fence::Json => said.keys > 0,
        Fence::Dashes => said.is_front_matter() && (is_compact || !before.heading),
    };
    if is_sure || said.is_private {
        return Some(LookAlike { is_held: true, span, message, help });
    }
    (is_first && said.keys > 0 && is_compact && !before.heading).then(|| shown(span))
}

/// Whether what stands between two lines `---` at the start of a file and is no YAML, or no keys with values, was
/// meant as front matter all the same.
pub fn is_meant(source: &Source, front: Span) -> bool {
    // Its last line may be almost right, and another one below the text be taken for it.
    let is_of_it = |line: &&str| Fence::of(line) != Some(Fence::Dashes);
    let block: Vec<&str> = lines(front.of(&source.text), 0).map(|line| line.text).take_while(is_of_it).collect();
    let said = Said::of(&block);
    let is_compact = block.first().is_some_and(|line| !line.trim().is_empty());
    let are_keys = is_compact && said.others == 0 && said.keys > 0;
    said.is_private || are_keys || said.is_front_matter() || said.has_standard && said.keys > said.others
}

/// Text that looks like front matter.
pub fn shown(span: Span) -> LookAlike {
    LookAlike {
        is_held: false,
        span,
        message: "this looks like front matter, and is shown as text".to_owned(),
        help: "begin the file with a line --- and keys with values below it; if it is text, write *** for a break and ## for a heading",
    }
}

/// Whether a line opens a block of code.
fn is_code(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// How many lines below the first are looked at for front matter that stands too low.
const LOOKED_AT: usize = 200;

/// The longest line that is read for a key below the front matter, in bytes.
const LONGEST_LINE: usize = 200;

/// Front matter below a few words, if it says whether it is a draft.
fn below_words<'a>(mut lines: impl Iterator<Item = Line<'a>>) -> Option<LookAlike> {
    // Words of more than a line or two are a text, and what stands in code is shown.
    let opening =
        lines.by_ref().take(3).take_while(|line| !is_code(line.text)).find(|line| line.text.trim() == "---")?;
    let mut is_closed = false;
    let block: Vec<&str> = lines
        .map(|line| line.text)
        .take_while(|line| {
            is_closed = Fence::Dashes.is_closed_by(line);
            !is_closed
        })
        .collect();
    let said = Said::of(&block);
    let is_compact = block.first().is_some_and(|line| !line.trim().is_empty());
    (is_closed && is_compact && said.others == 0 && said.is_private).then(|| LookAlike {
        is_held: true,
        span: Span::new(opening.start..opening.start + opening.text.trim_end().len()),
        message: "front matter begins in the first line of a file, and above this stands a text".to_owned(),
        help: "take out what stands above it; a break in a text is written *** as well",
    })
}

/// Keys that begin without a line above them, down to the first line `---`.
fn unopened(before: &Before, opening: &Line, rest: &[Line]) -> Option<LookAlike> {
    let lines = || std::iter::once(opening).chain(rest);
    let end = rest.iter().position(|line| Fence::Dashes.is_closed_by(line.text)).map(|end| end + 1);
    let until = end.or_else(|| rest.iter().position(|line| line.text.trim().is_empty()).map(|end| end + 1));
    let block: Vec<&str> = lines().take(until.unwrap_or(rest.len() + 1)).map(|line| line.text).collect();
    let said = Said::of(&block);
    let span = Span::new(opening.start..opening.start + opening.text.trim_end().len());
    // Below a heading stand such lines in many texts, and without a line `---` they are a paragraph.
    let is_sure = end.is_some() && said.is_front_matter() && !before.heading;
    if is_sure || said.is_private {
        return Some(LookAlike {
            is_held: true,
            span,
            message: "front matter begins with a line ---, and here keys stand without it".to_owned(),
            help: "write a line --- above them and one below; if this is text, write the heading or the break in another way: ## or ***",
        });
    }
    (end.is_some() && !before.heading && said.others == 0).then(|| shown(span))
}

/// Keys behind a first line that nothing ends.
fn unclosed(fence: Fence, is_exact: bool, opening: &Line, rest: &[Line]) -> Option<LookAlike> {
    let is_blank = |line: &&Line| line.text.trim().is_empty();
    let blank = rest.iter().take_while(is_blank).count();
    let run = rest.iter().take_while(|line| Kind::of(line.text) != Kind::Other).count();
    let paragraph = blank + rest[blank..].iter().take_while(|line| !is_blank(line)).count();
    let block = |until: usize| Said::of(&rest[..until].iter().map(|line| line.text).collect::<Vec<_>>());
    let said = block(run);
    let is_sure = said.has_standard && (blank == 0 || said.keys > 1) || fence != Fence::Dashes && said.keys > 0;
    let span = Span::new(opening.start..opening.start + opening.text.trim_end().len());
    if is_sure || said.is_private || block(paragraph).is_private {
        return Some(LookAlike {
            is_held: true,
            span,
            message: "the front matter that begins here never ends".to_owned(),
            help: "write a line --- after its last key",
        });
    }
    (is_exact && blank == 0 && said.keys > 0).then(|| shown(span))
}

/// An object in JSON with which a file begins.
fn json(text: &str, opening: &Line, rest: &[Line]) -> Option<LookAlike> {
    let first = opening.text.trim();
    // Signs of templates and of attributes.
    if first[1..].starts_with(['{', '%', ':', '.', '#', '<', '|', '!']) {
        return None;
    }
    let is_meant = match Deserializer::from_str(text).into_iter::<Map<String, Value>>().next() {
        Some(Ok(object)) => object.keys().any(|key| is_standard(key) || is_private(key)),
        _ => {
            let is_end = |line: &Line| line.text.trim().is_empty() || line.text.starts_with('}');
            let end = rest.iter().position(is_end).unwrap_or(rest.len());
            let lines = std::iter::once(&first[1..]).chain(rest[..end].iter().map(|line| line.text));
            let parts: Vec<&str> = lines.flat_map(|line| line.split_inclusive(',')).map(str::trim).collect();
            let said = Said::of(&parts);
            said.has_standard || said.is_private
        }
    };
    is_meant.then(|| LookAlike {
        is_held: true,
        span: Span::new(opening.start..opening.start + opening.text.trim_end().len()),
        message: "this front matter is JSON, and YAML is read here".to_owned(),
        help: "write title: … between two lines ---",
    })
}

fn not_three(line: &str) -> String {
    format!("front matter stands between two lines ---, and this one is \"{}\"", line.trim_end())
}

/// What stands above front matter.
#[derive(Default)]
struct Before {
    blank: bool,
    comment: bool,
    heading: bool,
    /// What ends the comment that is open.
    open: Option<&'static str>,
}

impl Before {
    /// Whether a line is blank or a comment.
    fn takes(&mut self, line: &str) -> bool {
        let line = line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        if let Some(end) = self.open {
            self.open = Some(end).filter(|end| !line.contains(end));
            return true;
        }
        let begins = [("<!--", "-->"), ("%%", "%%"), ("/*", "*/"), ("{/*", "*/}")];
        if let Some((start, end)) = begins.into_iter().find(|(start, _)| line.starts_with(start)) {
            self.comment = true;
            self.open = Some(end).filter(|end| !line[start.len()..].contains(end));
        } else if line.starts_with("[//]:") || line.starts_with("[comment]:") || line.starts_with("//") {
            self.comment = true;
        } else if line.starts_with('#') {
            self.heading = true;
        } else if line.is_empty() {
            self.blank = true;
        } else {
            return false;
        }
        true
    }

    fn is_any(&self) -> bool {
        self.blank || self.comment || self.heading
    }

    fn what(&self) -> &'static str {
        match self {
            Before { comment: true, .. } => "a comment",
            Before { heading: true, .. } => "a line that begins with #",
            _ => "an empty line",
        }
    }
}

/// A sign that nobody sees, as a second byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}') || c.is_control() && !c.is_whitespace()
}

/// The lines between which front matter stands, in whatever way they are almost right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fence {
    Dashes,
    /// `+++`
    Toml,
    /// `;;;`
    Json,
}

impl Fence {
    /// The fence that a line would open, with or without words behind it.
    fn of(line: &str) -> Option<Fence> {
        let line = line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let signs = line.split_whitespace().next().unwrap_or("");
        let is_of = |sign: char| signs.len() > 1 && signs.chars().all(|c| c == sign);
        if is_of('+') {
            return Some(Fence::Toml);
        }
        if is_of(';') {
            return Some(Fence::Json);
        }
        // Some keyboards and word processors make other signs of hyphens.
        let width = |c: char| match c {
            '-' | '‐' | '‑' | '−' | '－' | '﹣' => Some(1),
            '–' | '‒' => Some(2),
            '—' | '―' | '─' | '━' => Some(3),
            _ => None,
        };
        let dashes: Option<usize> = signs.chars().map(width).sum();
        let is_break = |sign: char| {
            let mut count = 0;
            line.chars().all(|c| {
                c.is_whitespace()
                    || c == sign && {
                        count += 1;
                        true
                    }
            }) && count > 2
        };
        // `---yaml` names its language.
        let language = signs.trim_start_matches('-');
        let is_named = signs.len() - language.len() == 3 && ["yaml", "yml", "json", "toml"].contains(&language);
        (is_named || dashes.is_some_and(|width| width > 1) || ['-', '*', '_', '=', '.'].into_iter().any(is_break))
            .then_some(Fence::Dashes)
    }

    fn is_closed_by(self, line: &str) -> bool {
        Fence::of(line) == Some(self) || self == Fence::Dashes && line.trim() == "..."
    }

    fn proper(self) -> &'static str {
        match self {
            Fence::Dashes => "---",
            Fence::Toml => "+++",
            Fence::Json => ";;;",
        }
    }
}

/// What a line would be in front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'a> {
    /// Blank, a comment, or behind an indent: it goes with what stands above it.
    Beside,
    Key(&'a str),
    Item,
    Other,
}

impl<'a> Kind<'a> {
    fn of(line: &'a str) -> Kind<'a> {
        // In JSON all stands between braces.
        let bare = line.trim_end().trim_start_matches('{');
        let is_comment = bare.starts_with('#') || bare.starts_with("<!--");
        let is_closing = bare.starts_with(['}', ']', ')']);
        if bare.is_empty() || is_comment || is_closing || bare.starts_with([' ', '\t']) {
            Kind::Beside
        } else if bare == "-" || bare.starts_with("- ") || bare.starts_with("-\t") {
            Kind::Item
        } else {
            key_of(bare).map_or(Kind::Other, Kind::Key)
        }
    }
}

/// Whether a key in a line, which may be a mapping in braces or an item, tells if an entry is published.
fn is_any_private(line: &str) -> bool {
    let parts = line.split(['{', ',']).map(|part| part.trim_start_matches(['-', ' ', '\t']));
    !line.trim_start().starts_with('#') && parts.filter_map(key_of).any(is_private)
}

/// What some lines would say as front matter.
#[derive(Debug, Default)]
struct Said {
    keys: usize,
    /// Lines that front matter cannot have.
    others: usize,
    /// One of its keys is one that every entry may have.
    has_standard: bool,
    /// One of its keys tells whether it is published.
    is_private: bool,
}

impl Said {
    fn of(lines: &[&str]) -> Said {
        let mut said = Said::default();
        let bare = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let indent = |line: &&str| line.len() - line.trim_start().len();
        // All of it may stand behind an indent.
        let indent = lines.iter().filter(bare).map(indent).min().unwrap_or(0);
        for line in lines {
            match Kind::of(line.get(indent..).unwrap_or(line.trim())) {
                // Where the indent is wrong, nobody knows whose key it is.
                Kind::Beside | Kind::Item => said.is_private |= is_any_private(line),
                Kind::Key(key) => {
                    said.keys += 1;
                    said.has_standard |= is_standard(key);
                    said.is_private |= is_private(key) || line.contains('{') && is_any_private(line);
                }
                Kind::Other => said.others += 1,
            }
        }
        said
    }

    /// Whether all of it could be front matter, and one key says that it is.
    fn is_front_matter(&self) -> bool {
        self.others == 0 && self.has_standard
    }
}

#[cfg(test)]
mod tests;
