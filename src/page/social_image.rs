//! Which pictures stand for pages where these are shared, and where they stand. Their files are an output of their own;
//! pages name them.

use serde::Serialize;

use super::{Page, Subject};
use crate::base::path::UrlPath;
use crate::book::{AssetId, Book, EntryId, Resolution, Role, SectionId};
use crate::parse::Origin;

/// The folder of all pictures. Nothing else stands there.
pub const FOLDER: &str = "social-images";

/// How large they are: what most programs that show cards ask for.
pub const SIZE: ImageSize = ImageSize { width: 1200, height: 630 };

/// The size of a picture, in pixels.
#[derive(Clone, Copy, Serialize)]
pub struct ImageSize {
    pub width: u32,
    pub height: u32,
}

/// What a picture is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SocialImage {
    Book,
    /// A collection.
    Section(SectionId),
    Entry(EntryId),
}

impl SocialImage {
    /// The one that stands for a page; none if the book asks for none.
    pub fn of(book: &Book, page: &Page) -> Option<SocialImage> {
        let asked = book.config.social_images.as_ref()?;
        Some(match page.subject {
            Subject::Entry(id) | Subject::Backlinks(id) if asked.entries => SocialImage::Entry(id),
            Subject::Entry(id) | Subject::Backlinks(id) => SocialImage::of_section(book, book.section_of(id)),
            Subject::Section(id, _) => SocialImage::of_section(book, id),
            _ => SocialImage::Book,
        })
    }

    /// That of a collection; a folder of plain pages has the book's.
    fn of_section(book: &Book, id: SectionId) -> SocialImage {
        match book.section(id).declared {
            Some(_) => SocialImage::Section(id),
            None => SocialImage::Book,
        }
    }

    /// The page that shows what it is of.
    pub fn subject(self) -> Subject {
        match self {
            SocialImage::Book => Subject::Home,
            SocialImage::Section(id) => Subject::Section(id, None),
            SocialImage::Entry(id) => Subject::Entry(id),
        }
    }

    /// What that is called.
    pub fn title(self, book: &Book) -> &str {
        match self {
            SocialImage::Book => &book.config.title,
            SocialImage::Section(id) => &book.section(id).title,
            SocialImage::Entry(id) => &book.entry(id).title.value,
        }
    }

    /// What shows more than it: the collection around an entry, and the book around a collection.
    pub fn around(self, book: &Book) -> Option<SocialImage> {
        match self {
            SocialImage::Book => None,
            SocialImage::Section(_) => Some(SocialImage::Book),
            SocialImage::Entry(id) => Some(SocialImage::of_section(book, book.section_of(id))),
        }
    }
}

/// The address of a picture, given that of the page that shows what it is of: `social-images/bridges/tay-bridge.png`.
pub fn address(page: &UrlPath) -> UrlPath {
    let page = page.as_str();
    UrlPath::new(format!("{FOLDER}/{}.png", page.strip_suffix(".html").unwrap_or(page)))
}

/// Whether an entry has a page of its own, and no photo to show instead of a picture that is drawn.
pub fn is_drawn(book: &Book, id: EntryId) -> bool {
    let is_index = book.section(book.section_of(id)).index == Some(id);
    !is_index && book.entry(id).role != Role::NotFound && photo(book, id).is_none()
}

/// The picture that an entry shows, if most programs can read it: no drawing, and nothing that is new.
pub fn photo(book: &Book, id: EntryId) -> Option<AssetId> {
    let link = book.entry(id).links.iter().position(|link| matches!(link.from, Origin::Image))?;
    let Resolution::Asset(asset) = *book.resolution(id, link) else { return None };
    let extension = book.places.assets[asset.0 as usize].extension();
    matches!(extension.as_str(), "gif" | "jpeg" | "jpg" | "png" | "webp").then_some(asset)
}
