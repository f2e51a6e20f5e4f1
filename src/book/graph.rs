//! Edges forward and back: where each link leads, and what links to each entry.

use super::EntryId;
use super::order::Section;
use super::resolve::{Resolution, Resolver};
use crate::parse::Asks;
use rayon::prelude::*;

/// Every link resolved, and the same read backwards.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// For each entry, where each of its links leads.
    forward: Vec<Vec<Resolution>>,
    /// The links that do not simply lead to an entry: the entry that each stands in, and its place there.
    loose: Vec<(EntryId, u32)>,
    /// What links to each entry, one entry's behind the other's.
    back: Vec<Backlink>,
    /// Where the backlinks of each entry begin, and where those of the last one end.
    starts: Vec<u32>,
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
                (0..entry.links.len()).map(|link| resolver.resolve(id, entry, link)).collect()
            })
            .collect();
        let targets = |from: EntryId| {
            let resolutions = forward[from.0 as usize].iter().enumerate();
            resolutions.filter_map(move |(i, resolution)| match resolution {
                Resolution::Found { entry, .. } | Resolution::NoSuchAnchor { entry, .. } if *entry != from => {
                    Some((i, *entry))
                }
                _ => None,
            })
        };
        // How many there are of each, then where each begins.
        let mut starts = vec![0; entries.len() + 1];
        for (_, to) in (0..entries.len() as u32).flat_map(|from| targets(EntryId(from))) {
            starts[to.0 as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut free = starts.clone();
        let nobody = Backlink { from: EntryId(0), link: 0, relation: false };
        let mut back = vec![nobody; starts[entries.len()] as usize];
        // Section by section and entry by entry in their order, so that each list of backlinks
        // comes out grouped and sorted.
        let order = sections.iter().flat_map(|section| section.index.iter().chain(&section.members));
        for from in order {
            for (i, to) in targets(*from) {
                let relation = entries[from.0 as usize].gists[i].asks == Asks::Relation;
                let place = &mut free[to.0 as usize];
                back[*place as usize] = Backlink { from: *from, link: i as u32, relation };
                *place += 1;
            }
        }
        let is_loose = |to: &Resolution| !matches!(to, Resolution::Found { moved: false, .. });
        let loose = forward.iter().enumerate().flat_map(|(from, resolutions)| {
            let loose = resolutions.iter().enumerate().filter(|(_, to)| is_loose(to));
            loose.map(move |(link, _)| (EntryId(from as u32), link as u32))
        });
        Graph { loose: loose.collect(), forward, back, starts }
    }

    /// Where a link of an entry leads.
    pub fn resolution(&self, entry: EntryId, link: usize) -> &Resolution {
        &self.forward[entry.0 as usize][link]
    }

    /// The links that do not simply lead to an entry: the entry that each stands in, and its place there.
    pub fn loose(&self) -> &[(EntryId, u32)] {
        &self.loose
    }

    /// How many links and relations lead from one entry to another.
    pub fn len(&self) -> usize {
        self.back.len()
    }

    /// What links to an entry from elsewhere, by section and then in the order of its entries.
    pub fn backlinks(&self, entry: EntryId) -> &[Backlink] {
        let entry = entry.0 as usize;
        &self.back[self.starts[entry] as usize..self.starts[entry + 1] as usize]
    }

    /// How many entries link to an entry.
    pub fn linking_entries(&self, entry: EntryId) -> usize {
        // The links of one entry stand next to each other.
        self.backlinks(entry).chunk_by(|a, b| a.from == b.from).count()
    }
}
