//! `dossier new`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use super::{report, schema, terminal};
use crate::disk::{create, find_root};
use crate::scaffold::{self, NewEntryOptions};
use crate::workspace::Workspace;

/// Write a new entry, ready to be filled in
///
/// The file has the title, a line for each field that the collection requires, with what to write as a comment, and the
/// other fields as comments. A build tells which required fields are still empty. The path of the file is printed, and
/// nothing else, so that an editor can open it: $EDITOR "$(dossier new events "The bridge opens")"
///
/// Exit codes: 0 if the entry was written, 1 if something is wrong with book.toml, 2 if the entry cannot be written.
#[derive(clap::Args)]
pub struct Arguments {
    /// The collection; or a folder of plain pages, or "." for a page at the top
    collection: String,

    /// What the entry is called
    title: String,

    /// Its name in the address and of its file [default: from the title, in the title's own script]
    #[arg(long)]
    slug: Option<String>,

    /// A value that is known already, as country=CN; give a key several times for a list
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,

    /// The folder of the book [default: the nearest folder around this one that has a book.toml, or this one]
    #[arg(long)]
    dir: Option<PathBuf>,
}

pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let Arguments { collection, title, slug, set, dir } = arguments;
    let root = find_root(dir.as_deref())?;
    let (report, book) = Workspace::book(&root)?;
    let Some(book) = book else {
        terminal::told(&report::findings(&root, &report, false));
        return Ok(ExitCode::from(1));
    };
    let wish = NewEntryOptions { section: &collection, title: &title, slug: slug.as_deref(), values: &set };
    let entry = scaffold::entry(&book, &wish).map_err(|refusal| terminal::refusal(&root, refusal))?;
    create(&root, &[(entry.path.as_str().to_owned(), entry.text)])?;
    terminal::line(&terminal::path(&root.join(entry.path.as_str())));
    schema::refresh(&root);
    if !entry.missing.is_empty() {
        terminal::aside(&format!("Still to fill in, before the site is built: {}", entry.missing.join(", ")));
    }
    Ok(ExitCode::SUCCESS)
}

fn pair(text: &str) -> Result<(String, String), &'static str> {
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    match (key.trim(), value.trim()) {
        ("", _) | (_, "") => Err("write a key and a value, as country=CN"),
        (key, value) => Ok((key.to_owned(), value.to_owned())),
    }
}
