//! `build.json`: which files of an output folder are ours, and the mark that the folder is.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Component, Path};

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::base::path::FilePath;

/// The name of the list in its output folder.
pub const MARKER: &str = "build.json";

const GENERATOR: &str = "dossier";
const VERSION: u32 = 1;

/// Paths with the hashes of their bytes; none where nothing is known of them.
pub type Files = BTreeMap<FilePath, Option<Hash>>;

/// The hash of a file's bytes, as 128 bits of XXH3. In the list it is 32 hexadecimal digits; an empty text is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hash(u128);

impl Hash {
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(xxh3_128(bytes))
    }

    /// Errors: the file cannot be read.
    pub fn of_file(file: &Path) -> io::Result<Hash> {
        Ok(copy_hashed(&mut File::open(file)?, &mut io::sink())?.0)
    }
}

/// `{"generator": "dossier", "version": 1, "files": {"index.html": "99aa06d3014798d86001c324468d497f"}}`,
/// one file a line.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    generator: String,
    version: u32,
    /// False while files are being renamed into place: then no hash is to be trusted.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub complete: bool,
    #[serde(default, serialize_with = "write_files", deserialize_with = "read_files")]
    pub files: Files,
}

/// The text of a hash in the list.
struct HashText(Option<Hash>);

impl fmt::Display for HashText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |Hash(hash)| write!(f, "{hash:032x}"))
    }
}

impl Serialize for HashText {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HashText {
    fn deserialize<D: Deserializer<'de>>(text: D) -> Result<HashText, D::Error> {
        struct Digits;

        impl Visitor<'_> for Digits {
            type Value = HashText;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("hexadecimal digits")
            }

            fn visit_str<E>(self, digits: &str) -> Result<HashText, E> {
                Ok(HashText(u128::from_str_radix(digits, 16).ok().map(Hash)))
            }
        }
        text.deserialize_str(Digits)
    }
}

fn write_files<S: Serializer>(files: &Files, out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(files.iter().map(|(path, hash)| (path, HashText(*hash))))
}

fn read_files<'de, D: Deserializer<'de>>(list: D) -> Result<Files, D::Error> {
    let files = BTreeMap::<FilePath, HashText>::deserialize(list)?;
    Ok(files.into_iter().map(|(path, HashText(hash))| (path, hash)).collect())
}

fn yes() -> bool {
    true
}

fn is_true(flag: &bool) -> bool {
    *flag
}

impl Manifest {
    /// The list of an output that is complete.
    pub fn new(files: Files) -> Manifest {
        Manifest { generator: GENERATOR.to_owned(), version: VERSION, complete: true, files }
    }

    /// The list of an output on its way from `old` to `new`: everything that may be there and is ours.
    pub fn unfinished(old: &Files, new: &Files) -> Manifest {
        let files = old.iter().chain(new).map(|(path, hash)| (path.clone(), *hash)).collect();
        Manifest { complete: false, ..Manifest::new(files) }
    }

    /// The list in the folder `dir`, or none if there is none of ours.
    ///
    /// Errors: there is a list that may be ours, and it cannot be read.
    pub fn read(dir: &Path) -> Result<Option<Manifest>> {
        let manifest = json_of(dir)?.and_then(|json| serde_json::from_slice::<Manifest>(&json).ok());
        let Some(mut manifest) = manifest else { return Ok(None) };
        // A list that somebody edited must not make us remove what lies elsewhere.
        manifest.files.retain(|path, _| stays_inside(path.as_str()));
        manifest.complete &= manifest.version == VERSION;
        Ok((manifest.generator == GENERATOR).then_some(manifest))
    }

    /// The files with hashes that are true of what stands in `out`.
    pub fn into_true_files(self, out: &Path) -> Files {
        if self.complete {
            return self.files;
        }
        // A path without a file stays listed: its folder may be there already.
        self.files
            .into_par_iter()
            .map(|(path, _)| {
                let file = out.join(path.as_str());
                let ours = fs::symlink_metadata(&file).is_ok_and(|found| found.is_file());
                (path, if ours { Hash::of_file(&file).ok() } else { None })
            })
            .collect()
    }

    /// Writes the list to `file`.
    pub fn write(&self, file: &Path) -> Result<()> {
        let write = || {
            let mut out = BufWriter::new(File::create(file)?);
            serde_json::to_writer_pretty(&mut out, self)?;
            out.write_all(b"\n")?;
            out.flush()
        };
        write().with_context(|| format!("cannot write {}", file.display()))
    }
}

/// Whether a folder is the output of a build.
pub fn is_output(dir: &Path) -> bool {
    dir.join(MARKER).is_file() && is_listed(dir).unwrap_or(false)
}

