//! Giving an entry another address: what changes in which file. Nothing is written here.

mod edits;
mod old_address;
mod relinked;

use std::collections::BTreeSet;

use edits::{Edits, files, put};
use relinked::Relinked;

use crate::base::apply_edits::FileChange;
use crate::base::path::{SKIPPED, SourcePath, destination, key, normalize, slug, way};
use crate::base::refusal::Refusal;
use crate::base::span::{LineIndex, Spanned};
use crate::book::{Book, EntryAddress, EntryId, Resolution};
use crate::parse::yaml::YamlNode;
use crate::parse::{self, Entry, Link, Origin, RawTarget, Role, yaml_quote};

/// What a new name changes.
pub struct RenamePlan {
    /// The addresses before and after.
    pub addresses: (String, String),
    /// Where the entry's file goes, if it does.
    pub moved: Option<(SourcePath, SourcePath)>,
    /// The files that change, by the paths that they have before.
    pub files: Vec<FileChange>,
    /// How many links and references are written anew.
    pub links: usize,
    /// The file and the line of links that lead elsewhere afterwards, or are known by the old address alone.
    pub left: Vec<(SourcePath, usize)>,
    /// The book as it is then.
    pub book: Book,
}

/// Gives the entry that `old` names the address `new`: a name in its own folder, or a whole address.
///
/// Every link is written anew that says where the entry was. Then the book is linked as it will be, and whatever leads
/// elsewhere in it, as a name that now means another entry, is pinned to an address. `stands` tells where the page of an
/// address stands, which may have given way to another: there readers know it.
pub fn rename(book: &Book, old: &str, new: &str, stands: &dyn Fn(&str) -> String) -> Result<RenamePlan, Refusal> {
    let whole = relinked::with_lost_links(book);
    let book = whole.as_ref().unwrap_or(book);
    let id = find(book, old)?;
    let entry = book.entry(id);
    let address = address(book, id, new)?;
    let new_path = path(book, entry, &address)?;
    if new_path != entry.path && book.sources.iter().any(|source| source.path == new_path) {
        return Err(Refusal::new(format!("there is a file {new_path} already")).help("choose another name"));
    }
    let name = address.rsplit('/').next().unwrap_or(&address).to_owned();
    let short = address.split_once('/').map_or(address.as_str(), |(_, slug)| slug);
    let is_alone = book.names.matching(short, |other| other != id).is_empty();
    let spot = EntryAddress {
        path: new_path.clone(),
        item: entry.is_item.then(|| name.clone()),
        address: address.clone(),
        slug: is_alone.then(|| short.to_owned()),
        is_known: is_alone,
    };
    let moved = (new_path != entry.path).then(|| (entry.path.clone(), new_path.clone()));
    let mut edits = Edits::default();
    // Where links were written: one that is pinned afterwards is one link.
    let mut links = BTreeSet::new();
    for from in book.ids() {
        let source = book.entry(from);
        let is_moved = source.path == entry.path && !entry.is_item;
        for i in 0..source.links.len() {
            let target = match book.resolution(from, i) {
                Resolution::Found { entry: to, .. } | Resolution::NoSuchAnchor { entry: to, .. } if *to == id => {
                    to_entry(book, entry, &spot, if is_moved { &new_path } else { &source.path }, (from, i))
                }
                _ if is_moved && new_path.parent() != entry.path.parent() => {
                    from_elsewhere(entry, &new_path, &source.links[i])
                }
                _ => None,
            };
            links.extend(target.and_then(|target| respell(book, from, i, &target, &mut edits)));
        }
    }
    own_name(entry, &name, &mut edits);
    if !entry.draft {
        for (range, text) in old_address::leave(&entry.source(), entry, &stands(&entry.address))? {
            put(&mut edits, &entry.path, range, text);
        }
    }
    // What moves is written anew, changed or not.
    edits.entry(entry.path.clone()).or_default();
    let mut after = Relinked::of(book, &edits, moved.as_ref());
    after.holds(id, &entry.title.value)?;
    // What stands beside it may have its address from the names around it.
    let readdressed = after.readdressed(id);
    for (other, _) in &readdressed {
        let other = book.entry(*other);
        for (range, text) in old_address::leave(&other.source(), other, &stands(&other.address))? {
            put(&mut edits, &other.path, range, text);
        }
    }
    if !readdressed.is_empty() {
        after = Relinked::of(book, &edits, moved.as_ref());
        after.holds(id, &entry.title.value)?;
    }
    let pins = after.pins();
    let pinned: Vec<_> =
        pins.iter().filter_map(|(from, link, text)| respell(book, *from, *link, text, &mut edits)).collect();
    let after = if pinned.is_empty() { after } else { Relinked::of(book, &edits, moved.as_ref()) };
    after.holds(id, &entry.title.value)?;
    links.extend(pinned);
    let left =
        after.astray().into_iter().map(|(from, link)| place(book, from, &book.entry(from).links[link])).collect();
    let addresses = (entry.address.to_string(), address);
    Ok(RenamePlan { addresses, moved, files: files(book, &edits), links: links.len(), left, book: after.book })
}

