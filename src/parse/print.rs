//! Fingerprints of an entry.

use xxhash_rust::xxh3::Xxh3;

use super::entry::Entry;
use crate::base::path::Mark;
use crate::base::span::Span;

/// The fingerprint of all that an entry says, and that of what others show of it. `said` is where it is written what it
/// says beside its text; none where that is not told apart.
pub fn of(entry: &Entry, said: Option<Span>) -> (Mark, Mark) {
    let mut whole = Print(Xxh3::new());
    whole.text(entry.path.as_str());
    whole.text(&entry.stem);
    let mut face = Print(whole.0.clone());
    whole.text(&entry.text);
    face.text(said.map_or(&entry.text, |said| said.of(&entry.text)));
    face.text(&entry.address);
    face.text(&entry.title.value);
    face.text(&entry.body.excerpt);
    for heading in &entry.body.headings {
        face.text(&heading.anchor);
        face.text(&heading.text);
    }
    (Mark::new(whole.0.digest128()), Mark::new(face.0.digest128()))
}

struct Print(Xxh3);

impl Print {
    /// A text, told apart from the one before and the one after it.
    fn text(&mut self, text: &str) {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
    }
}
