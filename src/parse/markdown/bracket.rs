//! Brackets that the parser takes for others: double ones that are no wikilinks, in the description of a picture and where
//! other brackets end between them, and references to footnotes in a link or a picture, which would be none with them.

use rustc_hash::FxHashSet;

use super::mask::{Disguise, Mask};

/// How many brackets may be open in each other.
const DEEPEST: usize = 1_000;

/// How far away from where a wikilink begins its words are looked for, in bytes.
const LONGEST_NAME: usize = 1_000;

/// Hides the brackets of `![wiki [[b]] in alt](p.svg)` and of `[[1, 2], [3, 4]]` that the parser takes for a wikilink.
pub fn hide(mask: &mut Mask) {
    let text = mask.text;
    let bytes = text.as_bytes();
    if !may_have_some(bytes) {
        return;
    }
    let is_escaped = |at: usize| bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
    let mut notes = Footnotes { text, labels: None };
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'[', b']', b'\n', &bytes[at..]) {
        let place = at + found;
        at = place + 1;
        match bytes[place] {
            b'\n' if is_blank_line(&text[at..]) => open.clear(),
            b'[' if !is_escaped(place) => {
                if open.len() == DEEPEST {
                    open.clear();
                }
                open.push(Open { place, pairs: Vec::new() });
            }
            b']' if !is_escaped(place) => {
                let Some(closed) = open.pop() else { continue };
                end(mask, &closed, place, &mut notes);
                if let Some(around) = open.last_mut() {
                    around.pairs.push((closed.place, place));
                }
            }
            _ => {}
        }
    }
}

/// Whether two brackets begin anything but `[[…]]`, or a picture has brackets in its description.
fn may_have_some(bytes: &[u8]) -> bool {
    let next = |at: usize| memchr::memchr2(b'[', b']', &bytes[at..]).map(|next| at + next);
    let (mut has_doubled, mut has_other) = (false, false);
    for at in memchr::memchr_iter(b'[', bytes) {
        let inside = at + 1;
        if bytes.get(inside) == Some(&b'[') {
            has_doubled = true;
            has_other |= !next(at + 2).is_some_and(|end| bytes[end..].starts_with(b"]]"));
        } else if bytes.get(inside) == Some(&b'^') {
            let around = next(inside).and_then(|end| next(end + 1));
            let is_link = |end: usize| leads_somewhere(bytes, end) || bytes.get(end + 1) == Some(&b']');
            let is_bracketed = || next(inside).is_some_and(|end| bytes[end..].starts_with(b"]]"));
            if around.is_some_and(|end| bytes[end] == b']' && is_link(end))
                || (at > 0 && bytes[at - 1] == b'[' && is_bracketed())
            {
                return true;
            }
        } else if at > 0 && bytes[at - 1] == b'!' {
            has_other |= next(inside).is_some_and(|next| bytes[next] == b'[');
        }
        if has_doubled && has_other {
            return true;
        }
    }
    false
}

/// A bracket that is open, and the pairs right inside it.
struct Open {
    place: usize,
    pairs: Vec<(usize, usize)>,
}

/// Looks at a pair of brackets, which ends at `close`.
fn end(mask: &mut Mask, Open { place, pairs }: &Open, close: usize, notes: &mut Footnotes) {
    let bytes = mask.text.as_bytes();
    let leads_somewhere = leads_somewhere(bytes, close);
    let is_wikilink = *place > 0 && bytes[place - 1] == b'[' && bytes.get(close + 1) == Some(&b']');
    if leads_somewhere || is_wikilink {
        // In a wikilink words stand behind its bar.
        let name = &bytes[*place..close.min(place + LONGEST_NAME)];
        let words = if is_wikilink { memchr::memchr(b'|', name) } else { Some(0) };
        let is_among_words = |open: usize| words.is_some_and(|words| open > place + words);
        for (open, close) in pairs.iter().copied().filter(|(open, _)| bytes[open + 1] == b'^' && is_among_words(*open))
        {
            if notes.has(&mask.text[open + 2..close]) {
                hide_pair(mask, (open, close));
            }
        }
    }
    let is_picture = *place > 0 && bytes[place - 1] == b'!' && leads_somewhere;
    if is_picture {
        // A pair of pairs, one right inside the other.
        let doubled = |(open, close): &&(usize, usize)| bytes[open + 1] == b'[' && bytes[close - 1] == b']';
        for (open, close) in pairs.iter().filter(doubled) {
            let inside = (*open..=*close).filter(|at| matches!(bytes[*at], b'[' | b']'));
            inside.for_each(|at| mask.hide(at, Disguise::Punctuation));
        }
        return;
    }
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else { return };
    // A note in brackets of its own.
    if let [only] = pairs[..]
        && !leads_somewhere
        && only == (place + 1, close - 1)
        && bytes[only.0 + 1] == b'^'
        && notes.has(&mask.text[only.0 + 2..only.1])
    {
        return hide_pair(mask, (*place, close));
    }
    // The brackets that stand in twos do not belong together.
    if first.0 == place + 1 && last.1 + 1 == close && pairs.len() > 1 {
        match leads_somewhere {
            true => [*first, *last].into_iter().for_each(|pair| hide_pair(mask, pair)),
            false => hide_pair(mask, (*place, close)),
        }
    }
}

fn hide_pair(mask: &mut Mask, (open, close): (usize, usize)) {
    mask.hide(open, Disguise::Punctuation);
    mask.hide(close, Disguise::Punctuation);
}

/// Whether what stands behind the bracket that closes says where a link leads.
fn leads_somewhere(bytes: &[u8], close: usize) -> bool {
    matches!(bytes.get(close + 1), Some(b'(' | b'['))
}

/// The labels of the footnotes that a text has, which are looked for when one is asked for.
struct Footnotes<'a> {
    text: &'a str,
    labels: Option<FxHashSet<&'a str>>,
}

impl<'a> Footnotes<'a> {
    fn has(&mut self, label: &str) -> bool {
        let text = self.text;
        self.labels.get_or_insert_with(|| Self::labels(text)).contains(label)
    }

    /// What stands between `[^` and `]:`.
    fn labels(text: &'a str) -> FxHashSet<&'a str> {
        let bytes = text.as_bytes();
        let mut labels = FxHashSet::default();
        let mut open = None;
        for at in memchr::memchr2_iter(b'[', b']', bytes) {
            match (bytes[at], bytes.get(at + 1)) {
                (b'[', next) => open = (next == Some(&b'^')).then_some(at + 2),
                (_, Some(b':')) => labels.extend(open.take().map(|open| &text[open..at]).filter(|it| !it.is_empty())),
                _ => open = None,
            }
        }
        labels
    }
}

fn is_blank_line(text: &str) -> bool {
    text.bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).is_none_or(|byte| byte == b'\n')
}
