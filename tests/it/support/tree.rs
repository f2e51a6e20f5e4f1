//! Whether a whole site holds together: read from disk, without a browser or a network.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::css;
use super::html::{self, Page};

/// An address in a page or a style sheet, and what it may be besides a relative one.
pub struct Reference {
    pub line: u64,
    /// Where it stands: `<a href>`.
    pub place: String,
    pub address: String,
    pub may: May,
}

#[derive(Clone, Copy, PartialEq)]
pub enum May {
    /// A file of the site and nothing else.
    Stay,
    /// A reader may follow it to another host, or write to somebody.
    Leave,
    /// It says where the page stands on the web, and nothing is loaded from there.
    Name,
    /// A picture, which the policy also allows as `data:`.
    BeData,
    /// Only an id of the same page.
    BeAnId,
}

/// What is wrong with the site in a folder: one line each, `path:line: what`, sorted
/// by place; nothing if all is well.
pub fn check_tree(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut pages = BTreeMap::new();
    let mut styles = BTreeMap::new();
    let files: BTreeSet<String> = files(dir).into_iter().collect();
    for path in &files {
        let read = || String::from_utf8(fs::read(dir.join(path)).expect("a file of the site"));
        if path.ends_with(".html") || path.ends_with(".css") {
            match read() {
                Ok(text) if path.ends_with(".html") => drop(pages.insert(path.as_str(), html::read(&text))),
                Ok(text) => drop(styles.insert(path.as_str(), css::read(&text))),
                Err(_) => found.push((path.as_str(), 1, "is not UTF-8".to_string())),
            }
        }
    }
    if pages.is_empty() {
        found.push((".", 1, "has no page".to_string()));
    }

    let tree = Tree::new(&files, &pages);
    for (path, page) in &pages {
        found.extend(page.problems.iter().map(|(line, what)| (*path, *line, what.clone())));
    }
    let references = pages.iter().map(|(path, page)| (*path, &page.references));
    for (path, references) in references.chain(styles.iter().map(|(path, references)| (*path, references))) {
        for reference in references {
            if let Err(what) = tree.follow(path, reference) {
                found.push((path, reference.line, format!("{} {:?}: {what}", reference.place, reference.address)));
            }
        }
    }
    found.extend(
        tree.clashes.iter().map(|(path, other)| (path.as_str(), 1, format!("differs from {other} only by case"))),
    );
    found.sort();
    found.into_iter().map(|(path, line, what)| format!("{path}:{line}: {what}")).collect()
}

/// The paths of all files under a folder, with `/`, sorted.
pub fn files(dir: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for item in walkdir::WalkDir::new(dir) {
        let item = item.expect("a folder that can be read");
        if !item.file_type().is_dir() {
            let inside = item.path().strip_prefix(dir).expect("a path under the folder");
            let parts: Vec<_> = inside.iter().map(|part| part.to_str().expect("a path in UTF-8")).collect();
            files.push(parts.join("/"));
        }
    }
    files.sort();
    files
}

/// All files and folders of a site, by their names.
struct Tree<'a> {
    files: &'a BTreeSet<String>,
    pages: &'a BTreeMap<&'a str, Page>,
    /// How each file or folder is really spelt, by its lower-case path.
    spelt: BTreeMap<String, String>,
    folders: BTreeSet<String>,
    clashes: BTreeSet<(String, String)>,
}

