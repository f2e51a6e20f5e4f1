//! `{#anchor}` at the end of a heading.

use std::ops::Range;

/// The anchor that the author of a heading gave it, and where it stands in the text, with its braces. `heading` is the
/// heading as it is written, and stands at `start`. Braces with anything else in them are words.
pub fn of(heading: &str, start: usize) -> Option<(&str, Range<usize>)> {
    let line = content(heading);
    let open = line.strip_suffix('}')?.rfind('{')?;
    let anchor = line[open + 1..line.len() - 1].strip_prefix('#')?;
    let is_anchor = !anchor.is_empty() && !anchor.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '<' | '`'));
    let stands_apart = open == 0 || line[..open].ends_with([' ', '\t', '\n', '#']);
    (is_anchor && stands_apart).then_some((anchor, start + open..start + line.len()))
}

/// A heading without what closes it: the signs behind one that begins with `#`, the line below another.
fn content(heading: &str) -> &str {
    let heading = heading.trim_end();
    if !heading.starts_with('#') {
        return heading.rsplit_once('\n').map_or(heading, |(text, _)| text.trim_end());
    }
    let open = heading.trim_end_matches('#');
    // Only behind a space they close it.
    if open.len() < heading.len() && open.ends_with([' ', '\t']) { open.trim_end() } else { heading }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_anchor_ends_a_heading_and_other_braces_do_not() {
        let anchor =
            |heading: &str| super::of(heading, 0).map(|(anchor, range)| (anchor.to_owned(), heading[range].to_owned()));
        let found = |anchor: &str| Some((anchor.to_owned(), format!("{{#{anchor}}}")));
        for (heading, expected) in [
            ("## A {#b}", found("b")),
            ("## A {#b} ##", found("b")),
            ("## {#b}", found("b")),
            ("A {#中文.x}\n===\n", found("中文.x")),
            ("A\nB {#c}\n---", found("c")),
            ("## GET /users/{id}", None),
            ("## A {x}", None),
            ("## A {.b}", None),
            ("## A {#b .c}", None),
            ("## A {#}", None),
            ("## A{#b}", None),
            ("## A \\{#b}", None),
            ("## `A {#b}`", None),
            ("## A {#b} c", None),
        ] {
            assert_eq!(anchor(heading), expected, "{heading}");
        }
    }
}
