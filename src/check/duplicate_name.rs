//! Two entries of one collection with the same title, or an alias that is another's name.

use rustc_hash::FxHashMap;

use super::{ERROR, Reporter, Rule, RuleScope, WARNING, title_of};
use crate::base::diagnostic::Severity;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::key;
use crate::book::{Book, EntryId, SectionId};
use crate::parse::{Entry, Role};

pub const RULE: Rule = Rule {
    name: "duplicate-name",
    level: ERROR,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (name, called) in book.names.shared() {
            let members: Vec<EntryId> = called.filter(|id| book.entry(*id).role == Role::Member).collect();
            titles(book, name, &members, found);
            aliases(book, name, &members, found);
        }
    }),
};

/// Tells of those whose title is another's of their collection.
fn titles(book: &Book, name: Fingerprint, members: &[EntryId], found: &mut Reporter) {
    let mut first_in: FxHashMap<SectionId, EntryId> = FxHashMap::default();
    // Plain pages may be called alike ("Overview" in each folder).
    let is_title = |entry: &Entry| entry.title_mark == name && entry.collection.is_some();
    for id in members.iter().filter(|id| is_title(book.entry(**id))) {
        let entry = book.entry(*id);
        let first = *first_in.entry(book.section_of(*id)).or_insert(*id);
        if first != *id {
            let message = format!("another entry of {} is called \"{}\"", entry.section, entry.title.value);
            found
                .at(entry, entry.title.span, message)
                .advise("tell the two apart in their titles")
                .remark("first called so here", Some(title_of(book.entry(first))));
        }
    }
}

/// Tells of those who have an alias by which another entry is meant.
fn aliases(book: &Book, name: Fingerprint, members: &[EntryId], found: &mut Reporter) {
    let meant = book.names.called(name, |_| true);
    let Some(other) = meant.first().map(|other| book.entry(*other)) else { return };
    // Those who are meant stand in the order of entries, and may be as many as these.
    for id in members.iter().filter(|id| meant.binary_search(id).is_err()) {
        let entry = book.entry(*id);
        for alias in entry.aliases.iter().filter(|alias| Fingerprint::of(&key(&alias.value)) == name) {
            let diagnostic = found
                .at(entry, alias.span, format!("the alias \"{}\" is the name of another entry", alias.value))
                .advise("links by this name lead to the other entry: take the alias out, or link by path")
                .remark("the entry of that name", Some(title_of(other)));
            diagnostic.severity = Severity::Warning;
        }
    }
}
