//! Changes as JSON, version 1. The manual has its form in `docs/reviewing.md`: what is there stays, and more may come.

use serde_json::{Value, json};

use crate::base::diagnostic::Severity;
use crate::compare::{
    Aspect, BookChanges, BookSide, BrokenLink, Detail, DetailChange, EntryChange, Fate, FoundProblem, MentionChange,
    RuleChange, SourceChange, TextChange,
};
use crate::disk::Revision;
use crate::workspace::Comparison;

/// What changes when a reader of the format could no longer read it.
const VERSION: u32 = 1;

pub fn changes(comparison: &Comparison) -> String {
    let Comparison { before, after, changes } = comparison;
    let all = json!({
        "version": VERSION,
        "generator": { "name": "dossier", "version": env!("CARGO_PKG_VERSION") },
        "before": side(Some(before), &changes.before),
        "after": side(after.as_ref(), &changes.after),
        "counts": counts(changes),
        "book": details(&changes.book),
        "entries": changes.entries.iter().map(entry).collect::<Vec<_>>(),
        "sources": changes.sources.iter().map(source).collect::<Vec<_>>(),
        "broken_links": changes.broken.iter().map(link).collect::<Vec<_>>(),
        "mended_links": changes.mended.iter().map(link).collect::<Vec<_>>(),
        "findings": changes.rules.iter().map(rule).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

fn side(revision: Option<&Revision>, side: &BookSide) -> Value {
    json!({
        "revision": revision.map(|revision| &revision.name),
        "commit": revision.map(|revision| &revision.id),
        "folder": revision.and_then(|revision| revision.folder.as_ref()),
        "entries": side.entries,
        "errors": side.errors,
        "unread": side.unread,
    })
}

fn counts(changes: &BookChanges) -> Value {
    let fates = |order: usize| changes.entries.iter().filter(|change| change.fate.order() == order).count();
    let (new_errors, gone_errors) = changes.findings(Severity::Error);
    let (new_warnings, gone_warnings) = changes.findings(Severity::Warning);
    json!({
        "new": fates(0),
        "removed": fates(1),
        "moved": fates(2),
        "changed": fates(3),
        "sources": changes.sources.len(),
        "broken_links": changes.broken.len(),
        "mended_links": changes.mended.len(),
        "new_errors": new_errors,
        "gone_errors": gone_errors,
        "new_warnings": new_warnings,
        "gone_warnings": gone_warnings,
    })
}

/// The word for what became of something, where it stood before, and whether it is or was a draft.
fn fate(fate: &Fate) -> (&'static str, Option<&str>, bool) {
    match fate {
        Fate::New { was_draft } => ("new", None, *was_draft),
        Fate::Gone { is_draft } => ("removed", None, *is_draft),
        Fate::Moved { from } => ("moved", Some(from), false),
        Fate::Changed => ("changed", None, false),
    }
}

fn entry(change: &EntryChange) -> Value {
    let (word, from, draft) = fate(&change.fate);
    json!({
        "change": word,
        "title": change.title,
        "address": change.address,
        "from": from,
        "draft": draft,
        "path": change.path,
        "section": change.section,
        "linked_from": change.linked_from,
        "broken_links": change.broken,
        "details": details(&change.details),
    })
}

fn source(change: &SourceChange) -> Value {
    let (word, from, _) = fate(&change.fate);
    json!({
        "change": word,
        "key": change.key,
        "from": from,
        "title": change.title,
        "cited_by": change.cited_by,
        "details": details(&change.details),
    })
}

fn details(details: &[Detail]) -> Vec<Value> {
    details.iter().map(detail).collect()
}

fn detail(detail: &Detail) -> Value {
    let (what, name, label) = match &detail.aspect {
        Aspect::Field { name, label } => ("field", Some(name), Some(label)),
        Aspect::Note { name, label } => ("note", Some(name), Some(label)),
        Aspect::Key(key) => ("key", Some(key), None),
        aspect => (aspect.key(), None, None),
    };
    let mut said = json!({ "what": what, "name": name, "label": label });
    let more = match &detail.change {
        DetailChange::Values { lost, gained, is_whole } => {
            json!({ "kind": "values", "lost": lost, "gained": gained, "whole": is_whole })
        }
        DetailChange::Text(TextChange::Words { added, removed }) => {
            json!({ "kind": "words", "added": added, "removed": removed })
        }
        DetailChange::Text(TextChange::Order) => json!({ "kind": "order" }),
        DetailChange::Text(TextChange::Markup) => json!({ "kind": "markup" }),
        DetailChange::Mentions(MentionChange::First) => json!({ "kind": "first" }),
        DetailChange::Mentions(MentionChange::Last) => json!({ "kind": "last" }),
    };
    if let (Value::Object(said), Value::Object(more)) = (&mut said, more) {
        said.extend(more);
    }
    said
}

fn link(link: &BrokenLink) -> Value {
    let BrokenLink { title, path, line, target, led_to, from: _, led_to_id: _ } = link;
    json!({ "path": path, "line": line, "title": title, "target": target, "led_to": led_to })
}

fn rule(change: &RuleChange) -> Value {
    let RuleChange { rule, is_error, new, gone } = change;
    let all = |found: &[FoundProblem]| found.iter().map(problem).collect::<Vec<_>>();
    let level = if *is_error { "error" } else { "warning" };
    json!({ "rule": rule, "level": level, "new": all(new), "gone": all(gone) })
}

fn problem(problem: &FoundProblem) -> Value {
    let FoundProblem { path, line, message } = problem;
    json!({ "path": path, "line": line, "message": message })
}
