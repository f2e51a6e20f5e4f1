//! A book at one moment, and the site that it makes.

use std::sync::{Arc, OnceLock};

use anyhow::Result;

use super::{Report, Timings};
use crate::base::mark::Mark;
use crate::book::Book;
use crate::markup::Highlighter;
use crate::output::{self, Content, File, Made};
use crate::page::print::{self, Common};
use crate::page::{Plan, Shelf};
use crate::parse::Entry;
use crate::theme::Theme;

/// What a workspace makes of its folder.
pub struct Snapshot {
    pub report: Report,
    pub timings: Timings,
    /// None while what is wrong with `book.toml` or the theme forbids it.
    pub site: Option<Site>,
}

/// The files of a book's site, each made when it is asked for.
pub struct Site {
    pub book: Arc<Book>,
    /// How many pages it has.
    pub pages: usize,
    pub files: Vec<File>,
    pub theme: Arc<Theme>,
    shelf: Shelf,
    /// The fingerprints of what many pages show.
    common: OnceLock<Common>,
}

impl Site {
    pub fn new(book: Arc<Book>, theme: Arc<Theme>, mut plan: Plan, highlighter: &Arc<Highlighter>) -> Site {
        let shelf = Shelf::new(&book, &mut plan, theme.words(), highlighter);
        Site {
            files: output::files(&plan, &theme),
            pages: plan.pages.len(),
            book,
            theme,
            shelf,
            common: OnceLock::new(),
        }
    }

    /// The fingerprint of a page, by its place among the files: while it is the same, its bytes are. None for other
    /// files.
    pub fn print(&self, place: usize) -> Option<Mark> {
        let Content::Page(page) = &self.files[place].content else { return None };
        let common = self.common.get_or_init(|| print::common(&self.shelf, self.theme.print()));
        Some(print::of(&self.shelf, page, common))
    }

    /// Makes a file, by its place among the site's.
    ///
    /// Errors: a template of the book's own asks for what a page does not have.
    pub fn make(&self, place: usize) -> Result<Made> {
        output::make(&self.shelf, &self.theme, &self.files[place])
    }

    /// The entry whose page a file is, by its place among the site's; none if it is nobody's.
    pub fn entry(&self, place: usize) -> Option<&Entry> {
        let Content::Page(page) = &self.files[place].content else { return None };
        page.entry(&self.book).map(|id| self.book.entry(id))
    }
}
