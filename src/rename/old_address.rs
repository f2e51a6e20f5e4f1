//! Leaving the old address in the entry, under `redirect-from`.

use std::ops::Range;

use super::{line_break, line_end, value_end};
use crate::base::path::old_address;
use crate::base::refusal::Refusal;
use crate::base::source::Source;
use crate::base::span::{Span, Spanned};
use crate::parse::yaml::{Data, Node};
use crate::parse::{self, Entry, quote};

const KEY: &str = "redirect-from";

/// What to write where, so that the entry's address of today is one of its old ones, and `new` is none.
pub fn leave(source: &Source, entry: &Entry, new: &str) -> Result<(Range<usize>, String), Refusal> {
    let item = entry.is_item.then_some(entry.stem.as_str());
    let Some(pairs) = parse::pairs(source, item) else {
        let message = format!("the keys of \"{}\" in {} cannot be read", entry.title.value, entry.path);
        return Err(Refusal::new(message).help("mend them first"));
    };
    let old = format!("{}.html", entry.address);
    match pairs.iter().find(|(key, _)| key.value == KEY) {
        Some((key, node)) => Ok(join(source, key, node, &old, new)),
        None => Ok(add(source, &pairs, &old)),
    }
}

/// Adds to the addresses that stand there already.
fn join(source: &Source, key: &Spanned<String>, node: &Node, old: &str, new: &str) -> (Range<usize>, String) {
    let text = &*source.text;
    let stands = match &node.data {
        Data::List(items) => items.iter().collect(),
        Data::Null => Vec::new(),
        _ => vec![node],
    };
    let is_new = |written: &str| old_address(written).is_some_and(|url| url.as_str() == format!("{new}.html"));
    let kept: Vec<&Node> = stands.iter().copied().filter(|node| !node.as_text().is_some_and(is_new)).collect();
    let is_block = matches!(node.data, Data::List(_)) && node.span.of(text).starts_with('-');
    if let (true, Some(last)) = (is_block && kept.len() == stands.len(), kept.last()) {
        let start = node.span.start as usize;
        let indent = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
        let at = value_end(text, last.span);
        return (at..at, format!("{}{indent}- {}", line_break(source), quote::value(old)));
    }
    let mut all: Vec<&str> = kept.iter().filter_map(|node| node.as_text()).collect();
    all.push(old);
    let after_key = key.span.end as usize;
    let colon = text[after_key..].find(':').map_or(after_key, |at| after_key + at + 1);
    let end = value_end(text, Span::new(colon..(node.span.end as usize).max(colon)));
    (colon..end, format!(" {}", quote::list(&all)))
}

/// Adds the key: behind the title or the first key, or with front matter of its own.
fn add(source: &Source, pairs: &[(Spanned<String>, Node)], old: &str) -> (Range<usize>, String) {
    let text = &*source.text;
    let break_ = line_break(source);
    let line = format!("{KEY}: {}", quote::value(old));
    let Some((key, node)) = pairs.iter().find(|(key, _)| key.value == "title").or(pairs.first()) else {
        return match parse::front_matter(source) {
            Some(front) => (front.start as usize..front.start as usize, format!("{line}{break_}")),
            None => {
                let at = source.content().start as usize;
                (at..at, format!("---{break_}{line}{break_}---{break_}{break_}"))
            }
        };
    };
    let start = key.span.start as usize;
    let before = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    let end = value_end(text, Span::new(key.span.end as usize..(node.span.end.max(key.span.end)) as usize));
    if before.contains('{') {
        return (end..end, format!(", {line}"));
    }
    let indent: String = before.chars().map(|_| ' ').collect();
    let at = line_end(text, end);
    let lead = if text[..at].ends_with('\n') { "" } else { break_ };
    (at..at, format!("{lead}{indent}{line}{break_}"))
}
