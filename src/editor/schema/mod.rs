//! JSON Schema (draft-07) for all that authors write: a file for each kind of text.
//!
//! A schema takes whatever a build takes, and tells most of what a build would tell. What is offered while one writes is
//! less than what is taken: a reference is completed as a slug, and may be a title all the same. So each value has two
//! parts: `anyOf` with the values to offer, which refuses nothing, and under `if`, where editors look for no
//! completions, what it is held to.

mod book_toml;
mod definitions;
mod entry;
mod field;
pub mod names;
mod scalar;
mod sources;
mod value;

use super::{EditorFile, text};
use crate::book::Book;
use crate::config::Config;

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
