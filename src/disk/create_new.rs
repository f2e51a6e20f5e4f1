//! Writing files that must not be there yet: all of them or none.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Writes texts by their paths in `root`, and makes the folders that they need, `root` among them.
///
/// Errors: something stands where a file or a folder of it should; nothing is written then. A file cannot be written;
/// what was written before is taken away again.
pub fn create(root: &Path, files: &[(String, String)]) -> Result<()> {
    let mut taken: Vec<String> = files.iter().filter_map(|(path, _)| in_the_way(root, path)).collect();
    // Several files may want the same folder.
    taken.dedup();
    if !taken.is_empty() {
        let are = if taken.len() == 1 { "is" } else { "are" };
        bail!("{} {are} there already, and nothing is overwritten", taken.join(", "));
    }
    let mut made = Made::default();
    match files.iter().try_for_each(|(path, text)| made.file(&root.join(path), text)) {
        Ok(()) => Ok(()),
        Err(error) => {
            made.undo();
            Err(error)
        }
    }
}

/// What stands where the file at `path` should, or in the place of one of its folders.
fn in_the_way(root: &Path, path: &str) -> Option<String> {
    let file = root.join(path);
    let shown = |path: &Path| path.strip_prefix(".").unwrap_or(path).display().to_string();
    // A link that leads nowhere is something, too.
    if file.symlink_metadata().is_ok() {
        return Some(shown(&file));
    }
    let folder = file.ancestors().skip(1).find(|folder| folder.symlink_metadata().is_ok())?;
    (!folder.is_dir()).then(|| shown(folder))
}

/// What was made so far, in order.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn file(&mut self, file: &Path, text: &str) -> Result<()> {
        let cannot = || format!("cannot write {}", file.display());
        let folders: Vec<&Path> = file.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
        for folder in folders.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir(folder).with_context(cannot)?;
            self.folders.push(folder.to_owned());
        }
        let mut written = OpenOptions::new().write(true).create_new(true).open(file).with_context(cannot)?;
        self.files.push(file.to_owned());
        written.write_all(text.as_bytes()).with_context(cannot)
    }

    /// Takes away what was made. What cannot be taken away stays, for the first error says more.
    fn undo(&self) {
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Vec<(String, String)> {
        paths.iter().map(|path| ((*path).to_owned(), format!("{path}\n"))).collect()
    }

    /// All that a folder holds, sorted, folders with a slash.
    fn held(dir: &Path) -> String {
        let items = walkdir::WalkDir::new(dir).min_depth(1).sort_by_file_name().into_iter().flatten();
        let shown = |item: walkdir::DirEntry| {
            let slash = if item.file_type().is_dir() { "/" } else { "" };
            format!("{}{slash}", item.path().strip_prefix(dir).unwrap().display())
        };
        items.map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn files_are_written_with_their_folders() {
        let dir = tempfile::tempdir().unwrap();
        create(&dir.path().join("deep/book"), &files(&["a.md", "b/c/d.md", "b/e.md"])).unwrap();
        assert_eq!(
            held(dir.path()),
            "deep/ deep/book/ deep/book/a.md deep/book/b/ deep/book/b/c/ deep/book/b/c/d.md deep/book/b/e.md"
        );
        assert_eq!(fs::read_to_string(dir.path().join("deep/book/b/e.md")).unwrap(), "b/e.md\n");
    }

    #[test]
    fn nothing_is_overwritten_and_nothing_half_written() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("b"), "mine").unwrap();
        fs::write(dir.path().join("e.md"), "mine").unwrap();
        let told = create(dir.path(), &files(&["a.md", "b/c.md", "e.md"])).unwrap_err().to_string();
        let shown = |path: &str| dir.path().join(path).display().to_string();
        assert_eq!(told, format!("{}, {} are there already, and nothing is overwritten", shown("b"), shown("e.md")));
        assert_eq!(held(dir.path()), "b e.md");
        assert_eq!(fs::read_to_string(dir.path().join("e.md")).unwrap(), "mine");
    }

    #[test]
    fn what_fails_midway_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        // The second file is a folder of the third, which nobody sees before the disk does.
        create(dir.path(), &files(&["x/a.md", "x/b", "x/b/c.md"])).unwrap_err();
        assert_eq!(held(dir.path()), "");
    }
}
