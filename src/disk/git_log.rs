//! What `git log` knows of the files of a book.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use rustc_hash::{FxHashMap, FxHashSet};

use super::git::Git;
use crate::base::date::Day;
use crate::base::history::{Commit, FileHistory, History, ReplacedFiles};
use crate::base::path::SourcePath;

/// One pass over all commits, newest first: of each its hash, its time, its author as `.mailmap`
/// has him, the first line of its message, and the files that it changed, all of it divided by zero bytes. Nothing of it
/// depends on the settings of whoever asks.
const LOG: [&str; 12] = [
    "-c",
    "log.showRoot=true",
    "log",
    "-z",
    "--encoding=UTF-8",
    "--format=tformat:%x01%H%x00%ct%x00%aN%x00%s%x00",
    "--name-status",
    "-M",
    "-l1000",
    "--no-diff-merges",
    "--no-show-signature",
    "--relative",
];

/// What git knows of the files in a folder, as its last commit has them.
#[derive(Debug, Default)]
pub struct CommittedHistory {
    /// The hash of that commit.
    pub head: String,
    pub history: Arc<History>,
    /// Whether the clone has only the last commits, so that nothing is known of files that were changed before.
    pub is_shallow: bool,
}

/// The last commit of the repository around a folder.
///
/// Errors: there is no git, no repository, or no commit in it.
pub fn head_commit(folder: &Path) -> Result<String> {
    let head = Git::around(folder)?.ask(&["rev-parse", "--verify", "HEAD"]);
    let id = head.map_err(|_| anyhow!("nothing has been committed yet"))?;
    Ok(String::from_utf8_lossy(&id).trim().to_owned())
}

/// What git knows of all files in a folder.
///
/// Errors: there is no git, no repository, or no commit in it.
pub fn committed_history(folder: &Path) -> Result<CommittedHistory> {
    let (git, head) = (Git::around(folder)?, head_commit(folder)?);
    // To look for the folder in each commit costs as much as to compare it, where it is the whole repository.
    let is_part = !git.ask(&["rev-parse", "--show-prefix"])?.trim_ascii().is_empty();
    let folder_alone: &[&str] = if is_part { &["--", "."] } else { &[] };
    let (log, boundary) = rayon::join(|| git.ask(&[&LOG[..], folder_alone].concat()), || boundary(&git, folder));
    let (log, boundary) = (log?, boundary?);
    let (files, replaced) = files_of(&log, &boundary);
    let history = Arc::new(History::new(files, replaced));
    Ok(CommittedHistory { head, history, is_shallow: !boundary.is_empty() })
}

/// The files in a folder that are other on disk than in the last commit.
///
/// Errors: there is no git, no repository, or no commit in it.
pub fn changed_files(folder: &Path) -> Result<Vec<SourcePath>> {
    let git = Git::around(folder)?;
    let listed =
        git.ask(&["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", "HEAD", "--", "."])?;
    Ok(listed.split(|byte| *byte == 0).filter_map(path_of).collect())
}

/// The commits before which a shallow clone knows nothing: it takes all that was there for made by them. Git counts the
/// first of all commits among them if the clone goes back so far; that one has no parent.
fn boundary(git: &Git, folder: &Path) -> Result<FxHashSet<String>> {
    let file = git.ask(&["rev-parse", "--git-path", "shallow"])?;
    let file = folder.join(String::from_utf8_lossy(&file).trim());
    let listed = std::fs::read_to_string(file).unwrap_or_default();
    let ids: Vec<&str> = listed.lines().collect();
    let mut boundary = FxHashSet::default();
    git.contents(&ids, |place, commit| {
        let has_parent = commit.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"parent "));
        boundary.extend(has_parent.then(|| ids[place].to_owned()));
        Ok(())
    })?;
    Ok(boundary)
}

fn path_of(bytes: &[u8]) -> Option<SourcePath> {
    std::str::from_utf8(bytes).ok().filter(|path| !path.is_empty()).map(SourcePath::new)
}

