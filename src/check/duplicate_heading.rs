//! Two headings of one text below the same heading.

use rustc_hash::FxHashMap;

use super::{OFF, Rule, RuleScope, WARNING};
use crate::base::diagnostic::Place;
use crate::base::fingerprint::Fingerprint;
use crate::base::span::Span;

pub const RULE: Rule = Rule {
    name: "duplicate-heading",
    level: WARNING,
    plain: OFF,
    how: RuleScope::OfEntry(|_, _, entry, found| {
        // One heading has no other beside it.
        if entry.body.headings.len() < 2 || !found.asks_for(entry) {
            return;
        }
        // The headings that are open, by their places, and the first of each text below each of them.
        let mut open: Vec<usize> = Vec::new();
        let mut first: FxHashMap<(Option<usize>, Fingerprint), Span> = FxHashMap::default();
        for (i, heading) in entry.body.headings.iter().enumerate().filter(|(_, heading)| !heading.text.is_empty()) {
            while open.last().is_some_and(|last| entry.body.headings[*last].level >= heading.level) {
                open.pop();
            }
            let place = (open.last().copied(), heading.mark);
            open.push(i);
            let Some(span) = first.get(&place).copied() else {
                first.insert(place, heading.span);
                continue;
            };
            let first = Place { path: entry.path.clone(), span };
            found
                .at(entry, heading.span, format!("another heading here is called \"{}\"", heading.text))
                .advise("tell the two apart, or put what they say under one")
                .remark("first called so here", Some(first));
        }
    }),
};
