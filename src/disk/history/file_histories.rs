//! What is known of each file, from a log.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::log::{ChangeKind, LogCommit, LoggedChange};
use super::merges::Merges;
use crate::base::date::Day;
use crate::base::history::{Commit, FileHistory, History, ReplacedFiles};
use crate::base::path::SourcePath;

/// What is known of each file, under the name that it has now. The log is read from the newest commit to the oldest.
pub struct FileHistories<'a> {
    merges: &'a Merges,
    boundary: &'a FxHashSet<String>,
    /// Of files that are gone, too.
    files: FxHashMap<SourcePath, FileHistory>,
    /// For a file, those that are gone since the commit that has it first.
    replaced: ReplacedFiles,
    /// The name that a file has now, by the one that it has where the log is read; none before it was made.
    names: FxHashMap<SourcePath, Option<SourcePath>>,
    /// The folder into which all files of a commit were brought later, for commits that are yet to come.
    imported: FxHashMap<String, Arc<str>>,
    authors: FxHashMap<String, Arc<str>>,
}

impl<'a> FileHistories<'a> {
    /// `boundary`: the commits before which nothing is known.
    pub fn new(merges: &'a Merges, boundary: &'a FxHashSet<String>) -> FileHistories<'a> {
        FileHistories {
            merges,
            boundary,
            files: FxHashMap::default(),
            replaced: ReplacedFiles::default(),
            names: FxHashMap::default(),
            imported: FxHashMap::default(),
            authors: FxHashMap::default(),
        }
    }

    /// What is known of the files that there are in a folder, by their paths in it, and of those that are gone from it and
    /// from folders that it was before: the first of `folders` is today's.
    pub fn within(self, folders: &[String], there: &FxHashSet<SourcePath>) -> History {
        let within = |path: &SourcePath| {
            let mut paths = folders.iter().filter_map(|folder| path.as_str().strip_prefix(folder.as_str()));
            paths.next().map(SourcePath::new)
        };
        let is_there = |path: &SourcePath, within: &SourcePath| {
            let here = folders.first().and_then(|folder| path.as_str().strip_prefix(folder.as_str()));
            here.is_some() && there.contains(within)
        };
        let files = self.files.into_iter().filter_map(|(path, file)| Some((within(&path)?, path, file)));
        let (files, gone): (Vec<_>, Vec<_>) = files.partition(|(within, path, _)| is_there(path, within));
        let named = |files: Vec<(SourcePath, SourcePath, FileHistory)>| {
            files.into_iter().map(|(within, _, file)| (within, file)).collect()
        };
        let replaced = self.replaced.into_iter().filter_map(|(path, gone)| {
            let gone: Vec<SourcePath> = gone.iter().filter_map(within).collect();
            Some((within(&path)?, gone.into()))
        });
        History::new(named(files), replaced.collect()).with_gone(named(gone))
    }

    /// Takes in a commit that is older than those before, or beside them.
    pub fn add(&mut self, commit: LogCommit) {
        let merge = self.merges.get(commit.id);
        let into = self.imported.remove(commit.id);
        for (parent, id) in commit.parents.iter().enumerate() {
            let brought = merge.and_then(|merge| merge.imports.get(parent)?.as_deref());
            if let Some(folder) = nested(into.as_ref(), brought) {
                self.imported.entry((*id).to_owned()).or_insert(folder);
            }
        }
        // It is not known which of the files the end of a shallow clone has changed, nor when what has no such year.
        let day = Day::from_number(commit.time.div_euclid(86_400)).filter(|day| (1..=9999).contains(&day.year));
        let Some(day) = day.filter(|_| !self.boundary.contains(commit.id)) else { return };
        let LogCommit { id, time, author, subject, files, .. } = commit;
        let author = self.authors.entry(author).or_insert_with_key(|name| name.as_str().into()).clone();
        let (day, subject) = (written(day).into(), line(&subject, id).into());
        let commit = Arc::new(Commit { id: id.into(), time, day, author, subject });
        let of_merge = merge.into_iter().flat_map(|merge| merge.changes());
        let (mut came, mut gone) = (Vec::new(), Vec::new());
        for change in files.into_iter().chain(of_merge) {
            match change.kind {
                ChangeKind::Made => came.extend(self.name(&self.later(change.path, into.as_deref()))),
                ChangeKind::Removed => gone.push(self.later(change.path, into.as_deref())),
                ChangeKind::Changed | ChangeKind::Moved { .. } => {}
            }
            self.change(&commit, &change, into.as_deref());
        }
        if !gone.is_empty() {
            let gone: Arc<[SourcePath]> = gone.into();
            for name in came {
                self.replaced.entry(name).or_insert_with(|| gone.clone());
            }
        }
    }

    /// The name that a file has now; none if it was made after what stood there.
    fn name(&self, path: &SourcePath) -> Option<SourcePath> {
        self.names.get(path).cloned().unwrap_or_else(|| Some(path.clone()))
    }

    /// Takes in what a commit did with a file. `into`: the folder into which all its files were brought later.
    fn change(&mut self, commit: &Arc<Commit>, change: &LoggedChange, into: Option<&str>) {
        let path = self.later(change.path, into);
        let name = self.name(&path);
        // Who moves a file and leaves it as it is has not changed what it says.
        let is_as_it_was = matches!(change.kind, ChangeKind::Removed | ChangeKind::Moved { is_other: false, .. });
        if let Some(name) = name.as_ref().filter(|_| !is_as_it_was) {
            self.note(name, commit, change.kind == ChangeKind::Made);
        }
        // What stood at this name before was another file.
        match change.kind {
            ChangeKind::Made => drop(self.names.insert(path, None)),
            ChangeKind::Moved { from, .. } => {
                let before = self.later(from, into);
                self.gather(&before, name.as_ref());
                self.names.insert(path, None);
                // Where it was moved by a merge, too, that is the later move.
                if !matches!(self.names.get(&before), Some(Some(_))) {
                    self.names.insert(before, name);
                }
            }
            ChangeKind::Changed | ChangeKind::Removed => {}
        }
    }

    /// The path of a file after all files of its commit were brought into a folder. If there is no such file, for that one
    /// was made or moved there itself, it is another commit's, too, that knows nothing of the folder.
    fn later(&self, path: &str, into: Option<&str>) -> SourcePath {
        let brought = into.map(|folder| SourcePath::new(&format!("{folder}{path}")));
        let brought = brought.filter(|path| self.names.get(path) != Some(&None));
        brought.unwrap_or_else(|| SourcePath::new(path))
    }

    fn note(&mut self, name: &SourcePath, commit: &Arc<Commit>, is_made: bool) {
        let file = self.files.entry(name.clone()).or_insert_with(|| FileHistory {
            last: commit.clone(),
            first: None,
            contributors: Vec::new(),
        });
        if !file.contributors.contains(&commit.author) {
            file.contributors.push(commit.author.clone());
        }
        if is_made {
            file.first = Some(commit.day.clone());
        }
    }

    /// Gives a file what is known under its old name: another branch has changed it there since.
    fn gather(&mut self, before: &SourcePath, name: Option<&SourcePath>) {
        let Some(name) = name.filter(|_| !self.names.contains_key(before)) else { return };
        let Some(aside) = self.files.remove(before) else { return };
        let Some(file) = self.files.get_mut(name) else {
            self.files.insert(name.clone(), aside);
            return;
        };
        if aside.last.time > file.last.time {
            file.last = aside.last;
        }
        let more: Vec<_> = aside.contributors.into_iter().filter(|who| !file.contributors.contains(who)).collect();
        file.contributors.splice(0..0, more);
    }
}

