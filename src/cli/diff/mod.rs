//! `dossier diff`: a file for each format, and the sentences that two of them share.

mod json;
mod markdown;
mod sentence;
mod text;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;

use super::terminal;
use crate::base::date::Day;
use crate::disk::{self, find_root};
use crate::workspace::{Comparison, Options};

/// Tell what has changed in a book, in its own terms
///
/// Compares the book as it was in a revision of git with the files as they stand on disk, or two revisions with each
/// other: entries that are new, removed or moved, fields, tags, sources and texts that are other, links that are broken
/// now, and what the check finds in one of both alone. A list in another order is no change, and an entry that has moved
/// is the same entry.
///
/// Exit codes: 0, whether something has changed or not, 2 if the books could not be compared.
#[derive(clap::Args)]
pub struct Arguments {
    /// The revision to compare with, as main, HEAD~2 or v1.0; two of them, or A..B, for B against A, and A...B for B
    /// against where it parted from A
    #[arg(value_name = "REV", num_args = 0..=2, default_value = "HEAD")]
    revisions: Vec<String>,

    /// The folder of the book [default: the nearest folder around this one that has a book.toml, or this one]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,

    /// How it is told
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,

    /// Compare the entries marked as drafts too
    #[arg(long)]
    drafts: bool,

    /// The day of both checks, for entries that are due for review by then [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = super::check::day)]
    today: Option<Day>,
}

/// How changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// Lines, for people
    Text,
    /// For a comment on a pull request
    Markdown,
    /// One JSON object, whose form the manual documents
    Json,
}

pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let Arguments { revisions, dir, format, drafts, today } = arguments;
    let root = find_root(dir.as_deref())?;
    if dir.is_none() && root != Path::new(".") {
        terminal::aside(&format!("The book is in {}", terminal::path(&root)));
    }
    let options = Options { drafts, today: today.or_else(disk::today), ..Options::default() };
    let comparison = Comparison::of(&root, &revisions, &options)?;
    match format {
        DiffFormat::Text => terminal::text(&text::changes(&comparison)),
        DiffFormat::Markdown => terminal::raw(&markdown::changes(&comparison)),
        DiffFormat::Json => terminal::raw(&json::changes(&comparison)),
    }
    Ok(ExitCode::SUCCESS)
}
