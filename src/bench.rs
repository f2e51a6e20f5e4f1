//! The stages of a build one by one, for `benches/stages.rs`.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::path::FilePath;
use crate::base::source::Source;
use crate::book::{Book, BookInput};
use crate::check::{self, Levels};
use crate::config::Config;
use crate::disk;
use crate::output::search::{DigestCache, Search};
use crate::output::{File, OUTPUTS, Rendered, Site};
use crate::page::{self, Trace};
use crate::parse::{self, Entry, Parsed};
use crate::workspace::{Change, Options, Snapshot, Workspace};

/// A book with what each stage begins with.
pub struct Stages {
    config: Arc<Config>,
    sources: Vec<Source>,
    entries: Vec<Arc<Entry>>,
    snapshot: Arc<Snapshot>,
    /// What each page has read.
    traces: Vec<Trace>,
}

impl Stages {
    /// The book in `root`, which has to be one.
    pub fn of(root: &Path) -> Stages {
        let snapshot = Workspace::new(root, Options::default()).apply(Change::Folder).expect("a book that can be read");
        let book = &snapshot.site.as_ref().expect("a book without a mistake in book.toml").book;
        let found = disk::read_folder(root, &book.config.src, &[], None).expect("a folder that can be read");
        let sources = found.sources.into_iter().filter(|source| parse::is_source(&book.config, source)).collect();
        let site = snapshot.site.as_ref().expect("it was there just now");
        let traced = |file: &File| {
            let mut trace = Trace::default();
            let _ = file.artifact.render(site, &mut trace);
            trace
        };
        let traces = site.html().par_iter().map(traced).collect();
        Stages { config: book.config.clone(), sources, entries: book.entries.clone(), snapshot, traces }
    }

    fn book(&self) -> &Book {
        &self.snapshot.site.as_ref().expect("of() has seen it").book
    }

    /// Understands all sources; how many entries they hold.
    pub fn parse(&self) -> usize {
        let parsed: Vec<Parsed> = self.sources.par_iter().map(|source| parse::one(&self.config, source)).collect();
        parsed.iter().map(|parsed| parsed.entries.len()).sum()
    }

    /// Links all entries; how many links lead from one to another.
    pub fn link(&self) -> usize {
        let entries = self.entries.clone();
        Book::link(self.config.clone(), BookInput { entries, ..BookInput::default() }, None, &|_| None).graph.len()
    }

    /// Looks for mistakes; how many there are.
    pub fn check(&self) -> usize {
        check::all(self.book(), &Levels::default(), None).len()
    }

    /// Plans the pages; how many there are.
    pub fn plan(&self) -> usize {
        page::plan(self.book(), &[] as &[FilePath], false).pages.len()
    }

    /// Makes the fingerprint of every page; how many there are.
    pub fn print(&self) -> usize {
        let Some(site) = &self.snapshot.site else { return 0 };
        let traces = site.html().par_iter().zip(&self.traces);
        traces.filter_map(|(file, trace)| file.artifact.fingerprint(site, trace)).count()
    }

    /// Renders every page; how many bytes they have.
    pub fn render(&self) -> usize {
        let Some(site) = &self.snapshot.site else { return 0 };
        made(site, site.html())
    }

    /// Reads all texts for the search and makes its index; how many files it has.
    pub fn index(&self) -> usize {
        let Some(site) = &self.snapshot.site else { return 0 };
        Search::of(site.content(), &DigestCache::default(), true).files().len()
    }

    /// Makes every file of the search, most of them records; how many bytes they have.
    pub fn records(&self) -> usize {
        let Some(site) = &self.snapshot.site else { return 0 };
        (0..OUTPUTS.len())
            .filter(|output| OUTPUTS[*output].name == "search")
            .map(|it| made(site, site.files_of(it)))
            .sum()
    }
}

/// Makes some files of a site; how many bytes they have.
fn made(site: &Site, files: &[File]) -> usize {
    let length = |file: &File| match file.artifact.render(site, &mut Trace::default()) {
        Ok(Rendered::Bytes(bytes)) => bytes.len(),
        _ => 0,
    };
    files.par_iter().map(length).sum()
}
