//! A heading that is more than one level below the one before it.

use super::{OFF, Rule, RuleScope, WARNING};
use crate::base::diagnostic::{Edit, Fix, Place};
use crate::base::span::Span;

pub const RULE: Rule = Rule {
    name: "skipped-heading",
    level: WARNING,
    plain: OFF,
    how: RuleScope::OfEntry(|_, _, entry, found| {
        // The title stands above the first heading, unless headings of the first level are left in the text.
        let mut before = if entry.body.title.is_some() { 1 } else { 1 - entry.body.heading_shift() };
        for heading in &entry.body.headings {
            let expected = before + 1;
            if heading.level > expected {
                let message = match before {
                    0 => format!("a text begins with a heading of level {}", heading.level),
                    _ => format!("a heading of level {} follows one of level {before}", heading.level),
                };
                let diagnostic = found.at(entry, heading.span, message);
                diagnostic.advise(format!("write {} for the next level", "#".repeat(expected.into())));
                let signs = usize::from(heading.level);
                if heading.span.of(&entry.text).starts_with(&"#".repeat(signs)) {
                    let start = heading.span.start as usize;
                    let place = Place { path: entry.path.clone(), span: Span::new(start..start + signs) };
                    let edits = vec![Edit { place, replacement: "#".repeat(expected.into()) }];
                    diagnostic.remedy(Fix { edits, safe: false });
                }
            }
            before = heading.level;
        }
    }),
};
