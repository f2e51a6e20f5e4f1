//! What links to an entry.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use super::{Anchor, SharedDate};

/// What links to an entry.
#[derive(Serialize)]
pub struct BacklinksView<'a> {
    /// How many entries link here.
    pub count: usize,
    /// Where all of them stand, if they are too many for this page.
    pub rest: Option<String>,
    /// All of it as HTML, where the theme is the built-in one; then there are no groups.
    pub html: Option<String>,
    /// Relations under their inverse's name, then mentions by section.
    pub groups: Vec<LinksView<'a>>,
    /// The entry, on a page of its backlinks alone.
    pub entry: Option<Anchor<'a>>,
}

/// What links to an entry in one way.
#[derive(Serialize)]
pub struct LinksView<'a> {
    pub label: Cow<'a, str>,
    /// Whether it is a relation rather than a mention.
    pub is_relation: bool,
    /// How many there are, of which the page may show only some.
    pub count: usize,
    pub items: Vec<LinkedView<'a>>,
}

/// An entry that links to this one, and the sentences in which it does.
#[derive(Serialize)]
pub struct LinkedView<'a> {
    pub title: &'a str,
    pub href: String,
    /// Its section's name in the singular, where sections are mixed.
    pub kind: Option<&'a str>,
    pub date: Option<Arc<SharedDate>>,
    pub summary: &'a str,
    pub sentences: Vec<SentenceView<'a>>,
}

/// A sentence and the link in it.
#[derive(Clone, Serialize)]
pub struct SentenceView<'a> {
    pub before: Cow<'a, str>,
    pub link: Cow<'a, str>,
    pub after: Cow<'a, str>,
}
