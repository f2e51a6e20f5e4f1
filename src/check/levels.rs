//! How much each rule's findings matter in a book.

use rustc_hash::FxHashMap;

use super::{RULES, Rule, RuleScope};
use crate::base::diagnostic::{Diagnostic, Level, Severity, Telling};
use crate::base::path::SourcePath;
use crate::base::suggest::near;
use crate::config::Config;

/// The levels that a book sets; all other rules keep their own.
#[derive(Debug, Default)]
pub struct Levels(FxHashMap<&'static str, Level>);

impl Levels {
    /// What `[check]` in `book.toml` says, and what is wrong with it.
    pub fn of_book(config: &Config) -> (Levels, Vec<Diagnostic>) {
        let mut levels = Levels::default();
        let mut problems = Vec::new();
        for (name, level) in &config.levels {
            let told = |message: String| Diagnostic::error("bad-config", &config.path, name.span, message);
            match RULES.iter().find(|rule| rule.name == name.value) {
                None => {
                    let told = told(format!("there is no rule \"{}\"", name.value));
                    problems.push(match near(&name.value, RULES.iter().map(|rule| rule.name)) {
                        Some(near) => told.meant(&near),
                        None => told.help("dossier explain lists all rules"),
                    });
                }
                Some(rule) if matches!(rule.how, RuleScope::Fatal) => {
                    let message = match rule.plain == rule.level {
                        true => format!("\"{}\" is always an error", rule.name),
                        false => format!("\"{}\" keeps its own level", rule.name),
                    };
                    problems.push(told(message).help("take the line out"));
                }
                Some(rule) => {
                    levels.0.insert(rule.name, *level);
                }
            }
        }
        (levels, problems)
    }

    /// What the book says of a rule, if it does.
    pub fn of(&self, rule: &Rule) -> Option<Level> {
        self.0.get(rule.name).copied()
    }

    /// Whether nobody is ever told what a rule finds.
    pub fn is_off(&self, rule: &Rule) -> bool {
        self.of(rule).unwrap_or(rule.level.or(rule.plain)).is_none()
    }

    /// Gives findings the severity that the book sets, and leaves out those that it does not want.
    pub fn apply(&self, problems: &mut Vec<Diagnostic>) {
        problems.retain_mut(|problem| match self.0.get(problem.rule) {
            None => true,
            Some(None) => false,
            Some(Some(severity)) => {
                problem.severity = *severity;
                true
            }
        });
    }
}

/// Makes warnings of the errors in plain sections whose rules say so, and has a build tell all warnings there in few
/// lines: a folder of notes is published as it is.
pub fn soften(problems: &mut [Diagnostic], is_declared: impl Fn(&SourcePath) -> bool) {
    for problem in problems.iter_mut().filter(|problem| !is_declared(&problem.place.path)) {
        if let Some(Some(plain)) = RULES.iter().find(|rule| rule.name == problem.rule).map(|rule| rule.plain) {
            problem.severity = problem.severity.max(plain);
        }
        if problem.severity == Severity::Warning && problem.telling == Telling::Whole {
            problem.telling = Telling::Grouped;
        }
    }
}
