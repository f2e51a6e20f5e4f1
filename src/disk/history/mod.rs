//! What git knows of the files of a book.

mod file_histories;
mod log;
mod merges;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use rustc_hash::FxHashSet;

use super::git::Git;
use super::moved_book;
use crate::base::history::History;
use crate::base::path::SourcePath;
use file_histories::FileHistories;
use log::{ChangeKind, LoggedChange};
use merges::Merges;

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

/// What git knows of all files in a folder, and of what stood in folders that it was moved from.
///
/// Errors: there is no git, no repository, or no commit in it.
pub fn committed_history(folder: &Path) -> Result<CommittedHistory> {
    let (git, head) = (Git::around(folder)?, head_commit(folder)?);
    let here = git.prefix()?;
    let (recorded, boundary) = beside(|| Recorded::read(&git, std::slice::from_ref(&here)), || boundary(&git, folder));
    let (mut recorded, boundary) = (recorded?, boundary?);
    let folders = folders(&git, &here, &recorded);
    if folders.len() > 1 {
        recorded = Recorded::read(&git, &folders)?;
    }
    let mut files = FileHistories::new(&recorded.merges, &boundary);
    log::commits(&recorded.log).for_each(|commit| files.add(commit));
    // A file that is not committed may stand where one stood that is gone.
    let there = git.ask(&["ls-tree", "-r", "-z", "--name-only", "HEAD"])?;
    let history = Arc::new(files.within(&folders, &paths(&there).collect()));
    Ok(CommittedHistory { head, history, is_shallow: !boundary.is_empty() })
}

/// What is recorded of folders of a repository.
struct Recorded {
    log: Vec<u8>,
    merges: Merges,
}

impl Recorded {
    /// Errors: git fails.
    fn read(git: &Git, folders: &[String]) -> Result<Recorded> {
        let (log, merges) = beside(|| log::read(git, folders), || Merges::read(git, folders));
        Ok(Recorded { log: log?, merges: merges? })
    }

    /// The commit that made a file, the newest one if there are several.
    fn made(&self, path: &str) -> Option<&str> {
        let is_made = |change: &LoggedChange| change.path == path && change.kind == ChangeKind::Made;
        log::commits(&self.log).find_map(|commit| commit.files.iter().any(is_made).then_some(commit.id))
    }
}

/// The folders that a book has stood in, from today's back; the whole repository, which is "", where what it holds came
/// from outside of them.
fn folders(git: &Git, here: &str, recorded: &Recorded) -> Vec<String> {
    let mut folders = vec![here.to_owned()];
    let made = |folder: &str, since: &str| {
        let path = format!(":(top,literal){folder}{}", moved_book::CONFIG);
        let asked = ["log", "-1", "--diff-filter=A", "--no-renames", "--format=%H", since, "--", &path];
        git.ask(&asked).map(|id| String::from_utf8_lossy(&id).trim().to_owned()).ok()
    };
    let mut commit = recorded.made(&format!("{here}{}", moved_book::CONFIG)).map(str::to_owned);
    while let Some(id) = commit.filter(|id| !id.is_empty()) {
        let before = folders.last().and_then(|folder| moved_book::before_commit(git, &id, folder));
        let Some(before) = before.filter(|before| !folders.contains(before)) else { break };
        commit = made(&before, &format!("{id}^"));
        folders.push(before);
    }
    if recorded.merges.bring_into(&folders) {
        folders.push(String::new());
    }
    folders
}

/// Two answers of git, each awaited by a thread of its own: those of the pool have other work.
fn beside<A, B: Send>(one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        (one, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// The files in a folder that are other on disk than in the last commit.
///
/// Errors: there is no git, no repository, or no commit in it.
pub fn changed_files(folder: &Path) -> Result<Vec<SourcePath>> {
    let git = Git::around(folder)?;
    let listed =
        git.ask(&["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", "HEAD", "--", "."])?;
    Ok(paths(&listed).collect())
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

/// The paths in a list of git's, but for those that are no UTF-8.
fn paths(listed: &[u8]) -> impl Iterator<Item = SourcePath> {
    listed.split(|byte| *byte == 0).filter_map(log::utf8).map(SourcePath::new)
}
