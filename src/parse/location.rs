//! Where a source lies, and what it is for that.

use super::bibliography::SOURCES_FILE;
use crate::base::path::{SourcePath, UrlPath, folder_address, is_markdown, slug, title};
use crate::base::source::Source;
use crate::config::Config;

/// Whether a file of this path is read for entries; all others are assets.
///
/// YAML is read in declared collections and in `sources.yaml`: elsewhere it belongs to other
/// tools (`mkdocs.yml`, a workflow).
pub fn is_source(config: &Config, source: &Source) -> bool {
    let Some(path) = config.within_src(&source.path) else { return false };
    if source.is_markdown() {
        return true;
    }
    match source.path.extension().as_str() {
        "yaml" | "yml" => is_sources(path) || config.collection(&EntryLocation::of(config, path).section).is_some(),
        _ => false,
    }
}

/// Whether a file of this path, relative to the folder of the entries, holds the sources of the book.
pub fn is_sources(path: &str) -> bool {
    path == SOURCES_FILE || path == "sources.yml"
}

/// Whether a file of this path is held to what a book declares; what stands in a plain section is taken as it comes.
pub fn is_declared(config: &Config, path: &SourcePath) -> bool {
    let Some(within) = config.within_src(path).filter(|_| *path != config.path) else { return true };
    match is_sources(within) {
        // They are the whole book's.
        true => !config.collections.is_empty(),
        false => {
            let is_folder = |name: &str| !name.contains('/') && config.collection(&slug(name, false)).is_some();
            config.collection(&EntryLocation::of(config, within).section).is_some() || is_folder(within)
        }
    }
}

/// Whether a file of this stem is the page of its folder.
pub fn is_index(stem: &str) -> bool {
    matches!(stem.to_lowercase().as_str(), "index" | "readme" | "_index")
}

/// The address that a Markdown file has by its path.
pub fn address_of(config: &Config, path: &SourcePath) -> Option<UrlPath> {
    let within = config.within_src(path).filter(|_| is_markdown(path.file_name()))?;
    let name = if is_index(path.stem()) { "index" } else { path.stem() };
    Some(UrlPath::new(EntryLocation::of(config, within).address(config, name) + ".html"))
}

/// Where a source lies in the folder of the entries.
pub struct EntryLocation<'a> {
    /// Its section: the slug of its first folder, or for a YAML file at the root of its stem; empty at the root.
    pub section: String,
    /// The first part of its address, with a slash behind it.
    address: String,
    /// That folder as it is called on disk.
    folder: &'a str,
    /// The folders between that one and the file.
    inner: &'a str,
}

impl<'a> EntryLocation<'a> {
    /// Where a path relative to the folder of the entries lies.
    pub fn of(config: &Config, path: &'a str) -> EntryLocation<'a> {
        let (folder, rest) = match path.split_once('/') {
            Some((folder, rest)) => (folder, rest),
            None => match path.rsplit_once('.') {
                Some((stem, extension)) if matches!(extension.to_lowercase().as_str(), "yaml" | "yml") => (stem, ""),
                _ => ("", path),
            },
        };
        let section = if folder.is_empty() { String::new() } else { slug(folder, false) };
        // A collection's address is its own name, however its folder is spelt.
        let address = match config.collection(&section) {
            Some(_) => format!("{section}/"),
            None => folder_address(folder, config.keep_case),
        };
        EntryLocation { section, address, folder, inner: rest.rsplit_once('/').map_or("", |(inner, _)| inner) }
    }

    /// The address of an entry of this name, without `.html`.
    pub fn address(&self, config: &Config, name: &str) -> String {
        let keep_case = config.keep_case;
        format!("{}{}{}", self.address, folder_address(self.inner, keep_case), slug(name, keep_case))
    }

    /// What its folder is called, if that has a page of its own without a title.
    pub fn folder_title(&self, config: &Config) -> String {
        match (self.folder, self.inner.rsplit('/').next().unwrap_or("")) {
            ("", _) => config.title.clone(),
            (folder, "") => {
                let declared = config.collection(&self.section).map(|place| config.collections[place].title.clone());
                declared.unwrap_or_else(|| title(folder))
            }
            (_, inner) => title(inner),
        }
    }
}
