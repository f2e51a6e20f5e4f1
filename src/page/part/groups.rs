//! The entries of a collection's page in their groups.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::fields;
use crate::base::path::slug;
use crate::book::EntryId;
use crate::config::{Collection, FieldKind, Layout};
use crate::page::context::{Context, Item, Items, SectionFace};
use crate::page::layout::SectionLayout;
use crate::page::list;
use crate::page::view::{ColumnView, GroupView, ItemView};
use crate::parse::{FieldValue, Value};

/// The entries by the values of the field that groups them: in the order of a choice's values, else of first
/// appearance. One with several values stands under each; those without one come last.
pub fn groups<'a>(cx: &Context<'a>, section: SectionFace<'a>, shown: Items<'a>) -> Vec<GroupView<'a>> {
    let shape = cx.layout(section.id);
    let collection = section.declared(cx.config());
    let Some((collection, by)) = collection.and_then(|collection| Some((collection, collection.group?))) else {
        return vec![group_of_section(cx, collection, (shape, shape.layout), None, &shown.iter().collect::<Vec<_>>())];
    };
    let mut order: Vec<(Key, &str)> = Vec::new();
    let mut members: FxHashMap<Key, Vec<Item>> = FxHashMap::default();
    for item in shown.iter() {
        for (key, title) in keys(cx, collection, item, by) {
            let items = members.entry(key).or_insert_with(|| {
                order.push((key, title));
                Vec::new()
            });
            // The same value twice is one.
            if items.last().is_none_or(|last: &Item| last.id() != item.id()) {
                items.push(item);
            }
        }
    }
    order.sort_by_key(|(key, _)| match key {
        Key::Choice(choice) => *choice,
        Key::Nothing => usize::MAX,
        _ => 0,
    });
    let mut groups: Vec<GroupView> = order
        .iter()
        .map(|(key, title)| group_of_section(cx, Some(collection), (shape, shape.layout), Some(title), &members[key]))
        .collect();
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

/// What brings entries together: a value, whatever it is called.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key<'a> {
    Choice(usize),
    Country(&'a str),
    Entry(EntryId),
    /// The entry has no value, or one that leads nowhere.
    Nothing,
}

/// The values of an entry's field, and what each is called.
fn keys<'a>(cx: &Context<'a>, collection: &'a Collection, item: Item<'a>, by: usize) -> Vec<(Key<'a>, &'a str)> {
    let field = item.fields().iter().find(|field| field.spec == by);
    let values = field.map_or(&[][..], |field| &field.values);
    let other = (Key::Nothing, cx.words().get("other"));
    let key = |stated: &'a FieldValue| match (&stated.value, &collection.fields[by].kind) {
        (Value::Choice(choice), FieldKind::Choice(choices)) => (Key::Choice(*choice), choices[*choice].plural.as_str()),
        (Value::Country(code), _) => (Key::Country(code), cx.config().country(code).unwrap_or(code)),
        (Value::Link(link), _) => item.relation(*link).map_or(other, |entry| (Key::Entry(entry.id()), entry.title())),
        _ => other,
    };
    let keys: Vec<(Key, &str)> = values.iter().map(key).collect();
    if keys.is_empty() { vec![other] } else { keys }
}

fn group_of_section<'a>(
    cx: &Context<'a>,
    collection: Option<&'a Collection>,
    (section, layout): (&SectionLayout, Layout),
    title: Option<&'a str>,
    items: &[Item<'a>],
) -> GroupView<'a> {
    let columns = match collection.filter(|_| layout == Layout::Table) {
        Some(collection) => section.columns_of(collection, &items.iter().map(|item| item.fields()).collect::<Vec<_>>()),
        None => Vec::new(),
    };
    let grouped = collection.and_then(|collection| collection.group);
    let order = match layout {
        Layout::Table => list::places(items.iter().map(|item| (item.title(), item.address()))),
        _ => Vec::new(),
    };
    let view = |(place, item): (usize, &Item<'a>)| {
        let mut view = cx.item(*item);
        match layout {
            Layout::Table => {
                view.cells = fields::cells(cx, *item, &columns);
                view.order = Some(order[place]);
            }
            _ => view.chips = fields::chips(cx, *item, grouped),
        }
        view
    };
    let column = |place: &usize| {
        let spec = &collection?.fields[*place];
        Some(ColumnView { name: &spec.name.value, label: &spec.label, kind: spec.kind.word() })
    };
    let (items, columns) = (items.iter().enumerate().map(view).collect(), columns.iter().filter_map(column).collect());
    GroupView { title: title.map(Cow::Borrowed), ..group(cx, layout, columns, items) }
}

/// Entries that stand in a layout; a table has these columns.
pub fn group<'a>(
    cx: &Context<'a>,
    layout: Layout,
    columns: Vec<ColumnView<'a>>,
    items: Vec<ItemView<'a>>,
) -> GroupView<'a> {
    let count = items.len();
    let items = cx.fragment(items, |writer, items: &Vec<ItemView>| match (layout, count) {
        (_, 0) => String::new(),
        (Layout::Table, _) => writer.entries(&columns, items),
        (Layout::Cards, _) => writer.cards(items),
        (Layout::List, _) => writer.items(items),
    });
    GroupView { title: None, anchor: None, layout: layout.word(), columns, items, count }
}

/// The entries of a section to which most others link.
pub fn most_linked<'a>(cx: &Context<'a>, section: SectionFace<'a>) -> Option<GroupView<'a>> {
    let items = cx.most_linked_in(section.id);
    let title = Some(cx.words().get("most_linked"));
    let shape = (cx.layout(section.id), Layout::Cards);
    (!items.is_empty()).then(|| group_of_section(cx, section.declared(cx.config()), shape, title, &items))
}
