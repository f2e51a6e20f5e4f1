//! Which entries pages pick out of the book.

use std::cmp::Reverse;

use crate::base::history::Commit;
use crate::book::{Book, EntryId, Section, SectionId};
use crate::parse::BlockContent;

/// How many pages of the root the home page lists.
const ROOT_PAGES: usize = 100;

/// How many of the most linked entries are named where the list itself stands on other pages.
const MOST_LINKED: usize = 12;

/// How many changed files the page of recent changes has.
const RECENT: usize = 100;

/// How many entries a section may have for each of them to name them all.
pub const SIBLINGS: usize = 24;

/// The first pages of the root.
pub fn root_pages(book: &Book) -> &[EntryId] {
    let root = book.sections.iter().find(|section| section.name.is_empty());
    root.map_or(&[], |root| &root.members[..root.members.len().min(ROOT_PAGES)])
}

/// The entries of a section to which most others link.
pub fn most_linked(book: &Book, section: &Section) -> Vec<EntryId> {
    let linked = book.most_linked(section.members.iter().copied(), MOST_LINKED);
    linked.into_iter().map(|(_, id)| id).collect()
}

/// A file that was changed, and the entries in it.
pub struct ChangedFile<'a> {
    pub entries: Vec<EntryId>,
    pub commit: &'a Commit,
}

/// The files that were changed last, the last one first.
pub fn recent_changes(book: &Book) -> Vec<ChangedFile<'_>> {
    let ids: Vec<EntryId> = book.ids().collect();
    // The entries of a file stand one behind the other.
    let files = ids.chunk_by(|a, b| book.entry(*a).path == book.entry(*b).path).filter_map(|ids| {
        let commit = &*book.history.of(&book.entry(ids[0]).path)?.last;
        Some(ChangedFile { entries: ids.to_vec(), commit })
    });
    let mut files: Vec<ChangedFile> = files.collect();
    files.sort_by_key(|file| (Reverse(file.commit.time), file.entries[0]));
    files.truncate(RECENT);
    files
}

/// What a block of an entry asks for, by its place among the entry's blocks, and the section that it lists; none if the
/// block is code, or names something that is not there.
pub fn of_block(book: &Book, id: EntryId, block: usize) -> Option<(SectionId, Vec<EntryId>)> {
    match book.entry(id).blocks.get(block)?.content.as_ref()? {
        BlockContent::Entries(query) => book.select(id, query),
    }
}
