//! Findings as a compiler tells them, and what else goes to a terminal.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use rustc_hash::FxHashMap;

use crate::Report;
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::path::SourcePath;
use crate::base::span::{BOM, Lines};

/// Warnings of one rule above this number are grouped.
const MANY: usize = 100;

/// How many of a group are shown, and how many of its files.
const SHOWN: usize = 10;

/// A line of what was done.
pub fn line(text: &str) {
    // Nobody may be listening any more, which is no failure of ours.
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// A line for people beside what a command answers.
pub fn aside(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// A line of what is wrong as a whole: `error: 3 errors; the site was not written`.
pub fn note(level: &str, text: &str) {
    let level = if level == "error" { Level::ERROR } else { Level::WARNING };
    show(&[Group::with_title(level.primary_title(text))]);
}

/// Why a command could not run.
pub fn failure(error: &anyhow::Error) {
    note("error", &format!("{error:#}"));
}

/// A path as people type it: `site/index.html` rather than `./site/index.html`.
pub fn path(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// `1 entry`, `2 entries`.
pub fn count(number: usize, what: &str) -> String {
    match (number, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {what}s"),
    }
}

/// All findings of a build. Where there are hundreds of warnings of one rule, the first and a summary, unless
/// `verbose` asks for all.
pub fn problems(root: &Path, report: &Report, verbose: bool) {
    let texts = Texts { root, texts: &report.texts, lines: RefCell::default() };
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in report.problems.iter().filter(|problem| problem.severity == Severity::Warning) {
        *warnings.entry(problem.rule).or_default() += 1;
    }
    let mut grouped: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for problem in &report.problems {
        if !verbose && problem.severity == Severity::Warning && warnings[problem.rule] > MANY {
            let group = grouped.entry(problem.rule).or_default();
            group.push(problem);
            if group.len() > SHOWN {
                continue;
            }
        }
        texts.show(problem);
    }
    for (rule, group) in grouped {
        let rest = &group[SHOWN..];
        let mut files: BTreeMap<&str, usize> = BTreeMap::new();
        for problem in rest {
            *files.entry(problem.place.path.as_str()).or_default() += 1;
        }
        let mut worst: Vec<_> = files.iter().collect();
        worst.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let worst = worst.iter().take(SHOWN).map(|(path, count)| format!("{path} ({count})"));
        let title = format!("{} more like these in {}", rest.len(), self::count(files.len(), "file"));
        show(&[Group::with_title(Level::WARNING.primary_title(title).id(rule))
            .element(Level::NOTE.message(format!("most stand in {}", worst.collect::<Vec<_>>().join(", "))))
            .element(Level::HELP.message("--verbose shows them all"))]);
    }
}

fn show(report: &[Group]) {
    // The stream takes the colours out where nobody sees them.
    let _ = writeln!(anstream::stderr(), "{}\n", Renderer::styled().render(report));
}

/// The texts that findings quote.
struct Texts<'a> {
    root: &'a Path,
    texts: &'a FxHashMap<SourcePath, Arc<str>>,
    /// Where the lines of those begin that were quoted.
    lines: RefCell<FxHashMap<SourcePath, Lines>>,
}

impl Texts<'_> {
    fn show(&self, problem: &Diagnostic) {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut first = self
            .quote(Group::with_title(level.primary_title(problem.message.as_str()).id(problem.rule)), &problem.place);
        let mut others = Vec::new();
        for note in &problem.notes {
            match &note.place {
                Some(place) => {
                    let title = Level::NOTE.secondary_title(note.message.as_str());
                    others.push(self.quote(Group::with_title(title), place));
                }
                None => first = first.element(Level::NOTE.message(note.message.as_str())),
            }
        }
        if let Some(help) = &problem.help {
            first = first.element(Level::HELP.message(help.as_str()));
        }
        show(&[vec![first], others].concat());
    }

    /// The lines of a place, with the place marked.
    fn quote<'t>(&'t self, group: Group<'t>, place: &Place) -> Group<'t> {
        let path = path(&self.root.join(place.path.as_str()));
        let Some(text) = self.texts.get(&place.path) else { return group.element(Origin::path(path)) };
        let start = text.floor_char_boundary(place.span.range().start);
        let mut lines = self.lines.borrow_mut();
        let lines = lines.entry(place.path.clone()).or_insert_with(|| Lines::of(text));
        let position = lines.position(text, start);
        let line = lines.start(position.line);
        // The mark at a file's start is on no screen and in no column.
        let line = if text[line..].starts_with(BOM) { line + BOM.len_utf8() } else { line };
        let shown = text[line..].lines().next().unwrap_or("");
        if shown.is_empty() {
            return group.element(Origin::path(path).line(position.line).char_column(position.column));
        }
        // Of a place that goes on over several lines, the first says enough.
        let column = start.saturating_sub(line).min(shown.len());
        let end = text.ceil_char_boundary(place.span.range().end).saturating_sub(line).clamp(column, shown.len());
        let snippet = Snippet::source(shown).line_start(position.line).path(path);
        group.element(snippet.annotation(AnnotationKind::Primary.span(column..end)))
    }
}