/// Writes another target into a link, and tells where if that changes it.
fn respell(book: &Book, id: EntryId, link: usize, target: &str, edits: &mut Edits) -> Option<(SourcePath, u32)> {
    let from = book.entry(id);
    let (span, text) = book.write_instead(id, link, &with_query(from, &from.links[link], target))?;
    let is_other = span.of(&from.text) != text;
    if is_other {
        put(edits, &from.path, span.range(), text);
    }
    is_other.then(|| (from.path.clone(), from.links[link].target_span.start))
}

/// A path with the query that the link's author wrote behind it.
fn with_query(from: &Entry, link: &Link, target: &str) -> String {
    let written = link.target_span.of(&from.text);
    let path = written.split('#').next().unwrap_or(written);
    match (&link.target, path.split_once('?')) {
        (RawTarget::Path { .. }, Some((_, query))) => {
            let (path, fragment) = target.split_once('#').map_or((target, None), |(path, text)| (path, Some(text)));
            format!("{path}?{query}{}", fragment.map_or(String::new(), |text| format!("#{text}")))
        }
        _ => target.to_owned(),
    }
}

fn place(book: &Book, from: EntryId, link: &Link) -> (SourcePath, usize) {
    let (entry, text) = (book.entry(from), &*book.entry(from).text);
    (entry.path.clone(), LineIndex::of(text).position(text, link.target_span.start as usize).line)
}

/// The entry that is meant: by its file, its address, or any of its names.
fn find(book: &Book, old: &str) -> Result<EntryId, Refusal> {
    let path = SourcePath::new(old);
    let within = book.config.within_src(&path).unwrap_or(path.as_str());
    let address = match within.split_once('#') {
        Some((list, item)) => {
            format!("{}/{}", list.split(['/', '.']).next().unwrap_or(list), slug(item, book.config.keep_case))
        }
        None => within.strip_suffix(".html").unwrap_or(within).to_owned(),
    };
    let found = [within, address.as_str()].into_iter().map(|name| book.names.matching(name, |_| true));
    let found: Vec<EntryId> = found.into_iter().find(|ids| !ids.is_empty()).unwrap_or_default();
    match found.as_slice() {
        [only] => Ok(*only),
        [] => {
            let refusal = Refusal::new(format!("no entry is called \"{old}\""));
            Err(match book.nearest(old, |_| true) {
                Some((_, near)) => refusal.help(near.question()),
                None => refusal.help("name it by its file or its address, as policies/tax-relief"),
            })
        }
        several => {
            let addresses = several.iter().take(5).map(|id| &*book.entry(*id).address);
            let help = format!("say which by its address: {}", addresses.collect::<Vec<_>>().join(", "));
            Err(Refusal::new(format!("{} entries are called \"{old}\"", several.len())).help(help))
        }
    }
}

/// The whole new address.
fn address(book: &Book, id: EntryId, new: &str) -> Result<String, Refusal> {
    let entry = book.entry(id);
    if entry.role == Role::Index {
        let message = format!("{} is its folder's own page and has its address", entry.path);
        return Err(Refusal::new(message).help("rename the folder"));
    }
    let path = SourcePath::new(new.trim().trim_matches('/'));
    let in_src = book.config.within_src(&path);
    let within = in_src.unwrap_or(path.as_str());
    // From the top of the book, or beside the entry.
    let is_whole = new.trim().starts_with('/') || within.contains('/') || within != path.as_str();
    if within.split('/').any(|part| matches!(part, "." | "..")) {
        return Err(
            Refusal::new(format!("\"{new}\" is no address")).help("write it from the top, as policies/tax-cuts")
        );
    }
    let within = [".md", ".markdown", ".html"].iter().find_map(|end| within.strip_suffix(end)).unwrap_or(within);
    let folder = entry.address.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = match is_whole || folder.is_empty() {
        true => within.to_owned(),
        false => format!("{folder}/{within}"),
    };
    let proper: Vec<String> = whole.split('/').map(|part| slug(part, book.config.keep_case)).collect();
    let proper = proper.join("/");
    if proper != whole {
        let message = format!("\"{new}\" cannot stand in an address");
        return Err(Refusal::new(message).help(format!("write {proper}")));
    }
    if *whole == *entry.address {
        return Err(Refusal::new(format!("\"{}\" has this address already", entry.title.value)));
    }
    let (folder, name) = whole.rsplit_once('/').unwrap_or(("", &whole));
    if folder.split('/').any(|part| part == SKIPPED) {
        return Err(Refusal::new(format!("a folder called so is never read: {folder}")).help("choose another"));
    }
    if parse::is_index(name) {
        return Err(Refusal::new(format!("\"{name}\" would be its folder's own page")).help("choose another name"));
    }
    if let Some(other) = book.names.at(&whole).filter(|other| *other != id) {
        let other = book.entry(other);
        let message = format!("\"{}\" has this address", other.title.value);
        return Err(Refusal::new(message).at(book.place(other)).help("choose another"));
    }
    Ok(whole)
}

