//! From a book to its pages, and what each of them shows. The modules stand in layers, from the bottom up.

// What a page is, and what pages show that the book alone tells.
mod choices;
mod layout;
mod linking;
mod preview;
mod selection;
mod source_anchor;
mod subject;
mod totals;

// Which pages there are, and where they stand.
pub mod feed;
mod list;
mod plan;
pub mod social_image;

// What templates are given, and the parts of it that need no template.
mod fragment;
mod view;

// What a view may ask, and what came of asking.
mod context;
pub mod facts;
mod field_texts;
mod site_content;

// What pages show: what several kinds share, and each kind.
mod kind;
mod part;

pub use choices::{YEARS, section_key, term_key, years};
pub use context::Context;
pub use facts::{Facts, Trace};
pub use field_texts::field_texts;
pub use kind::view;
pub use plan::Plan;
pub use preview::Preview;
pub use site_content::{SiteContent, SiteMap, summary};
pub use subject::{Page, Subject};

use crate::base::path::FilePath;
use crate::book::Book;
use list::Lists;

/// Plans the site of a book. `taken` are the files that the theme brings; a preview has a page of what is other than in a
/// revision.
pub fn plan(book: &Book, taken: &[FilePath], is_preview: bool) -> Plan {
    let lists = Lists::of(book);
    let mut pages = kind::pages(book, &lists);
    pages.extend(is_preview.then(|| preview::page(book)));
    Plan::of(book, lists, pages, taken)
}
