//! Parts of a schema, each written once.

use serde_json::{Map, Value, json};

/// The version of JSON Schema that editors know best.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// Parts of a schema that others refer to.
#[derive(Default)]
pub struct Definitions(Map<String, Value>);

impl Definitions {
    /// The part called `name`, made if nobody has referred to it before.
    pub fn refer(&mut self, name: &str, make: impl FnOnce() -> Value) -> Value {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), make());
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    /// A whole schema with these parts.
    pub fn complete(self, title: &str, mut schema: Value) -> Value {
        schema["$schema"] = json!(DRAFT);
        schema["title"] = json!(title);
        if !self.0.is_empty() {
            schema["definitions"] = Value::Object(self.0);
        }
        schema
    }
}
