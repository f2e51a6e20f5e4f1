//! A link to a heading that its target does not have.

use super::suggestion::offer;
use super::{ERROR, Rule, RuleScope, WARNING};
use crate::base::path::destination;
use crate::base::span::Span;
use crate::base::suggest::{Suggestion, near};
use crate::book::Resolution;
use crate::parse::RawTarget;

pub const RULE: Rule = Rule {
    name: "broken-anchor",
    level: ERROR,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (from, place) in book.loose_places() {
            let Resolution::NoSuchAnchor { entry, fragment } = book.resolution(from, place) else { continue };
            let link = &book.entry(from).links[place];
            let (_, pointed) = book.pointed(from, place);
            let target = book.entry(*entry);
            let headings = &target.body.headings;
            let message = format!("\"{}\" has no heading \"{fragment}\"", target.title.value);
            // A wikilink names a heading by its text, a path by its anchor.
            let by_text = matches!(link.target, RawTarget::Name { .. });
            let known = headings.iter().map(|h| if by_text { &*h.text } else { &*h.anchor });
            let near = near(fragment, known.filter(|_| found.advises()));
            let known = || {
                let shown = headings.iter().take(8).map(|h| if by_text { &*h.text } else { &*h.anchor });
                shown.collect::<Vec<_>>().join(", ")
            };
            let span = fragment_span(pointed, fragment, &book.entry(from).text);
            let diagnostic = found.at(book.entry(from), span.unwrap_or(pointed), message);
            match near {
                Some(near) => {
                    let shown = format!("#{}", near.name);
                    let text = if by_text { near.name.to_owned() } else { destination(near.name) };
                    offer(
                        diagnostic,
                        &Suggestion { name: &shown, ..near },
                        span.and_then(|span| book.write_part(book.entry(from), link, span, &text)),
                    );
                }
                None if headings.is_empty() => {
                    diagnostic.advise("it has no headings: take the # and what follows out");
                }
                None => {
                    diagnostic.advise(format!("its headings are {}", known()));
                }
            }
        }
    }),
};

/// The part of a link's target after its `#`, where it can be told.
pub fn fragment_span(target: Span, fragment: &str, text: &str) -> Option<Span> {
    // In a text that was folded or escaped the target's place is that of the whole text.
    let written = target.of(text);
    // A name may hold the sign as well.
    let mut parts = written.match_indices('#').map(|(at, _)| &written[at + 1..]);
    let part = parts.find(|part| part.trim() == fragment)?;
    let start = target.end as usize - part.trim_start().len();
    Some(Span::new(start..start + part.trim().len()))
}
