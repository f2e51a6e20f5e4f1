//! A part of a page that most pages repeat.

use serde::Serialize;

/// A part of a page as templates are given it.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Fragment<T> {
    /// What it shows, for the templates of a book's own.
    View(T),
    /// The HTML that the built-in template makes of it; empty where it shows nothing.
    Html(String),
}
