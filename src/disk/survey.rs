//! The state of whole folders, from lengths, times and inodes: whether anything has changed, without reading a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use super::file::{Stamp, stamp};
use super::manifest::{MARKER, Manifest};
use super::walk::{Walk, walk};
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::{FilePath, SourcePath};

/// The state of all files that may belong to the book in a folder of it, beside what was walked to know them, given the
/// folders to `skip`. None if a file may still change unseen, or if something cannot be looked at.
pub fn survey(root: &Path, folder: &str, skip: &[PathBuf]) -> Option<(Fingerprint, Walk)> {
    let folder = root.join(folder);
    if !folder.is_dir() {
        return Some((Fingerprint::default(), Walk::default()));
    }
    let walk = walk(root, &folder, skip).ok()?;
    let mut files: Vec<&(SourcePath, PathBuf)> =
        walk.files.iter().map(Result::as_ref).collect::<Result<_, _>>().ok()?;
    files.sort();
    let now = SystemTime::now();
    let settled = |file: &PathBuf| stamp(file).filter(|stamp| stamp.is_settled(now));
    let stamps: Vec<Stamp> = files.par_iter().map(|(_, file)| settled(file)).collect::<Option<_>>()?;
    let mut hasher = FingerprintHasher::default();
    for ((path, _), stamp) in files.iter().zip(&stamps) {
        hasher.text(path.as_str());
        hasher.value(stamp);
    }
    Some((hasher.finish(), walk))
}

/// The files that the last run wrote into an output folder.
pub struct OutputList(Manifest);

impl OutputList {
    /// Those of the output folder `out`; none if that run did not end.
    pub fn read(out: &Path) -> Option<OutputList> {
        Manifest::read(out).ok().flatten().filter(|list| list.complete).map(OutputList)
    }

    /// The state of all of them; none if one is gone.
    pub fn survey(&self, out: &Path) -> Option<Fingerprint> {
        state_of(out, self.0.files.keys().map(|path| (path.as_str(), None)).collect())
    }
}

/// The state of all files of an output that was written just now, given those states that are known.
pub fn survey_written(out: &Path, paths: &[FilePath], stamps: &[Option<Stamp>]) -> Option<Fingerprint> {
    let mut files: Vec<_> = paths.iter().map(FilePath::as_str).zip(stamps.iter().copied()).collect();
    files.par_sort_unstable_by_key(|(path, _)| *path);
    state_of(out, files)
}

/// The state of an output, given its files in the order of their paths, each with its state if that is known.
fn state_of(out: &Path, mut files: Vec<(&str, Option<Stamp>)>) -> Option<Fingerprint> {
    files.push((MARKER, None));
    let state = |(path, known): &(&str, Option<Stamp>)| {
        // A link is none of ours.
        let look = || fs::symlink_metadata(out.join(path)).ok().filter(fs::Metadata::is_file).as_ref().map(Stamp::of);
        known.or_else(look)
    };
    let stamps: Vec<Stamp> = files.par_iter().map(state).collect::<Option<_>>()?;
    let mut hasher = FingerprintHasher::default();
    for ((path, _), stamp) in files.iter().zip(&stamps) {
        hasher.text(path);
        hasher.value(stamp);
    }
    Some(hasher.finish())
}