/// The folder into which the files of a commit were brought, of which a folder was brought into another one.
fn nested(outer: Option<&Arc<str>>, inner: Option<&str>) -> Option<Arc<str>> {
    match (outer, inner) {
        (None, None) => None,
        (Some(outer), None) => Some(outer.clone()),
        (outer, Some(inner)) => Some(format!("{}{inner}", outer.map_or("", |outer| outer)).into()),
    }
}

/// The longest first line of a message that is shown, in characters.
const LONGEST: usize = 200;

/// The first line of a commit's message as it can be shown: without signs that steer a terminal or turn the text around,
/// and the beginning of the hash where there is none.
fn line(subject: &str, id: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let shown: String = subject.chars().filter(|c| !steers(*c)).collect();
    match shown.trim() {
        "" => id.get(..12).unwrap_or(id).to_owned(),
        shown if shown.chars().count() > LONGEST => shown.chars().take(LONGEST - 1).chain(['…']).collect(),
        shown => shown.to_owned(),
    }
}

/// `2026-05-19`.
fn written(day: Day) -> String {
    let Day { year, month, day } = day;
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of commits, the newest first: an author, a day of 1970, and what was done with which files.
    fn log(commits: &[(&str, i64, &[&str])]) -> Vec<u8> {
        let mut log = String::new();
        for (nth, (author, day, files)) in commits.iter().enumerate() {
            log += &format!("\x01{nth}\0\0{}\0{author}\0Words\0\0", day * 86_400);
            log += if files.is_empty() { "" } else { "\n" };
            log += &files.concat();
        }
        log.into_bytes()
    }

    fn known(commits: &[(&str, i64, &[&str])], boundary: &[&str], take: impl FnOnce(FileHistories)) {
        let boundary = boundary.iter().map(|id| id.to_string()).collect();
        let (log, merges) = (log(commits), Merges::default());
        let mut files = FileHistories::new(&merges, &boundary);
        super::super::log::commits(&log).for_each(|commit| files.add(commit));
        take(files);
    }

    fn told(commits: &[(&str, i64, &[&str])], boundary: &[&str]) -> Vec<String> {
        let mut told: Vec<String> = Vec::new();
        known(commits, boundary, |known| {
            told.extend(known.files.iter().map(|(path, file)| {
                let first = file.first.as_deref().unwrap_or("?");
                format!("{path} {first} {} {}", file.last.day, file.contributors.join("+"))
            }));
        });
        told.sort();
        told
    }

    #[test]
    fn a_file_may_be_what_is_gone_since_the_commit_that_has_it_first() {
        let commits: &[(&str, i64, &[&str])] = &[
            ("Cy", 4, &["R100\0b.md\0c.md\0", "D\0x.md\0"]),
            ("Bo", 3, &["M\0b.md\0", "D\0y.md\0"]),
            ("Bo", 2, &["D\0a.md\0", "A\0b.md\0", "D\0z.md\0"]),
            ("An", 1, &["A\0a.md\0", "A\0z.md\0"]),
        ];
        known(commits, &[], |known| {
            let gone = |gone: &[SourcePath]| gone.iter().map(SourcePath::as_str).collect::<Vec<_>>().join(", ");
            let told = known.replaced.iter().map(|(path, paths)| format!("{path}: {}", gone(paths)));
            assert_eq!(told.collect::<Vec<_>>(), ["c.md: a.md, z.md"]);
        });
    }

    #[test]
    fn a_file_has_a_first_and_a_last_change_under_all_its_names() {
        let commits: &[(&str, i64, &[&str])] = &[
            ("Cy", 3, &["M\0new.md\0", "A\0other.md\0"]),
            ("Bo", 2, &["R090\0old.md\0new.md\0"]),
            ("An", 1, &["M\0old.md\0"]),
            ("Bo", 0, &["A\0old.md\0"]),
        ];
        let expected = ["new.md 1970-01-01 1970-01-04 Cy+Bo+An", "other.md 1970-01-04 1970-01-04 Cy"];
        assert_eq!(told(commits, &[]), expected);
    }

    #[test]
    fn a_file_that_is_gone_is_none_that_comes_after_it() {
        let commits: &[(&str, i64, &[&str])] = &[
            ("Cy", 3, &["A\0a.md\0"]),
            ("Bo", 2, &["R100\0a.md\0b.md\0", "D\0c.md\0"]),
            ("An", 1, &["A\0a.md\0", "A\0c.md\0"]),
        ];
        let found = told(commits, &[]);
        assert_eq!(found[..2], ["a.md 1970-01-04 1970-01-04 Cy", "b.md 1970-01-02 1970-01-02 An"]);
    }

    #[test]
    fn what_a_branch_does_to_an_old_name_is_done_to_the_file() {
        let commits: &[(&str, i64, &[&str])] =
            &[("Bo", 3, &["M\0old.md\0"]), ("Cy", 2, &["R100\0old.md\0new.md\0"]), ("An", 1, &["A\0old.md\0"])];
        assert_eq!(told(commits, &[]), ["new.md 1970-01-02 1970-01-04 Bo+An"]);
    }

    #[test]
    fn a_message_is_a_line_that_can_be_shown() {
        assert_eq!(line("a \u{202e}b\u{1b}[0m ", "1"), "a b[0m");
        assert_eq!(line(" ", "0123456789abcdef"), "0123456789ab");
        assert_eq!(line(&"x".repeat(300), "1").chars().count(), LONGEST);
    }

    #[test]
    fn a_time_that_no_date_has_is_none() {
        assert!(told(&[("An", 99_999_999, &["A\0a.md\0"])], &[]).is_empty());
    }

    #[test]
    fn what_the_oldest_commit_of_a_shallow_clone_has_is_not_known() {
        let commits: &[(&str, i64, &[&str])] = &[("Bo", 2, &["M\0a.md\0"]), ("An", 1, &["A\0a.md\0", "A\0b.md\0"])];
        assert_eq!(told(commits, &["1"]), ["a.md ? 1970-01-03 Bo"]);
    }

    #[test]
    fn signs_in_names_and_commits_without_files_divide_nothing() {
        let commits: &[(&str, i64, &[&str])] = &[("A\nB", 1, &[]), ("An", 1, &["A\0a b/\n计.md\0"])];
        assert_eq!(told(commits, &[]), ["a b/\n计.md 1970-01-02 1970-01-02 An"]);
        assert!(told(&[], &[]).is_empty());
    }
}
