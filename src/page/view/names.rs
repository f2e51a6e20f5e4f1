//! All entries by name.

use std::sync::Arc;

use serde::Serialize;

use super::{PartView, SharedDate};

/// All entries by name.
#[derive(Serialize)]
pub struct NamesView<'a> {
    /// How many entries the book has, on the page of a part how many names stand there.
    pub count: usize,
    /// The pages that a long list is split into.
    pub parts: Vec<PartView<'a>>,
    /// What stands on this page.
    pub groups: Vec<LetterView<'a>>,
}

/// The names that begin with a letter.
#[derive(Serialize)]
pub struct LetterView<'a> {
    /// None where the page has one group alone.
    pub title: Option<&'a str>,
    pub anchor: Option<&'a str>,
    pub items: Vec<NameView<'a>>,
    /// How many these are.
    pub count: usize,
}

/// An entry under one of its names.
#[derive(Serialize)]
pub struct NameView<'a> {
    pub name: &'a str,
    /// The title of the entry, where the name is another one.
    pub title: Option<&'a str>,
    pub href: String,
    /// Its section's name in the singular.
    pub kind: Option<&'a str>,
    pub date: Option<Arc<SharedDate>>,
}
