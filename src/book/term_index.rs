//! Terms: what entries name without an entry of its own, and which entries name it. Tags are terms, and so are
//! countries and blocs.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::sections::Section;
use super::{EntryId, countries, tags};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{key, slug};
use crate::config::Config;
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
    const fn folders(self) -> [&'static str; 2] {
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

/// The folder of each taxonomy's pages.
type Folders = [&'static str; Taxonomy::ALL.len()];

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

/// All terms, those of each taxonomy in order.
#[derive(Debug)]
pub struct TermIndex {
    terms: Vec<Term>,
    /// By what they are called: letter by letter, and as names are compared.
    names: FxHashMap<(Taxonomy, Fingerprint), TermId>,
    /// By the addresses of their pages, without `.html`.
    addresses: FxHashMap<Fingerprint, TermId>,
    folders: Folders,
}

impl TermIndex {
    pub fn of(config: &Config, entries: &[Arc<Entry>], sections: &[Section]) -> TermIndex {
        let mut terms = tags::of(entries, sections);
        terms.extend(countries::of(config, entries, sections));
        let folders = Taxonomy::ALL.map(|taxonomy| folder(taxonomy, &terms, entries, sections));
        let addresses = terms.iter().map(|term| Fingerprint::of(&address(&folders, term)));
        TermIndex { names: names(&terms), addresses: addresses.zip((0..).map(TermId)).collect(), folders, terms }
    }

    pub fn get(&self, id: TermId) -> &Term {
        &self.terms[id.0 as usize]
    }

    /// All terms with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (TermId, &Term)> {
        (0..).map(TermId).zip(&self.terms)
    }

    /// The terms of a taxonomy.
    pub fn of_taxonomy(&self, taxonomy: Taxonomy) -> impl Iterator<Item = (TermId, &Term)> {
        self.iter().filter(move |(_, term)| term.taxonomy == taxonomy)
    }

    /// The term that is called so.
    pub fn named(&self, taxonomy: Taxonomy, name: &str) -> Option<TermId> {
        let known = |name: &str| self.names.get(&(taxonomy, Fingerprint::of(name))).copied();
        known(name.trim()).or_else(|| known(&key(name)))
    }

    /// The term whose page has an address, without `.html`.
    pub fn at(&self, address: &str) -> Option<TermId> {
        self.addresses.get(&Fingerprint::of(address)).copied()
    }

    /// The folder of a taxonomy's pages.
    pub fn folder(&self, taxonomy: Taxonomy) -> &'static str {
        self.folders[taxonomy as usize]
    }

    /// The address of a term's page, without `.html`.
    pub fn address(&self, id: TermId) -> String {
        address(&self.folders, self.get(id))
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

/// The terms by what entries write, by their titles, and by their other names; what comes first stays.
fn names(terms: &[Term]) -> FxHashMap<(Taxonomy, Fingerprint), TermId> {
    let mut names = FxHashMap::default();
    let mut add = |name: &str, place: usize| {
        names.entry((terms[place].taxonomy, Fingerprint::of(name))).or_insert(TermId(place as u32));
    };
    for (place, term) in terms.iter().enumerate() {
        add(&term.key, place);
    }
    for (place, term) in terms.iter().enumerate() {
        add(&key(&term.title), place);
    }
    for (place, term) in terms.iter().enumerate() {
        term.names.iter().for_each(|name| add(&key(name), place));
    }
    names
}

fn address(folders: &Folders, term: &Term) -> String {
    format!("{}/{}", folders[term.taxonomy as usize], term.slug)
}

/// The folder of a taxonomy's pages: another one if a section has that name, or an entry was where one of them would be.
fn folder(taxonomy: Taxonomy, terms: &[Term], entries: &[Arc<Entry>], sections: &[Section]) -> &'static str {
    let [folder, other] = taxonomy.folders();
    let is_section = sections.iter().any(|section| section.address.to_lowercase() == folder);
    let old = entries.iter().flat_map(|entry| &entry.redirect_from).filter_map(|url| {
        let url = url.value.as_str().to_lowercase();
        Some(url.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".html")?.to_owned())
    });
    let old: FxHashSet<String> = old.collect();
    let is_old = |term: &Term| term.taxonomy == taxonomy && old.contains(&term.slug);
    if is_section || terms.iter().any(is_old) { other } else { folder }
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
