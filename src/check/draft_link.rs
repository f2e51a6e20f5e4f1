//! A link to an entry that is still a draft.

use super::{Rule, RuleScope, WARNING};
use crate::book::{Resolution, Unpublished};

pub const RULE: Rule = Rule {
    name: "draft-link",
    level: WARNING,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (from, link, to) in book.special_links() {
            if *to == Resolution::Held(Unpublished::Draft) {
                found
                    .at(book.entry(from), link.target_span, "this leads to a draft, and becomes plain text")
                    .advise("publish the draft (take \"draft: true\" out of it), or build with --drafts");
            }
        }
    }),
};
