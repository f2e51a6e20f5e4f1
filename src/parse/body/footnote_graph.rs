//! Which footnotes of a text its readers see: those that the text refers to, and those that these refer to.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

/// The footnotes of a text and the references to them, as they are read. Labels do not know case.
#[derive(Default)]
pub struct FootnoteGraph {
    notes: Vec<Footnote>,
    references: Vec<Reference>,
    /// The footnotes that are open, outer ones first.
    open: Vec<usize>,
    /// The heading that is open, by where it begins.
    heading: Option<usize>,
}

struct Footnote {
    /// As its author wrote it.
    label: String,
    /// In the text: what it begins with, `[^label]:`, and all of it.
    mark: Range<usize>,
    whole: Range<usize>,
}

struct Reference {
    label: String,
    /// The footnote that it stands in.
    around: Option<usize>,
    /// Where the heading begins that it stands in.
    heading: Option<usize>,
}

/// A footnote that nobody sees.
pub struct LostFootnote {
    pub label: String,
    pub mark: Range<usize>,
    pub whole: Range<usize>,
    pub why: LostReason,
}

/// LostReason a footnote is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostReason {
    /// Another of the same label stands before it.
    Second,
    NoReference,
    /// Only the title refers to it, which stands where no footnote can.
    Title,
    /// Only footnotes refer to it that are not shown.
    OnlyLost,
}

impl FootnoteGraph {
    /// A footnote begins.
    pub fn begin(&mut self, label: &str, mark: Range<usize>, whole: Range<usize>) {
        self.open.push(self.notes.len());
        self.notes.push(Footnote { label: label.to_owned(), mark, whole });
    }

    /// The footnote ends that is open.
    pub fn end(&mut self) {
        self.open.pop();
    }

    /// A reference.
    pub fn refer(&mut self, label: &str) {
        let around = self.open.last().copied();
        self.references.push(Reference { label: label.to_lowercase(), around, heading: self.heading });
    }

    /// A heading begins at a place, or ends.
    pub fn heading(&mut self, start: Option<usize>) {
        self.heading = start;
    }

    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// Those that are not shown, in the order of the text, where the heading that begins at `title` is not.
    pub fn lost(&self, title: Option<usize>) -> Vec<LostFootnote> {
        if self.notes.is_empty() {
            return Vec::new();
        }
        let mut first: FxHashMap<String, usize> = FxHashMap::default();
        for (place, note) in self.notes.iter().enumerate() {
            first.entry(note.label.to_lowercase()).or_insert(place);
        }
        // By the footnote that they stand in, those that it refers to.
        let mut from: FxHashMap<Option<usize>, Vec<usize>> = FxHashMap::default();
        let mut referred: FxHashMap<usize, LostReason> = FxHashMap::default();
        for reference in &self.references {
            let Some(note) = first.get(&reference.label) else { continue };
            match title.is_some() && reference.heading == title {
                true => drop(referred.entry(*note).or_insert(LostReason::Title)),
                false => {
                    referred.insert(*note, LostReason::OnlyLost);
                    from.entry(reference.around).or_default().push(*note);
                }
            }
        }
        let mut shown = FxHashSet::default();
        let mut next: Vec<Option<usize>> = vec![None];
        while let Some(place) = next.pop() {
            let notes = from.remove(&place).unwrap_or_default();
            next.extend(notes.into_iter().filter(|note| shown.insert(*note)).map(Some));
        }
        let lost = self.notes.iter().enumerate().filter(|(place, _)| !shown.contains(place));
        let lost = lost.map(|(place, Footnote { label, mark, whole })| {
            let why = match first.get(&label.to_lowercase()) == Some(&place) {
                true => referred.get(&place).copied().unwrap_or(LostReason::NoReference),
                false => LostReason::Second,
            };
            LostFootnote { label: label.clone(), mark: mark.clone(), whole: whole.clone(), why }
        });
        lost.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_text_leads_to_is_shown() {
        let mut notes = FootnoteGraph::default();
        notes.heading(Some(0));
        notes.refer("title");
        notes.heading(None);
        notes.refer("A");
        let mut start = 0;
        for (label, refers) in
            [("a", "b"), ("b", "a"), ("title", "a"), ("c", "d"), ("d", "c"), ("e", "e"), ("a", "f"), ("f", "")]
        {
            start += 10;
            notes.begin(label, start..start + 5, start..start + 9);
            notes.refer(refers);
            notes.end();
        }
        let lost = |title| notes.lost(title).into_iter().map(|lost| (lost.label, lost.why)).collect::<Vec<_>>();
        let expected = [
            ("c", LostReason::OnlyLost),
            ("d", LostReason::OnlyLost),
            ("e", LostReason::OnlyLost),
            ("a", LostReason::Second),
            ("f", LostReason::OnlyLost),
        ];
        let expected = expected.map(|(label, why)| (label.to_owned(), why));
        assert_eq!(lost(None), expected);
        assert_eq!(lost(Some(0)), [&[("title".to_owned(), LostReason::Title)], &expected[..]].concat());
    }
}
