//! How a section's page shows its entries: as cards, as a table or one below the other; and the columns of a table.

use crate::book::{Book, Section};
use crate::config::{Collection, FieldKind, FieldSpec, Layout, STANDARD};
use crate::parse::{Field, FieldValue, Value};

/// How many fields a table shows at most.
const COLUMNS: usize = 5;

/// A field that only one entry in so many has, or fewer, makes no table of a list.
const SELDOM: usize = 5;

/// A field that only one entry of a table in so many has, or fewer, is no column of it.
const SPARSE: usize = 10;

/// How a section's page shows its entries, all its groups and parts alike.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionLayout {
    pub layout: Layout,
    /// The fields, by their places, that a table may show: those of few words, but none that says the same of all entries.
    columns: Box<[usize]>,
}

impl SectionLayout {
    /// As its collection says; else by date where that sorts the entries, as a table where they have two fields or more of
    /// few words, and as cards.
    pub fn of(book: &Book, section: &Section) -> SectionLayout {
        let Some(collection) = declared(book, section) else {
            return SectionLayout { layout: Layout::Cards, columns: Box::default() };
        };
        let fields: Vec<&[Field]> = section.members.iter().map(|id| book.entry(*id).fields.as_slice()).collect();
        let columns = columns(collection, &fields);
        let filled = filled(collection, &fields);
        let is_frequent = |place: &&usize| filled[**place] * SELDOM >= fields.len();
        let layout = match collection.layout {
            Some(layout) => layout,
            None if collection.timeline || collection.sort.as_deref() == Some("date") => Layout::List,
            None if columns.iter().filter(is_frequent).count() >= 2 => Layout::Table,
            None => Layout::Cards,
        };
        // A table of titles alone is a list.
        let layout = if layout == Layout::Table && columns.is_empty() { Layout::List } else { layout };
        SectionLayout { layout, columns: columns.into() }
    }

    /// The columns of a table of some of the section's entries, given the fields of each: those that more than a few of
    /// them have.
    pub fn columns_of(&self, collection: &Collection, shown: &[&[Field]]) -> Vec<usize> {
        let filled = filled(collection, shown);
        let is_dense = |place: &usize| filled[*place] > 0 && filled[*place] * SPARSE >= shown.len();
        self.columns.iter().copied().filter(is_dense).take(COLUMNS).collect()
    }

    /// The fields, by their places, that a table may show.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }
}

/// What a section's collection declares.
pub fn declared<'a>(book: &'a Book, section: &Section) -> Option<&'a Collection> {
    section.declared.map(|declared| &book.config.collections[declared])
}

/// The fields that a table of entries may show, given the fields of each.
fn columns(collection: &Collection, shown: &[&[Field]]) -> Vec<usize> {
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
    let filled = filled(collection, shown);
    let fields = collection.fields.iter().enumerate();
    let fields = fields.filter(|(place, spec)| short(&spec.kind) && is_own(spec) && filled[*place] > 0);
    let is_alike = |place: usize| shown.len() > 1 && is_same(shown, place);
    let places = fields.map(|(place, _)| place);
    places.filter(|place| !(collection.group == Some(*place) || is_alike(*place))).collect()
}

/// How many of some entries have each field, given the fields of each.
fn filled(collection: &Collection, shown: &[&[Field]]) -> Vec<usize> {
    let mut filled = vec![0; collection.fields.len()];
    for field in shown.iter().copied().flatten() {
        filled[field.spec] += 1;
    }
    filled
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
