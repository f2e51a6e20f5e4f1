//! A YAML file as an entry, or as a list of entries.

use super::body::{Body, ParsedBody};
use super::entry::Role;
use super::front_matter::EntryBuilder;
use super::location::EntryLocation;
use super::parsed::Parsed;
use super::read_yaml::read_yaml;
use super::yaml::{YamlNode, YamlValue};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{slug, title};
use crate::base::source::Source;
use crate::base::span::{Span, Spanned};
use crate::config::{Config, Purpose};

/// Reads the entries of a YAML file, given its path relative to the folder of the entries.
pub fn yaml_entries(config: &Config, source: &Source, path: &str, parsed: &mut Parsed) {
    let Ok(Some(node)) = read_yaml(source, source.content(), parsed) else { return };
    let location = EntryLocation::of(config, path);
    let (items, is_list) = match node.data {
        YamlValue::List(items) => (items, true),
        _ => (vec![node], false),
    };
    for item in items {
        match item.data {
            YamlValue::Map(pairs) => yaml_entry(config, source, (pairs, item.span), &location, is_list, parsed),
            _ => {
                let message = format!("an entry is keys with values, and this is {}", item.describe());
                let help = "write \"- id: …\" and \"  title: …\" below it";
                parsed.problems.push(Diagnostic::error("bad-yaml", &source.path, item.span, message).help(help));
            }
        }
    }
}

/// Reads one entry, given its keys and where they stand.
fn yaml_entry(
    config: &Config,
    source: &Source,
    (pairs, span): (Vec<(Spanned<String>, YamlNode)>, Span),
    location: &EntryLocation,
    is_item: bool,
    parsed: &mut Parsed,
) {
    let mut reader = EntryBuilder::new(config, source, &location.section, Role::Member);
    reader.is_item = is_item;
    let (id_pairs, pairs): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| key.value == "id");
    let (body_pairs, pairs): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| key.value == "body");
    let item_id = id_pairs.into_iter().next().and_then(|(_, node)| reader.text(&node, "id"));
    let own_slug = pairs.iter().find(|(key, _)| key.value == "slug").and_then(|(_, node)| node.as_text());
    let own_slug = own_slug.map(|slug| slug.trim().to_owned());
    if is_item && item_id.is_none() && own_slug.is_none() {
        let at = pairs.first().map_or(span, |(key, _)| key.span);
        tell_nameless(&mut reader, &pairs, at);
    }
    reader.fields(pairs);
    let read = match body_pairs.into_iter().next() {
        Some((_, node)) => yaml_body(&mut reader, node),
        None => Body::slice("", Span::at(0), reader.dialect(), config.purpose),
    };
    let stem = item_id.map(|id| id.value).or(own_slug.filter(|_| is_item));
    let stem = stem.unwrap_or_else(|| source.path.stem().to_owned());
    let understood =
        reader.finish(&stem, || title(&stem), read, span, |slug| location.address(config, slug.unwrap_or(&stem)));
    parsed.add(source, understood);
}

/// Tells of an item without a name of its own: nobody can tell what links to it.
fn tell_nameless(reader: &mut EntryBuilder, pairs: &[(Spanned<String>, YamlNode)], at: Span) {
    let named = pairs.iter().find(|(key, _)| key.value == "title").and_then(|(_, node)| node.as_text());
    let example = named.map_or("…".to_owned(), |named| slug(named, false));
    let help = format!("give it the name that its address shall have: id: {example}");
    reader.tell(reader.error("missing-field", at, "this item has no \"id\"").help(help));
    reader.leave_unread();
}

fn yaml_body(reader: &mut EntryBuilder, node: YamlNode) -> ParsedBody {
    match reader.markdown(&node) {
        Some(read) => read,
        None => {
            if !matches!(node.data, YamlValue::Null) {
                let message = format!("\"body\" wants Markdown text, and found {}", node.describe());
                let help = "write \"body: |\" and the text indented below it";
                reader.tell(reader.error("wrong-value", node.span, message).help(help));
            }
            Body::slice("", Span::at(0), reader.dialect(), Purpose::default())
        }
    }
}
