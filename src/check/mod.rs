//! What is wrong with a book that reads well: what a rule is, one file for each, and the list of them.

mod ambiguous_link;
mod broken_anchor;
mod broken_link;
mod dangling_reference;
mod draft_link;
mod duplicate_name;
mod external_image;
mod missing_asset;
mod unknown_source;
mod unsafe_link;

use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::near::{ALIKE, likeness};
use crate::base::span::Span;
use crate::book::{Book, EntryId};
use crate::parse::Entry;
use rayon::prelude::*;

/// One thing that can be wrong.
pub struct Rule {
    /// Kebab-case and stable: it stands in messages, in the manual and in `book.toml`.
    pub name: &'static str,
    /// How much it matters by default.
    pub severity: Severity,
    pub check: fn(&Book, &mut Found),
}

/// All rules.
pub const RULES: &[Rule] = &[
    ambiguous_link::RULE,
    broken_anchor::RULE,
    broken_link::RULE,
    dangling_reference::RULE,
    draft_link::RULE,
    duplicate_name::RULE,
    external_image::RULE,
    missing_asset::RULE,
    unknown_source::RULE,
    unsafe_link::RULE,
];

/// How many findings of a rule are answered with the nearest name: looking for it costs a look at every name there is.
const MOST_ADVISED: usize = 200;

/// Where a rule puts what it finds.
pub struct Found<'a> {
    rule: &'a Rule,
    book: &'a Book,
    diagnostics: Vec<Diagnostic>,
}

impl Found<'_> {
    /// Whether the rule's next finding is to be answered with the nearest name.
    fn advises(&self) -> bool {
        self.diagnostics.len() < MOST_ADVISED
    }

    /// A finding in an entry, at the rule's own severity.
    fn at(&mut self, entry: &Entry, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let mut diagnostic = Diagnostic::error(self.rule.name, &entry.path, span, message);
        diagnostic.severity = self.rule.severity;
        self.diagnostics.push(diagnostic);
        self.diagnostics.last_mut().expect("one was pushed just now")
    }

    /// A finding that matters less in plain sections: a folder of notes is published as it is,
    /// while a declared collection vouches for its links.
    fn link(&mut self, id: EntryId, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let entry = self.book.entry(id);
        let severity = if entry.collection.is_some() { self.rule.severity } else { Severity::Warning };
        let diagnostic = self.at(entry, span, message);
        diagnostic.severity = severity;
        diagnostic
    }
}

/// All that the rules find.
pub fn all(book: &Book) -> Vec<Diagnostic> {
    RULES
        .par_iter()
        .flat_map_iter(|rule| {
            let mut found = Found { rule, book, diagnostics: Vec::new() };
            (rule.check)(book, &mut found);
            found.diagnostics
        })
        .collect()
}

/// The path that was meant by one that leads nowhere, among those that do not: the one whose file has the most alike
/// name, and of equally alike ones the one in the most alike folder.
fn nearest_path<'a>(path: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let file = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
    let path = path.to_lowercase();
    let name = path.rsplit('/').next().unwrap_or(&path);
    let alike = candidates.map(|candidate| (likeness(name, file(candidate)), candidate));
    let alike = alike
        .filter(|(score, _)| *score >= ALIKE)
        .map(|(score, candidate)| (score, likeness(&path, candidate), candidate));
    let best = alike.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then_with(|| b.2.cmp(a.2)));
    best.map(|(_, _, candidate)| candidate)
}

/// The place of an entry's title.
fn title_of(entry: &Entry) -> Place {
    Place { path: entry.path.clone(), span: entry.title.span }
}
