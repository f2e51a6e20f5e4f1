//! What is wrong with a book: what a rule is, one file for each, and the list of them.

mod acyclic_relation;
mod ambiguous_heading;
mod ambiguous_link;
mod broken_anchor;
mod broken_link;
mod build_rules;
mod dangling_reference;
mod date_order;
mod draft_link;
mod duplicate_heading;
mod duplicate_name;
mod empty_entry;
mod external_image;
mod inverse_field;
mod levels;
mod missing_alt;
mod missing_asset;
mod old_address;
mod orphan_entry;
mod review_due;
mod shared_address;
mod skipped_heading;
mod suppression;
mod unknown_source;
mod unlinked_mention;
mod unsafe_asset;
mod unsafe_link;
mod unsourced_entry;
mod unused_asset;

pub use levels::{Levels, soften};
pub use suppression::excuse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::date::Day;
use crate::base::diagnostic::{Diagnostic, Edit, Fix, Level, Place, Severity};
use crate::base::path::SourcePath;
use crate::base::span::Span;
use crate::base::suggest::{Suggestion, alike, is_typo, likeness};
use crate::book::{Book, EntryId};
use crate::parse::Entry;

/// One thing that can be wrong.
pub struct Rule {
    /// Kebab-case and stable: it stands in messages, in the manual and in `book.toml`.
    pub name: &'static str,
    /// How much it matters by default in a declared collection, and in a book as a whole.
    pub level: Level,
    /// How much it matters by default in a plain section: a folder of notes is published as it is, while a collection
    /// vouches for what it holds.
    pub plain: Level,
    pub how: RuleScope,
}

/// How a rule's findings come about.
pub enum RuleScope {
    /// By a look at the linked book.
    Checked(fn(&Book, &mut Reporter)),
    /// By a look at each of its entries.
    OfEntry(fn(&Book, EntryId, &Entry, &mut Reporter)),
    /// While a file is read, where it is told.
    Read,
    /// The same, at no other level than its own, and excused by nothing: what it tells of could not be used at all.
    Fatal,
}

const OFF: Level = None;
const WARNING: Level = Some(Severity::Warning);
const ERROR: Level = Some(Severity::Error);

/// All rules, by name.
pub const RULES: &[Rule] = &[
    acyclic_relation::RULE,
    ambiguous_heading::RULE,
    ambiguous_link::RULE,
    build_rules::BAD_CONFIG,
    suppression::BAD_EXCUSE,
    build_rules::BAD_THEME,
    build_rules::BAD_YAML,
    broken_anchor::RULE,
    broken_link::RULE,
    build_rules::CLASHING_PATHS,
    build_rules::CUT_VALUE,
    dangling_reference::RULE,
    date_order::RULE,
    draft_link::RULE,
    build_rules::DUPLICATE_ANCHOR,
    duplicate_heading::RULE,
    build_rules::DUPLICATE_KEY,
    duplicate_name::RULE,
    empty_entry::RULE,
    external_image::RULE,
    build_rules::FOREIGN_SYNTAX,
    inverse_field::RULE,
    build_rules::LOST_CELL,
    missing_alt::RULE,
    missing_asset::RULE,
    build_rules::MISSING_FIELD,
    build_rules::MISSING_FOOTNOTE,
    build_rules::MISSING_REFERENCE,
    old_address::RULE,
    build_rules::OPEN_COMMENT,
    orphan_entry::RULE,
    build_rules::REMOVED_HTML,
    review_due::RULE,
    shared_address::RULE,
    build_rules::SHOWN_COMMENT,
    build_rules::SHOWN_FRONT_MATTER,
    skipped_heading::RULE,
    build_rules::UNKNOWN_FIELD,
    unknown_source::RULE,
    build_rules::UNKNOWN_TAG,
    unlinked_mention::RULE,
    build_rules::UNREADABLE_FILE,
    unsafe_asset::RULE,
    unsafe_link::RULE,
    unsourced_entry::RULE,
    unused_asset::RULE,
    suppression::UNUSED_EXCUSE,
    build_rules::UNUSED_FOOTNOTE,
    build_rules::WRONG_VALUE,
];

/// How many findings of a rule are answered with the nearest name: looking for it costs a look at every name there is.
const MOST_ADVISED: usize = 200;

/// Where a rule puts what it finds.
pub struct Reporter<'a> {
    rule: &'a Rule,
    /// What the book says of the rule.
    set: Option<Level>,
    /// The day of the check.
    today: Option<Day>,
    diagnostics: Vec<Diagnostic>,
    /// The last finding that nobody is told of.
    muted: Option<Diagnostic>,
}

