//! How a section's page shows its entries: as cards, as a table or one below the other; and the columns of a table.

use crate::book::{Book, Section};
use crate::config::{Collection, FieldKind, FieldSpec, Layout, STANDARD};
use crate::parse::{Field, FieldValue, Value};

/// How many fields a table shows at most.
const COLUMNS: usize = 5;

/// A field that only one entry in so many has, or fewer, is no column.
const SPARSE: usize = 5;

/// How a section's page shows its entries: as its collection says; else by date where that sorts them, as a table where
/// they have two fields or more of few words, and as cards.
pub fn of(book: &Book, section: &Section) -> Layout {
    let Some(collection) = declared(book, section) else { return Layout::Cards };
    let fields = || section.members.iter().map(|id| book.entry(*id).fields.as_slice()).collect::<Vec<_>>();
    match collection.layout {
        Some(layout) => layout,
        None if collection.timeline || collection.sort.as_deref() == Some("date") => Layout::List,
        None if columns(collection, &fields()).len() >= 2 => Layout::Table,
        None => Layout::Cards,
    }
}

/// What a section's collection declares.
pub fn declared<'a>(book: &'a Book, section: &Section) -> Option<&'a Collection> {
    section.declared.map(|declared| &book.config.collections[declared])
}

/// The fields, by their places, that more than a few of some entries have and that a table shows, given the fields of
/// each: those of few words, but none that says the same of all of them.
pub fn columns(collection: &Collection, shown: &[&[Field]]) -> Vec<usize> {
    let short = |kind: &FieldKind| {
        matches!(
            kind,
            FieldKind::Choice(_)
                | FieldKind::Country
                | FieldKind::Date
                | FieldKind::Number
                | FieldKind::Quantity
                | FieldKind::YesNo
        )
    };
    let mut filled = vec![0; collection.fields.len()];
    for field in shown.iter().copied().flatten() {
        filled[field.spec] += 1;
    }
    let fields = collection.fields.iter().enumerate();
    let fields = fields
        .filter(|(place, spec)| short(&spec.kind) && is_own(spec) && filled[*place] * SPARSE >= shown.len().max(1));
    fields
        .map(|(place, _)| place)
        .filter(|place| collection.group != Some(*place) && !(shown.len() > 1 && is_same(shown, *place)))
        .take(COLUMNS)
        .collect()
}

/// Whether all entries have one value in a field, and the same: "China" down a whole column tells nothing.
fn is_same(shown: &[&[Field]], place: usize) -> bool {
    let value = |fields: &&[Field]| {
        let field = fields.iter().find(|field| field.spec == place)?;
        match &*field.values {
            [FieldValue { value: Value::Country(code), .. }] => Some((code.to_string(), 0)),
            [FieldValue { value: Value::Choice(choice), .. }] => Some((String::new(), *choice)),
            _ => None,
        }
    };
    let first = shown.first().and_then(value);
    first.is_some() && shown.iter().all(|fields| value(fields) == first)
}

/// Whether a field is shown as one: what every entry may say stands elsewhere on its page, but for its date.
pub fn is_own(spec: &FieldSpec) -> bool {
    spec.name.value == "date" || !STANDARD.iter().any(|standard| standard.key == spec.name.value)
}
