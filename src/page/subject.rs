//! A page: its address, and what it is about.

use crate::base::path::UrlPath;
use crate::book::{Book, EntryId, GeneratedPage, SectionId, TermId};

/// One address of the site and what stands there.
#[derive(Clone)]
pub struct Page {
    /// The name of its kind, which its template has.
    pub kind: &'static str,
    pub subject: Subject,
    pub url: UrlPath,
}

impl Page {
    /// The entry whose author decides where the page stands, if it is one's.
    pub fn entry(&self, book: &Book) -> Option<EntryId> {
        match self.subject {
            Subject::Entry(id) | Subject::Backlinks(id) | Subject::Redirect(id, _) => Some(id),
            Subject::Section(id, None) => book.section(id).index,
            Subject::Home => book.home(),
            Subject::NotFound => book.not_found(),
            _ => None,
        }
    }
}

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Home,
    /// A section's list, or a part of it.
    Section(SectionId, Option<String>),
    Entry(EntryId),
    /// All backlinks of an entry that has very many.
    Backlinks(EntryId),
    /// The timeline, or a part of it.
    Timeline(Option<String>),
    Tags,
    /// The entries that name a term, or a part of them.
    Term(TermId, Option<String>),
    Sources,
    /// All entries by name, or those of a part.
    All(Option<String>),
    /// The entries that were changed last.
    RecentChanges,
    /// An old address of an entry, by its place among them.
    Redirect(EntryId, usize),
    Search,
    NotFound,
    /// What is other than in a revision.
    Changes,
}

impl Subject {
    /// The subject of a page that the book makes by itself.
    pub fn made(page: GeneratedPage) -> Subject {
        match page {
            GeneratedPage::Home => Subject::Home,
            GeneratedPage::Timeline => Subject::Timeline(None),
            GeneratedPage::Tags => Subject::Tags,
            GeneratedPage::Sources => Subject::Sources,
            GeneratedPage::All => Subject::All(None),
            GeneratedPage::RecentChanges => Subject::RecentChanges,
            GeneratedPage::Search => Subject::Search,
            GeneratedPage::Term(id) => Subject::Term(id, None),
        }
    }

    /// The subject of a part of a list; any other is itself.
    pub fn part(&self, key: &str) -> Subject {
        let part = Some(key.to_owned());
        match self {
            Subject::Section(id, _) => Subject::Section(*id, part),
            Subject::Timeline(_) => Subject::Timeline(part),
            Subject::Term(id, _) => Subject::Term(*id, part),
            Subject::All(_) => Subject::All(part),
            other => other.clone(),
        }
    }
}
