//! Tags, and the entries that carry them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::EntryId;
use super::sections::Section;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{key, slug};
use crate::parse::Entry;

/// A tag. Two tags that differ only in case are one, called as it was first written.
#[derive(Clone, Debug)]
pub struct Tag {
    pub name: String,
    /// Its part of the address; no two tags have the same.
    pub slug: String,
    /// In the order of sections and their entries.
    pub entries: Vec<EntryId>,
}

/// The folder of the tags' pages: `tags`, unless a section has that name.
pub fn folder(sections: &[Section]) -> &'static str {
    match sections.iter().any(|section| section.address.to_lowercase() == "tags") {
        true => "all-tags",
        false => "tags",
    }
}

/// All tags by name.
pub fn of(entries: &[Arc<Entry>], sections: &[Section]) -> Vec<Tag> {
    let mut found: Vec<(String, Tag)> = Vec::new();
    let mut places: FxHashMap<Fingerprint, usize> = FxHashMap::default();
    for id in sections.iter().flat_map(|section| section.index.iter().chain(&section.members)) {
        let entry = &entries[id.0 as usize];
        for (mark, tag) in entry.tag_marks.iter().zip(&entry.tags) {
            let place = *places.entry(*mark).or_insert_with(|| {
                let first = Tag { name: tag.value.clone(), slug: String::new(), entries: Vec::new() };
                found.push((key(&tag.value), first));
                found.len() - 1
            });
            let entries = &mut found[place].1.entries;
            if entries.last() != Some(id) {
                entries.push(*id);
            }
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut tags: Vec<Tag> = found.into_iter().map(|(_, tag)| tag).collect();
    // The page of all tags is called `index`. "C" and "C++" have one slug: the second is `c-2`.
    let mut taken = FxHashMap::from_iter([("index".to_owned(), 1)]);
    for tag in &mut tags {
        let plain = slug(&tag.name, false);
        let mut unique = plain.clone();
        while taken.contains_key(&unique) {
            let count = taken.entry(plain.clone()).or_insert(1);
            *count += 1;
            unique = format!("{plain}-{count}");
        }
        taken.insert(unique.clone(), 1);
        tag.slug = unique;
    }
    tags
}
