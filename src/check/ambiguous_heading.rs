//! A link to a heading of whose name the entry has several.

use super::{How, Rule, WARNING, broken_anchor};
use crate::base::diagnostic::Place;
use crate::base::path::key;
use crate::book::Resolution;
use crate::parse::Target;

/// How many of the headings are shown.
const SHOWN: usize = 5;

pub const RULE: Rule = Rule {
    name: "ambiguous-heading",
    level: WARNING,
    plain: WARNING,
    how: How::Checked(|book, found| {
        for (from, place) in book.loose_places() {
            let to = book.resolution(from, place);
            let Resolution::Found { entry, anchor: Some(anchor), repeated: true, .. } = to else { continue };
            let (pointed, pointed_span) = book.pointed(from, place);
            let (target, source) = (book.entry(*entry), book.entry(from));
            let Some(first) = target.body.headings.iter().find(|heading| heading.anchor == *anchor) else { continue };
            let same: Vec<_> = target.body.headings.iter().filter(|h| key(&h.text) == key(&first.text)).collect();
            let fragment = match pointed {
                Target::Name { fragment: Some(fragment), .. } => fragment,
                _ => &first.text,
            };
            let span = broken_anchor::fragment_span(pointed_span, fragment, &source.text);
            let message = format!("\"{}\" has {} headings \"{}\"", target.title.value, same.len(), first.text);
            let others: Vec<String> = same.iter().skip(1).take(SHOWN).map(|h| format!("#{}", h.anchor)).collect();
            let help = format!("this leads to the first of them; name another by its anchor, as {}", others.join(", "));
            let diagnostic = found.at(source, span.unwrap_or(pointed_span), message).advise(help);
            for heading in same.iter().take(SHOWN) {
                let place = Place { path: target.path.clone(), span: heading.span };
                diagnostic.remark("one of them", Some(place));
            }
        }
    }),
};
