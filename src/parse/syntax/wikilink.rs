//! `[[Name]]`, `[[Name|text]]`, `[[Name#Heading]]`, `[[collection/slug]]`.

use super::{RawTarget, Syntax, split_fragment};
use crate::parse::markdown::LinkKind;

pub const WIKILINK: Syntax = Syntax {
    kind: LinkKind::Wiki,
    target: |text| {
        let (name, fragment) = split_fragment(text);
        let is_space = |at: Option<char>| fragment.is_some() && at.is_some_and(char::is_whitespace);
        RawTarget::Name {
            name: name.trim().into(),
            fragment: fragment.map(|fragment| fragment.trim().into()),
            spaced: (is_space(name.chars().next_back()), is_space(fragment.and_then(|text| text.chars().next()))),
        }
    },
};
