//! `[[Name]]`, `[[Name|text]]`, `[[Name#Heading]]`, `[[collection/slug]]`.

use pulldown_cmark::LinkType;

use super::{Syntax, Target, split_fragment};

pub const WIKILINK: Syntax = Syntax {
    takes: |link| matches!(link, LinkType::WikiLink { .. }),
    target: |text| {
        // In a table the bar of [[P\|x]] is escaped, and the parser leaves the backslash.
        let text = text.strip_suffix('\\').unwrap_or(text);
        let (name, fragment) = split_fragment(text);
        Target::Name { name: name.trim().into(), fragment: fragment.map(|fragment| fragment.trim().into()) }
    },
};
