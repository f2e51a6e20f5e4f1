//! Terms: what entries name without an entry of its own, and which entries name it. Tags are terms, and so are
//! countries and blocs.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::EntryId;
use super::sections::Section;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::slug;
use crate::parse::Entry;

/// A kind of terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Taxonomy {
    Tags,
    Countries,
}

impl Taxonomy {
    pub const ALL: [Taxonomy; 2] = [Taxonomy::Tags, Taxonomy::Countries];

    /// The folder of its terms' pages, and the one that they have where that is taken.
    pub(super) const fn folders(self) -> [&'static str; 2] {
        match self {
            Taxonomy::Tags => ["tags", "all-tags"],
            Taxonomy::Countries => ["countries", "all-countries"],
        }
    }

    /// What a search is narrowed down to by one of its terms: `country=US`.
    pub const fn facet(self) -> &'static str {
        match self {
            Taxonomy::Tags => "tag",
            Taxonomy::Countries => "country",
        }
    }

    /// The interface's word for one of its terms.
    pub const fn word(self) -> &'static str {
        match self {
            Taxonomy::Tags => "tag",
            Taxonomy::Countries => "search_country",
        }
    }
}

/// The place of a term in the book's list of terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TermId(pub u32);

/// What some entry names.
#[derive(Clone, Debug)]
pub struct Term {
    pub taxonomy: Taxonomy,
    /// What entries write: a country's code, and of a tag its name.
    pub key: String,
    /// What readers see, which follows from the key and the config.
    pub title: String,
    /// What else it is called: `USA`.
    pub names: Vec<&'static str>,
    /// Its part of the address; no two terms of a taxonomy have the same.
    pub slug: String,
    /// In the order of sections and their entries.
    pub entries: Vec<EntryId>,
}

impl Term {
    /// Whether it is the same as one of another book.
    pub fn is_same(&self, other: &Term) -> bool {
        (self.taxonomy, &self.key) == (other.taxonomy, &other.key)
    }
}

/// What entries name, each thing as it was first written and with the entries that do, in the order of sections and their
/// entries. `named` gives what an entry names, and what tells that from others.
pub fn gather<'a, N: Iterator<Item = (Fingerprint, &'a str)>>(
    entries: &'a [Arc<Entry>],
    sections: &[Section],
    named: impl Fn(&'a Entry) -> N,
) -> Vec<(&'a str, Vec<EntryId>)> {
    let mut found: Vec<(&str, Vec<EntryId>)> = Vec::new();
    let mut places: FxHashMap<Fingerprint, usize> = FxHashMap::default();
    for id in sections.iter().flat_map(|section| section.index.iter().chain(&section.members)) {
        for (mark, name) in named(&entries[id.0 as usize]) {
            let place = *places.entry(mark).or_insert_with(|| {
                found.push((name, Vec::new()));
                found.len() - 1
            });
            let entries = &mut found[place].1;
            if entries.last() != Some(id) {
                entries.push(*id);
            }
        }
    }
    found
}

/// Slugs that terms have, no two the same: "C" and "C++" make one, and the second is `c-2`.
pub struct Slugs(FxHashMap<String, usize>);

impl Default for Slugs {
    /// The page of all terms is called `index`.
    fn default() -> Slugs {
        Slugs(FxHashMap::from_iter([("index".to_owned(), 1)]))
    }
}

impl Slugs {
    /// The slug of the next term.
    pub fn take(&mut self, name: &str) -> String {
        let plain = slug(name, false);
        let mut free = plain.clone();
        while self.0.contains_key(&free) {
            let count = self.0.entry(plain.clone()).or_insert(1);
            *count += 1;
            free = format!("{plain}-{count}");
        }
        self.0.insert(free.clone(), 1);
        free
    }
}
