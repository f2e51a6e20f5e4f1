//! A look at a whole book by all rules.

use rayon::prelude::*;

use super::{Levels, RULES, Reporter, RuleScope};
use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::book::{Book, EntryId};

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

impl Reporter<'_> {
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
}
