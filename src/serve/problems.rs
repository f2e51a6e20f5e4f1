//! What is wrong with the book, as a page shows it.

use std::sync::Arc;

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::path::SourcePath;
use crate::base::span::{BOM, LineIndex, line_end};
use crate::workspace::Report;

/// How many findings a page shows.
const SHOWN: usize = 60;

/// How many characters of a line, and how many of them before the place that is meant.
const LINE: usize = 160;
const BEFORE: usize = 60;

/// Findings as JSON, ready to be sent.
#[derive(Clone, Debug)]
pub struct Problems {
    pub json: Arc<str>,
    /// Tells one such text from another.
    pub hash: u64,
}

impl Problems {
    fn new(errors: usize, warnings: usize, findings: &[Value]) -> Problems {
        let json = json!({ "errors": errors, "warnings": warnings, "findings": findings }).to_string();
        Problems { hash: xxh3_64(json.as_bytes()), json: json.into() }
    }

    /// The findings of a report, errors first, and of each kind those that stand first in the book.
    pub fn of(report: &Report) -> Problems {
        let (errors, warnings) = report.counts();
        let of = |severity: Severity| report.problems.iter().filter(move |problem| problem.severity == severity);
        let shown = of(Severity::Error).chain(of(Severity::Warning)).take(SHOWN);
        let text = |path: &SourcePath| report.texts.get(path).map(|text| &**text);
        let findings: Vec<Value> = shown.map(|problem| finding(problem, &text)).collect();
        Problems::new(errors, warnings, &findings)
    }

    /// What keeps the book from being read at all.
    pub fn failure(message: &str) -> Problems {
        Problems::new(1, 0, &[failure(message)])
    }
}

/// Something that is wrong and stands in no file of the book.
fn failure(message: &str) -> Value {
    json!({ "level": "error", "message": message })
}

/// A finding, given the texts of the files that it speaks of.
pub fn finding<'a>(problem: &Diagnostic, text: &dyn Fn(&SourcePath) -> Option<&'a str>) -> Value {
    let notes = problem.notes.iter().map(|note| {
        let mut said = json!({ "message": note.message });
        if let Some(place) = &note.place {
            said["place"] = at(place, text);
        }
        said
    });
    json!({
        "level": match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "rule": problem.rule,
        "message": problem.message,
        "help": problem.help,
        "place": at(&problem.place, text),
        "notes": notes.collect::<Vec<_>>(),
    })
}

/// A place with its line in three parts: what stands before the place, the place itself, and what follows.
fn at<'a>(place: &Place, text: &dyn Fn(&SourcePath) -> Option<&'a str>) -> Value {
    let path = place.path.as_str();
    let Some(text) = text(&place.path) else { return json!({ "path": path }) };
    let span = place.span.range();
    let (start, end) = (text.floor_char_boundary(span.start), text.ceil_char_boundary(span.end));
    let lines = LineIndex::of(text);
    let position = lines.position(text, start);
    let begin = lines.start(position.line).min(start);
    let line = &text[begin..begin + line_end(&text[begin..]).start];
    let from = (start - begin).min(line.len());
    let to = end.saturating_sub(begin).clamp(from, line.len());
    let before = last(line[..from].trim_start_matches(BOM), BEFORE);
    let marked = first(&line[from..to], LINE);
    let after = first(&line[to..], LINE.saturating_sub(before.chars().count() + marked.chars().count()));
    json!({
        "path": path,
        "line": position.line,
        "column": position.column,
        "text": [before, marked, after],
    })
}

/// The first characters of a text, and a sign where there are more.
fn first(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The last characters of a text, and a sign where there are more.
fn last(text: &str, most: usize) -> String {
    match text.char_indices().rev().nth(most) {
        Some((start, c)) => format!("…{}", &text[start + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;
    use crate::base::span::Span;

    fn report(text: &str, span: std::ops::Range<usize>) -> Report {
        let path = SourcePath::new("a.md");
        let problem = Diagnostic::error("broken-link", &path, Span::new(span), "no").help("do");
        Report { problems: vec![problem], texts: [(path, text.into())].into_iter().collect(), ..Report::default() }
    }

    #[test]
    fn a_finding_has_its_line_in_three_parts() {
        let problems = Problems::of(&report("x\na 中国 [[b]] c\n", 11..12));
        let told: Value = serde_json::from_str(&problems.json).unwrap();
        assert_eq!(told["errors"], 1);
        let place = &told["findings"][0]["place"];
        assert_eq!((&place["line"], &place["column"]), (&json!(2), &json!(6)));
        assert_eq!(place["text"], json!(["a 中国 ", "[", "[b]] c"]));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = "é".repeat(500);
        let problems = Problems::of(&report(&text, 400..404));
        let told: Value = serde_json::from_str(&problems.json).unwrap();
        let parts = &told["findings"][0]["place"]["text"];
        let length = |place: usize| parts[place].as_str().unwrap().chars().count();
        assert_eq!((length(0), length(1), length(2)), (61, 2, 98));
    }

    #[test]
    fn a_place_beyond_the_text_or_over_several_lines_does_no_harm() {
        for (text, span) in [("", 0..0), ("a", 9..12), ("a\nb\nc", 0..5), ("\u{feff}a: b", 3..4), ("a\n", 2..2)] {
            let told: Value = serde_json::from_str(&Problems::of(&report(text, span)).json).unwrap();
            assert!(told["findings"][0]["place"]["line"].is_number());
        }
    }
}
