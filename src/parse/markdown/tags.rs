//! Tags that are no HTML: `List<int>`, `<path>` as a line of its own, `<?php` without an end. The parser takes them for
//! HTML, and browsers show nothing of them; here they are text.

use std::ops::Range;

use pulldown_cmark::Event;
use rustc_hash::FxHashMap;

use super::is_hostile;
use super::mask::{Disguise, Mask};
use super::options::OPTIONS;
use crate::parse::raw_html::{is_kept, tag_end};

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

/// Whether a text may have such a tag: one that is not kept, or is kept and not opened as often as closed, or may stand
/// in some elements alone.
fn may_have_some(text: &str) -> bool {
    // By their names, how many more are opened than closed.
    let mut open: Vec<(&str, i32)> = Vec::new();
    let mut has_address = false;
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let rest = &text[at + 1..];
        let (step, rest) = rest.strip_prefix('/').map_or((1, rest), |rest| (-1, rest));
        if rest.starts_with(['!', '?']) {
            return true;
        }
        let Some(name) = name(rest) else { continue };
        match is_kept(name) {
            // Only in a block of HTML it is no address.
            false if name.contains([':', '@']) => has_address = true,
            false => return true,
            true if is_void(name) => {}
            true if name.eq_ignore_ascii_case("p") && step > 0 => {}
            // Whether it stands where it may, its place tells.
            true if needs_no_end(name) => return true,
            true => match open.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
                Some((_, count)) => *count += step,
                None => open.push((name, step)),
            },
        }
    }
    open.iter().any(|(_, count)| *count != 0) || (has_address && !open.is_empty())
}

/// The tags that nothing closes, or opens, and those that stand in no element that may hold them.
fn strays(mask: &Mask) -> Vec<Range<usize>> {
    let seen = &*mask.seen();
    let mut strays = Vec::new();
    let mut open: FxHashMap<String, Vec<Range<usize>>> = FxHashMap::default();
    // The script or style that is open: nothing in it is a tag but its end.
    let mut raw: Option<String> = None;
    let mut paragraphs = 0_usize;
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
                Tag::Close { name } if raw.is_none() && name.eq_ignore_ascii_case("p") => {
                    strays.extend((paragraphs == 0).then_some(whole));
                    paragraphs = paragraphs.saturating_sub(1);
                }
                Tag::Open { name, .. } if raw.is_none() && name.eq_ignore_ascii_case("p") => paragraphs += 1,
                Tag::Close { name } | Tag::Open { name, .. } if raw.is_none() && needs_no_end(name) => {
                    let holds = |parent: &&str| open.get(*parent).is_some_and(|open| !open.is_empty());
                    strays.extend((!parents(name).iter().any(holds)).then_some(whole));
                }
                Tag::Close { name } => {
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
                Tag::Open { name, empty: true } => {
                    // What is drawn goes with its drawing.
                    let is_drawn = ["svg", "math"].iter().any(|of| open.get(*of).is_some_and(|open| !open.is_empty()));
                    strays.extend((!is_kept(name) && !is_drawn).then_some(whole));
                }
                Tag::Open { name, .. } => {
                    let name = name.to_ascii_lowercase();
                    raw = matches!(name.as_str(), "script" | "style").then(|| name.clone());
                    open.entry(name).or_default().push(whole);
                }
                Tag::None | Tag::Closed => {}
            }
        }
    }
    strays.extend(open.into_values().flatten().filter(|tag| !is_place(&seen[tag.clone()])));
    strays
}

/// Whether a tag is but a name for a place, which needs no end: `<a name="here">`.
fn is_place(tag: &str) -> bool {
    let name = name(&tag[1..]).unwrap_or("");
    name.eq_ignore_ascii_case("a") && !tag.to_ascii_lowercase().contains("href")
}

/// Whether an element needs no end tag, but one around it (HTML standard, section 13.1.2.4).
fn needs_no_end(name: &str) -> bool {
    !parents(name).is_empty()
}

/// The elements of which one must be open around a tag of this name, for browsers drop it or make a mess of the page
/// elsewhere; none if it may stand anywhere (HTML standard, section 13.2.6.4).
pub fn parents(name: &str) -> &'static [&'static str] {
    const INSIDE: [(&[&str], &[&str]); 6] = [
        (&["caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"], &["table"]),
        (&["li"], &["ul", "ol"]),
        (&["dd", "dt"], &["dl"]),
        (&["rp", "rt", "rtc"], &["ruby"]),
        (&["area"], &["map"]),
        (&["option", "optgroup"], &["select", "datalist"]),
    ];
    let holds = |names: &[&str]| names.iter().any(|inside| inside.eq_ignore_ascii_case(name));
    INSIDE.iter().find(|(names, _)| holds(names)).map_or(&[], |(_, parents)| parents)
}

/// Whether an element has no content, and no end (HTML standard, section 13.1.2), and may stand anywhere.
fn is_void(name: &str) -> bool {
    const VOID: [&str; 13] =
        ["base", "br", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
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

/// The name of the tag that a text is the rest of, as browsers read it: `K,V` is that of `<K,V>` (HTML standard, section
/// 13.2.5.8).
fn name(text: &str) -> Option<&str> {
    let is_end = |byte: u8| matches!(byte, b'>' | b'/' | b'<') || byte.is_ascii_whitespace();
    text.as_bytes().first().filter(|byte| byte.is_ascii_alphabetic())?;
    Some(&text[..text.bytes().position(is_end).unwrap_or(text.len())])
}
