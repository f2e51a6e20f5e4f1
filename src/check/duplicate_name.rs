//! Two entries of one collection with the same title, or an alias that is another's name.

use rustc_hash::FxHashMap;

use super::{ERROR, How, Rule, WARNING, title_of};
use crate::base::diagnostic::Severity;
use crate::base::mark::Mark;
use crate::base::path::key;
use crate::book::{EntryId, SectionId};
use crate::parse::Role;

pub const RULE: Rule = Rule {
    name: "duplicate-name",
    level: ERROR,
    plain: WARNING,
    how: How::Checked(|book, found| {
        let mut titles: FxHashMap<(SectionId, Mark), EntryId> = FxHashMap::default();
        let members = || book.ids().filter(|id| book.entry(*id).role == Role::Member);
        for id in members() {
            let entry = book.entry(id);
            if entry.collection.is_none() {
                // Plain pages may be called alike ("Overview" in each folder).
                continue;
            }
            let first = *titles.entry((book.section_of(id), entry.title_mark)).or_insert(id);
            if first != id {
                let first = book.entry(first);
                found
                    .at(
                        entry,
                        entry.title.span,
                        format!("another entry of {} is called \"{}\"", entry.section, entry.title.value),
                    )
                    .advise("tell the two apart in their titles")
                    .remark("first called so here", Some(title_of(first)));
            }
        }
        for id in members() {
            let entry = book.entry(id);
            for alias in &entry.aliases {
                let meant = book.names.called(Mark::of(&key(&alias.value)), |_| true);
                let Some(other) = meant.first().filter(|_| !meant.contains(&id)) else { continue };
                let other = book.entry(*other);
                let diagnostic = found
                    .at(entry, alias.span, format!("the alias \"{}\" is the name of another entry", alias.value))
                    .advise("links by this name lead to the other entry: take the alias out, or link by path")
                    .remark("the entry of that name", Some(title_of(other)));
                diagnostic.severity = Severity::Warning;
            }
        }
    }),
};
