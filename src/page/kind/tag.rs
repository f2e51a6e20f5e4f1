//! One tag: the entries that carry it, by section.

use super::{PageKind, term};
use crate::book::Taxonomy;
use crate::page::Subject;

pub const KIND: PageKind = PageKind {
    name: "tag",
    pages: |book, lists| term::pages(KIND.name, book, lists, Taxonomy::Tags),
    view: |cx| term::view(cx, "tag", cx.href(&Subject::Tags)),
};
