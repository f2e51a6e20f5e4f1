//! Every name an entry answers to, and the nearest name to a misspelt one.

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
    pub fn of(config: &Config, entries: &[Entry]) -> Names {
        let mut names = Names::default();
        for (i, entry) in entries.iter().enumerate() {
            let id = EntryId(i as u32);
            names.add(ADDRESS, &entry.address, id);
            let (folder, slug) = entry.address.rsplit_once('/').unwrap_or(("", &entry.address));
            let path = config.within_src(&entry.path).unwrap_or(entry.path.as_str());
            let disk_folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            // A YAML file at the root stands for its section, and its items have no path but their address.
            if !entry.is_item && (entry.section.is_empty() || !disk_folder.is_empty()) {
                names.add(PATH, format!("{disk_folder}/{}", entry.stem).trim_start_matches('/'), id);
            }
            match entry.role {
                // A folder's page answers to its folder.
                Role::Index => {
                    names.add(PATH, folder, id);
                    names.add(PATH, disk_folder, id);
                    names.add(SLUG, folder.rsplit('/').next().unwrap_or(""), id);
                }
                Role::Member => {
                    names.add(SLUG, entry.slug(), id);
                    names.add(SLUG, slug, id);
                }
            }
            // "index" and "README" are what a folder's page is called, and seldom what it is about.
            names.add(if entry.role == Role::Index { LAST } else { STEM }, &entry.stem, id);
            names.add(TITLE, &entry.title.value, id);
            for alias in &entry.aliases {
                names.add(ALIAS, &alias.value, id);
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
