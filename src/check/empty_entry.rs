//! An entry that has a title and says nothing.

use super::{OFF, Rule, RuleScope, WARNING};
use crate::book::Role;

pub const RULE: Rule = Rule {
    name: "empty-entry",
    level: WARNING,
    plain: OFF,
    how: RuleScope::OfEntry(|_, _, entry, found| {
        // A folder's own page has the list of its entries.
        let is_blank = entry.body.is_blank && entry.summary.is_none() && entry.fields.is_empty();
        if is_blank && entry.figures.is_empty() && entry.data.is_empty() && entry.role == Role::Member {
            found
                .at(entry, entry.title.span, format!("\"{}\" says nothing but its title", entry.title.value))
                .advise("write a summary or a text, or mark it: draft: true");
        }
    }),
};
