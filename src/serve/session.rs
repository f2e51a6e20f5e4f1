//! The thread that owns the book: it hears of changes, reads them, and has the tabs told.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Error, Result, anyhow};
use tokio::sync::watch;

use super::classify::{Difference, FsChange, KnownPaths, PathState, within};
use super::clients::Tabs;
use super::debounce::{Activity, Debouncer};
use super::events::{EventHandler, Latency, ServerEvent};
use super::live_site::LiveSite;
use super::watch::{Watch, WatchEvent};
use crate::base::date::Day;
use crate::base::opened::{Opened, opened};
use crate::base::path::SourcePath;
use crate::book::Book;
use crate::disk::{self, What};
use crate::output::Site;
use crate::workspace::{Change, Options, Report, Snapshot, Workspace};

/// How often is looked whether it is another day.
const IDLE: Duration = Duration::from_secs(30);

/// How often is looked whether a book that could not be read can be.
const GONE: Duration = Duration::from_millis(250);

/// For how long a `book.toml` that went is waited for. After that the folder is a book without one.
const CONFIG_GONE: Duration = Duration::from_secs(3);

/// How often is looked at a folder that cannot be watched.
const UNWATCHED: Duration = Duration::from_secs(2);

/// How long is waited for git, which says while it changes files, and for how long it is believed.
const GIT: Duration = Duration::from_secs(5);

/// How long is waited at most before all is read again after the system lost count in vain.
const VAIN: Duration = Duration::from_secs(60);

/// Whom the keeper tells.
pub struct Subscribers {
    pub shown: watch::Sender<Arc<LiveSite>>,
    pub tabs: Arc<Tabs>,
    pub told: EventHandler,
}

pub struct Session {
    /// The book's folder as it was given, for people.
    root: PathBuf,
    /// As it is really called.
    real: PathBuf,
    workspace: Workspace,
    today: Option<Day>,
    watch: Option<Watch>,
    sounds: Receiver<WatchEvent>,
    quiet: Debouncer,
    ground: Anchor,
    /// What was last made of it, and a report for the time before.
    last: Option<Arc<Snapshot>>,
    blank: Report,
    /// Why the book cannot be read.
    failure: Option<String>,
    /// The book as it could last be read.
    book: Option<Arc<Book>>,
    /// Folders in which sites are written, relative to the book's.
    outputs: Vec<String>,
    /// While git changes files, this one is there.
    git: Option<PathBuf>,
    /// Whether the system heard more than it could tell.
    is_lost: bool,
    /// How often in a row all was read for that, and nothing was new.
    vain: u32,
    /// When the last change was taken up, and when it was read.
    times: (Instant, Instant),
    listeners: Subscribers,
}

/// What a book stands on. While it is gone, the last good site stays.
#[derive(Default)]
struct Anchor {
    /// The folder of the entries.
    src: String,
    /// What `book.toml` says, if there is one.
    config: Option<Vec<u8>>,
    /// Since when it is gone.
    gone: Option<Instant>,
}

impl Session {
    /// Reads the book, watched from the beginning.
    ///
    /// Errors: there is no such folder.
    pub fn begin(root: &Path, options: Options, listeners: Subscribers) -> Result<Session> {
        let started = Instant::now();
        let real = root.canonicalize().map_err(|_| anyhow!("there is no folder {}", root.display()))?;
        let (sender, sounds) = channel();
        let watch = Watch::new(real.clone(), sender);
        if let Err(error) = &watch {
            (listeners.told)(ServerEvent::Unwatched(&format!("{error:#}")));
        }
        let src = Workspace::config(root).map_or(String::new(), |config| config.src.clone());
        let mut keeper = Session {
            git: git_lock(&real),
            ground: Anchor { src, config: fs::read(real.join("book.toml")).ok(), gone: None },
            root: root.to_owned(),
            today: options.today,
            // The current folder may be moved, and another book come to where it was.
            workspace: Workspace::new(&real, options),
            real,
            watch: watch.ok(),
            sounds,
            quiet: Debouncer::default(),
            last: None,
            blank: Report::default(),
            failure: None,
            book: None,
            outputs: vec!["site".to_owned()],
            is_lost: false,
            vain: 0,
            times: (started, started),
            listeners,
        };
        keeper.renew_watch();
        let shown = keeper.read(Change::Folder);
        let told = match &keeper.failure {
            Some(error) => ServerEvent::Failed(error),
            None => ServerEvent::Began { site: shown.site(), report: keeper.report(), took: started.elapsed() },
        };
        (keeper.listeners.told)(told);
        keeper.listeners.shown.send_replace(Arc::new(shown));
        Ok(keeper)
    }