/// Where its file stands under the new address.
fn path(book: &Book, entry: &Entry, address: &str) -> Result<SourcePath, Refusal> {
    let (folder, name) = address.rsplit_once('/').unwrap_or(("", address));
    let (old_folder, _) = entry.address.rsplit_once('/').unwrap_or(("", &entry.address));
    if folder == old_folder && (entry.is_item || has_slug(entry)) {
        return Ok(entry.path.clone());
    }
    if entry.is_item {
        let message = format!("\"{}\" is an item of {}, and items stay in their list", entry.title.value, entry.path);
        return Err(Refusal::new(message).help(format!("move it by hand, or give it another name in {old_folder}")));
    }
    let within = book.config.within_src(&entry.path).unwrap_or(entry.path.as_str());
    if !entry.section.is_empty() && !within.contains('/') {
        let message = format!("{} gives its collection its name", entry.path);
        return Err(Refusal::new(message).help("give the entry another address with slug: … in it"));
    }
    let extension = entry.path.extension();
    let stem = if has_slug(entry) { entry.path.stem() } else { name };
    let parent = match folder == old_folder {
        true => entry.path.parent().to_owned(),
        false => [book.config.src.as_str(), &disk_folder(book, folder)].iter().filter(|part| !part.is_empty()).fold(
            String::new(),
            |path, part| if path.is_empty() { (*part).to_owned() } else { format!("{path}/{part}") },
        ),
    };
    let file = format!("{stem}.{extension}");
    Ok(SourcePath::new(&if parent.is_empty() { file } else { format!("{parent}/{file}") }))
}

/// The folder of an address as it is spelt on disk, where it is there already.
fn disk_folder(book: &Book, folder: &str) -> String {
    let spelt = book.entries.iter().find_map(|entry| {
        let (address, _) = entry.address.rsplit_once('/')?;
        let (disk, _) = book.config.within_src(&entry.path)?.rsplit_once('/')?;
        (address == folder && !entry.is_item).then(|| disk.to_owned())
    });
    spelt.unwrap_or_else(|| folder.to_owned())
}

fn has_slug(entry: &Entry) -> bool {
    keys(entry).is_some_and(|pairs| pairs.iter().any(|(key, _)| key.value == "slug"))
}

fn keys(entry: &Entry) -> Option<Vec<(Spanned<String>, YamlNode)>> {
    let item = entry.is_item.then_some(&*entry.stem);
    parse::keys(&entry.source(), item).map(|keys| keys.pairs)
}

/// Writes the new name where the entry itself says it: its `slug`, or its `id`.
fn own_name(entry: &Entry, name: &str, edits: &mut Edits) {
    for (key, node) in keys(entry).into_iter().flatten() {
        if key.value == "slug" || (key.value == "id" && entry.is_item) {
            put(edits, &entry.path, node.span.range(), yaml_quote::value(name).into_owned());
        }
    }
}

/// What a link to the entry says from now on, in the file `file`; none where it says the same.
fn to_entry(
    book: &Book,
    entry: &Entry,
    spot: &EntryAddress,
    file: &SourcePath,
    (from, link): (EntryId, usize),
) -> Option<String> {
    let (target, _) = book.pointed(from, link);
    let is_kept = match target {
        // A title is a name still, and so is an alias.
        RawTarget::Name { name, .. } => {
            let mut titles = std::iter::once(&entry.title).chain(&entry.aliases);
            name.is_empty() || titles.any(|title| key(&title.value) == key(name))
        }
        RawTarget::Path { path, .. } => path.is_empty(),
        RawTarget::Url(_) => true,
    };
    let is_relation = matches!(book.entry(from).links[link].from, Origin::Relation { .. } | Origin::Query(_));
    (!is_kept).then(|| spot.spell(&book.config, file, target, is_relation)).flatten()
}

/// What a link in the moved file says that leads elsewhere: the way from its new folder.
fn from_elsewhere(entry: &Entry, new_path: &SourcePath, link: &Link) -> Option<String> {
    let RawTarget::Path { path, fragment } = &link.target else { return None };
    if path.is_empty() || path.starts_with('/') {
        return None;
    }
    let full = normalize(&format!("{}/{path}", entry.path.parent()))?;
    let slash = if path.ends_with('/') { "/" } else { "" };
    let fragment = fragment.as_ref().map_or(String::new(), |fragment| format!("#{}", destination(fragment)));
    Some(destination(way(new_path, &full).trim_end_matches('/')) + slash + &fragment)
}
