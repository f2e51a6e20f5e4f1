//! A name that several entries answer to.

use super::{ERROR, Rule, RuleScope, WARNING, title_of};
use crate::book::Resolution;
use crate::parse::{Origin, RawTarget};

/// How many of the entries are shown.
const SHOWN: usize = 5;

pub const RULE: Rule = Rule {
    name: "ambiguous-link",
    level: ERROR,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (from, link, to) in book.special_links() {
            let (Resolution::Ambiguous(ids), RawTarget::Name { name, .. }) = (to, &link.target) else { continue };
            if ids.iter().all(|id| book.entry(*id).address == book.entry(ids[0]).address) {
                // Two files at one address are told as a clash.
                continue;
            }
            let paths: Vec<&str> = ids.iter().map(|id| &*book.entry(*id).address).collect();
            let message = format!("{} entries are called \"{name}\"", ids.len());
            let written = match link.from {
                Origin::Prose { .. } => format!("[[{}]]", paths[0]),
                _ => paths[0].to_owned(),
            };
            let help =
                format!("say which by its path, as {written}; they are {}", paths[..paths.len().min(SHOWN)].join(", "));
            let diagnostic = found.at(book.entry(from), link.target_span, message).advise(help);
            for id in ids.iter().take(SHOWN) {
                diagnostic.remark("one of them", Some(title_of(book.entry(*id))));
            }
        }
    }),
};
