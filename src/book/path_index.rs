//! Which source, folder or asset a path means.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::sections::Section;
use super::{EntryId, SectionId};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{SourcePath, key, nfc};
use crate::config::Config;
use crate::parse::{Entry, Role};

/// A folder of this name is copied whole, used or not.
pub const ASSETS_FOLDER: &str = "assets";

/// The place of a file in the book's list of assets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AssetId(pub u32);

/// What stands at a path. Items of a YAML list stand at `events.yaml#id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathTarget {
    Entry(EntryId),
    /// A YAML list of entries of a section.
    List(SectionId),
    /// A folder that has no page of its own.
    Section(SectionId),
    Asset(AssetId),
    /// An entry that is not published.
    Held(Unpublished),
}

/// Why an entry is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpublished {
    Draft,
    /// What its author wrote could not be read, which was told.
    Unread,
}

/// Everything that has a path in the book. Paths are compared as they are written, in NFC; only the
/// bare name of an asset in a wikilink goes without case.
#[derive(Clone, Debug, Default)]
pub struct PathIndex {
    /// The folder of the entries, relative to the book's folder.
    src: String,
    has_unread: bool,
    places: FxHashMap<Fingerprint, (Arc<str>, PathTarget)>,
    assets_by_name: FxHashMap<String, Vec<AssetId>>,
    /// Sections without a page of their authors' by their names, folders and titles, as names are compared.
    sections: FxHashMap<String, SectionId>,
    pub assets: Vec<SourcePath>,
}

impl PathIndex {
    pub fn of(
        config: &Config,
        entries: &[Arc<Entry>],
        section_of: &[SectionId],
        held: &[Arc<Entry>],
        sections: &[Section],
        assets: Vec<SourcePath>,
    ) -> PathIndex {
        let mut places = PathIndex { src: config.src.clone(), ..PathIndex::default() };
        places.places.reserve(entries.len() + assets.len());
        for (i, entry) in entries.iter().enumerate() {
            places.add(entry, PathTarget::Entry(EntryId(i as u32)), PathTarget::List(section_of[i]));
        }
        places.has_unread = held.iter().any(|entry| entry.unread);
        for entry in held {
            let why = PathTarget::Held(if entry.unread { Unpublished::Unread } else { Unpublished::Draft });
            places.add(entry, why, why);
        }
        for (i, section) in sections.iter().enumerate().filter(|(_, section)| !section.name.is_empty()) {
            let id = SectionId(i as u32);
            places.insert(&join(&config.src, &section.name), PathTarget::Section(id));
            for name in [&section.name, &section.title] {
                places.sections.entry(key(name)).or_insert(id);
            }
        }
        // A folder on disk may be spelt another way than its section.
        let mut known = None;
        for (entry, section) in entries.iter().zip(section_of) {
            let inside = config.within_src(&entry.path).and_then(|path| path.split_once('/'));
            if let Some((folder, _)) = inside
                && known.replace((folder, section)) != Some((folder, section))
            {
                places.insert(&join(&config.src, folder), PathTarget::Section(*section));
                places.sections.entry(key(folder)).or_insert(*section);
            }
        }
        for (i, asset) in assets.iter().enumerate() {
            let id = AssetId(i as u32);
            places.insert_shared(asset.shared(), PathTarget::Asset(id));
            places.assets_by_name.entry(key(asset.file_name())).or_default().push(id);
        }
        places.assets = assets;
        places
    }

    /// Puts an entry where its file stands; `list` stands for the file if it is one of several in it.
    fn add(&mut self, entry: &Entry, place: PathTarget, list: PathTarget) {
        let path = entry.path.as_str();
        if entry.is_item {
            self.insert(&format!("{path}#{}", entry.stem), place);
            self.insert(path, list);
            return;
        }
        self.insert_shared(entry.path.shared(), place);
        // A folder whose own page is held back still has its list.
        if entry.role == Role::Index && !matches!(place, PathTarget::Held(_)) {
            self.insert(entry.path.parent(), place);
        }
    }

    /// The first one to come stays.
    fn insert(&mut self, path: &str, place: PathTarget) {
        let path = nfc(path);
        self.places.entry(Fingerprint::of(&path)).or_insert_with(|| (path.into(), place));
    }

    fn insert_shared(&mut self, path: &Arc<str>, place: PathTarget) {
        match nfc(path) {
            Cow::Borrowed(text) => {
                self.places.entry(Fingerprint::of(text)).or_insert_with(|| (path.clone(), place));
            }
            Cow::Owned(composed) => self.insert(&composed, place),
        }
    }

    /// The folder of the entries, relative to the book's folder.
    pub fn src(&self) -> &str {
        &self.src
    }

    /// What stands at a path, which is in NFC.
    pub fn at(&self, path: &str) -> Option<PathTarget> {
        self.marked(Fingerprint::of(path))
    }

    /// What stands at the path of this mark.
    pub fn marked(&self, path: Fingerprint) -> Option<PathTarget> {
        self.places.get(&path).map(|(_, place)| *place)
    }

    /// The section of this name, folder or title.
    pub fn section_named(&self, name: &str) -> Option<SectionId> {
        self.sections.get(&key(name)).copied()
    }

    /// The assets of this file name, wherever they lie.
    pub fn assets_named(&self, name: &str) -> &[AssetId] {
        self.assets_by_name.get(&key(name)).map_or(&[], Vec::as_slice)
    }

    /// Whether something could not be read, which was told.
    pub fn has_unread(&self) -> bool {
        self.has_unread
    }

    /// All paths that a link could have meant, for the nearest one to a misspelt path.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.published().filter(|path| !path.contains('#'))
    }

    /// The ids of the items of a YAML list.
    pub fn items<'a>(&'a self, list: &'a str) -> impl Iterator<Item = &'a str> {
        self.published().filter_map(move |path| path.strip_prefix(list)?.strip_prefix('#'))
    }

    fn published(&self) -> impl Iterator<Item = &str> {
        self.places.values().filter(|(_, place)| !matches!(place, PathTarget::Held(_))).map(|(path, _)| &**path)
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
