//! What a search begins with.

use std::borrow::Cow;

use serde::Serialize;

use super::CountedAnchor;

/// What a search begins with.
#[derive(Serialize)]
pub struct SearchView<'a> {
    /// The collections and sections that have entries.
    pub sections: Vec<ChoiceView<'a>>,
    pub countries: Vec<ChoiceView<'a>>,
    /// The most used tags, and whether there are more.
    pub tags: Vec<CountedAnchor<'a>>,
    pub has_more_tags: bool,
    /// The tags to choose from; none where they are too many.
    pub tag_names: Vec<String>,
    /// The first and the last year.
    pub years: Option<(i64, i64)>,
}

/// What readers can narrow a search down to.
#[derive(Serialize)]
pub struct ChoiceView<'a> {
    /// What it is asked for by, in addresses.
    pub value: Cow<'a, str>,
    pub title: &'a str,
    /// The page of its own, if it has one.
    pub href: Option<String>,
    /// The address of the search page that shows it.
    pub asked: String,
    pub count: usize,
    pub description: &'a str,
}
