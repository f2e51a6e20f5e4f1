//! From a book to the files of its site: what an output is, one file for each, and the list of them. A file is made only
//! when it is asked for, by its artifact.

mod feeds;
mod html;
mod plan;
pub mod search;
mod site;
mod sitemap;
mod social_images;
mod xml;

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{FilePath, SourcePath};
use crate::book::Book;
use crate::config::Config;
use crate::page::{Page, Trace};

pub use plan::plan;
pub use site::{Site, SitePlan};
pub use social_images::{CardRenderer, FontFile, card_renderer, missing_glyphs};

/// One form of a book: files that belong together, and can be built without the others.
pub struct Output {
    /// What `dossier build --only` calls it.
    pub name: &'static str,
    /// Whether a path of the output folder is one of its own, whatever it has there now. The first output has what no
    /// other owns.
    pub owns: fn(&Book, &str) -> bool,
    /// The paths that no page and no asset can have, since a file of it stands there.
    pub reserved: fn(&Book) -> Vec<FilePath>,
    /// Whether it has files only where the book knows its public address.
    pub needs_address: bool,
    /// Its files. They are listed when one of them is first asked for.
    pub files: fn(&Site) -> Arc<FileList>,
}

/// All outputs: to add one is to add a file here and a line there.
pub static OUTPUTS: &[Output] = &[html::OUTPUT, search::OUTPUT, feeds::OUTPUT, sitemap::OUTPUT, social_images::OUTPUT];

/// What outputs are called.
pub fn names() -> impl Iterator<Item = &'static str> {
    OUTPUTS.iter().map(|output| output.name)
}

/// Those of the outputs asked for by name that have no files, since the site has no public address: its book does not know
/// one, or it is a preview.
pub fn unaddressed(config: &Config, asked: &[String], is_preview: bool) -> Vec<&'static str> {
    let has_none = is_preview || !config.has_public_address();
    let wants = OUTPUTS.iter().filter(|output| output.needs_address && has_none);
    wants.map(|output| output.name).filter(|name| asked.iter().any(|asked| asked == name)).collect()
}

/// The place among all outputs of the one that owns a path.
pub fn owner(book: &Book, path: &str) -> usize {
    OUTPUTS.iter().position(|output| (output.owns)(book, path)).unwrap_or(0)
}

/// What makes the bytes of one file: a page, a script of the search, a file of the theme.
pub trait Artifact: Send + Sync {
    /// Makes them, and puts down in `trace` what a page has read of the book.
    ///
    /// Errors: a template of the book's own asks for what a page does not have.
    fn render(&self, site: &Site, trace: &mut Trace) -> Result<Rendered, Box<Diagnostic>>;

    /// Their fingerprint, given what a page has read when it was made: while it is the same, they are. None where they
    /// are sooner made than known.
    fn fingerprint(&self, _site: &Site, _trace: &Trace) -> Option<Fingerprint> {
        None
    }

    /// The page that it is, if it is one.
    fn page(&self) -> Option<&Page> {
        None
    }

    /// Whether they are those of a file of the book.
    fn is_copy(&self) -> bool {
        false
    }
}

/// One path of the output folder, and what makes its bytes.
#[derive(Clone)]
pub struct File {
    pub path: FilePath,
    pub artifact: Arc<dyn Artifact>,
}

impl File {
    pub fn new(path: FilePath, artifact: impl Artifact + 'static) -> File {
        File { path, artifact: Arc::new(artifact) }
    }
}

/// A file's bytes, or the file of the book that holds them.
pub enum Rendered {
    Bytes(Vec<u8>),
    Copy(SourcePath),
    /// A drawing without what could run in it.
    Cleaned(SourcePath),
}

/// The files of an output.
#[derive(Default)]
pub struct FileList {
    files: Vec<File>,
    /// The place of each by its path, once one is looked for.
    places: OnceLock<FxHashMap<FilePath, usize>>,
}

impl FileList {
    /// The file at a path.
    pub fn find(&self, path: &FilePath) -> Option<&File> {
        let places = || self.files.iter().enumerate().map(|(place, file)| (file.path.clone(), place)).collect();
        self.places.get_or_init(places).get(path).map(|place| &self.files[*place])
    }
}

impl Deref for FileList {
    type Target = [File];

    fn deref(&self) -> &[File] {
        &self.files
    }
}

impl FromIterator<File> for FileList {
    fn from_iter<T: IntoIterator<Item = File>>(files: T) -> FileList {
        FileList { files: files.into_iter().collect(), places: OnceLock::new() }
    }
}
