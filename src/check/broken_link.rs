//! A link in prose that leads to nothing.

use std::iter;

use rayon::prelude::*;

use super::suggestion::{Missing, nearest_path, offer};
use super::{ERROR, MOST_ADVISED, Rule, RuleScope, WARNING};
use crate::base::diagnostic::Telling;
use crate::base::path::{destination, key, nfc, normalize, way};
use crate::base::suggest::{Suggestion, near as near_name};
use crate::book::{Book, EntryId, PathTarget, Resolution};
use crate::parse::{Origin, RawTarget};

pub const RULE: Rule = Rule {
    name: "broken-link",
    level: ERROR,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        let broken: Vec<_> = book
            .special_links()
            .filter(|(_, link, to)| {
                matches!(to, Resolution::Missing | Resolution::Outside)
                    && matches!(link.from, Origin::Prose { .. } | Origin::Figure)
                    && !super::missing_asset::wants_asset(link)
            })
            .collect();
        // The nearest name is looked for among all names, so it is looked for in parallel.
        let missing = Missing::of(broken.iter().map(|(from, link, _)| sought(book, *from, &link.target)));
        let near: Vec<Option<Meant>> =
            broken.par_iter().take(MOST_ADVISED).map(|(from, link, _)| near(book, *from, &link.target)).collect();
        for ((from, link, to), near) in broken.into_iter().zip(near.into_iter().chain(iter::repeat_with(|| None))) {
            let diagnostic = match (&link.target, to) {
                (RawTarget::Path { path, .. }, Resolution::Outside) => {
                    let message = format!("\"{path}\" leads out of the folder of the entries");
                    found.at(book.entry(from), link.target_span, message).advise("link to its public address instead")
                }
                (RawTarget::Path { path, fragment: Some(item) }, _) if is_list(book, from, path) => {
                    found.at(book.entry(from), link.target_span, format!("\"{path}\" has no item \"{item}\""))
                }
                (RawTarget::Path { path, .. }, _) if is_folder(book, from, path) => found
                    .at(book.entry(from), link.target_span, format!("\"{path}\" is a folder without a page"))
                    .advise("write a README.md in it, or link to one of its files"),
                (RawTarget::Path { path, .. }, _) => {
                    found.at(book.entry(from), link.target_span, format!("there is no file \"{path}\""))
                }
                (RawTarget::Name { name, .. }, _) => {
                    found.at(book.entry(from), link.target_span, format!("no entry is called \"{name}\""))
                }
                (RawTarget::Url(_), _) => continue,
            };
            let diagnostic = match near.filter(|_| diagnostic.help.is_none()) {
                Some(meant) => {
                    let near = Suggestion { name: &meant.name, is_sure: meant.is_sure };
                    let near = missing.doubt(&sought(book, from, &link.target), near);
                    offer(diagnostic, &near, book.write_over(book.entry(from), link, &meant.whole))
                }
                None if diagnostic.help.is_none() => diagnostic.advise("write the entry, or take the link out"),
                None => diagnostic,
            };
            // In notes a link often comes before what it leads to.
            if matches!(link.target, RawTarget::Name { .. }) && book.entry(from).collection.is_none() {
                diagnostic.telling = Telling::Counted("links to notes that nobody has written");
            }
        }
    }),
};

/// What the author may have meant, as it would be written here.
struct Meant {
    name: String,
    /// The same as it can stand in the link, with what follows it there: `#heading`.
    whole: String,
    is_sure: bool,
}

/// What a link looks for, as other links may look for it as well.
fn sought(book: &Book, from: EntryId, target: &RawTarget) -> String {
    match target {
        RawTarget::Name { name, .. } => key(name),
        RawTarget::Path { path, fragment } => {
            let full = full(book, from, path).unwrap_or_default();
            fragment
                .as_ref()
                .filter(|_| is_list(book, from, path))
                .map_or(full.clone(), |item| format!("{full}#{item}"))
        }
        RawTarget::Url(url) => url.to_string(),
    }
}

/// The path in the book that one in an entry means.
fn full(book: &Book, from: EntryId, path: &str) -> Option<String> {
    normalize(&nfc(&format!("{}/{path}", book.entry(from).path.parent())))
}

/// Whether a path leads to a YAML list of entries.
fn is_list(book: &Book, from: EntryId, path: &str) -> bool {
    let place = full(book, from, path).and_then(|full| book.places.at(&full));
    matches!(place, Some(PathTarget::List(_)))
}

/// Whether something of the book lies in a folder of this path.
fn is_folder(book: &Book, from: EntryId, path: &str) -> bool {
    // A folder's name has no extension, which spares the look at all paths for most files.
    let folder = full(book, from, path).filter(|full| !full.rsplit('/').next().unwrap_or("").contains('.'));
    folder.is_some_and(|folder| {
        book.places.paths().any(|path| path.strip_prefix(&folder).is_some_and(|rest| rest.starts_with('/')))
    })
}

fn near(book: &Book, from: EntryId, target: &RawTarget) -> Option<Meant> {
    match target {
        RawTarget::Name { name, fragment, .. } => {
            let (id, near) = book.nearest(name, |_| true)?;
            let entry = book.entry(id);
            // In the author's own spelling where the near name is the title or an alias.
            let spelt = iter::once(&entry.title).chain(&entry.aliases).map(|name| name.value.as_str());
            let name = spelt.into_iter().find(|name| key(name) == near.name).unwrap_or(near.name).to_owned();
            let rest = fragment.as_ref().map_or(String::new(), |text| format!("#{text}"));
            Some(Meant { whole: format!("{name}{rest}"), name, is_sure: near.is_sure })
        }
        RawTarget::Path { path, fragment: Some(item) } if is_list(book, from, path) => {
            let list = full(book, from, path)?;
            // The places have no order of their own.
            let mut items: Vec<&str> = book.places.items(&list).collect();
            items.sort_unstable();
            let near = near_name(item, items)?;
            let whole = format!("{}#{}", destination(path), destination(near.name));
            Some(Meant { name: format!("{path}#{}", near.name), whole, is_sure: near.is_sure })
        }
        RawTarget::Path { path, fragment } => {
            let full = full(book, from, path)?;
            let near = nearest_path(&full, book.places.paths())?;
            let name = way(&book.entry(from).path, near.name);
            let rest = fragment.as_ref().map_or(String::new(), |text| format!("#{}", destination(text)));
            Some(Meant { whole: destination(&name) + &rest, name, is_sure: near.is_sure })
        }
        RawTarget::Url(_) => None,
    }
}
