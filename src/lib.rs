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

use disk::Written;
use workspace::{Change, Options, Outcome, Report, Snapshot, Timings, Workspace};

/// What came of a build.
struct Built {
    snapshot: Arc<Snapshot>,
    /// What is wrong, where it is more than the snapshot tells.
    report: Option<Report>,
    /// What was written; none if what is wrong with the book forbids it.
    written: Option<Result<Written>>,
    timings: Timings,
}

impl Built {
    /// All that is wrong.
    fn report(&self) -> &Report {
        self.report.as_ref().unwrap_or(&self.snapshot.report)
    }
}

/// Builds the book in `root` and writes its site.
///
/// Errors: the outside world does not play along (a folder cannot be read, the output folder is not ours). What is wrong
/// with the book itself stands in the report, and that the site cannot be written in what was written.
fn build(root: &Path, options: &Options) -> Result<Built> {
    let mut workspace = Workspace::new(root, options.clone());
    let snapshot = workspace.apply(Change::Folder)?;
    disk::check_output_dir(&snapshot.report.out, root)?;
    let may_be_written = options.keep_going || !snapshot.report.has_errors();
    let site = snapshot.site.as_ref().filter(|_| may_be_written);
    let mut timings = snapshot.timings.clone();
    let outcome = site.map(|site| workspace.write(site, &snapshot.report.out, &mut timings));
    let (written, report) = match outcome {
        None => (None, None),
        Some(Ok(Outcome::Written(written))) => (Some(Ok(written)), None),
        Some(Ok(Outcome::Unrendered(problems))) => (None, Some(workspace.with(&snapshot.report, problems))),
        Some(Err(error)) => (Some(Err(error)), None),
    };
    // The process ends soon, and its memory with it: to take it apart first would cost time.
    std::mem::forget(workspace);
    Ok(Built { snapshot, report, written, timings })
}
