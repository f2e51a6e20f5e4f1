//! `[[Name]]`, `[[Name|text]]`, `[[Name#Heading]]`, `[[collection/slug]]`.

use super::{Syntax, Target, split_fragment};
use crate::parse::markdown::LinkKind;

pub const WIKILINK: Syntax = Syntax {
    kind: LinkKind::Wiki,
    target: |text| {
        let (name, fragment) = split_fragment(text);
        Target::Name { name: name.trim().into(), fragment: fragment.map(|fragment| fragment.trim().into()) }
    },
};
