//! The entries of a collection: front matter of Markdown, and YAML.

use serde_json::{Map, Value, json};

use super::definitions::Definitions;
use super::{field, value};
use crate::book::Book;
use crate::config::{Collection, STANDARD};

/// The front matter of a Markdown entry. Its title may be its first heading.
pub fn front_matter(book: &Book, collection: &Collection) -> Value {
    let mut definitions = Definitions::default();
    let mut required = required(collection);
    required.retain(|key| *key != "title");
    let types = if required.is_empty() { json!(["object", "null"]) } else { json!("object") };
    let schema = json!({
        "description": collection.description,
        "type": types,
        "properties": properties(book, collection, &mut definitions),
        "required": required,
        "additionalProperties": false,
    });
    definitions.complete(&format!("{}: front matter", collection.title), schema)
}

/// A YAML file: one entry, or a list of entries that each have a name for their address.
pub fn yaml(book: &Book, collection: &Collection) -> Value {
    let mut definitions = Definitions::default();
    let mut properties = properties(book, collection, &mut definitions);
    let id = "The name that its address shall have: small letters, with - between words";
    properties.insert("id".to_owned(), value::needed(id));
    properties.insert("body".to_owned(), value::text("Its text, in Markdown: write | and the text indented below"));
    let entry = json!({
        "type": "object",
        "title": collection.singular,
        "properties": properties,
        "required": required(collection),
        "additionalProperties": false,
    });
    let entry = definitions.refer("entry", || entry);
    // An item may say `slug` in the place of `id`.
    let named = json!({ "if": { "required": ["slug"] }, "else": { "required": ["id"] } });
    let schema = json!({
        "description": collection.description,
        "if": { "type": "array" },
        "then": { "items": { "allOf": [entry, named] } },
        "else": { "if": { "type": "null" }, "else": entry },
    });
    definitions.complete(&format!("{}: YAML", collection.title), schema)
}

fn required(collection: &Collection) -> Vec<&str> {
    collection.fields.iter().filter(|field| field.required).map(|field| field.name.value.as_str()).collect()
}

/// Every key: the required ones, the other declared ones, and those that every entry may have.
fn properties(book: &Book, collection: &Collection, definitions: &mut Definitions) -> Map<String, Value> {
    let mut properties = Map::new();
    let (required, optional): (Vec<_>, Vec<_>) = collection.fields.iter().partition(|field| field.required);
    for field in required.into_iter().chain(optional) {
        let name = &field.name.value;
        let schema = match STANDARD.iter().find(|standard| standard.key == name) {
            Some(standard) => field::standard(standard, Some(field), book, definitions),
            None => field::declared(field, book, definitions),
        };
        properties.insert(name.clone(), schema);
    }
    for standard in STANDARD {
        if !properties.contains_key(standard.key) {
            properties.insert(standard.key.to_owned(), field::standard(standard, None, book, definitions));
        }
    }
    properties
}
