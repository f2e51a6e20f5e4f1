//! An entry whose author wanted it to be looked at again by a day that has passed.

use super::{Rule, RuleScope, WARNING};

pub const RULE: Rule = Rule {
    name: "review-due",
    level: WARNING,
    plain: WARNING,
    how: RuleScope::OfEntry(|_, _, entry, found| {
        let (Some(today), Some(date)) = (found.today, &entry.review_by) else { return };
        if date.value.latest().is_some_and(|latest| latest < today) {
            found
                .at(entry, date.span, format!("\"{}\" was to be reviewed by {}", entry.title.value, date.value))
                .advise("see whether it still holds, and set a new date or take this one out");
        }
    }),
};