/// Whether there is a list of ours in the folder `dir`: as [`Manifest::read`] finds it, without the files in it.
///
/// Errors: there is a list that may be ours, and it cannot be read.
pub fn is_listed(dir: &Path) -> Result<bool> {
    /// The list, read for its form alone.
    #[derive(Deserialize)]
    struct Form {
        generator: String,
        #[serde(rename = "version")]
        _version: u32,
        #[serde(default = "yes", rename = "complete")]
        _complete: bool,
        #[serde(default, rename = "files")]
        _files: Entries,
    }

    #[derive(Default)]
    struct Entries;

    impl<'de> Deserialize<'de> for Entries {
        fn deserialize<D: Deserializer<'de>>(files: D) -> Result<Entries, D::Error> {
            files.deserialize_map(Entries)
        }
    }

    impl<'de> Visitor<'de> for Entries {
        type Value = Entries;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("paths with hashes")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut files: A) -> Result<Entries, A::Error> {
            while files.next_entry::<IgnoredAny, HashText>()?.is_some() {}
            Ok(Entries)
        }
    }

    let form = json_of(dir)?.and_then(|json| serde_json::from_slice::<Form>(&json).ok());
    Ok(form.is_some_and(|form| form.generator == GENERATOR))
}

/// The bytes of the list in the folder `dir`, if there are any.
fn json_of(dir: &Path) -> Result<Option<Vec<u8>>> {
    let file = dir.join(MARKER);
    match fs::read(&file) {
        Ok(json) => Ok(Some(json)),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(error).with_context(|| format!("cannot read {}", file.display()))
        }
        Err(_) => Ok(None),
    }
}

/// Whether a path of an output leads nowhere else.
pub fn stays_inside(path: &str) -> bool {
    let plain = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    plain && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Copies all of `from` to `to` piece by piece, and gives the hash and the length of what went over.
pub fn copy_hashed(from: &mut impl Read, to: &mut impl Write) -> io::Result<(Hash, u64)> {
    let mut hasher = Xxh3::new();
    let mut piece = vec![0; 64 * 1024];
    let mut copied = 0;
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok((Hash(hasher.digest128()), copied)),
            Ok(length) => {
                hasher.update(&piece[..length]);
                to.write_all(&piece[..length])?;
                copied += length as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_ours_only_if_it_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let is_ours = |json: &str| {
            fs::write(dir.path().join(MARKER), json).unwrap();
            assert_eq!(Manifest::read(dir.path()).unwrap().is_some(), is_output(dir.path()));
            is_output(dir.path())
        };
        assert!(is_ours(r#"{"generator":"dossier","version":1,"files":{"a":"00"}}"#));
        assert!(is_ours(r#"{"generator":"dossier","version":2,"of":"another day"}"#));
        assert!(!is_ours(r#"{"generator":"webpack","version":1,"files":{}}"#));
        assert!(!is_ours(r#"{"scripts":[]}"#));
        assert!(!is_ours("{"));
        assert!(!is_ours(""));
        assert!(!is_ours(r#"{"generator":"dossier","version":1,"files":["a"]}"#));
        assert!(!is_ours(r#"{"generator":"dossier","version":1,"files":{"a":1}}"#));
        assert!(!is_ours(r#"{"generator":"dossier","files":{}}"#));
    }

    #[test]
    fn a_list_is_one_file_a_line_and_names_nothing_elsewhere() {
        let dir = tempfile::tempdir().unwrap();
        let names = ["b.html", "a/c.html", "../x", "/etc/x", "a//x", "./x", ""];
        let files = names.iter().map(|path| (FilePath::new(path), Some(Hash::of(b"x")))).collect();
        Manifest::new(files).write(&dir.path().join(MARKER)).unwrap();
        let text = fs::read_to_string(dir.path().join(MARKER)).unwrap();
        assert_eq!(text.lines().filter(|line| line.starts_with("    \"")).count(), names.len());
        assert!(!text.contains("complete"));
        let read = Manifest::read(dir.path()).unwrap().unwrap();
        assert_eq!(read.files.keys().map(FilePath::as_str).collect::<Vec<_>>(), ["a/c.html", "b.html"]);
        assert_eq!(read.files["b.html"], Some(Hash::of(b"x")));
    }

    #[test]
    fn a_file_has_the_hash_of_its_bytes_however_it_is_read() {
        let dir = tempfile::tempdir().unwrap();
        for length in [0, 1, 1000, 64 * 1024, 200_000] {
            let bytes: Vec<u8> = (0..length).map(|i: u32| (i * 7) as u8).collect();
            let file = dir.path().join("x");
            fs::write(&file, &bytes).unwrap();
            assert_eq!(Hash::of_file(&file).unwrap(), Hash::of(&bytes));
        }
    }
}
