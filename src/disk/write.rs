//! Writing an output folder so that the last good one stays until the new one is complete.
//!
//! Everything is made first. What changed is staged in a folder beside the output, and renamed
//! into place only when nothing can fail any more but the disk itself. Before the first rename the
//! list in `build.json` is marked as unfinished and names all that the old and the new tree hold,
//! so that a run after a kill in between trusts no hash of it and still knows which files are ours.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::file::Stamp;
use super::manifest::{Files, Hash, MARKER, Manifest, is_listed, stays_inside};
use super::output_size::OutputSize;
use super::staging::{PART, Staging};
use crate::base::MAX_CHUNK;
use crate::base::path::FilePath;

/// Where the bytes of a file come from.
pub enum FileBytes {
    Made(Vec<u8>),
    /// A file to copy.
    Copy(PathBuf),
}

/// What the bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentId {
    hash: Hash,
    length: u64,
}

/// The files of an output.
pub struct FileSet<'a> {
    pub paths: &'a [FilePath],
    /// Whether a file that an earlier run wrote stays where it is, though it is none of these.
    pub stays: &'a (dyn Fn(&str) -> bool + Sync),
    /// What the bytes of a file are, by its place in `paths`, where that is known without making them.
    pub known: &'a (dyn Fn(usize) -> Option<ContentId> + Sync),
    /// Gives the bytes of a file by its place, in any order and on several threads.
    pub make: &'a (dyn Fn(usize) -> Result<FileBytes> + Sync),
}

/// What a run did to the output folder, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were made, to see whether they are other than before.
    pub made: usize,
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// What came of writing an output.
pub struct WriteResult {
    pub written: Written,
    /// How large the files are together.
    pub size: OutputSize,
    /// What the bytes of each file are.
    pub known: Vec<ContentId>,
    /// The state of each file that was there and stays; none if the output has others as well.
    pub stamps: Option<Vec<Option<Stamp>>>,
}

/// Writes the files into `out`. `source_root` is the book's folder.
///
/// Errors: `out` is not ours, holds the book itself, or is being written by another run; two paths
/// cannot stand beside each other; a file cannot be made or written. The output is then as it was,
/// but for an error of the disk during the renames, which the next run mends.
pub fn write(out: &Path, source_root: &Path, wanted: &FileSet) -> Result<WriteResult> {
    write_until(out, source_root, wanted, FailPoint { left: usize::MAX })
}

/// Refuses an output folder that holds anything but an output, or the book itself.
///
/// Errors: it is refused, or cannot be read. Nothing is touched.
pub fn check_output_dir(out: &Path, source_root: &Path) -> Result<()> {
    let shown = out.display();
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !out.is_symlink() => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("{shown} is a link that leads nowhere; remove it, or give another folder with --out")
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            bail!("{shown} is a file, and the site wants a folder; give another with --out")
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {shown}")),
    };
    if let (Ok(out), Ok(root)) = (out.canonicalize(), source_root.canonicalize())
        && root.starts_with(&out)
    {
        bail!(
            "{shown} holds the book itself, and a build replaces what is in its output folder; give another with --out"
        );
    }
    let empty = entries.flatten().all(|entry| entry.file_name() == PART);
    if !empty && !is_listed(out)? {
        bail!(
            "{shown} holds files that no build of ours wrote (it has no {MARKER} of dossier); empty it, or give another folder with --out"
        );
    }
    Ok(())
}