    /// Keeps what is shown as the book is, for ever.
    pub fn keep(mut self) {
        loop {
            let heard = self.listen();
            let today = disk::today();
            if today != self.today {
                // What is due for review changes at midnight.
                self.today = today;
                self.change(Change::Today(today), &[], Instant::now());
            }
            if let Some((paths, since)) = heard {
                self.take_up(&paths, since);
            }
        }
    }

    /// Waits for a change to be over: its paths, and when the last of them was heard. None now and then.
    fn listen(&mut self) -> Option<(Vec<SourcePath>, Instant)> {
        loop {
            let now = Instant::now();
            let due = self.quiet.due();
            if due.is_some_and(|due| due <= now && !self.git_is_at_work(now)) {
                let since = self.quiet.last().unwrap_or(now);
                let paths = self.quiet.take();
                return Some((paths.iter().filter_map(|path| within(&self.real, path)).collect(), since));
            }
            // It may be back before anybody looks, and then nothing is heard of it.
            let has_failed = self.failure.is_some();
            let wait = match due {
                Some(due) => due.saturating_duration_since(now).max(Duration::from_millis(1)),
                None if has_failed => GONE,
                None if self.is_unwatched() => UNWATCHED,
                None if self.is_lost => VAIN.min(Duration::from_secs(1 << self.vain.min(6))),
                None => IDLE,
            };
            match self.sounds.recv_timeout(wait) {
                Ok(sound) => self.hear(sound),
                Err(_) if due.is_some() => {}
                Err(error) => {
                    // Without a watch nobody wakes us.
                    if error == RecvTimeoutError::Disconnected {
                        std::thread::sleep(wait);
                    }
                    let is_due = match has_failed {
                        true => self.ground_is_there(),
                        false => self.is_unwatched() || self.is_lost,
                    };
                    return is_due.then(|| (vec![SourcePath::new("")], Instant::now()));
                }
            }
        }
    }

    fn hear(&mut self, sound: WatchEvent) {
        match sound {
            WatchEvent::Overflow => {
                // To read all may itself be more than the system can tell, and must not lead to reading all again.
                if self.vain == 0 {
                    self.quiet.hear(&self.real, Activity::Done, Instant::now());
                }
                self.is_lost = true;
            }
            WatchEvent::Path { path, heard, is_end } => {
                if let Some(watch) = self.watch.as_mut().filter(|_| is_end) {
                    watch.forget(&path);
                }
                if within(&self.real, &path).is_some_and(|path| self.known().may_matter(path.as_str())) {
                    self.quiet.hear(&path, heard, Instant::now());
                }
            }
        }
    }

    /// Takes up what was heard of.
    fn take_up(&mut self, paths: &[SourcePath], since: Instant) {
        let now = |path: &SourcePath| match fs::metadata(self.real.join(path.as_str())) {
            Ok(found) if found.is_dir() => PathState::Folder,
            Ok(_) => PathState::File,
            Err(_) => PathState::Nothing,
        };
        let FsChange { mut change, assets } = FsChange::of(paths, &self.known(), now);
        if self.is_lost || self.failure.is_some() {
            change = Some(Change::Folder);
        }
        // What could run in such a file decides whether the site has it.
        if change.is_none()
            && assets.iter().any(|asset| matches!(opened(asset.file_name()), Opened::Drawing | Opened::Unknown))
        {
            change = Some(Change::Files(Vec::new()));
        }
        match change {
            Some(change) => self.change(change, &assets, since),
            None if assets.is_empty() => {}
            None => {
                self.times = (Instant::now(), Instant::now());
                let (shown, last) = (self.shown().touched(&assets), self.last.clone());
                self.show(shown, Vec::new(), assets, last.as_deref(), since);
            }
        }
    }

