//! A book with what its files are made from, and which files there are.

use std::sync::{Arc, OnceLock};

use super::search::DigestCache;
use super::{CardRenderer, File, FileList, OUTPUTS, owner};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::FilePath;
use crate::book::Book;
use crate::markup::Highlighter;
use crate::page::facts::{self, FactKeys, Facts, KeptFact};
use crate::page::{Preview, SiteContent, SiteMap, Trace};
use crate::parse::Entry;
use crate::theme::Theme;

/// The files of a book's site, each made when it is asked for.
pub struct Site {
    pub book: Arc<Book>,
    pub theme: Arc<Theme>,
    /// What draws social images, if the book asks for them.
    pub(super) card_renderer: Option<Arc<dyn CardRenderer>>,
    plan: Arc<SitePlan>,
    content: SiteContent,
    /// The fingerprints of what many pages show.
    facts: OnceLock<Facts>,
    /// What the facts of another book are told by.
    fact_keys: OnceLock<FactKeys>,
    memory: Arc<DigestCache>,
    /// The files of each output, once one of them is asked for.
    files: Vec<OnceLock<Arc<FileList>>>,
}

/// What stands where in a site, whatever pages say.
pub struct SitePlan {
    /// How many pages there are.
    pub(super) pages: usize,
    pub(super) html: Arc<FileList>,
    pub(super) arranged: Arc<SiteMap>,
    /// What cannot stand beside each other.
    pub problems: Vec<Diagnostic>,
}

impl Site {
    pub fn new(
        book: Book,
        theme: Arc<Theme>,
        plan: Arc<SitePlan>,
        highlighter: &Arc<Highlighter>,
        memory: &Arc<DigestCache>,
        preview: Option<Arc<Preview>>,
        card_renderer: Option<Arc<dyn CardRenderer>>,
    ) -> Site {
        let book = Arc::new(book);
        let content =
            SiteContent::new(book.clone(), plan.arranged.clone(), theme.clone(), highlighter.clone(), preview);
        let files = OUTPUTS.iter().map(|_| OnceLock::new()).collect();
        Site {
            book,
            theme,
            card_renderer,
            plan,
            content,
            facts: OnceLock::new(),
            fact_keys: OnceLock::new(),
            memory: memory.clone(),
            files,
        }
    }

    pub fn plan(&self) -> &SitePlan {
        &self.plan
    }

    /// What stands where in it, if that is known to be the same for another book and theme.
    pub fn plan_for(&self, book: &Book, theme: &Arc<Theme>) -> Option<&Arc<SitePlan>> {
        // What is wrong is told with its place, which may be another.
        let is_alike = self.book.is_linked_as(book) && self.book.history == book.history;
        let stays = is_alike && Arc::ptr_eq(&self.theme, theme) && self.plan.problems.is_empty();
        stays.then_some(&self.plan)
    }

    /// What its pages are made from.
    pub fn content(&self) -> &SiteContent {
        &self.content
    }

    /// What entries are known to say to a search.
    pub fn memory(&self) -> &DigestCache {
        &self.memory
    }

    /// The fingerprints of what many of its pages show.
    pub fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| facts::of_site(&self.content, self.theme.print()))
    }

    /// What a page has read of another book, in this one; none if this has not all of that.
    pub fn trace(&self, kept: &[KeptFact]) -> Option<Trace> {
        self.fact_keys.get_or_init(|| FactKeys::of(&self.book)).trace(kept)
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.plan.pages
    }

    /// The files of an output, by its place among all outputs.
    pub fn files_of(&self, output: usize) -> &Arc<FileList> {
        self.files[output].get_or_init(|| (OUTPUTS[output].files)(self))
    }

    /// The files of all outputs.
    #[cfg(test)]
    pub fn files(&self) -> impl Iterator<Item = &File> {
        (0..OUTPUTS.len()).flat_map(|output| self.files_of(output).iter())
    }

    /// The pages and what they load. To know which there are, no text has to be read.
    pub fn html(&self) -> &Arc<FileList> {
        self.files_of(0)
    }

    /// The file at a path. Only the output is asked that owns it.
    pub fn find(&self, path: &FilePath) -> Option<&File> {
        self.files_of(owner(&self.book, path.as_str())).find(path)
    }

    /// The entry whose page a file is; none if it is nobody's.
    pub fn entry(&self, file: &File) -> Option<&Entry> {
        file.artifact.page()?.entry(&self.book).map(|id| self.book.entry(id))
    }
}
