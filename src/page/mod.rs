//! From a book to its pages and what each of them shows: what a page kind is, one file for each,
//! and the list of them.

mod a_to_z;
mod backlink_view;
mod backlinks;
mod block;
mod chart;
mod choices;
mod context;
mod country;
mod entry;
pub mod facts;
pub mod feed;
mod fields;
mod fragment;
mod groups;
mod home;
mod layout;
mod linking;
mod list;
mod not_found;
mod placement;
mod redirect;
mod render_body;
mod search;
mod section;
mod selection;
mod site_content;
mod source_anchor;
mod sources;
mod tag;
mod tags;
mod term;
mod timeline;
mod totals;
mod view;

pub use choices::{YEARS, section_key, term_key, years};
pub use context::Context;
pub use facts::{Facts, Trace};
pub use fields::texts as field_texts;
use list::Lists;
pub use site_content::{SiteContent, SiteMap, summary};
pub use view::View;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::{FilePath, UrlPath, folder_address};
use crate::book::{AssetId, Book, EntryId, GeneratedPage, SectionId, TermId};
use placement::{PathOwner, Placement};

/// A kind of page: which there are of it, and what one shows.
pub struct PageKind {
    /// The name of its template.
    pub name: &'static str,
    pub pages: fn(&Book, &Lists) -> Vec<Page>,
    pub view: for<'a> fn(&Context<'a>) -> View<'a>,
}

/// All page kinds.
pub const KINDS: &[&PageKind] = &[
    &home::KIND,
    &section::KIND,
    &entry::KIND,
    &backlinks::KIND,
    &timeline::KIND,
    &tags::KIND,
    &tag::KIND,
    &country::KIND,
    &sources::KIND,
    &a_to_z::KIND,
    &redirect::KIND,
    &search::KIND,
    &not_found::KIND,
];

/// One address of the site and what stands there.
#[derive(Clone)]
pub struct Page {
    pub kind: &'static PageKind,
    pub subject: Subject,
    pub url: UrlPath,
}

impl Page {
    /// The entry whose author decides where the page stands, if it is one's.
    pub fn entry(&self, book: &Book) -> Option<EntryId> {
        match self.subject {
            Subject::Entry(id) | Subject::Backlinks(id) | Subject::Redirect(id, _) => Some(id),
            Subject::Section(id, None) => book.section(id).index,
            Subject::Home => book.home(),
            Subject::NotFound => book.not_found(),
            _ => None,
        }
    }
}

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Home,
    /// A section's list, or a part of it.
    Section(SectionId, Option<String>),
    Entry(EntryId),
    /// All backlinks of an entry that has very many.
    Backlinks(EntryId),
    /// The timeline, or a part of it.
    Timeline(Option<String>),
    Tags,
    /// The entries that name a term, or a part of them.
    Term(TermId, Option<String>),
    Sources,
    /// All entries by name, or those of a part.
    All(Option<String>),
    /// An old address of an entry, by its place among them.
    Redirect(EntryId, usize),
    Search,
    NotFound,
}

impl Subject {
    /// The subject of a part of a list; any other is itself.
    fn part(&self, key: &str) -> Subject {
        let part = Some(key.to_owned());
        match self {
            Subject::Section(id, _) => Subject::Section(*id, part),
            Subject::Timeline(_) => Subject::Timeline(part),
            Subject::Term(id, _) => Subject::Term(*id, part),
            Subject::All(_) => Subject::All(part),
            other => other.clone(),
        }
    }
}

/// The pages and the copied files of a site, and the clashes between them.
pub struct Plan {
    lists: Lists,
    pub pages: Vec<Page>,
    pub assets: Vec<(AssetId, FilePath)>,
    /// The pages that another one stands in the place of, and its file.
    pub displaced: Vec<(Subject, FilePath)>,
    pub problems: Vec<Diagnostic>,
}

/// Plans the site of a book. `taken` are the files that the theme brings.
pub fn plan(book: &Book, taken: &[FilePath]) -> Plan {
    let lists = Lists::of(book);
    let pages = KINDS.iter().flat_map(|kind| (kind.pages)(book, &lists)).map(PathOwner::Page);
    let assets = used_assets(book).into_iter().map(|(asset, file)| PathOwner::Asset(asset, file));
    let mut plan = Plan {
        lists: Lists::default(),
        pages: Vec::new(),
        assets: Vec::new(),
        displaced: Vec::new(),
        problems: Vec::new(),
    };
    let owners: Vec<PathOwner> = pages.chain(assets).collect();
    let placements = placement::of(book, &owners, taken, &mut plan.problems);
    for (owner, seat) in owners.into_iter().zip(placements) {
        match (owner, seat) {
            (PathOwner::Page(page), Placement::Own) => plan.pages.push(page),
            (PathOwner::Page(page), Placement::Other(file)) => plan.pages.push(Page { url: file.url(), ..page }),
            (PathOwner::Page(page), Placement::Taken(file)) => plan.displaced.push((page.subject, file)),
            (PathOwner::Asset(asset, file), Placement::Own) | (PathOwner::Asset(asset, _), Placement::Other(file)) => {
                plan.assets.push((asset, file));
            }
            _ => {}
        }
    }
    plan.lists = lists;
    plan
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

/// The subject of a page that the book makes by itself.
fn made(made: GeneratedPage) -> Subject {
    match made {
        GeneratedPage::Home => Subject::Home,
        GeneratedPage::Timeline => Subject::Timeline(None),
        GeneratedPage::Tags => Subject::Tags,
        GeneratedPage::Sources => Subject::Sources,
        GeneratedPage::All => Subject::All(None),
        GeneratedPage::Search => Subject::Search,
        GeneratedPage::Term(id) => Subject::Term(id, None),
    }
}
