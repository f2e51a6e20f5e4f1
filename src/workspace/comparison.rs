//! What is other in a book than in another version of it.

use std::path::Path;

use anyhow::{Context, Result};

use super::base_revision::version;
use super::{Change, Options, Workspace};
use crate::compare::{self, BookChanges};
use crate::disk::{Git, Revision, Revisions};

/// Two versions of a book, and what is other in the second.
pub struct Comparison {
    pub before: Revision,
    /// None for the files on disk.
    pub after: Option<Revision>,
    pub changes: BookChanges,
}

impl Comparison {
    /// Compares two revisions of the book in `root`, or one with the files on disk, given the words that name them.
    ///
    /// Errors: there is no such revision, or what is wrong with a theme keeps a book from being read.
    pub fn of(root: &Path, revisions: &[String], options: &Options) -> Result<Comparison> {
        let git = Git::around(root).context("there is no revision to compare with")?;
        let Revisions { before, after } = git.revisions(revisions)?;
        let old = Workspace::of_revision(&git, &before, root, options)?;
        let new = match &after {
            Some(after) => Workspace::of_revision(&git, after, root, options)?,
            None => {
                Workspace::new(root, Options { keep_going: true, cache: false, is_compared: true, ..options.clone() })
                    .apply(Change::Folder)?
            }
        };
        let changes = compare::books(&version(&old)?, &version(&new)?);
        // To take books apart that nobody needs any more would cost time.
        std::mem::forget((old, new));
        Ok(Comparison { before, after, changes })
    }
}
