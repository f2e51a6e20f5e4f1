//! An entry's fields as readers see them: the table of an entry, the chips of a list.

use super::view::{FieldView, ValueView};
use super::{Page, Shelf};
use crate::base::date::Date;
use crate::book::{EntryId, Resolution};
use crate::config::{FieldSpec, Kind, STANDARD};
use crate::parse::{Field, Origin, Stated, Target, Value};

/// How many chips stand at an entry of a list.
const CHIPS: usize = 6;

/// The table of an entry's fields: its declared ones in the schema's order.
pub fn table(shelf: &Shelf, page: &Page, id: EntryId) -> Vec<FieldView> {
    let entry = shelf.book.entry(id);
    let specs = entry.collection.map_or(&[][..], |collection| &shelf.book.config.collections[collection].fields);
    let mut table: Vec<FieldView> = entry
        .fields
        .iter()
        .map(|field| (&specs[field.spec], field))
        .filter(|(spec, _)| is_own(spec))
        .map(|(spec, field)| FieldView {
            name: spec.name.value.clone(),
            label: spec.label.clone(),
            kind: spec.kind.word(),
            values: values(shelf, page, id, spec, field),
        })
        .collect();
    if let Some(date) = entry.date.as_ref().filter(|_| specs.iter().all(|spec| spec.name.value != "date")) {
        let value = of_date(shelf, &date.value);
        table.insert(
            0,
            FieldView {
                name: "date".to_owned(),
                label: shelf.words.get("date").to_owned(),
                kind: "date",
                values: vec![value],
            },
        );
    }
    table
}

/// Whether a field is shown as one: what every entry may say stands elsewhere on its page, but for its date.
pub fn is_own(spec: &FieldSpec) -> bool {
    spec.name.value == "date" || !STANDARD.iter().any(|standard| standard.key == spec.name.value)
}

/// What a list says of an entry at a glance: choices, countries and relations, but not what it is grouped by.
pub fn chips(shelf: &Shelf, page: &Page, id: EntryId, grouped: Option<usize>) -> Vec<ValueView> {
    let entry = shelf.book.entry(id);
    let Some(collection) = entry.collection.map(|collection| &shelf.book.config.collections[collection]) else {
        return Vec::new();
    };
    let mut chips: Vec<ValueView> = Vec::new();
    for kind in ["choice", "country", "reference"] {
        for field in &entry.fields {
            let spec = &collection.fields[field.spec];
            if spec.kind.word() == kind && grouped != Some(field.spec) {
                chips.extend(values(shelf, page, id, spec, field));
            }
        }
    }
    chips.truncate(CHIPS);
    chips
}

/// What an entry has in each of these fields, by their places.
pub fn cells(shelf: &Shelf, page: &Page, id: EntryId, columns: &[usize]) -> Vec<Vec<ValueView>> {
    let entry = shelf.book.entry(id);
    let Some(collection) = entry.collection.map(|collection| &shelf.book.config.collections[collection]) else {
        return Vec::new();
    };
    let cell = |column: &usize| match entry.fields.iter().find(|field| field.spec == *column) {
        Some(field) => values(shelf, page, id, &collection.fields[*column], field),
        None => Vec::new(),
    };
    columns.iter().map(cell).collect()
}

fn values(shelf: &Shelf, page: &Page, id: EntryId, spec: &FieldSpec, field: &Field) -> Vec<ValueView> {
    let values = field.values.iter().enumerate();
    let noted = |(nth, stated): (usize, &Stated)| ValueView {
        note: stated.note.clone(),
        ..view(shelf, page, id, spec, nth, &stated.value)
    };
    values.map(noted).collect()
}

fn view(shelf: &Shelf, page: &Page, id: EntryId, spec: &FieldSpec, nth: usize, value: &Value) -> ValueView {
    let kind = spec.kind.word();
    let config = &shelf.book.config;
    match value {
        Value::Text(words) => ValueView { lang: spec.lang.clone(), ..plain(kind, words.clone()) },
        Value::Number(written, number) => ValueView { order: Some(*number), ..plain(kind, written.clone()) },
        Value::YesNo(flag) => plain(kind, shelf.words.get(if *flag { "yes" } else { "no" }).to_owned()),
        Value::Markdown(body) => {
            let html = shelf.markdown(page, id, body, &format!("{}:{nth}:", spec.name.value));
            ValueView { html: Some(html), lang: spec.lang.clone(), ..plain(kind, String::new()) }
        }
        Value::Date(date) => of_date(shelf, date),
        Value::Url(url) => {
            let shown = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).trim_end_matches('/');
            ValueView { href: Some(url.clone()), ..plain(kind, shown.to_owned()) }
        }
        Value::Choice(choice) => {
            let Kind::Choice(choices) = &spec.kind else { return plain(kind, String::new()) };
            plain(kind, choices[*choice].label.clone())
        }
        Value::Country(code) => plain(kind, config.country(code).unwrap_or(code).to_owned()),
        Value::Quantity(quantity) => ValueView { order: Some(quantity.amount()), ..plain(kind, quantity.human()) },
        Value::Link(link) => match shelf.book.resolution(id, *link) {
            Resolution::Found { entry, .. } => {
                let anchor = shelf.entry_anchor(page, *entry);
                ValueView { href: Some(anchor.href), ..plain(kind, anchor.title) }
            }
            _ => {
                let written = match &shelf.book.entry(id).links[*link] {
                    crate::parse::Link { target: Target::Name { name, .. }, from: Origin::Relation { .. }, .. } => {
                        name.clone()
                    }
                    _ => String::new(),
                };
                plain(kind, written)
            }
        },
    }
}

fn of_date(shelf: &Shelf, date: &Date) -> ValueView {
    let order = date.earliest().or(date.latest()).map(|day| day.number() as f64);
    let date = shelf.date(date);
    ValueView { date: Some(date.clone()), order, ..plain("date", date.text) }
}

fn plain(kind: &'static str, text: String) -> ValueView {
    ValueView { text, href: None, html: None, lang: None, date: None, order: None, note: None, kind }
}
