//! A book at one moment, and the site that it makes.

use std::sync::{Arc, OnceLock};

use super::{Report, Timings};
use crate::base::diagnostic::Diagnostic;
use crate::base::mark::Mark;
use crate::base::path::FilePath;
use crate::book::Book;
use crate::disk;
use crate::markup::Highlighter;
use crate::output::search::{self, Memory, Search};
use crate::output::{self, Content, File, Made};
use crate::page::print::{self, Common};
use crate::page::{self, Arranged, Shelf};
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
    pub theme: Arc<Theme>,
    ground: Arc<Ground>,
    shelf: Shelf,
    /// The fingerprints of what many pages show.
    common: OnceLock<Common>,
    memory: Arc<Memory>,
    search: OnceLock<Search>,
}

/// What stands where in a site, whatever pages say.
pub struct Ground {
    /// How many pages there are.
    pages: usize,
    files: Vec<File>,
    arranged: Arc<Arranged>,
    /// What cannot stand beside each other.
    pub problems: Vec<Diagnostic>,
}

impl Ground {
    pub fn of(book: &Book, theme: &Theme) -> Ground {
        let own = [FilePath::new(disk::MARKER)];
        let taken: Vec<FilePath> = theme.files().iter().map(|(path, _)| path.clone()).chain(own).collect();
        let mut plan = page::plan(book, &taken);
        Ground {
            pages: plan.pages.len(),
            files: output::files(&plan, theme),
            problems: std::mem::take(&mut plan.problems),
            arranged: Arc::new(Arranged::of(book, plan)),
        }
    }
}

impl Site {
    pub fn new(
        book: Book,
        theme: Arc<Theme>,
        ground: Arc<Ground>,
        highlighter: &Arc<Highlighter>,
        memory: &Arc<Memory>,
    ) -> Site {
        let book = Arc::new(book);
        let shelf = Shelf::new(book.clone(), ground.arranged.clone(), &theme, highlighter.clone());
        let (memory, common, search) = (memory.clone(), OnceLock::new(), OnceLock::new());
        Site { book, theme, ground, shelf, common, memory, search }
    }

    /// What stands where in it, if that is known to be the same for another book and theme.
    pub fn ground(&self, book: &Book, theme: &Arc<Theme>) -> Option<&Arc<Ground>> {
        // What is wrong is told with its place, which may be another.
        let stays = self.book.is_linked_as(book) && Arc::ptr_eq(&self.theme, theme) && self.ground.problems.is_empty();
        stays.then_some(&self.ground)
    }

    /// What its pages are made from.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.ground.pages
    }

    /// Its files but for those of the search, of which it is not known which there are before all texts are read.
    pub fn files(&self) -> &[File] {
        &self.ground.files
    }

    /// What its readers can search, made when it is first asked for.
    pub fn search(&self) -> &Search {
        self.search.get_or_init(|| Search::of(&self.shelf, &self.memory))
    }

    /// The paths of all its files: those of the search stand behind the others.
    pub fn paths(&self) -> Vec<FilePath> {
        self.files().iter().map(|file| &file.path).chain(self.search().paths()).cloned().collect()
    }

    /// The place of a file of the search among all files, by its path.
    pub fn searched(&self, path: &FilePath) -> Option<usize> {
        let is_searched = path.as_str().starts_with(search::FOLDER);
        is_searched.then(|| self.search().place(path)).flatten().map(|place| self.files().len() + place)
    }

    fn common(&self) -> &Common {
        self.common.get_or_init(|| print::common(&self.shelf, self.theme.print()))
    }

    /// The fingerprint of a page or a file of the search, by its place among all files: while it is the same, its bytes
    /// are. None for other files.
    pub fn print(&self, place: usize) -> Option<Mark> {
        match self.files().get(place) {
            Some(File { content: Content::Page(page), .. }) => Some(print::of(&self.shelf, page, self.common())),
            Some(_) => None,
            None => Some(self.search().print(&self.shelf, self.common(), place - self.files().len())),
        }
    }

    /// Makes a file, by its place among all.
    ///
    /// Errors: a template of the book's own asks for what a page does not have.
    pub fn make(&self, place: usize) -> Result<Made, Box<Diagnostic>> {
        match self.files().get(place) {
            Some(file) => output::make(&self.shelf, &self.theme, file),
            None => Ok(Made::Bytes(self.search().make(&self.shelf, place - self.files().len()))),
        }
    }

    /// The file of the book that a file is a copy of, by its place among the site's.
    pub fn copied(&self, place: usize) -> Option<Made> {
        let is_copy = matches!(self.files().get(place)?.content, Content::Copy(_));
        is_copy.then(|| self.make(place).ok()).flatten()
    }

    /// The entry whose page a file is, by its place among the site's; none if it is nobody's.
    pub fn entry(&self, place: usize) -> Option<&Entry> {
        let Content::Page(page) = &self.files().get(place)?.content else { return None };
        page.entry(&self.book).map(|id| self.book.entry(id))
    }
}
