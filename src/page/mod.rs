//! From a book to its pages and what each of them shows: what a page kind is, one file for each,
//! and the list of them.

mod all;
mod backlinks;
mod chart;
mod entry;
mod fields;
mod home;
mod layout;
mod list;
mod mentions;
mod not_found;
pub mod print;
mod redirect;
mod search;
mod section;
mod shelf;
mod sources;
mod tag;
mod tags;
mod text;
mod timeline;
mod view;

pub use fields::{countries as field_countries, texts as field_texts};
use list::Lists;
pub use print::Print;
pub use search::{YEARS, section_key, tag_key, years};
pub use shelf::{Arranged, Shelf};
pub use view::View;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::{FilePath, SourcePath, UrlPath, folder_address, nfc, slug};
use crate::base::span::Span;
use crate::book::{AssetId, Book, EntryId, Made, Role, SectionId};

/// A kind of page: which there are of it, and what one shows.
pub struct PageKind {
    /// The name of its template.
    pub name: &'static str,
    pub pages: fn(&Book, &Lists) -> Vec<Page>,
    /// Adds what one shows to its fingerprint.
    pub shows: fn(&mut Print),
    pub view: for<'a> fn(&'a Shelf, &'a Page) -> View<'a>,
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
    &sources::KIND,
    &all::KIND,
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
    /// The entries of a tag by its place in the book's list, or a part of them.
    Tag(usize, Option<String>),
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
            Subject::Tag(tag, _) => Subject::Tag(*tag, part),
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
    let pages = KINDS.iter().flat_map(|kind| (kind.pages)(book, &lists)).map(Owner::Page);
    let assets = used_assets(book).into_iter().map(|(asset, file)| Owner::Asset(asset, file));
    let mut plan = Plan {
        lists: Lists::default(),
        pages: Vec::new(),
        assets: Vec::new(),
        displaced: Vec::new(),
        problems: Vec::new(),
    };
    let owners: Vec<Owner> = pages.chain(assets).collect();
    let seats = clashes(book, &owners, taken, &mut plan.problems);
    for (owner, seat) in owners.into_iter().zip(seats) {
        match (owner, seat) {
            (Owner::Page(page), Seat::Own) => plan.pages.push(page),
            (Owner::Page(page), Seat::Taken(file)) => plan.displaced.push((page.subject, file)),
            (Owner::Asset(asset, file), Seat::Own) | (Owner::Asset(asset, _), Seat::Other(file)) => {
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

/// Whether something stands where it would be written.
#[derive(Clone)]
enum Seat {
    Own,
    /// Beside it, for its own is taken.
    Other(FilePath),
    /// Nowhere: this stands in its place.
    Taken(FilePath),
}

/// Tells of two things that would be written to one file, on a file system that ignores case too, and where each is to
/// stand. In a plain section what comes second is written elsewhere, if nobody has to know its name.
fn clashes(book: &Book, owners: &[Owner], taken: &[FilePath], problems: &mut Vec<Diagnostic>) -> Vec<Seat> {
    let mut first_at: FxHashMap<Arc<str>, (FilePath, Option<usize>)> = FxHashMap::default();
    first_at.reserve(owners.len() + taken.len());
    first_at.extend(taken.iter().map(|file| (file.lower(), (file.clone(), None))));
    // What authors wrote comes after what the book makes by itself, so that a clash is told where they can mend it.
    let mut order: Vec<usize> = (0..owners.len()).collect();
    order.sort_by_cached_key(|place| owners[*place].rank(book));
    let mut seats = vec![Seat::Own; owners.len()];
    let mut folders: FxHashMap<Arc<str>, usize> = FxHashMap::default();
    for place in order {
        let Some(file) = owners[place].file() else { continue };
        let key = file.lower();
        let around = || key.match_indices('/').map(|(end, _)| &key[..end]);
        let as_folder = around().find_map(|folder| first_at.get(folder));
        // Who stands there, or has a file where this one would be a folder, or a folder where this would be a file.
        let first = match first_at.get(&key).or(as_folder) {
            Some((file, first)) => Some((file.clone(), first.map_or(&Owner::Theme, |first| &owners[first]))),
            None => folders.get(&key).and_then(|first| Some((owners[*first].file()?, &owners[*first]))),
        };
        let Some((stands, first)) = first else {
            for folder in around() {
                if !folders.contains_key(folder) {
                    folders.insert(folder.into(), place);
                }
            }
            first_at.insert(key, (file, Some(place)));
            continue;
        };
        let message = match stands.lower() == file.lower() {
            true => format!("this and {} would both be {stands}", first.describe(book)),
            false => format!("this would be {file}, and {} is {stands}: a file is no folder", first.describe(book)),
        };
        let other = owners[place].other_file(book, |file| !first_at.contains_key(&file.lower()));
        let is_settled = other.is_some() || owners[place].is_plain_redirect(book);
        let message = match &other {
            Some(other) => format!("{message}; it is {other}"),
            None => message,
        };
        seats[place] = match other {
            Some(other) => {
                first_at.insert(other.lower(), (other.clone(), Some(place)));
                Seat::Other(other)
            }
            None => Seat::Taken(stands),
        };
        // What neither author named was named by the book.
        let source = owners[place].source(book).or_else(|| first.source(book));
        let (path, span) = source.unwrap_or_else(|| (book.config.path.clone(), Span::at(0)));
        let help = match owners[place] {
            Owner::Asset(..) => "rename the file",
            Owner::Page(Page { subject: Subject::Redirect(..), .. }) => "take the old address out",
            _ if owners[place].is_index(book) && first.is_index(book) => "keep one of index.md and README.md",
            _ => {
                "give one of them another name: \"slug\" in its front matter, \"id\" in a list, or the file's own name"
            }
        };
        problems.push(match is_settled {
            true => Diagnostic::warning("shared-address", &path, span, message).help(help),
            false => Diagnostic::error("clashing-paths", &path, span, message).help(help),
        });
    }
    seats
}

/// Who writes a file.
enum Owner {
    Theme,
    Page(Page),
    Asset(AssetId, FilePath),
}

impl Owner {
    fn file(&self) -> Option<FilePath> {
        match self {
            Owner::Theme => None,
            Owner::Page(page) => Some(page.url.file()),
            Owner::Asset(_, file) => Some(file.clone()),
        }
    }

    /// Whether it is the page that an author wrote for a folder.
    fn is_index(&self, book: &Book) -> bool {
        let entry = match self {
            Owner::Page(page) => page.entry(book),
            _ => None,
        };
        entry.is_some_and(|id| book.entry(id).role == Role::Index)
    }

    /// Where a file of a plain section can stand whose place is taken: links say so, and its author need not.
    fn other_file(&self, book: &Book, is_free: impl Fn(&FilePath) -> bool) -> Option<FilePath> {
        let Owner::Asset(id, file) = self else { return None };
        let path = book.places.assets[id.0 as usize].as_str();
        is_plain(book, path).then_some(())?;
        let (stem, ending) = match file.as_str().rsplit_once('.') {
            Some((stem, ending)) if !ending.contains('/') => (stem, format!(".{ending}")),
            _ => (file.as_str(), String::new()),
        };
        let digits = format!("{:016x}", xxh3_64(nfc(path).as_bytes()));
        let others = [4, 8, 16].map(|length| FilePath::new(format!("{stem}-{}{ending}", &digits[..length])));
        others.into_iter().find(is_free)
    }

    /// Whether it is an old address that an entry of a plain section names: nothing is lost without it.
    fn is_plain_redirect(&self, book: &Book) -> bool {
        match self {
            Owner::Page(Page { subject: Subject::Redirect(id, _), .. }) => book.entry(*id).collection.is_none(),
            _ => false,
        }
    }

    fn rank(&self, book: &Book) -> u8 {
        match self {
            Owner::Theme => 0,
            Owner::Page(Page { subject: Subject::Redirect(..), .. }) => 4,
            Owner::Page(page) if page.entry(book).is_none() => 1,
            Owner::Page(_) => 2,
            Owner::Asset(..) => 3,
        }
    }

    /// What its author can change.
    fn source(&self, book: &Book) -> Option<(SourcePath, Span)> {
        match self {
            Owner::Page(page) => {
                let entry = book.entry(page.entry(book)?);
                let span = match page.subject {
                    Subject::Redirect(_, place) => entry.redirect_from[place].span,
                    _ => entry.title.span,
                };
                Some((entry.path.clone(), span))
            }
            Owner::Asset(asset, _) => Some((book.places.assets[asset.0 as usize].clone(), Span::at(0))),
            Owner::Theme => None,
        }
    }

    fn describe(&self, book: &Book) -> String {
        match self {
            Owner::Theme => "a file that every site has".to_owned(),
            Owner::Asset(asset, _) => book.places.assets[asset.0 as usize].to_string(),
            Owner::Page(page) => match page.entry(book) {
                Some(id) => format!("\"{}\" in {}", book.entry(id).title.value, book.entry(id).path),
                None if matches!(page.subject, Subject::All(_)) => "the book's own list of all entries".to_owned(),
                None => format!("the book's own page for its {}", page.kind.name),
            },
        }
    }
}

/// Whether a file lies in a section that the book does not declare.
fn is_plain(book: &Book, path: &str) -> bool {
    let within = SourcePath::new(path).within(book.places.src()).unwrap_or(path).to_owned();
    let folder = within.split_once('/').map_or("", |(folder, _)| folder);
    book.config.collection(&slug(folder, false)).is_none()
}

/// The subject of a page that the book makes by itself.
fn made(made: Made) -> Subject {
    match made {
        Made::Home => Subject::Home,
        Made::Timeline => Subject::Timeline(None),
        Made::Tags => Subject::Tags,
        Made::Sources => Subject::Sources,
        Made::All => Subject::All(None),
        Made::Search => Subject::Search,
    }
}
