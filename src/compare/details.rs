//! What an entry says otherwise than before.

use rustc_hash::FxHashSet;

use super::changes::{Aspect, Detail, DetailChange, MentionChange};
use super::shown;
use super::values::{Shown, difference};
use super::version::{Compared, written};
use super::words::TextChange;
use crate::base::span::Spanned;
use crate::book::EntryId;
use crate::config::{FieldSpec, STANDARD};
use crate::parse::{Body, CitationRef, Entry, Field, FieldValue, Origin, ReferenceData, Value};

/// What an entry says otherwise than before, in the order in which its page has it.
pub fn details(old: &Compared, new: &Compared, before: EntryId, after: EntryId) -> Vec<Detail> {
    let mut details = Vec::new();
    let mut add = |aspect: Aspect, change: Option<DetailChange>| {
        details.extend(change.map(|change| Detail { aspect, change }));
    };
    let (a, b) = (old.book().entry(before), new.book().entry(after));
    // What is the same to the byte says the same, read by the same rules; where it leads, and what leads to it, is another
    // matter.
    let is_read_alike = a.collection == b.collection && old.book().config.is_alike(&new.book().config);
    if a.content_hash != b.content_hash || !is_read_alike {
        standard(a, b, &mut add);
        free(old, new, (before, after), &mut add);
        add(Aspect::Picture, difference(picture(old, before), picture(new, after)));
        add(Aspect::Section, difference(section(old, before), section(new, after)));
        fields(old, new, (before, after), &mut add);
        add(Aspect::Sources, sources((old, a), (new, b)));
        let (text, links) = (text(old, new, (before, &a.body), (after, &b.body)), links(old, new, before, after));
        // A new link is new markup, and so is a title that stands in the text.
        let is_told = links.is_some() || a.title.value != b.title.value;
        add(Aspect::Text, text.filter(|text| !is_told || *text != TextChange::Markup).map(DetailChange::Text));
        add(Aspect::Links, links);
    } else {
        // The same words lead elsewhere, where a name is another entry's now.
        let gains = |change: &DetailChange| matches!(change, DetailChange::Values { gained, .. } if !gained.is_empty());
        fields(old, new, (before, after), &mut |aspect, change| add(aspect, change.filter(gains)));
        add(Aspect::Links, links(old, new, before, after));
    }
    if a.address == b.address && a.path != b.path {
        add(Aspect::File, difference(vec![Shown::text(a.path.as_str())], vec![Shown::text(b.path.as_str())]));
    }
    add(Aspect::Mentions, mentions(old, new, before, after).map(DetailChange::Mentions));
    // A collection may declare a key that every entry has, to give it a label.
    let declared: FxHashSet<String> = details.iter().filter_map(|detail| declared(&detail.aspect)).collect();
    details.retain(|detail| matches!(detail.aspect, Aspect::Field { .. }) || !declared.contains(detail.aspect.key()));
    details
}

/// The name of a declared field that any entry may have.
fn declared(aspect: &Aspect) -> Option<String> {
    let is_standard = |name: &str| STANDARD.iter().any(|standard| standard.key == name);
    match aspect {
        Aspect::Field { name, .. } if is_standard(name) => Some(name.clone()),
        _ => None,
    }
}

/// The keys that every entry may have, but for its sources and its picture.
fn standard(a: &Entry, b: &Entry, add: &mut impl FnMut(Aspect, Option<DetailChange>)) {
    let one = |text: Option<String>| Vec::from_iter(text.map(Shown::text));
    let all = |texts: &[Spanned<String>]| texts.iter().map(|text| Shown::text(&*text.value)).collect::<Vec<_>>();
    let summary = |entry: &Entry| one(entry.summary.as_ref().map(|summary| summary.value.clone()));
    let date = |entry: &Entry| one(entry.date.as_ref().map(|date| date.value.to_string()));
    let published = |entry: &Entry| one(entry.published.as_ref().map(|date| date.value.to_string()));
    let review_by = |entry: &Entry| one(entry.review_by.as_ref().map(|date| date.value.to_string()));
    let order = |entry: &Entry| one(entry.order.map(|order| order.to_string()));
    let lang = |entry: &Entry| one(entry.lang.as_deref().map(str::to_owned));
    let figures = |entry: &Entry| entry.figures.iter().map(shown::figure).collect::<Vec<_>>();
    add(Aspect::Title, difference(vec![Shown::text(&*a.title.value)], vec![Shown::text(&*b.title.value)]));
    add(Aspect::Summary, difference(summary(a), summary(b)));
    add(Aspect::Date, difference(date(a), date(b)));
    add(Aspect::Aliases, difference(all(&a.aliases), all(&b.aliases)));
    add(Aspect::Tags, difference(all(&a.tags), all(&b.tags)));
    add(Aspect::Figures, difference(figures(a), figures(b)));
    add(Aspect::Language, difference(lang(a), lang(b)));
    add(Aspect::Order, difference(order(a), order(b)));
    add(Aspect::Published, difference(published(a), published(b)));
    add(Aspect::ReviewBy, difference(review_by(a), review_by(b)));
}

