//! A link in few bytes: links are many and lie far apart, and most questions about them need no more.

use serde::{Deserialize, Serialize};

use super::link::{Link, Origin, in_book};
use super::mention::Mention;
use super::syntax::RawTarget;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::{SourcePath, key};
use crate::config::Config;

/// What a link asks for, and how it is said.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct LinkKey {
    pub asks: LinkKeyKind,
    /// The name that it asks for as names are compared, or the path in the book; empty if it asks for its own entry, or
    /// for something outside the book.
    pub sought: Fingerprint,
    /// Tells what readers see of it from what they see of others: its words, and the sentence around them.
    pub said: u64,
}

/// In what way a link asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKeyKind {
    /// By a name, in prose.
    Name,
    /// By a name, in a field: a relation.
    Relation,
    /// By a path.
    Path,
    /// By a name, in a block that lists entries: that is no mention.
    Query,
    /// For one of an entry's headings, or for something outside the book.
    More,
}

impl LinkKey {
    /// The gist of a link in the file `from`, which stands in the sentence `mention`.
    pub fn of(config: &Config, from: &SourcePath, link: &Link, mention: &Mention) -> LinkKey {
        let asks = match (&link.target, &link.from) {
            (RawTarget::Name { .. }, Origin::Relation { .. }) => LinkKeyKind::Relation,
            (_, Origin::Query(_)) => LinkKeyKind::Query,
            (RawTarget::Name { fragment: None, .. }, _) => LinkKeyKind::Name,
            (RawTarget::Path { path, fragment: None }, _) if !path.is_empty() => LinkKeyKind::Path,
            _ => LinkKeyKind::More,
        };
        let sought = match (asks, &link.target) {
            (LinkKeyKind::Name | LinkKeyKind::Relation | LinkKeyKind::Query, RawTarget::Name { name, .. }) => {
                Fingerprint::of(&key(name))
            }
            (LinkKeyKind::Path, RawTarget::Path { path, .. }) => {
                Fingerprint::of(&in_book(config, from, path).unwrap_or_default())
            }
            _ => Fingerprint::default(),
        };
        let mut said = FingerprintHasher::default();
        match &link.from {
            Origin::Prose { .. } => {
                said.number(u64::from(link.labelled));
                said.number((mention.start as u64) << 16 | mention.end as u64);
                said.text(&mention.text);
            }
            Origin::Relation { field } => said.number(*field as u64),
            Origin::Image | Origin::Figure | Origin::Query(_) => {}
        }
        LinkKey { asks, sought, said: said.half() }
    }
}
