//! What lets other programs help authors while they write: JSON Schema for entries and `book.toml`, snippets, and the
//! settings by which editors find them.

mod schema;
mod settings;
mod snippets;

pub use schema::{book_toml, schemas};
pub use settings::{folders, settings};
pub use snippets::snippets;

use serde_json::Value;

/// Where schemas stand in the book's folder. They change with every entry, so that nobody commits them.
pub const SCHEMAS: &str = ".dossier/schemas";

/// Where the snippets stand in the book's folder.
pub const SNIPPETS: &str = ".vscode/dossier.code-snippets";

/// A file's path, and its text.
pub type EditorFile = (String, String);

/// A value as a file of its own.
fn text(value: &Value) -> String {
    format!("{value:#}\n")
}
