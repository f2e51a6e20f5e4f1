//! Where the texts of a book come from: its folder, and texts that stand over those on disk. A build has the folder alone;
//! fixes are looked at as an overlay before they are written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rustc_hash::FxHashMap;

use super::source_tree::{Folder, NamedBytes};
use crate::base::path::SourcePath;
use crate::base::source::{Source, SourceText};
use crate::config::Config;
use crate::disk::{Listing, Walk};

/// The files of a book.
#[derive(Default)]
pub struct BookFiles {
    folder: Folder,
    overlay: BTreeMap<SourcePath, SourceText>,
}

impl BookFiles {
    /// Anything in the folder may have changed.
    pub fn forget_all(&mut self) {
        self.folder = Folder::default();
    }

    /// These files may have changed.
    pub fn forget(&mut self, files: &[SourcePath]) {
        self.folder.forget(files);
    }

    /// What stands in a folder of the entries, but for the folders to `skip`: they are not walked again.
    pub fn walked(&mut self, src: &str, skip: Vec<PathBuf>, walk: Walk) {
        self.folder.walked(src, skip, walk);
    }

    /// Puts texts over those on disk; none takes back the one that stood there.
    pub fn lay(&mut self, texts: FxHashMap<SourcePath, Option<SourceText>>) {
        for (path, text) in texts {
            match text {
                Some(text) => self.overlay.insert(path, text),
                None => self.overlay.remove(&path),
            };
        }
    }

    /// Reads `book.toml` again.
    ///
    /// Errors: it cannot be read, or is no UTF-8.
    pub fn read_config(&mut self, root: &Path) -> Result<()> {
        self.folder.read_config(root)
    }

    /// The files of the book's own theme in a folder of the book, in the order of their paths.
    ///
    /// Errors: a file cannot be read.
    pub fn theme(&mut self, root: &Path, folder: &str) -> Result<Cow<'_, [NamedBytes]>> {
        let mut own = Cow::Borrowed(self.folder.theme(root, folder)?);
        for (path, text) in &self.overlay {
            let Some(within) = path.within(folder) else { continue };
            let file = (within.to_owned(), text.as_bytes().to_vec());
            match own.binary_search_by(|(known, _)| known.as_str().cmp(within)) {
                Ok(place) => own.to_mut()[place] = file,
                Err(place) => own.to_mut().insert(place, file),
            }
        }
        Ok(own)
    }

    /// What stands in the folder of the entries, but for the folders to `skip`; and the texts there, in the order of their
    /// paths.
    ///
    /// Errors: there is no such folder.
    pub fn entries(&mut self, root: &Path, config: &Config, skip: &[PathBuf]) -> Result<(&Listing, Cow<'_, [Source]>)> {
        let found = self.folder.entries(root, &config.src, skip)?;
        let sources = match self.overlay.is_empty() {
            true => Cow::Borrowed(found.sources.as_slice()),
            false => Cow::Owned(laid_over(&found.sources, &self.overlay, config)),
        };
        Ok((found, sources))
    }

    /// The text of a file, as far as it could be read.
    pub fn text(&self, path: &SourcePath) -> Option<SourceText> {
        self.overlay.get(path).cloned().or_else(|| self.folder.text(path))
    }
}

/// The sources of the folder of the entries with texts laid over them, in the order of their paths.
fn laid_over(found: &[Source], overlay: &BTreeMap<SourcePath, SourceText>, config: &Config) -> Vec<Source> {
    let over = overlay.iter().map(|(path, text)| Source { path: path.clone(), text: text.clone() });
    let over = over.filter(|source| {
        let is_text = matches!(&*source.path.extension(), "md" | "markdown" | "yaml" | "yml");
        is_text && config.within_src(&source.path).is_some()
    });
    let below = found.iter().filter(|source| !overlay.contains_key(&source.path)).cloned();
    let mut all: Vec<Source> = below.chain(over).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}
