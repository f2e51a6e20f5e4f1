//! The fingerprints of what many pages show.

use rayon::prelude::*;

use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::UrlPath;
use crate::book::{EntryId, Resolution, Taxonomy};
use crate::page::site_content::NAV_PAGES;
use crate::page::{SiteContent, Subject};
use crate::parse::Value;

/// The fingerprints of what many pages show.
pub struct Facts {
    /// The fingerprint of what all pages show.
    pub(super) all: Fingerprint,
    /// The fingerprint of each entry as others show it.
    pub(super) faces: Vec<Fingerprint>,
    /// The same as it stands in a list: its fields with what they lead to, too.
    pub(super) items: Vec<Fingerprint>,
}

/// The fingerprints of what all pages of a site show: the book's own words, its navigation, its sources; and of entries
/// as others show them. `theme` is that of the theme.
pub fn of_site(content: &SiteContent, theme: Fingerprint) -> Facts {
    let book = &content.book;
    let ids = || (0..book.entries.len() as u32).into_par_iter().map(EntryId);
    let faces: Vec<Fingerprint> = ids().map(|id| face(content, id)).collect();
    let items: Vec<Fingerprint> = ids().map(|id| item(content, id, &faces)).collect();
    let mut hasher = FingerprintHasher::default();
    hasher.fingerprint(theme);
    hasher.fingerprint(book.config.fingerprint());
    for id in book.section_ids() {
        let section = book.section(id);
        for text in [&section.name, &section.address, &section.title, &section.singular, &section.description] {
            hasher.text(text);
        }
        hasher.number(section.index.map_or(0, |index| u64::from(index.0) + 1));
        push_url(&mut hasher, content.url(&Subject::Section(id, None)));
        if section.name.is_empty() {
            section.members.iter().take(NAV_PAGES).for_each(|id| hasher.fingerprint(faces[id.0 as usize]));
        }
    }
    for subject in [
        Subject::Home,
        Subject::Search,
        Subject::Timeline(None),
        Subject::Tags,
        Subject::Sources,
        Subject::All(None),
        Subject::RecentChanges,
    ] {
        push_url(&mut hasher, content.url(&subject));
    }
    // A field shows the link to a country, whose address depends on nothing else that other entries say.
    Taxonomy::ALL.into_iter().for_each(|taxonomy| hasher.text(book.terms.folder(taxonomy)));
    content.feeds().iter().for_each(|feed| hasher.text(feed.url.as_str()));
    hasher.text(content.public_address().unwrap_or_default());
    Facts { all: hasher.finish(), faces, items }
}

/// An entry as others show it: where it stands, too.
fn face(content: &SiteContent, id: EntryId) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    hasher.fingerprint(content.book.entry(id).interface_hash);
    hasher.number(u64::from(content.book.section_of(id).0));
    hasher.text(content.entry_url(id).map_or("", UrlPath::as_str));
    hasher.finish()
}

/// An entry as it stands in a list. Its fields lead to entries, or nowhere.
fn item(content: &SiteContent, id: EntryId, faces: &[Fingerprint]) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    hasher.fingerprint(faces[id.0 as usize]);
    for value in content.book.entry(id).fields.iter().flat_map(|field| &field.values) {
        if let Value::Link(link) = value.value {
            let to = match content.book.resolution(id, link) {
                Resolution::Found { entry, .. } => faces[entry.0 as usize],
                _ => Fingerprint::default(),
            };
            hasher.fingerprint(to);
        }
    }
    hasher.finish()
}

/// An address, or that there is none.
pub(super) fn push_url(hasher: &mut FingerprintHasher, url: Option<&UrlPath>) {
    hasher.text(url.map_or("", UrlPath::as_str));
}

/// The fingerprint of what a search shows of an entry: its text, where it stands, how many link to it.
pub fn record(content: &SiteContent, facts: &Facts, id: EntryId) -> Fingerprint {
    let mut hasher = FingerprintHasher::default();
    hasher.fingerprint(facts.all);
    hasher.fingerprint(content.book.entry(id).content_hash);
    hasher.fingerprint(facts.faces[id.0 as usize]);
    hasher.number(content.book.graph.backlinks(id).len() as u64);
    for link in content.book.entry(id).body.links() {
        if let Resolution::Found { entry, .. } | Resolution::NoSuchAnchor { entry, .. } =
            content.book.resolution(id, link)
        {
            hasher.number(link as u64);
            hasher.fingerprint(facts.faces[entry.0 as usize]);
        }
    }
    hasher.finish()
}
