//! From a book to its pages, and what each of them shows.

mod backlink_view;
mod block;
mod chart;
mod choices;
mod context;
pub mod facts;
pub mod feed;
mod fields;
mod fragment;
mod groups;
mod kind;
mod layout;
mod linking;
mod list;
mod plan;
mod render_body;
mod selection;
mod site_content;
mod site_lists;
mod source_anchor;
mod subject;
mod totals;
mod view;

pub use choices::{YEARS, section_key, term_key, years};
pub use context::Context;
pub use facts::{Facts, Trace};
pub use fields::texts as field_texts;
pub use kind::view;
pub use plan::Plan;
pub use site_content::{SiteContent, SiteMap, summary};
pub use subject::{Page, Subject};

use crate::base::path::FilePath;
use crate::book::Book;
use list::Lists;

/// Plans the site of a book. `taken` are the files that the theme brings.
pub fn plan(book: &Book, taken: &[FilePath]) -> Plan {
    let lists = Lists::of(book);
    let pages = kind::pages(book, &lists);
    Plan::of(book, lists, pages, taken)
}
