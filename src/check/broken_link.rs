//! A link in prose that leads to nothing.

use std::iter;

use rayon::prelude::*;

use super::{ERROR, How, MOST_ADVISED, Rule, WARNING, nearest_path, offer};
use crate::base::near::{Near, near as near_name};
use crate::base::path::{UrlPath, key, nfc, normalize};
use crate::book::{Book, EntryId, Place, Resolution};
use crate::parse::{Origin, Target};

pub const RULE: Rule = Rule {
    name: "broken-link",
    level: ERROR,
    plain: WARNING,
    how: How::Checked(|book, found| {
        let broken: Vec<_> = book
            .links()
            .filter(|(_, link, to)| {
                matches!(to, Resolution::Missing | Resolution::Outside)
                    && matches!(link.from, Origin::Prose { .. } | Origin::Figure)
                    && !super::missing_asset::wants_asset(link)
            })
            .collect();
        // The nearest name is looked for among all names, so it is looked for in parallel.
        let near: Vec<Option<Meant>> =
            broken.par_iter().take(MOST_ADVISED).map(|(from, link, _)| near(book, *from, &link.target)).collect();
        for ((from, link, to), near) in broken.into_iter().zip(near.into_iter().chain(iter::repeat_with(|| None))) {
            let diagnostic = match (&link.target, to) {
                (Target::Path { path, .. }, Resolution::Outside) => {
                    let message = format!("\"{path}\" leads out of the folder of the entries");
                    found.at(book.entry(from), link.target_span, message).advise("link to its public address instead")
                }
                (Target::Path { path, fragment: Some(item) }, _) if is_list(book, from, path) => {
                    found.at(book.entry(from), link.target_span, format!("\"{path}\" has no item \"{item}\""))
                }
                (Target::Path { path, .. }, _) if is_folder(book, from, path) => found
                    .at(book.entry(from), link.target_span, format!("\"{path}\" is a folder without a page"))
                    .advise("write a README.md in it, or link to one of its files"),
                (Target::Path { path, .. }, _) => {
                    found.at(book.entry(from), link.target_span, format!("there is no file \"{path}\""))
                }
                (Target::Name { name, .. }, _) => {
                    found.at(book.entry(from), link.target_span, format!("no entry is called \"{name}\""))
                }
                (Target::Url(_), _) => continue,
            };
            match near.filter(|_| diagnostic.help.is_none()) {
                Some(meant) => {
                    let whole = format!("{}{}", meant.name, meant.rest);
                    let near = Near { name: &meant.name, is_sure: meant.is_sure };
                    offer(diagnostic, &near, book.written(book.entry(from), link), &whole)
                }
                None if diagnostic.help.is_none() => diagnostic.advise("write the entry, or take the link out"),
                None => diagnostic,
            };
        }
    }),
};

/// What the author may have meant, as it would be written here.
struct Meant {
    name: String,
    /// What follows it in the link: `#heading`.
    rest: String,
    is_sure: bool,
}

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

fn near(book: &Book, from: EntryId, target: &Target) -> Option<Meant> {
    let rest = |fragment: &Option<String>| fragment.as_ref().map_or(String::new(), |text| format!("#{text}"));
    match target {
        Target::Name { name, fragment } => {
            let (id, near) = book.names.nearest(name, |_| true)?;
            let entry = book.entry(id);
            // In the author's own spelling where the near name is the title or an alias.
            let spelt = iter::once(&entry.title).chain(&entry.aliases).map(|name| name.value.as_str());
            let name = spelt.into_iter().find(|name| key(name) == near.name).unwrap_or(near.name).to_owned();
            Some(Meant { name, rest: rest(fragment), is_sure: near.is_sure })
        }
        Target::Path { path, fragment: Some(item) } if is_list(book, from, path) => {
            let list = full(book, from, path)?;
            // The places have no order of their own.
            let mut items: Vec<&str> = book.places.items(&list).collect();
            items.sort_unstable();
            let near = near_name(item, items)?;
            Some(Meant { name: format!("{path}#{}", near.name), rest: String::new(), is_sure: near.is_sure })
        }
        Target::Path { path, fragment } => {
            let full = full(book, from, path)?;
            let from = &book.entry(from).path;
            let near = nearest_path(&full, book.places.paths())?;
            let name = UrlPath::new(from.as_str()).link_to(&UrlPath::new(near.name));
            Some(Meant { name, rest: rest(fragment), is_sure: near.is_sure })
        }
        Target::Url(_) => None,
    }
}
