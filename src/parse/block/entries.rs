//! ```` ```entries ````: a list of the entries of a collection, or of a folder of pages, chosen by what their fields say.

use super::content::{BlockContent, EntryQuery, QueryCondition, QueryKey, QueryOrder};
use super::{BlockKeys, BlockKind};
use crate::base::country;
use crate::base::path::slug;
use crate::base::span::Spanned;
use crate::base::suggest::{Suggestion, near};
use crate::config::{Choice, Collection, Config, FieldKind, FieldSpec, SORTED, STANDARD};
use crate::parse::front_matter::{EntryBuilder, an_entry, is_empty, list_of};
use crate::parse::link::{Link, Origin, QueryTerm};
use crate::parse::syntax::RawTarget;
use crate::parse::value::Value;
use crate::parse::yaml::{YamlNode, YamlValue};

pub const ENTRIES: BlockKind = BlockKind { name: "entries", keys: &["from", "where", "sort", "limit"], read };

/// The keys of every entry that entries can be chosen by.
const CHOSEN: [&str; 5] = ["title", "tags", "date", "published", "review-by"];

fn read(builder: &mut EntryBuilder, keys: &BlockKeys) -> Option<BlockContent> {
    let from = from(builder, keys)?;
    let declared = builder.config.collection(&from.section).map(|place| (place, &builder.config.collections[place]));
    let conditions = keys.get("where").map_or_else(Vec::new, |node| conditions(builder, declared, node));
    let order = keys.get("sort").and_then(|node| order(builder, declared.map(|(_, collection)| collection), node));
    let limit = keys.get("limit").and_then(|node| limit(builder, node));
    Some(BlockContent::Entries(EntryQuery { from: from.link, conditions, order, limit }))
}

/// What entries are listed from.
struct From {
    section: String,
    /// Its place among the entry's links.
    link: usize,
}

fn from(builder: &mut EntryBuilder, keys: &BlockKeys) -> Option<From> {
    let text = match keys.get("from") {
        Some(node) => Some(builder.text(node, "from")?).filter(|text| !text.value.is_empty()),
        None => None,
    };
    let Some(text) = text else {
        let names: Vec<&str> = builder.config.collections.iter().map(|known| known.name.value.as_str()).collect();
        let help = match names.is_empty() {
            true => "write from: and the name of a folder".to_owned(),
            false => format!("write from: and the name of a collection: {}", names.join(", ")),
        };
        let told =
            builder.error("missing-field", keys.name, "a block \"entries\" needs \"from\", and this one has none");
        builder.tell(told.help(help));
        return None;
    };
    let target = RawTarget::Name { name: text.value.as_str().into(), fragment: None, spaced: (false, false) };
    let from = Origin::Query(QueryTerm::Section);
    let link = builder.link(Link { target_span: text.span, target, labelled: false, embed: false, from });
    Some(From { section: slug(&text.value, false), link })
}

fn conditions(builder: &mut EntryBuilder, from: Option<(usize, &Collection)>, node: &YamlNode) -> Vec<QueryCondition> {
    let YamlValue::Map(pairs) = &node.data else {
        let message = format!("\"where\" wants fields with values, and found {}", node.describe());
        builder.tell(
            builder.error("wrong-value", node.span, message).help("write where: and below it, indented, status: open"),
        );
        return Vec::new();
    };
    pairs.iter().filter_map(|(key, node)| condition(builder, from, key, node)).collect()
}

fn condition(
    builder: &mut EntryBuilder,
    from: Option<(usize, &Collection)>,
    key: &Spanned<String>,
    node: &YamlNode,
) -> Option<QueryCondition> {
    let name = key.value.as_str();
    let spec = from.and_then(|(_, collection)| collection.field(name).map(|spec| (spec, &collection.fields[spec])));
    let wanted = match spec {
        Some((_, FieldSpec { kind: FieldKind::Markdown, .. })) => None,
        Some((spec, _)) => Some(QueryKey::Field(spec)),
        None if CHOSEN.contains(&name) => QueryKey::standard(name),
        None if from.is_none() && STANDARD.iter().all(|standard| standard.key != name) => {
            Some(QueryKey::Data(name.into()))
        }
        None => None,
    };
    let Some(wanted) = wanted else {
        unknown(builder, from.map(|(_, collection)| collection), key);
        return None;
    };
    if is_empty(node) {
        let message = format!("this says nothing for \"{name}\"");
        builder.tell(
            builder
                .error("wrong-value", key.span, message)
                .help("write a value, or a list of values of which one is enough"),
        );
        return None;
    }
    let mut values = Vec::new();
    for item in list_of(node) {
        values.extend(match (spec.zip(from), &wanted) {
            (Some(((spec, field), (collection, _))), _) => {
                let relation = Origin::Query(QueryTerm::Relation { collection, field: spec });
                said(builder.config, field, item).or_else(|| builder.value(relation, field, key, item))
            }
            (None, QueryKey::Date | QueryKey::Published | QueryKey::ReviewBy) => {
                builder.date(item, name).map(|date| Value::Date(date.value))
            }
            (None, _) => builder.text(item, name).map(|text| Value::Text(text.value.into())),
        });
    }
    Some(QueryCondition { key: wanted, values })
}

