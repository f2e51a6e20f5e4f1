//! Dates out of order: an entry that is earlier than what it refers to, in a relation that is declared `not-before`.
//!
//! That an interval ends before it begins is told where the date is read.

use super::{ERROR, Rule, RuleScope, WARNING};
use crate::base::diagnostic::Place;
use crate::book::Resolution;
use crate::parse::Origin;

pub const RULE: Rule = Rule {
    name: "date-order",
    level: ERROR,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        let mut fields = book.config.collections.iter().flat_map(|collection| &collection.fields);
        if !fields.any(|field| field.not_before) {
            return;
        }
        for (from, link, to) in book.links() {
            let (Origin::Relation { field }, Resolution::Found { entry: to, .. }) = (&link.from, to) else { continue };
            let entry = book.entry(from);
            let Some(collection) = entry.collection else { continue };
            let spec = &book.config.collections[collection].fields[*field];
            let (Some(own), Some(other)) = (&entry.date, &book.entry(*to).date) else { continue };
            // Only what is surely earlier is wrong: of two dates in 2015 either may be the first.
            let is_sure = [own, other].iter().all(|date| !date.value.is_approximate() && !date.value.is_uncertain());
            let is_earlier =
                is_sure && own.value.latest().zip(other.value.earliest()).is_some_and(|(own, other)| own < other);
            if !spec.not_before || !is_earlier {
                continue;
            }
            let message = format!(
                "this is dated {}, before \"{}\", which is dated {}",
                own.value,
                book.entry(*to).title.value,
                other.value
            );
            let help = format!("correct one of the dates, or what \"{}\" refers to", spec.name.value);
            let (own, other) = (own.span, Place { path: book.entry(*to).path.clone(), span: other.span });
            found.at(entry, own, message).advise(help).remark("the other date", Some(other));
        }
    }),
};
