//! How much each rule's findings matter in this book: `[check]`.

use super::toml_table::Table;
use crate::base::diagnostic::{Diagnostic, Level, Severity};
use crate::base::span::{Span, Spanned};
use crate::base::suggest::Suggestion;

/// The words for levels in `book.toml`.
pub const LEVELS: [(&str, Level); 3] =
    [("off", None), ("warn", Some(Severity::Warning)), ("error", Some(Severity::Error))];

/// What other tools call them.
const ALSO: [(&str, &str); 6] =
    [("allow", "off"), ("ignore", "off"), ("none", "off"), ("warning", "warn"), ("deny", "error"), ("forbid", "error")];

/// A level for each rule that the book names, whether there is such a rule or not.
pub fn levels(table: Table, problems: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Level)> {
    let mut levels = Vec::new();
    for (rule, value) in table.entries() {
        let written = value.get_ref().as_str().unwrap_or("");
        if let Some((_, level)) = LEVELS.iter().find(|(word, _)| *word == written) {
            levels.push((rule, *level));
            continue;
        }
        let message = format!("\"check.{}\" wants \"off\", \"warn\" or \"error\"", rule.value);
        let told = table.error(Span::new(value.span()), message);
        let meant = ALSO.iter().find(|(word, _)| *word == written.to_lowercase()).map(|(_, meant)| *meant);
        problems.push(match meant {
            Some(meant) => told
                .meant(&Suggestion { name: &format!("\"{meant}\""), is_sure: true })
                .help(format!("write \"{meant}\"")),
            None => told.help("write one of them in quotes"),
        });
    }
    levels
}
