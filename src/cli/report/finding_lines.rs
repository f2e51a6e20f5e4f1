//! Where findings stand, as people and programs count lines and columns.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::base::diagnostic::Place;
use crate::base::path::SourcePath;
use crate::base::source::SourceText;
use crate::base::span::{LineIndex, Position, Span};

/// The texts that findings speak of.
pub struct FindingLines<'a> {
    texts: &'a FxHashMap<SourcePath, SourceText>,
    /// Where the lines of those begin that were asked for.
    lines: RefCell<FxHashMap<SourcePath, Arc<LineIndex>>>,
    /// The last position that was asked for.
    last: RefCell<Option<(SourcePath, u32, Position)>>,
}

impl<'a> FindingLines<'a> {
    pub fn new(texts: &'a FxHashMap<SourcePath, SourceText>) -> FindingLines<'a> {
        FindingLines { texts, lines: RefCell::default(), last: RefCell::default() }
    }

    pub fn text(&self, path: &SourcePath) -> Option<&'a str> {
        self.texts.get(path).map(|text| &**text)
    }

    pub fn lines(&self, path: &SourcePath, text: &str) -> Arc<LineIndex> {
        self.lines.borrow_mut().entry(path.clone()).or_insert_with(|| Arc::new(LineIndex::of(text))).clone()
    }

    /// The first and the last position of what a finding marks; none if the file's text is not known. The end of a line
    /// belongs to it.
    pub fn range(&self, place: &Place) -> Option<(Position, Position)> {
        let covered = place.span.of(self.text(&place.path)?);
        let end = place.span.end - u32::from(covered.ends_with(['\n', '\r']));
        self.exact(&Place { path: place.path.clone(), span: Span { end, ..place.span } })
    }

    /// The same to the byte, of what is written over.
    pub fn exact(&self, place: &Place) -> Option<(Position, Position)> {
        let text = self.text(&place.path)?;
        let lines = self.lines(&place.path, text);
        let Span { start, end } = place.span;
        Some((self.position(&place.path, text, &lines, start), self.position(&place.path, text, &lines, end)))
    }

    /// Findings come in the order of their places: of one line that holds thousands the columns are counted on.
    fn position(&self, path: &SourcePath, text: &str, lines: &LineIndex, offset: u32) -> Position {
        let mut last = self.last.borrow_mut();
        let known = last.as_ref().filter(|(file, at, known)| {
            file == path
                && *at <= offset
                && !text.get(*at as usize..offset as usize).is_none_or(|part| part.contains(['\n', '\r']))
                && known.column > LONG
        });
        let position = match known {
            Some((_, at, known)) => {
                let more = &text[*at as usize..offset as usize];
                let column = known.column + more.chars().count();
                Position { column, column_utf16: known.column_utf16 + more.encode_utf16().count(), ..*known }
            }
            None => lines.position(text, offset as usize),
        };
        *last = Some((path.clone(), offset, position));
        position
    }
}

/// From which column on a line is long.
const LONG: usize = 200;
