//! What is shown: the last good site, its pages made when they are asked for, and what is wrong with the book.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::problems::{self, Problems};
use super::route::{self, Route};
use crate::base::diagnostic::Severity;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{FilePath, SourcePath, nfc};
use crate::book::{PathTarget, Unpublished};
use crate::output::{File, Rendered, Site};
use crate::page::Trace;
use crate::page::facts::KeptFact;
use crate::parse::Entry;
use crate::workspace::Snapshot;

/// How many pages are kept once they are made.
const PAGES: usize = 512;

/// From how many pages on it is found out, after a change, whether a page would be the same. It costs a look at every
/// entry; a few pages are sooner made again.
const MANY: usize = 16;

/// What is shown at one moment.
#[derive(Clone)]
pub struct LiveSite {
    /// The last good site; none while there has been none.
    standing: Option<Arc<ServedSite>>,
    pub problems: Problems,
    /// Tells a site from those that were shown before.
    pub edition: u64,
    /// How often pictures and other files have got other bytes.
    touched: Arc<FxHashMap<SourcePath, u64>>,
}

/// A site that is shown.
pub struct ServedSite {
    snapshot: Arc<Snapshot>,
    /// Pages of entries that can no longer be read, as they were.
    kept: FxHashMap<FilePath, StalePage>,
    /// The files of the theme, by what stands in them.
    look: Arc<FxHashMap<FilePath, u64>>,
    /// The site under the theme before, for pages that this one cannot make.
    former: Option<Arc<Snapshot>>,
    has_failed: AtomicBool,
    made: Mutex<FxHashMap<FilePath, CachedPage>>,
    /// The pages that the site before has made, where they were many.
    earlier: FxHashMap<FilePath, CachedPage>,
}

/// A page that was made, and the fingerprint of what it shows, where that was of use.
#[derive(Clone)]
struct CachedPage {
    page: Arc<ServedPage>,
    print: Option<Fingerprint>,
    /// What it has read of its book.
    facts: Arc<[KeptFact]>,
}

#[derive(Clone)]
struct StalePage {
    snapshot: Arc<Snapshot>,
    file: File,
}

/// A page as it is made, before anything is put into it.
pub struct ServedPage {
    pub html: String,
    /// Tells one such text from another.
    pub hash: u64,
    /// The file of the entry that it is about.
    pub source: Option<SourcePath>,
    /// The finding that says why it is not as the book has it now.
    pub failure: Option<Value>,
}

/// What is answered to an address.
pub enum Answer {
    Page(Arc<ServedPage>),
    /// The site's page for what is not found, if there is a site.
    Missing(Option<Arc<ServedPage>>),
    /// A file of the theme, or one that every site has.
    Bytes(FilePath, Vec<u8>),
    /// A file of the book; whether the book trusts it, so that what is in it runs.
    Copy(FilePath, SourcePath, bool),
    /// The address is a folder's, and wants a slash at its end.
    Folder(String),
}

impl LiveSite {
    /// Before anything was read.
    pub fn nothing() -> LiveSite {
        LiveSite {
            standing: None,
            problems: Problems::failure("the book is not read yet"),
            edition: 0,
            touched: Arc::default(),
        }
    }

    /// The same after the book was read again.
    pub fn after(&self, snapshot: &Arc<Snapshot>) -> LiveSite {
        let standing = match &snapshot.site {
            Some(site) => Some(Arc::new(ServedSite::new(snapshot, site, self.standing.as_deref()))),
            None => self.standing.clone(),
        };
        let edition = self.edition + u64::from(snapshot.site.is_some());
        LiveSite { standing, problems: Problems::of(&snapshot.report), edition, touched: self.touched.clone() }
    }

    /// The same after the book could not be read.
    pub fn failed(&self, message: &str) -> LiveSite {
        LiveSite { problems: Problems::failure(message), ..self.clone() }
    }

    /// The same after some pictures or other files have got other bytes.
    pub fn touched(mut self, assets: &[SourcePath]) -> LiveSite {
        if !assets.is_empty() {
            let touched = Arc::make_mut(&mut self.touched);
            assets.iter().for_each(|asset| *touched.entry(asset.clone()).or_default() += 1);
        }
        self
    }

    /// The site that is shown.
    pub fn site(&self) -> Option<&Site> {
        self.standing.as_ref().map(|standing| standing.site())
    }

    /// What is answered to a path of the site.
    pub fn answer(&self, path: &str) -> Answer {
        let Some(standing) = &self.standing else { return Answer::Missing(None) };
        match standing.find(path) {
            Route::Folder(path) => Answer::Folder(path),
            Route::File(path) => standing.answer(&FilePath::new(path)),
            Route::Nothing => Answer::Missing(standing.page(&FilePath::new("404.html"))),
        }
    }

