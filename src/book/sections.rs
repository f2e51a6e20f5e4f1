//! Sections and the order of their entries: what lists, previous and next follow.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{EntryId, SectionId};
use crate::base::date::{Date, SortKey};
use crate::base::path::title;
use crate::base::span::Spanned;
use crate::config::{Collection, Config};
use crate::parse::{Entry, Role, Value};

/// A declared collection, or a folder of plain pages; the one without a name is the root.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its folder as a slug.
    pub name: String,
    /// Its folder in the site.
    pub address: String,
    pub title: String,
    pub singular: String,
    pub description: String,
    /// Its declaration, by its place in the book's order.
    pub declared: Option<usize>,
    /// Its entries in order, without its own page.
    pub members: Vec<EntryId>,
    /// Its own page: `index.md` or `README.md` of its folder.
    pub index: Option<EntryId>,
}

/// All sections, and the section of each entry.
pub fn sections(config: &Config, entries: &[Arc<Entry>]) -> (Vec<Section>, Vec<SectionId>) {
    let mut sections: Vec<Section> = config.collections.iter().enumerate().map(|(i, c)| declared(i, c)).collect();
    let mut by_name: FxHashMap<String, usize> =
        sections.iter().enumerate().map(|(i, section)| (section.name.clone(), i)).collect();
    let mut plain: Vec<&Arc<Entry>> = entries.iter().filter(|entry| entry.collection.is_none()).collect();
    plain.sort_by_key(|entry| &entry.section);
    for entry in plain {
        if !by_name.contains_key(&entry.section) {
            by_name.insert(entry.section.clone(), sections.len());
            sections.push(undeclared(config, entry));
        }
    }
    let mut section_of = Vec::with_capacity(entries.len());
    for (i, entry) in entries.iter().enumerate() {
        // The declared ones come first, in the book's order.
        let section = entry.collection.unwrap_or_else(|| by_name[&entry.section]);
        let id = EntryId(i as u32);
        section_of.push(SectionId(section as u32));
        let section = &mut sections[section];
        if entry.role == Role::Index && is_top(&entry.address, &entry.section) && section.index.is_none() {
            section.index = Some(id);
        } else if entry.role != Role::NotFound {
            section.members.push(id);
        }
    }
    sections.par_iter_mut().for_each(|section| {
        let collection = section.declared.map(|declared| &config.collections[declared]);
        let ranked = section.members.par_iter().map(|id| (Rank::of(collection, &entries[id.0 as usize]), *id));
        let mut ranked: Vec<(Rank, EntryId)> = ranked.collect();
        ranked.sort_by(|(rank, a), (other, b)| {
            rank.cmp(other).then_with(|| compare(collection, &entries[a.0 as usize], &entries[b.0 as usize]))
        });
        section.members = ranked.into_iter().map(|(_, id)| id).collect();
        if let (None, Some(index)) = (section.declared, section.index)
            && !section.name.is_empty()
        {
            section.title = entries[index.0 as usize].title.value.clone();
        }
    });
    (sections, section_of)
}

fn is_top(address: &str, section: &str) -> bool {
    let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
    !folder.contains('/') && folder.is_empty() == section.is_empty()
}

fn declared(place: usize, collection: &Collection) -> Section {
    Section {
        name: collection.name.value.clone(),
        address: collection.name.value.clone(),
        title: collection.title.clone(),
        singular: collection.singular.clone(),
        description: collection.description.clone(),
        declared: Some(place),
        members: Vec::new(),
        index: None,
    }
}

/// The section of a plain page, the first of its folder.
fn undeclared(config: &Config, first: &Entry) -> Section {
    let part = |path: &str| path.split_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let title = title(&part(config.within_src(&first.path).unwrap_or("")));
    Section {
        name: first.section.clone(),
        address: part(&first.address),
        singular: title.clone(),
        title,
        description: String::new(),
        declared: None,
        members: Vec::new(),
        index: None,
    }
}

/// What decides the order of most entries, in few bytes: they are many, and lie far apart. Where it is the same, the
/// entries themselves are compared.
struct Rank {
    order: Option<f64>,
    /// The date by which the collection is sorted, if it is.
    date: Option<Option<SortKey>>,
}

impl Rank {
    fn of(collection: Option<&Collection>, entry: &Entry) -> Rank {
        let key = |date: &Option<Spanned<Date>>| Some(date.as_ref().map(|date| date.value.sort_key()));
        let date = match collection.and_then(|collection| collection.sort.as_deref()) {
            Some("date") => key(&entry.date),
            Some("published") => key(&entry.published),
            Some("review-by") => key(&entry.review_by),
            _ => None,
        };
        Rank { order: entry.order, date }
    }

    fn cmp(&self, other: &Rank) -> Ordering {
        let by_order = missing_last(self.order, other.order, f64::total_cmp);
        let date = |rank: &Rank| rank.date.flatten();
        by_order.then_with(|| missing_last(date(self), date(other), SortKey::cmp))
    }
}

/// By `order`, then the collection's `sort`, then title by code point, then address.
fn compare(collection: Option<&Collection>, a: &Entry, b: &Entry) -> Ordering {
    let by_order = missing_last(a.order, b.order, f64::total_cmp);
    let sort = collection.and_then(|collection| collection.sort.as_deref().map(|sort| (collection, sort)));
    let by_sort = || match sort {
        None | Some((_, "title")) => Ordering::Equal,
        Some((_, "date")) => by_date(&a.date, &b.date),
        Some((_, "published")) => by_date(&a.published, &b.published),
        Some((_, "review-by")) => by_date(&a.review_by, &b.review_by),
        Some((_, "order")) => Ordering::Equal,
        Some((collection, sort)) => {
            let spec = collection.field(sort);
            missing_last(first_value(a, spec), first_value(b, spec), |a, b| compare_values(a, b))
        }
    };
    by_order.then_with(by_sort).then_with(|| a.title.value.cmp(&b.title.value)).then_with(|| a.address.cmp(&b.address))
}

fn by_date(a: &Option<Spanned<Date>>, b: &Option<Spanned<Date>>) -> Ordering {
    missing_last(a.as_ref(), b.as_ref(), |a, b| a.value.cmp(&b.value))
}

pub fn missing_last<T>(a: Option<T>, b: Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare(&a, &b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// The first value of one of its fields.
pub fn first_value(entry: &Entry, spec: Option<usize>) -> Option<&Value> {
    let field = entry.fields.iter().find(|field| Some(field.spec) == spec)?;
    field.values.first().map(|value| &value.value)
}

/// The order of two values of one field, which are of one type.
pub fn compare_values(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a) | Value::Url(a) | Value::Country(a), Value::Text(b) | Value::Url(b) | Value::Country(b)) => {
            a.cmp(b)
        }
        (Value::Number(_, a), Value::Number(_, b)) => a.total_cmp(b),
        (Value::YesNo(a), Value::YesNo(b)) => b.cmp(a),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Choice(a), Value::Choice(b)) => a.cmp(b),
        (Value::Quantity(a), Value::Quantity(b)) => a.amount().total_cmp(&b.amount()),
        _ => Ordering::Equal,
    }
}
