//! A name that an entry answers to, and what kind of name it is.

use serde::{Deserialize, Serialize};

use crate::base::fingerprint::Fingerprint;

/// The kinds of names, in the order in which they are searched: an entry's address first, then its path on disk, its
/// slug, its file's name, its title, its aliases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tier {
    Address,
    Path,
    Slug,
    Stem,
    Title,
    Alias,
    /// "index" and "README" are what a folder's page is called, and seldom what it is about.
    Last,
}

/// A name that an entry answers to, as names are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryName {
    pub tier: Tier,
    pub key: Box<str>,
    pub mark: Fingerprint,
}
