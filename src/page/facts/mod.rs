//! What pages read of a book, fact by fact, and the fingerprints of facts: while those of all that a page has read are
//! the same, its bytes are.
//!
//! A fingerprint is made of what a fact holds, not of the page: it costs a small part of rendering that. It may differ
//! where the bytes do not; the other way round is a mistake, which `src/workspace/tests.rs` looks for.

mod fingerprint;
mod kept;
mod page_hasher;

use serde::{Deserialize, Serialize};

use crate::book::{EntryId, SectionId, Taxonomy, TermId};
use crate::page::Subject;

pub use fingerprint::{Facts, of_site, record};
pub use kept::{FactKeys, KeptFact};
pub use page_hasher::of;

/// What a page has read. Entries, sections and terms are told by what they are in this book, or, between two books, by
/// the fingerprints of an entry's address and of the names of the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fact<E = EntryId, S = SectionId, T = TermId> {
    /// An entry as others show it.
    Face(E),
    /// All that an entry says, where its links lead, and what is said beside it.
    Whole(E),
    /// The page for what is not found, or that there is none.
    NotFound,
    /// How a section shows its entries, and how many those are.
    Layout(S),
    /// The most linked entries of a section.
    MostLinked(S),
    /// The parts of a list, how long it is, and the entries on the page of the whole or of a part.
    List(ListOf<S, T>, Option<Box<str>>),
    /// The entries on the timeline, whatever parts it has.
    Timeline,
    /// The first pages of the root.
    RootPages,
    /// What a block of an entry asks for, by its place among the entry's blocks.
    Selection(E, u32),
    /// The book in numbers, and what is linked to most in it.
    Totals,
    /// All terms of a taxonomy, and how many entries name each.
    Terms(Taxonomy),
    /// All sources, and what cites them.
    References,
    /// The files that were changed last.
    RecentChanges,
    /// What a search can be narrowed down to.
    Choices,
    /// What is other than in a revision, or that nothing is compared.
    Preview,
}

/// A list of entries that may be split.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ListOf<S = SectionId, T = TermId> {
    Section(S),
    Term(T),
    Timeline,
    All,
}

impl ListOf {
    /// The list on the page of a subject.
    pub fn of(subject: &Subject) -> ListOf {
        match subject {
            Subject::Section(id, _) => ListOf::Section(*id),
            Subject::Term(id, _) => ListOf::Term(*id),
            Subject::Timeline(_) => ListOf::Timeline,
            _ => ListOf::All,
        }
    }

    /// The subject of its page.
    pub fn subject(&self) -> Subject {
        match self {
            ListOf::Section(id) => Subject::Section(*id, None),
            ListOf::Term(id) => Subject::Term(*id, None),
            ListOf::Timeline => Subject::Timeline(None),
            ListOf::All => Subject::All(None),
        }
    }
}

/// All that a page has read, each fact once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace(Vec<Fact>);

impl Trace {
    pub fn add(&mut self, fact: Fact) {
        // They are a handful: of a list the fact is the list.
        if !self.0.contains(&fact) {
            self.0.push(fact);
        }
    }
}
