//! Which folders of the book are watched, and what is heard of them.
//!
//! Where the system watches folder by folder we choose them ourselves: the book's folder, that of its entries and that
//! of its themes, with what is in them, but none that is skipped. A watch of all there is would drown in `target`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode, DataChange, EventKind, ModifyKind, RenameMode};
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher, WatcherKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::classify::{is_passed_over, within};
use super::debounce::Activity;
use crate::base::path::SourcePath;

/// What a watch hears.
#[derive(Debug)]
pub enum WatchEvent {
    /// Something happened to a path; `is_end` if what stood there stands there no more.
    Path { path: PathBuf, heard: Activity, is_end: bool },
    /// More happened than the system can tell.
    Overflow,
}

pub struct Watch {
    watcher: RecommendedWatcher,
    /// The book's folder, as it is really called.
    root: PathBuf,
    /// The folders that are watched, each with what it was really called then.
    folders: FxHashMap<PathBuf, PathBuf>,
    /// The links of the file system among what is watched, in the book's folder.
    pub links: Vec<SourcePath>,
    /// Why some folders are not watched.
    pub failure: Option<String>,
}

impl Watch {
    /// A watch that watches nothing yet, and sends what it hears.
    ///
    /// Errors: the system has no watches to give.
    pub fn new(root: PathBuf, sounds: Sender<WatchEvent>) -> Result<Watch> {
        let hear = move |event| hear(event, &sounds);
        let watcher = notify::recommended_watcher(hear).context("cannot watch the book's folder")?;
        Ok(Watch { watcher, root, folders: FxHashMap::default(), links: Vec::new(), failure: None })
    }

    /// Watches what there is by now: a folder is watched before it is looked into, so that nothing in it is missed.
    /// `src` is the folder of the entries, and `skip` are folders that are none of the book's.
    pub fn renew(&mut self, src: &str, skip: &[PathBuf]) {
        self.links.clear();
        self.failure = None;
        // A link may lead elsewhere by now, and its watch still be that of where it led.
        let is_other = |(folder, real): &(&PathBuf, &PathBuf)| folder.canonicalize().ok().as_ref() != Some(*real);
        let others: Vec<PathBuf> = self.folders.iter().filter(is_other).map(|(folder, _)| folder.clone()).collect();
        others.iter().for_each(|folder| self.forget(folder));
        let root = self.root.clone();
        let mut seen = FxHashSet::default();
        self.alone(&root);
        // The folders on the way there may go and come back.
        for part in Path::new(src).ancestors().skip(1) {
            self.alone(&root.join(part));
        }
        for folder in [src, "themes"] {
            self.tree(&root.join(folder), skip, &mut seen);
        }
    }

    /// What stood at a path is gone, and with it the watches of what was in it.
    pub fn forget(&mut self, path: &Path) {
        if !self.folders.contains_key(path) {
            return;
        }
        let gone: Vec<PathBuf> = self.folders.keys().filter(|folder| folder.starts_with(path)).cloned().collect();
        for folder in gone {
            // The system may have done so by itself.
            let _ = self.watcher.unwatch(&folder);
            self.folders.remove(&folder);
        }
    }

    fn tree(&mut self, folder: &Path, skip: &[PathBuf], seen: &mut FxHashSet<PathBuf>) {
        if skip.iter().any(|skip| skip == folder) || !seen.insert(folder.to_owned()) || !self.alone(folder) {
            return;
        }
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let (name, path) = (entry.file_name(), entry.path());
            let Ok(kind) = entry.file_type() else { continue };
            if is_passed_over(&name.to_string_lossy()) {
                continue;
            }
            if kind.is_dir() && !crate::disk::is_made(&path) {
                self.tree(&path, skip, seen);
            } else if kind.is_symlink() {
                self.links.extend(within(&self.root, &path));
                // What a link leads to is watched where it stands.
                match path.canonicalize().ok().filter(|real| real.starts_with(&self.root)) {
                    Some(real) if real.is_dir() => self.tree(&real, skip, seen),
                    Some(real) => drop(real.parent().map(|parent| self.alone(parent))),
                    None => {}
                }
            }
        }
    }

    /// Watches a folder without what is in it; says whether there is such a folder.
    fn alone(&mut self, folder: &Path) -> bool {
        if !folder.is_dir() {
            return false;
        }
        let is_each = matches!(RecommendedWatcher::kind(), WatcherKind::Inotify | WatcherKind::Kqueue);
        let is_watched = || self.folders.keys().any(|known| folder.starts_with(known));
        if self.folders.contains_key(folder) || !is_each && is_watched() {
            return true;
        }
        let mode = if is_each { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        match self.watcher.watch(folder, mode) {
            Ok(()) => {
                let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
                self.folders.insert(folder.to_owned(), real);
            }
            // It went meanwhile, which is heard.
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => return false,
            Err(error) => {
                let why = match error.kind {
                    ErrorKind::MaxFilesWatch => {
                        "the system watches no more folders (fs.inotify.max_user_watches)".to_owned()
                    }
                    _ => format!("cannot watch {}: {error}", folder.display()),
                };
                self.failure.get_or_insert(why);
            }
        }
        true
    }
}

/// Passes on what matters of an event. That files are opened and read is not among it: we do so ourselves.
fn hear(event: notify::Result<notify::Event>, sounds: &Sender<WatchEvent>) {
    // Whoever would hear it may be gone.
    let send = |sound| drop(sounds.send(sound));
    let Ok(event) = event else { return send(WatchEvent::Overflow) };
    if event.need_rescan() {
        return send(WatchEvent::Overflow);
    }
    let (heard, is_end) = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (Activity::Done, false),
        EventKind::Access(_) => return,
        // Other systems do not say when a file is closed.
        EventKind::Modify(ModifyKind::Data(DataChange::Any)) if cfg!(target_os = "linux") => (Activity::Writing, false),
        EventKind::Modify(ModifyKind::Name(RenameMode::From | RenameMode::Any)) | EventKind::Remove(_) => {
            (Activity::Done, true)
        }
        // It was heard as two events already.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => return,
        EventKind::Create(notify::event::CreateKind::File) if cfg!(target_os = "linux") => (Activity::Writing, false),
        _ => (Activity::Done, false),
    };
    for path in event.paths {
        send(WatchEvent::Path { path, heard, is_end });
    }
}
