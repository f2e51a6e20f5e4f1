//! A link to a heading that its target does not have.

use super::Rule;
use crate::base::diagnostic::Severity;
use crate::base::near::nearest;
use crate::base::span::Span;
use crate::book::Resolution;
use crate::parse::Target;

pub const RULE: Rule = Rule {
    name: "broken-anchor",
    severity: Severity::Error,
    check: |book, found| {
        for (from, link, to) in book.links() {
            let Resolution::NoSuchAnchor { entry, fragment } = to else { continue };
            let target = book.entry(*entry);
            let headings = &target.body.headings;
            let message = format!("\"{}\" has no heading \"{fragment}\"", target.title.value);
            // A wikilink names a heading by its text, a path by its anchor.
            let by_text = matches!(link.target, Target::Name { .. });
            let known = headings.iter().map(|h| if by_text { h.text.as_str() } else { h.anchor.as_str() });
            let near = nearest(fragment, known.filter(|_| found.advises()));
            let known = || {
                let shown = headings.iter().take(8).map(|h| if by_text { h.text.as_str() } else { h.anchor.as_str() });
                shown.collect::<Vec<_>>().join(", ")
            };
            let help = match near {
                Some(near) => format!("did you mean \"#{near}\"?"),
                None if headings.is_empty() => "it has no headings: take the # and what follows out".to_owned(),
                None => format!("its headings are {}", known()),
            };
            let span = fragment_span(link.target_span, fragment, book.text(book.entry(from)));
            found.link(from, span, message).advise(help);
        }
    },
};

/// The part of a link's target after its `#`, where it can be told.
fn fragment_span(target: Span, fragment: &str, text: &str) -> Span {
    // In a text that was folded or escaped the target's place is that of the whole text.
    let written = target.of(text);
    match written.find('#').filter(|at| written[at + 1..].trim() == fragment) {
        Some(at) => Span::new(target.start as usize + at + 1..target.end as usize),
        None => target,
    }
}
