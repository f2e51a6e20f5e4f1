//! A comment that excuses a line: `<!-- dossier-allow broken-link: the page comes in May -->`, and after `#` in YAML.

use serde::{Deserialize, Serialize};

use crate::base::diagnostic::{ProgramText, interned};
use crate::base::path::SourcePath;
use crate::base::source::Source;
use crate::base::span::{Span, Spanned, line_end, line_start};

/// How many lines without a word of their own may stand between an excuse and what it excuses.
const MOST_LINES: usize = 100;

/// What such a comment begins with.
pub const MARK: &str = "dossier-allow";

/// Findings that are not to be told, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    pub path: SourcePath,
    /// The whole comment.
    pub span: Span,
    /// What goes when the comment goes: with its line if it stands there alone.
    pub removal: Span,
    /// What comes in its place.
    #[serde(deserialize_with = "interned")]
    pub instead: ProgramText,
    /// Whether all else reads as before when it goes.
    pub is_safe: bool,
    /// The lines that it excuses: its own, and if it stands there alone the next one.
    pub covers: Span,
    /// The rules whose findings it excuses.
    pub rules: Vec<Spanned<String>>,
    /// Whether it says why.
    pub has_reason: bool,
    /// Whether it stands beside an entry that is not published, of whose findings nobody is told.
    pub is_held: bool,
}

impl Suppression {
    /// The excuse in a comment, if it is one. `span` is the comment with its signs.
    pub fn read(source: &Source, span: Span) -> Option<Suppression> {
        let text = &*source.text;
        let comment = span.of(text);
        let inner = comment.strip_prefix("<!--").or_else(|| comment.strip_prefix('#'))?;
        let inner = inner.strip_suffix("-->").unwrap_or(inner);
        let said = inner.trim_start().strip_prefix(MARK)?;
        if said.starts_with(|c: char| !c.is_whitespace() && c != ':') {
            return None;
        }
        let (rules, reason) = said.split_once(':').unwrap_or((said, ""));
        let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
        let rules = rules.split(',').map(str::trim).filter(|rule| !rule.is_empty());
        let rules = rules.map(|rule| Spanned::new(rule.to_owned(), Span::new(offset(rule)..offset(rule) + rule.len())));
        let (removal, instead, is_safe, covers) = around(text, span);
        Some(Suppression {
            path: source.path.clone(),
            span,
            removal,
            instead,
            is_safe,
            covers,
            rules: rules.collect(),
            has_reason: !reason.trim().is_empty(),
            is_held: false,
        })
    }
}

/// The excuses in what is a comment, or holds some: of a text that YAML folds the whole is known to hold them.
pub fn within(source: &Source, span: Span) -> Vec<Suppression> {
    let text = span.of(&source.text);
    if text.starts_with(['#', '<']) {
        return Suppression::read(source, span).into_iter().collect();
    }
    let comments = text.match_indices("<!--").filter_map(|(at, _)| {
        let end = at + text[at..].find("-->")? + "-->".len();
        Suppression::read(source, Span::new(span.start as usize + at..span.start as usize + end))
    });
    comments.collect()
}

/// What goes with a comment, what comes in its place, whether that leaves all else as it is, and which lines it excuses.
fn around(text: &str, comment: Span) -> (Span, &'static str, bool, Span) {
    let (from, to) = (comment.start as usize, comment.end as usize);
    let is_html = comment.of(text).starts_with('<');
    let start = line_start(text, from);
    let end_of = |at: usize| at + line_end(&text[at..]).end;
    let end = end_of(to);
    let (before, after) = (&text[start..from], &text[to..end]);
    if !says_nothing(before) || !says_nothing(after) {
        let bare = before.trim_end_matches([' ', '\t']);
        // Between two words one space stays.
        let removed_from = if after.trim().is_empty() || after.starts_with(' ') { start + bare.len() } else { from };
        let removed =
            if bare.is_empty() { from..to + after.len() - after.trim_start().len() } else { removed_from..to };
        // A line that begins with a comment is HTML, and would be Markdown without it.
        return (Span::new(removed), "", !bare.is_empty(), Span::new(start..end));
    }
    // The next line, past those that are blank or excuses themselves.
    let mut next = end;
    for _ in 0..MOST_LINES {
        if next >= text.len() {
            break;
        }
        let line = &text[next..end_of(next)];
        let is_excuse = line.contains(MARK) && (says_nothing(line) || line.trim_start().starts_with('#'));
        if !says_nothing(line) && !is_excuse {
            break;
        }
        next += line.len();
    }
    let covers = Span::new(start..end_of(next.min(text.len())));
    let is_alone = before.trim().is_empty() && after.trim().is_empty();
    let is_blank = |line: &str| line.trim().is_empty() || line.trim_end() == "---";
    let above = text[..start].strip_suffix('\n').unwrap_or(&text[..start]);
    let above = above.strip_suffix('\r').unwrap_or(above);
    let above = &above[line_start(above, above.len())..];
    let below = &text[end..end + line_end(&text[end..]).start];
    match (is_alone, is_html && !is_blank(above) && !is_blank(below)) {
        (true, false) => (Span::new(start..end), "", true, covers),
        // It keeps two paragraphs apart.
        (true, true) => {
            let line_break = ["\r\n", "\r"].into_iter().find(|end| after.ends_with(end)).unwrap_or("\n");
            (Span::new(start..end), line_break, true, covers)
        }
        // What makes the line one of a quote or a list stays.
        (false, _) => (Span::new(from..to), "", true, covers),
    }
}

