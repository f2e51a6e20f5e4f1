//! What a preview shows beside the book itself: what is other than in a revision.

use rustc_hash::FxHashMap;

use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::UrlPath;
use crate::book::{Book, EntryId};
use crate::compare::{BookChanges, EntryChange};
use crate::page::{Page, Subject};

/// What is other in a book than in a revision, for its pages.
pub struct Preview {
    /// What the revision is called.
    pub against: String,
    pub changes: BookChanges,
    /// The places of the changes of entries that there are.
    places: FxHashMap<EntryId, usize>,
    /// The fingerprint of all of it.
    pub print: Fingerprint,
}

/// The page of all changes in the preview of a book. An entry of that address keeps it: it is what is looked at.
pub fn page(book: &Book) -> Page {
    let url = if book.names.at("changes").is_some() { "changes-in-preview.html" } else { "changes.html" };
    Page { kind: "changes", subject: Subject::Changes, url: UrlPath::new(url) }
}

impl Preview {
    pub fn new(against: String, changes: BookChanges) -> Preview {
        let there = changes.entries.iter().enumerate().filter_map(|(place, change)| Some((change.id?, place)));
        let mut hasher = FingerprintHasher::default();
        hasher.text(&against);
        hasher.value(&changes);
        Preview { places: there.collect(), print: hasher.finish(), against, changes }
    }

    /// What is other of an entry.
    pub fn change(&self, id: EntryId) -> Option<&EntryChange> {
        Some(&self.changes.entries[*self.places.get(&id)?])
    }
}
