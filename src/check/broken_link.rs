//! A link in prose that leads to nothing.

use std::iter;

use rayon::prelude::*;

use super::{MOST_ADVISED, Rule, nearest_path};
use crate::base::diagnostic::Severity;
use crate::base::near::nearest;
use crate::base::path::{UrlPath, key, nfc, normalize};
use crate::book::{Book, EntryId, Place, Resolution};
use crate::parse::{Origin, Target};

pub const RULE: Rule = Rule {
    name: "broken-link",
    severity: Severity::Error,
    check: |book, found| {
        let broken: Vec<_> = book
            .links()
            .filter(|(_, link, to)| {
                matches!(to, Resolution::Missing | Resolution::Outside)
                    && matches!(link.from, Origin::Prose { .. } | Origin::Figure)
                    && !super::missing_asset::wants_asset(link)
            })
            .collect();
        // The nearest name is looked for among all names, so it is looked for in parallel.
        let near: Vec<Option<String>> =
            broken.par_iter().take(MOST_ADVISED).map(|(from, link, _)| near(book, *from, &link.target)).collect();
        for ((from, link, to), near) in broken.into_iter().zip(near.into_iter().chain(iter::repeat(None))) {
            let diagnostic = match (&link.target, to) {
                (Target::Path { path, .. }, Resolution::Outside) => {
                    let message = format!("\"{path}\" leads out of the folder of the entries");
                    found.link(from, link.target_span, message).advise("link to its public address instead")
                }
                (Target::Path { path, fragment: Some(item) }, _) if is_list(book, from, path) => {
                    found.link(from, link.target_span, format!("\"{path}\" has no item \"{item}\""))
                }
                (Target::Path { path, .. }, _) if is_folder(book, from, path) => found
                    .link(from, link.target_span, format!("\"{path}\" is a folder without a page"))
                    .advise("write a README.md in it, or link to one of its files"),
                (Target::Path { path, .. }, _) => {
                    found.link(from, link.target_span, format!("there is no file \"{path}\""))
                }
                (Target::Name { name, .. }, _) => {
                    found.link(from, link.target_span, format!("no entry is called \"{name}\""))
                }
                (Target::Url(_), _) => continue,
            };
            match near.filter(|_| diagnostic.help.is_none()) {
                Some(near) => diagnostic.advise(format!("did you mean \"{near}\"?")),
                None if diagnostic.help.is_none() => diagnostic.advise("write the entry, or take the link out"),
                None => diagnostic,
            };
        }
    },
};

/// The path in the book that one in an entry means.
fn full(book: &Book, from: EntryId, path: &str) -> Option<String> {
    normalize(&nfc(&format!("{}/{path}", book.entry(from).path.parent())))
}

/// Whether a path leads to a YAML list of entries.
fn is_list(book: &Book, from: EntryId, path: &str) -> bool {
    let place = full(book, from, path).and_then(|full| book.places.at(&full));
    matches!(place, Some(Place::List(_)))
}

/// Whether something of the book lies in a folder of this path.
fn is_folder(book: &Book, from: EntryId, path: &str) -> bool {
    // A folder's name has no extension, which spares the look at all paths for most files.
    let folder = full(book, from, path).filter(|full| !full.rsplit('/').next().unwrap_or("").contains('.'));
    folder.is_some_and(|folder| {
        book.places.paths().any(|path| path.strip_prefix(&folder).is_some_and(|rest| rest.starts_with('/')))
    })
}

/// What the author may have meant, as it would be written here.
fn near(book: &Book, from: EntryId, target: &Target) -> Option<String> {
    match target {
        Target::Name { name, .. } => {
            let (id, near) = book.names.nearest(name, |_| true)?;
            let entry = book.entry(id);
            // In the author's own spelling where the near name is the title or an alias.
            let spelt = std::iter::once(&entry.title).chain(&entry.aliases).map(|name| name.value.as_str());
            Some(spelt.into_iter().find(|name| key(name) == near).unwrap_or(near).to_owned())
        }
        Target::Path { path, fragment: Some(item) } if is_list(book, from, path) => {
            let list = full(book, from, path)?;
            // The places have no order of their own.
            let mut items: Vec<&str> = book.places.items(&list).collect();
            items.sort_unstable();
            nearest(item, items).map(|near| format!("{path}#{near}"))
        }
        Target::Path { path, .. } => {
            let full = full(book, from, path)?;
            let from = &book.entry(from).path;
            let near = nearest_path(&full, book.places.paths())?;
            Some(UrlPath::new(from.as_str()).link_to(&UrlPath::new(near)))
        }
        Target::Url(_) => None,
    }
}
