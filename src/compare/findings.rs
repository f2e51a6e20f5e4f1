//! What is found wrong in one of two books alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::changes::{FoundProblem, RuleChange};
use super::matching::Pairs;
use super::values::surplus;
use super::version::{BookVersion, TextLines};
use crate::base::diagnostic::Diagnostic;

/// The findings that one of the books has alone, by rule, errors first. A finding that stands in another line, or in a
/// file that has moved, is the same.
pub fn changes(before: &BookVersion, after: &BookVersion, pairs: &Pairs) -> Vec<RuleChange> {
    let (moved, retitled) = (moved(before, after, pairs), retitled(before, after, pairs));
    let old_key = |problem| key(problem, &moved, &retitled);
    let new_key = |problem| key(problem, &FxHashMap::default(), &FxHashMap::default());
    // Of a file that is not read on one side nobody knows what is wrong with it there.
    let is_read = |version: &BookVersion, problem: &Diagnostic| !version.unread.contains(&problem.place.path);
    let old = before.problems.iter().filter(|problem| is_read(after, problem));
    let old: Vec<_> = old.map(|problem| (old_key(problem), problem)).collect();
    let new = after.problems.iter().filter(|problem| is_read(before, problem));
    let new: Vec<_> = new.map(|problem| (new_key(problem), problem)).collect();
    let mut rules: BTreeMap<(bool, &'static str), RuleChange> = BTreeMap::new();
    let mut add = |problem: &Diagnostic, found: FoundProblem, is_new: bool| {
        let (rule, is_error) = (problem.rule, problem.is_error());
        let change = rules.entry((!is_error, rule)).or_insert_with(|| RuleChange {
            rule,
            is_error,
            new: Vec::new(),
            gone: Vec::new(),
        });
        if is_new { change.new.push(found) } else { change.gone.push(found) }
    };
    let (mut old_lines, mut new_lines) = (TextLines::default(), TextLines::default());
    for (_, problem) in surplus(&new, &old, |(key, _)| key) {
        add(problem, found(after, &mut new_lines, problem), true);
    }
    for (_, problem) in surplus(&old, &new, |(key, _)| key) {
        add(problem, found(before, &mut old_lines, problem), false);
    }
    rules.into_values().collect()
}

type Key<'a> = (&'static str, bool, &'a str, Cow<'a, str>);

/// What makes a finding the same in both books: its rule, its file and its words, as they are in the book after.
fn key<'a>(problem: &'a Diagnostic, moved: &FxHashMap<&'a str, &'a str>, retitled: &FxHashMap<&str, &str>) -> Key<'a> {
    let path = problem.place.path.as_str();
    let message = said_now(&problem.message, retitled);
    (problem.rule, problem.is_error(), moved.get(path).copied().unwrap_or(path), message)
}

/// A message with new titles in the place of old ones, which stand in quotes in it.
fn said_now<'a>(message: &'a str, retitled: &FxHashMap<&str, &str>) -> Cow<'a, str> {
    if retitled.is_empty() {
        return message.into();
    }
    let now = |(place, part)| retitled.get(part).copied().filter(|_| place % 2 == 1).unwrap_or(part);
    let parts = message.split('"').enumerate().map(now);
    parts.collect::<Vec<_>>().join("\"").into()
}

/// The new titles of entries by their old ones.
fn retitled<'a>(before: &BookVersion<'a>, after: &BookVersion<'a>, pairs: &Pairs) -> FxHashMap<&'a str, &'a str> {
    let (old, new) = (before.book, after.book);
    let kept = old.ids().filter_map(|id| Some((old.entry(id), new.entry(pairs.after[id.0 as usize]?))));
    let titles = kept.map(|(a, b)| (a.title.value.as_str(), b.title.value.as_str()));
    titles.filter(|(was, is)| was != is).collect()
}

/// Where the files of entries are now that stood elsewhere before: those whose entries have all gone to one file.
fn moved<'a>(before: &BookVersion<'a>, after: &BookVersion<'a>, pairs: &Pairs) -> FxHashMap<&'a str, &'a str> {
    let (old, new) = (before.book, after.book);
    let kept = old.ids().filter_map(|id| Some((old.entry(id), new.entry(pairs.after[id.0 as usize]?))));
    let mut files: FxHashMap<&str, Option<&str>> = FxHashMap::default();
    for (a, b) in kept.map(|(a, b)| (a.path.as_str(), b.path.as_str())) {
        files.entry(a).and_modify(|to| *to = to.filter(|to| *to == b)).or_insert(Some(b));
    }
    files.into_iter().filter_map(|(a, b)| Some((a, b.filter(|b| *b != a)?))).collect()
}

fn found(version: &BookVersion, lines: &mut TextLines, problem: &Diagnostic) -> FoundProblem {
    let path = &problem.place.path;
    let line = version.texts.get(path).map(|text| lines.line(path, text, problem.place.span));
    FoundProblem { path: path.as_str().to_owned(), line, message: problem.message.clone() }
}
