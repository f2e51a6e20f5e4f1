//! The entries that a block in a text asks for.

use std::cmp::Ordering;

use super::sections::{compare_values, first_value, missing_last};
use super::{Book, EntryId, Resolution, SectionId};
use crate::base::date::{Date, Day};
use crate::base::path::key;
use crate::parse::yaml::{YamlNode, YamlValue};
use crate::parse::{Entry, EntryQuery, QueryCondition, QueryKey, Value};

impl Book {
    /// The entries that a block of the entry `from` asks for, in its order, and their section; none if it names something that is not
    /// there.
    pub fn select(&self, from: EntryId, query: &EntryQuery) -> Option<(SectionId, Vec<EntryId>)> {
        let Resolution::Section(section) = self.resolution(from, query.from) else { return None };
        let conditions: Option<Vec<Asked>> =
            query.conditions.iter().map(|condition| Asked::of(self, from, condition)).collect();
        let conditions = conditions?;
        let members = self.section(*section).members.iter().copied();
        let mut found: Vec<EntryId> =
            members.filter(|id| conditions.iter().all(|asked| asked.holds(self, *id))).collect();
        if let Some(order) = &query.order {
            // What says the same stays in its section's order.
            found.sort_by(|a, b| {
                let (a, b) = (self.entry(*a), self.entry(*b));
                compare(&order.key, a, b, order.is_descending)
            });
        }
        found.truncate(query.limit.unwrap_or(usize::MAX));
        Some((*section, found))
    }
}

/// A condition whose references are known.
struct Asked<'a> {
    key: &'a QueryKey,
    values: Vec<Sought<'a>>,
}

/// What one of an entry's values must be.
enum Sought<'a> {
    Value(&'a Value),
    Entry(EntryId),
    /// What nobody may see yet, and so nobody has.
    Unpublished,
}

impl<'a> Asked<'a> {
    /// None if it names no entry.
    fn of(book: &Book, from: EntryId, condition: &'a QueryCondition) -> Option<Asked<'a>> {
        let sought = |value: &'a Value| match value {
            Value::Link(link) => match book.resolution(from, *link) {
                Resolution::Found { entry, .. } => Some(Sought::Entry(*entry)),
                Resolution::Held(_) => Some(Sought::Unpublished),
                _ => None,
            },
            value => Some(Sought::Value(value)),
        };
        let values: Option<Vec<Sought>> = condition.values.iter().map(sought).collect();
        Some(Asked { key: &condition.key, values: values? })
    }

    /// Whether an entry has one of the values.
    fn holds(&self, book: &Book, id: EntryId) -> bool {
        self.values.iter().any(|sought| match sought {
            Sought::Value(value) => says(book.entry(id), self.key, value),
            Sought::Entry(to) => leads_to(book, id, self.key, *to),
            Sought::Unpublished => false,
        })
    }
}

/// Whether one of an entry's relations leads to another.
fn leads_to(book: &Book, id: EntryId, by: &QueryKey, to: EntryId) -> bool {
    let QueryKey::Field(spec) = by else { return false };
    let fields = book.entry(id).fields.iter().filter(|field| field.spec == *spec);
    fields.flat_map(|field| &field.values).any(|stated| match &stated.value {
        Value::Link(link) => matches!(book.resolution(id, *link), Resolution::Found { entry, .. } if *entry == to),
        _ => false,
    })
}

/// Whether an entry has a value under a key.
fn says(entry: &Entry, by: &QueryKey, sought: &Value) -> bool {
    match (by, sought) {
        (QueryKey::Field(spec), sought) => {
            let fields = entry.fields.iter().filter(|field| field.spec == *spec);
            fields.flat_map(|field| &field.values).any(|stated| is_same(&stated.value, sought))
        }
        (QueryKey::Title, Value::Text(text)) => key(&entry.title.value) == key(text),
        (QueryKey::Tags, Value::Text(text)) => entry.tags.iter().any(|tag| key(&tag.value) == key(text)),
        (QueryKey::Data(name), Value::Text(text)) => {
            entry.data.iter().any(|(known, node)| known.value == **name && has_text(node, text))
        }
        (by, Value::Date(sought)) => date(entry, by).is_some_and(|date| is_within(date, sought)),
        _ => false,
    }
}

