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

mod page;

mod output;

mod workspace;

mod reading;

mod authoring;

pub mod cli;

use std::path::Path;

use anyhow::Result;

use base::path::FilePath;
use output::Made;
use reading::{Built, Checked, Options, Report};
use workspace::Bytes;

/// Builds the book in `root` and writes its site.
///
/// Errors: the outside world does not play along (a folder cannot be read or written, the output folder is not ours).
/// What is wrong with the book itself stands in the report.
pub fn build(root: &Path, options: &Options) -> Result<Report> {
    let mut report = Report::default();
    let config = reading::read_config(root, options, &mut report)?;
    workspace::refuse(&report.out, root)?;
    let checked = reading::examine(root, config, options, &mut report)?;
    if let Some(checked) = checked.filter(|_| !report.has_errors() || options.keep_going) {
        report.built = Some(write(root, &report.out, &checked));
    }
    Ok(report)
}

fn write(root: &Path, out: &Path, Checked { book, theme, plan }: &Checked) -> Result<Built> {
    let shelf = page::Shelf::new(book, plan, theme.words());
    let files = output::files(plan, theme);
    let paths: Vec<FilePath> = files.iter().map(|file| file.path.clone()).collect();
    let make = |place: usize| {
        Ok(match output::make(&shelf, theme, &files[place])? {
            Made::Bytes(bytes) => Bytes::Made(bytes),
            Made::Copy(path) => Bytes::Copy(root.join(path.as_str())),
        })
    };
    let written = workspace::write(out, root, &paths, &make)?;
    Ok(Built { entries: book.entries.len(), links: book.graph.len(), pages: plan.pages.len(), written })
}
