//! Findings as JSON, version 1. The manual has its form in `docs/checking.md`: what is there stays, and more may come.

use serde_json::{Value, json};

use super::finding_lines::FindingLines;
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::span::Position;
use crate::workspace::Report;

/// What changes when a reader of the format could no longer read it.
const VERSION: u32 = 1;

pub fn findings(report: &Report) -> String {
    let places = FindingLines::new(&report.texts);
    let (errors, warnings) = report.counts();
    let findings: Vec<Value> = report.problems.iter().map(|problem| finding(problem, &places)).collect();
    let all = json!({
        "version": VERSION,
        "generator": { "name": "dossier", "version": env!("CARGO_PKG_VERSION") },
        "errors": errors,
        "warnings": warnings,
        "findings": findings,
    });
    format!("{all:#}\n")
}

fn finding(problem: &Diagnostic, places: &FindingLines) -> Value {
    let notes = problem.notes.iter().map(|note| {
        let mut said = json!({ "message": note.message });
        if let Some(at) = &note.place {
            put(&mut said, place(at, places.range(at)));
        }
        said
    });
    let fix = problem.fix.as_ref().map(|fix| {
        let edits = fix.edits.iter().map(|edit| {
            let mut said = place(&edit.place, places.exact(&edit.place));
            put(&mut said, json!({ "replacement": edit.replacement }));
            said
        });
        json!({ "safe": fix.safe, "edits": edits.collect::<Vec<_>>() })
    });
    let mut said = json!({
        "rule": problem.rule,
        "level": match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": problem.message,
        "help": problem.help,
    });
    put(&mut said, place(&problem.place, places.range(&problem.place)));
    put(&mut said, json!({ "notes": notes.collect::<Vec<_>>(), "fix": fix }));
    said
}

/// A file and a range in it; without the range if the file could not be read as text.
fn place(at: &Place, range: Option<(Position, Position)>) -> Value {
    let position = |position: Position, offset: u32| json!({ "line": position.line, "column": position.column, "utf16": position.column_utf16, "offset": offset });
    match range {
        Some((start, end)) => json!({
            "path": at.path.as_str(),
            "start": position(start, at.span.start),
            "end": position(end, at.span.end),
        }),
        None => json!({ "path": at.path.as_str() }),
    }
}

/// Puts the keys of one object behind those of another.
fn put(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}
