//! A link: what its author wrote, where in the entry it stands, and which path it means.

use serde::{Deserialize, Serialize};

use super::syntax::RawTarget;
use crate::base::path::{SourcePath, nfc, normalize};
use crate::base::span::Span;
use crate::config::Config;

/// A link in prose or a reference in a field: the same to whoever follows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    /// The smallest text that says where it leads.
    pub target_span: Span,
    pub target: RawTarget,
    /// Whether its author gave it words of its own; of a picture, a text for those who do not see it.
    pub labelled: bool,
    /// An image.
    pub embed: bool,
    pub from: Origin,
}

/// Where in its entry a link stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Origin {
    /// In the body, or in the text of a Markdown field.
    Prose {
        /// The offset in that text at which the link begins.
        at: u32,
        /// The sentence that it stands in, if that is kept, by its place among its entry's.
        mention: Option<u32>,
    },
    /// In a field: a relation.
    Relation { field: usize },
    /// The entry's picture.
    Image,
    /// At a figure.
    Figure,
    /// In a block that lists entries, which names what it lists them by: nothing that it says of its own entry.
    Query(QueryTerm),
}

impl Origin {
    /// What a block that lists entries names there, if it stands in one.
    pub fn query(&self) -> Option<QueryTerm> {
        match self {
            Origin::Query(term) => Some(*term),
            _ => None,
        }
    }
}

/// What a block that lists entries names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueryTerm {
    /// The collection or the folder that it lists.
    Section,
    /// An entry to which a field of those leads that it lists.
    Relation { collection: usize, field: usize },
}

/// The path in the book that is meant by one in the file `from`; none if it leads out.
pub fn in_book(config: &Config, from: &SourcePath, path: &str) -> Option<String> {
    let base = if path.starts_with('/') { &config.src } else { from.parent() };
    normalize(&nfc(&[base, "/", path].concat()))
}
