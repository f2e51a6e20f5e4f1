//! The files of a revision, in a folder of their own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::git::Git;
use super::revision::Revision;
use super::root::folder_name;
use crate::base::opened::{Opened, opened};

/// A book as it was in a revision. The folder goes when this does.
///
/// What belongs to a book is found by a walk through folders with many rules: templates of a vault, what programs made,
/// outputs. A folder is walked by the same rules as the book itself, and so no difference comes from how it was read.
pub struct Checkout {
    temp: TempDir,
    book: PathBuf,
}

/// A file of a revision, by its path in the book. `text` is that path as it is told, and `path` the one on disk, which need
/// be no UTF-8.
struct TreeFile {
    path: PathBuf,
    text: String,
    id: String,
    is_link: bool,
}

impl Checkout {
    /// The book in `root` as it was in a revision; an empty one if it was not there. Pictures, films and the like are
    /// there by their names alone: nothing that is told of a book depends on what stands in them.
    ///
    /// Errors: git does not have it, or the disk refuses.
    pub fn of(git: &Git, revision: &Revision, root: &Path) -> Result<Checkout> {
        let temp = tempfile::Builder::new().prefix("dossier-").tempdir().context("cannot make a temporary folder")?;
        // A book without a title is called as its folder.
        let name = Some(folder_name(root)).filter(|name| !name.is_empty()).unwrap_or_else(|| "book".to_owned());
        let checkout = Checkout { book: temp.path().join(name), temp };
        fs::create_dir(&checkout.book).context("cannot make a temporary folder")?;
        let listed = match &revision.folder {
            Some(folder) => {
                let tree = format!("{}:{}", revision.id, folder.trim_end_matches('/'));
                git.ask(&["ls-tree", "-r", "-z", "--full-tree", &tree])?
            }
            None => git.ask(&["ls-tree", "-r", "-z", &revision.id])?,
        };
        let files: Vec<TreeFile> = listed.split(|byte| *byte == 0).filter_map(TreeFile::read).collect();
        let (read, named): (Vec<_>, Vec<_>) = files.into_iter().partition(TreeFile::is_read);
        named.iter().try_for_each(|file| checkout.put(file, &[]))?;
        let ids: Vec<&str> = read.iter().map(|file| file.id.as_str()).collect();
        let mut links = Vec::new();
        git.contents(&ids, |place, bytes| {
            let file = &read[place];
            if file.is_link {
                links.push((file, bytes));
                return Ok(());
            }
            checkout.put(file, &bytes)
        })?;
        // When they stand last, no file is written through one.
        links.iter().try_for_each(|(file, target)| checkout.link(file, target))?;
        Ok(checkout)
    }

    /// The folder of the book.
    pub fn book(&self) -> &Path {
        &self.book
    }

    fn put(&self, file: &TreeFile, bytes: &[u8]) -> Result<()> {
        let path = self.book.join(&file.path);
        let write = || {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(&path, bytes)
        };
        write().with_context(|| format!("cannot write {} into {}", file.text, self.temp.path().display()))
    }

    /// Makes a symbolic link, unless it leads out of the book.
    #[cfg(unix)]
    fn link(&self, file: &TreeFile, target: &[u8]) -> Result<()> {
        let Ok(target) = std::str::from_utf8(target) else { return Ok(()) };
        let folder = file.text.rsplit_once('/').map_or("", |(folder, _)| folder);
        if target.starts_with('/') || crate::base::path::normalize(&format!("{folder}/{target}")).is_none() {
            return Ok(());
        }
        let path = self.book.join(&file.path);
        let link = || {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            std::os::unix::fs::symlink(target, &path)
        };
        link().with_context(|| format!("cannot make the link {} in {}", file.text, self.temp.path().display()))
    }

    /// Links are left out where not everybody may make them.
    #[cfg(not(unix))]
    fn link(&self, _: &TreeFile, _: &[u8]) -> Result<()> {
        Ok(())
    }
}

impl TreeFile {
    /// Reads `100644 blob 8d26fd4…<tab>path`; none of a submodule, and of a name that is none on this system.
    fn read(line: &[u8]) -> Option<TreeFile> {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let (head, bytes) = (std::str::from_utf8(&line[..tab]).ok()?, &line[tab + 1..]);
        let (path, text) = (on_disk(bytes)?, String::from_utf8_lossy(bytes).into_owned());
        let mut head = head.split(' ');
        let (mode, kind, id) = (head.next()?, head.next()?, head.next()?);
        let is_fit = |part: &str| {
            let is_own = !matches!(part, "" | "." | "..") && !part.eq_ignore_ascii_case(".git");
            is_own && !(cfg!(windows) && part.contains(['\\', ':']))
        };
        let is_file = kind == "blob" && text.split('/').all(is_fit);
        is_file.then(|| TreeFile { path, text, id: id.to_owned(), is_link: mode == "120000" })
    }

    /// Whether it matters what stands in it.
    fn is_read(&self) -> bool {
        let name = self.text.rsplit('/').next().unwrap_or("");
        // By what stands in JSON a walk knows outputs and the templates of a vault, and styles belong to themes.
        let is_needed = [".json", ".css"].iter().any(|ending| name.ends_with(ending));
        self.is_link || is_needed || opened(name) != Opened::Inert
    }
}

/// A path as git has it, for the disk.
#[cfg(unix)]
fn on_disk(path: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Some(std::ffi::OsStr::from_bytes(path).into())
}

/// Names are texts where the system has no others.
#[cfg(not(unix))]
fn on_disk(path: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(path).ok().map(PathBuf::from)
}
