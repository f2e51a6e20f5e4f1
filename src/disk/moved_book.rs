//! In which folder of a repository a book stood before it was moved.

use super::git::Git;

/// The file that a book is known by.
pub const CONFIG: &str = "book.toml";

/// The files of that name, in all folders of a repository.
const CONFIGS: &str = ":(top,glob)**/book.toml";

/// What git is asked to compare two trees by names alone. Files of one name among themselves are few, and so any of them
/// may be one that was moved.
const NAMES: [&str; 6] = ["--no-ext-diff", "--no-relative", "--name-status", "-z", "-M", "-r"];

/// The folder from which a commit moved a book into `folder`; none if it moved none there. Folders have `/` at the end.
pub fn before_commit(git: &Git, commit: &str, folder: &str) -> Option<String> {
    let told = git.ask(&[&["diff-tree", "--no-commit-id"], &NAMES[..], &[commit, "--", CONFIGS]].concat()).ok()?;
    moved(&told, folder)
}

/// Reads where a book came from that was moved into a folder, of a list of changes by name: `R100`, the path that a file
/// had, and the one that it has.
fn moved(told: &[u8], folder: &str) -> Option<String> {
    let to = format!("{folder}{CONFIG}");
    let mut words = told.split(|byte| *byte == 0);
    while let Some(status) = words.next() {
        let path = words.next()?;
        if status.starts_with(b"R") && words.next()? == to.as_bytes() {
            return std::str::from_utf8(path).ok()?.strip_suffix(CONFIG).map(str::to_owned);
        }
    }
    None
}
