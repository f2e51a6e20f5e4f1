//! What a workspace has read of its folder: each part when it is first asked for, and again when it was forgotten.

use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;

use crate::base::path::SourcePath;
use crate::base::source::SourceText;
use crate::disk::{self, Listing, Unreadable, Walk};

/// A file by its path in its folder, with its bytes.
pub type NamedBytes = (String, Vec<u8>);

#[derive(Default)]
pub struct Folder {
    /// The text of `book.toml`, if there is one.
    config: Option<SourceText>,
    theme: Option<Own>,
    /// What stands in the folder of the entries, by what it was asked for.
    found: Option<(String, Vec<PathBuf>, Listing)>,
    /// What was walked and not read, likewise.
    walked: Option<(String, Vec<PathBuf>, Walk)>,
    /// Sources that may have changed since.
    stale: Vec<SourcePath>,
}

/// A folder of the book's own theme, and the files in it with their bytes.
struct Own {
    folder: String,
    files: Vec<NamedBytes>,
}

impl Folder {
    /// What stands in the folder `src` of the entries, but for the folders to `skip`.
    pub fn walked(&mut self, src: &str, skip: Vec<PathBuf>, walk: Walk) {
        self.walked = Some((src.to_owned(), skip, walk));
    }

    /// These files may have changed.
    pub fn forget(&mut self, files: &[SourcePath]) {
        let is_of_theme = |file: &SourcePath| file.within("themes").is_some();
        if files.iter().any(is_of_theme) {
            self.theme = None;
        }
        // What is read at another place than entries are is no reason to read all of these again.
        let sources = self.found.as_ref().map_or(&[][..], |(_, _, found)| &found.sources);
        let is_source = |file: &&SourcePath| {
            let is_known = sources.binary_search_by(|source| source.path.cmp(file)).is_ok();
            is_known || !(is_of_theme(file) || file.as_str() == "book.toml")
        };
        self.stale.extend(files.iter().filter(is_source).cloned());
    }

    /// Reads `book.toml` again.
    ///
    /// Errors: it cannot be read, or is no UTF-8.
    pub fn read_config(&mut self, root: &Path) -> Result<()> {
        self.config = disk::read_config(root)?;
        Ok(())
    }

    /// The files of the book's own theme in a folder of the book.
    ///
    /// Errors: a file cannot be read.
    pub fn theme(&mut self, root: &Path, folder: &str) -> Result<&[NamedBytes]> {
        let known = self.theme.take().filter(|known| known.folder == folder);
        let own = match known {
            Some(known) => known,
            None => Own { folder: folder.to_owned(), files: disk::read_tree(root, folder)? },
        };
        Ok(&self.theme.insert(own).files)
    }

    /// What stands in the folder `src` of the entries, but for the folders to `skip`.
    ///
    /// Errors: there is no such folder.
    pub fn entries(&mut self, root: &Path, src: &str, skip: &[PathBuf]) -> Result<&Listing> {
        let known = self.found.take().filter(|(known, skipped, _)| known == src && skipped == skip);
        let stale = std::mem::take(&mut self.stale);
        let known = known.and_then(|(src, skip, found)| Some((src, skip, renew(root, found, stale)?)));
        let found = match known {
            Some(known) => known,
            None => {
                let walked = self.walked.take().filter(|(walked, skipped, _)| walked == src && skipped == skip);
                let listing = disk::read_folder(root, src, skip, walked.map(|(_, _, walk)| walk))?;
                (src.to_owned(), skip.to_vec(), listing)
            }
        };
        Ok(&self.found.insert(found).2)
    }

    /// The text of a file, as far as it could be read.
    pub fn text(&self, path: &SourcePath) -> Option<SourceText> {
        if path.as_str() == "book.toml" {
            return self.config.clone();
        }
        if let Some(Own { folder, files }) = &self.theme
            && let Some(within) = path.within(folder)
        {
            let (_, bytes) = files.iter().find(|(path, _)| path == within)?;
            return Some(std::str::from_utf8(bytes).ok()?.into());
        }
        let (_, _, found) = self.found.as_ref()?;
        if let Ok(place) = found.sources.binary_search_by(|source| source.path.cmp(path)) {
            return Some(found.sources[place].text.clone());
        }
        found.unreadable.iter().find(|unreadable| unreadable.path == *path).map(|unreadable| unreadable.before.clone())
    }
}

/// What stands in the folder, with the texts of some sources read again; none if that does not tell it all.
fn renew(root: &Path, mut found: Listing, stale: Vec<SourcePath>) -> Option<Listing> {
    let read: Vec<_> = stale.into_par_iter().map(|path| disk::read_source(root, path)).collect();
    for read in read {
        // A file that cannot be read now, or could not before, is a matter for the whole folder.
        let source = read.map_err(|Unreadable { .. }| ()).ok()?;
        let place = found.sources.binary_search_by(|known| known.path.cmp(&source.path)).ok()?;
        found.sources[place] = source;
    }
    Some(found)
}
