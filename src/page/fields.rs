//! An entry's fields as readers see them: the table of an entry, the chips of a list.

use super::view::{FieldView, ValueView};
use super::{Page, Shelf};
use crate::base::date::Date;
use crate::book::{EntryId, Resolution};
use crate::config::{FieldSpec, Kind, STANDARD};
use crate::parse::{Field, Origin, Target, Value};

/// How many chips stand at an entry of a list.
const CHIPS: usize = 6;

/// The table of an entry's fields: its declared ones in the schema's order.
pub fn table(shelf: &Shelf, page: &Page, id: EntryId) -> Vec<FieldView> {
    let entry = shelf.book.entry(id);
    let specs = entry.collection.map_or(&[][..], |collection| &shelf.book.config.collections[collection].fields);
    // What stands elsewhere on the page is not said again.
    let own = |spec: &FieldSpec| {
        spec.name.value == "date" || !STANDARD.iter().any(|standard| standard.key == spec.name.value)
    };
    let mut table: Vec<FieldView> = entry
        .fields
        .iter()
        .map(|field| (&specs[field.spec], field))
        .filter(|(spec, _)| own(spec))
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

/// What a list says of an entry at a glance: countries, choices and relations.
pub fn chips(shelf: &Shelf, page: &Page, id: EntryId) -> Vec<ValueView> {
    let entry = shelf.book.entry(id);
    let Some(collection) = entry.collection.map(|collection| &shelf.book.config.collections[collection]) else {
        return Vec::new();
    };
    let mut chips: Vec<ValueView> = Vec::new();
    for kind in ["choice", "country", "reference"] {
        for field in &entry.fields {
            let spec = &collection.fields[field.spec];
            if spec.kind.word() == kind {
                chips.extend(values(shelf, page, id, spec, field));
            }
        }
    }
    chips.truncate(CHIPS);
    chips
}

fn values(shelf: &Shelf, page: &Page, id: EntryId, spec: &FieldSpec, field: &Field) -> Vec<ValueView> {
    let values = field.values.iter().enumerate();
    values.map(|(nth, value)| view(shelf, page, id, spec, nth, &value.value)).collect()
}

fn view(shelf: &Shelf, page: &Page, id: EntryId, spec: &FieldSpec, nth: usize, value: &Value) -> ValueView {
    let kind = spec.kind.word();
    let config = &shelf.book.config;
    match value {
        Value::Text(words) => ValueView { lang: spec.lang.clone(), ..text(kind, words.clone()) },
        Value::Number(written, _) => text(kind, written.clone()),
        Value::YesNo(flag) => text(kind, shelf.words.get(if *flag { "yes" } else { "no" }).to_owned()),
        Value::Markdown(body) => {
            let html = shelf.markdown(page, id, body, &format!("{}:{nth}:", spec.name.value));
            ValueView { html: Some(html), lang: spec.lang.clone(), ..text(kind, String::new()) }
        }
        Value::Date(date) => of_date(shelf, date),
        Value::Url(url) => {
            let shown = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).trim_end_matches('/');
            ValueView { href: Some(url.clone()), ..text(kind, shown.to_owned()) }
        }
        Value::Choice(choice) => {
            let Kind::Choice(choices) = &spec.kind else { return text(kind, String::new()) };
            text(kind, choices[*choice].label.clone())
        }
        Value::Country(code) => text(kind, config.country(code).unwrap_or(code).to_owned()),
        Value::Quantity(quantity) => text(kind, quantity.human()),
        Value::Link(link) => match shelf.book.resolution(id, *link) {
            Resolution::Found { entry, .. } => {
                let anchor = shelf.entry_anchor(page, *entry);
                ValueView { href: Some(anchor.href), ..text(kind, anchor.title) }
            }
            _ => {
                let written = match &shelf.book.entry(id).links[*link] {
                    crate::parse::Link { target: Target::Name { name, .. }, from: Origin::Relation { .. }, .. } => {
                        name.clone()
                    }
                    _ => String::new(),
                };
                text(kind, written)
            }
        },
    }
}

fn of_date(shelf: &Shelf, date: &Date) -> ValueView {
    let date = shelf.date(date);
    ValueView { date: Some(date.clone()), ..text("date", date.text) }
}

fn text(kind: &'static str, text: String) -> ValueView {
    ValueView { text, href: None, html: None, lang: None, date: None, kind }
}
