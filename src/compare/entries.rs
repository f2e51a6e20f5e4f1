//! The entries that are new, gone, moved or other than they were.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::changes::{BrokenLink, EntryChange, Fate};
use super::details;
use super::matching::Pairs;
use super::version::{Compared, drafts};
use crate::base::MAX_CHUNK;
use crate::book::EntryId;

/// The changes of all entries: new ones, those that are gone, those that have moved, and others.
pub fn changes(old: &Compared, new: &Compared, pairs: &Pairs, broken: &[BrokenLink]) -> Vec<EntryChange> {
    let (old_drafts, new_drafts) = (drafts(old.book()), drafts(new.book()));
    let after = in_order(new);
    let there = after.par_iter().with_max_len(MAX_CHUNK).filter_map(|id| match pairs.before[id.0 as usize] {
        Some(before) => kept(old, new, before, *id),
        None => added(old, new, *id, &old_drafts),
    });
    let mut changes: Vec<EntryChange> = there.collect();
    let mut led_to: FxHashMap<EntryId, usize> = FxHashMap::default();
    broken.iter().filter_map(|link| link.led_to_id).for_each(|id| *led_to.entry(id).or_default() += 1);
    let gone = in_order(old).into_iter().filter(|id| pairs.after[id.0 as usize].is_none());
    changes.extend(gone.filter_map(|id| removed(old, new, id, &new_drafts, led_to.get(&id).copied().unwrap_or(0))));
    // Sorting keeps the order of those of one kind.
    changes.sort_by_key(|change| change.fate.order());
    changes
}

/// All entries of a book, section by section.
fn in_order(compared: &Compared) -> Vec<EntryId> {
    let book = compared.book();
    let listed = book.sections.iter().flat_map(|section| section.index.iter().chain(&section.members));
    listed.copied().chain(book.not_found()).collect()
}

/// An entry that both books have; none if it says and is what it did and was.
fn kept(old: &Compared, new: &Compared, before: EntryId, after: EntryId) -> Option<EntryChange> {
    let details = details::details(old, new, before, after);
    let from = &old.book().entry(before).address;
    let fate = match *from == new.book().entry(after).address {
        true => Fate::Changed,
        false => Fate::Moved { from: from.to_string() },
    };
    let is_same = details.is_empty() && fate == Fate::Changed;
    (!is_same).then(|| EntryChange { id: Some(after), details, ..change(new, after, fate) })
}

/// An entry that is new; none if it may have been there, and could not be read.
fn added(old: &Compared, new: &Compared, id: EntryId, drafts: &FxHashSet<&str>) -> Option<EntryChange> {
    let entry = new.book().entry(id);
    let was_draft = drafts.contains(&*entry.address);
    let is_known = !old.version.is_unread(&entry.path);
    is_known.then(|| EntryChange { id: Some(id), ..change(new, id, Fate::New { was_draft }) })
}

/// An entry that is gone; none if it may be there, and cannot be read.
fn removed(
    old: &Compared,
    new: &Compared,
    id: EntryId,
    drafts: &FxHashSet<&str>,
    broken: usize,
) -> Option<EntryChange> {
    let entry = old.book().entry(id);
    let is_draft = drafts.contains(&*entry.address);
    let is_known = !new.version.is_unread(&entry.path);
    is_known.then(|| EntryChange { broken, ..change(old, id, Fate::Gone { is_draft }) })
}

fn change(compared: &Compared, id: EntryId, fate: Fate) -> EntryChange {
    let book = compared.book();
    let entry = book.entry(id);
    EntryChange {
        fate,
        title: entry.title.value.clone(),
        address: entry.address.to_string(),
        path: entry.path.as_str().to_owned(),
        section: book.section(book.section_of(id)).title.clone(),
        linked_from: book.graph.linking_entries(id),
        broken: 0,
        id: None,
        details: Vec::new(),
    }
}
