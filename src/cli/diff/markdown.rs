//! Changes as Markdown, for a comment on a pull request: what authors wrote is text in it, and neither markup nor a call
//! for anybody.

use super::sentence::{ON_DISK, Voice, counts, in_one_line, is_of_links};
use crate::cli::terminal;
use crate::compare::{Detail, FoundProblem, RuleChange};
use crate::disk::Revision;
use crate::workspace::Comparison;

const VOICE: Voice = Voice { name: emphasis, plain: escaped, code };

pub fn changes(comparison: &Comparison) -> String {
    let Comparison { before, after, changes } = comparison;
    let (old, new) = (side(Some(before)), side(after.as_ref()));
    let mut text = format!("**{}**, in {new} against {old}\n", counts(changes));
    for (name, side) in [(&old, &changes.before), (&new, &changes.after)] {
        if let Some(told) = VOICE.unread(name, side) {
            text.push_str(&format!("\n> {told}\n"));
        }
    }
    let mut parts: Vec<(&str, Vec<String>)> = Vec::new();
    if !changes.book.is_empty() {
        parts.push(("The book", changes.book.iter().map(|detail| item(&VOICE.detail(detail))).collect()));
    }
    let entries = changes.entries.iter().map(|change| block(&VOICE.entry(change), &change.details));
    parts.push(("Entries", entries.collect()));
    let sources = changes.sources.iter().map(|change| block(&VOICE.source(change), &change.details));
    parts.push(("Sources", sources.collect()));
    parts.push(("Links that are broken now", changes.broken.iter().map(|link| item(&VOICE.broken(link))).collect()));
    parts.push(("Links that are mended", changes.mended.iter().map(|link| item(&VOICE.broken(link))).collect()));
    parts.push(("Found now", findings(&changes.rules, |rule| &rule.new)));
    parts.push(("No longer found", findings(&changes.rules, |rule| &rule.gone)));
    for (title, items) in parts.into_iter().filter(|(_, items)| !items.is_empty()) {
        text.push_str(&format!("\n#### {title}\n\n{}", items.concat()));
    }
    text
}

/// What one side is called. Of its hash alone a host makes a link.
fn side(of: Option<&Revision>) -> String {
    let Some(revision) = of else { return escaped(ON_DISK) };
    let place = revision.place().map(|place| escaped(&place));
    let more: Vec<String> = revision.hash().map(str::to_owned).into_iter().chain(place).collect();
    match more.is_empty() {
        true => escaped(&revision.name),
        false => format!("{} \\({}\\)", escaped(&revision.name), more.join(", ")),
    }
}

fn item(text: &str) -> String {
    format!("- {text}\n")
}

/// What changed, with its details below; one alone stands behind it.
fn block(head: &str, details: &[Detail]) -> String {
    match details {
        [only] => item(&format!("{head}: {}", VOICE.detail(only))),
        details => {
            let details = details.iter().map(|detail| format!("  - {}\n", VOICE.detail(detail)));
            item(head) + &details.collect::<String>()
        }
    }
}

fn findings(rules: &[RuleChange], of: impl Fn(&RuleChange) -> &Vec<FoundProblem>) -> Vec<String> {
    let mut items = Vec::new();
    for rule in rules {
        let level = if rule.is_error { "error" } else { "warning" };
        let (count, is_told) = (of(rule).len(), is_of_links(rule.rule));
        if is_told && count > 0 {
            items.push(item(&format!("{level} {}: {}", code(rule.rule), terminal::count(count, "link"))));
            continue;
        }
        for FoundProblem { path, line, message } in of(rule) {
            let line = line.map_or(String::new(), |line| format!(":{line}"));
            let place = code(&format!("{path}{line}"));
            items.push(item(&format!("{level} {}, {place}: {}", code(rule.rule), escaped(message))));
        }
    }
    items
}

fn emphasis(text: &str) -> String {
    match escaped(text) {
        text if text.is_empty() => text,
        text => format!("*{text}*"),
    }
}

/// A text as code: no sign in it means anything, but for backticks.
fn code(text: &str) -> String {
    let text = in_one_line(text).replace('`', "'");
    if text.is_empty() { text } else { format!("`{text}`") }
}

/// From how many digits on a host takes a word for the hash of a commit.
const SHORTEST_HASH: usize = 7;

/// What keeps two signs apart, and is not seen.
const APART: char = '\u{200b}';

/// A text in one line in which no sign is markup, and from which a host makes no links: `@name` would call somebody,
/// `#12` would appear in that issue, the hash of a commit in that commit, and a whole address in the page it leads to.
fn escaped(text: &str) -> String {
    let text = in_one_line(text);
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_ascii_punctuation() && !matches!(c, '"' | '\'' | ',' | '%' | '?' | ';' | '=') => {
                safe.extend(['\\', c]);
            }
            c => safe.push(c),
        }
        let is_apart = matches!(c, '@' | '#')
            || (c == '-' && ends_with(&text[..at], "gh"))
            || text[..at + c.len_utf8()].ends_with("://")
            || (c == '.' && ends_with(&text[..at], "www"))
            || begins_hash(&text, at);
        if is_apart {
            safe.push(APART);
        }
    }
    safe
}

/// Whether a word begins at a place of a text that can be the hash of a commit, or the beginning of one.
fn begins_hash(text: &str, at: usize) -> bool {
    let is_inside = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let word = text[at..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    !is_inside && word.len() >= SHORTEST_HASH && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text ends with a word, in whatever case.
fn ends_with(text: &str, word: &str) -> bool {
    text.get(text.len().saturating_sub(word.len())..).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_authors_wrote_is_text_and_calls_nobody() {
        for (text, safe) in [
            ("a *b* _c_ | d", "a \\*b\\* \\_c\\_ \\| d"),
            ("<b onload=x> & [x](y)", "&lt;b onload=x&gt; &amp; \\[x\\]\\(y\\)"),
            ("@team and a@b", "\\@\u{200b}team and a\\@\u{200b}b"),
            ("fixes #12, GH-12", "fixes \\#\u{200b}12, GH\\-\u{200b}12"),
            ("https://x.y WWW.z", "https\\:\\/\\/\u{200b}x\\.y WWW\\.\u{200b}z"),
            ("0123abc, 0123abcg and 0123ab", "0\u{200b}123abc, 0123abcg and 0123ab"),
            ("a\u{1b}[0m\u{202e}b", "a\u{fffd}\\[0m\u{fffd}b"),
            ("中文 `x`\n\n# y", "中文 \\`x\\` \\#\u{200b} y"),
        ] {
            assert_eq!(escaped(text), safe, "{text}");
        }
        assert_eq!(code("a`b @c"), "`a'b @c`");
        assert_eq!(code("a\u{1b}b\u{202e}"), "`a\u{fffd}b\u{fffd}`");
        assert_eq!(emphasis(" a "), "*a*");
    }
}
