//! Findings as a compiler tells them.

use std::collections::BTreeMap;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::finding_lines::FindingLines;
use crate::base::diagnostic::{Diagnostic, Place, Severity, Telling};
use crate::base::span::{BOM, line_end};
use crate::cli::terminal;
use crate::workspace::Report;

/// Findings of one rule above this number are grouped.
const MANY: usize = 100;

/// How many of a group are shown, and how many of its files.
const SHOWN: usize = 10;

/// All findings, one after the other, each with an empty line behind it. Where there are hundreds of one rule, the
/// first and a summary, unless `verbose` asks for all.
pub fn findings(root: &Path, report: &Report, verbose: bool) -> String {
    told(root, report, &report.problems.iter().collect::<Vec<_>>(), verbose)
}

/// All findings as a build tells them: of the warnings in plain sections one line for each rule, and of what is usual
/// there its number, unless `verbose` asks for all.
pub fn in_short(root: &Path, report: &Report, verbose: bool) -> String {
    if verbose {
        return findings(root, report, verbose);
    }
    let telling = |problem: &Diagnostic| match problem.severity {
        Severity::Error => Telling::Whole,
        Severity::Warning => problem.telling,
    };
    let (whole, others): (Vec<&Diagnostic>, Vec<_>) =
        report.problems.iter().partition(|problem| telling(problem) == Telling::Whole);
    let mut text = told(root, report, &whole, verbose);
    let (mut grouped, mut counted) = (BTreeMap::<_, Vec<&Diagnostic>>::new(), BTreeMap::<_, usize>::new());
    for problem in others {
        match problem.telling {
            Telling::Counted(words) => *counted.entry(words).or_default() += 1,
            _ => grouped.entry(problem.rule).or_default().push(problem),
        }
    }
    let places = FindingLines::new(&report.texts);
    let mut line = |group: Group| {
        text.push_str(&Renderer::styled().render(&[group]));
        text.push('\n');
    };
    for (rule, group) in &grouped {
        let first = terminal::path(&root.join(group[0].place.path.as_str()));
        let at = places.range(&group[0].place).map_or(String::new(), |(at, _)| format!(":{}:{}", at.line, at.column));
        let first =
            if group.len() > 1 { format!("{}, the first in {first}", group.len()) } else { format!("1, in {first}") };
        let title = format!("{first}{at}: {}; `dossier check` tells all", group[0].message);
        line(Group::with_title(Level::WARNING.primary_title(title).id(*rule)));
    }
    for (words, count) in &counted {
        line(Group::with_title(Level::NOTE.primary_title(format!("{words}: {count}"))));
    }
    if !grouped.is_empty() || !counted.is_empty() {
        text.push('\n');
    }
    text
}

/// Findings in full.
fn told(root: &Path, report: &Report, problems: &[&Diagnostic], verbose: bool) -> String {
    let texts = Texts { root, places: FindingLines::new(&report.texts) };
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry((problem.rule, problem.severity)).or_default() += 1;
    }
    let mut told = String::new();
    let mut tell = |groups: &[Group]| {
        told.push_str(&Renderer::styled().render(groups));
        told.push_str("\n\n");
    };
    let mut grouped: BTreeMap<(Severity, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for problem in problems {
        if !verbose && counts[&(problem.rule, problem.severity)] > MANY {
            let group = grouped.entry((problem.severity, problem.rule)).or_default();
            group.push(problem);
            if group.len() > SHOWN {
                continue;
            }
        }
        texts.tell(problem, &mut tell);
    }
    for ((severity, rule), group) in grouped {
        let rest = &group[SHOWN..];
        let mut files: BTreeMap<&str, usize> = BTreeMap::new();
        for problem in rest {
            *files.entry(problem.place.path.as_str()).or_default() += 1;
        }
        let mut worst: Vec<_> = files.iter().collect();
        worst.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let shown = |path: &str| terminal::path(&root.join(path));
        let worst = worst.iter().take(SHOWN).map(|(path, count)| format!("{} ({count})", shown(path)));
        let title = format!("{} more like these in {}", rest.len(), terminal::count(files.len(), "file"));
        tell(&[Group::with_title(level(severity).primary_title(title).id(rule))
            .element(Level::NOTE.message(format!("most stand in {}", worst.collect::<Vec<_>>().join(", "))))
            .element(Level::HELP.message("--verbose shows them all"))]);
    }
    told
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

/// The texts that findings quote.
struct Texts<'a> {
    root: &'a Path,
    places: FindingLines<'a>,
}

impl Texts<'_> {
    fn tell(&self, problem: &Diagnostic, tell: &mut dyn FnMut(&[Group])) {
        let title = level(problem.severity).primary_title(problem.message.as_str()).id(problem.rule);
        let mut first = self.quote(Group::with_title(title), &problem.place);
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
        tell(&[vec![first], others].concat());
    }

    /// The lines of a place, with the place marked.
    fn quote<'t>(&'t self, group: Group<'t>, place: &Place) -> Group<'t> {
        let path = terminal::path(&self.root.join(place.path.as_str()));
        let Some(text) = self.places.text(&place.path) else { return group.element(Origin::path(path)) };
        let start = text.floor_char_boundary(place.span.range().start);
        let lines = self.places.lines(&place.path, text);
        let position = lines.position(text, start);
        let line = lines.start(position.line);
        // The mark at a file's start is on no screen and in no column.
        let line = if text[line..].starts_with(BOM) { line + BOM.len_utf8() } else { line };
        let shown = &text[line..line + line_end(&text[line..]).start];
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
