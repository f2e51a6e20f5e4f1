//! What a version control system knows of the files of a book.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::path::SourcePath;

/// When files were changed, and by whom. Nothing is known of a file that is other on disk than in the last commit, or not
/// in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    files: FxHashMap<SourcePath, FileHistory>,
    replaced: ReplacedFiles,
    /// What is known of files that are gone.
    gone: FxHashMap<SourcePath, FileHistory>,
}

/// For a file, those that are gone since the commit that has it first: one of them may be what it was before.
pub type ReplacedFiles = FxHashMap<SourcePath, Arc<[SourcePath]>>;

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
    pub fn new(files: FxHashMap<SourcePath, FileHistory>, replaced: ReplacedFiles) -> History {
        History { files, replaced, gone: FxHashMap::default() }
    }

    /// The same with what is known of files that are gone: what files may have been before.
    pub fn with_gone(self, gone: FxHashMap<SourcePath, FileHistory>) -> History {
        History { gone, ..self }
    }

    /// What is known of a file.
    pub fn of(&self, path: &SourcePath) -> Option<&FileHistory> {
        self.files.get(path)
    }

    /// Whether nothing is known at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether a file may be one of those that are gone since the commit that has it first.
    pub fn replaces(&self, path: &SourcePath) -> bool {
        self.replaced.contains_key(path)
    }

    /// Adds to what is known of a file what is known of those that it was before. `was` says of which it was.
    pub fn follow(&mut self, path: &SourcePath, was: impl Fn(&SourcePath) -> bool) {
        let mut origins: Vec<&SourcePath> = Vec::new();
        let mut now = path;
        while let Some(before) = self.replaced.get(now).and_then(|gone| gone.iter().find(|gone| was(gone))) {
            // Back and forth.
            if before == path || origins.contains(&before) {
                break;
            }
            origins.push(before);
            now = before;
        }
        let known = |path| self.gone.get(path).or_else(|| self.files.get(path));
        let origins: Vec<FileHistory> = origins.into_iter().filter_map(known).cloned().collect();
        let Some(file) = self.files.get_mut(path) else { return };
        for origin in origins {
            file.first = origin.first;
            let more = origin.contributors.into_iter().filter(|who| !file.contributors.contains(who));
            file.contributors.extend(more.collect::<Vec<_>>());
        }
    }

    /// The same without what is known of some files.
    pub fn without(&self, files: &[SourcePath]) -> History {
        let mut rest = self.clone();
        files.iter().for_each(|path| drop(rest.files.remove(path)));
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(day: &str, contributors: &[&str]) -> FileHistory {
        let commit = Commit { id: day.into(), time: 0, day: day.into(), author: "An".into(), subject: "Words".into() };
        let contributors = contributors.iter().map(|who| (*who).into()).collect();
        FileHistory { last: commit.into(), first: Some(day.into()), contributors }
    }

    #[test]
    fn a_file_is_followed_to_what_it_was_before_and_no_further() {
        let path = SourcePath::new;
        let files = [("c.md", "2026-01-03"), ("b.md", "2026-01-02"), ("a.md", "2026-01-01")];
        let files = files.into_iter().map(|(name, day)| (path(name), file(day, &["An", name])));
        let gone = |names: &[&str]| names.iter().map(|name| path(name)).collect::<Arc<[SourcePath]>>();
        let replaced = [(path("c.md"), gone(&["x.md", "b.md"])), (path("b.md"), gone(&["a.md"]))];
        let known = History::new(files.collect(), replaced.into_iter().collect());
        let followed = |was: &[&str]| {
            let mut history = known.clone();
            history.follow(&path("c.md"), |path| was.contains(&path.as_str()));
            let file = history.of(&path("c.md")).expect("a file");
            format!("{} {} {}", file.first.as_deref().unwrap_or("?"), file.last.day, file.contributors.join("+"))
        };
        assert_eq!(followed(&[]), "2026-01-03 2026-01-03 An+c.md");
        assert_eq!(followed(&["b.md"]), "2026-01-02 2026-01-03 An+c.md+b.md");
        assert_eq!(followed(&["a.md", "b.md"]), "2026-01-01 2026-01-03 An+c.md+b.md+a.md");
        assert_eq!(followed(&["a.md"]), followed(&[]), "one that something else came between");
    }

    #[test]
    fn a_file_that_went_and_came_back_is_followed_once() {
        let path = SourcePath::new;
        let files = [(path("a.md"), file("2026-01-03", &[])), (path("b.md"), file("2026-01-02", &[]))];
        let replaced: [(SourcePath, Arc<[SourcePath]>); 2] =
            [(path("a.md"), [path("b.md")].into()), (path("b.md"), [path("a.md")].into())];
        let mut history = History::new(files.into_iter().collect(), replaced.into_iter().collect());
        history.follow(&path("a.md"), |_| true);
        assert_eq!(history.of(&path("a.md")).and_then(|file| file.first.as_deref()), Some("2026-01-02"));
    }
}
