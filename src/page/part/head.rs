//! What the view of each kind of page says in its head, and what stands on the page.

use std::borrow::Cow;

use crate::page::context::{Face, Whole};
use crate::page::view::{Anchor, PartView};

/// More names than a description has room for.
pub const NAMES: usize = 100;

/// What a page says of itself.
pub struct Head<'a> {
    /// The word of the interface that its title begins with, or is; empty if there is none.
    pub word: &'a str,
    /// Its title but for that word.
    pub title: Cow<'a, str>,
    /// What its authors say of it, or of the list that it is a part of.
    pub description: &'a str,
    /// Section and parts above it.
    pub trail: Vec<Anchor<'a>>,
    /// What stands on it.
    pub shows: Shows<'a>,
}

impl<'a> Head<'a> {
    /// That of a page whose title is a word of the interface.
    pub fn of_word(word: &'a str, shows: Shows<'a>) -> Head<'a> {
        Head { word, title: Cow::default(), description: "", trail: Vec::new(), shows }
    }
}

/// What stands on a page.
pub enum Shows<'a> {
    Site(Entries<'a>),
    Entry(Whole<'a>),
    List(Entries<'a>),
    /// A part of a list.
    Part(Entries<'a>),
    /// What these names stand for, which are no entries of the page's own.
    Names(Vec<&'a str>),
    /// The way to the page of an entry.
    WayTo(Face<'a>),
    /// Nothing that anybody looks for.
    Nothing,
}

/// Entries that a page shows.
pub struct Entries<'a> {
    /// How many there are.
    pub count: usize,
    /// What they are called, or the sections that they are in; none where they stand on other pages.
    pub names: Vec<&'a str>,
    /// What the first and the last of those pages are called.
    pub ends: Option<(String, String)>,
}

impl<'a> Shows<'a> {
    /// The entries of a list, or of a part of it, on a page that leads to these parts.
    pub fn entries(
        count: usize,
        names: impl Iterator<Item = &'a str>,
        parts: &[PartView],
        part: Option<&str>,
    ) -> Shows<'a> {
        let ends = parts.first().zip(parts.last()).filter(|_| part.is_none());
        let ends = ends.map(|(first, last)| (first.title.to_string(), last.title.to_string()));
        let entries = Entries { count, names: names.take(NAMES).collect(), ends };
        if part.is_some() { Shows::Part(entries) } else { Shows::List(entries) }
    }
}
