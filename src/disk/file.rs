//! What can be told of a file without reading it whole.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::base::path::SourcePath;

/// What tells a state of a file from others without a look at its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    length: u64,
    /// When its bytes were last written, as far as anybody says.
    modified: Option<SystemTime>,
    /// Which file of the disk it is, and when anything about it changed, in seconds and nanoseconds; zero where the
    /// system does not tell.
    inode: u64,
    changed: (i64, i64),
}

/// The coarsest clock of a file system that is in use, that of FAT.
const TICK: Duration = Duration::from_secs(2);

impl Stamp {
    pub(super) fn of(found: &fs::Metadata) -> Stamp {
        #[cfg(unix)]
        let (inode, changed) = {
            use std::os::unix::fs::MetadataExt;
            (found.ino(), (found.ctime(), found.ctime_nsec()))
        };
        #[cfg(not(unix))]
        let (inode, changed) = (0, (0, 0));
        Stamp { length: found.len(), modified: found.modified().ok(), inode, changed }
    }

    /// Whether any later change of the file will show in its stamp: within a tick of its clock one may not, as git knows
    /// of its index (Documentation/technical/racy-git.txt).
    pub(super) fn is_settled(&self, now: SystemTime) -> bool {
        self.modified.and_then(|time| now.duration_since(time).ok()).is_some_and(|age| age > TICK)
    }
}

/// The state of a file, if it is one.
pub fn stamp(file: &Path) -> Option<Stamp> {
    fs::metadata(file).ok().filter(fs::Metadata::is_file).as_ref().map(Stamp::of)
}

/// The state of a file, if any later change of it will show.
pub fn settled(file: &Path) -> Option<Stamp> {
    stamp(file).filter(|stamp| stamp.is_settled(SystemTime::now()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_settled_when_no_change_of_it_could_pass_unseen() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.png");
        fs::write(&path, "one").unwrap();
        let now = SystemTime::now();
        let at = |time: SystemTime| {
            File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
            stamp(&path).unwrap()
        };
        assert!(!at(now).is_settled(now) && !at(now - TICK).is_settled(now));
        assert!(!at(now + TICK).is_settled(now), "a clock may be wrong");
        let before = at(now - 2 * TICK);
        assert!(before.is_settled(now));
        fs::write(&path, "two").unwrap();
        assert_ne!(at(now), before);
        assert!(stamp(dir.path()).is_none());
    }
}
