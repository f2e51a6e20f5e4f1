//! Tags as terms.

use std::sync::Arc;

use super::sections::Section;
use super::term::{Slugs, Taxonomy, Term, gather};
use crate::base::path::key;
use crate::parse::Entry;

/// All tags by name. Two that differ only in case are one, called as it was first written.
pub fn of(entries: &[Arc<Entry>], sections: &[Section]) -> Vec<Term> {
    let mut found = gather(entries, sections, |entry| {
        let names = entry.tags.iter().map(|tag| tag.value.as_str());
        entry.tag_marks.iter().copied().zip(names)
    });
    found.sort_by_cached_key(|(name, _)| key(name));
    let mut taken = Slugs::default();
    let tag = |(name, entries): (&str, _)| Term {
        taxonomy: Taxonomy::Tags,
        key: name.to_owned(),
        title: name.to_owned(),
        names: Vec::new(),
        slug: taken.take(name),
        entries,
    };
    found.into_iter().map(tag).collect()
}
