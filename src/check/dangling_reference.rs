//! A relation in a field to an entry that does not exist, or is of another collection.

use super::{ERROR, Missing, OFF, Rule, RuleScope, offer, title_of};
use crate::base::path::key;
use crate::base::suggest::Suggestion;
use crate::book::Resolution;
use crate::config::FieldKind;
use crate::parse::{Origin, RawTarget};

pub const RULE: Rule = Rule {
    name: "dangling-reference",
    level: ERROR,
    plain: OFF,
    how: RuleScope::Checked(|book, found| {
        let missing = Missing::of(book.special_links().filter_map(|(_, link, to)| match (&link.target, to) {
            (RawTarget::Name { name, .. }, Resolution::Missing) => Some(key(name)),
            _ => None,
        }));
        for (from, link, to) in book.special_links() {
            let (Origin::Relation { field }, RawTarget::Name { name, .. }) = (&link.from, &link.target) else {
                continue;
            };
            let entry = book.entry(from);
            let Some(collection) = entry.collection else { continue };
            let spec = &book.config.collections[collection].fields[*field];
            let FieldKind::Reference(targets) = &spec.kind else { continue };
            let all = targets.join(" or ");
            match to {
                Resolution::Missing => {
                    let wanted = |id| targets.contains(&book.entry(id).section);
                    let near = if found.advises() { book.nearest(name, wanted) } else { None };
                    // The slug is what a reference is written with.
                    let slug = near.map(|(id, near)| Suggestion { name: book.entry(id).slug(), ..near });
                    let diagnostic = found.at(entry, link.target_span, format!("there is no \"{name}\" in {all}"));
                    match slug {
                        Some(slug) => {
                            let slug = missing.doubt(&key(name), slug);
                            offer(diagnostic, &slug, book.write_over(entry, link, slug.name))
                        }
                        None => {
                            diagnostic.advise(format!("write the entry, or take it out of \"{}\"", spec.name.value))
                        }
                    };
                }
                Resolution::WrongCollection(other) => {
                    let other = book.entry(*other);
                    let message =
                        format!("\"{name}\" is in {}, and \"{}\" refers to {all}", other.section, spec.name.value);
                    let own = &book.config.collections[collection];
                    let better = own
                        .fields
                        .iter()
                        .find(|field| matches!(&field.kind, FieldKind::Reference(to) if to.contains(&other.section)));
                    let diagnostic = found.at(entry, link.target_span, message);
                    diagnostic.remark("it is this entry", Some(title_of(other)));
                    diagnostic.advise(match better {
                        Some(field) => format!("write it under \"{}\"", field.name.value),
                        None => format!("name an entry of {all}"),
                    });
                }
                _ => {}
            }
        }
    }),
};
