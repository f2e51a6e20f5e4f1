//! What can be told of a file without reading it whole.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::base::path::SourcePath;

/// What tells a state of a file from others: its length, and when it was last written, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(u64, u128);

/// The state of a file, if it is one.
pub fn stamp(file: &Path) -> Option<Stamp> {
    let found = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
    let time = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    Some(Stamp(found.len(), time.as_nanos()))
}

/// How a file begins: at most `length` bytes of it; none if it cannot be read.
pub fn head(file: &Path, length: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    File::open(file).ok()?.take(length as u64).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Whether two paths in the book's folder are one file on disk.
pub fn is_same(root: &Path, a: &SourcePath, b: &SourcePath) -> bool {
    // Most files are no links, which is known without a look at where they lead.
    let is_link = |path: &SourcePath| root.join(path.as_str()).is_symlink();
    let real = |path: &SourcePath| root.join(path.as_str()).canonicalize().ok();
    (is_link(a) || is_link(b)) && real(a).is_some() && real(a) == real(b)
}
