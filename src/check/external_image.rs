//! A picture on another host, which no page loads.

use super::{Rule, RuleScope, WARNING};
use crate::base::diagnostic::Telling;
use crate::parse::RawTarget;

pub const RULE: Rule = Rule {
    name: "external-image",
    level: WARNING,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (from, link, _) in book.special_links() {
            let RawTarget::Url(url) = &link.target else { continue };
            if link.embed && !url.starts_with("data:") {
                let told = found
                    .at(book.entry(from), link.target_span, "this picture is on another host, and no page shows it")
                    .advise("save the picture beside the entry and name that file; until then a link or its description stands in its place");
                if book.entry(from).collection.is_none() {
                    told.telling = Telling::Counted("pictures on other hosts");
                }
            }
        }
    }),
};
