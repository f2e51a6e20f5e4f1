//! Edges forward and back: where each link leads, and what links to each entry.

use std::ops::Range;

use super::EntryId;
use super::order::Section;
use super::resolve::{Resolution, Resolver};
use crate::base::mark::Mark;
use crate::parse::{Asks, Gist};
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
    /// Tells what readers see of it from what they see of others.
    pub said: Mark,
}

/// How many entries are resolved by one thread at a time.
const PART: usize = 256;

/// Where the links of some entries lead.
#[derive(Default)]
struct Part {
    forward: Vec<Vec<Resolution>>,
    loose: Vec<(EntryId, u32)>,
    /// Those of them that lead to another entry.
    edges: Vec<Edge>,
    /// Where the edges of each entry end.
    ends: Vec<usize>,
}

struct Edge {
    to: EntryId,
    link: u32,
    relation: bool,
    said: Mark,
}

impl Part {
    fn of(resolver: &Resolver, ids: Range<usize>) -> Part {
        let mut part = Part::default();
        for place in ids {
            let (id, entry) = (EntryId(place as u32), &resolver.entries[place]);
            let resolutions: Vec<Resolution> =
                (0..entry.links.len()).map(|link| resolver.resolve(id, entry, link)).collect();
            for (link, to) in resolutions.iter().enumerate() {
                let link = link as u32;
                if !matches!(to, Resolution::Found { moved: false, .. }) {
                    part.loose.push((id, link));
                }
                if let Resolution::Found { entry: to, .. } | Resolution::NoSuchAnchor { entry: to, .. } = to
                    && *to != id
                {
                    let Gist { asks, said, .. } = entry.gists[link as usize];
                    part.edges.push(Edge { to: *to, link, relation: asks == Asks::Relation, said });
                }
            }
            part.ends.push(part.edges.len());
            part.forward.push(resolutions);
        }
        part
    }

    /// The links from one of its entries to others.
    fn edges(&self, place: usize) -> &[Edge] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.edges[start..self.ends[place]]
    }
}

impl Graph {
    pub fn of(resolver: &Resolver, sections: &[Section]) -> Graph {
        let entries = resolver.entries;
        let mut parts: Vec<Part> = (0..entries.len())
            .into_par_iter()
            .step_by(PART)
            .map(|first| Part::of(resolver, first..entries.len().min(first + PART)))
            .collect();
        let mut graph = Graph { starts: vec![0; entries.len() + 1], ..Graph::default() };
        graph.forward.reserve(entries.len());
        // How many there are of each, then where each begins.
        for part in &mut parts {
            graph.forward.append(&mut part.forward);
            graph.loose.append(&mut part.loose);
            for edge in &part.edges {
                graph.starts[edge.to.0 as usize + 1] += 1;
            }
        }
        for i in 1..graph.starts.len() {
            graph.starts[i] += graph.starts[i - 1];
        }
        let mut free = graph.starts.clone();
        let count = free.last().map_or(0, |end| *end as usize);
        graph.back = vec![Backlink { from: EntryId(0), link: 0, relation: false, said: Mark::default() }; count];
        // Section by section and entry by entry in their order, so that each list of backlinks
        // comes out grouped and sorted.
        let order = sections.iter().flat_map(|section| section.index.iter().chain(&section.members));
        for from in order {
            let place = from.0 as usize;
            for edge in parts[place / PART].edges(place % PART) {
                let free = &mut free[edge.to.0 as usize];
                graph.back[*free as usize] =
                    Backlink { from: *from, link: edge.link, relation: edge.relation, said: edge.said };
                *free += 1;
            }
        }
        graph
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