fn write_until(
    out: &Path,
    source_root: &Path,
    FileSet { paths, stays, known, make }: &FileSet,
    mut steps: FailPoint,
) -> Result<WriteResult> {
    let mut wanted = wanted(paths)?;
    check_output_dir(out, source_root)?;
    let out = place(out)?;
    let staging = Staging::open(&out)?;
    // The list is read under the lock: another run may have ended just now.
    let list = Manifest::read(&out)?;
    let was_complete = list.as_ref().is_some_and(|list| list.complete);
    let old = list.map_or_else(Files::new, |list| list.into_true_files(&out));
    let others: Vec<(&FilePath, Option<Hash>)> = old
        .iter()
        .filter(|(path, _)| stays(path.as_str()) && !wanted.contains(path.as_str()))
        .map(|(path, hash)| (path, *hash))
        .collect();
    wanted.extend(others.iter().map(|(path, _)| path.as_str()));
    let stale: Vec<&str> = old.keys().map(FilePath::as_str).filter(|path| !wanted.contains(path)).collect();
    // Where case does not count, the file called `Index.html` answers to `index.html` and goes with its name.
    let going: FxHashSet<String> = stale.iter().map(|path| path.to_lowercase()).collect();
    let made: Vec<Made> = paths
        .par_iter()
        .with_max_len(MAX_CHUNK)
        .enumerate()
        .map(|(i, path)| {
            let path = path.as_str();
            let target = out.join(path);
            let there = old.get(path).filter(|_| going.is_empty() || !going.contains(&path.to_lowercase()));
            let there = there.copied().flatten();
            let known = known(i).filter(|known| there == Some(known.hash));
            match known.and_then(|known| Some((known, stamp_of_length(&target, known.length)?))) {
                Some((known, stamp)) => Ok(Made { known, stamp: Some(stamp), is_new: false, changed: false }),
                None => stage(&staging, &target, path, make(i)?, there),
            }
        })
        // All are made though one cannot be, for whoever makes them to know of all that is wrong.
        .collect::<Vec<Result<_>>>()
        .into_iter()
        .collect::<Result<_>>()?;
    let changed: Vec<&str> =
        paths.iter().zip(&made).filter(|(_, made)| made.changed).map(|(path, _)| path.as_str()).collect();
    let files = paths.iter().zip(&made).map(|(path, made)| (path.clone(), Some(made.known.hash)));
    let files = files.chain(others.iter().map(|(path, hash)| ((*path).clone(), *hash))).collect();
    let stamps = others.is_empty().then(|| made.iter().map(|made| made.stamp).collect());
    let known: Vec<ContentId> = made.iter().map(|made| made.known).collect();
    let size = OutputSize::of(paths.iter().zip(&known).map(|(path, known)| (path.as_str(), known.length)));
    let new = Manifest::new(files);
    let written = Written {
        made: made.iter().filter(|made| made.is_new).count(),
        written: changed.len(),
        unchanged: paths.len() - changed.len(),
        removed: 0,
    };
    let mut result = WriteResult { written, size, known, stamps };
    if was_complete && changed.is_empty() && stale.is_empty() {
        return Ok(result);
    }
    if !out.exists() {
        // Nothing to keep: the whole tree takes its place at once.
        new.write(&staging.dir.join(MARKER))?;
        steps.take()?;
        staging.become_output()?;
        return Ok(result);
    }
    refuse_obstacles(&out, &old, &changed, &stale)?;
    let list = |list: &Manifest| list.write(&staging.dir.join(MARKER)).and_then(|()| staging.settle(MARKER));
    steps.take()?;
    list(&Manifest::unfinished(&old, &new.files))?;
    // Old pages stay until the new ones stand, but for those whose place is wanted.
    let (in_the_way, left_over) = in_the_way(stale, &wanted, &changed);
    result.written.removed = remove(&out, &in_the_way, &mut steps)?;
    for folder in folders(&changed) {
        fs::create_dir_all(out.join(folder)).with_context(|| format!("cannot make {}", out.join(folder).display()))?;
    }
    for path in changed {
        steps.take()?;
        staging.settle(path)?;
    }
    result.written.removed += remove(&out, &left_over, &mut steps)?;
    steps.take()?;
    list(&new)?;
    Ok(result)
}

/// The renames and removals that a run may still do: all of them, but in tests, which stop a run
/// between any two.
struct FailPoint {
    left: usize,
}

impl FailPoint {
    fn take(&mut self) -> Result<()> {
        if self.left == 0 {
            bail!("stopped");
        }
        self.left -= 1;
        Ok(())
    }
}

/// The paths as a set.
///
/// Errors: one leads out of the output, stands twice, or is both a file and a folder.
fn wanted(paths: &[FilePath]) -> Result<FxHashSet<&str>> {
    let mut wanted = FxHashSet::default();
    for path in paths.iter().map(FilePath::as_str) {
        if !stays_inside(path) {
            bail!("\"{path}\" cannot be the path of a file in the output");
        }
        if path == MARKER || path == PART {
            bail!("\"{path}\" is kept for the list of the output's files");
        }
        if !wanted.insert(path) {
            bail!("two files of the output are called \"{path}\"");
        }
    }
    for path in paths {
        if let Some(folder) = around(path.as_str()).find(|folder| *folder == MARKER || wanted.contains(folder)) {
            bail!("\"{folder}\" would be both a file of the output and the folder of \"{path}\"");
        }
    }
    Ok(wanted)
}

/// The folders around a path, nearest first: of `a/b/c` they are `a/b` and `a`.
fn around(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// All folders that the paths need, outer ones first.
fn folders<'a>(paths: &[&'a str]) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        // A folder that is known came with those around it.
        for folder in around(path) {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

/// Where an output really stands: renames do not follow links, and `.` has no folder beside it.
fn place(out: &Path) -> Result<PathBuf> {
    if let Ok(real) = out.canonicalize() {
        return Ok(real);
    }
    let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
        bail!("{} names no folder; give another with --out", out.display());
    };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let made = fs::create_dir_all(parent).and_then(|()| parent.canonicalize());
    Ok(made.with_context(|| format!("cannot make {}", parent.display()))?.join(name))
}

/// One file, made.
struct Made {
    known: ContentId,
    /// The state of the file that was there, if it stays.
    stamp: Option<Stamp>,
    /// Whether it was made just now, and not known.
    is_new: bool,
    changed: bool,
}

