//! Changing files that authors wrote: one at a time, whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::atomic_put::part;
use crate::base::apply_edits::FileChange;
use crate::base::path::SourcePath;

/// Changes files of the book in `root`, and moves one of them. Everything is written beside its place first, so that what
/// cannot be written is known before anything has changed; the moved file is taken away at its old place last.
///
/// Errors: a file holds something else by now, or cannot be written; the new place is taken. Nothing has changed then, but
/// for an error of the disk while the files are put in their places.
pub fn change(root: &Path, files: &[FileChange], moved: Option<&(SourcePath, SourcePath)>) -> Result<()> {
    let mut staged = Staged::default();
    for file in files {
        let to = moved.filter(|(from, _)| *from == file.path).map(|(_, to)| root.join(to.as_str()));
        staged.add(&root.join(file.path.as_str()), to, file)?;
    }
    staged.commit()
}

/// Files that wait beside their places, and go again if they are not put there.
#[derive(Default)]
struct Staged {
    /// Where each waits, and where it belongs.
    parts: Vec<(PathBuf, PathBuf)>,
    /// What is to be taken away.
    old: Vec<PathBuf>,
    /// Folders that were made.
    folders: Vec<PathBuf>,
}

impl Staged {
    /// A link is followed, and a file keeps who may read it.
    fn add(&mut self, file: &Path, to: Option<PathBuf>, fixed: &FileChange) -> Result<()> {
        let shown = file.display();
        let real = file.canonicalize().with_context(|| format!("cannot find {shown}"))?;
        if fs::read(&real).with_context(|| format!("cannot read {shown}"))? != fixed.before.as_bytes() {
            bail!("{shown} was changed meanwhile; run the command again");
        }
        if to.is_some() && file.is_symlink() {
            bail!("{shown} is a link of the file system; move what it leads to");
        }
        // A file and a link to it are one.
        if self.parts.iter().any(|(_, place)| *place == real) {
            return Ok(());
        }
        let place = to.clone().unwrap_or_else(|| real.clone());
        if to.is_some() {
            // A disk without case has the file at its new name already.
            if place.symlink_metadata().is_ok() && place.canonicalize().ok().as_ref() != Some(&real) {
                bail!("{} is there already, and nothing is overwritten", place.display());
            }
            self.make_folders(&place)?;
            // What cannot be taken away later is known by what cannot be put beside it now.
            let probe = part(&real);
            fs::write(&probe, "")
                .and_then(|()| fs::remove_file(&probe))
                .with_context(|| format!("cannot move {shown}"))?;
            if !place.exists() {
                self.old.push(real.clone());
            }
        }
        let waiting = part(&place);
        self.parts.push((waiting.clone(), place.clone()));
        let rights = fs::metadata(&real).with_context(|| format!("cannot read {shown}"))?.permissions();
        fs::write(&waiting, &fixed.after)
            .and_then(|()| fs::set_permissions(&waiting, rights))
            .with_context(|| format!("cannot write {}", place.display()))
    }

    fn make_folders(&mut self, file: &Path) -> Result<()> {
        let missing: Vec<&Path> = file.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    fn commit(mut self) -> Result<()> {
        while let Some((waiting, place)) = self.parts.last() {
            fs::rename(waiting, place).with_context(|| format!("cannot write {}", place.display()))?;
            self.parts.pop();
        }
        self.folders.clear();
        for old in std::mem::take(&mut self.old) {
            fs::remove_file(&old).with_context(|| format!("cannot remove {}", old.display()))?;
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (waiting, _) in &self.parts {
            let _ = fs::remove_file(waiting);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(path: &str, before: &str, after: &str) -> FileChange {
        FileChange { path: SourcePath::new(path), before: before.into(), after: after.to_owned(), count: 1 }
    }

    /// All that a folder holds, with its texts.
    fn held(dir: &Path) -> Vec<(String, String)> {
        let files = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().flatten();
        let files = files.filter(|file| file.file_type().is_file());
        let named = files.map(|file| {
            let name = file.path().strip_prefix(dir).unwrap().display().to_string();
            (name, fs::read_to_string(file.path()).unwrap())
        });
        named.collect()
    }

    #[test]
    fn files_are_changed_all_or_none() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.md"), "one").unwrap();
        fs::write(dir.path().join("b.md"), "two").unwrap();
        let moved = (SourcePath::new("a.md"), SourcePath::new("c/d.md"));
        let both = [fixed("a.md", "one", "1"), fixed("b.md", "other", "2")];
        let told = change(dir.path(), &both, Some(&moved)).unwrap_err().to_string();
        assert!(told.contains("b.md was changed meanwhile"), "{told}");
        let own = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(held(dir.path()), [own("a.md", "one"), own("b.md", "two")]);
        assert!(!dir.path().join("c").exists());
        change(dir.path(), &[fixed("a.md", "one", "1"), fixed("b.md", "two", "2")], Some(&moved)).unwrap();
        assert_eq!(held(dir.path()), [own("b.md", "2"), own("c/d.md", "1")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_a_file_keeps_its_rights() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("a.md"), dir.path().join("b.md"));
        fs::write(&file, "one").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        change(dir.path(), &[fixed("b.md", "one", "two")], None).unwrap();
        assert!(link.is_symlink());
        let rights = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((fs::read_to_string(&file).unwrap().as_str(), rights(&file)), ("two", 0o640));
        let moved = (SourcePath::new("a.md"), SourcePath::new("c.md"));
        change(dir.path(), &[fixed("a.md", "two", "three")], Some(&moved)).unwrap();
        assert_eq!(rights(&dir.path().join("c.md")), 0o640);
        let moved = (SourcePath::new("b.md"), SourcePath::new("d.md"));
        symlink("c.md", dir.path().join("e.md")).unwrap();
        assert!(change(dir.path(), &[fixed("e.md", "three", "x")], Some(&(SourcePath::new("e.md"), moved.1))).is_err());
    }
}
