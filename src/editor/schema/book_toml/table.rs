//! A table of `book.toml`, and what its keys take.

use serde_json::{Map, Value, json};

use crate::config::of_mdbook;

pub const OF_MDBOOK: &str = "A key of mdBook: it is accepted and does nothing";

/// A table of these keys and no others, but for those of mdBook.
pub fn table(name: &str, help: &str, keys: &[(&str, Value)]) -> Value {
    let own = keys.iter().map(|(key, schema)| ((*key).to_owned(), schema.clone()));
    let others = of_mdbook(name).iter().map(|key| ((*key).to_owned(), json!({ "description": OF_MDBOOK })));
    let properties: Map<String, Value> = own.chain(others).collect();
    json!({ "description": help, "type": "object", "properties": properties, "additionalProperties": false })
}

pub fn text(help: &str, examples: &[&str]) -> Value {
    let mut schema = json!({ "description": help, "type": "string" });
    if !examples.is_empty() {
        schema["examples"] = json!(examples);
    }
    schema
}

/// A text, or a list of texts.
pub fn texts(help: &str, known: Option<&[&str]>) -> Value {
    let one = match known {
        Some(known) => json!({ "anyOf": [{ "enum": known }, { "type": "string" }] }),
        None => json!({ "type": "string" }),
    };
    json!({ "description": help, "anyOf": [one, { "type": "array", "items": one }] })
}

pub fn flag(help: &str) -> Value {
    json!({ "description": help, "type": "boolean", "default": false })
}
