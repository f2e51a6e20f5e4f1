//! Markdown as we read it: the one place that knows the parser's options.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// CommonMark with what authors of notes expect: tables, footnotes, task lists, strikethrough,
/// alerts, definition lists, wikilinks, `{#id}` after headings.
///
/// Metadata blocks stay off, for the parser would also take a `---` block in mid-body.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// The most lines times quotes and lists in each other that a text may have; 13 milliseconds' worth.
const MOST_WORK: usize = 20_000_000;

/// The events of a text, each with its place in the text in bytes. A hostile text is one
/// paragraph of what it says.
pub fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let refused = is_hostile(text);
    let all = 0..text.len();
    let whole = refused.then(|| {
        [
            (Event::Start(Tag::Paragraph), all.clone()),
            (Event::Text(text.into()), all.clone()),
            (Event::End(TagEnd::Paragraph), all),
        ]
    });
    let parsed = if refused { "" } else { text };
    whole.into_iter().flatten().chain(Parser::new_ext(parsed, OPTIONS).into_offset_iter())
}

/// Where a part of a text begins in it; none if it is a copy.
pub fn place_of(part: &str, text: &str) -> Option<usize> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (start + part.len() <= text.len()).then_some(start)
}

/// Whether a text was written to keep us busy. Every line costs the parser as much as quotes and
/// lists are open before it, so thousands of each together cost seconds; of all that was tried
/// on version 0.13.6, only this grows faster than the text.
fn is_hostile(text: &str) -> bool {
    let longest = text.len() / 2;
    longest * longest > MOST_WORK && {
        let (mut lines, mut deepest) = (0, 0);
        for line in text.lines() {
            lines += 1;
            deepest = deepest.max(depth(line));
        }
        lines * deepest > MOST_WORK
    }
}

/// How many quotes, items and notes a line opens, at most.
fn depth(line: &str) -> usize {
    let mut depth = 0;
    let mut rest = line.as_bytes();
    loop {
        rest = match rest {
            [b' ' | b'\t', after @ ..] => after,
            [b'>', after @ ..] => {
                depth += 1;
                after
            }
            [b'-' | b'+' | b'*' | b':', after @ ..] if matches!(after, [b' ' | b'\t', ..]) => {
                depth += 1;
                after
            }
            [b'0'..=b'9' | b'.' | b')', after @ ..] => {
                depth += usize::from(!rest[0].is_ascii_digit());
                after
            }
            [b'[', b'^', after @ ..] => {
                depth += 1;
                let end = memchr::memchr(b':', after).map_or(after.len(), |end| end + 1);
                &after[end..]
            }
            _ => return depth,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        events(text).count()
    }

    #[test]
    fn a_text_costs_no_more_than_its_length() {
        let n = 20_000;
        let repeated = [
            "[", "![", "[[", "![[", "[[a|", "*a ", "**a_ ", ">", "- > ", "1. ", "`a``", "<a ", "[a](", "[^", "a|",
            "\n: b\n",
        ];
        for part in repeated {
            let text = part.repeat(n);
            assert!(count(&text) <= 3 * text.len(), "{part:?}");
        }
        let wikilinks = "![[a|".repeat(n) + &"]]".repeat(n);
        assert!(count(&wikilinks) <= wikilinks.len());
        // The parser fills up short rows of wide tables, to 262,144 cells a text.
        let columns = 4_000;
        let table = format!("{}\n{}\n{}", "a|".repeat(columns), "-|".repeat(columns), "|b\n".repeat(n));
        assert!(count(&table) < 1_000_000);
        // A reference repeats no more of its definition than 100 kB in all.
        let bomb = format!("[x]: /{}\n\n{}", "a".repeat(n), "[x] ".repeat(n));
        let written: usize = events(&bomb)
            .map(|(event, _)| if let Event::Start(Tag::Link { dest_url, .. }) = event { dest_url.len() } else { 0 })
            .sum();
        assert!(written <= 100_000 + 2 * bomb.len(), "{written}");
    }

    #[test]
    fn a_text_that_would_cost_seconds_is_one_paragraph() {
        for open in ["> ", ">", "- ", "1. ", "* > ", "[^a]: - "] {
            let text = open.repeat(20_000) + &"a\n".repeat(20_000);
            let events: Vec<_> = events(&text).collect();
            assert_eq!(events.len(), 3, "{open:?}");
            assert_eq!(events[1], (Event::Text(text.as_str().into()), 0..text.len()));
        }
    }

    #[test]
    fn a_long_text_or_a_deep_quote_is_not_hostile() {
        assert!(count(&(">".repeat(10_000) + "a")) > 3);
        assert!(count(&("> > > - a\n".repeat(50_000))) > 3);
        assert!(count(&("1.5.2 3.4.5 6.7\n".repeat(50_000))) > 3);
        assert!(count(&format!("```\n{}\n```\n{}", ">".repeat(500), "a\n\n".repeat(10_000))) > 3);
    }

    #[test]
    fn front_matter_and_math_are_text() {
        assert_eq!(
            events("---\na: b\n---\n")
                .filter(|(event, _)| matches!(event, Event::Start(Tag::MetadataBlock(_))))
                .count(),
            0
        );
        assert_eq!(events("$a$ \"b\" ...").filter(|(event, _)| matches!(event, Event::InlineMath(_))).count(), 0);
    }

    #[test]
    fn a_wikilink_in_a_table_shows_what_follows_its_bar() {
        let text = "| a |\n|---|\n| [[Plan\\|the plan]] |\n";
        let shown: Vec<_> = events(text)
            .filter_map(|(event, _)| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
            .collect();
        assert_eq!(shown, ["a", "the plan"]);
    }
}
