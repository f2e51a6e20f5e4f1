//! What is known of a source once it is read.

use std::sync::Arc;

use super::entry::Entry;
use super::front_matter::BuiltEntry;
use super::reference::Reference;
use super::suppression::{self, Suppression};
use crate::base::diagnostic::Diagnostic;
use crate::base::source::Source;
use crate::base::span::Span;

/// What one source holds, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    pub entries: Vec<Arc<Entry>>,
    /// The sources that it lists, if it is the book's `sources.yaml`.
    pub cited: Vec<Reference>,
    pub problems: Vec<Diagnostic>,
    /// What is wrong with drafts, which nobody is told before they are built.
    pub draft_problems: Vec<Diagnostic>,
    /// The findings that its author does not want to be told, and why.
    pub excuses: Vec<Suppression>,
    /// Whether it is known from an earlier run of the program.
    pub is_recalled: bool,
}

impl Parsed {
    pub fn add(&mut self, source: &Source, understood: BuiltEntry) {
        let BuiltEntry { entry, problems, comments } = understood;
        self.excuse(source, comments);
        match entry.draft && !entry.unread {
            true => self.draft_problems.extend(problems),
            false => self.problems.extend(problems),
        }
        self.entries.push(Arc::new(entry));
    }

    /// Adds the excuses among comments.
    pub fn excuse(&mut self, source: &Source, comments: Vec<Span>) {
        for span in comments {
            self.excuses.extend(suppression::within(source, span));
        }
        // Of a text that YAML folds each comment has the place of all.
        self.excuses.sort_by_key(|excuse| excuse.span);
        self.excuses.dedup_by_key(|excuse| excuse.span);
    }
}
