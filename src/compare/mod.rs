//! What is other in a book than in another version of it, in the book's own terms.
//!
//! Two books are compared, not their texts: an entry that has moved is the same entry, a list in another order says the
//! same, and a link that was written anew for a target that moved leads where it led.

mod changes;
mod details;
mod entries;
mod findings;
mod links;
mod matching;
mod shown;
mod sources;
mod values;
mod version;
mod words;

pub use changes::{
    Aspect, BookChanges, BookSide, BrokenLink, Detail, DetailChange, EntryChange, Fate, FoundProblem, MentionChange,
    RuleChange, SourceChange,
};
pub use version::BookVersion;
pub use words::TextChange;

use changes::Side;
use values::{Shown, difference};
use version::{Compared, IdentityMap};

/// What is other in the book `after` than in the book `before`.
pub fn books(before: &BookVersion, after: &BookVersion) -> BookChanges {
    let pairs = matching::pairs(before.book, after.book);
    let (old_ids, new_ids) = (IdentityMap::of_before(&pairs), IdentityMap::of_after(after.book));
    let old = Compared { version: before, ids: &old_ids, after: after.book };
    let new = Compared { version: after, ids: &new_ids, after: after.book };
    let (broken, mended) = links::broken(&old, &new, &pairs);
    BookChanges {
        before: side(before),
        after: side(after),
        book: of_book(before, after),
        entries: entries::changes(&old, &new, &pairs, &broken),
        sources: sources::changes(before.book, after.book),
        rules: findings::changes(before, after, &pairs),
        broken,
        mended,
    }
}

fn side(version: &BookVersion) -> BookSide {
    let errors = version.problems.iter().filter(|problem| problem.is_error()).count();
    let unread = version.unread.iter().map(|path| path.as_str().to_owned()).collect();
    BookSide { entries: version.book.entries.len(), errors, unread }
}

/// What `book.toml` says of the book to its readers.
fn of_book(before: &BookVersion, after: &BookVersion) -> Vec<Detail> {
    let (old, new) = (&before.book.config, &after.book.config);
    let text = |text: &str| Vec::from_iter(Some(text).filter(|text| !text.is_empty()).map(Shown::text));
    let named = |name: &str, title: &str| Shown { key: name.to_owned(), shown: title.to_owned() };
    let collections = |side: Side| {
        let config = if side == Side::Before { old } else { new };
        let all = config.collections.iter().map(|collection| named(&collection.name.value, &collection.title));
        all.collect::<Vec<_>>()
    };
    let changes = [
        (Aspect::Title, difference(text(&old.title), text(&new.title))),
        (Aspect::Summary, difference(text(&old.description), text(&new.description))),
        (Aspect::Language, difference(text(&old.language), text(&new.language))),
        (Aspect::Collections, difference(collections(Side::Before), collections(Side::After))),
    ];
    let changes = changes.into_iter().filter_map(|(aspect, change)| Some(Detail { aspect, change: change? }));
    changes.collect()
}