/// The keys that no collection declares, but for those that are a declared field on the other side.
fn free(
    old: &Compared,
    new: &Compared,
    (before, after): (EntryId, EntryId),
    add: &mut impl FnMut(Aspect, Option<DetailChange>),
) {
    let (a, b) = (old.book().entry(before), new.book().entry(after));
    let is_field = |key: &&str| {
        let mut stated = stated(old, before).into_iter().chain(stated(new, after));
        stated.any(|(spec, _)| spec.name.value == *key)
    };
    let keys = |entry: &'_ Entry| entry.data.iter().map(|(key, _)| key.value.clone()).collect::<Vec<_>>();
    let (was, is) = (keys(a), keys(b));
    let all = in_either(was.iter().map(String::as_str), is.iter().map(String::as_str));
    for key in all.into_iter().filter(|key| !is_field(key)) {
        add(Aspect::Key(key.to_owned()), difference(said(a, key), said(b, key)));
    }
}

/// What an entry says under a key that no collection declares.
fn said(entry: &Entry, key: &str) -> Vec<Shown> {
    let values = entry.data.iter().filter(|(name, _)| name.value == key);
    values.flat_map(|(_, node)| json(&node.to_json())).collect()
}

/// What a value of front matter says: one text for each item of a list. A mapping is known by its keys in whichever order.
fn json(value: &serde_json::Value) -> Vec<Shown> {
    match value {
        serde_json::Value::Null => Vec::new(),
        serde_json::Value::String(text) => vec![Shown::text(&**text)],
        serde_json::Value::Array(items) => items.iter().flat_map(json).collect(),
        other => vec![Shown { key: in_order(other).to_string(), shown: other.to_string() }],
    }
}

/// A value with the keys of all its mappings in one order.
fn in_order(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(keys) => {
            let mut keys: Vec<_> = keys.iter().map(|(key, value)| (key.clone(), in_order(value))).collect();
            keys.sort_by(|(a, _), (b, _)| a.cmp(b));
            serde_json::Value::Object(keys.into_iter().collect())
        }
        serde_json::Value::Array(items) => items.iter().map(in_order).collect(),
        other => other.clone(),
    }
}

/// Names of both sides, each once, those of the side after first.
fn in_either<'a>(before: impl Iterator<Item = &'a str>, after: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for name in after.chain(before) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn section(compared: &Compared, id: EntryId) -> Vec<Shown> {
    let book = compared.book();
    let section = book.section(book.section_of(id));
    // What stands at the top is in no section but the book.
    let shown = if section.title.is_empty() { &book.config.title } else { &section.title };
    vec![Shown { key: section.name.clone(), shown: shown.clone() }]
}

/// The file of an entry's picture, or what is written in its place, and what is said for those who do not see it.
fn picture(compared: &Compared, id: EntryId) -> Vec<Shown> {
    let entry = compared.book().entry(id);
    let Some(link) = entry.links.iter().position(|link| matches!(link.from, Origin::Image)) else { return Vec::new() };
    let target = compared.target(id, link).map(|(_, shown)| shown);
    let file = target.unwrap_or_else(|| written(compared.book(), id, link).to_owned());
    let told = entry.image_alt.as_ref().map_or(file.clone(), |alt| format!("{file} ({alt})"));
    vec![Shown::text(told)]
}

