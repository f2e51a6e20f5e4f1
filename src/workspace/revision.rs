//! A book as it was in a revision of git, and what is other in it since.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};

use super::{Change, Options, Snapshot, Workspace};
use crate::compare::{self, BookChanges, BookVersion};
use crate::disk::{Checkout, Git, Revision, Revisions};

/// What is other in a book than in another version of it.
pub struct Comparison {
    pub before: Revision,
    /// None for the files on disk.
    pub after: Option<Revision>,
    pub changes: BookChanges,
}

impl Comparison {
    /// Compares two revisions of the book in `root`, or one with the files on disk, given the words that name them.
    ///
    /// Errors: there is no such revision, or what is wrong with the theme forbids it to read a book.
    pub fn of(root: &Path, revisions: &[String], options: &Options) -> Result<Comparison> {
        let git = Git::around(root).context("there is no revision to compare with")?;
        let Revisions { before, after } = git.revisions(revisions)?;
        let options = Options { keep_going: true, cache: false, without_history: true, ..options.clone() };
        let old = of_revision(&git, &before, root, &options)?;
        let new = match &after {
            Some(after) => of_revision(&git, after, root, &options)?,
            None => Workspace::new(root, options).apply(Change::Folder)?,
        };
        let changes = Comparison::changes(&old, &new)?;
        // To take books apart that nobody needs any more would cost time.
        std::mem::forget((old, new));
        Ok(Comparison { before, after, changes })
    }

    fn changes(before: &Snapshot, after: &Snapshot) -> Result<BookChanges> {
        Ok(compare::books(&version(before)?, &version(after)?))
    }
}

/// The book in `root` as it was in a revision.
fn of_revision(git: &Git, revision: &Revision, root: &Path, options: &Options) -> Result<Arc<Snapshot>> {
    let read = || {
        let checkout = Checkout::of(git, revision, root)?;
        Workspace::new(checkout.book(), Options { out: None, ..options.clone() }).apply(Change::Folder)
    };
    read().with_context(|| format!("cannot read the book as it was in {}", revision.name))
}

fn version(snapshot: &Snapshot) -> Result<BookVersion<'_>> {
    let report = &snapshot.report;
    let site = snapshot.site.as_ref();
    let site = site
        .ok_or_else(|| anyhow!("what is wrong with the theme forbids it to read the book; dossier check tells more"))?;
    Ok(BookVersion::new(&site.book, &report.problems, &report.texts))
}
