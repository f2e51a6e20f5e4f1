//! One tag: the entries that carry it, by section.

use super::{PageKind, Subject, term};
use crate::book::Taxonomy;

pub const KIND: PageKind = PageKind {
    name: "tag",
    pages: |book, lists| term::pages(&KIND, book, lists, Taxonomy::Tags),
    view: |cx| term::view(cx, cx.href(&Subject::Tags)),
};
