//! When entries were changed, and by whom.

use serde::Serialize;

use super::DateView;

/// What git knows of an entry.
#[derive(Serialize)]
pub struct HistoryView<'a> {
    /// The day of its last change.
    pub changed: DateView,
    /// Where that can be looked at.
    pub commit: Option<String>,
    /// The day of the first commit that has it.
    pub first: Option<DateView>,
    /// Who changed it, the last one first.
    pub contributors: Vec<&'a str>,
    /// Whether all this is of a list in which other entries stand, too.
    pub of_list: bool,
}

/// The entries that were changed last on one day.
#[derive(Serialize)]
pub struct RecentDayView<'a> {
    pub date: DateView,
    pub changes: Vec<ChangedEntryView<'a>>,
}

/// An entry and its last change.
#[derive(Serialize)]
pub struct ChangedEntryView<'a> {
    /// Its title; of a list of several entries that of their section.
    pub title: &'a str,
    pub href: String,
    /// Its section's name in the singular.
    pub kind: &'a str,
    /// How many entries stand in the list: "12 entries".
    pub count: Option<String>,
    /// Who changed it, if the book shows that.
    pub author: Option<&'a str>,
    /// What its author says of the change.
    pub subject: &'a str,
    /// Where it can be looked at.
    pub commit: Option<String>,
}
