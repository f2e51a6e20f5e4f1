//! What merges change themselves: what is in their files that is in no parent's.
//!
//! A merge is compared with all of its parents. A file that both sides have changed, each in other lines, is joined and
//! not changed; lines that are neither side's are a change of the merge: of a conflict resolved otherwise, or of an edit.

use anyhow::Result;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::git::Git;
use super::log::{ChangeKind, LoggedChange, pathspecs, utf8};

/// The merges that change files themselves or bring them from elsewhere, by their hashes.
#[derive(Default)]
pub struct Merges(FxHashMap<String, Merge>);

/// What one merge does.
#[derive(Default)]
pub struct Merge {
    files: Vec<MergedFile>,
    /// For each parent the folder into which all of its files were brought, as by `git subtree`, with `/` at the end.
    pub imports: Vec<Option<String>>,
}

/// A file that is other than in each parent.
struct MergedFile {
    path: String,
    /// For each parent its path there if it was another one, and the letter of its status.
    before: Vec<(u8, Option<String>)>,
    /// Whether lines of it are in no parent's file.
    is_changed: bool,
}

impl Merges {
    /// The merges in the history of the last commit that concern folders of the repository. Most merges are told from
    /// others by a look at names alone.
    pub fn read(git: &Git, folders: &[String]) -> Result<Merges> {
        let all = git.ask(&["rev-list", "--min-parents=2", "HEAD"])?;
        if all.is_empty() {
            return Ok(Merges::default());
        }
        let names = ["diff-tree", "--stdin", "-z", "-r", "-c", "--no-renames", "--name-only", "--"];
        let specs = pathspecs(folders);
        let specs: Vec<&str> = specs.iter().map(String::as_str).collect();
        let named = git.ask_of(&[&names[..], &specs].concat(), &String::from_utf8_lossy(&all))?;
        let all: FxHashSet<&[u8]> = all.split(|byte| *byte == b'\n').filter(|id| !id.is_empty()).collect();
        let ids: Vec<&str> =
            named.split(|byte| *byte == 0).filter(|word| all.contains(word)).filter_map(utf8).collect();
        if ids.is_empty() {
            return Ok(Merges::default());
        }
        let ids = ids.join("\n") + "\n";
        let common = ["diff-tree", "--stdin", "-r", "-M", "-l1000", "--cc", "--no-ext-diff", "--no-textconv"];
        let raw = git.ask_of(&[&common[..], &["-z", "--raw", "--no-abbrev", "--combined-all-paths"]].concat(), &ids)?;
        let patch = git.ask_of(&[&common[..], &["-p", "-U0", "--full-index"]].concat(), &ids)?;
        Ok(Merges::of(&raw, &joined(&patch)))
    }

    /// Reads `git diff-tree --raw -z --combined-all-paths` of merges: `::100644 100644 100644 4a2f… 4a2f… 91b0… MR`, and
    /// a path for each parent and the merge.
    fn of(raw: &[u8], changed: &FxHashSet<&[u8]>) -> Merges {
        let mut merges = Merges::default();
        let mut words = raw.split(|byte| *byte == 0);
        let mut id = String::new();
        while let Some(word) = words.next() {
            let parents = word.iter().take_while(|byte| **byte == b':').count();
            if parents == 0 {
                id = String::from_utf8_lossy(word).into_owned();
                continue;
            }
            let parts: Vec<&[u8]> = word[parents..].split(|byte| *byte == b' ').collect();
            let paths: Vec<Option<&str>> = words.by_ref().take(parents + 1).map(utf8).collect();
            let (Some(blobs), Some(status)) = (parts.get(parents + 1..2 * parents + 2), parts.last()) else { continue };
            let (Some((after, before)), Some(Some(path))) = (blobs.split_last(), paths.last()) else { continue };
            let index = [&before.join(&b','), &b".."[..], after].concat();
            let before =
                |(status, from): (&u8, &Option<&str>)| (*status, from.filter(|from| from != path).map(str::to_owned));
            let before: Vec<_> = status.iter().zip(&paths).map(before).collect();
            let is_changed = changed.contains(index.as_slice()) || status.iter().all(|status| *status == b'R');
            let merge = merges.0.entry(id.clone()).or_default();
            merge.files.push(MergedFile { path: (*path).to_owned(), before, is_changed });
        }
        merges.0.values_mut().for_each(Merge::settle);
        merges
    }

    pub fn get(&self, id: &str) -> Option<&Merge> {
        self.0.get(id)
    }

    /// Whether a merge has brought something into one of some folders from outside of them.
    pub fn bring_into(&self, folders: &[String]) -> bool {
        let mut imports = self.0.values().flat_map(|merge| &merge.imports).flatten();
        imports
            .any(|to| folders.iter().any(|folder| to.starts_with(folder.as_str()) || folder.starts_with(to.as_str())))
    }
}

impl Merge {
    /// What the merge itself did with files.
    pub fn changes(&self) -> impl Iterator<Item = LoggedChange<'_>> {
        self.files
            .iter()
            .filter(|file| file.is_changed)
            .map(|file| LoggedChange { path: &file.path, kind: self.kind(file) })
    }

    fn kind<'a>(&'a self, file: &'a MergedFile) -> ChangeKind<'a> {
        let is_imported = |parent: usize| {
            self.imports.get(parent).and_then(Option::as_ref).is_some_and(|to| file.path.starts_with(to.as_str()))
        };
        if file.before.iter().all(|(status, _)| *status == b'A') && !(0..file.before.len()).any(is_imported) {
            return ChangeKind::Made;
        }
        let mut others = file.before.iter().enumerate().filter(|(parent, _)| !is_imported(*parent));
        match others.find_map(|(_, (_, from))| from.as_deref()) {
            Some(from) => ChangeKind::Moved { from, is_other: true },
            None => ChangeKind::Changed,
        }
    }

    /// Finds the parents whose files all came into one folder.
    fn settle(&mut self) {
        let parents = self.files.first().map_or(0, |file| file.before.len());
        self.imports = (0..parents).map(|parent| self.import(parent)).collect();
    }

    fn import(&self, parent: usize) -> Option<String> {
        let mut folder = None;
        for file in &self.files {
            match file.before.get(parent)? {
                (_, Some(from)) => {
                    let to = file.path.strip_suffix(from.as_str()).filter(|to| to.ends_with('/'));
                    let Some(to) = to else { continue };
                    if folder.is_some_and(|folder| folder != to) {
                        return None;
                    }
                    folder = Some(to);
                }
                (b'A', None) => {}
                // It has a file at the same path.
                _ => return None,
            }
        }
        folder.map(str::to_owned)
    }
}

/// The files with lines that no parent has, of `git diff-tree --cc -p --full-index`: `4a2f…,4a2f…..91b0…` for each. Other
/// lines begin with a sign, or with other words.
fn joined(patch: &[u8]) -> FxHashSet<&[u8]> {
    patch.split(|byte| *byte == b'\n').filter_map(|line| line.strip_prefix(b"index ")).collect()
}
