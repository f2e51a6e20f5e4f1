//! How a collection's page shows its entries: as cards, as a table or one below the other, and in which groups.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::view::{ColumnView, GroupView};
use super::{Page, Shelf, all, fields};
use crate::base::path::slug;
use crate::book::{Book, EntryId, Resolution, Section, SectionId};
use crate::config::{Collection, Kind, Layout};
use crate::parse::{Stated, Value};

/// How many fields a table shows at most.
const COLUMNS: usize = 5;

/// A field that only one entry in so many has, or fewer, is no column.
const SPARSE: usize = 5;

/// How many of the most linked entries are named where the list itself stands on other pages.
const MOST_LINKED: usize = 12;

/// How a section's page shows its entries: as its collection says; else by date where that sorts them, as a table where
/// they have two fields or more of few words, and as cards.
pub fn of(book: &Book, section: &Section) -> Layout {
    let Some(collection) = declared(book, section) else { return Layout::Cards };
    match collection.layout {
        Some(layout) => layout,
        None if collection.timeline || collection.sort.as_deref() == Some("date") => Layout::List,
        None if columns(book, section, &section.members).len() >= 2 => Layout::Table,
        None => Layout::Cards,
    }
}

/// The fields, by their places, that more than a few of these entries have and that a table shows: those of few words, but none
/// that says the same of all of them.
fn columns(book: &Book, section: &Section, shown: &[EntryId]) -> Vec<usize> {
    let Some(collection) = declared(book, section) else { return Vec::new() };
    let short = |kind: &Kind| {
        matches!(kind, Kind::Choice(_) | Kind::Country | Kind::Date | Kind::Number | Kind::Quantity | Kind::YesNo)
    };
    let mut filled = vec![0; collection.fields.len()];
    for field in shown.iter().flat_map(|id| &book.entry(*id).fields) {
        filled[field.spec] += 1;
    }
    let fields = collection.fields.iter().enumerate();
    let fields = fields.filter(|(place, spec)| {
        short(&spec.kind) && fields::is_own(spec) && filled[*place] * SPARSE >= shown.len().max(1)
    });
    fields
        .map(|(place, _)| place)
        .filter(|place| collection.group != Some(*place) && !(shown.len() > 1 && is_same(book, shown, *place)))
        .take(COLUMNS)
        .collect()
}

/// Whether all of these entries have one value in a field, and the same: "China" down a whole column tells nothing.
fn is_same(book: &Book, shown: &[EntryId], place: usize) -> bool {
    let value = |id: &EntryId| {
        let field = book.entry(*id).fields.iter().find(|field| field.spec == place)?;
        match &*field.values {
            [Stated { value: Value::Country(code), .. }] => Some((&**code, 0)),
            [Stated { value: Value::Choice(choice), .. }] => Some(("", *choice)),
            _ => None,
        }
    };
    let first = shown.first().and_then(value);
    first.is_some() && shown.iter().all(|id| value(id) == first)
}

/// What brings entries together: a value, whatever it is called.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key<'a> {
    Choice(usize),
    Country(&'a str),
    Entry(EntryId),
    /// The entry has no value, or one that leads nowhere.
    Nothing,
}

