//! Edges forward and back: where each link leads, and what links to each entry.

use std::ops::Range;
use std::sync::Arc;

use super::EntryId;
use super::resolve::{Resolution, Resolver};
use super::sections::Section;
use super::wikilink_text::ParsedWikilink;
use crate::parse::{LinkKey, LinkKeyKind};
use rayon::prelude::*;

/// Every link resolved, and the same read backwards.
#[derive(Clone, Debug)]
pub struct Graph {
    leads: Arc<LinkTable>,
    /// What links to each entry, one entry's behind the other's.
    back: Vec<Backlink>,
}

/// Where links lead.
#[derive(Debug)]
struct LinkTable {
    /// For each entry, where each of its links leads: [`PART`] entries together.
    forward: Vec<Rows<Resolution>>,
    /// The links that do not simply lead to an entry: the entry that each stands in, and its place there.
    loose: Vec<(EntryId, u32)>,
    /// What links say whose names hold signs, in the same order.
    wikilinks: Vec<(EntryId, u32, ParsedWikilink)>,
    /// Where the backlinks of each entry begin, and where those of the last one end.
    starts: Vec<u32>,
}

/// A link seen from where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlink {
    pub from: EntryId,
    which: Which,
    /// Tells what readers see of it from what they see of others.
    pub said: u64,
}

/// A link of an entry, by its place there, and whether it is a relation, in four bytes: they are many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Which(u32);

impl Which {
    fn new(link: u32, is_relation: bool) -> Which {
        Which(link << 1 | u32::from(is_relation))
    }
}

impl Backlink {
    /// Its place among the links of `from`.
    pub fn link(&self) -> usize {
        (self.which.0 >> 1) as usize
    }

    /// Whether it is a relation rather than a mention.
    pub fn is_relation(&self) -> bool {
        self.which.0 & 1 == 1
    }
}

/// Lists, one behind the other in one piece of memory.
#[derive(Clone, Debug)]
struct Rows<T> {
    all: Vec<T>,
    /// Where each list ends.
    ends: Vec<u32>,
}

impl<T> Default for Rows<T> {
    fn default() -> Rows<T> {
        Rows { all: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Rows<T> {
    /// No lists yet, with room for so many and for all that is in them.
    fn with_room(lists: usize, all: usize) -> Rows<T> {
        Rows { all: Vec::with_capacity(all), ends: Vec::with_capacity(lists) }
    }

    /// Ends the list to which was added; what is added next begins another.
    fn end(&mut self) {
        self.ends.push(self.all.len() as u32);
    }

    fn list(&self, place: usize) -> &[T] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[place] as usize]
    }
}

/// How many entries are resolved by one thread at a time.
const PART: usize = 256;

/// Some entries with their links.
struct Part {
    /// Where the links of each lead.
    forward: Rows<Resolution>,
    loose: Vec<(EntryId, u32)>,
    wikilinks: Vec<(EntryId, u32, ParsedWikilink)>,
    /// Those of them that lead to another entry.
    edges: Rows<Edge>,
}

struct Edge {
    to: EntryId,
    which: Which,
    said: u64,
}

impl Part {
    fn of(resolver: &Resolver, ids: Range<usize>) -> Part {
        let links = resolver.entries[ids.clone()].iter().map(|entry| entry.links.len()).sum();
        let lists = ids.len();
        let mut part = Part {
            forward: Rows::with_room(lists, links),
            loose: Vec::new(),
            wikilinks: Vec::new(),
            edges: Rows::with_room(lists, links),
        };
        for place in ids {
            let (id, entry) = (EntryId(place as u32), &resolver.entries[place]);
            for link in 0..entry.links.len() {
                let (to, reading) = resolver.resolve(id, entry, link);
                part.wikilinks.extend(reading.map(|reading| (id, link as u32, reading)));
                if !matches!(to, Resolution::Found { moved: false, repeated: false, .. }) {
                    part.loose.push((id, link as u32));
                }
                let LinkKey { asks, said, .. } = entry.gists[link];
                if let Some(to) = to.another(id).filter(|_| asks != LinkKeyKind::Query) {
                    part.edges.all.push(Edge {
                        to,
                        which: Which::new(link as u32, asks == LinkKeyKind::Relation),
                        said,
                    });
                }
                part.forward.all.push(to);
            }
            part.forward.end();
            part.edges.end();
        }
        part
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
        let mut leads = LinkTable {
            forward: Vec::new(),
            loose: Vec::new(),
            wikilinks: Vec::new(),
            starts: vec![0; entries.len() + 1],
        };
        // How many there are of each, then where each begins.
        for part in &mut parts {
            leads.forward.push(std::mem::take(&mut part.forward));
            leads.loose.append(&mut part.loose);
            leads.wikilinks.append(&mut part.wikilinks);
            for edge in &part.edges.all {
                leads.starts[edge.to.0 as usize + 1] += 1;
            }
        }
        for i in 1..leads.starts.len() {
            leads.starts[i] += leads.starts[i - 1];
        }
        let mut free = leads.starts.clone();
        let count = free.last().map_or(0, |end| *end as usize);
        let mut back = vec![Backlink { from: EntryId(0), which: Which::default(), said: 0 }; count];
        // Section by section and entry by entry in their order, so that each list of backlinks
        // comes out grouped and sorted.
        let order = sections.iter().flat_map(|section| section.index.iter().chain(&section.members));
        for from in order {
            let place = from.0 as usize;
            for edge in parts[place / PART].edges.list(place % PART) {
                let free = &mut free[edge.to.0 as usize];
                back[*free as usize] = Backlink { from: *from, which: edge.which, said: edge.said };
                *free += 1;
            }
        }
        Graph { leads: Arc::new(leads), back }
    }

