//! `dossier check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, anyhow};

use super::report::{Format, RenderedReport};
use super::{report, terminal, unified_diff};
use crate::authoring;
use crate::base::apply_edits::FileChange;
use crate::base::date::{Date, Day};
use crate::config::Purpose;
use crate::disk::{self, find_root};
use crate::workspace::{Change, Options, Report, Workspace};

/// Tell what is wrong with a book
///
/// Reads and checks the entries as a build does, and writes no site. Each finding is told with its rule, its place and
/// what to do; `dossier explain RULE` tells more.
///
/// Exit codes: 0 if all is well or there are only warnings, 1 if something is wrong with the book, 2 if the check could
/// not run.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the book: the one with book.toml, or any folder of Markdown [default: the nearest folder around
    /// this one that has a book.toml, or this one]
    dir: Option<PathBuf>,

    /// How findings are told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Mend what there is one clear remedy for, in the files themselves
    #[arg(long)]
    fix: bool,

    /// With --fix: mend what the likely remedy mends, too, such as a name that is close to another; look at the result
    #[arg(long, requires = "fix")]
    unsafe_fixes: bool,

    /// With --fix: show what would change as a diff, and change nothing; the exit code is that of the mended book
    #[arg(long, requires = "fix", conflicts_with = "format")]
    dry_run: bool,

    /// Count warnings as errors
    #[arg(long)]
    strict: bool,

    /// Check the entries marked as drafts too
    #[arg(long)]
    drafts: bool,

    /// The day of the check, for entries that are due for review by then [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Day>,

    /// Show every finding, even where there are hundreds of one kind
    #[arg(long, short)]
    verbose: bool,
}

pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let root = find_root(arguments.dir.as_deref())?;
    let Arguments { format, fix, unsafe_fixes, dry_run, strict, drafts, verbose, today, .. } = arguments;
    let (today, purpose) = (today.or_else(disk::today), Purpose::Checks);
    let options = Options { drafts, strict, today, purpose, ..Options::default() };
    let (snapshot, fixed) = match fix {
        true => authoring::fix(&root, &options, unsafe_fixes, dry_run)?,
        false => (Workspace::new(&root, options).apply(Change::Folder)?, Vec::new()),
    };
    let report = &snapshot.report;
    if dry_run {
        fixed.iter().for_each(|fixed| terminal::raw(&unified_diff::of(&root, fixed, None)));
        let (errors, _) = report.counts();
        if errors > 0 {
            terminal::note("error", &format!("{} would be left", terminal::count(errors, "error")));
        }
        return Ok(ExitCode::from(u8::from(errors > 0)));
    }
    let RenderedReport { text, summary } = report::tell(&root, report, format, verbose);
    match format {
        Format::Text => terminal::text(&text),
        _ => terminal::raw(&text),
    }
    if let (Some(summary), Some(file)) =
        (summary, std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()))
    {
        disk::append(Path::new(&file), &summary)?;
    }
    if format == Format::Text {
        terminal::skipped(&root, report);
        conclude(report, &fixed, started);
    }
    let (errors, _) = report.counts();
    // The system takes back all memory at once.
    std::mem::forget(snapshot);
    Ok(ExitCode::from(u8::from(errors > 0)))
}

/// The last line: how much was read, and what was found.
fn conclude(report: &Report, fixed: &[FileChange], started: Instant) {
    if !fixed.is_empty() {
        let count = fixed.iter().map(|fixed| fixed.count).sum();
        terminal::line(&format!(
            "Mended {} in {}",
            terminal::count(count, "place"),
            terminal::count(fixed.len(), "file")
        ));
    }
    let (errors, warnings) = report.counts();
    let found = match (errors, warnings) {
        (0, 0) => "all is well".to_owned(),
        (0, warnings) => terminal::count(warnings, "warning"),
        (errors, 0) => terminal::count(errors, "error"),
        (errors, warnings) => {
            format!("{} and {}", terminal::count(errors, "error"), terminal::count(warnings, "warning"))
        }
    };
    let (entries, links) = report.read;
    terminal::line(&format!(
        "Checked {} and {} in {:.2} s: {found}",
        terminal::count(entries, "entry"),
        terminal::count(links, "link"),
        started.elapsed().as_secs_f64(),
    ));
    let remedies = |safe: bool| {
        let fixes = report.problems.iter().filter_map(|problem| problem.fix.as_ref());
        fixes.filter(|fix| fix.safe == safe).count()
    };
    if remedies(true) > 0 {
        terminal::line(&format!("--fix mends {} of them", remedies(true)));
    }
    if remedies(false) > 0 {
        let more = if remedies(true) > 0 { "more" } else { "of them" };
        terminal::line(&format!("--fix --unsafe-fixes mends {} {more}, by the likely remedy", remedies(false)));
    }
}

/// A day as the command line gives it.
pub fn day(written: &str) -> Result<Day> {
    let date = Date::parse(written).ok();
    let day = date.and_then(|date| date.earliest().filter(|day| date.latest() == Some(*day)));
    day.ok_or_else(|| anyhow!("a day is written as 2015-05-19"))
}