/// The entries by the values of the field that groups them: in the order of a choice's values, else of first
/// appearance. One with several values stands under each; those without one come last.
pub fn groups<'a>(shelf: &'a Shelf, page: &Page, id: SectionId, shown: &[EntryId]) -> Vec<GroupView<'a>> {
    let book = &shelf.book;
    let section = book.section(id);
    let layout = shelf.layout(id);
    let by = declared(book, section).and_then(|collection| Some((collection, collection.group?)));
    let Some((collection, by)) = by else {
        return vec![group(shelf, page, section, layout, None, shown)];
    };
    let mut order: Vec<Key> = Vec::new();
    let mut members: FxHashMap<Key, Vec<EntryId>> = FxHashMap::default();
    for id in shown {
        for key in keys(book, *id, by) {
            let ids = members.entry(key).or_insert_with(|| {
                order.push(key);
                Vec::new()
            });
            // The same value twice is one.
            if ids.last() != Some(id) {
                ids.push(*id);
            }
        }
    }
    order.sort_by_key(|key| match key {
        Key::Choice(choice) => *choice,
        Key::Nothing => usize::MAX,
        _ => 0,
    });
    let title = |key: &Key<'a>| match (*key, &collection.fields[by].kind) {
        (Key::Choice(choice), Kind::Choice(choices)) => choices[choice].plural.as_str(),
        (Key::Country(code), _) => book.config.country(code).unwrap_or(code),
        (Key::Entry(id), _) => book.entry(id).title.value.as_str(),
        _ => shelf.words.get("other"),
    };
    let mut groups: Vec<GroupView> =
        order.iter().map(|key| group(shelf, page, section, layout, Some(title(key)), &members[key])).collect();
    // Two groups may have one name.
    let mut taken: FxHashMap<String, usize> = FxHashMap::default();
    for group in &mut groups {
        let slug = slug(group.title.as_deref().unwrap_or(""), false);
        let times = taken.entry(slug.clone()).or_default();
        // No heading's anchor begins with a colon.
        group.anchor =
            Some(if *times == 0 { format!(":group-{slug}") } else { format!(":group-{slug}:{times}") }.into());
        *times += 1;
    }
    groups
}

/// The values of an entry's field.
fn keys<'a>(book: &'a Book, id: EntryId, by: usize) -> Vec<Key<'a>> {
    let field = book.entry(id).fields.iter().find(|field| field.spec == by);
    let values = field.map_or(&[][..], |field| &field.values);
    let key = |stated: &'a Stated| match &stated.value {
        Value::Choice(choice) => Key::Choice(*choice),
        Value::Country(code) => Key::Country(code),
        Value::Link(link) => match book.resolution(id, *link) {
            Resolution::Found { entry, .. } => Key::Entry(*entry),
            _ => Key::Nothing,
        },
        _ => Key::Nothing,
    };
    let keys: Vec<Key> = values.iter().map(key).collect();
    if keys.is_empty() { vec![Key::Nothing] } else { keys }
}

fn group<'a>(
    shelf: &'a Shelf,
    page: &Page,
    section: &Section,
    layout: Layout,
    title: Option<&'a str>,
    ids: &[EntryId],
) -> GroupView<'a> {
    let book = &shelf.book;
    let columns = if layout == Layout::Table { columns(book, section, ids) } else { Vec::new() };
    // A table of titles alone is a list.
    let layout = if layout == Layout::Table && columns.is_empty() { Layout::List } else { layout };
    let grouped = declared(book, section).and_then(|collection| collection.group);
    let order = if layout == Layout::Table { all::places(book, ids) } else { Vec::new() };
    let item = |(place, id): (usize, &EntryId)| {
        let mut item = shelf.item(page, *id);
        match layout {
            Layout::Table => {
                item.cells = fields::cells(shelf, page, *id, &columns);
                item.order = Some(order[place]);
            }
            _ => item.chips = fields::chips(shelf, page, *id, grouped),
        }
        item
    };
    let column = |place: &usize| {
        let spec = &declared(book, section)?.fields[*place];
        Some(ColumnView { name: &spec.name.value, label: &spec.label, kind: spec.kind.word() })
    };
    GroupView {
        anchor: None,
        title: title.map(Cow::Borrowed),
        layout: layout.word(),
        items: ids.iter().enumerate().map(item).collect(),
        columns: columns.iter().filter_map(column).collect(),
    }
}

/// The entries of a section to which most others link.
pub fn most_linked<'a>(shelf: &'a Shelf, page: &Page, section: &Section) -> Option<GroupView<'a>> {
    let book = &shelf.book;
    let ids = most_linked_ids(book, section);
    let title = Some(shelf.words.get("most_linked"));
    (!ids.is_empty()).then(|| group(shelf, page, section, Layout::Cards, title, &ids))
}

pub fn most_linked_ids(book: &Book, section: &Section) -> Vec<EntryId> {
    let linked = book.most_linked(section.members.iter().copied(), MOST_LINKED);
    linked.into_iter().map(|(_, id)| id).collect()
}

/// What a section's collection declares.
pub fn declared<'a>(book: &'a Book, section: &Section) -> Option<&'a Collection> {
    section.declared.map(|declared| &book.config.collections[declared])
}
