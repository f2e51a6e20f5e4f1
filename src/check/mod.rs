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
mod run;
mod shared_address;
mod skipped_heading;
mod suggestion;
mod suppression;
mod unknown_source;
mod unlinked_mention;
mod unsafe_asset;
mod unsafe_link;
mod unsourced_entry;
mod unused_asset;

pub use levels::{Levels, soften};
pub use run::all;
pub use suppression::excuse;

use crate::base::date::Day;
use crate::base::diagnostic::{Diagnostic, Level, Place, Severity};
use crate::base::path::SourcePath;
use crate::base::span::Span;
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
    build_rules::MISSING_FEATURE,
    build_rules::MISSING_FIELD,
    build_rules::MISSING_FOOTNOTE,
    build_rules::MISSING_GLYPH,
    build_rules::MISSING_HISTORY,
    build_rules::MISSING_REFERENCE,
    build_rules::MISSING_SITE_URL,
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

/// The place of an entry's title.
fn title_of(entry: &Entry) -> Place {
    Place { path: entry.path.clone(), span: entry.title.span }
}
