//! Edges forward and back: where each link leads, and what links to each entry.

use super::EntryId;
use super::order::Section;
use super::resolve::{Resolution, Resolver};
use crate::parse::Origin;
use rayon::prelude::*;

/// Every link resolved, and the same read backwards.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// For each entry, where each of its links leads.
    forward: Vec<Vec<Resolution>>,
    back: Vec<Vec<Backlink>>,
}

/// A link seen from where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlink {
    pub from: EntryId,
    /// Its place among the links of `from`.
    pub link: u32,
    /// Whether it is a relation rather than a mention.
    pub relation: bool,
}

impl Graph {
    pub fn of(resolver: &Resolver, sections: &[Section]) -> Graph {
        let entries = resolver.entries;
        let forward: Vec<Vec<Resolution>> = entries
            .par_iter()
            .enumerate()
            .map(|(i, entry)| {
                let id = EntryId(i as u32);
                entry.links.iter().map(|link| resolver.resolve(id, entry, link)).collect()
            })
            .collect();
        let mut back = vec![Vec::new(); entries.len()];
        // Section by section and entry by entry in their order, so that each list of backlinks
        // comes out grouped and sorted.
        let order = sections.iter().flat_map(|section| section.index.iter().chain(&section.members));
        for from in order {
            for (i, resolution) in forward[from.0 as usize].iter().enumerate() {
                let (Resolution::Found { entry, .. } | Resolution::NoSuchAnchor { entry, .. }) = resolution else {
                    continue;
                };
                if entry == from {
                    continue;
                }
                let relation = matches!(entries[from.0 as usize].links[i].from, Origin::Relation { .. });
                back[entry.0 as usize].push(Backlink { from: *from, link: i as u32, relation });
            }
        }
        Graph { forward, back }
    }

    /// Where a link of an entry leads.
    pub fn resolution(&self, entry: EntryId, link: usize) -> &Resolution {
        &self.forward[entry.0 as usize][link]
    }

    /// How many links and relations lead from one entry to another.
    pub fn len(&self) -> usize {
        self.back.iter().map(Vec::len).sum()
    }

    /// What links to an entry from elsewhere, by section and then in the order of its entries.
    pub fn backlinks(&self, entry: EntryId) -> &[Backlink] {
        &self.back[entry.0 as usize]
    }

    /// How many entries link to an entry.
    pub fn linking_entries(&self, entry: EntryId) -> usize {
        // The links of one entry stand next to each other.
        self.backlinks(entry).chunk_by(|a, b| a.from == b.from).count()
    }
}
