//! A relation that leads back to where it began, though its field is declared `acyclic`.

use rustc_hash::FxHashMap;

use super::{ERROR, OFF, Reporter, Rule, RuleScope};
use crate::base::diagnostic::Place;
use crate::book::{Book, EntryId, Resolution};
use crate::parse::Origin;

pub const RULE: Rule = Rule {
    name: "acyclic-relation",
    level: ERROR,
    plain: OFF,
    how: RuleScope::Checked(|book, found| {
        for (collection, declared) in book.config.collections.iter().enumerate() {
            for (field, _) in declared.fields.iter().enumerate().filter(|(_, field)| field.acyclic) {
                relation(book, collection, field, found);
            }
        }
    }),
};

/// How many entries of a circle are shown.
const SHOWN: usize = 5;

/// An entry on the way, and which of its links comes next.
struct Step {
    id: EntryId,
    next: usize,
}

/// Follows one relation from every entry that states it, each once; a circle is told where it closes.
fn relation(book: &Book, collection: usize, field: usize, found: &mut Reporter) {
    // Whether an entry is on the way, rather than seen before.
    let mut seen: FxHashMap<EntryId, bool> = FxHashMap::default();
    for start in book.ids().filter(|id| book.entry(*id).collection == Some(collection)) {
        if seen.contains_key(&start) {
            continue;
        }
        seen.insert(start, true);
        let mut way = vec![Step { id: start, next: 0 }];
        while let Some(step) = way.last_mut() {
            let id = step.id;
            let Some((link, to)) = next(book, step, field) else {
                seen.insert(id, false);
                way.pop();
                continue;
            };
            match seen.get(&to) {
                None => {
                    seen.insert(to, true);
                    way.push(Step { id: to, next: 0 });
                }
                Some(true) => {
                    let begin = way.iter().position(|step| step.id == to).unwrap_or(0);
                    tell(book, &way[begin..], link, field, found);
                }
                Some(false) => {}
            }
        }
    }
}

/// The entry that a step leads to next, with the link to it.
fn next(book: &Book, step: &mut Step, field: usize) -> Option<(usize, EntryId)> {
    let links = &book.entry(step.id).links;
    while step.next < links.len() {
        let link = step.next;
        step.next += 1;
        let is_relation = matches!(links[link].from, Origin::Relation { field: other } if other == field);
        if let Resolution::Found { entry, .. } = book.resolution(step.id, link)
            && is_relation
            && book.entry(*entry).collection == book.entry(step.id).collection
        {
            return Some((link, *entry));
        }
    }
    None
}

/// Tells of a circle at the link of its last entry.
fn tell(book: &Book, circle: &[Step], link: usize, field: usize, found: &mut Reporter) {
    let Some(last) = circle.last() else { return };
    let entry = book.entry(last.id);
    let name = entry.collection.map_or("", |place| &book.config.collections[place].fields[field].name.value);
    let title = |step: &Step| book.entry(step.id).title.value.as_str();
    let mut titles: Vec<&str> = circle.iter().take(SHOWN).map(title).collect();
    titles.extend((circle.len() > SHOWN).then_some("…"));
    titles.extend(circle.first().map(title));
    let message = match circle {
        [_] => format!("\"{}\" is \"{name}\" of itself", entry.title.value),
        _ => format!("\"{name}\" goes in a circle: {}", titles.join(" → ")),
    };
    let diagnostic = found.at(entry, entry.links[link].target_span, message);
    diagnostic.advise("take one of these relations out: the field is declared acyclic");
    for step in circle[..circle.len() - 1].iter().take(SHOWN) {
        let entry = book.entry(step.id);
        // The link that was taken last is the one that leads on.
        let span = entry.links[step.next - 1].target_span;
        diagnostic.remark("which leads on from here", Some(Place { path: entry.path.clone(), span }));
    }
}
