//! Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for code scanning.

use std::path::Path;

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::finding_lines::FindingLines;
use crate::base::diagnostic::{Diagnostic, Fix, Level, Place, Severity};
use crate::base::path::encode;
use crate::base::span::Position;
use crate::check::RULES;
use crate::cli::explain::{self, RulePage};
use crate::disk::within_repository;
use crate::workspace::Report;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub fn findings(root: &Path, report: &Report) -> String {
    let folder = within_repository(root);
    let all = Sarif { places: FindingLines::new(&report.texts), folder: &folder };
    let results: Vec<Value> = report.problems.iter().map(|problem| all.result(problem)).collect();
    let sarif = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "dossier",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": explain::pages().iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{sarif:#}\n")
}

fn rule(page: &RulePage) -> Value {
    let (rule, text) = (page.rule, page.text());
    json!({
        "id": rule.name,
        "shortDescription": { "text": page.summary },
        "help": { "text": text, "markdown": text },
        "defaultConfiguration": { "enabled": rule.level.is_some(), "level": level(rule.level.or(Some(Severity::Warning))) },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        None => "none",
    }
}

fn region((start, end): (Position, Position)) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

struct Sarif<'a> {
    places: FindingLines<'a>,
    /// The book's folder in its repository.
    folder: &'a str,
}

impl Sarif<'_> {
    fn result(&self, problem: &Diagnostic) -> Value {
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("\n{help}"));
        let mut result = json!({
            "ruleId": problem.rule,
            "ruleIndex": RULES.iter().position(|rule| rule.name == problem.rule),
            "level": level(Some(problem.severity)),
            "message": { "text": format!("{}{help}", problem.message) },
            "locations": [{ "physicalLocation": self.location(&problem.place) }],
            "partialFingerprints": { "findingHash/v1": self.fingerprint(problem) },
        });
        let related = problem.notes.iter().filter_map(|note| {
            let place = note.place.as_ref()?;
            Some(json!({ "message": { "text": note.message }, "physicalLocation": self.location(place) }))
        });
        let related: Vec<Value> = related.collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        if let Some(fix) = &problem.fix {
            result["fixes"] = json!([self.fix(fix, problem)]);
        }
        result
    }

    fn location(&self, place: &Place) -> Value {
        let mut location = json!({ "artifactLocation": self.file(place) });
        if let Some(range) = self.places.range(place) {
            location["region"] = region(range);
        }
        location
    }

    /// The file, from the root of the repository.
    fn file(&self, place: &Place) -> Value {
        let parts = self.folder.split('/').chain(place.path.as_str().split('/')).filter(|part| !part.is_empty());
        json!({ "uri": parts.map(encode).collect::<Vec<_>>().join("/") })
    }

    fn fix(&self, fix: &Fix, problem: &Diagnostic) -> Value {
        let changes = fix.edits.iter().filter_map(|edit| {
            Some(json!({
                "artifactLocation": self.file(&edit.place),
                "replacements": [{
                    "deletedRegion": region(self.places.exact(&edit.place)?),
                    "insertedContent": { "text": edit.replacement },
                }],
            }))
        });
        json!({
            "description": { "text": problem.help.as_deref().unwrap_or("mend it") },
            "artifactChanges": changes.collect::<Vec<_>>(),
        })
    }

    /// The same for the same finding after other lines have moved it.
    fn fingerprint(&self, problem: &Diagnostic) -> String {
        let covered = self.places.text(&problem.place.path).map_or("", |text| problem.place.span.of(text));
        let said = [problem.rule, problem.place.path.as_str(), &problem.message, covered].join("\0");
        format!("{:016x}", xxh3_64(said.as_bytes()))
    }
}