    /// What tells a file that pages load from what it was: a style sheet, a script, a picture; none if there is none.
    pub fn stamp(&self, path: &str) -> Option<u64> {
        let standing = self.standing.as_ref()?;
        let Route::File(path) = standing.find(path) else { return None };
        let path = FilePath::new(path);
        let look = standing.look.get(&path).copied();
        look.or_else(|| {
            let file = standing.site().find(&path).filter(|file| file.artifact.is_copy())?;
            match file.artifact.render(standing.site(), &mut Trace::default()).ok()? {
                Rendered::Copy(asset) | Rendered::Cleaned(asset) => {
                    Some(self.touched.get(&asset).copied().unwrap_or(0))
                }
                Rendered::Bytes(_) => None,
            }
        })
    }

    /// What tells the theme's files from what they were, all together.
    pub fn theme_version(&self) -> u64 {
        let look = self.standing.iter().flat_map(|standing| standing.look.values());
        look.fold(0, |all, hash| all ^ hash.rotate_left(7))
    }
}

impl ServedSite {
    fn new(snapshot: &Arc<Snapshot>, site: &Site, before: Option<&ServedSite>) -> ServedSite {
        let is_same_theme = |before: &&ServedSite| Arc::ptr_eq(&before.site().theme, &site.theme);
        let look = match before.filter(is_same_theme) {
            Some(before) => before.look.clone(),
            None => {
                let files = site.theme.files().iter();
                Arc::new(files.map(|(path, bytes)| (path.clone(), xxh3_64(bytes))).collect())
            }
        };
        let former = before.and_then(|before| match before.has_failed.load(Ordering::Relaxed) {
            true => before.former.clone(),
            false => (!is_same_theme(&before)).then(|| before.snapshot.clone()),
        });
        let kept = before.map(|before| before.lost(snapshot, site)).unwrap_or_default();
        let earlier = before.map(|before| before.made.lock().unwrap_or_else(PoisonError::into_inner).clone());
        ServedSite {
            snapshot: snapshot.clone(),
            kept,
            look,
            former,
            has_failed: AtomicBool::new(false),
            made: Mutex::default(),
            earlier: earlier.filter(|made| made.len() >= MANY).unwrap_or_default(),
        }
    }

    fn site(&self) -> &Site {
        let Some(site) = &self.snapshot.site else { unreachable!("what stands is a site") };
        site
    }

    /// The pages of this site whose entries a later one cannot read.
    fn lost(&self, snapshot: &Snapshot, later: &Site) -> FxHashMap<FilePath, StalePage> {
        let errors = snapshot.report.problems.iter().filter(|problem| problem.severity == Severity::Error);
        let hurt = errors.map(|problem| &problem.place.path).chain(&snapshot.report.held);
        let hurt: FxHashSet<&SourcePath> = hurt.collect();
        if hurt.is_empty() {
            return FxHashMap::default();
        }
        let is_lost = |entry: &Entry| match later.book.places.at(&key(entry)) {
            Some(place) => place == PathTarget::Held(Unpublished::Unread),
            None => hurt.contains(&entry.path),
        };
        // Where a page stands that another entry has now, it has to go.
        let is_free = |path: &FilePath| later.find(path).is_none_or(|file| later.entry(file).is_none());
        let mut kept = FxHashMap::default();
        for (path, old) in &self.kept {
            let entry = old.snapshot.site.as_ref().and_then(|site| site.entry(&old.file));
            if entry.is_some_and(is_lost) && is_free(path) {
                kept.insert(path.clone(), old.clone());
            }
        }
        for file in self.site().html().iter() {
            if self.site().entry(file).is_some_and(|entry| hurt.contains(&entry.path) && is_lost(entry))
                && is_free(&file.path)
            {
                let old = || StalePage { snapshot: self.snapshot.clone(), file: file.clone() };
                kept.entry(file.path.clone()).or_insert_with(old);
            }
        }
        kept
    }

    fn find(&self, path: &str) -> Route {
        let base = self.site().book.config.site_url.as_deref().map_or("", folder_of);
        let has = |path: &str| {
            let path = FilePath::new(path);
            self.kept.contains_key(&path) || self.site().find(&path).is_some()
        };
        route::find(path, base, has)
    }

    fn answer(&self, path: &FilePath) -> Answer {
        if let Some(page) = self.page(path) {
            return Answer::Page(page);
        }
        match self.site().find(path).map(|file| file.artifact.render(self.site(), &mut Trace::default())) {
            Some(Ok(Rendered::Bytes(bytes))) => Answer::Bytes(path.clone(), bytes),
            Some(Ok(Rendered::Copy(source) | Rendered::Cleaned(source))) => {
                let is_trusted = self.site().book.config.trusts(&source);
                Answer::Copy(path.clone(), source, is_trusted)
            }
            _ => Answer::Missing(None),
        }
    }

    /// A page, if one stands at this path.
    fn page(&self, path: &FilePath) -> Option<Arc<ServedPage>> {
        let kept = self.kept.get(path);
        let file = self.site().find(path).filter(|file| file.artifact.page().is_some());
        let file = kept.map(|kept| &kept.file).or(file)?;
        let lock = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let is_many = {
            let made = lock();
            if let Some(CachedPage { page, .. }) = made.get(path) {
                return Some(page.clone());
            }
            made.len() >= MANY || !self.earlier.is_empty()
        };
        let once = match kept {
            Some(StalePage { snapshot, .. }) => {
                let page = Arc::new(self.make(snapshot, file, &mut Trace::default()));
                CachedPage { page, print: None, facts: Arc::default() }
            }
            None => self.once(file, is_many),
        };
        let mut made = lock();
        if made.len() >= PAGES {
            made.clear();
        }
        made.insert(path.clone(), once.clone());
        Some(once.page)
    }

