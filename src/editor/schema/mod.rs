//! JSON Schema (draft-07) for all that authors write: a file for each kind of text.
//!
//! A schema takes whatever a build takes, and tells most of what a build would tell. What is offered while one writes is
//! less than what is taken: a reference is completed as a slug, and may be a title all the same. So each value has two
//! parts: `anyOf` with the values to offer, which refuses nothing, and under `if`, where editors look for no
//! completions, what it is held to.

mod book_toml;
mod entry;
mod field;
pub mod names;
mod scalar;
mod sources;

use serde_json::{Map, Value, json};

use super::{EditorFile, text};
use crate::book::Book;
use crate::config::Config;

/// The version of JSON Schema that editors know best.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// All schemas of a book, by the names of their files: `book.toml.schema.json`, `policies.md.schema.json`. `rules` are the
/// names of the checks that `book.toml` may set, each with what it finds.
pub fn schemas(book: &Book, rules: &[(&str, &str)]) -> Vec<EditorFile> {
    let mut files =
        vec![book_toml(&book.config, rules), ("sources.schema.json".to_owned(), text(&sources::schema(book)))];
    for collection in &book.config.collections {
        let name = &collection.name.value;
        files.push((format!("{name}.md.schema.json"), text(&entry::front_matter(book, collection))));
        files.push((format!("{name}.yaml.schema.json"), text(&entry::yaml(book, collection))));
    }
    files
}

/// The schema of `book.toml`, which can be made while that is wrong.
pub fn book_toml(config: &Config, rules: &[(&str, &str)]) -> EditorFile {
    ("book.toml.schema.json".to_owned(), text(&book_toml::schema(config, rules)))
}

/// Parts of a schema that others refer to.
#[derive(Default)]
pub struct Definitions(Map<String, Value>);

impl Definitions {
    /// The part called `name`, made if nobody has referred to it before.
    fn refer(&mut self, name: &str, make: impl FnOnce() -> Value) -> Value {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), make());
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    /// A whole schema with these parts.
    fn complete(self, title: &str, mut schema: Value) -> Value {
        schema["$schema"] = json!(DRAFT);
        schema["title"] = json!(title);
        if !self.0.is_empty() {
            schema["definitions"] = Value::Object(self.0);
        }
        schema
    }
}

/// What a text becomes where YAML takes it for a number, true or false (YAML 1.2, section 10.3.2).
fn resolved(text: &str) -> Option<Value> {
    match text {
        "true" | "True" | "TRUE" => return Some(json!(true)),
        "false" | "False" | "FALSE" => return Some(json!(false)),
        _ => {}
    }
    let whole = match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => i64::from_str_radix(digits, 16).ok(),
        (_, Some(digits)) => i64::from_str_radix(digits, 8).ok(),
        _ => text.parse().ok(),
    };
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    let number = || text.parse::<f64>().ok().filter(|number| is_number && number.is_finite());
    whole.map(Value::from).or_else(|| number().map(Value::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_yaml_takes_for_a_number_is_one() {
        for (text, value) in [("2025", json!(2025)), ("007", json!(7)), ("1.5", json!(1.5)), ("0x1F", json!(31))] {
            assert_eq!(resolved(text), Some(value));
        }
        assert_eq!(resolved("True"), Some(json!(true)));
        for text in ["no", "2015-05", "nan", "infinity", "", "1_000", "robotics"] {
            assert_eq!(resolved(text), None, "{text}");
        }
    }
}
