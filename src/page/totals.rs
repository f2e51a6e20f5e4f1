//! A book in numbers.

use crate::book::{Book, EntryId, Role};

/// How many of the most linked entries are named.
const MOST_LINKED: usize = 6;

/// A book in numbers.
pub struct Totals {
    /// The entries, without the pages of folders; links between them; sources.
    pub entries: usize,
    pub links: usize,
    pub sources: usize,
    /// How many entries each section has.
    pub sections: Vec<usize>,
    /// The entries to which most link, each with how many do.
    pub most_linked: Vec<(usize, EntryId)>,
}

impl Totals {
    pub fn of(book: &Book) -> Totals {
        Totals {
            entries: members(book).count(),
            links: book.graph.len(),
            sources: book.cited.len(),
            sections: book.sections.iter().map(|section| section.members.len()).collect(),
            most_linked: book.most_linked(members(book), MOST_LINKED),
        }
    }
}

/// The entries, without the pages of folders.
fn members(book: &Book) -> impl Iterator<Item = EntryId> {
    book.ids().filter(|id| book.entry(*id).role == Role::Member)
}
