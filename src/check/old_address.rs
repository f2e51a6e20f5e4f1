//! A link to an address that its target no longer has.

use super::suggestion::offer;
use super::{Rule, RuleScope, WARNING};
use crate::base::diagnostic::Place;
use crate::base::path::{UrlPath, key};
use crate::base::suggest::Suggestion;
use crate::book::Resolution;
use crate::parse::{Origin, RawTarget};

pub const RULE: Rule = Rule {
    name: "old-address",
    level: WARNING,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (from, link, to) in book.special_links() {
            let Resolution::Found { entry: to, moved: true, .. } = to else { continue };
            let (entry, target) = (book.entry(from), book.entry(*to));
            let is_relation = matches!(link.from, Origin::Relation { .. } | Origin::Query(_));
            let now = book.spot(*to).spell(&book.config, &entry.path, &link.target, is_relation);
            let Some(now) = now else { continue };
            let message = format!("this is an old address of \"{}\"", target.title.value);
            let diagnostic = found.at(entry, link.target_span, message);
            let near = Suggestion { name: &now, is_sure: true };
            offer(diagnostic, &near, book.write_over(entry, link, &now)).advise(format!("write {now}"));
            let old = target.redirect_from.iter().find(|old| leads_from(&old.value, &link.target));
            let old =
                old.or(target.redirect_from.first()).map(|old| Place { path: target.path.clone(), span: old.span });
            diagnostic.remark("its old addresses stand here", old);
        }
    }),
};

/// Whether a link names this old address, or its last part.
fn leads_from(old: &UrlPath, target: &RawTarget) -> bool {
    let (RawTarget::Name { name, .. } | RawTarget::Path { path: name, .. }) = target else { return false };
    let last = |text: &str| key(text.rsplit('/').next().unwrap_or(text).split('.').next().unwrap_or(text));
    last(old.as_str()) == last(name)
}
