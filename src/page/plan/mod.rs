//! Which pages and copied files a site has, and where each stands.

mod owner;
mod placement;

use super::list::Lists;
use super::{Page, Subject};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{FilePath, folder_address};
use crate::book::{AssetId, Book};

use owner::PathOwner;
use placement::Placement;

/// The pages and the copied files of a site, and the clashes between them.
pub struct Plan {
    pub lists: Lists,
    pub pages: Vec<Page>,
    pub assets: Vec<(AssetId, FilePath)>,
    /// The pages that another one stands in the place of, and its file.
    pub displaced: Vec<(Subject, FilePath)>,
    pub problems: Vec<Diagnostic>,
}

impl Plan {
    /// Where these pages stand, and the files beside entries. `taken` are the files that the theme brings.
    pub fn of(book: &Book, lists: Lists, pages: Vec<Page>, taken: &[FilePath]) -> Plan {
        let pages = pages.into_iter().map(PathOwner::Page);
        let assets = used_assets(book).into_iter().map(|(asset, file)| PathOwner::Asset(asset, file));
        let mut plan =
            Plan { lists, pages: Vec::new(), assets: Vec::new(), displaced: Vec::new(), problems: Vec::new() };
        let owners: Vec<PathOwner> = pages.chain(assets).collect();
        let placements = placement::of(book, &owners, taken, &mut plan.problems);
        for (owner, seat) in owners.into_iter().zip(placements) {
            match (owner, seat) {
                (PathOwner::Page(page), Placement::Own) => plan.pages.push(page),
                (PathOwner::Page(page), Placement::Other(file)) => plan.pages.push(Page { url: file.url(), ..page }),
                (PathOwner::Page(page), Placement::Taken(file)) => plan.displaced.push((page.subject, file)),
                (PathOwner::Asset(asset, file), Placement::Own)
                | (PathOwner::Asset(asset, _), Placement::Other(file)) => {
                    plan.assets.push((asset, file));
                }
                _ => {}
            }
        }
        plan
    }
}

/// The files beside the entries that the site has, at the addresses they have in the book.
fn used_assets(book: &Book) -> Vec<(AssetId, FilePath)> {
    let published = book.used_assets().iter().filter(|asset| asset.is_published());
    let placed = published.filter_map(|asset| {
        let path = book.places.assets[asset.id.0 as usize].within(book.places.src())?;
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        // Beside the pages of its folder, under the name that its author gave it.
        Some((asset.id, FilePath::new(folder_address(folder, book.config.keep_case) + name)))
    });
    placed.collect()
}
