//! One country or bloc: the entries that name it in a field, by section.

use super::{PageKind, term};
use crate::book::Taxonomy;
use crate::page::Subject;

pub const KIND: PageKind = PageKind {
    name: "country",
    pages: |book, lists| term::pages(KIND.name, book, lists, Taxonomy::Countries),
    // The page of the search lists all countries.
    view: |cx| term::view(cx, "countries", cx.href(&Subject::Search).map(|href| href + "#:countries")),
};
