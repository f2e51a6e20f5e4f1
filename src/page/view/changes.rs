//! What is other than in a revision, as a preview shows it.

use std::borrow::Cow;

use serde::Serialize;

/// The page of all changes.
#[derive(Serialize)]
pub struct ChangesView<'a> {
    /// What the revision is called.
    pub against: &'a str,
    /// Files that could not be read, and so are not compared.
    pub unread: Vec<&'a str>,
    /// What is other of the book as a whole.
    pub book: Vec<DetailView<'a>>,
    /// Entries by what became of them, then sources.
    pub groups: Vec<ChangeGroupView<'a>>,
    /// Links that lead nowhere now, and those that are mended.
    pub links: Vec<LinkGroupView<'a>>,
    /// What a check finds now, and what no more.
    pub findings: Vec<FindingGroupView<'a>>,
}

/// The way to that page.
#[derive(Serialize)]
pub struct ChangesAnchor {
    /// What the page is called.
    pub title: String,
    pub href: String,
    /// How many entries are other.
    pub count: usize,
}

#[derive(Serialize)]
pub struct ChangeGroupView<'a> {
    pub title: &'a str,
    pub changes: Vec<ChangeView<'a>>,
}

/// What is other of an entry or a source.
#[derive(Serialize)]
pub struct ChangeView<'a> {
    /// What became of it: `new`, `gone`, `moved` or `changed`; and the word for that.
    pub fate: &'static str,
    pub word: &'a str,
    pub title: &'a str,
    pub href: Option<String>,
    /// Its address, and the one before if it has moved.
    pub address: &'a str,
    pub from: Option<&'a str>,
    /// Sentences on it.
    pub notes: Vec<String>,
    pub details: Vec<DetailView<'a>>,
}

/// One thing that it says otherwise.
#[derive(Serialize)]
pub struct DetailView<'a> {
    pub label: Cow<'a, str>,
    pub lost: &'a [String],
    pub gained: &'a [String],
    /// How a text is other; empty where values are.
    pub text: String,
}

#[derive(Serialize)]
pub struct LinkGroupView<'a> {
    pub title: &'a str,
    pub items: Vec<BrokenLinkView<'a>>,
}

/// A link that leads nowhere, or did.
#[derive(Serialize)]
pub struct BrokenLinkView<'a> {
    /// The entry that it stands in.
    pub title: &'a str,
    pub href: Option<String>,
    pub path: &'a str,
    pub line: usize,
    pub target: &'a str,
    /// The title of what it led to.
    pub led_to: Option<&'a str>,
}

#[derive(Serialize)]
pub struct FindingGroupView<'a> {
    pub title: &'a str,
    pub items: Vec<FindingView<'a>>,
}

#[derive(Serialize)]
pub struct FindingView<'a> {
    pub rule: &'a str,
    pub is_error: bool,
    pub path: &'a str,
    pub line: Option<usize>,
    pub message: &'a str,
}
