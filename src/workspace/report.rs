//! What is asked of a workspace, and what it tells.

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::timings::Progress;
use crate::base::date::Day;
use crate::base::diagnostic::{Diagnostic, Severity, Telling};
use crate::base::path::SourcePath;
use crate::base::source::SourceText;
use crate::config::Purpose;
use crate::disk::Skipped;

/// What a build is asked for besides its book.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The output folder, in the place of the one that the book names.
    pub out: Option<PathBuf>,
    /// The names of the outputs that are made; none for all.
    pub only: Vec<String>,
    /// What the texts of the book are read for.
    pub purpose: Purpose,
    /// Drafts are entries like others.
    pub drafts: bool,
    /// The site is made in spite of errors.
    pub keep_going: bool,
    /// Warnings count as errors.
    pub strict: bool,
    /// The day of the build, for what is due by then.
    pub today: Option<Day>,
    /// It is a version that is compared with another: what not all versions can tell of, when entries were changed and with
    /// which fonts images are drawn, is not asked.
    pub is_compared: bool,
    /// What is made is kept for the next run, and what was kept is used.
    pub cache: bool,
    /// The revision of git that the site shows what is other than in, for a preview.
    pub compare: Option<String>,
    /// Where somebody sees how far it is.
    pub progress: Arc<Progress>,
}

impl Options {
    /// Whether the book is compared with another version of itself, or shows what is other than in one.
    pub fn is_one_of_two(&self) -> bool {
        self.is_compared || self.compare.is_some()
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How many entries and how many links from one to another were read.
    pub read: (usize, usize),
    /// Everything that is wrong, in the order of files and places.
    pub problems: Vec<Diagnostic>,
    /// The files that the problems speak of.
    pub texts: FxHashMap<SourcePath, SourceText>,
    /// The files of the entries that are not published because it cannot be read whether they are drafts.
    pub held: Vec<SourcePath>,
    /// The outputs that were asked for and have no files, since the book does not say where on the web it will
    /// stand, or since a preview does not stand there.
    pub unaddressed: Vec<&'static str>,
    /// Folders among the entries that were not read.
    pub skipped: Vec<Skipped>,
    /// The folder of the entries.
    pub src: PathBuf,
    /// The output folder.
    pub out: PathBuf,
}

impl Report {
    /// How many errors and how many warnings there are.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        (errors, self.problems.len() - errors)
    }

    /// How many of the warnings a build counts and no more.
    pub fn counted(&self) -> usize {
        let is_counted = |problem: &&Diagnostic| {
            problem.severity == Severity::Warning && matches!(problem.telling, Telling::Counted(_))
        };
        self.problems.iter().filter(is_counted).count()
    }

    pub fn has_errors(&self) -> bool {
        self.counts().0 > 0
    }

    /// Nothing more will be found: puts the findings in order.
    pub(super) fn finish(&mut self, options: &Options) {
        if options.strict {
            self.problems.iter_mut().for_each(|problem| problem.severity = Severity::Error);
        }
        self.problems.sort_by(|a, b| a.order().cmp(&b.order()));
    }

    /// The files that any of the problems speaks of.
    pub(super) fn files(&self) -> impl Iterator<Item = &SourcePath> {
        self.problems.iter().flat_map(Diagnostic::places).map(|place| &place.path)
    }
}