/// The state of the file there, if it has this length. A link may lead to one, and is none of ours.
fn stamp_of_length(target: &Path, length: u64) -> Option<Stamp> {
    let found = fs::symlink_metadata(target).ok().filter(|found| found.is_file() && found.len() == length)?;
    Some(Stamp::of(&found))
}

/// Stages a file, unless `target` holds it already: its bytes have the hash that is `known` of it.
fn stage(staging: &Staging, target: &Path, path: &str, bytes: FileBytes, known: Option<Hash>) -> Result<Made> {
    match bytes {
        FileBytes::Made(bytes) => {
            let (hash, length) = (Hash::of(&bytes), bytes.len() as u64);
            let stamp = known.filter(|known| *known == hash).and_then(|_| stamp_of_length(target, length));
            if stamp.is_none() {
                staging.put(path, &bytes)?;
            }
            Ok(Made { known: ContentId { hash, length }, stamp, is_new: true, changed: stamp.is_none() })
        }
        FileBytes::Copy(file) => {
            let length = fs::metadata(&file).with_context(|| format!("cannot read {}", file.display()))?.len();
            if let Some(known) = known
                && let Some(stamp) = stamp_of_length(target, length)
            {
                let hash = Hash::of_file(&file).with_context(|| format!("cannot read {}", file.display()))?;
                if hash == known {
                    let known = ContentId { hash, length };
                    return Ok(Made { known, stamp: Some(stamp), is_new: true, changed: false });
                }
            }
            let (hash, length) = staging.copy(path, &file)?;
            Ok(Made { known: ContentId { hash, length }, stamp: None, is_new: true, changed: true })
        }
    }
}

/// Refuses to go on where a rename would fail half-way, write elsewhere through a link, or cost
/// somebody a file that no build wrote.
fn refuse_obstacles(out: &Path, old: &Files, changed: &[&str], stale: &[&str]) -> Result<()> {
    let ours = |path: &str| old.contains_key(path);
    let foreign = |path: &Path, what: &str| {
        format!(
            "{} is {what} that no build of ours wrote, and stands where the site has another; move it",
            path.display()
        )
    };
    let mut needed = folders(changed);
    needed.extend(folders(stale));
    for folder in needed {
        let place = out.join(folder);
        match fs::symlink_metadata(&place) {
            Ok(found) if found.is_symlink() => bail!(foreign(&place, "a link")),
            Ok(found) if !found.is_dir() && !ours(folder) => bail!(foreign(&place, "a file")),
            _ => {}
        }
    }
    for path in changed {
        let place = out.join(path);
        if !fs::symlink_metadata(&place).is_ok_and(|found| found.is_dir()) {
            continue;
        }
        // It was a folder in the old tree, and must be empty when what is stale is gone.
        for entry in WalkDir::new(&place) {
            let entry = entry.with_context(|| format!("cannot read {}", place.display()))?;
            let inside = entry.path().strip_prefix(out).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
            let folder = format!("{inside}/");
            let from = (Bound::Included(folder.as_str()), Bound::Unbounded);
            let holds_ours =
                || old.range::<str, _>(from).next().is_some_and(|(path, _)| path.as_str().starts_with(&folder));
            if entry.file_type().is_dir() && !holds_ours() {
                bail!(foreign(entry.path(), "a folder"));
            }
            if !entry.file_type().is_dir() && !ours(&inside) {
                bail!(foreign(entry.path(), "a file"));
            }
        }
    }
    Ok(())
}

/// Parts what is stale into what must go before the new files come (a file where a folder is wanted,
/// a folder where a file is, a name that differs only in case) and what can wait.
fn in_the_way<'a>(stale: Vec<&'a str>, wanted: &FxHashSet<&str>, changed: &[&str]) -> (Vec<&'a str>, Vec<&'a str>) {
    let lower = |path: &&str| path.to_lowercase();
    let wanted: FxHashSet<String> = wanted.iter().map(lower).collect();
    let folders: FxHashSet<String> = folders(changed).iter().map(lower).collect();
    stale.into_iter().partition(|path| {
        let path = path.to_lowercase();
        wanted.contains(&path) || folders.contains(&path) || around(&path).any(|folder| wanted.contains(folder))
    })
}

/// Removes files of the output, and the folders that this empties; the number of files that were there.
fn remove(out: &Path, paths: &[&str], steps: &mut FailPoint) -> Result<usize> {
    let mut removed = 0;
    for path in paths {
        steps.take()?;
        let file = out.join(path);
        let gone = match fs::symlink_metadata(&file) {
            // A path of an unfinished list can be a folder by now.
            Ok(found) if found.is_dir() => continue,
            Ok(_) => fs::remove_file(&file),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => continue,
            Err(error) => Err(error),
        };
        gone.with_context(|| format!("cannot remove {}", file.display()))?;
        removed += 1;
    }
    for folder in folders(paths).into_iter().rev() {
        // What is not empty stays.
        let _ = fs::remove_dir(out.join(folder));
    }
    Ok(removed)
}

#[cfg(test)]
mod tests;