/// Whether two values of one field are the same, or a date lies within another.
fn is_same(value: &Value, sought: &Value) -> bool {
    match (value, sought) {
        (Value::Text(a), Value::Text(b)) => key(a) == key(b),
        (Value::Url(a), Value::Url(b)) | (Value::Country(a), Value::Country(b)) => a == b,
        (Value::Number(_, a), Value::Number(_, b)) => a == b,
        (Value::YesNo(a), Value::YesNo(b)) => a == b,
        (Value::Choice(a), Value::Choice(b)) => a == b,
        (Value::Quantity(a), Value::Quantity(b)) => a == b,
        (Value::Date(date), Value::Date(sought)) => is_within(date, sought),
        _ => false,
    }
}

/// Whether a text, or one of a list, is what is sought.
fn has_text(node: &YamlNode, sought: &str) -> bool {
    match &node.data {
        YamlValue::Scalar { text, .. } => key(text) == key(sought),
        YamlValue::List(items) => items.iter().any(|item| has_text(item, sought)),
        _ => false,
    }
}

fn date<'a>(entry: &'a Entry, by: &QueryKey) -> Option<&'a Date> {
    let date = match by {
        QueryKey::Date => &entry.date,
        QueryKey::Published => &entry.published,
        QueryKey::ReviewBy => &entry.review_by,
        _ => return None,
    };
    date.as_ref().map(|date| &date.value)
}

/// Whether something was within a time: all of it, as far as it is known, or on a day on which it surely was. `2015` holds
/// 2015-05-19 and 2014/2016, and 2015-05 does not hold 2015.
fn is_within(date: &Date, time: &Date) -> bool {
    const ALWAYS: (Day, Day) = (Day { year: i64::MIN, month: 1, day: 1 }, Day { year: i64::MAX, month: 12, day: 31 });
    if date.earliest().is_none() && date.latest().is_none() {
        return false;
    }
    let (first, last) = (time.earliest().unwrap_or(ALWAYS.0), time.latest().unwrap_or(ALWAYS.1));
    let is_inside = date.earliest().is_some_and(|day| first <= day) && date.latest().is_some_and(|day| day <= last);
    let certain = date.extent().certain;
    is_inside || certain.is_some_and(|(from, to)| from <= last && first <= to.unwrap_or(ALWAYS.1))
}

/// The order of two entries; those that do not say by what they are sorted come last either way.
fn compare(by: &QueryKey, a: &Entry, b: &Entry, is_descending: bool) -> Ordering {
    let turned = |order: Ordering| if is_descending { order.reverse() } else { order };
    match by {
        QueryKey::Field(spec) => {
            let value = |entry| first_value(entry, Some(*spec));
            missing_last(value(a), value(b), |a, b| turned(compare_values(a, b)))
        }
        QueryKey::Title => turned(key(&a.title.value).cmp(&key(&b.title.value))),
        QueryKey::Order => missing_last(a.order, b.order, |a, b| turned(a.total_cmp(b))),
        QueryKey::Date | QueryKey::Published | QueryKey::ReviewBy => {
            missing_last(date(a, by), date(b, by), |a, b| turned(a.cmp(b)))
        }
        QueryKey::Data(name) => {
            let text = |entry: &'_ Entry| {
                let (_, node) = entry.data.iter().find(|(known, _)| known.value == **name)?;
                node.as_text().map(str::to_owned)
            };
            missing_last(text(a), text(b), |a, b| turned(compare_texts(a, b)))
        }
        QueryKey::Tags => Ordering::Equal,
    }
}

/// Numbers by how large they are, and before other texts.
fn compare_texts(a: &str, b: &str) -> Ordering {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    missing_last(number(a), number(b), f64::total_cmp).then_with(|| a.cmp(b))
}
