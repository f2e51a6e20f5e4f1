//! Paths in the book, the site and the output, and the names that they are made of.

mod address;
mod name;
mod percent;
mod slug;

pub use address::{FilePath, SourcePath, UrlPath, normalize, old_address, way};
pub use name::{SKIPPED, file_ending, is_file, is_markdown, key, nfc, title};
pub use percent::{decode, destination, encode};
pub use slug::{folder_address, slug, slug_in_words};
