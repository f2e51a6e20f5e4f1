//! The ids of headings, by GitHub's algorithm.

use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;

use crate::base::path::nfc;

/// What the id of a heading without letters is.
const EMPTY: &str = "section";

/// The ids given so far on a page, each with how often it was wanted.
#[derive(Debug, Default)]
pub struct Anchors {
    taken: FxHashMap<String, u32>,
}

impl Anchors {
    /// The id of a heading with this text: `The plan's aims` is `the-plans-aims`, and the next of
    /// that name `the-plans-aims-1`.
    pub fn add(&mut self, text: &str) -> String {
        let slug = slug(text);
        self.unique(if slug.is_empty() { EMPTY.to_owned() } else { slug })
    }

    /// The id that an author gave a heading (`{#aims}`), made unique.
    pub fn reserve(&mut self, id: &str) -> String {
        let id = of_author(id);
        self.unique(if id.is_empty() { EMPTY.to_owned() } else { id })
    }

    fn unique(&mut self, id: String) -> String {
        let mut unique = id.clone();
        // The count is kept with the id, so that a thousand headings of one name cost a thousand steps.
        while self.taken.contains_key(&unique) {
            let wanted = self.taken.entry(id.clone()).or_default();
            *wanted += 1;
            unique = format!("{id}-{wanted}");
        }
        self.taken.insert(unique.clone(), 0);
        unique
    }
}

/// An id as its author gave it. Those with a colon are the theme's, so a colon becomes `-`.
pub fn of_author(id: &str) -> String {
    let kept = nfc(id).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
    kept.replace(':', "-")
}

/// Small letters, marks, digits, `_` and `-` of every script; a space is `-`, and all else is dropped.
pub fn slug(text: &str) -> String {
    let text = nfc(text).to_lowercase();
    let mut slug = String::with_capacity(text.len());
    slug.extend(text.chars().filter(|c| *c == ' ' || is_kept(*c)).map(|c| if c == ' ' { '-' } else { c }));
    slug
}

fn is_kept(c: char) -> bool {
    match c {
        '-' | '_' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}' => true,
        _ => c.is_alphabetic() || is_combining_mark(c) || (c.is_numeric() && !is_other_number(c)),
    }
}

/// Numbers that are not digits (general category No), like `²` and `½`, of the first plane.
fn is_other_number(c: char) -> bool {
    matches!(c,
        '\u{b2}'..='\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}' | '\u{9f4}'..='\u{9f9}' | '\u{b72}'..='\u{b77}'
        | '\u{bf0}'..='\u{bf2}' | '\u{c78}'..='\u{c7e}' | '\u{d58}'..='\u{d5e}' | '\u{d70}'..='\u{d78}'
        | '\u{f2a}'..='\u{f33}' | '\u{1369}'..='\u{137c}' | '\u{17f0}'..='\u{17f9}' | '\u{19da}'
        | '\u{2070}'..='\u{2089}' | '\u{2150}'..='\u{215f}' | '\u{2189}' | '\u{2460}'..='\u{249b}'
        | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{2cfd}' | '\u{3192}'..='\u{3195}'
        | '\u{3220}'..='\u{3229}' | '\u{3248}'..='\u{324f}' | '\u{3251}'..='\u{325f}' | '\u{3280}'..='\u{3289}'
        | '\u{32b1}'..='\u{32bf}' | '\u{a830}'..='\u{a835}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_the_id_that_github_gives_it() {
        for (text, id) in [
            ("The plan's aims", "the-plans-aims"),
            ("What is 5G? (2015–2025)", "what-is-5g-20152025"),
            ("snake_case and kebab-case", "snake_case-and-kebab-case"),
            ("A & B", "a--b"),
            ("中国制造2025", "中国制造2025"),
            ("Élan ÄÖÜ", "élan-äöü"),
            ("हिन्दी", "हिन्दी"),
            ("Cafe\u{301}", "café"),
            ("x² and ½", "x-and-"),
            ("Plan 🚀", "plan-"),
            ("?!", "section"),
            ("", "section"),
        ] {
            assert_eq!(Anchors::default().add(text), id, "{text}");
        }
    }

    #[test]
    fn no_two_headings_share_an_id() {
        let mut anchors = Anchors::default();
        let ids: Vec<String> = ["Aims", "Aims-1", "Aims", "Aims", "Aims-1"].map(|text| anchors.add(text)).into();
        assert_eq!(ids, ["aims", "aims-1", "aims-2", "aims-3", "aims-1-1"]);
    }

    #[test]
    fn an_id_that_its_author_gave_is_kept() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.reserve("Aims"), "Aims");
        assert_eq!(anchors.reserve("Aims"), "Aims-1");
        assert_eq!(anchors.add("aims"), "aims");
        assert_eq!(anchors.reserve("fn:1"), "fn-1");
        assert_eq!(anchors.reserve(""), "section");
    }
}
