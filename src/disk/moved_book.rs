//! In which folder of a repository a book stood before it was moved.

use super::git::Git;

/// The file that a book is known by.
pub const CONFIG: &str = "book.toml";

/// The files of that name, in all folders of a repository.
const CONFIGS: &str = ":(top,glob)**/book.toml";

/// How two trees are compared: by names alone. Files of one name among themselves are few, and so git looks for moves among
/// all of them.
const NAMES: [&str; 5] = ["--no-ext-diff", "--name-status", "-z", "-M", "-r"];

/// The folder from which a commit moved a book into `folder`; none if it moved none there. Folders have `/` at the end.
pub fn before_commit(git: &Git, commit: &str, folder: &str) -> Option<String> {
    let told = git.ask(&[&["diff-tree", "--no-commit-id"], &NAMES[..], &[commit, "--", CONFIGS]].concat()).ok()?;
    MovedConfigs::read(&told, folder).from
}

/// The folder in which the book of a folder stood in a revision, if it was another one: the one that its `book.toml` was
/// moved from, or else of the only one that has a `book.toml` then and has none on disk.
pub fn in_revision(git: &Git, id: &str) -> Option<String> {
    let here = git.prefix().ok()?;
    let was_here = || git.ask(&["cat-file", "-e", &format!("{id}:{here}{CONFIG}")]).is_ok();
    if !git.folder().join(CONFIG).is_file() || was_here() {
        return None;
    }
    let asked = [&["-c", "diff.relative=false", "diff"], &NAMES[..], &[id, "--", CONFIGS]].concat();
    let MovedConfigs { from, mut gone } = MovedConfigs::read(&git.ask(&asked).ok()?, &here);
    from.or_else(|| gone.pop().filter(|_| gone.is_empty()))
}

/// What became of the files `book.toml` of a repository, by their folders.
#[derive(Default)]
struct MovedConfigs {
    /// Where the one was that stands in the folder in question.
    from: Option<String>,
    /// Where none is any more.
    gone: Vec<String>,
}

impl MovedConfigs {
    /// Reads a list of changes by name: `R100`, the path that a file had, and the one that it has; `D` and its path.
    fn read(told: &[u8], folder: &str) -> MovedConfigs {
        let to = format!("{folder}{CONFIG}");
        let mut configs = MovedConfigs::default();
        let mut words = told.split(|byte| *byte == 0);
        while let (Some(status), Some(path)) = (words.next(), words.next()) {
            let from = std::str::from_utf8(path).ok().and_then(|path| path.strip_suffix(CONFIG)).map(str::to_owned);
            match status.first() {
                Some(b'R') if words.next() == Some(to.as_bytes()) => configs.from = from,
                Some(b'D') => configs.gone.extend(from),
                _ => {}
            }
        }
        configs
    }
}
