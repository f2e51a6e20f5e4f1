//! Changes as lines for people.

use super::sentence::{Voice, counts, in_one_line, is_of_links, revision};
use crate::cli::terminal;
use crate::compare::{Detail, FoundProblem, RuleChange};
use crate::workspace::Comparison;

const VOICE: Voice = Voice { name: in_one_line, plain: in_one_line, code: in_one_line };

pub fn changes(comparison: &Comparison) -> String {
    let Comparison { before, after, changes } = comparison;
    let (old, new) = (revision(Some(before)), revision(after.as_ref()));
    let mut lines =
        vec![format!("{new} against {old}", new = in_one_line(&new), old = in_one_line(&old)), String::new()];
    let unread = [(old, &changes.before), (new, &changes.after)];
    lines.extend(unread.into_iter().filter_map(|(name, side)| VOICE.unread(&in_one_line(&name), side)));
    if !changes.book.is_empty() {
        block(&mut lines, "The book".to_owned(), &changes.book);
    }
    changes.entries.iter().for_each(|change| block(&mut lines, VOICE.entry(change), &change.details));
    changes.sources.iter().for_each(|change| block(&mut lines, VOICE.source(change), &change.details));
    for (title, links) in [("Links that are broken now:", &changes.broken), ("Links that are mended:", &changes.mended)]
    {
        heading(&mut lines, title, links.is_empty());
        lines.extend(links.iter().map(|link| format!("  {}", VOICE.broken(link))));
    }
    let new = |rule: &RuleChange| rule.new.clone();
    let gone = |rule: &RuleChange| rule.gone.clone();
    findings(&mut lines, "Found now:", &changes.rules, new);
    findings(&mut lines, "No longer found:", &changes.rules, gone);
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
    lines.push(counts(changes));
    lines.join("\n") + "\n"
}

/// What changed, with its details below; one alone stands behind it.
fn block(lines: &mut Vec<String>, head: String, details: &[Detail]) {
    match details {
        [only] => lines.push(format!("{head}: {}", VOICE.detail(only))),
        details => {
            lines.push(head);
            lines.extend(details.iter().map(|detail| format!("    {}", VOICE.detail(detail))));
        }
    }
}

fn heading(lines: &mut Vec<String>, title: &str, is_empty: bool) {
    if !is_empty {
        if lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
        }
        lines.push(title.to_owned());
    }
}

fn findings(lines: &mut Vec<String>, title: &str, rules: &[RuleChange], of: impl Fn(&RuleChange) -> Vec<FoundProblem>) {
    heading(lines, title, rules.iter().all(|rule| of(rule).is_empty()));
    for rule in rules {
        let level = if rule.is_error { "error" } else { "warning" };
        let (count, is_told) = (of(rule).len(), is_of_links(rule.rule));
        if is_told && count > 0 {
            lines.push(format!("  {level}[{}]: {}", rule.rule, terminal::count(count, "link")));
            continue;
        }
        for FoundProblem { path, line, message } in of(rule) {
            let line = line.map_or(String::new(), |line| format!(":{line}"));
            lines.push(format!("  {level}[{}] {}{line}: {}", rule.rule, in_one_line(&path), in_one_line(&message)));
        }
    }
}
