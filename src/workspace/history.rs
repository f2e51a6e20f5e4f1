//! What git knows of a book's files: asked again for each change, and the log only if something was committed.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use crate::base::diagnostic::Diagnostic;
use crate::base::history::History;
use crate::base::path::SourcePath;
use crate::config::{Config, GitOptions, Purpose};
use crate::disk::{self, CommittedHistory};
use crate::parse::{self, Entry};

/// The rule that tells where git cannot say what the book asks of it.
const MISSING_HISTORY: &str = "missing-history";

/// What git knew when it was asked last.
#[derive(Default)]
pub struct BookHistory(Option<CommittedHistory>);

impl BookHistory {
    /// What git knows of the files of the book in `root`, and what is to be told of it.
    pub fn of(&mut self, root: &Path, config: &Config, asked: &GitOptions) -> (Arc<History>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let told = |message: String, help: &str| {
            Diagnostic::warning(MISSING_HISTORY, &config.path, asked.span, message).help(help)
        };
        let found = match config.purpose {
            Purpose::Pages => self.asked(root),
            // What nobody shows need not be known.
            Purpose::Checks | Purpose::Renames => disk::head_commit(root).map(|_| Arc::default()),
        };
        let is_shallow = self.0.as_ref().is_some_and(|known| known.is_shallow);
        let knows_nothing = self.0.as_ref().is_some_and(|known| known.history.is_empty() && !known.is_shallow);
        if config.purpose == Purpose::Pages && found.is_ok() && knows_nothing {
            let help = "commit the files of the book, or take [git] out";
            problems.push(told("git knows none of the files of this book".to_owned(), help));
        }
        if config.purpose == Purpose::Pages && found.is_ok() && is_shallow {
            let message = "this clone has only the last commits, so that nothing is known of what was changed before";
            let help = "git fetch --unshallow brings them; in a workflow, give actions/checkout fetch-depth: 0";
            problems.push(told(message.to_owned(), help));
        }
        let history = found.unwrap_or_else(|error| {
            let help = "commit the book to a repository of git, or take [git] out";
            problems.push(told(format!("git does not know when entries were changed: {error:#}"), help));
            Arc::default()
        });
        (history, problems)
    }

    /// Errors: there is no git, no repository, or no commit in it.
    fn asked(&mut self, root: &Path) -> Result<Arc<History>> {
        let head = disk::head_commit(root)?;
        let known = match self.0.take().filter(|known| known.head == head) {
            Some(known) => self.0.insert(known),
            None => self.0.insert(disk::committed_history(root)?),
        };
        let changed = disk::changed_files(root)?;
        Ok(if changed.is_empty() { known.history.clone() } else { Arc::new(known.history.without(&changed)) })
    }
}

/// What is known of the files of entries, where an entry tells at which addresses it was. Git does not see that a file has
/// moved if few of its lines have stayed, as in a short one that has got its `redirect-from`.
pub fn followed<'a>(
    config: &Config,
    mut history: Arc<History>,
    entries: impl Iterator<Item = &'a Entry>,
) -> Arc<History> {
    let moved = |entry: &&Entry| !entry.is_item && !entry.redirect_from.is_empty();
    for entry in entries.filter(moved) {
        if history.replaces(&entry.path) {
            let was = |path: &SourcePath| {
                let address = parse::address_of(config, path);
                address.is_some_and(|address| entry.redirect_from.iter().any(|old| old.value == address))
            };
            Arc::make_mut(&mut history).follow(&entry.path, was);
        }
    }
    history
}