/// The declared fields that either of them has, by their names: an entry may have moved into another collection.
fn fields(
    old: &Compared,
    new: &Compared,
    (before, after): (EntryId, EntryId),
    add: &mut impl FnMut(Aspect, Option<DetailChange>),
) {
    let (mut a, b) = (stated(old, before), stated(new, after));
    let named = |all: &[Stated], name: &str| all.iter().position(|(spec, _)| spec.name.value == name);
    for (spec, field) in b {
        let (change, noted) = match named(&a, &spec.name.value).map(|place| a.remove(place)) {
            Some(was) => (field_change(old, new, (before, was), (after, (spec, field))), notes(was.1)),
            None => {
                let key = FreeKey::of(old.book().entry(before), &spec.name.value);
                let gained = key.comparable(new, after, (spec, field));
                (difference(key.values, gained), key.notes)
            }
        };
        let (name, label) = (spec.name.value.clone(), spec.label.clone());
        add(Aspect::Field { name: name.clone(), label: label.clone() }, change);
        add(Aspect::Note { name, label }, difference(noted, notes(field)));
    }
    for (spec, field) in a {
        let (name, label) = (spec.name.value.clone(), spec.label.clone());
        let key = FreeKey::of(new.book().entry(after), &name);
        let noted = if key.values.is_empty() { Vec::new() } else { notes(field) };
        let lost = key.comparable(old, before, (spec, field));
        add(Aspect::Field { name: name.clone(), label: label.clone() }, difference(lost, key.values));
        add(Aspect::Note { name, label }, difference(noted, key.notes));
    }
}

/// A key that no collection declares, read as a field that one of the books declares.
struct FreeKey {
    values: Vec<Shown>,
    notes: Vec<Shown>,
}

impl FreeKey {
    fn of(entry: &Entry, key: &str) -> FreeKey {
        let values = entry.data.iter().filter(|(name, _)| name.value == key).map(|(_, node)| node.to_json());
        let mut read = FreeKey { values: Vec::new(), notes: Vec::new() };
        values.for_each(|value| read.add(&value));
        read
    }

    /// Takes in a value, which may be `{ value: critical, note: The chamber said so. }`.
    fn add(&mut self, value: &serde_json::Value) {
        if let serde_json::Value::Array(items) = value {
            return items.iter().for_each(|item| self.add(item));
        }
        let says = ["value", "to"].into_iter().find_map(|key| value.get(key));
        self.values.extend(json(says.unwrap_or(value)));
        self.notes.extend(says.and(value.get("note")).into_iter().flat_map(json));
    }

    /// The values of a field as they can be compared with this key: by what their author wrote, if the key says anything.
    fn comparable(&self, compared: &Compared, id: EntryId, stated: Stated) -> Vec<Shown> {
        match self.values.is_empty() {
            true => values(compared, id, stated),
            false => as_written(compared, id, stated),
        }
    }
}

/// A field with its declaration.
type Stated<'a> = (&'a FieldSpec, &'a Field);

/// The fields of an entry with their declarations.
fn stated<'a>(compared: &Compared<'a>, id: EntryId) -> Vec<Stated<'a>> {
    let book = compared.book();
    let entry = book.entry(id);
    let specs = entry.collection.map_or(&[][..], |collection| &book.config.collections[collection].fields);
    entry.fields.iter().map(|field| (&specs[field.spec], field)).collect()
}

fn values(compared: &Compared, id: EntryId, (spec, field): Stated) -> Vec<Shown> {
    field.values.iter().map(|value| shown::value(compared, id, spec, value)).collect()
}

/// The values of a field, each known by what its author wrote: under a key that no collection declares it is that alone.
fn as_written(compared: &Compared, id: EntryId, (spec, field): Stated) -> Vec<Shown> {
    let written = |value: &FieldValue| {
        let shown = shown::value(compared, id, spec, value);
        let key = match &value.value {
            Value::Link(link) => written(compared.book(), id, *link).to_owned(),
            Value::YesNo(yes) => yes.to_string(),
            Value::Markdown(body) => body.text(&compared.book().entry(id).text).trim().to_owned(),
            _ => shown.key.clone(),
        };
        Shown { key, ..shown }
    };
    field.values.iter().map(written).collect()
}

/// What is said of the values of a field.
fn notes(field: &Field) -> Vec<Shown> {
    field.values.iter().filter_map(|value| value.note.as_deref().map(Shown::text)).collect()
}

/// How a field is other than it was. Of a text with markup it tells how much.
fn field_change(
    old: &Compared,
    new: &Compared,
    (before, was): (EntryId, Stated),
    (after, is): (EntryId, Stated),
) -> Option<DetailChange> {
    match (&*was.1.values, &*is.1.values) {
        ([FieldValue { value: Value::Markdown(was), .. }], [FieldValue { value: Value::Markdown(is), .. }]) => {
            text(old, new, (before, was), (after, is)).map(DetailChange::Text)
        }
        _ => difference(values(old, before, was), values(new, after, is)),
    }
}

