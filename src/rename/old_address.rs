//! Leaving the old address in the entry, under `redirect-from`.

use std::ops::Range;

use crate::base::refusal::Refusal;
use crate::base::source::Source;
use crate::base::span::{self, Span, Spanned, line_start};
use crate::parse::yaml::{YamlNode, YamlValue};
use crate::parse::{self, Entry, Keys, yaml_quote};

const KEY: &str = "redirect-from";

/// A text and the place that it is written over.
pub type AddedText = (Range<usize>, String);

/// What to write where, so that `old`, where the entry's page stands today, is one of its old addresses. Those that stand
/// there stay, in their order: the first is what the entry is known by in feeds, and may be its own once more.
pub fn leave(source: &Source, entry: &Entry, old: &str) -> Result<Vec<AddedText>, Refusal> {
    let item = entry.is_item.then_some(&*entry.stem);
    let Some(keys) = parse::keys(source, item) else {
        let message = format!("the keys of \"{}\" in {} cannot be read", entry.title.value, entry.path);
        return Err(Refusal::new(message).help("mend them first"));
    };
    if entry.redirect_from.iter().any(|url| url.value.as_str() == format!("{old}.html")) {
        return Ok(Vec::new());
    }
    // In a book that keeps names, one may hold what ends an address.
    let old = format!("{}.html", old.replace('%', "%25").replace('#', "%23"));
    Ok(vec![match keys.pairs.iter().find(|(key, _)| key.value == KEY) {
        Some((key, node)) => join(source, key, node, &old),
        None => add(source, &keys, &old),
    }])
}

/// Adds to the addresses that stand there already.
fn join(source: &Source, key: &Spanned<String>, node: &YamlNode, old: &str) -> AddedText {
    let text = &*source.text;
    let items = match &node.data {
        YamlValue::List(items) => items.as_slice(),
        YamlValue::Null => &[],
        _ => std::slice::from_ref(node),
    };
    let end = |node: &YamlNode| value_end(text, node.span);
    // What stands before an item in a list of lines: `  - `.
    let sign = |node: &YamlNode| &text[line_start(text, node.span.start as usize)..node.span.start as usize];
    let is_block =
        |node: &YamlNode| matches!(sign(node).trim_end().strip_suffix('-'), Some(indent) if indent.trim().is_empty());
    match (&node.data, items) {
        (YamlValue::List(_), [first, .., last] | [first @ last]) if is_block(first) => {
            let at = line_end(text, end(last));
            let lead = if text[..at].ends_with(['\n', '\r']) { "" } else { line_break(source) };
            (at..at, format!("{lead}{}{}{}", sign(first), yaml_quote::value(old), line_break(source)))
        }
        (YamlValue::List(_), [.., last]) => (end(last)..end(last), format!(", {}", yaml_quote::list_item(old))),
        _ => {
            let all: Vec<&str> = items.iter().filter_map(YamlNode::as_text).chain([old]).collect();
            let colon = text[key.span.end as usize..].find(':').map_or(0, |at| at + 1) + key.span.end as usize;
            let end = value_end(text, Span::new(colon..(node.span.end as usize).max(colon)));
            (colon..end.max(colon), format!(" {}", yaml_quote::list(&all)))
        }
    }
}

/// Adds the key: behind the title or the first key, or with front matter of its own.
fn add(source: &Source, keys: &Keys, old: &str) -> AddedText {
    let text = &*source.text;
    let break_ = line_break(source);
    let line = format!("{KEY}: {}", yaml_quote::value(old));
    let Some((key, node)) = keys.pairs.iter().find(|(key, _)| key.value == "title").or(keys.pairs.first()) else {
        return match parse::front_matter(source) {
            Some(front) => (front.start as usize..front.start as usize, format!("{line}{break_}")),
            None => {
                let at = source.content().start as usize;
                (at..at, format!("---{break_}{line}{break_}---{break_}{break_}"))
            }
        };
    };
    let end = value_end(text, Span::new(key.span.end as usize..(node.span.end.max(key.span.end)) as usize));
    if keys.span.of(text).starts_with('{') {
        let quotes = if key.span.of(text).starts_with('"') { "\"" } else { "" };
        return (end..end, format!(", {quotes}{KEY}{quotes}: {}", yaml_quote::list_item(old)));
    }
    let before = &text[line_start(text, key.span.start as usize)..key.span.start as usize];
    let indent: String = before.chars().map(|_| ' ').collect();
    let at = line_end(text, end);
    let lead = if text[..at].ends_with(['\n', '\r']) { "" } else { break_ };
    (at..at, format!("{lead}{indent}{line}{break_}"))
}

/// Where the line ends that holds a place, behind its end.
fn line_end(text: &str, at: usize) -> usize {
    at + span::line_end(&text[at..]).end
}

/// How the lines of a source end.
fn line_break(source: &Source) -> &'static str {
    match span::lines(&source.text, 0).next().map_or("", |line| &source.text[line.start + line.text.len()..line.next]) {
        "\r\n" => "\r\n",
        "\r" => "\r",
        _ => "\n",
    }
}

/// The end of a value, without what the reader of YAML takes along behind it.
fn value_end(text: &str, span: Span) -> usize {
    span.start as usize + span.of(text).trim_end().len()
}