/// The value of a field that a text means as readers see it: a choice by its label, a country by its name.
fn said(config: &Config, field: &FieldSpec, node: &YamlNode) -> Option<Value> {
    let wanted = node.as_text()?.trim().to_lowercase();
    match &field.kind {
        FieldKind::Choice(choices) => {
            let is_meant = |choice: &Choice| choice.label.to_lowercase() == wanted;
            // Of a value that is another's label the value is meant.
            let is_value = choices.iter().any(|choice| choice.value.to_lowercase() == wanted);
            choices.iter().position(is_meant).filter(|_| !is_value).map(Value::Choice)
        }
        FieldKind::Country => {
            let is_meant = |code: &str, name: &str| {
                name.to_lowercase() == wanted || country::also(code).any(|also| also == wanted)
            };
            let declared = config.countries.iter().find(|(code, name)| is_meant(code, name));
            let known = || country::all().find(|(code, name)| is_meant(code, name)).map(|(code, _)| code);
            let code = declared.map(|(code, _)| code.as_str()).or_else(known);
            code.map(|code| Value::Country(code.into()))
        }
        _ => None,
    }
}

/// Tells of a key by which entries cannot be chosen.
fn unknown(builder: &mut EntryBuilder, from: Option<&Collection>, key: &Spanned<String>) {
    let name = key.value.as_str();
    let fields = from.map_or(&[][..], |collection| &collection.fields);
    let fields = fields.iter().filter(|field| field.kind != FieldKind::Markdown).map(|field| field.name.value.as_str());
    let known: Vec<&str> = fields.chain(CHOSEN).collect();
    let is_key =
        STANDARD.iter().any(|standard| standard.key == name) || from.is_some_and(|from| from.field(name).is_some());
    let message = match from {
        Some(collection) if !is_key => format!("{} has no field \"{name}\"", an_entry(collection)),
        _ => format!("entries cannot be chosen by \"{name}\""),
    };
    let told = builder.error("unknown-field", key.span, message);
    builder.tell(match near(name, known.iter().copied()).filter(|_| !is_key) {
        Some(near) => told.meant(&near),
        None => told.help(format!("they can be chosen by {}", known.join(", "))),
    });
}

fn order(builder: &mut EntryBuilder, from: Option<&Collection>, node: &YamlNode) -> Option<QueryOrder> {
    let text = builder.text(node, "sort")?;
    let (name, is_descending) = match text.value.strip_prefix('-') {
        Some(name) => (name.trim_start(), true),
        None => (text.value.as_str(), false),
    };
    // What has no order of its own is not sorted by.
    let is_ordered = |field: &FieldSpec| !matches!(field.kind, FieldKind::Markdown | FieldKind::Reference(_));
    let field = from.and_then(|from| from.field(name).map(|place| (place, &from.fields[place])));
    let key = match field {
        Some((place, field)) => Some(QueryKey::Field(place)).filter(|_| is_ordered(field)),
        None => QueryKey::standard(name).filter(|_| SORTED.contains(&name)),
    };
    // Of pages in a plain section nobody knows which keys they have.
    let key = key.or_else(|| from.is_none().then(|| QueryKey::Data(name.into())).filter(|_| !name.contains(' ')));
    if key.is_none() {
        let fields = from.map_or(&[][..], |from| &from.fields).iter().filter(|field| is_ordered(field));
        let known: Vec<&str> = fields.map(|field| field.name.value.as_str()).chain(SORTED).collect();
        let told = builder.error("wrong-value", text.span, format!("entries cannot be sorted by \"{name}\""));
        builder.tell(match near(name, known.iter().copied()) {
            Some(near) if is_descending => {
                told.meant(&Suggestion { name: &format!("-{}", near.name), is_sure: near.is_sure })
            }
            Some(near) => told.meant(&near),
            None => told.help(format!("they can be by {}, and with a - before that the other way", known.join(", "))),
        });
    }
    Some(QueryOrder { key: key?, is_descending })
}

fn limit(builder: &mut EntryBuilder, node: &YamlNode) -> Option<usize> {
    let text = builder.text(node, "limit")?;
    let limit = text.value.parse().ok().filter(|limit| *limit > 0);
    if limit.is_none() {
        let message = format!("\"limit\" wants a whole number above 0, and found \"{}\"", text.value);
        builder.tell(builder.error("wrong-value", text.span, message).help("write digits alone, as 12"));
    }
    limit
}
