//! Dated entries in order.

use std::sync::Arc;

use super::EntryId;
use crate::config::Config;
use crate::parse::{Entry, Role};

/// Whether an entry stands on the timeline.
pub fn holds(config: &Config, entry: &Entry) -> bool {
    let is_shown = entry.collection.is_some_and(|collection| config.collections[collection].timeline);
    is_shown && entry.role == Role::Member && entry.date.is_some()
}

/// The dated entries of the collections that stand on the timeline: by date, then by slug.
pub fn of(config: &Config, entries: &[Arc<Entry>]) -> Vec<EntryId> {
    let dated = entries.iter().enumerate().filter(|(_, entry)| holds(config, entry));
    // Entries lie far apart, and most are told from each other by their dates.
    let date = |entry: &Entry| entry.date.as_ref().map(|date| date.value.sort_key());
    let mut dated: Vec<_> = dated.map(|(i, entry)| (date(entry), EntryId(i as u32))).collect();
    dated.sort_by(|(date, a), (other, b)| {
        let (a, b) = (&entries[a.0 as usize], &entries[b.0 as usize]);
        date.cmp(other).then_with(|| a.slug().cmp(b.slug())).then_with(|| a.address.cmp(&b.address))
    });
    dated.into_iter().map(|(_, id)| id).collect()
}