    /// The links of an entry lead where they led, and some are said in other words than before.
    pub fn retell(&mut self, from: EntryId, before: &[LinkKey], gists: &[LinkKey]) {
        let all = before.iter().zip(gists).enumerate();
        for (link, (_, gist)) in all.filter(|(_, (before, gist))| before.said != gist.said) {
            let Some(to) = self.resolution(from, link).another(from) else { continue };
            let which = Which::new(link as u32, gist.asks == LinkKeyKind::Relation);
            let range = self.range(to);
            let links = self.back[range].iter_mut().filter(|link| link.from == from && link.which == which);
            links.for_each(|link| link.said = gist.said);
        }
    }

    /// Where a link of an entry leads.
    pub fn resolution(&self, entry: EntryId, link: usize) -> &Resolution {
        let place = entry.0 as usize;
        &self.leads.forward[place / PART].list(place % PART)[link]
    }

    /// The links that do not simply lead to an entry: the entry that each stands in, and its place there.
    pub fn loose(&self) -> &[(EntryId, u32)] {
        &self.leads.loose
    }

    /// What a link of an entry says, if its name holds a sign.
    pub fn parsed_wikilink(&self, entry: EntryId, link: usize) -> Option<&ParsedWikilink> {
        let wikilinks = &self.leads.wikilinks;
        let place = wikilinks.binary_search_by_key(&(entry, link as u32), |(from, link, _)| (*from, *link)).ok()?;
        Some(&wikilinks[place].2)
    }

    /// How many links and relations lead from one entry to another.
    pub fn len(&self) -> usize {
        self.back.len()
    }

    /// What links to an entry from elsewhere, by section and then in the order of its entries.
    pub fn backlinks(&self, entry: EntryId) -> &[Backlink] {
        &self.back[self.range(entry)]
    }

    fn range(&self, entry: EntryId) -> Range<usize> {
        let (entry, starts) = (entry.0 as usize, &self.leads.starts);
        starts[entry] as usize..starts[entry + 1] as usize
    }

    /// How many entries link to an entry.
    pub fn linking_entries(&self, entry: EntryId) -> usize {
        // The links of one entry stand next to each other.
        self.backlinks(entry).chunk_by(|a, b| a.from == b.from).count()
    }
}
