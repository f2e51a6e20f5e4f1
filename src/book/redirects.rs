//! The names that entries had at their old addresses.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::EntryId;
use crate::base::path::key;
use crate::parse::Entry;

/// Which entry is meant by an address that it has in its `redirect-from`, or by the last part of it. Whatever answers to
/// a name today comes before.
#[derive(Clone, Debug, Default)]
pub struct RedirectNames {
    names: FxHashMap<String, Vec<EntryId>>,
}

impl RedirectNames {
    pub fn of(entries: &[Arc<Entry>]) -> RedirectNames {
        let mut old = RedirectNames::default();
        for (i, entry) in entries.iter().enumerate() {
            for url in &entry.redirect_from {
                let address = address(url.value.as_str());
                old.add(address, EntryId(i as u32));
                if let Some((_, name)) = address.rsplit_once('/') {
                    old.add(name, EntryId(i as u32));
                }
            }
        }
        old
    }

    fn add(&mut self, name: &str, id: EntryId) {
        let ids = self.names.entry(key(name)).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }

    /// The entry that had this name, if it was one alone of those that are `wanted`.
    pub fn meant(&self, name: &str, wanted: impl Fn(EntryId) -> bool) -> Option<EntryId> {
        let name = key(name.trim().trim_matches('/'));
        let name = [".md", ".markdown", ".html"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        let mut meant = self.names.get(address(name))?.iter().copied().filter(|id| wanted(*id));
        meant.next().filter(|_| meant.next().is_none())
    }
}

/// An address without what names the file: `old/page`, `old`.
fn address(url: &str) -> &str {
    let address = [".html", ".htm"].iter().find_map(|end| url.strip_suffix(end)).unwrap_or(url);
    address.strip_suffix("/index").unwrap_or(address)
}
