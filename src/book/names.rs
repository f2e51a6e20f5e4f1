//! Every name an entry answers to, and the nearest name to a misspelt one.

use rustc_hash::FxHashMap;

use super::EntryId;
use crate::base::near::{ALIKE, likeness};
use crate::base::path::key;
use crate::parse::{Entry, Role};

/// Which entries a name means: its path first, then its slug, its title, its aliases. Without
/// case, in NFC.
#[derive(Clone, Debug, Default)]
pub struct Names {
    tiers: [FxHashMap<String, Vec<EntryId>>; 4],
}

/// The kinds of names, in the order in which they are searched.
const PATH: usize = 0;
const SLUG: usize = 1;
const TITLE: usize = 2;
const ALIAS: usize = 3;

impl Names {
    pub fn of(entries: &[Entry]) -> Names {
        let mut names = Names::default();
        for (i, entry) in entries.iter().enumerate() {
            let id = EntryId(i as u32);
            names.add(PATH, &entry.address, id);
            let folder = entry.address.rsplit_once('/').map_or("", |(folder, _)| folder);
            if entry.role == Role::Index {
                // A folder's page answers to its folder.
                names.add(PATH, folder, id);
                names.add(SLUG, folder.rsplit('/').next().unwrap_or(""), id);
            } else {
                let within = entry.address.strip_prefix(&entry.section).and_then(|rest| rest.strip_prefix('/'));
                names.add(SLUG, within.unwrap_or(&entry.address), id);
                names.add(SLUG, entry.address.rsplit('/').next().unwrap_or(""), id);
                // As other tools know it: the file's own name, before it became an address.
                names.add(SLUG, &entry.stem, id);
                if let Some((folder, _)) = entry.path.as_str().rsplit_once('/') {
                    names.add(PATH, &format!("{folder}/{}", entry.stem), id);
                    names.add(PATH, &format!("{}/{}", entry.section, entry.stem), id);
                }
            }
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

    /// The entries that a name means, of those that `wanted` allows; more than one if it is ambiguous.
    pub fn matching(&self, name: &str, wanted: impl Fn(EntryId) -> bool) -> Vec<EntryId> {
        let name = name.trim().trim_matches('/');
        let bare = name.strip_suffix(".md").unwrap_or(name);
        let key = key(bare);
        for tier in &self.tiers {
            let found: Vec<EntryId> = tier.get(&key).into_iter().flatten().copied().filter(|id| wanted(*id)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The entry whose name is nearest to a misspelt one, and that name as names are compared.
    pub fn nearest(&self, name: &str, wanted: impl Fn(EntryId) -> bool) -> Option<(EntryId, &str)> {
        let name = key(name.trim_matches('/').trim_end_matches(".md"));
        let mut best: Option<(f64, usize, &str, EntryId)> = None;
        for (tier, names) in self.tiers.iter().enumerate() {
            for (candidate, ids) in names {
                let score = likeness(&name, candidate);
                if score < ALIKE {
                    continue;
                }
                let Some(id) = ids.iter().copied().find(|id| wanted(*id)) else { continue };
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
        best.map(|(_, _, name, id)| (id, name))
    }
}
