//! Comments of vaults, `%%for authors alone%%`, in a line or over many lines.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::fence::{Fences, without_containers};
use super::mask::Mask;
use crate::base::cjk::is_cjk;

const MARK: &str = "%%";

/// A comment in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From its first sign to its last.
    pub range: Range<usize>,
    /// Whether nothing ends it.
    pub unclosed: bool,
    /// Whether it stands on lines of its own.
    block: bool,
}

/// Takes all comments out of a text.
pub fn hide(mask: &mut Mask, comments: &[Comment]) {
    for Comment { range, block, .. } in comments {
        match block {
            true => mask.blank(range.clone()),
            false => mask.drop(range.clone()),
        }
    }
}

/// The comments of a text, in order. In code there are none, and a sign behind a letter or digit begins none.
pub fn all(text: &str) -> Vec<Comment> {
    let mut comments = Vec::new();
    let bytes = text.as_bytes();
    if !memchr::memchr_iter(b'%', bytes).any(|at| bytes[at..].starts_with(MARK.as_bytes())) {
        return comments;
    }
    let mut fences = Fences::default();
    let mut at = 0;
    while at < text.len() {
        let line = line_at(text, at);
        if fences.takes(line) {
            at += line.len();
            continue;
        }
        let end = block_end(text, at, &fences);
        let code = CodeSpans::of(&text[at..end], at);
        while let Some(comment) = in_block(text, at, end, &code) {
            at = comment.range.end;
            comments.push(comment);
        }
        // Behind a comment that goes on in other blocks, what is left of its last line is a block as well.
        at = at.max(if comments.last().is_some_and(|last| last.range.end > end) { at } else { end });
    }
    comments
}

/// The first comment that begins in a block, from a place on.
fn in_block(text: &str, start: usize, end: usize, code: &CodeSpans) -> Option<Comment> {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < end {
        let sign = at + memchr::memchr3(b'%', b'`', b'\\', &bytes[at..end])?;
        match bytes[sign] {
            b'\\' => at = sign + 1 + text[sign + 1..].chars().next().map_or(0, char::len_utf8),
            b'`' => at = code.end(text, sign, end),
            _ => {
                let length = bytes[sign..end].iter().take_while(|byte| **byte == b'%').count();
                let before = text[..sign].chars().next_back();
                let is_joined = before.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
                at = sign + length;
                if length >= MARK.len() && !is_joined {
                    return Some(comment(text, sign, end));
                }
            }
        }
    }
    None
}

/// The comment that begins at a place of a block.
fn comment(text: &str, start: usize, end: usize) -> Comment {
    let inside = start + MARK.len();
    if let Some(length) = text[inside..end].find(MARK) {
        return Comment { range: start..inside + length + MARK.len(), unclosed: false, block: false };
    }
    let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let block = without_containers(&text[line_start..start]).is_empty();
    // On the line where it begins nothing ends it.
    let mut at = inside + line_at(text, inside).len();
    while block && at < text.len() {
        let line = line_at(text, at);
        let closed = line.trim_end();
        let first = without_containers(line);
        let close = match () {
            () if first.starts_with(MARK) => Some(line.len() - first.len()),
            // By itself at the end of a line it ends one as well.
            () if closed.strip_suffix(MARK).is_some_and(|words| words.ends_with([' ', '\t'])) => {
                Some(closed.len() - MARK.len())
            }
            () => None,
        };
        if let Some(close) = close {
            return Comment { range: start..at + close + MARK.len(), unclosed: false, block };
        }
        at += line.len();
    }
    Comment { range: start..text.len(), unclosed: true, block }
}

/// How many backticks in a row end a span of code in a block, and where for the last time.
struct CodeSpans(FxHashMap<usize, usize>);

impl CodeSpans {
    fn of(block: &str, start: usize) -> CodeSpans {
        let mut last = FxHashMap::default();
        let bytes = block.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'`', &bytes[at..]) {
            let length = run(&bytes[at + found..]);
            last.insert(length, start + at + found);
            at += found + length;
        }
        CodeSpans(last)
    }

    /// Where the span of code ends that begins at a place, or the signs that begin none.
    fn end(&self, text: &str, start: usize, end: usize) -> usize {
        let bytes = text.as_bytes();
        let length = run(&bytes[start..end]);
        let mut at = start + length;
        let Some(last) = self.0.get(&length).filter(|last| **last >= at) else { return at };
        while at <= *last {
            let Some(found) = memchr::memchr(b'`', &bytes[at..end]) else { break };
            let other = run(&bytes[at + found..end]);
            at += found + other;
            if other == length {
                return at;
            }
        }
        start + length
    }
}

fn run(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| **byte == b'`').count()
}

/// Where the block ends that a line begins: before a blank line, a fence, a heading or the next item.
fn block_end(text: &str, start: usize, fences: &Fences) -> usize {
    let mut at = start + line_at(text, start).len();
    while at < text.len() {
        let line = line_at(text, at);
        let inside = without_containers(line);
        let begins_another =
            inside.trim().is_empty() || inside.starts_with('#') || inside.len() < line.trim_start().len();
        let is_quote = line.trim_start().starts_with('>') && !inside.trim().is_empty() && !inside.starts_with('#');
        if (begins_another && !is_quote) || fences.clone().takes(line) {
            break;
        }
        at += line.len();
    }
    at
}

/// The rest of the line at a place, with its end.
fn line_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes());
    &rest[..end.map_or(rest.len(), |end| if rest[end..].starts_with("\r\n") { end + 2 } else { end + 1 })]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_found_wherever_it_may_stand() {
        let found =
            |text: &str| all(text).into_iter().map(|comment| text[comment.range].to_owned()).collect::<Vec<_>>();
        for (text, expected) in [
            ("a %%b%% c %%d%%", vec!["%%b%%", "%%d%%"]),
            ("a %%b\nc%% d", vec!["%%b\nc%%"]),
            ("%% a %%\n\ntext\n\n%% b %%\n", vec!["%% a %%", "%% b %%"]),
            ("%%\n\na\n\n# b\n\n%%\nc", vec!["%%\n\na\n\n# b\n\n%%"]),
            ("%%\na\n\nb %%\nc", vec!["%%\na\n\nb %%"]),
            ("%%\n```\n%%\na `%%b%%`", vec!["%%\n```\n%%"]),
            ("100%% sure and 50%% off", vec![]),
            ("中文%%秘密%%字", vec!["%%秘密%%"]),
            ("`%%a%%` ``%%`%%`` \\%%a%%", vec![]),
            ("```\n%%a%%\n```\n\n~~~m\n%% b\n~~~\n", vec![]),
            ("a\n\n    %% b\n    %% c\n\nd", vec![]),
            ("- a\n\n    %%b%%\n", vec!["%%b%%"]),
            ("> %%\n> a\n> %%\n", vec!["%%\n> a\n> %%"]),
            ("- a %%b\n- c%% d", vec!["%%b\n- c%% d"]),
            ("a %%b\n\nc", vec!["%%b\n\nc"]),
            ("| a | %%b%% |\n|---|---|\n| c | %%d%% |", vec!["%%b%%", "%%d%%"]),
            ("# T %%a%%\ntext", vec!["%%a%%"]),
            ("%%%", vec!["%%%"]),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }
}
