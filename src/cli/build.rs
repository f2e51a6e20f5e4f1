//! `dossier build`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::builder::PossibleValuesParser;

use super::{progress, report, terminal};
use crate::disk::{OutputSize, Written, find_root};
use crate::output;
use crate::workspace::{Options, Report, Timings};

/// Build the site of a book
///
/// Reads the entries, checks them, and writes the site if there is no error. The last good site stays where it is until
/// the new one is complete.
///
/// Exit codes: 0 if all is well or there are only warnings, 1 if something is wrong with the book, 2 if the build could
/// not run.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the book: the one with book.toml, or any folder of Markdown [default: the nearest folder around
    /// this one that has a book.toml, or this one]
    dir: Option<PathBuf>,

    /// Where to write the site [default: build-dir in book.toml, or "site" in the book's folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Build these outputs alone; what the others have written before stays as it is
    #[arg(long, value_name = "OUTPUT", value_delimiter = ',', value_parser = PossibleValuesParser::new(output::names()))]
    only: Vec<String>,

    /// Build the entries marked as drafts too
    #[arg(long)]
    drafts: bool,

    /// A preview: show what has changed since a revision of git, on a page of its own and on the pages of entries that
    /// have changed. It is not for publishing; the next build without this option takes it all out
    #[arg(long, value_name = "REV")]
    compare: Option<String>,

    /// Write the site in spite of errors; a broken link is then marked text
    #[arg(long)]
    keep_going: bool,

    /// Make every page anew, and keep nothing for the next build
    #[arg(long)]
    no_cache: bool,

    /// Tell how long each stage took, and which pages took longest
    #[arg(long)]
    timings: bool,

    /// Show every warning, even where there are hundreds of one kind
    #[arg(long, short)]
    verbose: bool,
}

pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let Arguments { dir, out, only, drafts, compare, keep_going, no_cache, timings: is_timed, verbose } = arguments;
    let root = find_root(dir.as_deref())?;
    if dir.is_none() && root != Path::new(".") {
        terminal::line(&format!("The book is in {}", terminal::path(&root)));
    }
    // The first page, or the folder where none is written.
    let first = if only.is_empty() || only.iter().any(|name| name == "html") { "index.html" } else { "" };
    let is_preview = compare.is_some();
    let options = Options {
        out,
        only,
        drafts,
        compare,
        keep_going,
        cache: !no_cache,
        today: crate::disk::today(),
        ..Options::default()
    };
    let mut built = progress::shown(&options.progress, || crate::build(&root, &options))?;
    let written = std::mem::replace(&mut built.written, Ok(None));
    let report = built.report();
    terminal::told(&report::in_short(&root, report, verbose));
    terminal::skipped(&root, report);
    let (errors, warnings) = report.counts();
    let warnings = if verbose { warnings } else { warnings - report.counted() };
    let pages = written?;
    summary(report, pages, &report.out.join(first), (errors, warnings), started);
    if pages.is_some() {
        remarks(report, &built.size, is_preview);
        terminal::held(&root, report);
    }
    if is_timed {
        tell(&built.timings, built.files, started.elapsed());
    }
    std::mem::forget(built);
    Ok(ExitCode::from(u8::from(errors > 0)))
}

/// What a site lacks that was asked for, and which limits it is near.
fn remarks(report: &Report, size: &OutputSize, is_preview: bool) {
    if !report.unaddressed.is_empty() {
        let names = report.unaddressed.join(", ");
        let why = match is_preview {
            true => "left out of a preview, which has no address; build without --compare",
            false => "left out without an address; write site-url = \"https://…\" in [output.html] of book.toml",
        };
        terminal::note("warning", &format!("{names}: {why}"));
    }
    size.warnings().iter().for_each(|told| terminal::note("warning", told));
}

/// How long each stage took, what became of the files, and the pages that took longest.
fn tell(timings: &Timings, files: Written, in_all: Duration) {
    let mut stages: Vec<(&str, Duration)> = Vec::new();
    for (stage, took) in &timings.stages {
        match stages.iter_mut().find(|(known, _)| known == stage) {
            Some((_, known)) => *known += *took,
            None => stages.push((stage, *took)),
        }
    }
    terminal::aside("");
    for (stage, took) in stages.into_iter().chain([("in all", in_all)]) {
        terminal::aside(&format!("{stage:>8} {:>9.1} ms", milliseconds(took)));
    }
    let Written { made, written, unchanged, removed } = files;
    terminal::aside(&format!("\n{made} files made; {written} written, {unchanged} unchanged, {removed} removed"));
    if !timings.slowest.is_empty() {
        terminal::aside("\nThe pages that took longest:");
    }
    for (path, took) in &timings.slowest {
        terminal::aside(&format!("{:>9.1} ms  {path}", milliseconds(*took)));
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// What was built, of how many pages; none if nothing was written.
fn summary(
    report: &Report,
    pages: Option<usize>,
    written: &Path,
    (errors, warnings): (usize, usize),
    started: Instant,
) {
    let found = [terminal::count(errors, "error"), terminal::count(warnings, "warning")];
    let found: Vec<String> =
        found.into_iter().zip([errors, warnings]).filter(|(_, n)| *n > 0).map(|(text, _)| text).collect();
    let found = found.join(" and ");
    let (entries, links) = report.read;
    if let Some(pages) = pages {
        terminal::line(&format!(
            "Built {}, {} and {} in {:.2} s: {}",
            terminal::count(entries, "entry"),
            terminal::count(links, "link"),
            terminal::count(pages, "page"),
            started.elapsed().as_secs_f64(),
            terminal::path(written),
        ));
        if entries == 0 {
            let src = terminal::path(&report.src);
            let src = if src.is_empty() { "this folder".to_owned() } else { src };
            terminal::note(
                "warning",
                &format!(
                    "no entry was found in {src}; entries are Markdown files, and YAML files in declared collections"
                ),
            );
        }
    }
    match (pages, errors) {
        (Some(_), 0) if warnings == 0 => {}
        (Some(_), 0) => terminal::note("warning", &found),
        (Some(_), _) => terminal::note("error", &format!("{found}; the site was written all the same (--keep-going)")),
        (None, _) => terminal::note("error", &format!("{found}; the site was not written")),
    }
}
