//! A relation that is written at the end at which it is not stated.

use super::{ERROR, OFF, Rule, RuleScope};
use crate::base::apply_edits::whole_lines;
use crate::base::diagnostic::{Edit, Fix, Place};
use crate::base::span::Spanned;
use crate::book::{Book, EntryId, Resolution};
use crate::config::Inverse;
use crate::parse::Origin;

pub const RULE: Rule = Rule {
    name: "inverse-field",
    level: ERROR,
    plain: OFF,
    how: RuleScope::OfEntry(|book, id, entry, found| {
        let Some(collection) = entry.collection.map(|place| &book.config.collections[place]) else { return };
        for field in &entry.inverse_fields {
            let inverse = &collection.inverses[field.inverse];
            let stated: Vec<Option<Place>> = field.names.iter().map(|name| stated(book, id, inverse, name)).collect();
            let is_twice = !stated.is_empty() && stated.iter().all(Option::is_some);
            let message = match is_twice {
                true => format!("\"{}\" is stated at its other end already", inverse.key),
                false => format!("\"{}\" belongs at its other end", inverse.key),
            };
            let diagnostic = found.at(entry, field.key, message);
            if is_twice {
                diagnostic.advise("take it out");
                for place in stated {
                    diagnostic.remark("stated here", place);
                }
                let range = field.key.start as usize..field.end as usize;
                // A note or a comment says something that the other end does not.
                let is_plain = field.is_plain && !entry.text[range.clone()].contains('#');
                if let Some(span) = whole_lines(&entry.text, range).filter(|_| is_plain) {
                    let place = Place { path: entry.path.clone(), span };
                    let edits = vec![Edit { place, replacement: String::new() }];
                    diagnostic.remedy(Fix { edits, safe: true });
                }
                continue;
            }
            // What stands there names the entries that ought to say it.
            let named = field.names.iter().zip(&stated).filter(|(_, stated)| stated.is_none());
            let named = named.map(|(name, _)| address(book, inverse, name)).collect::<Vec<_>>().join(", ");
            let place = if named.is_empty() { format!("the entries of {}", inverse.from) } else { named };
            diagnostic.advise(format!(
                "take it out, and write \"{}\" under \"{}\" in {place}",
                entry.slug(),
                inverse.field
            ));
        }
    }),
};

/// The entry of a relation's other end that a name means.
fn other_end(book: &Book, inverse: &Inverse, name: &Spanned<String>) -> Option<EntryId> {
    let is_there = |id| book.entry(id).section == inverse.from;
    book.names.matching(&name.value, is_there).first().copied()
}

fn address(book: &Book, inverse: &Inverse, name: &Spanned<String>) -> String {
    match other_end(book, inverse, name) {
        Some(id) => book.entry(id).path.to_string(),
        None => format!("{}/{}", inverse.from, name.value),
    }
}

/// Where the entry of this name states the relation to `to`, if it does.
fn stated(book: &Book, to: EntryId, inverse: &Inverse, name: &Spanned<String>) -> Option<Place> {
    let id = other_end(book, inverse, name)?;
    let other = book.entry(id);
    let fields = &book.config.collections[other.collection?].fields;
    let place = other.links.iter().enumerate().position(|(i, link)| {
        let is_field = matches!(link.from, Origin::Relation { field } if fields[field].name.value == inverse.field);
        is_field && matches!(book.resolution(id, i), Resolution::Found { entry, .. } if *entry == to)
    })?;
    Some(Place { path: other.path.clone(), span: other.links[place].target_span })
}
