//! Fingerprints of an entry.

use super::entry::Entry;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::span::Span;

/// The fingerprint of all that an entry says, and that of what others show of it or find in it. `said` is where it is written what it
/// says beside its text; none where that is not told apart.
pub fn of(entry: &Entry, said: Option<Span>) -> (Fingerprint, Fingerprint) {
    let mut whole = FingerprintHasher::default();
    whole.text(entry.path.as_str());
    whole.text(&*entry.stem);
    let mut face = whole.clone();
    whole.text(&*entry.text);
    face.text(said.map_or(&*entry.text, |said| said.of(&entry.text)));
    face.text(&*entry.address);
    face.text(&entry.title.value);
    face.text(&*entry.body.excerpt);
    face.text(entry.title_anchor.as_deref().unwrap_or(""));
    face.number(entry.body.ids.len() as u64);
    entry.body.ids.iter().for_each(|id| face.text(&**id));
    for heading in &entry.body.headings {
        face.text(&*heading.anchor);
        face.text(&*heading.text);
    }
    (whole.finish(), face.finish())
}
