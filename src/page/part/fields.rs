//! An entry's fields as readers see them: the table of an entry, the chips of a list.

use std::borrow::Cow;

use super::text;
use crate::base::date::Date;
use crate::base::direction::{Direction, direction};
use crate::book::Taxonomy;
use crate::config::{FieldKind, FieldSpec};
use crate::page::context::{Context, Item, Whole};
use crate::page::layout;
use crate::page::view::{FieldView, ValueView};
use crate::parse::{Field, Origin, RawTarget, Value};

/// How many chips stand at an entry of a list.
const CHIPS: usize = 6;

/// The table of an entry's fields: its declared ones in the schema's order.
pub fn table<'a>(cx: &Context<'a>, entry: Whole<'a>) -> Vec<FieldView<'a>> {
    let specs = entry.collection().map_or(&[][..], |collection| &collection.fields);
    let mut table: Vec<FieldView> = entry
        .fields()
        .iter()
        .map(|field| (&specs[field.spec], field))
        .filter(|(spec, _)| layout::is_own(spec))
        .map(|(spec, field)| FieldView {
            name: &spec.name.value,
            label: &spec.label,
            kind: spec.kind.word(),
            values: values(cx, *entry, Some(entry), spec, field).collect(),
        })
        .collect();
    if let Some(date) = entry.date().filter(|_| specs.iter().all(|spec| spec.name.value != "date")) {
        let value = of_date(cx, date);
        table.insert(0, FieldView { name: "date", label: cx.words().get("date"), kind: "date", values: vec![value] });
    }
    table
}

/// What a list says of an entry at a glance: choices, countries and relations, but not what it is grouped by.
pub fn chips<'a>(cx: &Context<'a>, item: Item<'a>, grouped: Option<usize>) -> Vec<ValueView<'a>> {
    let Some(collection) = item.collection() else { return Vec::new() };
    let mut chips: Vec<ValueView> = Vec::new();
    for kind in ["choice", "country", "reference"] {
        for field in item.fields() {
            let spec = &collection.fields[field.spec];
            if spec.kind.word() == kind && grouped != Some(field.spec) {
                let room = CHIPS - chips.len();
                chips.extend(values(cx, item, None, spec, field).take(room));
            }
        }
    }
    chips
}

/// What an entry has in each of these fields, by their places.
pub fn cells<'a>(cx: &Context<'a>, item: Item<'a>, columns: &[usize]) -> Vec<Vec<ValueView<'a>>> {
    let Some(collection) = item.collection() else { return Vec::new() };
    let cell = |column: &usize| match item.fields().iter().find(|field| field.spec == *column) {
        Some(field) => values(cx, item, None, &collection.fields[*column], field).collect(),
        None => Vec::new(),
    };
    columns.iter().map(cell).collect()
}

/// The values of a field; on the page of the entry, which is given then, texts with markup too.
fn values<'a>(
    cx: &Context<'a>,
    item: Item<'a>,
    whole: Option<Whole<'a>>,
    spec: &'a FieldSpec,
    field: &'a Field,
) -> impl Iterator<Item = ValueView<'a>> {
    let values = field.values.iter().enumerate();
    values.map(move |(nth, stated)| ValueView {
        note: stated.note.as_deref(),
        ..view(cx, item, whole, spec, nth, &stated.value)
    })
}

fn view<'a>(
    cx: &Context<'a>,
    item: Item<'a>,
    whole: Option<Whole<'a>>,
    spec: &'a FieldSpec,
    nth: usize,
    value: &'a Value,
) -> ValueView<'a> {
    let kind = spec.kind.word();
    let config = cx.config();
    // Which way a value is written, unless it goes without saying: the entry's page and its lists may differ.
    let dir = |way: Direction| {
        let around = [Some(&*cx.locale().language), item.lang()];
        around.into_iter().flatten().find_map(|lang| way.inside(direction(lang)))
    };
    let lang = spec.lang.as_deref();
    match value {
        Value::Text(words) => {
            ValueView { lang, dir: lang.and_then(|lang| dir(direction(lang))), ..plain(kind, &**words) }
        }
        Value::Number(written, number) => {
            ValueView { order: Some(*number), dir: dir(Direction::Ltr), ..plain(kind, &**written) }
        }
        // "Yes" before "No", and choices as they are declared: as collections are sorted by them.
        Value::YesNo(flag) => {
            let word = cx.words().get(if *flag { "yes" } else { "no" });
            ValueView { order: Some(f64::from(u8::from(!flag))), ..plain(kind, word) }
        }
        Value::Markdown(body) => {
            let Some(whole) = whole else { return plain(kind, "") };
            let html = text::html(cx, whole, body, &format!("{}:{nth}:", spec.name.value), lang);
            // On its own page an entry says in which language it is, for all that stands there.
            let lang = lang.or(item.lang().filter(|_| !cx.is_page_of(whole)));
            ValueView { html: Some(html), lang, dir: lang.and_then(|lang| dir(direction(lang))), ..plain(kind, "") }
        }
        Value::Date(date) => of_date(cx, date),
        Value::Url(url) => {
            let shown = url.split_once("://").map_or(&**url, |(_, rest)| rest).trim_end_matches('/');
            ValueView { href: Some((&**url).into()), dir: dir(Direction::Ltr), ..plain(kind, shown) }
        }
        Value::Choice(choice) => {
            let FieldKind::Choice(choices) = &spec.kind else { return plain(kind, "") };
            ValueView { order: Some(*choice as f64), ..plain(kind, choices[*choice].label.as_str()) }
        }
        Value::Country(code) => {
            let href = cx.term_href(Taxonomy::Countries, code).map(Cow::Owned);
            ValueView { href, ..plain(kind, config.country(code).unwrap_or(&**code)) }
        }
        Value::Quantity(quantity) => {
            ValueView { order: Some(quantity.amount()), dir: dir(Direction::Ltr), ..plain(kind, quantity.human()) }
        }
        Value::Link(link) => match item.relation(*link) {
            Some(to) => {
                let anchor = cx.anchor(to);
                ValueView { href: Some(anchor.href.into()), ..plain(kind, anchor.title) }
            }
            None => match item.written(*link) {
                crate::parse::Link { target: RawTarget::Name { name, .. }, from: Origin::Relation { .. }, .. } => {
                    plain(kind, &**name)
                }
                _ => plain(kind, ""),
            },
        },
    }
}

fn of_date<'a>(cx: &Context, date: &Date) -> ValueView<'a> {
    let order = date.earliest().or(date.latest()).map(|day| day.number() as f64);
    let date = cx.date(date);
    ValueView { date: Some(date.clone()), order, ..plain("date", date.text) }
}

/// A value that is no more than a text.
pub fn plain<'a>(kind: &'static str, text: impl Into<Cow<'a, str>>) -> ValueView<'a> {
    ValueView {
        text: text.into(),
        href: None,
        html: None,
        lang: None,
        dir: None,
        date: None,
        order: None,
        note: None,
        kind,
    }
}
