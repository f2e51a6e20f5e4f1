//! A relation in a field to an entry that does not exist, or is of another collection; the same in a block that lists
//! entries, and what such a block lists where that is no collection and no folder.

use super::suggestion::{Missing, offer};
use super::{ERROR, Reporter, Rule, RuleScope, WARNING, title_of};
use crate::base::path::key;
use crate::base::suggest::{Suggestion, near};
use crate::book::{Book, Resolution};
use crate::config::FieldKind;
use crate::parse::{Entry, Link, Origin, QueryTerm, RawTarget};

pub const RULE: Rule = Rule {
    name: "dangling-reference",
    level: ERROR,
    // Of references plain sections have those in blocks alone.
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        let missing = Missing::of(book.special_links().filter_map(|(_, link, to)| match (&link.target, to) {
            (RawTarget::Name { name, .. }, Resolution::Missing) => Some(key(name)),
            _ => None,
        }));
        for (from, link, to) in book.special_links() {
            let RawTarget::Name { name, .. } = &link.target else { continue };
            let entry = book.entry(from);
            let (collection, field) = match link.from {
                Origin::Relation { field } => (entry.collection, field),
                Origin::Query(QueryTerm::Relation { collection, field }) => (Some(collection), field),
                Origin::Query(QueryTerm::Section) if *to == Resolution::Missing => {
                    no_section(book, entry, link, name, found);
                    continue;
                }
                _ => continue,
            };
            let Some(collection) = collection else { continue };
            let spec = &book.config.collections[collection].fields[field];
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

/// Tells of a block that lists what there is not.
fn no_section(book: &Book, entry: &Entry, link: &Link, name: &str, found: &mut Reporter) {
    let names = || book.sections.iter().map(|section| section.name.as_str()).filter(|name| !name.is_empty());
    let near = near(name, names());
    let diagnostic = found.at(entry, link.target_span, format!("there is no collection and no folder \"{name}\""));
    match near {
        Some(near) => offer(diagnostic, &near, book.write_over(entry, link, near.name)),
        None => diagnostic.advise(format!("the book has {}", names().collect::<Vec<_>>().join(", "))),
    };
}