    /// Reads a change, and shows what comes of it.
    fn change(&mut self, change: Change, assets: &[SourcePath], since: Instant) {
        if matches!(change, Change::Folder) {
            self.renew_watch();
        }
        let texts = match &change {
            Change::Files(files) => files.clone(),
            _ => Vec::new(),
        };
        let (src, before, failure) = (self.ground.src.clone(), self.last.clone(), self.failure.clone());
        let shown = self.read(change).touched(assets);
        match &self.failure {
            Some(error) if failure.as_ref() == Some(error) => {}
            Some(error) => {
                self.listeners.tabs.make(&shown);
                self.listeners.shown.send_replace(Arc::new(shown));
                (self.listeners.told)(ServerEvent::Failed(error));
            }
            None => {
                if failure.is_some() {
                    (self.listeners.told)(ServerEvent::Back);
                }
                self.show(shown, texts, assets.to_vec(), before.as_deref(), since);
            }
        }
        if src != self.ground.src {
            // What has changed there before it was watched.
            self.change(Change::Folder, &[], Instant::now());
        }
    }

    /// Reads a change: what is shown then.
    fn read(&mut self, change: Change) -> LiveSite {
        self.times.0 = Instant::now();
        let read = match self.ground_is_gone() {
            Some(error) => Err(error),
            None => self.workspace.apply(change),
        };
        self.times.1 = Instant::now();
        let snapshot = match read {
            Ok(snapshot) => snapshot,
            Err(error) => {
                let error = format!("{error:#}");
                let shown = self.shown().failed(&error);
                self.failure = Some(error);
                return shown;
            }
        };
        self.failure = None;
        self.last = Some(snapshot.clone());
        if let Some(site) = &snapshot.site {
            self.book = Some(site.book.clone());
            self.ground.src = site.book.config.src.clone();
            self.ground.config = fs::read(self.real.join("book.toml")).ok();
            self.ground.gone = None;
            let out = snapshot.report.out.strip_prefix(&self.real).ok();
            let out = out.and_then(Path::to_str).map(|out| out.replace('\\', "/"));
            // A link can become a folder of the book.
            let folders = snapshot.report.skipped.iter().filter(|skipped| skipped.what == What::Folder);
            let skipped = folders.map(|folder| folder.path.to_string());
            self.outputs = out.into_iter().chain(skipped).collect();
        }
        self.shown().after(&snapshot)
    }

    /// Shows what was read, and tells how it differs from what was shown before. `texts` and `assets` are the files of
    /// which something was heard.
    fn show(
        &mut self,
        shown: LiveSite,
        texts: Vec<SourcePath>,
        assets: Vec<SourcePath>,
        before: Option<&Snapshot>,
        since: Instant,
    ) {
        self.listeners.tabs.make(&shown);
        let shown = Arc::new(shown);
        let old = self.listeners.shown.send_replace(shown.clone());
        let (begun, read) = self.times;
        let took = Latency {
            wait: begun.saturating_duration_since(since),
            read: read.saturating_duration_since(begun),
            tell: read.elapsed(),
        };
        // Nobody is kept waiting for the rest.
        let is_read = self.last.as_ref().is_some_and(|last| last.site.is_some());
        let difference = match (old.site(), shown.site()) {
            (Some(before), Some(after)) if is_read => difference(before, after, &texts),
            // The entries were not read.
            _ => Difference { changed: texts, ..Difference::default() },
        };
        self.vain = if self.is_lost && difference.is_empty() { self.vain + 1 } else { 0 };
        self.is_lost = false;
        let difference = difference.with(Difference { changed: assets, ..Difference::default() });
        let before = before.map_or(&self.blank, |before| &before.report);
        (self.listeners.told)(ServerEvent::Changed { difference: &difference, before, report: self.report(), took });
    }

    /// What was last found.
    fn report(&self) -> &Report {
        self.last.as_ref().map_or(&self.blank, |last| &last.report)
    }

    fn shown(&self) -> LiveSite {
        LiveSite::clone(&self.listeners.shown.borrow())
    }

