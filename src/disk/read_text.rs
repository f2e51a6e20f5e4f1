//! The texts of files: UTF-8, of a bounded size, many in one piece of memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::walk::{Unreadable, reason};
use crate::base::path::SourcePath;
use crate::base::source::{Source, SourceText};

/// The largest file that is read as text, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// How many bytes of texts stand together, more or less: with the last of them just less than 4 MiB, which allocators
/// give without loss.
pub const TOGETHER: usize = (4 * 1024 - 64) * 1024;

/// Reads one source of the book.
///
/// Errors: it is no text, or not there.
pub fn read_source(root: &Path, path: SourcePath) -> Result<Source, Unreadable> {
    let file = root.join(path.as_str());
    let mut text = String::new();
    read_text(&path, &file, &mut text)?;
    Ok(Source { path, text: text.into() })
}

/// Reads files whose texts stand together, as many as make a good piece of memory.
pub fn read_together(all: &mut String, files: &[(SourcePath, PathBuf)]) -> Vec<Result<Source, Unreadable>> {
    let mut read = Vec::with_capacity(files.len());
    let mut ranges = Vec::new();
    for (i, (path, file)) in files.iter().enumerate() {
        let start = all.len();
        match read_text(path, file, all) {
            Ok(()) => ranges.push((path, start..all.len())),
            Err(unreadable) => read.push(Err(unreadable)),
        }
        if all.len() >= TOGETHER || i + 1 == files.len() {
            let (paths, ranges): (Vec<_>, Vec<_>) = std::mem::take(&mut ranges).into_iter().unzip();
            // A copy is just as long as it must be.
            let texts = SourceText::parts_of(all.as_str().to_owned(), ranges);
            read.extend(paths.into_iter().zip(texts).map(|(path, text)| Ok(Source { path: path.clone(), text })));
            all.clear();
        }
    }
    read
}

/// Adds the text of a file to others.
fn read_text(path: &SourcePath, file: &Path, texts: &mut String) -> Result<(), Unreadable> {
    let start = texts.len();
    let cannot = |error: &io::Error| {
        let message = format!("cannot read this file: {}", reason(error));
        Unreadable::whole(path.clone(), message, "check who may read it")
    };
    let open = || File::open(file).map(|file| file.take(LARGEST + 1));
    match open().and_then(|mut file| file.read_to_string(texts)) {
        Ok(length) if length as u64 > LARGEST => {
            texts.truncate(start);
            Err(too_large(path))
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            let mut bytes = Vec::new();
            open().and_then(|mut file| file.read_to_end(&mut bytes)).map_err(|error| cannot(&error))?;
            texts.push_str(&decoded(path, bytes)?);
            Ok(())
        }
        Err(error) => {
            texts.truncate(start);
            Err(cannot(&error))
        }
    }
}

fn too_large(path: &SourcePath) -> Unreadable {
    let message = format!("this file is larger than {} MiB", LARGEST >> 20);
    Unreadable::whole(path.clone(), message, "split it into several entries")
}

/// The text that bytes are, or where they are none.
fn decoded(path: &SourcePath, bytes: Vec<u8>) -> Result<String, Unreadable> {
    if bytes.len() as u64 > LARGEST {
        return Err(too_large(path));
    }
    let path = path.clone();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Unreadable::whole(path, "this file is UTF-16".to_owned(), "save it as UTF-8"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("this file is no UTF-8: byte 0x{:02x} begins no character", error.as_bytes()[at]);
        let before = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned().into();
        Unreadable { path, at, before, message, help: "save it as UTF-8" }
    })
}
