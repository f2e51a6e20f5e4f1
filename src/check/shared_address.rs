//! An entry whose name makes the address of another page.

use super::{Rule, RuleScope, WARNING};
use crate::book::Book;
use crate::parse::{self, Entry};

pub const RULE: Rule = Rule {
    name: "shared-address",
    level: WARNING,
    plain: WARNING,
    how: RuleScope::OfEntry(|book, _, entry, found| {
        let Some(wanted) = &entry.wanted else { return };
        let message = format!("{wanted}.html is the address of {}, so that this is {}", who(book, wanted), entry.url);
        let help = match parse::is_index(&entry.stem) {
            true => "keep one page for the folder, or rename this one",
            false => "choose an address for it: write slug: … in its front matter, or rename the file",
        };
        found.at(entry, entry.title.span, message).advise(help);
    }),
};

/// What stands at an address that an entry would have.
fn who(book: &Book, wanted: &str) -> String {
    let named = |entry: &Entry| format!("\"{}\" in {}", entry.title.value, entry.path);
    if let Some(holder) = book.names.at(wanted) {
        return named(book.entry(holder));
    }
    let file = format!("{wanted}.html");
    let once_there = book.entries.iter().find(|entry| entry.redirect_from.iter().any(|old| old.value.as_str() == file));
    match once_there {
        Some(entry) => format!("what is now {}", named(entry)),
        None if book.makes(wanted) => "a page that the book makes".to_owned(),
        None => "others, too".to_owned(),
    }
}
