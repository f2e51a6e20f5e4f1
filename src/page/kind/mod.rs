//! What a page kind is: one file for each, and the list of them.

mod a_to_z;
mod backlinks;
mod changes;
mod country;
mod entry;
mod home;
mod not_found;
mod recent_changes;
mod redirect;
mod search;
mod section;
mod sources;
mod tag;
mod tags;
mod term;
mod timeline;

use crate::book::Book;
use crate::page::Page;
use crate::page::context::Context;
use crate::page::list::Lists;
use crate::page::view::View;

/// A kind of page: which there are of it, and what one shows.
pub struct PageKind {
    /// Its name, which its template has.
    pub name: &'static str,
    pub pages: fn(&Book, &Lists) -> Vec<Page>,
    pub view: for<'a> fn(&Context<'a>) -> View<'a>,
}

/// All page kinds.
const KINDS: &[&PageKind] = &[
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
    &recent_changes::KIND,
    &changes::KIND,
    &redirect::KIND,
    &search::KIND,
    &not_found::KIND,
];

/// All pages of a book.
pub fn pages(book: &Book, lists: &Lists) -> Vec<Page> {
    KINDS.iter().flat_map(|kind| (kind.pages)(book, lists)).collect()
}

/// What a page shows.
pub fn view<'a>(cx: &Context<'a>) -> View<'a> {
    let kind = KINDS.iter().find(|kind| kind.name == cx.page().kind);
    (kind.expect("pages are made by kinds").view)(cx)
}
