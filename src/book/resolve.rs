//! Where a link leads.

use super::places::{AssetId, Places};
use super::{EntryId, Names, SectionId};
use crate::base::path::{key, normalize};
use crate::config::{Config, Kind};
use crate::parse::anchor::Anchors;
use crate::parse::{Entry, Link, Origin, Target};

/// What a link was found to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// An entry, and the anchor of one of its headings.
    Found {
        entry: EntryId,
        anchor: Option<Box<str>>,
    },
    /// An entry without the heading that the link names.
    NoSuchAnchor {
        entry: EntryId,
        fragment: Box<str>,
    },
    /// A section's list of entries.
    Section(SectionId),
    /// A page that the book makes by itself.
    Made(Made),
    Asset(AssetId),
    External,
    /// Something that exists but is not published.
    Draft,
    /// Several entries answer to the name.
    Ambiguous(Vec<EntryId>),
    /// An entry outside the collections that the field refers to.
    WrongCollection(EntryId),
    /// A path that leads out of the book's folder.
    Outside,
    Missing,
}

/// Pages that stand in no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    Timeline,
    Tags,
    Sources,
}

/// What links are resolved against.
pub struct Resolver<'a> {
    pub config: &'a Config,
    pub entries: &'a [Entry],
    pub names: &'a Names,
    pub draft_names: &'a Names,
    pub places: &'a Places,
}

impl Resolver<'_> {
    /// Where a link in `from` leads.
    pub fn resolve(&self, id: EntryId, from: &Entry, link: &Link) -> Resolution {
        match (&link.target, &link.from) {
            (Target::Url(_), _) => Resolution::External,
            (Target::Name { name, .. }, Origin::Relation { field }) => self.reference(from, *field, name),
            (Target::Name { name, fragment }, _) => self.name(id, from, name, fragment.as_deref()),
            (Target::Path { path, fragment }, _) => self.path(id, from, path, fragment.as_deref()),
        }
    }

    fn reference(&self, from: &Entry, field: usize, name: &str) -> Resolution {
        let collection = from.collection.map(|collection| &self.config.collections[collection]);
        let Some(Kind::Reference(targets)) = collection.map(|collection| &collection.fields[field].kind) else {
            return Resolution::Missing;
        };
        let wanted = |id: EntryId| targets.contains(&self.entries[id.0 as usize].section);
        match self.names.matching(name, wanted).as_slice() {
            [only] => Resolution::Found { entry: *only, anchor: None },
            [] => match self.names.matching(name, |_| true).as_slice() {
                [other, ..] => Resolution::WrongCollection(*other),
                [] if !self.draft_names.matching(name, |_| true).is_empty() => Resolution::Draft,
                [] => Resolution::Missing,
            },
            several => Resolution::Ambiguous(several.to_vec()),
        }
    }

    fn name(&self, id: EntryId, from: &Entry, name: &str, fragment: Option<&str>) -> Resolution {
        if name.is_empty() {
            return self.anchored(id, fragment, true);
        }
        match self.names.matching(name, |_| true).as_slice() {
            [only] => self.anchored(*only, fragment, true),
            [] => self.unnamed(from, name),
            several => Resolution::Ambiguous(several.to_vec()),
        }
    }

    /// A name that no entry answers to can still be an asset, by path or by file name.
    fn unnamed(&self, from: &Entry, name: &str) -> Resolution {
        let path = |base: &str| normalize(&format!("{base}/{name}"));
        let by_path = path(from.path.parent()).and_then(|path| self.places.asset(&path));
        let from_root = || path(self.places.src()).and_then(|path| self.places.asset(&path));
        match by_path.or_else(from_root).or_else(|| self.places.asset_named(name)) {
            Some(asset) => Resolution::Asset(asset),
            None if !self.draft_names.matching(name, |_| true).is_empty() => Resolution::Draft,
            None => self.made(&key(name)).unwrap_or(Resolution::Missing),
        }
    }

    fn path(&self, id: EntryId, from: &Entry, path: &str, fragment: Option<&str>) -> Resolution {
        if path.is_empty() {
            return self.anchored(id, fragment, false);
        }
        let base = if path.starts_with('/') { self.places.src() } else { from.path.parent() };
        let Some(full) = normalize(&format!("{base}/{path}")) else { return Resolution::Outside };
        // As it is written; then as other tools write it: without its extension, or as the page it becomes.
        let stem = full.strip_suffix(".html").unwrap_or(&full);
        for candidate in [full.clone(), format!("{full}.md"), format!("{stem}.md"), format!("{stem}.markdown")] {
            if let Some(entry) = self.places.entry(&candidate, fragment) {
                let item = fragment.is_some_and(|fragment| self.places.is_item(&candidate, fragment));
                return self.anchored(entry, fragment.filter(|_| !item), false);
            }
            if self.places.is_draft(&candidate) {
                return Resolution::Draft;
            }
        }
        let folder = full.strip_suffix("/index.html").unwrap_or(&full);
        if let Some(section) = self.places.section(folder) {
            return Resolution::Section(section);
        }
        if let Some(asset) = self.places.asset(&full) {
            return Resolution::Asset(asset);
        }
        let within =
            if self.places.src().is_empty() { Some(full.as_str()) } else { full.strip_prefix(self.places.src()) };
        match within.map(|path| path.trim_start_matches('/')) {
            None => Resolution::Outside,
            Some(path) => path.strip_suffix(".html").and_then(|name| self.made(name)).unwrap_or(Resolution::Missing),
        }
    }

    fn made(&self, name: &str) -> Option<Resolution> {
        let made = match name {
            "timeline" if self.config.collections.iter().any(|collection| collection.timeline) => Made::Timeline,
            "tags" | "tags/index" if self.entries.iter().any(|entry| !entry.tags.is_empty()) => Made::Tags,
            "sources" => Made::Sources,
            _ => return None,
        };
        Some(Resolution::Made(made))
    }

    /// An entry at one of its headings. `by_text`: wikilinks name a heading by its text.
    fn anchored(&self, id: EntryId, fragment: Option<&str>, by_text: bool) -> Resolution {
        let found = |anchor: Option<&str>| Resolution::Found { entry: id, anchor: anchor.map(Into::into) };
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else { return found(None) };
        let entry = &self.entries[id.0 as usize];
        let headings = &entry.body.headings;
        if entry.title_anchor.as_deref() == Some(fragment) || (by_text && fragment.starts_with('^')) {
            return found(None);
        }
        if let Some(heading) = headings.iter().find(|heading| heading.anchor == fragment) {
            return found(Some(&heading.anchor));
        }
        if by_text {
            // [[Name#Part#Detail]] names the last of them.
            let last = fragment.rsplit('#').next().unwrap_or(fragment);
            let anchor = Anchors::default().add(last);
            let same = |heading: &&crate::parse::Heading| key(&heading.text) == key(last) || heading.anchor == anchor;
            if let Some(heading) = headings.iter().find(same) {
                return found(Some(&heading.anchor));
            }
        }
        Resolution::NoSuchAnchor { entry: id, fragment: fragment.into() }
    }
}
