//! What authors have done to their own files, and what helps them while they write.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use rustc_hash::FxHashMap;

use crate::base::apply_edits::{self, FileChange};
use crate::base::path::SourcePath;
use crate::base::refusal::Refusal;
use crate::book::Book;
use crate::disk;
use crate::editor;
use crate::page;
use crate::rename::{self, RenamePlan};
use crate::workspace::{Change, Options, Report, Snapshot, Workspace};

/// One mend can bring another mistake to light, as a value under a key that was misspelt; that goes on for a while at
/// most.
const MOST_ROUNDS: usize = 10;

/// Mends what there is one remedy for until there is nothing left to mend; with `guesses`, what the likely remedy mends,
/// too. The files are written when all is known, unless it is `only_shown`. The report is of the book as it is then.
///
/// Errors: the outside world does not play along; a file was changed by somebody else meanwhile.
pub fn fix(
    root: &Path,
    options: &Options,
    guesses: bool,
    only_shown: bool,
) -> Result<(Arc<Snapshot>, Vec<FileChange>)> {
    let mut workspace = Workspace::new(root, options.clone());
    let mut snapshot = workspace.apply(Change::Folder)?;
    let mut mended: BTreeMap<SourcePath, FileChange> = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let report = &snapshot.report;
        let wanted = report.problems.iter().filter_map(|problem| problem.fix.as_ref());
        let fixed = apply_edits::apply(wanted.filter(|fix| fix.safe || guesses), &report.texts);
        if fixed.is_empty() {
            break;
        }
        let mut texts = FxHashMap::default();
        for FileChange { path, before, after, count } in fixed {
            texts.insert(path.clone(), Some(after.as_str().into()));
            let all = mended.entry(path.clone()).or_insert(FileChange { path, before, after: String::new(), count: 0 });
            (all.after, all.count) = (after, all.count + count);
        }
        snapshot = workspace.apply(Change::Overlay(texts))?;
    }
    let mended: Vec<FileChange> = mended.into_values().collect();
    if !only_shown {
        disk::change(root, &mended, None)?;
    }
    Ok((snapshot, mended))
}

/// Gives the entry that `old` names in the book in `root` the address `new`, if nothing stands in the way; files are
/// written unless it is `only_shown`.
///
/// Errors: the outside world does not play along.
pub fn rename(root: &Path, old: &str, new: &str, only_shown: bool) -> Result<Result<RenamePlan, Refusal>> {
    let (report, book) = Workspace::book(root)?;
    let Some(book) = book else { return Ok(Err(Refusal::new("book.toml is wrong").help("dossier check tells more"))) };
    // Of what cannot be read nobody knows where it links to.
    if let Some(problem) = report.problems.iter().find(|problem| matches!(problem.rule, "bad-yaml" | "unreadable-file"))
    {
        let refusal = Refusal::new(format!("{} cannot be read", problem.place.path));
        return Ok(Err(refusal.help("mend it first; dossier check tells what is wrong")));
    }
    let plan = page::plan(&book, &[], false);
    let stands = Stands::of(&book, &plan);
    let renaming = match rename::rename(&book, old, new, &|address| stands.at(address)) {
        Ok(renaming) => renaming,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // A link of the file system to the file would lead nowhere.
    if let Some((from, _)) = &renaming.moved
        && let Some(other) =
            book.sources.iter().find(|source| source.path != *from && disk::is_same(root, from, &source.path))
    {
        return Ok(Err(Refusal::new(format!("{} is the same file as {from}", other.path)).help("keep one of the two")));
    }
    if let Some((_, to)) = &renaming.moved
        && disk::exists(root, to.as_str())
    {
        return Ok(Err(Refusal::new(format!("there is a file {to} already")).help("choose another name")));
    }
    // What would stand at one address with another page is told by the plan of all pages.
    let known: Vec<String> = plan.problems.into_iter().map(|problem| problem.message).collect();
    let after = page::plan(&renaming.book, &[], false);
    if let Some(clash) = after.problems.into_iter().map(|problem| problem.message).find(|clash| !known.contains(clash))
    {
        return Ok(Err(
            Refusal::new(format!("{} would clash: {clash}", renaming.addresses.1)).help("choose another name")
        ));
    }
    if !only_shown {
        disk::change(root, &renaming.files, renaming.moved.as_ref())?;
    }
    Ok(Ok(renaming))
}

/// Where the pages of entries stand that give way to others, and which folders do.
struct Stands {
    pages: FxHashMap<String, String>,
    folders: FxHashMap<String, String>,
}

impl Stands {
    fn of(book: &Book, plan: &page::Plan) -> Stands {
        let mut stands = Stands { pages: FxHashMap::default(), folders: FxHashMap::default() };
        for page in &plan.pages {
            let page::Subject::Entry(id) = page.subject else { continue };
            let (address, file) = (&*book.entry(id).address, page.url.file());
            let place = file.as_str().strip_suffix(".html").unwrap_or(file.as_str());
            if address != place {
                let folders = address.rsplit_once('/').zip(place.rsplit_once('/'));
                if let Some(((folder, _), (other, _))) = folders.filter(|((folder, _), (other, _))| folder != other) {
                    stands.folders.insert(folder.to_owned(), other.to_owned());
                }
                stands.pages.insert(address.to_owned(), place.to_owned());
            }
        }
        stands
    }

    /// Where the page of an address stands, or would: in its folder, wherever that is.
    fn at(&self, address: &str) -> String {
        let in_folder = || {
            let (folder, name) = address.rsplit_once('/')?;
            Some(format!("{}/{name}", self.folders.get(folder)?))
        };
        self.pages.get(address).cloned().or_else(in_folder).unwrap_or_else(|| address.to_owned())
    }
}

/// What helps authors of a book while they write.
pub struct EditorFiles {
    /// What is wrong with `book.toml`.
    pub report: Report,
    pub schemas: Vec<editor::EditorFile>,
    /// None while `book.toml` is wrong.
    pub snippets: Option<editor::EditorFile>,
    pub settings: Vec<editor::EditorFile>,
}

/// Makes the schemas of the book in `root`, its snippets and its editors' settings. Nothing is written. `rules` are what
/// `[check]` may set, each with what it finds.
///
/// Errors: a folder cannot be read.
pub fn aids(root: &Path, rules: &[(&str, &str)]) -> Result<EditorFiles> {
    let (mut report, book) = Workspace::book(root)?;
    let Some(book) = book else {
        let config = Workspace::config(root)?;
        let schemas = vec![editor::book_toml(&config, rules)];
        return Ok(EditorFiles { report, schemas, snippets: None, settings: Vec::new() });
    };
    // What is wrong with entries is not told here: they may be half written.
    report.problems.clear();
    Ok(EditorFiles {
        report,
        schemas: editor::schemas(&book, rules),
        snippets: Some(editor::snippets(&book)),
        settings: editor::settings(&book.config, &editor::folders(&book)),
    })
}
