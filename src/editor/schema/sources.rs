//! What entries cite: `sources.yaml`, and sources written out in an entry.

use serde_json::{Map, Value, json};

use super::definitions::Definitions;
use super::scalar::{Scalar, enumeration};
use super::value;
use crate::book::Book;
use crate::parse::SOURCE_KEYS;

/// `sources.yaml`: keys with what they cite.
pub fn schema(book: &Book) -> Value {
    let mut definitions = Definitions::default();
    let schema = json!({
        "description": "What entries cite, under the keys by which they cite it",
        "type": ["object", "null"],
        "additionalProperties": refer(book, &mut definitions),
    });
    definitions.complete("sources.yaml", schema)
}

/// A key of `sources.yaml`.
pub fn key(book: &Book, definitions: &mut Definitions) -> Scalar {
    match keys(book, definitions) {
        Some(keys) => Scalar::one_of(keys),
        None => Scalar::none(NO_KEY),
    }
}

/// A source written as a mapping.
pub fn refer(book: &Book, definitions: &mut Definitions) -> Value {
    // In `sources.yaml` itself keys come and go: they are offered, and any is taken.
    let via = match keys(book, definitions) {
        Some(keys) => Scalar::text().offer(keys),
        None => Scalar::text(),
    };
    definitions.refer("source", || citation(&via))
}

const NO_KEY: &str = "There is no such key in sources.yaml";

/// The keys that there are.
fn keys(book: &Book, definitions: &mut Definitions) -> Option<Value> {
    let cited = book.cited.iter().map(|source| (source.key.value.as_str(), source.citation.title.to_string()));
    let keys = || {
        let mut keys = enumeration(cited);
        keys["errorMessage"] = json!(NO_KEY);
        keys
    };
    (!book.cited.is_empty()).then(|| definitions.refer("source-keys", keys))
}

fn citation(via: &Scalar) -> Value {
    let property = |key: &str, help: &str| match key {
        "title" => value::needed(help),
        "url" => value::single(&Scalar::url(), help),
        "date" | "accessed" => value::single(&Scalar::date(), help),
        "via" => value::single(via, help),
        _ => value::text(help),
    };
    let properties: Map<String, Value> =
        SOURCE_KEYS.iter().map(|(key, help)| ((*key).to_owned(), property(key, help))).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": ["title"],
        "additionalProperties": false,
    })
}
