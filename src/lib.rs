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
use workspace::{Change, Options, Snapshot, Timings, Workspace};

/// Builds the book in `root` and writes its site, and tells what was written and how long it took; nothing if what is
/// wrong with the book forbids it.
///
/// Errors: the outside world does not play along (a folder cannot be read or written, the output folder is not ours).
/// What is wrong with the book itself stands in the report.
pub fn build(root: &Path, options: &Options) -> Result<(Arc<Snapshot>, Option<Result<Written>>, Timings)> {
    let mut workspace = Workspace::new(root, options.clone());
    let snapshot = workspace.apply(Change::Folder)?;
    disk::refuse(&snapshot.report.out, root)?;
    let may_be_written = options.keep_going || !snapshot.report.has_errors();
    let site = snapshot.site.as_ref().filter(|_| may_be_written);
    let mut timings = snapshot.timings.clone();
    let written = site.map(|site| workspace.write(site, &snapshot.report.out, &mut timings));
    // The process ends soon, and its memory with it: to take it apart first would cost time.
    std::mem::forget(workspace);
    Ok((snapshot, written, timings))
}
