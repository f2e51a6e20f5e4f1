//! Which files of a folder belong to the book.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::{DirEntry, WalkDir};

use super::manifest::is_output;
use super::templates;
use crate::base::path::{SKIPPED, SourcePath, is_markdown};
use crate::base::source::SourceText;

/// A file with its path in the book, or what stands in the way.
pub type Walked = Result<(SourcePath, PathBuf), Unreadable>;

/// What a walk came by.
#[derive(Debug, Default)]
pub struct Walk {
    pub files: Vec<Walked>,
    /// In the order of their paths.
    pub skipped: Vec<Skipped>,
}

/// A folder that is not read, for what stands in it was made or fetched by a program, or is a template; or a link that is
/// not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    pub path: SourcePath,
    pub what: What,
    /// Whether a Markdown file stands in it, or is what a link leads to.
    pub has_markdown: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Folder,
    LinkToFolder,
    LinkToFile,
}

impl What {
    fn of(path: &Path) -> What {
        match (path.is_symlink(), path.is_dir()) {
            (false, _) => What::Folder,
            (true, true) => What::LinkToFolder,
            (true, false) => What::LinkToFile,
        }
    }
}

/// How much is looked at of a foreign folder, which may be a whole disk, at each of these depths.
const MOST_FOREIGN: usize = 2_000;
const DEPTHS: [usize; 3] = [1, 3, usize::MAX];

/// All files below `folder` that may belong to the book in `root`.
pub fn walk(root: &Path, folder: &Path, skip: &[PathBuf]) -> Result<Walk> {
    let real = |path: &Path| path.canonicalize().with_context(|| format!("cannot read {}", path.display()));
    let mut gate = WalkFilter {
        themes: root.join("themes"),
        root: real(root)?,
        folder: real(folder)?,
        // An output that is not there yet needs no skipping.
        skip: skip.iter().filter_map(|path| path.canonicalize().ok()).collect(),
        linked: None,
        skipped: Vec::new(),
    };
    gate.skip.extend(templates::folder(root));
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).into_iter().filter_entry(|entry| gate.opens(entry)) {
        match entry {
            Ok(entry) if !entry.file_type().is_file() => {}
            Ok(entry) => files.push(walked(root, entry.path())),
            // A link that leads nowhere or in a circle is no file of the book, nor is what was
            // removed under our eyes.
            Err(error) if error.loop_ancestor().is_some() || error.path().is_none_or(is_gone_or_link) => {}
            Err(error) => {
                let path = SourcePath::new(&within(root, error.path().unwrap_or(folder)).to_string_lossy());
                let reason = error.io_error().map_or_else(|| error.to_string(), reason);
                files.push(Err(Unreadable::whole(
                    path,
                    format!("cannot look into this folder: {reason}"),
                    "check who may read it",
                )));
            }
        }
    }
    let skipped = gate.skipped.into_iter().map(|path| {
        let what = What::of(&path);
        Skipped {
            what,
            has_markdown: has_markdown(&path, what),
            path: SourcePath::new(&within(root, &path).to_string_lossy()),
        }
    });
    let mut skipped: Vec<Skipped> = skipped.collect();
    skipped.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Walk { files, skipped })
}

/// Whether a folder is what a program made or fetched: an output of ours, a `target` of Cargo or Maven, `node_modules`.
pub fn is_made(folder: &Path) -> bool {
    let has = |folder: Option<&Path>, name: &str| folder.is_some_and(|folder| folder.join(name).is_file());
    match folder.file_name().and_then(|name| name.to_str()) {
        Some(SKIPPED) => true,
        // Its tag says that it is a cache: bford.info/cachedir.
        Some("target") => {
            has(Some(folder), "CACHEDIR.TAG") || ["Cargo.toml", "pom.xml"].iter().any(|name| has(folder.parent(), name))
        }
        _ => is_output(folder),
    }
}

/// Whether a Markdown file stands in a folder, or is what a link leads to; of an output of ours, which may be large,
/// whether one stands beside its list.
fn has_markdown(path: &Path, what: What) -> bool {
    let is_hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let is_text = |file: DirEntry| file.file_type().is_file() && is_markdown(&file.file_name().to_string_lossy());
    let has_some = |depth: usize, most: usize| {
        let entries = WalkDir::new(path).max_depth(depth).into_iter();
        let entries = entries.filter_entry(|entry| what == What::Folder || !is_hidden(entry));
        entries.take(most).flatten().any(is_text)
    };
    match what {
        What::LinkToFile => is_markdown(&path.to_string_lossy()),
        // What stands high up is found, however much is below.
        What::LinkToFolder => DEPTHS.into_iter().any(|depth| has_some(depth, MOST_FOREIGN)),
        What::Folder => has_some(if is_output(path) { 1 } else { usize::MAX }, usize::MAX),
    }
}

/// A file that could not be read as text, or a folder that could not be looked into.
#[derive(Debug)]
pub struct Unreadable {
    pub path: SourcePath,
    /// The offset of the first byte that is no text.
    pub at: usize,
    /// The text before it, for its line and column.
    pub before: SourceText,
    pub message: String,
    pub help: &'static str,
}

