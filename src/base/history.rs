//! What a version control system knows of the files of a book.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::path::SourcePath;

/// When files were changed, and by whom. Nothing is known of a file that is other on disk than in the last commit, or not
/// in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    files: FxHashMap<SourcePath, FileHistory>,
}

/// What is known of one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileHistory {
    /// The commit that changed it last.
    pub last: Arc<Commit>,
    /// The day of the first commit that has it, under any name; none if the history does not go back so far.
    pub first: Option<Box<str>>,
    /// Who changed it, the last one first.
    pub contributors: Vec<Arc<str>>,
}

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Commit {
    /// Its hash.
    pub id: Box<str>,
    /// When it was made, in seconds since 1970.
    pub time: i64,
    /// The day of that in UTC, `2026-05-19`.
    pub day: Box<str>,
    pub author: Arc<str>,
    /// The first line of its message.
    pub subject: Box<str>,
}

impl Commit {
    /// When it was made, `2026-05-19T13:07:00Z` (RFC 3339).
    pub fn rfc3339(&self) -> String {
        let seconds = self.time.rem_euclid(86_400);
        format!("{}T{:02}:{:02}:{:02}Z", self.day, seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

impl History {
    pub fn new(files: FxHashMap<SourcePath, FileHistory>) -> History {
        History { files }
    }

    /// What is known of a file.
    pub fn of(&self, path: &SourcePath) -> Option<&FileHistory> {
        self.files.get(path)
    }

    /// Whether nothing is known at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The same without what is known of some files.
    pub fn without(&self, files: &[SourcePath]) -> History {
        let mut rest = self.clone();
        files.iter().for_each(|path| drop(rest.files.remove(path)));
        rest
    }
}
