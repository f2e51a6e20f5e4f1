//! How a collection's page shows its entries: as cards, as a table or one below the other, and in which groups.

use rustc_hash::{FxHashMap, FxHashSet};

use super::view::{ColumnView, GroupView};
use super::{Page, Shelf, fields};
use crate::base::path::slug;
use crate::book::{Book, EntryId, Section};
use crate::config::{Collection, Kind, Layout};
use crate::parse::{Stated, Value};

/// How many fields a table shows at most.
const COLUMNS: usize = 5;

/// How many of the most linked entries are named where the list itself stands on other pages.
const MOST_LINKED: usize = 12;

/// How a section's page shows these entries of it: as its collection says; else by date where that sorts them, as a
/// table where they have two fields or more of few words, and as cards.
pub fn of(book: &Book, section: &Section, shown: &[EntryId]) -> Layout {
    let Some(collection) = declared(book, section) else { return Layout::Cards };
    let columns = || columns(book, section, shown).len();
    match collection.layout {
        Some(layout) => layout,
        None if collection.timeline || collection.sort.as_deref() == Some("date") => Layout::List,
        None if columns() >= 2 => Layout::Table,
        None => Layout::Cards,
    }
}

/// The fields, by their places, that some of these entries have and that a table shows: those of few words, but none
/// that says the same of all of them.
fn columns(book: &Book, section: &Section, shown: &[EntryId]) -> Vec<usize> {
    let Some(collection) = declared(book, section) else { return Vec::new() };
    let short = |kind: &Kind| {
        matches!(kind, Kind::Choice(_) | Kind::Country | Kind::Date | Kind::Number | Kind::Quantity | Kind::YesNo)
    };
    let used: FxHashSet<usize> =
        shown.iter().flat_map(|id| book.entry(*id).fields.iter().map(|field| field.spec)).collect();
    let places = 0..collection.fields.len();
    let told = |place: &usize| collection.group == Some(*place) || (shown.len() > 1 && is_same(book, shown, *place));
    places
        .filter(|place| short(&collection.fields[*place].kind) && used.contains(place) && !told(place))
        .take(COLUMNS)
        .collect()
}

/// Whether all of these entries have one value in a field, and the same: "China" down a whole column tells nothing.
fn is_same(book: &Book, shown: &[EntryId], place: usize) -> bool {
    let value = |id: &EntryId| {
        let field = book.entry(*id).fields.iter().find(|field| field.spec == place)?;
        match field.values.as_slice() {
            [Stated { value: Value::Country(code), .. }] => Some((code.as_str(), 0)),
            [Stated { value: Value::Choice(choice), .. }] => Some(("", *choice)),
            _ => None,
        }
    };
    let first = shown.first().and_then(value);
    first.is_some() && shown.iter().all(|id| value(id) == first)
}

/// The entries by the values of the field that groups them, in the order of a choice's values, else of first
/// appearance; those without one come last.
pub fn groups(shelf: &Shelf, page: &Page, section: &Section, layout: Layout, shown: &[EntryId]) -> Vec<GroupView> {
    let book = shelf.book;
    let by = declared(book, section).and_then(|collection| Some((collection, collection.group?)));
    let Some((collection, by)) = by else {
        return vec![group(shelf, page, section, layout, None, shown)];
    };
    let spec = &collection.fields[by];
    let mut groups: Vec<(usize, String, Vec<EntryId>)> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for id in shown {
        let field = book.entry(*id).fields.iter().find(|field| field.spec == by);
        let value = field.and_then(|field| Some((field, field.values.first()?)));
        let title = match (value, &spec.kind) {
            (Some((_, Stated { value: Value::Choice(choice), .. })), Kind::Choice(choices)) => {
                choices[*choice].plural.clone()
            }
            (Some((field, _)), _) => fields::text(shelf, page, *id, spec, field),
            (None, _) => shelf.words.get("other").to_owned(),
        };
        let rank = match value.map(|(_, stated)| &stated.value) {
            Some(Value::Choice(choice)) => *choice,
            Some(_) => 0,
            None => usize::MAX,
        };
        let place = *places.entry(title).or_insert_with_key(|title| {
            groups.push((rank, title.clone(), Vec::new()));
            groups.len() - 1
        });
        groups[place].2.push(*id);
    }
    groups.sort_by_key(|(rank, ..)| *rank);
    groups.into_iter().map(|(_, title, ids)| group(shelf, page, section, layout, Some(title), &ids)).collect()
}

fn group(
    shelf: &Shelf,
    page: &Page,
    section: &Section,
    layout: Layout,
    title: Option<String>,
    ids: &[EntryId],
) -> GroupView {
    let book = shelf.book;
    let columns = if layout == Layout::Table { columns(book, section, ids) } else { Vec::new() };
    // A table of titles alone is none.
    let layout = if layout == Layout::Table && columns.is_empty() { Layout::Cards } else { layout };
    let grouped = declared(book, section).and_then(|collection| collection.group);
    let item = |id: &EntryId| {
        let mut item = shelf.item(page, *id);
        match layout {
            Layout::Table => item.cells = fields::cells(shelf, page, *id, &columns),
            _ => item.chips = fields::chips(shelf, page, *id, grouped),
        }
        item
    };
    let column = |place: &usize| {
        let spec = &declared(book, section)?.fields[*place];
        Some(ColumnView { label: spec.label.clone(), kind: spec.kind.word() })
    };
    GroupView {
        // No heading's anchor begins with a colon.
        anchor: title.as_ref().map(|title| format!(":{}", slug(title, false))),
        title,
        layout: layout.word(),
        items: ids.iter().map(item).collect(),
        columns: columns.iter().filter_map(column).collect(),
    }
}

/// The entries of a section to which most others link.
pub fn most_linked(shelf: &Shelf, page: &Page, section: &Section) -> Option<GroupView> {
    let book = shelf.book;
    let linked = book.most_linked(section.members.iter().copied(), MOST_LINKED);
    let ids: Vec<EntryId> = linked.into_iter().map(|(_, id)| id).collect();
    let title = Some(shelf.words.get("most_linked").to_owned());
    (!ids.is_empty()).then(|| group(shelf, page, section, Layout::Cards, title, &ids))
}

/// What a section's collection declares.
pub fn declared<'a>(book: &'a Book, section: &Section) -> Option<&'a Collection> {
    section.declared.map(|declared| &book.config.collections[declared])
}
