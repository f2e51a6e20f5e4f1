//! Who writes a file: the theme, a page, or an author whose file is copied.

use crate::base::path::{FilePath, SourcePath, slug};
use crate::base::span::Span;
use crate::book::{AssetId, Book, Role};
use crate::page::{Page, Subject};

/// Who writes a file.
pub enum PathOwner {
    Theme,
    Page(Page),
    Asset(AssetId, FilePath),
}

impl PathOwner {
    pub fn file(&self) -> Option<FilePath> {
        match self {
            PathOwner::Theme => None,
            PathOwner::Page(page) => Some(page.url.file()),
            PathOwner::Asset(_, file) => Some(file.clone()),
        }
    }

    /// Whether it is the page that an author wrote for a folder.
    pub fn is_index(&self, book: &Book) -> bool {
        let entry = match self {
            PathOwner::Page(page) => page.entry(book),
            _ => None,
        };
        entry.is_some_and(|id| book.entry(id).role == Role::Index)
    }

    /// What tells it from others that want its place.
    pub fn name(&self, book: &Book) -> String {
        match self {
            PathOwner::Asset(id, _) => book.places.assets[id.0 as usize].to_string(),
            PathOwner::Page(Page { subject: Subject::Entry(id), .. }) => book.entry(*id).path.to_string(),
            PathOwner::Page(page) => page.url.to_string(),
            PathOwner::Theme => String::new(),
        }
    }

    /// Whether it is an old address that an entry of a plain section names: nothing is lost without it.
    pub fn is_plain_redirect(&self, book: &Book) -> bool {
        match self {
            PathOwner::Page(Page { subject: Subject::Redirect(id, _), .. }) => book.entry(*id).collection.is_none(),
            _ => false,
        }
    }

    /// Whether it is an old address of the entry that the other one shows: one that is back where it was has that among
    /// its old addresses, too.
    pub fn leads_to(&self, other: &PathOwner, book: &Book) -> bool {
        match (self, other) {
            (PathOwner::Page(Page { subject: Subject::Redirect(id, _), .. }), PathOwner::Page(page)) => {
                !matches!(page.subject, Subject::Redirect(..) | Subject::Backlinks(_)) && page.entry(book) == Some(*id)
            }
            _ => false,
        }
    }

    /// Whether it may stand elsewhere: links say where, and its author need not.
    pub fn is_free(&self, book: &Book) -> bool {
        match self {
            PathOwner::Theme => false,
            PathOwner::Asset(id, _) => is_plain(book, book.places.assets[id.0 as usize].as_str()),
            PathOwner::Page(page) => match page.subject {
                Subject::Entry(id) | Subject::Backlinks(id) => book.entry(id).collection.is_none(),
                Subject::Section(id, _) => book.section(id).declared.is_none(),
                _ => false,
            },
        }
    }

    /// What comes first stays, and what comes later gives way or is told: of what may stand elsewhere that which lies
    /// deeper, and an entry before its folder's list. What authors wrote comes after what the book makes by itself, so
    /// that a clash is told where they can mend it.
    pub fn rank(&self, book: &Book) -> (u8, usize, u8) {
        let depth = |file: &FilePath| file.as_str().matches('/').count();
        match self {
            PathOwner::Theme => (0, 0, 0),
            PathOwner::Asset(_, file) => (4, depth(file), 0),
            PathOwner::Page(page) => match page.subject {
                Subject::Redirect(..) => (5, 0, 0),
                Subject::Section(..) if self.is_free(book) => (3, depth(&page.url.file()), 0),
                Subject::Entry(_) | Subject::Backlinks(_) if self.is_free(book) => (3, depth(&page.url.file()), 1),
                Subject::Home | Subject::NotFound => (1, 0, 0),
                _ if page.entry(book).is_some() => (2, 0, 0),
                _ => (1, 0, 0),
            },
        }
    }

    /// What its author can change.
    pub fn source(&self, book: &Book) -> Option<(SourcePath, Span)> {
        match self {
            PathOwner::Page(page) => {
                // Of a folder without a page of its own the first entry stands there.
                let of_folder = || match page.subject {
                    Subject::Section(id, _) => book.section(id).members.first().copied(),
                    _ => None,
                };
                let entry = book.entry(page.entry(book).or_else(of_folder)?);
                let span = match page.subject {
                    Subject::Redirect(_, place) => entry.redirect_from[place].span,
                    _ => entry.title.span,
                };
                Some((entry.path.clone(), span))
            }
            PathOwner::Asset(asset, _) => Some((book.places.assets[asset.0 as usize].clone(), Span::at(0))),
            PathOwner::Theme => None,
        }
    }

    pub fn describe(&self, book: &Book) -> String {
        match self {
            PathOwner::Theme => "a file that every site has".to_owned(),
            PathOwner::Asset(asset, _) => book.places.assets[asset.0 as usize].to_string(),
            PathOwner::Page(page) => match page.entry(book) {
                Some(id) => format!("\"{}\" in {}", book.entry(id).title.value, book.entry(id).path),
                None if matches!(page.subject, Subject::All(_)) => "the book's own list of all entries".to_owned(),
                None => format!("the book's own page for its {}", page.kind),
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
