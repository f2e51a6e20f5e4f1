//! The folder beside an output in which a run puts what it makes, and the lock that keeps other runs away.
//!
//! Of `site` they are `.site.dossier-staging` and `.site.dossier-lock`: hidden, so that neither a book
//! around them nor a watcher takes them for sources. Both are gone when the run is over; what a kill
//! leaves of them the next run takes over.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::manifest::{Hash, copy_hashed};

/// Where a file waits inside an output that is a disk of its own, until it is whole.
pub const PART: &str = ".dossier-part";

pub struct Staging {
    pub dir: PathBuf,
    out: PathBuf,
    lock_path: PathBuf,
    _lock: File,
}

impl Staging {
    /// An empty staging folder for the output `out`, whose path has no links in it.
    ///
    /// Errors: another run is writing to the same output; the folder around it cannot be written.
    pub fn open(out: &Path) -> Result<Staging> {
        let (Some(around), Some(name)) = (out.parent(), out.file_name()) else {
            bail!("{} cannot be an output: there is no place beside it", out.display());
        };
        let beside = |what: &str| {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(name);
            hidden.push(what);
            around.join(hidden)
        };
        let (dir, lock_path) = (beside(".dossier-staging"), beside(".dossier-lock"));
        let lock = lock(&lock_path, out)?;
        let staging = Staging { dir, out: out.to_owned(), lock_path, _lock: lock };
        // What a killed run left.
        let _ = fs::remove_file(out.join(PART));
        let _ = fs::remove_dir_all(&staging.dir);
        fs::create_dir(&staging.dir).with_context(|| format!("cannot make {}", staging.dir.display()))?;
        Ok(staging)
    }

    /// Puts a file with these bytes at `path`.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let file = self.dir.join(path);
        in_folder(&file, || fs::write(&file, bytes)).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Puts a copy of the file `from` at `path`, and gives the hash and the length of its bytes.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(Hash, u64)> {
        let file = self.dir.join(path);
        let mut original = File::open(from).with_context(|| format!("cannot read {}", from.display()))?;
        let mut copy =
            in_folder(&file, || File::create(&file)).with_context(|| format!("cannot write {}", file.display()))?;
        copy_hashed(&mut original, &mut copy)
            .with_context(|| format!("cannot copy {} to {}", from.display(), file.display()))
    }

    /// Moves what was put at `path` to its place in the output, whose folder exists.
    pub fn settle(&self, path: &str) -> Result<()> {
        let (staged, target) = (self.dir.join(path), self.out.join(path));
        let moved = match fs::rename(&staged, &target) {
            // The output is a mount, as in a container: the file becomes whole on that side first.
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let part = self.out.join(PART);
                fs::copy(&staged, &part).and_then(|_| fs::rename(&part, &target))
            }
            moved => moved,
        };
        moved.with_context(|| format!("cannot write {}", target.display()))
    }

    /// Makes the staging folder itself the output, which must not exist.
    pub fn become_output(&self) -> Result<()> {
        fs::rename(&self.dir, &self.out).with_context(|| format!("cannot write {}", self.out.display()))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run. The lock is still held here.
        let _ = fs::remove_dir_all(&self.dir);
        let _ = fs::remove_file(&self.lock_path);
    }
}

/// The lock on the output `out`; a process that dies gives it back.
fn lock(path: &Path, out: &Path) -> Result<File> {
    let cannot = || format!("cannot write {}", path.display());
    loop {
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(path).with_context(cannot)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("another build is writing to {} just now; wait for it to end", out.display())
            }
            // Some network disks have no locks; a build there is better than none.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
        }
        // The run before may have removed the file after we opened it: then others lock another one.
        if is_at(&lock, path) {
            return Ok(lock);
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |found: fs::Metadata| (found.dev(), found.ino());
    file.metadata().map(id).ok() == fs::metadata(path).map(id).ok()
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Does what makes a file, and makes its folder first if that turns out to be missing.
fn in_folder<T>(file: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (make(), file.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            make()
        }
        (made, _) => made,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_never_write_to_one_output() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("site");
        let first = Staging::open(&out).unwrap();
        first.put("x", b"1").unwrap();
        assert!(Staging::open(&out).err().unwrap().to_string().contains("another build"));
        assert!(first.dir.join("x").exists(), "the second took nothing from the first");
        let other = Staging::open(&dir.path().join("other")).unwrap();
        drop((first, other));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_run_left_is_taken_over() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join(".site.dossier-staging/a")).unwrap();
        fs::write(dir.path().join(".site.dossier-staging/a/b"), "half").unwrap();
        fs::write(dir.path().join(".site.dossier-lock"), "").unwrap();
        let staging = Staging::open(&dir.path().join("site")).unwrap();
        assert_eq!(fs::read_dir(&staging.dir).unwrap().count(), 0);
    }

    #[test]
    fn runs_that_race_for_the_lock_hold_it_one_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("site");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        if let Ok(_staging) = Staging::open(&out) {
                            assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                            inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        }
                    }
                });
            }
        });
    }
}
