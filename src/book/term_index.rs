//! All terms of a book, and what they are found by.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::sections::Section;
use super::term::{Taxonomy, Term, TermId};
use super::{countries, tags};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::key;
use crate::config::Config;
use crate::parse::Entry;

/// The folder of each taxonomy's pages.
type Folders = [&'static str; Taxonomy::ALL.len()];

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
