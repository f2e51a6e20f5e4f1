//! The ways in which authors write links: what a syntax is, one file for each, and the list of them.

mod markdown;
mod wikilink;

use serde::{Deserialize, Serialize};

use super::markdown::LinkKind;

/// A way to write a link.
pub struct Syntax {
    /// The links that are of this syntax.
    pub kind: LinkKind,
    /// What the text between its brackets points at.
    pub target: fn(&str) -> RawTarget,
}

/// All syntaxes.
pub const SYNTAXES: &[&Syntax] = &[&markdown::MARKDOWN, &wikilink::WIKILINK];

/// What a link points at, as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RawTarget {
    /// An entry by its name: path, slug, title or alias; the empty name is the entry itself. `spaced`: whether white space
    /// stands before the `#`, and behind it, for the sign may be one of the name's.
    Name { name: Box<str>, fragment: Option<Box<str>>, spaced: (bool, bool) },
    /// A file or folder by its path, relative to the file that links, or from the root of the
    /// entries if it begins with a slash; empty is the entry itself.
    Path { path: Box<str>, fragment: Option<Box<str>> },
    /// Somewhere else.
    Url(Box<str>),
}

/// The syntax of a link.
pub fn of(link: LinkKind) -> &'static Syntax {
    SYNTAXES.iter().find(|syntax| syntax.kind == link).unwrap_or(&SYNTAXES[0])
}

impl RawTarget {
    /// The name or path with its fragment behind it; none of what is somewhere else.
    pub fn whole(&self) -> Option<String> {
        match self {
            RawTarget::Name { name, fragment: None, .. } | RawTarget::Path { path: name, fragment: None } => {
                Some(name.to_string())
            }
            RawTarget::Name { name, fragment: Some(fragment), spaced: (before, behind) } => {
                let space = |is_there: &bool| if *is_there { " " } else { "" };
                Some(format!("{name}{}#{}{fragment}", space(before), space(behind)))
            }
            RawTarget::Path { path, fragment: Some(fragment) } => Some(format!("{path}#{fragment}")),
            RawTarget::Url(_) => None,
        }
    }
}

/// A text up to its `#`, and what follows it.
fn split_fragment(text: &str) -> (&str, Option<&str>) {
    match text.split_once('#') {
        Some((before, fragment)) => (before, Some(fragment)),
        None => (text, None),
    }
}
