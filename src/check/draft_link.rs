//! A link to an entry that is still a draft.

use super::{Rule, RuleScope, WARNING};
use crate::book::{Resolution, Unpublished};
use crate::parse::Origin;

pub const RULE: Rule = Rule {
    name: "draft-link",
    level: WARNING,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (from, link, to) in book.special_links() {
            if *to == Resolution::Held(Unpublished::Draft) {
                let message = match link.from {
                    Origin::Query(_) => "this is a draft, and nothing is listed for it",
                    _ => "this leads to a draft, and becomes plain text",
                };
                found
                    .at(book.entry(from), link.target_span, message)
                    .advise("publish the draft (take \"draft: true\" out of it), or build with --drafts");
            }
        }
    }),
};
