//! Single files beside the sources: whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::staging::PART;

/// Writes a file with these bytes at `path`, and makes the folders around it. A file that has them already is not
/// touched. Whether it was written.
///
/// Errors: something else stands in its place, or the disk refuses. The file is then as it was.
pub fn put(path: &Path, bytes: impl AsRef<[u8]>) -> Result<bool> {
    let wanted = bytes.as_ref();
    match fs::read(path) {
        Ok(bytes) if bytes == wanted => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
            bail!("cannot write {}: a folder of that name stands there", path.display())
        }
        // What cannot be read may be replaced all the same.
        _ => {}
    }
    replace(path, [wanted])?;
    Ok(true)
}

/// Writes a file with these bytes, one part behind the other, whatever stands at `path`, and makes the folders around it.
///
/// Errors: the disk refuses. The file is then as it was.
pub fn replace(path: &Path, parts: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Result<()> {
    let Some(folder) = path.parent().filter(|_| path.file_name().is_some()) else {
        bail!("{} is no place for a file", path.display());
    };
    let part = part(path);
    let write = || {
        fs::create_dir_all(folder)?;
        let mut file = File::create(&part)?;
        parts.into_iter().try_for_each(|part| file.write_all(part.as_ref()))?;
        fs::rename(&part, path)
    };
    let written = write();
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// Adds bytes to the end of a file, which need not be there yet.
///
/// Errors: it cannot be written.
pub fn append(file: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    let open = OpenOptions::new().create(true).append(true).open(file);
    open.and_then(|mut file| file.write_all(bytes.as_ref())).with_context(|| format!("cannot write {}", file.display()))
}

/// What a file of ours holds; none if it cannot be read.
pub fn bytes(file: &Path) -> Option<Vec<u8>> {
    fs::read(file).ok()
}

/// Where a file waits until it is whole: beside it, hidden from a walk, and apart from what another run has there.
pub fn part(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{}{PART}", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_only_when_it_changes() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a/b/c.json");
        assert!(put(&file, "1").unwrap());
        let first = fs::metadata(&file).unwrap().modified().unwrap();
        assert!(!put(&file, "1").unwrap());
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), first);
        assert!(put(&file, "2").unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "2");
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_stands_in_the_way_stays() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("folder/inside")).unwrap();
        fs::write(dir.path().join("file"), "x").unwrap();
        assert!(put(&dir.path().join("folder"), "1").unwrap_err().to_string().contains("a folder of that name"));
        assert!(put(&dir.path().join("file/inside"), "1").is_err());
        assert_eq!(fs::read_to_string(dir.path().join("file")).unwrap(), "x");
    }
}
