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
    let mut dated: Vec<_> = entries.iter().enumerate().filter(|(_, entry)| holds(config, entry)).collect();
    dated.sort_by(|(_, a), (_, b)| {
        let date = |entry: &Entry| entry.date.as_ref().map(|date| date.value.sort_key());
        date(a).cmp(&date(b)).then_with(|| a.slug().cmp(b.slug())).then_with(|| a.address.cmp(&b.address))
    });
    dated.into_iter().map(|(i, _)| EntryId(i as u32)).collect()
}
