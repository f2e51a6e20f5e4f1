//! Findings as annotations of a pull request: workflow commands of GitHub Actions, and a summary of the job.
//!
//! Of the annotations of one step GitHub shows 10 errors and 10 warnings; the summary has all.
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::RenderedReport;
use super::finding_lines::FindingLines;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::cli::terminal;
use crate::disk::within_repository;
use crate::workspace::Report;

/// How long a summary may be, in bytes; GitHub takes one of 1 MiB for each step.
const LONGEST: usize = 1_000_000;

pub fn findings(root: &Path, report: &Report) -> RenderedReport {
    let places = FindingLines::new(&report.texts);
    let folder = within_repository(root);
    let path = |problem: &Diagnostic| match folder.as_str() {
        "" => problem.place.path.to_string(),
        folder => format!("{folder}/{}", problem.place.path),
    };
    let mut worst: Vec<&Diagnostic> = report.problems.iter().collect();
    // The order within a severity stays that of files and places.
    worst.sort_by_key(|problem| problem.severity);
    let text = worst.iter().map(|problem| command(problem, &path(problem), &places)).collect();
    RenderedReport { text, summary: Some(summary(report, &worst, &path, &places)) }
}

/// `::error file=content/a.md,line=4,endLine=4,col=3,endColumn=9,title=broken-link::no entry is called "x"`
fn command(problem: &Diagnostic, path: &str, places: &FindingLines) -> String {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut said = format!("::{level} file={}", property(path));
    if let Some((start, end)) = places.range(&problem.place) {
        let _ = write!(said, ",line={},endLine={}", start.line, end.line);
        // Columns are for a place in one line.
        if start.line == end.line {
            let _ = write!(said, ",col={},endColumn={}", start.column, end.column.max(start.column + 1));
        }
    }
    let help = problem.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
    let message = data(&format!("{}{help}", problem.message));
    format!("{said},title={}::{message}\n", property(problem.rule))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// All findings in Markdown, file by file.
fn summary(
    report: &Report,
    worst: &[&Diagnostic],
    path: &dyn Fn(&Diagnostic) -> String,
    places: &FindingLines,
) -> String {
    let (errors, warnings) = report.counts();
    let mut text = format!("## {} and {}\n\n", terminal::count(errors, "error"), terminal::count(warnings, "warning"));
    if worst.is_empty() {
        text.push_str("Nothing is wrong with this book.\n");
        return text;
    }
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in worst {
        *rules.entry(problem.rule).or_default() += 1;
    }
    let rules = rules.iter().map(|(rule, count)| format!("{rule} ({count})"));
    let _ = writeln!(
        text,
        "{}\n\n| | Where | What | What to do |\n|---|---|---|---|",
        rules.collect::<Vec<_>>().join(", ")
    );
    for (i, problem) in worst.iter().enumerate() {
        let sign = match problem.severity {
            Severity::Error => "❌",
            Severity::Warning => "⚠️",
        };
        let place = places.range(&problem.place).map_or(String::new(), |(at, _)| format!(":{}:{}", at.line, at.column));
        let help = problem.help.as_deref().unwrap_or("");
        let row = format!(
            "| {sign} | <code>{}{place}</code> | {} `{}` | {} |\n",
            cell(&path(problem)),
            cell(&problem.message),
            problem.rule,
            cell(help)
        );
        if text.len() + row.len() > LONGEST {
            let _ = writeln!(text, "\n{} more did not fit in here.", worst.len() - i);
            break;
        }
        text.push_str(&row);
    }
    text
}

/// A text in a cell of a table, as it is: no markup, no new line, no end of the cell.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => cell.push(' '),
            '\\' | '|' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '#' | '~' | '&' | '@' => {
                let _ = write!(cell, "&#{};", u32::from(c));
            }
            c => cell.push(c),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_and_tables_read_as_signs_is_escaped() {
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
        assert_eq!(data("a:b\nc"), "a:b%0Ac");
        assert_eq!(cell("a|b <x> [[c]]\n*d*"), "a&#124;b &#60;x&#62; &#91;&#91;c&#93;&#93; &#42;d&#42;");
    }
}
