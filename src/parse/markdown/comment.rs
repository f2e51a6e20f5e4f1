//! Comments of vaults, `%%for authors alone%%`, in a line or over many lines.

use std::ops::Range;

use super::fence::{Fences, without_containers};
use super::mask::Mask;
use crate::base::script::is_cjk;

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
    if memchr::memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
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
        at = match in_block(text, at, end) {
            Some(comment) => {
                let after = comment.range.end;
                comments.push(comment);
                // What stands behind it on its line goes on as if it began there.
                after.max(at + 1)
            }
            None => end,
        };
    }
    comments
}

/// The first comment that begins in a block.
fn in_block(text: &str, start: usize, end: usize) -> Option<Comment> {
    let block = &text[start..end];
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'%', b'`', b'\\', &block.as_bytes()[at..]) {
        let sign = at + found;
        match block.as_bytes()[sign] {
            b'\\' => at = sign + 1 + block[sign + 1..].chars().next().map_or(0, char::len_utf8),
            b'`' => at = code_end(block, sign),
            _ => {
                let length = block[sign..].bytes().take_while(|byte| *byte == b'%').count();
                let before = text[..start + sign].chars().next_back();
                let is_joined = before.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
                at = sign + length;
                if length >= MARK.len() && !is_joined {
                    return Some(comment(text, start + sign, end));
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
    let close = memchr::memmem::find_iter(&text.as_bytes()[inside..], MARK.as_bytes()).map(|at| inside + at);
    // On the line where it begins nothing ends it.
    let mut close = close.filter(|at| text[inside..*at].contains(['\n', '\r']));
    match close.find(|at| block && is_at_an_end(text, *at)) {
        Some(close) => Comment { range: start..close + MARK.len(), unclosed: false, block },
        None => Comment { range: start..text.len(), unclosed: true, block },
    }
}

/// Whether a sign is the first on its line, or stands by itself at the end of it.
fn is_at_an_end(text: &str, at: usize) -> bool {
    let line_start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let before = &text[line_start..at];
    let is_last = text[at + MARK.len()..].split(['\n', '\r']).next().unwrap_or("").trim().is_empty();
    without_containers(before).is_empty() || (is_last && before.ends_with([' ', '\t']))
}

/// Where a span of code ends, or the signs that begin none.
fn code_end(block: &str, start: usize) -> usize {
    let length = block[start..].bytes().take_while(|byte| *byte == b'`').count();
    let mut at = start + length;
    while let Some(found) = memchr::memchr(b'`', &block.as_bytes()[at..]) {
        let sign = at + found;
        let run = block[sign..].bytes().take_while(|byte| *byte == b'`').count();
        at = sign + run;
        if run == length {
            return at;
        }
    }
    start + length
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
