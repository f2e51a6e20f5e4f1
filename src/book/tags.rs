//! Tags, and the entries that carry them.

use std::collections::BTreeMap;

use super::EntryId;
use super::order::Section;
use crate::base::path::{key, slug};
use crate::parse::Entry;

/// A tag. Two tags that differ only in case are one, called as it was first written.
#[derive(Clone, Debug)]
pub struct Tag {
    pub name: String,
    /// Its part of the address: `tags/<slug>.html`.
    pub slug: String,
    /// In the order of sections and their entries.
    pub entries: Vec<EntryId>,
}

/// All tags by name.
pub fn of(entries: &[Entry], sections: &[Section]) -> Vec<Tag> {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for id in sections.iter().flat_map(|section| section.index.iter().chain(&section.members)) {
        for tag in &entries[id.0 as usize].tags {
            let found = tags.entry(key(&tag.value)).or_insert_with(|| Tag {
                name: tag.value.clone(),
                slug: slug(&tag.value, false),
                entries: Vec::new(),
            });
            if found.entries.last() != Some(id) {
                found.entries.push(*id);
            }
        }
    }
    tags.into_values().collect()
}
