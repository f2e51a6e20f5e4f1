//! Where a book is: its folder, and the repository around it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The folder of the book: the one given, or the nearest one around the current folder that holds
/// a `book.toml`, or the current folder.
///
/// Errors: the folder given does not exist or is a file.
pub fn find_root(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(dir) = given {
        if dir.is_file() {
            bail!("{} is a file, and a book is a folder; name the folder that holds it", dir.display());
        }
        if !dir.is_dir() {
            bail!("there is no folder {}", dir.display());
        }
        return Ok(dir.to_owned());
    }
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    let book = here.ancestors().find(|dir| dir.join("book.toml").is_file());
    // The current folder itself stays relative, so that paths in messages are short.
    Ok(match book {
        Some(dir) if dir != here => dir.to_owned(),
        _ => PathBuf::from("."),
    })
}

/// The way from the root of the repository that the book lies in to the book, with `/` between its parts; from the
/// book's own folder if it lies in none.
pub fn within_repository(root: &Path) -> String {
    let Ok(real) = root.canonicalize() else { return String::new() };
    let repository = real.ancestors().find(|dir| dir.join(".git").exists());
    let within = repository.and_then(|repository| real.strip_prefix(repository).ok());
    within.map_or(String::new(), |within| within.to_string_lossy().replace('\\', "/"))
}

/// The name of the book's folder; empty for the root of a disk.
pub fn folder_name(root: &Path) -> String {
    let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    real.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned())
}

/// Whether a path exists in the book's folder.
pub fn exists(root: &Path, path: &str) -> bool {
    root.join(path).exists()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_root_is_the_folder_given() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("book.toml"), "").unwrap();
        fs::create_dir(dir.path().join("notes")).unwrap();
        assert_eq!(find_root(Some(&dir.path().join("notes"))).unwrap(), dir.path().join("notes"));
        assert!(find_root(Some(&dir.path().join("book.toml"))).unwrap_err().to_string().contains("is a file"));
        assert!(find_root(Some(&dir.path().join("nowhere"))).is_err());
    }
}
