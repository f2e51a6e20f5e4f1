//! `dossier init`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, anyhow};

use super::{schema, terminal};
use crate::base::path::title;
use crate::config::{self, ReadContext};
use crate::disk::{create, folder_name};
use crate::editor;
use crate::scaffold;

/// Begin a book
///
/// Writes a small book that builds without a finding: book.toml, a few entries to put your own in the place of, a guide
/// for contributors, and workflows for GitHub that check changes, publish the site, and check links to other sites once
/// a week. Nothing is overwritten: if one of the files is there already, none is written.
///
/// Exit codes: 0 if the book was written, 2 if not.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the book, which is made if it is not there
    #[arg(default_value = ".")]
    dir: PathBuf,

    /// What the book is called [default: the name of the folder]
    #[arg(long)]
    title: Option<String>,
}

pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let Arguments { dir, title: asked } = arguments;
    let name = asked.unwrap_or_else(|| title(&folder_name(&dir)));
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(anyhow!("this folder has no name to call the book by; give a title with --title"));
    }
    let mut files = scaffold::files(&name);
    files.extend(editor_settings(&files));
    create(&dir, &files)?;
    if let Err(error) = schema::begin(&dir) {
        terminal::note("warning", &format!("the schemas for editors are not there yet: {error:#}"));
    }
    let written = terminal::count(files.len(), "file");
    let dir = terminal::path(&dir);
    let (place, argument) = if dir.is_empty() { ("here", String::new()) } else { (dir.as_str(), format!(" {dir}")) };
    terminal::line(&format!("Began \"{name}\": {written} in {place}"));
    terminal::line(&format!("Next: dossier build{argument}"));
    Ok(ExitCode::SUCCESS)
}

/// The settings by which editors find the schemas of the book in these files.
fn editor_settings(files: &[(String, String)]) -> Vec<(String, String)> {
    let text = files.iter().find(|(path, _)| path == "book.toml").map(|(_, text)| text.as_str());
    let has = |path: &str| files.iter().any(|(file, _)| file.starts_with(&format!("{path}/")));
    let (config, _) = config::read(text, ReadContext { folder: "", has: &has });
    editor::settings(&config, &BTreeSet::new())
}
