//! Which source, folder or asset a path means.

use rustc_hash::FxHashMap;

use super::order::Section;
use super::{EntryId, SectionId};
use crate::base::path::{SourcePath, key};
use crate::config::Config;
use crate::parse::{Entry, Role};

/// A folder of this name is copied whole, used or not.
pub const ASSETS_FOLDER: &str = "assets";

/// The place of a file in the book's list of assets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AssetId(pub u32);

/// Everything that has a path in the book. Paths are compared as they are written; only the
/// bare name of an asset in a wikilink goes without case.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The folder of the entries, relative to the book's folder.
    src: String,
    /// Files that hold one entry, and `events.yaml#id` for items of a list.
    entries: FxHashMap<String, EntryId>,
    drafts: FxHashMap<String, ()>,
    /// Folders that have a page.
    sections: FxHashMap<String, SectionId>,
    assets_by_path: FxHashMap<String, AssetId>,
    assets_by_name: FxHashMap<String, Vec<AssetId>>,
    pub assets: Vec<SourcePath>,
}

impl Places {
    pub fn of(
        config: &Config,
        entries: &[Entry],
        drafts: &[Entry],
        sections: &[Section],
        assets: Vec<SourcePath>,
    ) -> Places {
        let mut places = Places { src: config.src.clone(), ..Places::default() };
        for (i, entry) in entries.iter().enumerate() {
            let path = entry.path.as_str();
            let is_markdown = matches!(entry.path.extension().as_str(), "md" | "markdown");
            let id = EntryId(i as u32);
            if is_markdown {
                places.entries.insert(path.to_owned(), id);
                if entry.role == Role::Index {
                    places.entries.entry(entry.path.parent().to_owned()).or_insert(id);
                }
            } else {
                places.entries.insert(format!("{path}#{}", entry.stem), id);
                places.entries.entry(path.to_owned()).or_insert(id);
            }
        }
        for draft in drafts {
            places.drafts.insert(draft.path.as_str().to_owned(), ());
        }
        for (i, section) in sections.iter().enumerate() {
            if section.index.is_none() && !section.name.is_empty() {
                let folder = if config.src.is_empty() {
                    section.name.clone()
                } else {
                    format!("{}/{}", config.src, section.name)
                };
                places.sections.insert(folder, SectionId(i as u32));
            }
        }
        for (i, asset) in assets.iter().enumerate() {
            let id = AssetId(i as u32);
            places.assets_by_path.insert(asset.as_str().to_owned(), id);
            places.assets_by_name.entry(key(asset.file_name())).or_default().push(id);
        }
        places.assets = assets;
        places
    }

    /// The folder of the entries, relative to the book's folder.
    pub fn src(&self) -> &str {
        &self.src
    }

    /// The entry in a file, or the page of a folder; for a list, the item called `fragment`.
    pub fn entry(&self, path: &str, fragment: Option<&str>) -> Option<EntryId> {
        if let Some(fragment) = fragment
            && let Some(id) = self.entries.get(&format!("{path}#{fragment}"))
        {
            return Some(*id);
        }
        self.entries.get(path).copied()
    }

    /// Whether a path is an item of a YAML list by its id, so that the id is no heading.
    pub fn is_item(&self, path: &str, fragment: &str) -> bool {
        self.entries.contains_key(&format!("{path}#{fragment}"))
    }

    pub fn is_draft(&self, path: &str) -> bool {
        self.drafts.contains_key(path)
    }

    pub fn section(&self, path: &str) -> Option<SectionId> {
        self.sections.get(path).copied()
    }

    pub fn asset(&self, path: &str) -> Option<AssetId> {
        self.assets_by_path.get(path).copied()
    }

    /// The one asset of this file name, wherever it lies.
    pub fn asset_named(&self, name: &str) -> Option<AssetId> {
        match self.assets_by_name.get(&key(name)).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }

    /// All paths that a link could have meant, for the nearest one to a misspelt path.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let files = self.entries.keys().filter(|path| !path.contains('#'));
        files.map(String::as_str).chain(self.assets.iter().map(SourcePath::as_str))
    }
}
