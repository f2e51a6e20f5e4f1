//! What an entry answers to.

use std::borrow::Cow;

use super::entry::{Entry, Role};
use super::name::{EntryName, Tier};
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::{UrlPath, key};
use crate::config::Config;

/// The names of an entry as they are compared, each once, of the first kind that it is of.
pub fn of(config: &Config, entry: &Entry) -> Vec<EntryName> {
    let mut names: Vec<EntryName> = Vec::with_capacity(6);
    for (tier, name) in written(config, entry) {
        let key = key(&name);
        match names.iter_mut().find(|known| *known.key == *key) {
            _ if key.is_empty() => {}
            Some(known) => known.tier = known.tier.min(tier),
            None => names.push(EntryName { tier, mark: Fingerprint::of(&key), key: key.into() }),
        }
    }
    names
}

/// Every name that an entry answers to as it is written, each with its kind; some may stand twice.
pub fn written<'a>(config: &Config, entry: &'a Entry) -> Vec<(Tier, Cow<'a, str>)> {
    let (folder, slug) = entry.address.rsplit_once('/').unwrap_or(("", &entry.address));
    let path = config.within_src(&entry.path).unwrap_or(entry.path.as_str());
    let disk_folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names = vec![(Tier::Address, Cow::from(&*entry.address))];
    // A YAML file at the root stands for its section, and its items have no path but their address.
    if !entry.is_item && (entry.section.is_empty() || !disk_folder.is_empty()) {
        let path = format!("{disk_folder}/{}", entry.stem);
        names.push((Tier::Path, path.trim_start_matches('/').to_owned().into()));
    }
    match entry.role {
        // A folder's page answers to its folder.
        Role::Index => {
            names.push((Tier::Path, folder.into()));
            names.push((Tier::Path, disk_folder.to_owned().into()));
            names.push((Tier::Slug, folder.rsplit('/').next().unwrap_or("").into()));
        }
        Role::Member | Role::NotFound => {
            names.push((Tier::Slug, entry.slug().into()));
            names.push((Tier::Slug, slug.into()));
        }
    }
    names.push((if entry.role == Role::Index { Tier::Last } else { Tier::Stem }, Cow::from(&*entry.stem)));
    names.push((Tier::Title, Cow::from(&entry.title.value)));
    names.extend(entry.aliases.iter().map(|alias| (Tier::Alias, Cow::from(&alias.value))));
    names
}

/// An entry at another address than the one that its name makes.
pub fn readdressed(config: &Config, entry: &Entry, address: String, role: Role) -> Entry {
    let mut moved = Entry { wanted: Some(entry.address.clone()), role, ..entry.clone() };
    moved.url = UrlPath::new(format!("{address}.html"));
    let mut face = FingerprintHasher::default();
    face.fingerprint(entry.interface_hash);
    face.text(&address);
    moved.interface_hash = face.finish();
    moved.address = address.into();
    moved.names = of(config, &moved);
    moved
}
