//! Which entries the feed has. Its file is an output of its own; pages announce it where there is one.

use super::{Page, Subject};
use crate::base::path::{FilePath, UrlPath};
use crate::book::{Book, EntryId};
use crate::parse::Entry;

/// The name of its file.
pub const FILE: &str = "atom.xml";

/// How many entries it has at most.
const MOST: usize = 30;

/// The entries that say on which day they are from, newest first: those that have a page of their own, in a book that
/// knows its public address.
pub fn of(book: &Book, pages: &[Page]) -> Vec<EntryId> {
    if !book.config.has_public_address() {
        return Vec::new();
    }
    let shown = pages
        .iter()
        .filter(|page| matches!(page.subject, Subject::Home | Subject::Section(_, None) | Subject::Entry(_)));
    let dated = shown.filter_map(|page| page.entry(book)).filter_map(|id| Some((day(book.entry(id))?, id)));
    let mut dated: Vec<(String, EntryId)> = dated.collect();
    let address = |id: EntryId| &*book.entry(id).address;
    dated.sort_unstable_by(|(a, x), (b, y)| b.cmp(a).then_with(|| address(*x).cmp(address(*y))));
    dated.into_iter().take(MOST).map(|(_, id)| id).collect()
}

/// The day that an entry is from, `2015-05-19`: when it was published, if it says so, or else its date. None where that
/// is not one day for sure.
pub fn day(entry: &Entry) -> Option<String> {
    let date = &entry.published.as_ref().or(entry.date.as_ref())?.value;
    let (first, last) = date.extent().certain?;
    date.html_datetime().filter(|_| last == Some(first) && !date.is_interval())
}

/// Its address.
pub fn url() -> UrlPath {
    FilePath::new(FILE).url()
}
