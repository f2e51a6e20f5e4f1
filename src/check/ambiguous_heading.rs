//! A link to a heading of whose name the entry has several.

use super::{Rule, RuleScope, WARNING, broken_anchor};
use crate::base::diagnostic::Place;
use crate::base::path::nfc;
use crate::book::Resolution;
use crate::parse::anchor::slug;
use crate::parse::{Heading, RawTarget};

/// How many of the headings are shown.
const SHOWN: usize = 5;

pub const RULE: Rule = Rule {
    name: "ambiguous-heading",
    level: WARNING,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (from, place) in book.loose_places() {
            let to = book.resolution(from, place);
            let Resolution::Found { entry, anchor: Some(anchor), repeated: true, .. } = to else { continue };
            let (pointed, pointed_span) = book.pointed(from, place);
            let (target, source) = (book.entry(*entry), book.entry(from));
            let Some(first) = target.body.headings.iter().find(|heading| heading.anchor == *anchor) else { continue };
            let same = called_alike(&target.body.headings, first);
            let fragment = match pointed {
                RawTarget::Name { fragment: Some(fragment), .. } => fragment,
                _ => &first.text,
            };
            let span = broken_anchor::fragment_span(pointed_span, fragment, &source.text);
            let are_one = same.iter().all(|heading| nfc(&heading.text) == nfc(&first.text));
            let message = match are_one {
                true => format!("\"{}\" has {} headings \"{}\"", target.title.value, same.len(), first.text),
                false => format!("\"{}\" has {} headings that \"{fragment}\" may mean", target.title.value, same.len()),
            };
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

/// The headings that the words for one of them may mean as well: those of its text, or else those whose texts are one
/// but for case, or but for signs.
fn called_alike<'a>(headings: &'a [Heading], first: &Heading) -> Vec<&'a Heading> {
    let alike: [&dyn Fn(&Heading) -> bool; 3] =
        [&|other| nfc(&other.text) == nfc(&first.text), &|other| other.mark == first.mark, &|other| {
            slug(&other.text) == slug(&first.text)
        }];
    let groups = alike.into_iter().map(|is_alike| headings.iter().filter(|heading| is_alike(heading)).collect());
    groups.into_iter().find(|group: &Vec<_>| group.len() > 1).unwrap_or_default()
}
