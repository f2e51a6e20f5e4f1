//! Changing files that authors wrote: one at a time, whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::create::create;
use crate::base::edit::Fixed;
use crate::base::path::SourcePath;

/// Writes `after` into a file that held `before`. A link is followed, and the file keeps who may read it.
///
/// Errors: the file holds something else by now, or cannot be written. It is then as it was.
pub fn rewrite(file: &Path, before: &str, after: &str) -> Result<()> {
    let shown = file.display();
    let real = file.canonicalize().with_context(|| format!("cannot find {shown}"))?;
    if fs::read(&real).with_context(|| format!("cannot read {shown}"))? != before.as_bytes() {
        bail!("{shown} was changed meanwhile; run the command again");
    }
    let part = part(&real);
    let write = || {
        fs::write(&part, after)?;
        fs::set_permissions(&part, fs::metadata(&real)?.permissions())?;
        fs::rename(&part, &real)
    };
    write().with_context(|| {
        let _ = fs::remove_file(&part);
        format!("cannot write {shown}")
    })
}

/// Changes files of the book in `root`, and moves one of them: it is written at its new place first and taken away at its
/// old one last, so that nothing is lost in between.
///
/// Errors: as for `rewrite`; the new place is taken.
pub fn change(root: &Path, files: &[Fixed], moved: Option<&(SourcePath, SourcePath)>) -> Result<()> {
    let is_moved = |file: &&Fixed| moved.is_some_and(|(from, _)| *from == file.path);
    if let Some((from, to)) = moved {
        let file = files.iter().find(is_moved).with_context(|| format!("nobody says what {to} holds"))?;
        if fs::read(root.join(from.as_str()))? != file.before.as_bytes() {
            bail!("{from} was changed meanwhile; run the command again");
        }
        create(root, &[(to.as_str().to_owned(), file.after.clone())])?;
    }
    for file in files.iter().filter(|file| !is_moved(file)) {
        rewrite(&root.join(file.path.as_str()), &file.before, &file.after)?;
    }
    if let Some((from, _)) = moved {
        let file = root.join(from.as_str());
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    Ok(())
}

/// Adds a text to the end of a file, which need not be there yet.
///
/// Errors: it cannot be written.
pub fn append(file: &Path, text: &str) -> Result<()> {
    let open = OpenOptions::new().create(true).append(true).open(file);
    open.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", file.display()))
}

/// Where a file waits until it is whole: beside it, and hidden from a walk.
fn part(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.dossier-part"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_if_nobody_else_did() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        fs::write(&file, "one").unwrap();
        rewrite(&file, "one", "two").unwrap();
        assert!(rewrite(&file, "one", "three").unwrap_err().to_string().contains("changed meanwhile"));
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
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
        rewrite(&link, "one", "two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