impl<'a> Tree<'a> {
    fn new(files: &'a BTreeSet<String>, pages: &'a BTreeMap<&'a str, Page>) -> Tree<'a> {
        let ends = |path: &str| path.match_indices('/').map(|(end, _)| end).collect::<Vec<_>>();
        let folders: BTreeSet<String> =
            files.iter().flat_map(|path| ends(path).into_iter().map(|end| path[..end].to_string())).collect();
        let (mut spelt, mut clashes) = (BTreeMap::new(), BTreeSet::new());
        for path in folders.iter().chain(files) {
            if let Some(other) = spelt.insert(path.to_lowercase(), path.clone()) {
                clashes.insert((path.clone(), other));
            }
        }
        Tree { files, pages, spelt, folders, clashes }
    }

    fn follow(&self, from: &str, reference: &Reference) -> Result<(), String> {
        // As browsers do: line ends and tabs inside an address do not count.
        let address: String =
            reference.address.trim().chars().filter(|sign| !matches!(sign, '\t' | '\n' | '\r')).collect();
        if address.is_empty() {
            return Err("is empty".into());
        }
        if let Some(scheme) = scheme(&address) {
            return match (reference.may, scheme.as_str()) {
                (May::Leave, "http" | "https" | "mailto" | "tel")
                | (May::Name, "http" | "https")
                | (May::BeData, "data") => Ok(()),
                _ => Err(format!("has the scheme {scheme:?}")),
            };
        }
        if address.contains('\\') {
            return Err("has a backslash, which browsers read as a slash".into());
        }
        if address.starts_with("//") {
            return Err("names another host".into());
        }
        // Servers show this page at any depth, so that its addresses begin at the root, with the site's own path.
        let (mut address, mut from) = (address, from);
        while from == "404.html" && address.starts_with('/') {
            address = address
                .get(1..)
                .unwrap_or_default()
                .split_once('/')
                .map_or(String::new(), |(_, rest)| format!("/{rest}"));
            let path = address.get(1..).unwrap_or_default().split(['#', '?']).next().unwrap_or_default();
            if self.files.contains(path) {
                (address, from) = (address[1..].to_string(), "index.html");
            }
        }
        if address.starts_with('/') {
            return Err("begins with a slash: it breaks under a sub-path and on file://".into());
        }
        if reference.may == May::BeAnId && !address.starts_with('#') {
            return Err("names another file, which browsers refuse here on file://".into());
        }

        let (address, fragment) = address.split_once('#').unwrap_or((&address, ""));
        let path = address.split_once('?').map_or(address, |(path, _)| path);
        let target = if path.is_empty() { from.to_string() } else { self.file(from, path)? };
        let fragment = fragment.split(":~:").next().unwrap_or_default();
        match self.pages.get(target.as_str()) {
            Some(page) if !matches!(fragment, "" | "top") => {
                let id = decoded(fragment)?;
                if page.ids.contains(&id) || page.ids.contains(fragment) {
                    Ok(())
                } else {
                    Err(format!("{target} has no id {id:?}"))
                }
            }
            _ => Ok(()),
        }
    }

    /// The file that a relative path names, seen from another.
    fn file(&self, from: &str, path: &str) -> Result<String, String> {
        let mut parts: Vec<String> = from.split('/').map(String::from).collect();
        parts.pop();
        let mut ends_in_folder = false;
        for step in path.split('/') {
            let step = decoded(step)?;
            ends_in_folder = matches!(step.as_str(), "" | "." | "..");
            match step.as_str() {
                "." => {}
                ".." if parts.pop().is_none() => return Err("leads out of the site".into()),
                ".." => {}
                "" => {}
                _ if step.contains('/') => return Err("has an encoded slash".into()),
                _ => parts.push(step),
            }
        }
        let target = parts.join("/");
        if ends_in_folder || self.folders.contains(&target) {
            return Err("names a folder: name its file".into());
        }
        if self.files.contains(&target) {
            return Ok(target);
        }
        match self.spelt.get(&target.to_lowercase()) {
            Some(spelt) => Err(format!("is spelt {spelt:?} on disk")),
            None => Err(format!("there is no file {target:?}")),
        }
    }
}

/// `https` of `https://example.org`; nothing for a relative address.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let mut signs = scheme.chars();
    let starts = signs.next().is_some_and(|first| first.is_ascii_alphabetic());
    let goes_on = signs.all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '+' | '-' | '.'));
    (starts && goes_on).then(|| scheme.to_ascii_lowercase())
}

fn decoded(text: &str) -> Result<String, String> {
    for (at, _) in text.match_indices('%') {
        let digits = text.as_bytes().get(at + 1..at + 3);
        if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            return Err("has a % that encodes nothing".into());
        }
    }
    let text = percent_encoding::percent_decode_str(text).decode_utf8();
    text.map(String::from).map_err(|_| "decodes to what is not UTF-8".into())
}
