//! A link to an address that its target no longer has.

use super::{How, Rule, WARNING, offer};
use crate::base::diagnostic::Place;
use crate::base::near::Near;
use crate::book::Resolution;

pub const RULE: Rule = Rule {
    name: "old-address",
    level: WARNING,
    plain: WARNING,
    how: How::Checked(|book, found| {
        for (from, link, to) in book.links() {
            let Resolution::Found { entry: to, moved: true, .. } = to else { continue };
            let (entry, target) = (book.entry(from), book.entry(*to));
            let Some(now) = book.spot(target).spell(&book.config, &entry.path, link) else { continue };
            let message = format!("this is an old address of \"{}\"", target.title.value);
            let diagnostic = found.at(entry, link.target_span, message);
            let near = Near { name: &now, is_sure: true };
            offer(diagnostic, &near, book.write_over(entry, link, &now)).advise(format!("write {now}"));
            let old = target.redirect_from.first().map(|old| Place { path: target.path.clone(), span: old.span });
            diagnostic.remark("its old addresses stand here", old);
        }
    }),
};
