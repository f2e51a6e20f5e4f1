//! Where the pages and files of a site stand, and which gives way where two want one place.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::owner::PathOwner;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{FilePath, nfc};
use crate::base::span::Span;
use crate::book::Book;
use crate::page::{Page, Subject};

/// How many digits tell a name from others; more, if these few do not.
const DIGITS: [usize; 3] = [4, 8, 16];

/// Whether something stands where it would be written.
#[derive(Clone)]
pub enum Placement {
    Own,
    /// Beside it, for its own is taken.
    Other(FilePath),
    /// Nowhere: this stands in its place.
    Taken(FilePath),
}

/// Tells of two things that would be written to one file, on a file system that ignores case too, and where each is to
/// stand. In a plain section what comes second is written elsewhere, if nobody has to know its name.
pub fn of(book: &Book, owners: &[PathOwner], taken: &[FilePath], problems: &mut Vec<Diagnostic>) -> Vec<Placement> {
    let mut places = Places::of(taken, owners.len());
    let mut order: Vec<usize> = (0..owners.len()).collect();
    order.sort_by_cached_key(|place| owners[*place].rank(book));
    let mut placements = vec![Placement::Own; owners.len()];
    let mut moved_folders: FxHashSet<FilePath> = FxHashSet::default();
    for place in order {
        let owner = &owners[place];
        let Some(file) = owner.file() else { continue };
        let Some((stands, first)) = places.in_the_way(&file) else {
            places.take(file, place);
            continue;
        };
        if stands == file && first.is_some_and(|first| owner.leads_to(&owners[first], book)) {
            placements[place] = Placement::Taken(stands);
            continue;
        }
        let other = owner.is_free(book).then(|| places.beside(&file, &owner.name(book))).flatten();
        let moved_folder = other.as_ref().and_then(|other| moved_folder(&file, other));
        // All that lies in a folder moves with it, which is told once.
        if moved_folder.is_none_or(|folder| moved_folders.insert(folder)) {
            let first = first.map_or(&PathOwner::Theme, |first| &owners[first]);
            problems.push(told(book, (owner, &file), (first, &stands), other.as_ref()));
        }
        placements[place] = match other {
            Some(other) => {
                places.take(other.clone(), place);
                Placement::Other(other)
            }
            None => Placement::Taken(stands),
        };
    }
    placements
}

/// What is taken, by names in lower case.
struct Places {
    /// The files, each with whose it is; the theme's are nobody's.
    files: FxHashMap<Arc<str>, (FilePath, Option<usize>)>,
    /// The folders that they lie in, each with the first file in it.
    folders: FxHashMap<Arc<str>, (FilePath, Option<usize>)>,
}

impl Places {
    fn of(taken: &[FilePath], more: usize) -> Places {
        let mut files: FxHashMap<_, _> = FxHashMap::default();
        files.reserve(more + taken.len());
        files.extend(taken.iter().map(|file| (file.lower(), (file.clone(), None))));
        Places { files, folders: FxHashMap::default() }
    }

    fn take(&mut self, file: FilePath, place: usize) {
        let key = file.lower();
        for (end, _) in key.match_indices('/') {
            if !self.folders.contains_key(&key[..end]) {
                self.folders.insert(key[..end].into(), (file.clone(), Some(place)));
            }
        }
        self.files.insert(key, (file, Some(place)));
    }

    /// What stands where a file would be, or is a file where that has a folder, or a folder where that would be a file.
    fn in_the_way(&self, file: &FilePath) -> Option<(FilePath, Option<usize>)> {
        let key = file.lower();
        let around = || key.match_indices('/').find_map(|(end, _)| self.files.get(&key[..end]));
        self.files.get(&key).or_else(around).or_else(|| self.folders.get(&key)).cloned()
    }

    /// A free place beside a file that is in the way: under a name with a few digits of `name` behind it, or where one of
    /// its folders is a file, in such a folder.
    fn beside(&self, file: &FilePath, name: &str) -> Option<FilePath> {
        let (key, path) = (file.lower(), file.as_str());
        let folder = key.match_indices('/').position(|(end, _)| self.files.contains_key(&key[..end]));
        let folder_end = folder.and_then(|nth| path.match_indices('/').nth(nth)).map(|(end, _)| end);
        let ending = || match path.rsplit_once('.') {
            Some((stem, ending)) if !ending.contains('/') => stem.len(),
            _ => path.len(),
        };
        let (stem, rest) = path.split_at(folder_end.unwrap_or_else(ending));
        let name = if folder_end.is_some() { stem } else { name };
        let digits = format!("{:016x}", xxh3_64(nfc(name).as_bytes()));
        let others = DIGITS.map(|length| FilePath::new(format!("{stem}-{}{rest}", &digits[..length])));
        others.into_iter().find(|other| self.in_the_way(other).is_none())
    }
}

/// The folder that a file is put in, if that is another.
fn moved_folder(file: &FilePath, other: &FilePath) -> Option<FilePath> {
    let mut parts = file.as_str().split('/').zip(other.as_str().split('/'));
    let same: usize = parts.by_ref().take_while(|(a, b)| a == b).map(|(part, _)| part.len() + 1).sum();
    let (folder, _) = other.as_str()[same..].split_once('/')?;
    Some(FilePath::new(&other.as_str()[..same + folder.len()]))
}

/// What is said of one whose place is taken, by the first one, which `stands` there.
fn told(
    book: &Book,
    (owner, file): (&PathOwner, &FilePath),
    (first, stands): (&PathOwner, &FilePath),
    other: Option<&FilePath>,
) -> Diagnostic {
    let message = match stands.lower() == file.lower() {
        true => format!("this and {} would both be {stands}", first.describe(book)),
        false => format!("this would be {file}, and {} is {stands}: a file is no folder", first.describe(book)),
    };
    let message = other.map_or(message.clone(), |other| format!("{message}; it is {other}"));
    // What neither author named was named by the book.
    let source = owner.source(book).or_else(|| first.source(book));
    let (path, span) = source.unwrap_or_else(|| (book.config.path.clone(), Span::at(0)));
    let help = match owner {
        _ if other.is_some_and(|other| moved_folder(file, other).is_some()) => "rename the folder",
        PathOwner::Asset(..) => "rename the file",
        PathOwner::Page(Page { subject: Subject::Redirect(..), .. }) => {
            "take the old address out if it is wrong; else give the other page another one, for feed readers know this entry by it"
        }
        _ if owner.is_index(book) && first.is_index(book) => "keep one of index.md and README.md",
        _ => "give one of them another name: \"slug\" in its front matter, \"id\" in a list, or the file's own name",
    };
    match other.is_some() || owner.is_plain_redirect(book) {
        true => Diagnostic::warning("shared-address", &path, span, message).help(help),
        false => Diagnostic::error("clashing-paths", &path, span, message).help(help),
    }
}