/// What is known of each file, under the name that it has now, of a log as [`LOG`] asks for it; and which files are gone
/// since the commit that has it first.
fn files_of(log: &[u8], boundary: &FxHashSet<String>) -> (FxHashMap<SourcePath, FileHistory>, ReplacedFiles) {
    let mut files: FxHashMap<SourcePath, FileHistory> = FxHashMap::default();
    let mut replaced = ReplacedFiles::default();
    // The name that a file has now, by the one that it has where the log is read; none before it was made.
    let mut names: FxHashMap<SourcePath, Option<SourcePath>> = FxHashMap::default();
    let mut authors: FxHashMap<String, Arc<str>> = FxHashMap::default();
    let mut words = log.split(|byte| *byte == 0).peekable();
    while let Some(word) = words.next() {
        let Some(id) = word.strip_prefix(b"\x01") else { continue };
        let mut text = || String::from_utf8_lossy(words.next().unwrap_or_default()).into_owned();
        let (time, author, subject) = (text().parse::<i64>().unwrap_or_default(), text(), text());
        let author = authors.entry(author).or_insert_with_key(|name| name.as_str().into()).clone();
        let id = String::from_utf8_lossy(id).into_owned();
        let day = Day::from_number(time.div_euclid(86_400)).filter(|day| (1..=9999).contains(&day.year)).map(day);
        // It is not known which of the files the end of a shallow clone has changed, nor when what has no such year.
        let is_known = !boundary.contains(&id) && day.is_some();
        let day: Box<str> = day.unwrap_or_default().into();
        let subject = line(&subject, &id).into();
        let commit = Arc::new(Commit { id: id.into(), time, day, author, subject });
        let (mut came, mut gone) = (Vec::new(), Vec::new());
        while let Some(status) = words.next_if(|word| !word.starts_with(b"\x01")) {
            let Some(status) = status.trim_ascii_start().first() else { continue };
            let before = path_of(words.next().unwrap_or_default());
            let after = if matches!(status, b'R' | b'C') { path_of(words.next().unwrap_or_default()) } else { None };
            let (Some(before), true) = (before, is_known) else { continue };
            let path = after.as_ref().unwrap_or(&before);
            let name = names.get(path).cloned().unwrap_or_else(|| Some(path.clone()));
            if let (Some(name), true) = (&name, *status != b'D') {
                let file = files.entry(name.clone()).or_insert_with(|| FileHistory {
                    last: commit.clone(),
                    first: None,
                    contributors: Vec::new(),
                });
                if !file.contributors.contains(&commit.author) {
                    file.contributors.push(commit.author.clone());
                }
                if matches!(status, b'A' | b'C') {
                    file.first = Some(commit.day.clone());
                }
            }
            // What stood at this name before was another file.
            match status {
                b'D' => gone.push(before),
                b'R' => {
                    // Another branch has changed it under its old name since.
                    if !names.contains_key(&before)
                        && let Some(name) = &name
                        && let Some(aside) = files.remove(&before)
                    {
                        fold(&mut files, name, aside);
                    }
                    names.insert(path.clone(), None);
                    names.insert(before, name);
                }
                b'A' | b'C' => {
                    names.insert(path.clone(), None);
                    came.extend(name);
                }
                _ => {}
            }
        }
        if !gone.is_empty() {
            let gone: Arc<[SourcePath]> = gone.into();
            for name in came {
                replaced.entry(name).or_insert_with(|| gone.clone());
            }
        }
    }
    (files, replaced)
}

/// Adds what is known of a file under another name.
fn fold(files: &mut FxHashMap<SourcePath, FileHistory>, name: &SourcePath, aside: FileHistory) {
    let Some(file) = files.get_mut(name) else { return };
    if aside.last.time > file.last.time {
        file.last = aside.last;
    }
    let more: Vec<_> = aside.contributors.into_iter().filter(|who| !file.contributors.contains(who)).collect();
    file.contributors.splice(0..0, more);
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
fn day(day: Day) -> String {
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
            log += &format!("\x01{nth}\0{}\0{author}\0Words\0\0", day * 86_400);
            log += if files.is_empty() { "" } else { "\n" };
            log += &files.concat();
        }
        log.into_bytes()
    }

    fn told(commits: &[(&str, i64, &[&str])], boundary: &[&str]) -> Vec<String> {
        let boundary = boundary.iter().map(|id| id.to_string()).collect();
        let (files, _) = files_of(&log(commits), &boundary);
        let mut told: Vec<String> = files
            .iter()
            .map(|(path, file)| {
                let first = file.first.as_deref().unwrap_or("?");
                format!("{path} {first} {} {}", file.last.day, file.contributors.join("+"))
            })
            .collect();
        told.sort();
        told
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
        assert_eq!(found[..2], ["a.md 1970-01-04 1970-01-04 Cy", "b.md 1970-01-02 1970-01-03 Bo+An"]);
    }

    #[test]
    fn what_a_branch_does_to_an_old_name_is_done_to_the_file() {
        let commits: &[(&str, i64, &[&str])] =
            &[("Bo", 3, &["M\0old.md\0"]), ("Cy", 2, &["R100\0old.md\0new.md\0"]), ("An", 1, &["A\0old.md\0"])];
        assert_eq!(told(commits, &[]), ["new.md 1970-01-02 1970-01-04 Bo+Cy+An"]);
    }

    #[test]
    fn a_file_may_be_what_is_gone_since_the_commit_that_has_it_first() {
        let commits: &[(&str, i64, &[&str])] = &[
            ("Cy", 4, &["R100\0b.md\0c.md\0", "D\0x.md\0"]),
            ("Bo", 3, &["M\0b.md\0", "D\0y.md\0"]),
            ("Bo", 2, &["D\0a.md\0", "A\0b.md\0", "D\0z.md\0"]),
            ("An", 1, &["A\0a.md\0", "A\0z.md\0"]),
        ];
        let (_, replaced) = files_of(&log(commits), &FxHashSet::default());
        let told: Vec<String> = replaced
            .iter()
            .map(|(path, gone)| {
                format!("{path}: {}", gone.iter().map(SourcePath::as_str).collect::<Vec<_>>().join(", "))
            })
            .collect();
        assert_eq!(told, ["c.md: a.md, z.md"]);
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
