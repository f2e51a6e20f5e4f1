//! Facts as they are kept from one build to the next, in which ids are others.

use rustc_hash::FxHashMap;

use super::{Fact, ListOf, Trace};
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::book::{Book, EntryId, SectionId, Term, TermId};

/// A fact as it is kept from one build to the next.
pub type KeptFact = Fact<Fingerprint, Fingerprint, Fingerprint>;

impl Trace {
    /// As it is kept for another book.
    pub fn kept(&self, book: &Book) -> Vec<KeptFact> {
        let entry = |id: &EntryId| Fingerprint::of(&book.entry(*id).address);
        let section = |id: &SectionId| Fingerprint::of(&book.section(*id).name);
        let term = |id: &TermId| term_fingerprint(book.terms.get(*id));
        let kept = |fact: &Fact| fact.map(|id| Some(entry(id)), |id| Some(section(id)), |id| Some(term(id)));
        self.0.iter().filter_map(kept).collect()
    }
}

impl<E, S, T> Fact<E, S, T> {
    /// The same of another book; none if that has no such thing.
    fn map<F, U, V>(
        &self,
        entry: impl Fn(&E) -> Option<F>,
        section: impl Fn(&S) -> Option<U>,
        term: impl Fn(&T) -> Option<V>,
    ) -> Option<Fact<F, U, V>> {
        Some(match self {
            Fact::Face(id) => Fact::Face(entry(id)?),
            Fact::Whole(id) => Fact::Whole(entry(id)?),
            Fact::Layout(id) => Fact::Layout(section(id)?),
            Fact::MostLinked(id) => Fact::MostLinked(section(id)?),
            Fact::List(of, part) => {
                let of = match of {
                    ListOf::Section(id) => ListOf::Section(section(id)?),
                    ListOf::Term(id) => ListOf::Term(term(id)?),
                    ListOf::Timeline => ListOf::Timeline,
                    ListOf::All => ListOf::All,
                };
                Fact::List(of, part.clone())
            }
            Fact::NotFound => Fact::NotFound,
            Fact::Timeline => Fact::Timeline,
            Fact::RootPages => Fact::RootPages,
            Fact::Selection(id, block) => Fact::Selection(entry(id)?, *block),
            Fact::Totals => Fact::Totals,
            Fact::Terms(taxonomy) => Fact::Terms(*taxonomy),
            Fact::References => Fact::References,
            Fact::RecentChanges => Fact::RecentChanges,
            Fact::Choices => Fact::Choices,
            Fact::Preview => Fact::Preview,
        })
    }
}

/// What the facts of a book are told by from one build to the next.
pub struct FactKeys {
    entries: FxHashMap<Fingerprint, EntryId>,
    sections: FxHashMap<Fingerprint, SectionId>,
    terms: FxHashMap<Fingerprint, TermId>,
}

impl FactKeys {
    pub fn of(book: &Book) -> FactKeys {
        FactKeys {
            entries: book.ids().map(|id| (Fingerprint::of(&book.entry(id).address), id)).collect(),
            sections: book.section_ids().map(|id| (Fingerprint::of(&book.section(id).name), id)).collect(),
            terms: book.terms.iter().map(|(id, term)| (term_fingerprint(term), id)).collect(),
        }
    }

    /// What was read of another book, in this one; none if it has not all of that.
    pub fn trace(&self, kept: &[KeptFact]) -> Option<Trace> {
        let fact = |fact: &KeptFact| {
            fact.map(
                |mark| self.entries.get(mark).copied(),
                |mark| self.sections.get(mark).copied(),
                |mark| self.terms.get(mark).copied(),
            )
        };
        kept.iter().map(fact).collect::<Option<Vec<Fact>>>().map(Trace)
    }
}

/// By what a term is known between two books.
fn term_fingerprint(term: &Term) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    hasher.value(&term.taxonomy);
    hasher.text(&term.key);
    hasher.finish()
}