    /// A page of this site, made if the one before does not show the same; whether that is to be found out `is_asked`.
    fn once(&self, file: &File, is_asked: bool) -> CachedPage {
        let site = self.site();
        let is_same = |earlier: &&CachedPage| {
            let print = || file.artifact.fingerprint(site, &site.trace(&earlier.facts)?);
            earlier.print.is_some() && earlier.page.failure.is_none() && print() == earlier.print
        };
        if let Some(earlier) = self.earlier.get(&file.path).filter(|_| is_asked).filter(is_same) {
            return earlier.clone();
        }
        let mut trace = Trace::default();
        let page = Arc::new(self.make(&self.snapshot, file, &mut trace));
        let print = is_asked.then(|| file.artifact.fingerprint(site, &trace)).flatten();
        CachedPage { page, print, facts: trace.kept(&site.book).into() }
    }

    fn make(&self, snapshot: &Snapshot, file: &File, trace: &mut Trace) -> ServedPage {
        let Some(site) = &snapshot.site else { unreachable!("what stands is a site") };
        let source = site.entry(file).map(|entry| entry.path.clone());
        let page = |html: String, failure| ServedPage {
            hash: xxh3_64(html.as_bytes()),
            html,
            source: source.clone(),
            failure,
        };
        let problem = match file.artifact.render(site, trace) {
            Ok(Rendered::Bytes(bytes)) => return page(String::from_utf8_lossy(&bytes).into_owned(), None),
            Ok(Rendered::Copy(_) | Rendered::Cleaned(_)) => unreachable!("a page is made"),
            Err(problem) => problem.note(format!("so {} is shown as it was", file.path), None),
        };
        self.has_failed.store(true, Ordering::Relaxed);
        let former = self.former.as_ref().and_then(|former| {
            let site = former.site.as_ref()?;
            match site.find(&file.path)?.artifact.render(site, &mut Trace::default()) {
                Ok(Rendered::Bytes(bytes)) => Some(String::from_utf8_lossy(&bytes).into_owned()),
                _ => None,
            }
        });
        let finding = problems::finding(&problem, &|path| site.theme.text(path));
        page(former.unwrap_or_else(|| PLAIN.to_owned()), Some(finding))
    }
}

/// Where an entry stands among the places of its book.
fn key(entry: &Entry) -> String {
    let path = entry.path.as_str();
    let key = if entry.is_item { format!("{path}#{}", entry.stem) } else { path.to_owned() };
    nfc(&key).into_owned()
}

/// The folder in which a site stands at its address: `kb/` of `https://example.org/kb/`.
fn folder_of(url: &str) -> &str {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    };
    path.trim_start_matches('/')
}

/// What is shown where there is nothing to show.
pub const PLAIN: &str = include_str!("plain.html");

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::workspace::{Change, Options, Workspace};

    /// The pages of these paths, as they are shown.
    fn pages(shown: &LiveSite, paths: &[String]) -> Vec<Arc<ServedPage>> {
        let page = |path: &String| match shown.answer(path) {
            Answer::Page(page) => page,
            _ => panic!("no page {path}"),
        };
        paths.iter().map(page).collect()
    }

    fn write(root: &Path, nth: usize, text: &str) {
        fs::write(root.join(format!("notes/{nth}.md")), text).unwrap();
    }

    #[test]
    fn of_many_pages_those_are_made_again_that_show_what_changed() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir(root.join("notes")).unwrap();
        let last = MANY + 14;
        for nth in 0..=last {
            write(root, nth, &format!("# Note {nth}\n\nText.\n"));
        }
        write(root, 0, "# Note 0\n\nSee [[Note 20]].\n");
        let mut workspace = Workspace::new(root, Options::default());
        let mut change = |shown: &LiveSite, change| shown.after(&workspace.apply(change).unwrap());
        let paths: Vec<String> = (0..=last).map(|nth| format!("notes/{nth}.html")).collect();
        let first = change(&LiveSite::nothing(), Change::Folder);
        pages(&first, &paths);
        // From now on it is known what each page shows.
        let second = change(&first, Change::Files(Vec::new()));
        let before = pages(&second, &paths);
        write(root, 20, "# Another\n\nText.\n");
        let third = change(&second, Change::Files(vec![SourcePath::new("notes/20.md")]));
        let after = pages(&third, &paths);
        let made: Vec<usize> = (0..=last).filter(|nth| !Arc::ptr_eq(&before[*nth], &after[*nth])).collect();
        // The entry, the one whose link leads nowhere now, and its neighbours, whose order goes by titles.
        assert!(made.contains(&20) && made.contains(&0) && made.len() < 10, "{made:?}");
        assert!(
            after.iter().zip(&before).all(|(after, before)| after.hash != before.hash || after.html == before.html)
        );
    }
}
