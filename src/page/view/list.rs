//! Entries in lists: as cards, as a table, or one below the other.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use super::{Anchor, ChartView, EntryView, Fragment, SharedDate, ValueView};

/// A list of entries: a section's, a term's, the timeline.
#[derive(Serialize)]
pub struct ListView<'a> {
    /// The timeline's overview.
    pub chart: Option<ChartView>,
    /// The section's own page, if its authors wrote one.
    pub own: Option<Box<EntryView<'a>>>,
    /// What a term is called besides the page's title.
    pub names: Vec<&'a str>,
    pub count: usize,
    /// The pages that a long list is split into.
    pub parts: Vec<PartView<'a>>,
    /// What stands on this page.
    pub groups: Vec<GroupView<'a>>,
}

/// One page of a long list.
#[derive(Serialize)]
pub struct PartView<'a> {
    pub title: Cow<'a, str>,
    pub href: String,
    pub count: usize,
    pub current: bool,
}

/// Entries of a list that belong together: a year, a section.
#[derive(Serialize)]
pub struct GroupView<'a> {
    /// None where the list has no groups.
    pub title: Option<Cow<'a, str>>,
    pub anchor: Option<Cow<'a, str>>,
    /// How its entries stand: `cards`, `table` or `list`.
    pub layout: &'static str,
    /// The columns of a table.
    pub columns: Vec<ColumnView<'a>>,
    pub items: Fragment<Vec<ItemView<'a>>>,
    /// How many these are.
    pub count: usize,
}

/// A column of a table: a field.
#[derive(Serialize)]
pub struct ColumnView<'a> {
    /// The name of the field, as an address says it.
    pub name: &'a str,
    pub label: &'a str,
    /// The word of its type, as a class for styles.
    pub kind: &'static str,
}

/// An entry in a list.
#[derive(Serialize)]
pub struct ItemView<'a> {
    pub title: &'a str,
    pub href: String,
    /// Its own anchor in the list.
    pub anchor: Option<&'a str>,
    pub summary: &'a str,
    pub date: Option<Arc<SharedDate>>,
    /// Its section's name in the singular, where sections are mixed.
    pub kind: Option<&'a str>,
    pub chips: Vec<ValueView<'a>>,
    /// In a table, the values of each column.
    pub cells: Vec<Vec<ValueView<'a>>>,
    /// In a table, where its title stands among those of the others.
    pub order: Option<usize>,
}

/// Entries that a text lists.
#[derive(Serialize)]
pub struct ListingView<'a> {
    /// The language of the page, and which way it is written, where the text around is in another.
    pub lang: Option<&'a str>,
    pub dir: Option<&'static str>,
    pub items: Vec<ItemView<'a>>,
    /// How many more there are, where they are too many for a page, and the section that has them all.
    pub rest: usize,
    pub section: Option<Anchor<'a>>,
}
