//! What is other of the sources that a book lists.

use rustc_hash::FxHashMap;

use super::changes::{Aspect, Detail, Fate, SourceChange};
use super::details::reference;
use super::values::{Shown, difference};
use crate::book::Book;
use crate::parse::{Reference, ReferenceData};

/// The changes of the sources in `sources.yaml`. A key tells which is which; a source with another key is known by its
/// title, its address and its author.
pub fn changes(before: &Book, after: &Book) -> Vec<SourceChange> {
    let pairs = pairs(before, after);
    let mut changes: Vec<SourceChange> = Vec::new();
    for (place, source) in after.cited.iter().enumerate() {
        match pairs[place] {
            None => changes.push(change(after, place, Fate::New { was_draft: false })),
            Some(old) => changes.extend(kept(&before.cited[old], after, place, source)),
        }
    }
    let mut is_kept = vec![false; before.cited.len()];
    pairs.iter().flatten().for_each(|old| is_kept[*old] = true);
    let gone = (0..before.cited.len()).filter(|place| !is_kept[*place]);
    changes.extend(gone.map(|place| change(before, place, Fate::Gone { is_draft: false })));
    changes.sort_by_key(|change| change.fate.order());
    changes
}

/// For each source of the book after, which it is in the book before.
fn pairs(before: &Book, after: &Book) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = after.cited.iter().map(|source| before.cited(&source.key.value)).collect();
    let left = before.cited.iter().enumerate().filter(|(_, source)| after.cited(&source.key.value).is_none());
    let mut by_data: FxHashMap<String, usize> =
        left.map(|(place, source)| (reference(&source.citation).key, place)).collect();
    for (place, source) in after.cited.iter().enumerate() {
        if pairs[place].is_none() {
            pairs[place] = by_data.remove(&reference(&source.citation).key);
        }
    }
    pairs
}

fn kept(was: &Reference, after: &Book, place: usize, is: &Reference) -> Option<SourceChange> {
    let details = details(&was.citation, &is.citation);
    let fate = match was.key.value == is.key.value {
        true => Fate::Changed,
        false => Fate::Moved { from: was.key.value.clone() },
    };
    let is_same = details.is_empty() && fate == Fate::Changed;
    (!is_same).then(|| SourceChange { details, ..change(after, place, fate) })
}

fn change(book: &Book, place: usize, fate: Fate) -> SourceChange {
    let Reference { key, citation, .. } = &book.cited[place];
    SourceChange {
        fate,
        key: key.value.clone(),
        title: citation.title.to_string(),
        cited_by: book.citing[place].len(),
        details: Vec::new(),
    }
}

fn details(was: &ReferenceData, is: &ReferenceData) -> Vec<Detail> {
    let all = |data: &ReferenceData| {
        let text = |text: &Option<Box<str>>| text.as_ref().map(|text| text.to_string());
        [
            ("title", Some(data.title.to_string())),
            ("author", text(&data.author)),
            ("publisher", text(&data.publisher)),
            ("url", text(&data.url)),
            ("date", data.date.as_ref().map(ToString::to_string)),
            ("accessed", data.accessed.as_ref().map(ToString::to_string)),
            ("note", text(&data.note)),
            ("via", data.via.as_ref().map(|via| via.value.clone())),
        ]
    };
    let one = |text: Option<String>| Vec::from_iter(text.map(Shown::text));
    let both = all(was).into_iter().zip(all(is));
    let changes = both.filter_map(|((key, was), (_, is))| {
        let aspect = if key == "title" { Aspect::Title } else { Aspect::Key(key.to_owned()) };
        Some(Detail { aspect, change: difference(one(was), one(is))? })
    });
    changes.collect()
}
