//! The names by which a field may refer to an entry.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::definitions::Definitions;
use super::scalar::{Scalar, enumeration, resolved};
use crate::base::ecma_regex;
use crate::base::path::nfc;
use crate::book::{Book, EntryId, Role};
use crate::parse::{Entry, names};

/// The entries that a field may refer to, each with the name to write: its slug, or its address where several have that.
pub fn offered<'a>(book: &'a Book, targets: &[String]) -> Vec<(&'a str, &'a Entry)> {
    let is_target = |id: EntryId| {
        let entry = book.entry(id);
        targets.contains(&entry.section) && entry.role == Role::Member
    };
    let name = |id: EntryId| {
        let entry = book.entry(id);
        let is_plain = book.names.matching(entry.slug(), is_target) == [id];
        (if is_plain { entry.slug() } else { &entry.address }, entry)
    };
    book.ids().filter(|id| is_target(*id)).map(name).collect()
}

/// An entry of one of these collections: the name to write is offered, and every other is taken.
pub fn entry(book: &Book, targets: &[String], definitions: &mut Definitions) -> Scalar {
    // Names of collections may hold what a reference inside a schema may not.
    let places = targets.iter().filter_map(|name| book.config.collection(name)).map(|place| place.to_string());
    let places = places.collect::<Vec<_>>().join("-");
    let entries = offered(book, targets);
    let slugs = definitions.refer(&format!("entries-{places}"), || {
        let draft = |entry: &Entry| if entry.draft { " (a draft)" } else { "" };
        let mut slugs =
            enumeration(entries.iter().map(|(name, entry)| (*name, format!("{}{}", entry.title.value, draft(entry)))));
        if entries.is_empty() {
            // A list of nothing is no schema, and there is nothing to refer to.
            slugs["enum"] = json!([""]);
        }
        slugs["title"] = json!(targets.join(" or "));
        slugs["errorMessage"] = json!(format!("There is no such entry in {}", targets.join(" or ")));
        slugs
    });
    let names = definitions.refer(&format!("names-{places}"), || {
        let names = entries.iter().flat_map(|(_, entry)| names::written(&book.config, entry));
        silent(names.map(|(_, name)| nfc(&name).into_owned()).collect())
    });
    let says = json!({ "if": names, "else": slugs });
    Scalar { says, offers: Some(slugs).filter(|_| !entries.is_empty()), is_text: false }
}

/// Names that are taken as they are, as `[[name]]`, as `[[name|words]]` and as the path of a file.
fn silent(names: BTreeSet<String>) -> Value {
    let numbers: BTreeSet<String> = names.iter().filter_map(|name| resolved(name)).map(|n| n.to_string()).collect();
    let numbers: Vec<Value> = numbers.iter().filter_map(|number| serde_json::from_str(number).ok()).collect();
    let texts: BTreeSet<String> = names.iter().map(|name| ecma_regex::loosely(name)).collect();
    let mut forms: Vec<Value> =
        patterns(texts).map(|pattern| json!({ "type": "string", "pattern": pattern })).collect();
    if !numbers.is_empty() {
        forms.push(json!({ "enum": numbers }));
    }
    match forms.as_slice() {
        // Of no names at all there is none that fits.
        [] => json!({ "not": {} }),
        [form] => form.clone(),
        _ => json!({ "anyOf": forms }),
    }
}

/// The longest list of names in one expression, in bytes: engines refuse some that go over a megabyte.
const LONGEST: usize = 1 << 14;

fn patterns(names: BTreeSet<String>) -> impl Iterator<Item = String> {
    let mut lists: Vec<String> = Vec::new();
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        match lists.last_mut().filter(|list| list.len() + name.len() < LONGEST) {
            Some(list) => {
                list.push('|');
                list.push_str(&name);
            }
            None => lists.push(name),
        }
    }
    lists.into_iter().map(|list| format!("^\\s*(\\[\\[)?[\\s/]*({list})(\\.md)?[\\s/]*(\\|[^\\]]*)?(\\]\\])?\\s*$"))
}
