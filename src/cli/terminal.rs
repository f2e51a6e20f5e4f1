//! Lines for a terminal: what was done, and what is wrong as a whole.

use std::io::Write;
use std::path::Path;

use annotate_snippets::{Group, Level, Renderer};

use crate::base::path::SourcePath;
use crate::base::refusal::Refusal;
use crate::disk::What;
use crate::workspace::Report;

/// A line of what was done.
pub fn line(text: &str) {
    // Nobody may be listening any more, which is no failure of ours.
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// A text of its own lines, on the standard output.
pub fn text(text: &str) {
    let _ = write!(anstream::stdout(), "{text}");
}

/// A text for programs, on the standard output, to the byte.
pub fn raw(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// A text of its own lines, on the standard error.
pub fn told(text: &str) {
    let _ = write!(anstream::stderr(), "{text}");
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

/// What stands in the way of a command.
pub fn refusal(root: &Path, refusal: Refusal) -> anyhow::Error {
    let Refusal { message, place, help } = refusal;
    let place = place.map(|(file, line)| format!(": {}:{line}", path(&root.join(file.as_str()))));
    let help = help.map(|help| format!("; {help}"));
    anyhow::anyhow!("{message}{}{}", place.unwrap_or_default(), help.unwrap_or_default())
}

/// A line on the folders that were passed by although Markdown stands in them, and one on links to such files.
pub fn skipped(root: &Path, report: &Report) {
    let with_markdown = report.skipped.iter().filter(|skipped| skipped.has_markdown);
    let (files, folders): (Vec<_>, Vec<_>) = with_markdown.partition(|skipped| skipped.what == What::LinkToFile);
    if let Some(folders) = listed(root, folders.iter().map(|folder| &folder.path)) {
        line(&format!("Markdown in skipped folders is not read: {folders}"));
    }
    if let Some(files) = listed(root, files.iter().map(|file| &file.path)) {
        line(&format!("Markdown that links lead to outside of the book is not read: {files}"));
    }
}

/// A line on the files that are not published because they may be drafts.
pub fn held(root: &Path, report: &Report) {
    if let Some(files) = listed(root, report.held.iter()) {
        note("warning", &format!("held back, as it cannot be read whether they are drafts: {files}"));
    }
}

/// How many paths a line names.
const NAMED: usize = 20;

/// Paths as people type them, one behind the other; none if there is none.
fn listed<'a>(root: &Path, paths: impl Iterator<Item = &'a SourcePath>) -> Option<String> {
    let paths: Vec<String> = paths.map(|file| path(&root.join(file.as_str()))).collect();
    let more = paths.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!paths.is_empty()).then(|| format!("{}{more}", paths[..paths.len().min(NAMED)].join(", ")))
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

fn show(report: &[Group]) {
    // The stream takes the colours out where nobody sees them.
    let _ = writeln!(anstream::stderr(), "{}\n", Renderer::styled().render(report));
}