impl Reporter<'_> {
    /// Whether the rule's next finding is to be answered with the nearest name.
    fn advises(&self) -> bool {
        self.diagnostics.len() < MOST_ADVISED
    }

    /// How much a finding matters, in a declared collection or in a plain section.
    fn level(&self, is_declared: bool) -> Level {
        self.set.unwrap_or(if is_declared { self.rule.level } else { self.rule.plain })
    }

    /// Whether anybody is told of findings in an entry.
    fn asks_for(&self, entry: &Entry) -> bool {
        self.level(entry.collection.is_some()).is_some()
    }

    fn look(&mut self, book: &Book) {
        if let RuleScope::Checked(check) = self.rule.how {
            check(book, self);
        }
    }

    fn look_at(&mut self, book: &Book, id: EntryId) {
        if let RuleScope::OfEntry(check) = self.rule.how {
            check(book, id, book.entry(id), self);
        }
    }

    /// A finding in an entry.
    fn at(&mut self, entry: &Entry, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.in_file(&entry.path, entry.collection.is_some(), span, message)
    }

    /// A finding in a file.
    fn in_file(
        &mut self,
        path: &SourcePath,
        is_declared: bool,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic::error(self.rule.name, path, span, message);
        match self.level(is_declared) {
            None => self.muted.insert(diagnostic),
            Some(severity) => {
                self.diagnostics.push(Diagnostic { severity, ..diagnostic });
                self.diagnostics.last_mut().expect("one was pushed just now")
            }
        }
    }
}

/// All that the rules find in a linked book. `today` is the day of the check, if there is one.
pub fn all(book: &Book, levels: &Levels, today: Option<Day>) -> Vec<Diagnostic> {
    let asked =
        RULES.iter().map(|rule| Reporter { rule, set: levels.of(rule), today, diagnostics: Vec::new(), muted: None });
    let asked: Vec<Reporter> = asked.filter(|found| found.level(true).or(found.level(false)).is_some()).collect();
    let (mut of_entries, mut others): (Vec<Reporter>, Vec<Reporter>) =
        asked.into_iter().partition(|found| matches!(found.rule.how, RuleScope::OfEntry(_)));
    rayon::join(
        || others.par_iter_mut().for_each(|found| found.look(book)),
        // Entries are many and lie far apart: each is looked at by all rules at once.
        || book.ids().for_each(|id| of_entries.iter_mut().for_each(|found| found.look_at(book, id))),
    );
    of_entries.into_iter().chain(others).flat_map(|found| found.diagnostics).collect()
}

/// The path that was meant by one that leads nowhere, among those that do not: the one whose file has the most alike
/// name, and of equally alike ones the one in the most alike folder. It is sure if it is the only one that differs by a
/// slip in its name or in its folder.
fn nearest_path<'a>(path: &str, candidates: impl Iterator<Item = &'a str>) -> Option<Suggestion<'a>> {
    let path = path.to_lowercase();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let alike: Vec<_> = candidates
        .filter_map(|candidate| {
            let score = alike(name, candidate.rsplit('/').next().unwrap_or(""))?;
            Some((score, likeness(&path, candidate), candidate))
        })
        .collect();
    let best = alike.iter().max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then_with(|| b.2.cmp(a.2)));
    let is_near = |candidate: &str| {
        let lower = candidate.to_lowercase();
        let (other_folder, other_name) = lower.rsplit_once('/').unwrap_or(("", &lower));
        (folder == other_folder && is_typo(name, other_name)) || (name == other_name && is_typo(folder, other_folder))
    };
    let slips = alike.iter().filter(|(_, _, candidate)| is_near(candidate)).count();
    best.map(|(_, _, best)| Suggestion { name: best, is_sure: slips == 1 && is_near(best) })
}

/// What is missing under a name at several places: then the name may be right, and what it stands for misspelt.
struct Missing(FxHashMap<String, usize>);

impl Missing {
    fn of(names: impl Iterator<Item = String>) -> Missing {
        let mut missing = Missing(FxHashMap::default());
        for name in names {
            *missing.0.entry(name).or_default() += 1;
        }
        missing
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was meant, which is sure only where one place alone says otherwise.
    fn doubt<'a>(&self, name: &str, near: Suggestion<'a>) -> Suggestion<'a> {
        Suggestion { is_sure: near.is_sure && self.0.get(name).is_none_or(|count| *count < 2), ..near }
    }
}

/// Offers the name that was meant: to read, and to write at a place where that is possible.
fn offer<'d>(diagnostic: &'d mut Diagnostic, near: &Suggestion, written: Option<(Span, String)>) -> &'d mut Diagnostic {
    if let Some((span, replacement)) = written {
        let place = Place { span, path: diagnostic.place.path.clone() };
        diagnostic.remedy(Fix { edits: vec![Edit { place, replacement }], safe: near.is_sure });
    }
    diagnostic.advise(near.question())
}

/// The place of an entry's title.
fn title_of(entry: &Entry) -> Place {
    Place { path: entry.path.clone(), span: entry.title.span }
}
