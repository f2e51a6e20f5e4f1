//! A link to a heading that its target does not have.

use super::Rule;
use crate::base::diagnostic::Severity;
use crate::base::near::nearest;
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
            let near = match by_text {
                true => nearest(fragment, headings.iter().map(|heading| heading.text.as_str())),
                false => nearest(fragment, headings.iter().map(|heading| heading.anchor.as_str())),
            };
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
fn fragment_span(target: crate::base::span::Span, fragment: &str, text: &str) -> crate::base::span::Span {
    match target.of(text).find('#') {
        Some(at) if !fragment.is_empty() => {
            crate::base::span::Span::new(target.start as usize + at + 1..target.end as usize)
        }
        _ => target,
    }
}
