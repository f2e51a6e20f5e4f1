//! The log of a repository: what `git log` is asked, and how its answer is read.

use anyhow::Result;

use super::super::git::Git;

/// One pass over all commits, newest first: of each its hash, those of its parents, its time, its author as `.mailmap`
/// has him, the first line of its message, and the files that it changed, all of it divided by zero bytes. Nothing of it
/// depends on the settings of whoever asks. What merges change is another question: see `merges.rs`.
const LOG: [&str; 15] = [
    "-c",
    "log.showRoot=true",
    "-c",
    "log.follow=false",
    "-c",
    "diff.relative=false",
    "log",
    "-z",
    "--encoding=UTF-8",
    "--format=tformat:%x01%H%x00%P%x00%ct%x00%aN%x00%s%x00",
    "--name-status",
    "-M",
    "-l1000",
    "--no-diff-merges",
    "--no-show-signature",
];

/// A commit in a log.
pub struct LogCommit<'a> {
    pub id: &'a str,
    pub parents: Vec<&'a str>,
    /// When it was made, in seconds since 1970.
    pub time: i64,
    pub author: String,
    pub subject: String,
    pub files: Vec<LoggedChange<'a>>,
}

/// What a commit did with a file, by the path in the repository that the file has since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedChange<'a> {
    pub path: &'a str,
    pub kind: ChangeKind<'a>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind<'a> {
    Made,
    Changed,
    Removed,
    /// It had another path before, and has the same content if nothing else is said.
    Moved {
        from: &'a str,
        is_other: bool,
    },
}

/// The log of all commits that changed something in folders of the repository, given by their paths with `/` at the end.
/// To look for a folder in each commit costs as much as to compare it, and so the log of the whole repository is asked
/// where one of the folders is that.
pub fn read(git: &Git, folders: &[String]) -> Result<Vec<u8>> {
    let folders = pathspecs(folders);
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    git.ask(&[&LOG[..], &["--"], &folders].concat())
}

/// What restricts a question to folders of the repository; nothing if one of them is the whole.
pub fn pathspecs(folders: &[String]) -> Vec<String> {
    match folders.iter().any(String::is_empty) {
        true => Vec::new(),
        false => folders.iter().map(|folder| format!(":(top,literal){folder}")).collect(),
    }
}

/// The commits of a log, newest first.
pub fn commits(log: &[u8]) -> impl Iterator<Item = LogCommit<'_>> {
    let mut words = log.split(|byte| *byte == 0).peekable();
    std::iter::from_fn(move || {
        let id = words.by_ref().find_map(|word| word.strip_prefix(b"\x01"))?;
        let parents = utf8(words.next()?).unwrap_or_default().split(' ').filter(|id| !id.is_empty()).collect();
        let mut text = || String::from_utf8_lossy(words.next().unwrap_or_default()).into_owned();
        let (time, author, subject) = (text().parse().unwrap_or_default(), text(), text());
        let mut files = Vec::new();
        while let Some(status) = words.next_if(|word| !word.starts_with(b"\x01")) {
            let status = status.trim_ascii_start();
            let is_other = status != b"R100";
            let Some(status) = status.first() else { continue };
            let path = words.next().and_then(utf8);
            let new_path = if matches!(status, b'R' | b'C') { words.next().and_then(utf8) } else { None };
            files.extend(change(*status, path, new_path, is_other));
        }
        Some(LogCommit { id: utf8(id).unwrap_or_default(), parents, time, author, subject, files })
    })
}

/// What became of a file, by the letter of its status and the one path or the two that stand behind it; none if its name
/// is no UTF-8, for then no entry has it. `is_other`: one that was moved has other content, too.
fn change<'a>(
    status: u8,
    path: Option<&'a str>,
    new_path: Option<&'a str>,
    is_other: bool,
) -> Option<LoggedChange<'a>> {
    let kind = match status {
        b'A' | b'C' => ChangeKind::Made,
        b'D' => ChangeKind::Removed,
        b'R' => path.map_or(ChangeKind::Changed, |from| ChangeKind::Moved { from, is_other }),
        _ => ChangeKind::Changed,
    };
    let path = if matches!(status, b'R' | b'C') { new_path } else { path };
    Some(LoggedChange { path: path?, kind })
}

/// A text that is not empty.
pub fn utf8(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}
