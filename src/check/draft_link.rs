//! A link to an entry that is still a draft.

use super::Rule;
use crate::base::diagnostic::Severity;
use crate::book::{Held, Resolution};

pub const RULE: Rule = Rule {
    name: "draft-link",
    severity: Severity::Warning,
    check: |book, found| {
        for (from, link, to) in book.links() {
            if *to == Resolution::Held(Held::Draft) {
                found
                    .link(from, link.target_span, "this leads to a draft, and becomes plain text")
                    .advise("publish the draft (take \"draft: true\" out of it), or build with --drafts");
            }
        }
    },
};