    fn known(&self) -> KnownPaths<'_> {
        let book = self.book.as_ref();
        KnownPaths {
            src: &self.ground.src,
            outputs: &self.outputs,
            links: self.watch.as_ref().map_or(&[], |watch| &watch.links),
            sources: book.map_or(&[], |book| &book.sources),
            assets: book.map_or(&[], |book| &book.places.assets),
        }
    }

    fn renew_watch(&mut self) {
        let Some(watch) = &mut self.watch else { return };
        let skip: Vec<PathBuf> = self.outputs.iter().map(|out| self.real.join(out)).collect();
        let was_whole = watch.failure.is_none();
        watch.renew(&self.ground.src, &skip);
        if let Some(failure) = watch.failure.as_ref().filter(|_| was_whole) {
            (self.listeners.told)(ServerEvent::Unwatched(failure));
        }
    }

    fn is_unwatched(&self) -> bool {
        self.watch.as_ref().is_none_or(|watch| watch.failure.is_some())
    }

    fn ground_is_there(&self) -> bool {
        let is_given_up = self.ground.gone.is_some_and(|gone| gone.elapsed() >= CONFIG_GONE);
        if is_given_up {
            return self.real.is_dir();
        }
        let has_config = self.ground.config.is_none() || self.real.join("book.toml").is_file();
        has_config && self.real.join(&self.ground.src).is_dir()
    }

    /// What the book stood on and stands on no more: as a rule it is about to come back. Without it there would be
    /// another book in the same place, and every tab would lose its page.
    fn ground_is_gone(&mut self) -> Option<Error> {
        let config = || fs::read(self.real.join("book.toml")).ok();
        if !self.real.is_dir() {
            return Some(anyhow!("there is no folder {} any more", self.root.display()));
        }
        if self.ground.config.is_some() && config().is_none() {
            let gone = *self.ground.gone.get_or_insert_with(Instant::now);
            if gone.elapsed() < CONFIG_GONE {
                return Some(anyhow!("there is no book.toml any more"));
            }
        } else {
            self.ground.gone = None;
        }
        let Anchor { src, .. } = &self.ground;
        let is_gone = !self.real.join(src).is_dir() && config() == self.ground.config;
        is_gone.then(|| anyhow!("there is no folder {src}"))
    }

    /// Whether git says that it changes files; not for ever, for it may have been broken off.
    fn git_is_at_work(&self, now: Instant) -> bool {
        let is_recent = |lock: &PathBuf| {
            let since = fs::metadata(lock).ok()?.modified().ok()?;
            Some(since.elapsed().is_ok_and(|since| since < GIT))
        };
        let is_long = self.quiet.first().is_some_and(|first| now - first > GIT);
        !is_long && self.git.as_ref().and_then(is_recent) == Some(true)
    }
}

/// The file that is there while git changes the files around a folder.
fn git_lock(folder: &Path) -> Option<PathBuf> {
    let git = folder.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    if git.is_dir() {
        return Some(git.join("index.lock"));
    }
    // A worktree has a file there, which names the place.
    let text = fs::read_to_string(&git).ok()?;
    let place = text.strip_prefix("gitdir:")?.trim();
    Some(git.parent()?.join(place).join("index.lock"))
}

/// Which files of two sites are not the same. `texts` are those of which something was heard.
fn difference(before: &Site, after: &Site, texts: &[SourcePath]) -> Difference {
    let sources = Difference::of_sources(&before.book.sources, &after.book.sources);
    let mut found = sources.with(Difference::of_paths(&before.book.places.assets, &after.book.places.assets));
    let is_same_config = before.book.config.is_alike(&after.book.config);
    if !is_same_config {
        found.changed.insert(0, SourcePath::new("book.toml"));
    } else if !Arc::ptr_eq(&before.theme, &after.theme) {
        let of_theme = texts.iter().filter(|path| path.within("themes").is_some());
        found.changed.extend(of_theme.cloned());
        if found.changed.is_empty() {
            found.changed.push(SourcePath::new("themes"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_of_git_is_found_from_a_folder_inside_and_from_a_worktree() {
        let temp = tempfile::tempdir().unwrap();
        let (repository, tree) = (temp.path().join("repository"), temp.path().join("tree"));
        fs::create_dir_all(repository.join(".git")).unwrap();
        fs::create_dir_all(tree.join("docs")).unwrap();
        assert_eq!(git_lock(&repository), Some(repository.join(".git/index.lock")));
        fs::write(tree.join(".git"), "gitdir: ../repository/.git/worktrees/tree\n").unwrap();
        let place = tree.join("../repository/.git/worktrees/tree/index.lock");
        assert_eq!(git_lock(&tree.join("docs")), Some(place));
    }
}
