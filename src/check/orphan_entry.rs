//! An entry that no other one refers to.

use rustc_hash::FxHashSet;

use super::{OFF, Rule, RuleScope, WARNING};
use crate::book::{Book, EntryId, Resolution, Role};
use crate::parse::Origin;

pub const RULE: Rule = Rule {
    name: "orphan-entry",
    level: WARNING,
    plain: OFF,
    how: RuleScope::Checked(|book, found| {
        // Who knows to what an entry refers that could not be read.
        if book.places.has_unread() {
            return;
        }
        let ambiguous = book.special_links().filter_map(|(_, _, to)| match to {
            Resolution::Ambiguous(ids) => Some(ids),
            _ => None,
        });
        let perhaps: FxHashSet<EntryId> = ambiguous.flatten().copied().collect();
        let is_alone = |id: &EntryId| book.graph.backlinks(*id).is_empty() && !perhaps.contains(id);
        for id in book.ids().filter(is_alone) {
            let entry = book.entry(id);
            // Folders' own pages, and pages at the top, are in the navigation of every page.
            let is_in_navigation = entry.role == Role::Index || entry.section.is_empty();
            if !is_in_navigation && !is_related(book, id) {
                found
                    .at(entry, entry.title.span, format!("no other entry refers to \"{}\"", entry.title.value))
                    .advise("link to it where another entry speaks of it, or name an entry in one of its fields");
            }
        }
    }),
};

/// Whether it states a relation to another entry, whose page then shows it.
fn is_related(book: &Book, id: EntryId) -> bool {
    book.entry(id).links.iter().enumerate().any(|(i, link)| {
        let to = book.resolution(id, i);
        let leads_on = match to {
            Resolution::Found { entry, .. } => *entry != id,
            // Somebody meant another entry, and is told so.
            Resolution::Ambiguous(_) | Resolution::Missing | Resolution::WrongCollection(_) => true,
            _ => false,
        };
        leads_on && matches!(link.from, Origin::Relation { .. })
    })
}
