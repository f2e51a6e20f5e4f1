//! A link with a scheme that runs a script.

use super::{Rule, RuleScope, WARNING};
use crate::base::url::is_unsafe;
use crate::parse::RawTarget;

pub const RULE: Rule = Rule {
    name: "unsafe-link",
    level: WARNING,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (from, link, _) in book.special_links() {
            let RawTarget::Url(url) = &link.target else { continue };
            if is_unsafe(url) && !link.embed {
                found
                    .at(book.entry(from), link.target_span, "this address could run a script, and becomes plain text")
                    .advise("link to a page, with https:");
            }
        }
    }),
};