impl Unreadable {
    /// No byte of it could be read as text.
    pub fn whole(path: SourcePath, message: String, help: &'static str) -> Unreadable {
        Unreadable { path, at: 0, before: "".into(), message, help }
    }
}

/// What the walk goes through.
struct WalkFilter {
    /// Where the book's folder really is.
    root: PathBuf,
    /// Where the folder that is walked really is.
    folder: PathBuf,
    /// The folder in whose folders the book's templates stand.
    themes: PathBuf,
    skip: Vec<PathBuf>,
    /// The depth of the link to a folder through which the walk came here.
    linked: Option<usize>,
    /// The folders that it passed by, and links.
    skipped: Vec<PathBuf>,
}

impl WalkFilter {
    /// Whether a file belongs to the book, and a folder is entered. Entries come as `WalkDir` visits
    /// them: a folder, then what is in it, then what stands beside it.
    fn opens(&mut self, entry: &DirEntry) -> bool {
        if self.linked.is_some_and(|depth| entry.depth() <= depth) {
            self.linked = None;
        }
        if entry.depth() == 0 {
            self.skip.extend(templates::folder(entry.path()));
            return true;
        }
        let name = entry.file_name().to_string_lossy();
        let is_dir = entry.file_type().is_dir();
        if name.starts_with('.') || is_dir && self.is_theme(entry.path()) {
            return false;
        }
        if entry.path_is_symlink() && !self.leads_to_content(entry) {
            // Behind another link it was told at its own place.
            if self.linked.is_none() && self.leads_to_others(entry) {
                self.skipped.push(entry.path().to_owned());
            }
            return false;
        }
        if is_dir && entry.path_is_symlink() {
            // Through one link the walk does not take another: folders full of links to each other
            // have more ways through them than there is time.
            if self.linked.is_some() {
                return false;
            }
            self.linked = Some(entry.depth());
        }
        let is_skipped = || entry.path().canonicalize().is_ok_and(|path| self.skip.contains(&path));
        if !is_dir {
            return true;
        }
        if is_made(entry.path()) || !self.skip.is_empty() && is_skipped() {
            self.skipped.push(entry.path().to_owned());
            return false;
        }
        // A vault may stand in a folder of the book.
        self.skip.extend(templates::folder(entry.path()));
        true
    }

    /// Whether a folder holds templates and not content. Entries about themes may stand in `themes/` as well.
    fn is_theme(&self, path: &Path) -> bool {
        path.parent() == Some(&self.themes) && ["templates", "static"].iter().any(|part| path.join(part).is_dir())
    }

    /// Whether a link leads to what a walk without links could reach: inside the book, past nothing
    /// that is hidden or skipped, and not to a folder around the one that is walked.
    fn leads_to_content(&self, link: &DirEntry) -> bool {
        let Ok(real) = link.path().canonicalize() else { return false };
        let Some(inside) = [&self.folder, &self.root].iter().find_map(|base| real.strip_prefix(base).ok()) else {
            return false;
        };
        let around = real.ancestors().take(inside.components().count());
        let barred = inside.components().any(is_hidden) || around.filter(|path| path.is_dir()).any(is_made);
        !barred && !self.folder.starts_with(&real) && !self.skip.iter().any(|skip| real.starts_with(skip))
    }

    /// Whether a link leads to what nobody would look for in the book: out of it, or to what it leaves out. What is hidden
    /// is left out on purpose, and a folder around the book holds what is read.
    fn leads_to_others(&self, link: &DirEntry) -> bool {
        let Ok(real) = link.path().canonicalize() else { return false };
        let inside = real.strip_prefix(&self.root).ok();
        let is_hidden = inside.is_some_and(|inside| inside.components().any(is_hidden));
        let is_around = self.root.starts_with(&real) || self.folder.starts_with(&real);
        !is_hidden && !is_around && (real.is_dir() || is_markdown(&link.file_name().to_string_lossy()))
    }
}

/// Whether a part of a path is hidden.
fn is_hidden(part: Component) -> bool {
    part.as_os_str().to_string_lossy().starts_with('.')
}

fn is_gone_or_link(path: &Path) -> bool {
    fs::symlink_metadata(path).map_or_else(|error| error.kind() == io::ErrorKind::NotFound, |found| found.is_symlink())
}

fn within<'a>(base: &Path, file: &'a Path) -> &'a Path {
    file.strip_prefix(base).unwrap_or(file)
}

/// Where a file stands below `base`, beside the file itself.
fn walked(base: &Path, file: &Path) -> Walked {
    let within = within(base, file);
    let path = SourcePath::new(&within.to_string_lossy());
    if within.to_str().is_none() {
        let message = "the name of this file is no Unicode text".to_owned();
        return Err(Unreadable::whole(path, message, "rename the file"));
    }
    // On Windows it parts folders; elsewhere it would, once the book is copied there.
    let backslash = |part: Component| part.as_os_str().to_string_lossy().contains('\\');
    if within.components().any(backslash) {
        let message = "the name of this file holds a backslash".to_owned();
        return Err(Unreadable::whole(path, message, "rename the file"));
    }
    Ok((path, file.to_owned()))
}

/// "permission denied", without the system's number.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or("");
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
