//! What links to an entry, by the entry that does.

use crate::book::{Backlink, Book, EntryId};
use crate::parse::Origin;

/// Up to how many backlinks stand on a page in their own order.
pub const FEW: usize = 8;

/// All links from one entry to another, and of each relation the first.
pub struct Linking<'a> {
    pub all: &'a [Backlink],
    pub relations: Vec<&'a Backlink>,
}

/// The links of each entry together: they stand next to each other.
pub fn of<'a>(book: &Book, all: &'a [Backlink]) -> Vec<Linking<'a>> {
    let entries = all.chunk_by(|a, b| a.from == b.from);
    let field = |link: &Backlink| match book.entry(link.from).links[link.link()].from {
        Origin::Relation { field } => Some(field),
        _ => None,
    };
    entries
        .map(|links| {
            let mut relations: Vec<&Backlink> = links.iter().filter(|link| link.is_relation()).collect();
            let mut stated = Vec::new();
            relations.retain(|link| {
                let is_new = !stated.contains(&field(link));
                stated.push(field(link));
                is_new
            });
            Linking { all: links, relations }
        })
        .collect()
}

/// How many cards show them all: one for each relation, or for what only mentions.
pub fn cards(linking: &[Linking]) -> usize {
    linking.iter().map(|links| links.relations.len().max(1)).sum()
}

/// How much links to an entry, in steps of twice as much: what changes by a little keeps its place among others.
pub fn weight(book: &Book, id: EntryId) -> u32 {
    (book.graph.backlinks(id).len() + 1).ilog2()
}
