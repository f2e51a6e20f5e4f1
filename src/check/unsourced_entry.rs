//! An entry of a collection that names no source.

use super::{OFF, Rule, RuleScope, WARNING};
use crate::book::Role;

pub const RULE: Rule = Rule {
    name: "unsourced-entry",
    level: WARNING,
    plain: OFF,
    how: RuleScope::Checked(|book, found| {
        // A book in which nobody names a source has other ways to say where its knowledge is from.
        let names_sources = !book.cited.is_empty() || book.entries.iter().any(|entry| !entry.sources.is_empty());
        for id in book.ids().filter(|_| names_sources) {
            let entry = book.entry(id);
            if entry.sources.is_empty() && entry.role == Role::Member {
                found
                    .at(entry, entry.title.span, format!("\"{}\" names no source", entry.title.value))
                    .advise("say where its claims are from: sources: […]");
            }
        }
    }),
};
