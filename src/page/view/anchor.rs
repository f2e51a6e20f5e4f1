//! A text that leads somewhere.

use serde::Serialize;

/// A text that leads somewhere.
#[derive(Clone, Serialize)]
pub struct Anchor<'a> {
    pub title: &'a str,
    pub href: String,
}

/// A text that leads to several things.
#[derive(Serialize)]
pub struct CountedAnchor<'a> {
    pub title: &'a str,
    pub href: String,
    pub count: usize,
    pub description: &'a str,
}
