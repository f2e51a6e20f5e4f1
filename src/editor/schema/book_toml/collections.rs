//! What `book.toml` says of collections and their fields.

use serde_json::{Map, Value, json};

use super::table::{flag, table, text, texts};
use crate::config::{Config, FieldKind, Layout, SORTED, STANDARD, SchemaType, TYPED_KEYS};

/// A collection, whose fields are as `field` wants them.
pub fn collection(field: &Value) -> Value {
    let sort = text("What its entries are sorted by, after order: one of these, or a field", &SORTED);
    let layout = json!({
        "description": "How its page shows its entries; without it, as their fields suggest",
        "enum": Layout::WORDS.map(|(word, _)| word),
    });
    let standard: Map<String, Value> = STANDARD
        .iter()
        .map(|standard| (standard.key.to_owned(), json!({ "allOf": [field], "description": standard.help })))
        .collect();
    let fields = json!({
        "description": "What an entry may say besides the keys that every entry may have",
        "type": "object",
        "propertyNames": { "not": { "enum": ["id", "body"] } },
        "properties": standard,
        "additionalProperties": { "allOf": [field], "required": ["type"] },
    });
    table(
        "collections.",
        "A folder of entries of one kind",
        &[
            ("title", text("What the collection is called", &[])),
            ("singular", text("What one of its entries is called", &[])),
            ("description", text("A sentence for the home page and above the list", &[])),
            ("timeline", flag("Whether its dated entries stand on the timeline")),
            ("sort", sort),
            ("layout", layout),
            ("group", text("The choice, country or reference by whose values its page groups them", &[])),
            ("schema-type", schema_type()),
            ("fields", fields),
        ],
    )
}

/// What schema.org calls the entries: one type, or several by the values of a choice.
fn schema_type() -> Value {
    let names = SchemaType::ALL.map(|known| known.name);
    let one = json!({ "enum": names, "enumDescriptions": SchemaType::ALL.map(|known| known.help) });
    let by_value = json!({
        "type": "object",
        "additionalProperties": { "type": "object", "additionalProperties": { "enum": names } },
        "minProperties": 1,
        "maxProperties": 1,
    });
    json!({
        "description": "What schema.org calls what its entries tell of, for search engines: one type, or types by the values of a choice",
        "anyOf": [one, by_value],
    })
}

/// A field of a book with these collections.
pub fn field(config: &Config) -> Value {
    let collections: Vec<&str> = config.collections.iter().map(|collection| collection.name.value.as_str()).collect();
    let to = texts(
        "For a reference: the collections that it refers to",
        Some(&collections).filter(|all| !all.is_empty()).map(Vec::as_slice),
    );
    let values = json!({
        "description": "For a choice: its values, each with its label where that is not the value itself",
        "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1 },
            { "type": "object", "additionalProperties": label(), "minProperties": 1 },
        ],
    });
    let inverse = table(
        "collections.*.fields.*.inverse",
        "The relation as it is called where it ends",
        &[("key", text("A key that the target's entries leave free", &[])), ("label", text("What readers see", &[]))],
    );
    let mut field = table(
        "collections.*.fields.*",
        "A field of the collection's entries",
        &[
            ("type", types()),
            ("label", text("What readers see; without it, the field's name", &[])),
            ("help", text("What to write, for authors", &[])),
            ("many", flag("Whether it takes a list")),
            ("required", flag("Whether every entry must have it")),
            ("lang", text("The language of its text", &["zh-Hans", "ja"])),
            ("values", values),
            ("to", to),
            (
                "inverse",
                json!({
                    "description": "For a reference: what the relation is called where it ends",
                    "anyOf": [{ "type": "string" }, inverse],
                }),
            ),
            ("symmetric", flag("For a reference: what holds from one end holds from the other")),
            ("acyclic", flag("For a reference: following it never leads back to where one began")),
            ("not-before", flag("For a reference: an entry is not dated before the one that it refers to")),
        ],
    );
    // A key that means something for one type alone stands with that type.
    let typed = TYPED_KEYS.map(|(key, wanted)| {
        let of_type = json!({ "properties": { "type": { "enum": [wanted] } }, "required": ["type"] });
        (key.to_owned(), of_type)
    });
    field["dependencies"] = Value::Object(typed.into_iter().collect());
    field["allOf"] = [("choice", "values"), ("reference", "to")]
        .iter()
        .map(|(word, key)| {
            let is_type = json!({ "properties": { "type": { "enum": [word] } }, "required": ["type"] });
            json!({ "if": is_type, "then": { "required": [key] } })
        })
        .collect();
    field
}

fn types() -> Value {
    let meaning = |word| match word {
        "text" => "Any text",
        "markdown" => "A text with markup and links",
        "number" => "Digits alone",
        "yes-no" => "true or false",
        "date" => "2015, 2015-05, 2015-05-19, 2015~ or 2015/2020",
        "url" => "A web address",
        "choice" => "One of its values",
        "country" => "A code of two letters, or one that this file declares",
        "quantity" => "An amount with its unit: 2.9 billion USD",
        "reference" => "The name of an entry",
        _ => "Of the key of this name alone",
    };
    // Two of the keys that every entry may have are of a type of their own.
    let words: Vec<&str> = FieldKind::WORDS.into_iter().chain(["sources", "figures"]).collect();
    let meanings: Vec<&str> = words.iter().copied().map(meaning).collect();
    json!({ "description": "What its values are", "enum": words, "enumDescriptions": meanings })
}

/// A label, or one for a single entry and one for several.
fn label() -> Value {
    let texts =
        json!({ "type": "array", "items": { "type": "string", "pattern": "\\S" }, "minItems": 1, "maxItems": 2 });
    json!({ "anyOf": [{ "type": "string", "pattern": "\\S" }, texts] })
}
