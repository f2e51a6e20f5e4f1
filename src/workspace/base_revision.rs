//! What a book is compared with in a preview.

use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::{Report, Snapshot};
use crate::book::Book;
use crate::compare::{self, BookVersion};
use crate::disk::Revision;
use crate::page::Preview;

/// The book as it was in a revision.
pub struct BaseRevision {
    pub revision: Revision,
    pub snapshot: Arc<Snapshot>,
}

impl BaseRevision {
    /// What is other in a book, given what was found in it.
    ///
    /// Errors: the theme of the revision does not let its book be read.
    pub fn preview(&self, book: &Book, report: &Report) -> Result<Preview> {
        let after = BookVersion::new(book, &report.problems, &report.texts);
        Ok(Preview::new(self.revision.title(), compare::books(&version(&self.snapshot)?, &after)))
    }
}

/// The book of a snapshot, for a comparison.
///
/// Errors: its theme does not let it be read.
pub fn version(snapshot: &Snapshot) -> Result<BookVersion<'_>> {
    let report = &snapshot.report;
    let site = snapshot.site.as_ref().ok_or_else(|| {
        anyhow!("what is wrong with the theme keeps the book from being read; dossier check tells more")
    })?;
    Ok(BookVersion::new(&site.book, &report.problems, &report.texts))
}
