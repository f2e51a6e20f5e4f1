//! The names by which a field may refer to an entry.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::scalar::{Scalar, enumeration};
use super::{Definitions, resolved};
use crate::base::path::nfc;
use crate::base::pattern;
use crate::book::{Book, EntryId, Role, names};

/// An entry of one of these collections: its slug is offered, and every other name is taken.
pub fn entry(book: &Book, targets: &[String], definitions: &mut Definitions) -> Scalar {
    // Names of collections may hold what a reference inside a schema may not.
    let places: Vec<String> =
        targets.iter().filter_map(|name| book.config.collection(name)).map(|place| place.to_string()).collect();
    let places = places.join("-");
    let is_target = |id: EntryId| {
        let entry = book.entry(id);
        targets.contains(&entry.section) && entry.role == Role::Member
    };
    let ids: Vec<EntryId> = book.ids().filter(|id| is_target(*id)).collect();
    let slugs = definitions.refer(&format!("entries-{places}"), || {
        let values = ids.iter().map(|id| {
            let entry = book.entry(*id);
            let is_plain = book.names.matching(entry.slug(), is_target) == [*id];
            let draft = if entry.draft { " (a draft)" } else { "" };
            (if is_plain { entry.slug() } else { &entry.address }, format!("{}{draft}", entry.title.value))
        });
        let mut slugs = enumeration(values);
        if ids.is_empty() {
            // A list of nothing is no schema, and there is nothing to refer to.
            slugs["enum"] = json!([""]);
        }
        slugs["errorMessage"] = json!(format!("There is no such entry in {}", targets.join(" or ")));
        slugs
    });
    let names = definitions.refer(&format!("names-{places}"), || {
        let names = ids.iter().flat_map(|id| names::every(&book.config, book.entry(*id)));
        silent(names.map(|name| nfc(&name).into_owned()).collect())
    });
    Scalar { says: json!({ "if": names, "else": slugs }), offers: Some(slugs), is_text: false }
}

/// Names that are taken as they are, as `[[name]]`, as `[[name|words]]` and as the path of a file.
fn silent(names: BTreeSet<String>) -> Value {
    let numbers: BTreeSet<String> = names.iter().filter_map(|name| resolved(name)).map(|n| n.to_string()).collect();
    let numbers: Vec<Value> = numbers.iter().filter_map(|number| serde_json::from_str(number).ok()).collect();
    let texts: BTreeSet<String> = names.iter().map(|name| pattern::loosely(name)).collect();
    let texts = texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("|");
    let pattern = match texts.is_empty() {
        true => "[^\\s\\S]".to_owned(),
        false => format!("^\\s*(\\[\\[)?[\\s\\/]*({texts})(\\.md)?[\\s\\/]*(\\|[^\\]]*)?(\\]\\])?\\s*$"),
    };
    let text = json!({ "type": "string", "pattern": pattern });
    if numbers.is_empty() { text } else { json!({ "anyOf": [text, { "enum": numbers }] }) }
}
