//! Every name an entry answers to, and the nearest name to a misspelt one.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::EntryId;
use crate::base::near::{ALIKE, Near, is_slip, likeness};
use crate::base::path::key;
use crate::config::Config;
use crate::parse::{Entry, Role};

/// Which entries a name means: its address first, then its path on disk, its slug, its file's name, its title, its
/// aliases. Without case, in NFC.
#[derive(Clone, Debug, Default)]
pub struct Names {
    tiers: [FxHashMap<String, Vec<EntryId>>; 7],
}

/// The kinds of names, in the order in which they are searched.
const ADDRESS: usize = 0;
const PATH: usize = 1;
const SLUG: usize = 2;
const STEM: usize = 3;
const TITLE: usize = 4;
const ALIAS: usize = 5;
const LAST: usize = 6;

impl Names {
    pub fn of(config: &Config, entries: &[Arc<Entry>]) -> Names {
        let mut names = Names::default();
        for (i, entry) in entries.iter().enumerate() {
            for (tier, name) in names_of(config, entry) {
                names.add(tier, &name, EntryId(i as u32));
            }
        }
        names
    }

    fn add(&mut self, tier: usize, name: &str, id: EntryId) {
        let name = key(name);
        if name.is_empty() {
            return;
        }
        let ids = self.tiers[tier].entry(name).or_default();
        if ids.last() != Some(&id) {
            ids.push(id);
        }
    }

    /// The entry at an address without `.html`.
    pub fn at(&self, address: &str) -> Option<EntryId> {
        self.tiers[ADDRESS].get(&key(address))?.first().copied()
    }

    /// The entries that a name means, of those that `wanted` allows; more than one if it is ambiguous.
    pub fn matching(&self, name: &str, wanted: impl Fn(EntryId) -> bool) -> Vec<EntryId> {
        // As it is written; then as the path of a file.
        let path = name.trim().trim_matches('/');
        let names = [Some(name), Some(path), path.strip_suffix(".md")];
        for key in names.into_iter().flatten().map(key) {
            for tier in &self.tiers {
                let found: Vec<EntryId> =
                    tier.get(&key).into_iter().flatten().copied().filter(|id| wanted(*id)).collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// The entry whose name is nearest to a misspelt one, and that name as names are compared. It is sure if the name
    /// is off by a slip from those of this entry alone.
    pub fn nearest(&self, name: &str, wanted: impl Fn(EntryId) -> bool) -> Option<(EntryId, Near<'_>)> {
        let name = key(name.trim_matches('/').trim_end_matches(".md"));
        let mut best: Option<(f64, usize, &str, EntryId)> = None;
        let mut slips: Vec<EntryId> = Vec::new();
        for (tier, names) in self.tiers.iter().enumerate() {
            for (candidate, ids) in names {
                let score = likeness(&name, candidate);
                if score < ALIKE {
                    continue;
                }
                let Some(id) = ids.iter().copied().find(|id| wanted(*id)) else { continue };
                if is_slip(&name, candidate) {
                    slips.extend(ids.iter().copied().filter(|id| wanted(*id)));
                }
                // Maps have no order of their own: ties go to the better kind of name, then to the name, then to the
                // earlier entry.
                let better = best.is_none_or(|(top, other_tier, text, other)| {
                    score > top || (score == top && (tier, candidate.as_str(), id) < (other_tier, text, other))
                });
                if better {
                    best = Some((score, tier, candidate, id));
                }
            }
        }
        best.map(|(_, _, name, id)| {
            (id, Near { name, is_sure: !slips.is_empty() && slips.iter().all(|slip| *slip == id) })
        })
    }
}

/// Every name that an entry answers to, from its address to its aliases; some may stand twice.
pub fn every<'a>(config: &Config, entry: &'a Entry) -> impl Iterator<Item = Cow<'a, str>> {
    names_of(config, entry).into_iter().map(|(_, name)| name)
}

/// The names of an entry, each with its kind.
fn names_of<'a>(config: &Config, entry: &'a Entry) -> Vec<(usize, Cow<'a, str>)> {
    let (folder, slug) = entry.address.rsplit_once('/').unwrap_or(("", &entry.address));
    let path = config.within_src(&entry.path).unwrap_or(entry.path.as_str());
    let disk_folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names = vec![(ADDRESS, Cow::from(&entry.address))];
    // A YAML file at the root stands for its section, and its items have no path but their address.
    if !entry.is_item && (entry.section.is_empty() || !disk_folder.is_empty()) {
        let path = format!("{disk_folder}/{}", entry.stem);
        names.push((PATH, path.trim_start_matches('/').to_owned().into()));
    }
    match entry.role {
        // A folder's page answers to its folder.
        Role::Index => {
            names.push((PATH, folder.into()));
            names.push((PATH, disk_folder.to_owned().into()));
            names.push((SLUG, folder.rsplit('/').next().unwrap_or("").into()));
        }
        Role::Member => {
            names.push((SLUG, entry.slug().into()));
            names.push((SLUG, slug.into()));
        }
    }
    // "index" and "README" are what a folder's page is called, and seldom what it is about.
    names.push((if entry.role == Role::Index { LAST } else { STEM }, Cow::from(&entry.stem)));
    names.push((TITLE, Cow::from(&entry.title.value)));
    names.extend(entry.aliases.iter().map(|alias| (ALIAS, Cow::from(&alias.value))));
    names
}
