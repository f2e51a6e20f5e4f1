//! A picture without a text for those who do not see it.

use super::{OFF, Rule, RuleScope, WARNING};
use crate::book::Resolution;
use crate::parse::Origin;

pub const RULE: Rule = Rule {
    name: "missing-alt",
    level: WARNING,
    plain: OFF,
    how: RuleScope::Checked(|book, found| {
        for (from, link, to) in book.special_links() {
            let entry = book.entry(from);
            // What else is embedded is a page or a recording, which is linked and shows its name.
            if !link.embed || !matches!(to, Resolution::Asset(_) | Resolution::External | Resolution::Missing) {
                continue;
            }
            match link.from {
                Origin::Image if entry.image_alt.is_none() => {
                    found
                        .at(entry, link.target_span, "this picture has no text for those who do not see it")
                        .advise("say what it shows: image-alt: …");
                }
                Origin::Prose { .. } if !link.labelled => {
                    found.at(entry, link.target_span, "this picture has no text for those who do not see it").advise(
                        "say what it shows: ![what it shows](…), or in HTML alt=\"\" if it is there for its looks",
                    );
                }
                _ => {}
            }
        }
    }),
};
