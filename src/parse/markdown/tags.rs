//! Tags that are no HTML: `List<int>`, `<path>` as a line of its own, `<?php` without an end. The parser takes them for
//! HTML, and browsers show nothing of them; here they are text.

use std::ops::Range;

use pulldown_cmark::Event;
use rustc_hash::FxHashMap;

use super::mask::{Disguise, Mask};
use super::{OPTIONS, is_hostile};
use crate::parse::html::{is_kept, tag_end};

/// How often a text is read anew: what was no HTML may have hidden more of its kind.
const MOST_ROUNDS: usize = 4;

/// Hides how tags begin of which nobody would see anything, and tells where they stand, in order.
pub fn hide(mask: &mut Mask) -> Vec<Range<usize>> {
    let mut shown = Vec::new();
    if !may_have_some(mask.text) {
        return shown;
    }
    for _ in 0..MOST_ROUNDS {
        let found = strays(mask);
        if found.is_empty() {
            break;
        }
        found.iter().for_each(|tag| mask.hide(tag.start, Disguise::Punctuation));
        shown.extend(found);
    }
    shown.sort_unstable_by_key(|tag| tag.start);
    shown
}

/// Whether a text has a tag that is not kept.
fn may_have_some(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = &text[at + 1..];
        match rest.as_bytes().first() {
            Some(b'!' | b'?') => true,
            Some(b'/') => name(&rest[1..]).is_some_and(|name| !is_kept(name)),
            _ => name(rest).is_some_and(|name| {
                !is_kept(name)
                    || text[..at].ends_with(|c: char| c.is_alphanumeric()) && rest[name.len()..].starts_with('>')
            }),
        }
    })
}

/// The tags that nothing closes, or opens, of elements that are not kept.
fn strays(mask: &Mask) -> Vec<Range<usize>> {
    let seen = &*mask.seen();
    let mut strays = Vec::new();
    let mut open: FxHashMap<String, Vec<Range<usize>>> = FxHashMap::default();
    // The script or style that is open: nothing in it is a tag but its end.
    let mut raw: Option<String> = None;
    for piece in html(seen) {
        let mut at = piece.start;
        let mut unclosed = [false; INSTRUCTIONS.len()];
        while let Some(found) = memchr::memchr(b'<', &seen.as_bytes()[at..piece.end]) {
            let start = at + found;
            let rest = &seen[start..piece.end];
            let (length, tag) = tag(rest, &mut unclosed);
            let whole = start..start + length;
            at = match &raw {
                Some(_) => start + 1,
                None => whole.end,
            };
            match tag {
                Tag::Close { name } if !is_kept(name) || open.contains_key(&name.to_ascii_lowercase()) => {
                    let name = name.to_ascii_lowercase();
                    if raw.as_ref().is_some_and(|raw| *raw != name) {
                        continue;
                    }
                    raw = None;
                    let opened = open.get_mut(&name).and_then(Vec::pop);
                    strays.extend(opened.is_none().then_some(whole));
                }
                _ if raw.is_some() => {}
                Tag::Unclosed => strays.push(start..start + rest.find(char::is_whitespace).unwrap_or(rest.len())),
                Tag::Open { name, .. } if is_void(name) => {}
                Tag::Open { name, .. } if is_kept(name) && !is_type(&seen[..start], &seen[whole.clone()], name) => {}
                Tag::Open { empty: true, .. } => strays.push(whole),
                Tag::Open { name, .. } => {
                    let name = name.to_ascii_lowercase();
                    raw = matches!(name.as_str(), "script" | "style").then(|| name.clone());
                    open.entry(name).or_default().push(whole);
                }
                Tag::None | Tag::Closed | Tag::Close { .. } => {}
            }
        }
    }
    strays.extend(open.into_values().flatten());
    strays
}

/// Whether a tag may be the parameter of a type, as in `List<Data>`: it stands right behind a word and has nothing in it
/// but a name, and not that of an element that may go without an end.
fn is_type(before: &str, tag: &str, name: &str) -> bool {
    before.ends_with(|c: char| c.is_alphanumeric())
        && tag.len() == name.len() + 2
        && !UNENDED.iter().any(|open| open.eq_ignore_ascii_case(name))
}

/// Elements that are kept and need no end tag (HTML standard, sections 13.1.2 and 13.1.2.4).
const UNENDED: [&str; 21] = [
    "area", "br", "caption", "col", "colgroup", "dd", "dt", "hr", "img", "input", "li", "p", "rp", "rt", "tbody", "td",
    "tfoot", "th", "thead", "tr", "wbr",
];

/// Whether an element of HTML that is not kept has no content, and no end.
fn is_void(name: &str) -> bool {
    ["base", "embed", "frame", "link", "meta", "param", "source", "track"]
        .iter()
        .any(|void| void.eq_ignore_ascii_case(name))
}

/// Where a text has HTML, as the parser sees it.
fn html(seen: &str) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    if is_hostile(seen) {
        return pieces;
    }
    for (event, range) in pulldown_cmark::Parser::new_ext(seen, OPTIONS).into_offset_iter() {
        match (event, pieces.last_mut()) {
            (Event::Html(_), Some(last)) if last.end == range.start => last.end = range.end,
            (Event::Html(_) | Event::InlineHtml(_), _) => pieces.push(range),
            _ => {}
        }
    }
    pieces
}

/// What a `<` begins.
enum Tag<'a> {
    None,
    Open {
        name: &'a str,
        empty: bool,
    },
    Close {
        name: &'a str,
    },
    /// A comment or an instruction, with its end.
    Closed,
    /// The same without an end.
    Unclosed,
}

/// How what is no element begins and ends.
const INSTRUCTIONS: [(&str, &str); 4] = [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")];

/// What a text begins with that begins with `<`, and how long that is. `unclosed` tells which instructions are known to
/// have no end any more.
fn tag<'a>(text: &'a str, unclosed: &mut [bool; INSTRUCTIONS.len()]) -> (usize, Tag<'a>) {
    for ((open, close), unclosed) in INSTRUCTIONS.iter().zip(unclosed) {
        let Some(inside) = text.strip_prefix(open) else { continue };
        return match if *unclosed { None } else { inside.find(close) } {
            Some(end) => (open.len() + end + close.len(), Tag::Closed),
            None => {
                *unclosed = true;
                (open.len(), Tag::Unclosed)
            }
        };
    }
    let (closes, rest) = text[1..].strip_prefix('/').map_or((false, &text[1..]), |rest| (true, rest));
    let Some(name) = name(rest) else { return (1, Tag::None) };
    let end = 1 + tag_end(&text[1..]);
    match closes {
        true => (end, Tag::Close { name }),
        false => (end, Tag::Open { name, empty: text[..end].ends_with("/>") }),
    }
}

/// The name of the tag that a text is the rest of; an address, `<https://…>`, is none.
fn name(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    let ends = text.as_bytes().get(end).is_none_or(|byte| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace());
    (end > 0 && ends && text.as_bytes()[0].is_ascii_alphabetic()).then(|| &text[..end])
}
