//! What entries cite, and how they name it.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::path::SourcePath;
use crate::base::span::Spanned;

/// One source of `sources.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The file that lists it.
    pub path: SourcePath,
    pub key: Spanned<String>,
    pub citation: ReferenceData,
}

/// What an entry names as its source.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum CitationRef {
    /// A key into `sources.yaml`.
    Key(Spanned<String>),
    /// Written out in the entry.
    Inline(Box<ReferenceData>),
}

/// A source: what to look up, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReferenceData {
    pub title: Box<str>,
    pub author: Option<Box<str>>,
    pub publisher: Option<Box<str>>,
    pub url: Option<Box<str>>,
    pub date: Option<Date>,
    pub accessed: Option<Date>,
    pub note: Option<Box<str>>,
    /// The key of the source that it was cited in.
    pub via: Option<Spanned<String>>,
}
