//! `dossier rename`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use super::{schema, terminal, unified_diff};
use crate::authoring;
use crate::disk::find_root;
use crate::workspace::{Change, Options, Workspace};

/// Give an entry another address
///
/// Moves the entry, writes anew every link and every reference to it, however it is written, and leaves its old address
/// under redirect-from, so that readers who come by it are led on. What links show stays as it is.
///
/// Exit codes: 0, 1 if a link could not be written anew, 2 if nothing was done.
#[derive(clap::Args)]
pub struct Arguments {
    /// The entry: its file, its address as policies/tax-relief, or any name that a link may give it
    old: String,

    /// Its new name in its folder, as tax-cuts, or its whole new address, as funds/tax-cuts, or /tax-cuts at the top
    new: String,

    /// The folder of the book [default: as for build]
    #[arg(long)]
    dir: Option<PathBuf>,

    /// Show what would change, as a diff, and change nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let Arguments { old, new, dir, dry_run } = arguments;
    let root = find_root(dir.as_deref())?;
    let renaming =
        authoring::rename(&root, &old, &new, dry_run)?.map_err(|refusal| terminal::refusal(&root, refusal))?;
    if dry_run {
        for file in &renaming.files {
            let moved = renaming.moved.as_ref().filter(|(from, _)| *from == file.path);
            terminal::raw(&unified_diff::of(&root, file, moved.map(|(_, to)| to)));
        }
    } else {
        let (before, after) = &renaming.addresses;
        let files = terminal::count(renaming.files.len(), "file");
        terminal::line(&format!(
            "{before} is {after} now; {} in {files} changed",
            terminal::count(renaming.links, "link")
        ));
        if let Some((_, to)) = &renaming.moved {
            terminal::line(&terminal::path(&root.join(to.as_str())));
        }
    }
    if !dry_run {
        schema::refresh(&root);
        let (errors, _) = Workspace::new(&root, Options { drafts: true, ..Options::default() })
            .apply(Change::Folder)?
            .report
            .counts();
        if errors > 0 {
            let text = format!("the book has {} now; dossier check tells more", terminal::count(errors, "error"));
            terminal::note("warning", &text);
        }
    }
    for (path, line) in &renaming.left {
        let path = terminal::path(&root.join(path.as_str()));
        terminal::note(
            "warning",
            &format!("{path}:{line}: this link could not be written anew; see where it leads now"),
        );
    }
    Ok(ExitCode::from(u8::from(!renaming.left.is_empty())))
}