/// Whether a part of a line is blank but for comments, and for what makes it one of a quote, a list or a note.
fn says_nothing(part: &str) -> bool {
    let mut rest = part.trim_start();
    while !rest.is_empty() {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = rest
            .strip_prefix('>')
            .or_else(|| rest.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).map(|(_, rest)| rest))
            .or_else(|| rest.strip_prefix("[^").and_then(|rest| rest.split_once("]:")).map(|(_, rest)| rest))
            .or_else(|| rest.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with([' ', '\t'])))
            .or_else(|| number.strip_prefix(['.', ')']).filter(|_| number.len() < rest.len()));
        match behind {
            Some(behind) => rest = behind.trim_start(),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excuse(text: &str) -> Option<Suppression> {
        let at = text.find("<!--").or_else(|| text.find('#'))?;
        let end = text.find("-->").map_or_else(|| at + text[at..].find('\n').unwrap_or(text.len() - at), |end| end + 3);
        let source = Source { path: SourcePath::new("a.md"), text: text.into() };
        Suppression::read(&source, Span::new(at..end))
    }

    #[test]
    fn a_comment_names_rules_and_gives_a_reason() {
        let text = "[[x]] <!-- dossier-allow broken-link, broken-anchor: it comes in May -->\nNext.\n";
        let found = excuse(text).unwrap();
        let rules: Vec<&str> = found.rules.iter().map(|rule| rule.span.of(text)).collect();
        assert_eq!((rules, found.has_reason), (vec!["broken-link", "broken-anchor"], true));
        assert!(!excuse("a: b # dossier-allow wrong-value").unwrap().has_reason);
        assert!(!excuse("# dossier-allow wrong-value: \n").unwrap().has_reason);
        assert!(excuse("<!-- dossier-allow -->").unwrap().rules.is_empty());
        assert_eq!(excuse("<!-- dossier-allowed x: y -->"), None);
        assert_eq!(excuse("<!-- a comment -->"), None);
    }

    #[test]
    fn it_covers_its_line_and_alone_the_next_one() {
        let parts = |text: &str| {
            let found = excuse(text).unwrap();
            (found.covers.of(text).to_owned(), found.removal.of(text).to_owned())
        };
        let comment = "<!-- dossier-allow a: b -->";
        let own = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(parts(&format!("x {comment}\ny\n")), own(&format!("x {comment}\n"), &format!(" {comment}")));
        assert_eq!(parts(&format!("x {comment} z\n")), own(&format!("x {comment} z\n"), &format!(" {comment}")));
        for marked in ["> ", "- ", "  - ", "1. ", "[^1]: ", "> - "] {
            let text = format!("{marked}{comment}\n  y\nz\n");
            assert_eq!(parts(&text), own(&format!("{marked}{comment}\n  y\n"), comment));
        }
        assert_eq!(excuse(&format!("a\n{comment}\nb\n")).unwrap().instead, "\n");
        let alone = format!("x\n{comment}\n\n# y\nz\n");
        assert_eq!(parts(&alone), own(&format!("{comment}\n\n# y\n"), &format!("{comment}\n")));
        let two = format!("{comment}\n<!-- dossier-allow c: d -->\ny\nz");
        assert_eq!(parts(&two), own(&format!("{comment}\n<!-- dossier-allow c: d -->\ny\n"), &format!("{comment}\n")));
        assert_eq!(parts(comment), own(comment, comment));
    }
}
