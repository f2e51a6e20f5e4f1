//! A source, as an entry cites it and as the page of all sources lists it.

use serde::Serialize;

use super::{Anchor, DateView};

#[derive(Serialize)]
pub struct SourceView<'a> {
    /// Its anchor on the page of all sources.
    pub anchor: Option<String>,
    /// Where it stands on that page.
    pub href: Option<String>,
    pub title: &'a str,
    pub author: Option<&'a str>,
    pub publisher: Option<&'a str>,
    pub url: Option<&'a str>,
    pub date: Option<DateView>,
    pub accessed: Option<DateView>,
    pub note: Option<&'a str>,
    /// The source that it was cited in.
    pub via: Option<Anchor<'a>>,
    /// Who cites it, on the page of all sources.
    pub cited_by: Vec<Anchor<'a>>,
}
