//! Comments that excuse a line, held against what was found.

use rustc_hash::FxHashMap;

use super::{ERROR, Levels, RULES, Rule, RuleScope, WARNING};
use crate::base::diagnostic::{Diagnostic, Edit, Fix, Place};
use crate::base::path::SourcePath;
use crate::base::suggest::near;
use crate::parse::Suppression;

/// An excuse that does not say what it excuses, or why.
pub const BAD_EXCUSE: Rule = Rule { name: "bad-excuse", level: ERROR, plain: WARNING, how: RuleScope::Fatal };

/// An excuse that excuses nothing.
pub const UNUSED_EXCUSE: Rule = Rule { name: "unused-excuse", level: WARNING, plain: WARNING, how: RuleScope::Read };

/// Takes out the findings that are excused, and tells of the excuses that are none. Of the latter only if the book is read
/// as it is published: what is not read cannot be wrong, and a draft that is built is none.
pub fn excuse(problems: &mut Vec<Diagnostic>, excuses: &[Suppression], levels: &Levels, is_whole: bool) {
    if excuses.is_empty() {
        return;
    }
    let mut in_file: FxHashMap<&SourcePath, Vec<usize>> = FxHashMap::default();
    for (i, excuse) in excuses.iter().enumerate() {
        in_file.entry(&excuse.path).or_default().push(i);
    }
    // Which of its rules each excuse has served.
    let mut served: Vec<Vec<bool>> = excuses.iter().map(|excuse| vec![false; excuse.rules.len()]).collect();
    problems.retain(|problem| {
        let mut excused = false;
        let at = problem.place.span.start;
        for i in in_file.get(&problem.place.path).into_iter().flatten() {
            let excuse = &excuses[*i];
            if !excuse.covers.range().contains(&(at as usize)) || !excuse.has_reason {
                continue;
            }
            for (rule, served) in excuse.rules.iter().zip(&mut served[*i]) {
                if rule.value == problem.rule && can_be_excused(problem.rule) {
                    *served = true;
                    excused = true;
                }
            }
        }
        !excused
    });
    for (excuse, served) in excuses.iter().zip(served) {
        match bad(excuse) {
            Some(problem) => problems.push(problem),
            None if is_whole && !excuse.is_held => problems.extend(unused(excuse, &served, levels)),
            None => {}
        }
    }
}

fn can_be_excused(name: &str) -> bool {
    let is_one = name == UNUSED_EXCUSE.name;
    !is_one && RULES.iter().any(|rule| rule.name == name && !matches!(rule.how, RuleScope::Fatal))
}

/// What is wrong with an excuse itself.
fn bad(excuse: &Suppression) -> Option<Diagnostic> {
    let told = |span, message: String| Diagnostic::error(BAD_EXCUSE.name, &excuse.path, span, message);
    if excuse.rules.is_empty() {
        let help = "name the rule and say why: dossier-allow broken-link: the page comes in May";
        return Some(told(excuse.span, "this excuse names no rule".to_owned()).help(help));
    }
    for rule in &excuse.rules {
        if RULES.iter().all(|known| known.name != rule.value) {
            let told = told(rule.span, format!("there is no rule \"{}\"", rule.value));
            return Some(match near(&rule.value, RULES.iter().map(|rule| rule.name)) {
                Some(near) => told.meant(&near),
                None => told.help("dossier explain lists all rules"),
            });
        }
        if !can_be_excused(&rule.value) {
            let help = "mend what it tells of, and take the excuse out";
            return Some(told(rule.span, format!("\"{}\" cannot be excused", rule.value)).help(help));
        }
    }
    let names: Vec<&str> = excuse.rules.iter().map(|rule| rule.value.as_str()).collect();
    (!excuse.has_reason).then(|| {
        let help = format!("say why after a colon: dossier-allow {}: …", names.join(", "));
        told(excuse.span, "this excuse gives no reason".to_owned()).help(help)
    })
}

/// The rules of which an excuse excuses no finding.
fn unused(excuse: &Suppression, served: &[bool], levels: &Levels) -> Vec<Diagnostic> {
    // Of a rule that is off nothing is found, and the excuse waits for the day on which it is not.
    // So it is before the day on which something is due.
    let is_off = |name: &str| name == "review-due" || RULES.iter().any(|rule| rule.name == name && levels.is_off(rule));
    let served = || excuse.rules.iter().zip(served);
    let is_of_use = served().any(|(rule, served)| *served || is_off(&rule.value));
    let idle = served().filter(|(rule, served)| !**served && !is_off(&rule.value));
    idle.map(|(rule, _)| {
        let message = format!("there is no {} here to excuse", rule.value);
        let told = Diagnostic::warning(UNUSED_EXCUSE.name, &excuse.path, rule.span, message);
        if is_of_use {
            return told.help("take its name out");
        }
        let mut told = told.help("take the comment out");
        let place = Place { path: excuse.path.clone(), span: excuse.removal };
        let edits = vec![Edit { place, replacement: excuse.instead.to_owned() }];
        told.remedy(Fix { edits, safe: excuse.is_safe });
        told
    })
    .collect()
}
