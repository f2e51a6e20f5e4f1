//! A folder of typed, cross-linked entries becomes a site.
//!
//! Five values, each complete when it is born, and one verb to each arrow:
//!
//! ```text
//! Source --parse--> Entry --link--> Book --plan--> Page --render--> File --write--> disk
//!                                    |
//!                                    +--check--> diagnostics
//! ```
//!
//! The modules below stand on floors, from the ground up: one uses only those on floors above it in this list, and
//! neighbours do not know each other. `tests/floors.rs` holds this picture.

mod base;

mod config;
mod theme;

mod parse;

mod book;

mod check;
mod compare;
mod editor;
mod markup;
mod rename;
mod scaffold;
mod search;

mod page;

mod output;

mod disk;

mod workspace;

mod authoring;

#[doc(hidden)]
pub mod bench;
#[cfg(feature = "serve")]
mod serve;

pub mod cli;

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use disk::{OutputSize, Written};
use output::Site;
use workspace::{Change, LastBuild, Options, Outcome, Report, Snapshot, Survey, Timings, Workspace};

/// What came of a build.
struct Built {
    snapshot: Arc<Snapshot>,
    /// What is wrong, where it is more than the snapshot tells.
    report: Option<Report>,
    /// How many pages the site has that was written; none if what is wrong with the book forbids it.
    written: Result<Option<usize>>,
    /// What became of its files.
    files: Written,
    /// How large it is.
    size: OutputSize,
    timings: Timings,
}

impl Built {
    /// All that is wrong.
    fn report(&self) -> &Report {
        self.report.as_ref().unwrap_or(&self.snapshot.report)
    }
}

/// Builds the book in `root` and writes its site, unless nothing has changed since the last time.
///
/// Errors: the outside world does not play along (a folder cannot be read, the output folder is not ours). What is wrong
/// with the book itself stands in the report, and that the site cannot be written in what was written.
fn build(root: &Path, options: &Options) -> Result<Built> {
    let mut workspace = Workspace::new(root, options.clone());
    let mut survey = workspace.survey()?;
    if let Some(built) = survey.as_mut().and_then(|survey| still_built(root, survey)) {
        return Ok(built);
    }
    // What was looked at just now is known, and read as it stands.
    let change = if survey.is_some() { Change::Files(Vec::new()) } else { Change::Folder };
    let snapshot = workspace.apply(change)?;
    disk::check_output_dir(&snapshot.report.out, root)?;
    let may_be_written = options.keep_going || !snapshot.report.has_errors();
    let site = snapshot.site.as_ref().filter(|_| may_be_written);
    let mut timings = snapshot.timings.clone();
    let (mut files, mut size, mut output) = (Written::default(), OutputSize::default(), None);
    let outcome = site.map(|site| workspace.write(site, &snapshot.report.out, &mut timings));
    let (written, report) = match outcome {
        None => (Ok(None), None),
        Some(Ok(Outcome::Written { files: done, size: of_output, state })) => {
            (files, size, output) = (done, of_output, state);
            (Ok(site.map(Site::pages)), None)
        }
        Some(Ok(Outcome::Unrendered(problems))) => (Ok(None), Some(workspace.with(&snapshot.report, problems))),
        Some(Err(error)) => (Err(error), None),
    };
    if let (Some(survey), Some(output), Ok(Some(pages))) = (survey, output, &written) {
        timings.stage("keep", || {
            LastBuild::write(root, (survey.inputs, output), &snapshot.report, *pages, (&files, &size))
        });
    }
    // The process ends soon, and its memory with it: to take it apart first would cost time.
    std::mem::forget(workspace);
    Ok(Built { snapshot, report, written, files, size, timings })
}

/// The build before, if nothing has changed since.
fn still_built(root: &Path, survey: &mut Survey) -> Option<Built> {
    let mut timings = Timings::default();
    let last = timings.stage("recall", || LastBuild::read(root, survey))?;
    let files = Written { unchanged: last.files, ..Written::default() };
    let (pages, size) = (last.pages, last.size.clone());
    let report = last.report(root, std::mem::take(&mut survey.report));
    let snapshot = Arc::new(Snapshot { report, timings: Timings::default(), site: None });
    Some(Built { snapshot, report: None, written: Ok(Some(pages)), files, size, timings })
}