/// How a text with markup is other than it was.
fn text(
    old: &Compared,
    new: &Compared,
    (before, was): (EntryId, &Body),
    (after, is): (EntryId, &Body),
) -> Option<TextChange> {
    let (a, b) = (old.book().entry(before), new.book().entry(after));
    let (headings, now) = (headings(was), headings(is));
    // What is the same may yet say the new title of what it links to, which is no change of it.
    if was.text(&a.text) == is.text(&b.text) {
        return None;
    }
    let (plain, now) = (shown::plain(old, before, was) + &headings, shown::plain(new, after, is) + &now);
    let markup = || shown::markup(a, was) != shown::markup(b, is);
    TextChange::between(&plain, &now).or_else(|| markup().then_some(TextChange::Markup))
}

/// The headings of a text, a line for each.
fn headings(body: &Body) -> String {
    body.headings.iter().map(|heading| format!("\n{}", heading.text)).collect()
}

/// The sources that an entry cites. One that was written out in it and stands in `sources.yaml` now is the same, and so
/// is one with another key.
fn sources((old, a): (&Compared, &Entry), (new, b): (&Compared, &Entry)) -> Option<DetailChange> {
    let all = |compared: &Compared, entry: &Entry| {
        entry.sources.iter().map(|source| cited(compared, source)).collect::<Vec<_>>()
    };
    let (mut before, mut after) = (all(old, a), all(new, b));
    let keys = |all: &[(Option<String>, Shown)]| all.iter().filter_map(|(key, _)| key.clone()).collect();
    let (old_keys, new_keys): (FxHashSet<String>, FxHashSet<String>) = (keys(&before), keys(&after));
    // A key that both have is one source, whatever is said of it.
    for (key, shown) in before.iter_mut().chain(&mut after) {
        if let Some(key) = key.as_ref().filter(|key| old_keys.contains(*key) && new_keys.contains(*key)) {
            shown.key.clone_from(key);
        }
    }
    let shown = |all: Vec<(Option<String>, Shown)>| all.into_iter().map(|(_, shown)| shown).collect();
    difference(shown(before), shown(after))
}

/// What an entry cites: its key, if it has one, and what tells it from others.
fn cited(compared: &Compared, source: &CitationRef) -> (Option<String>, Shown) {
    let book = compared.book();
    match source {
        CitationRef::Inline(data) => (None, reference(data)),
        CitationRef::Key(key) => {
            let known = book.cited(&key.value).map(|place| reference(&book.cited[place].citation));
            (Some(key.value.clone()), known.unwrap_or_else(|| Shown::text(&*key.value)))
        }
    }
}

/// A source by its title, and by where it is found.
pub fn reference(data: &ReferenceData) -> Shown {
    let url = data.url.as_deref().unwrap_or("");
    let shown = if data.title.is_empty() { url } else { &data.title };
    Shown { key: format!("{}\n{url}\n{}", data.title, data.author.as_deref().unwrap_or("")), shown: shown.to_owned() }
}

/// What an entry's text links to now, and what no more. An entry that is gone is told where it is, and so is a link that
/// is broken or mended with no change of what is written.
fn links(old: &Compared, new: &Compared, before: EntryId, after: EntryId) -> Option<DetailChange> {
    difference(linked(old, before, &loose(new, after)), linked(new, after, &loose(old, before)))
}

/// What an entry's text links to, each once, but for what leads nowhere in the other book.
fn linked(compared: &Compared, id: EntryId, loose: &FxHashSet<&str>) -> Vec<Shown> {
    let entry = compared.book().entry(id);
    let is_told = |link: &usize| {
        let is_prose = matches!(entry.links[*link].from, Origin::Prose { .. });
        is_prose && !compared.leads_to_gone(id, *link) && !loose.contains(written(compared.book(), id, *link))
    };
    let mut known = FxHashSet::default();
    let links = (0..entry.links.len()).filter(is_told).filter_map(|link| compared.target(id, link));
    let links = links.filter(|(key, _)| known.insert(key.clone()));
    links.map(|(key, shown)| Shown { key, shown }).collect()
}

/// What stands in the links of an entry that lead nowhere.
fn loose<'a>(compared: &Compared<'a>, id: EntryId) -> FxHashSet<&'a str> {
    let book = compared.book();
    let links = 0..book.entry(id).links.len();
    links.filter(|link| compared.target(id, *link).is_none()).map(|link| written(book, id, link)).collect()
}

/// Whether anything links to an entry, where that is other than it was.
fn mentions(old: &Compared, new: &Compared, before: EntryId, after: EntryId) -> Option<MentionChange> {
    let is_mentioned = |compared: &Compared, id: EntryId| !compared.book().graph.backlinks(id).is_empty();
    match (is_mentioned(old, before), is_mentioned(new, after)) {
        (true, false) => Some(MentionChange::Last),
        (false, true) => Some(MentionChange::First),
        _ => None,
    }
}
