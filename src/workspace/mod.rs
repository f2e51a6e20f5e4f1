//! A book's folder over time: read, understood, linked and planned, and again what has changed of it.
//!
//! [`Workspace::apply`] is the only way to change: a build is one change and a write, a check one change, and a server
//! a change for each save. What comes out of it does not depend on the way there: it equals what a fresh workspace
//! makes of the same folder.

mod base_revision;
mod cache;
mod comparison;
mod files;
mod history;
mod last_build;
mod looked;
mod report;
mod snapshot;
mod social_fonts;
mod source_tree;
mod timings;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::MAX_CHUNK;
use crate::base::apply_edits;
use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::memory;
use crate::base::path::{FilePath, SourcePath};
use crate::base::source::{Source, SourceText};
use crate::base::span::Span;
use crate::book::{Book, BookInput};
use crate::check::{self, Levels};
use crate::config::{self, Config, ReadContext};
use crate::disk::{self, Checkout, Git, OutputList, Revision, Revisions, Unreadable};
use crate::markup::Highlighter;
use crate::output::search::DigestCache;
use crate::output::{self, Site};
use crate::parse::{self, Parsed, Suppression};
use crate::theme::{Theme, ThemeOptions};

use base_revision::BaseRevision;
pub use comparison::Comparison;
use files::BookFiles;
use history::BookHistory;
use looked::Looked;
pub use report::{Options, Report};
pub use snapshot::Snapshot;
use social_fonts::SocialFonts;
use timings::timed;
pub use timings::{Progress, Timings};
pub use write::Outcome;

use cache::ParseCache;
pub use last_build::{LastBuild, Survey};

/// What may be other than a workspace knows it.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "serve"), allow(dead_code))]
pub enum Change {
    /// Anything in the book's folder.
    Folder,
    /// The texts of these files, which the workspace knows.
    Files(Vec<SourcePath>),
    /// These texts stand over those on disk, whether there are some or not; none takes back the one that stood there.
    Overlay(FxHashMap<SourcePath, Option<SourceText>>),
    /// It is another day.
    Today(Option<Day>),
}

/// A book's folder, and what has been made of it so far.
pub struct Workspace {
    root: PathBuf,
    options: Options,
    files: BookFiles,
    config: Option<Arc<Config>>,
    theme: Option<LoadedTheme>,
    social_fonts: SocialFonts,
    /// What each source holds, as the config has it that is known, by path.
    parsed: Vec<(Source, Arc<Parsed>)>,
    /// What the build before has kept.
    parse_cache: Option<ParseCache>,
    /// What could run in the files beside entries.
    looked: Looked,
    highlighter: Arc<Highlighter>,
    /// What entries are known to say.
    digest_cache: Arc<DigestCache>,
    /// What git knew of the book's files when it was asked last.
    history: BookHistory,
    /// What the book is compared with, in a preview.
    base: Option<BaseRevision>,
    /// The last snapshot with a site.
    last: Option<Arc<Snapshot>>,
}

/// A theme, and what it was made from.
struct LoadedTheme {
    config: Arc<Config>,
    own: Vec<(String, Vec<u8>)>,
    theme: Option<Arc<Theme>>,
    problems: Vec<Diagnostic>,
}

impl Workspace {
    /// A workspace that has not looked at its folder yet.
    pub fn new(root: &Path, options: Options) -> Workspace {
        Workspace {
            root: root.to_owned(),
            options,
            files: BookFiles::default(),
            config: None,
            theme: None,
            social_fonts: SocialFonts::default(),
            parsed: Vec::new(),
            parse_cache: None,
            looked: Looked::default(),
            highlighter: Arc::default(),
            digest_cache: Arc::default(),
            history: BookHistory::default(),
            base: None,
            last: None,
        }
    }

    /// What can be known without a look into more than `book.toml`; none if files may still change unseen, or if nothing
    /// is kept from one build to the next.
    ///
    /// Errors: `book.toml` cannot be read.
    pub fn survey(&mut self) -> Result<Option<Survey>> {
        // What a branch is called may be another commit by now.
        if !self.options.cache || self.options.compare.is_some() {
            return Ok(None);
        }
        self.look(Change::Folder)?;
        let mut report = Report::default();
        let config = self.read_config(&mut report);
        if !report.problems.is_empty() {
            return Ok(None);
        }
        let (inputs, written) = rayon::join(
            || last_build::inputs(&self.root, &config, &self.options, &report.out),
            || OutputList::read(&report.out),
        );
        let Some((inputs, walk)) = inputs else { return Ok(None) };
        let report = Report { skipped: walk.skipped.clone(), ..report };
        self.files.walked(&config.src, vec![report.out.clone()], walk);
        Ok(Some(Survey { inputs, report, written }))
    }

    /// The book as it is after a change.
    ///
    /// Errors: the outside world does not play along. The workspace then is as it was, but for what it has read.
    pub fn apply(&mut self, change: Change) -> Result<Arc<Snapshot>> {
        self.look(change)?;
        let mut report = Report::default();
        let mut timings = Timings::new(&self.options.progress);
        if let Some(revision) = self.options.compare.as_ref().filter(|_| self.base.is_none()) {
            self.base = Some(timings.stage("compare", || self.base_of(revision))?);
        }
        let config = self.read_config(&mut report);
        let theme = self.read_theme(&config, &mut report)?;
        let card_renderer = match self.options.is_one_of_two() {
            true => None,
            false => self.social_fonts.card_renderer(&self.root, &config, &mut report.problems),
        };
        let (levels, problems) = Levels::of_book(&config);
        report.problems.extend(problems);
        // Entries are read against book.toml: while that is wrong, what they would be told is as well.
        let Some(theme) = theme.filter(|_| self.options.keep_going || !report.has_errors()) else {
            self.finish(&mut report);
            return Ok(Arc::new(Snapshot { report, timings, site: None }));
        };
        let last = self.last.clone();
        let before = last.as_ref().and_then(|last| last.site.as_ref());
        let (book, excuses) = self.read_book(config, before.map(|site| &*site.book), &mut report, &mut timings)?;
        let today = self.options.today;
        let known = before.and_then(|site| site.plan_for(&book, &theme)).cloned();
        let plan = || {
            known.unwrap_or_else(|| {
                Arc::new(output::plan(&book, &theme, FilePath::new(disk::MARKER), self.base.is_some()))
            })
        };
        let ((found, checked), (plan, planned)) =
            timings.beside("check", || rayon::join(|| timed(|| check::all(&book, &levels, today)), || timed(plan)));
        timings.stages.extend([("check", checked), ("plan", planned)]);
        report.problems.extend(found);
        report.problems.extend(plan.problems.iter().cloned());
        report.problems.extend(
            card_renderer.as_ref().and_then(|card_renderer| output::missing_glyphs(&book, card_renderer.as_ref())),
        );
        let is_whole = !self.options.drafts && !book.places.has_unread();
        check::excuse(&mut report.problems, &excuses, &levels, is_whole);
        let config = book.config.clone();
        check::soften(&mut report.problems, |path| parse::is_declared(&config, path));
        levels.apply(&mut report.problems);
        report.held = book.held_back().cloned().collect();
        report.read = (book.entries.len(), book.graph.len());
        self.finish(&mut report);
        let preview = match &self.base {
            Some(base) => Some(Arc::new(base.preview(&book, &report)?)),
            None => None,
        };
        let site = Site::new(book, theme, plan, &self.highlighter, &self.digest_cache, preview, card_renderer);
        let snapshot = Arc::new(Snapshot { report, timings, site: Some(site) });
        self.last = Some(snapshot.clone());
        Ok(snapshot)
    }

    /// A report with more that is wrong.
    pub fn with(&self, report: &Report, problems: Vec<Diagnostic>) -> Report {
        let mut report = report.clone();
        report.problems.extend(problems);
        self.finish(&mut report);
        report
    }

    /// The book with its drafts, neither checked nor planned, for what changes or adds to it; none if `book.toml` is
    /// wrong.
    ///
    /// Errors: a folder cannot be read.
    pub fn book(root: &Path) -> Result<(Report, Option<Book>)> {
        let mut workspace = Workspace::new(root, Options { drafts: true, ..Options::default() });
        let mut report = Report::default();
        workspace.look(Change::Folder)?;
        let config = workspace.read_config(&mut report);
        let book = match report.has_errors() {
            true => None,
            false => {
                let book = workspace.read_book(config, None, &mut report, &mut Timings::default())?.0;
                check::soften(&mut report.problems, |path| parse::is_declared(&book.config, path));
                Some(book)
            }
        };
        workspace.finish(&mut report);
        Ok((report, book))
    }

    /// The config of the book in `root`, whatever is wrong with it.
    ///
    /// Errors: `book.toml` cannot be read.
    pub fn config(root: &Path) -> Result<Arc<Config>> {
        let mut workspace = Workspace::new(root, Options::default());
        workspace.look(Change::Folder)?;
        Ok(workspace.read_config(&mut Report::default()))
    }

    /// The book in `root` as it was in a revision, whatever is wrong with it.
    ///
    /// Errors: git does not have it, or the disk refuses.
    pub fn of_revision(git: &Git, revision: &Revision, root: &Path, options: &Options) -> Result<Arc<Snapshot>> {
        let read = || {
            let checkout = Checkout::of(git, revision, root)?;
            let Options { drafts, today, .. } = *options;
            let options = Options { drafts, today, keep_going: true, is_compared: true, ..Options::default() };
            Workspace::new(checkout.book(), options).apply(Change::Folder)
        };
        read().with_context(|| format!("cannot read the book as it was in {}", revision.name))
    }

    /// What the book is compared with in a preview: how it was in a revision, or, for `A...B`, where these parted.
    fn base_of(&self, revision: &str) -> Result<BaseRevision> {
        let git = Git::around(&self.root).context("there is no revision to compare with")?;
        let Revisions { before: revision, .. } = git.revisions(&[revision.to_owned()])?;
        let snapshot = Workspace::of_revision(&git, &revision, &self.root, &self.options)?;
        Ok(BaseRevision { revision, snapshot })
    }

    /// Takes a change in.
    fn look(&mut self, change: Change) -> Result<()> {
        match change {
            Change::Folder => self.files.forget_all(),
            Change::Files(files) => self.files.forget(&files),
            Change::Overlay(texts) => self.files.lay(texts),
            Change::Today(today) => self.options.today = today,
        }
        self.files.read_config(&self.root)
    }

    fn read_config(&mut self, report: &mut Report) -> Arc<Config> {
        let text = self.files.text(&SourcePath::new("book.toml"));
        let name = disk::folder_name(&self.root);
        let around = ReadContext { folder: &name, has: &|path| disk::exists(&self.root, path) };
        let (mut config, problems) = config::read(text.as_deref(), around);
        config.purpose = self.options.purpose;
        report.problems.extend(problems);
        report.src = self.root.join(&config.src);
        report.unaddressed = output::unaddressed(&config, &self.options.only, self.options.compare.is_some());
        report.out = self.options.out.clone().unwrap_or_else(|| self.root.join(&config.build_dir));
        if let Some(known) = self.config.as_ref().filter(|known| ***known == config) {
            return known.clone();
        }
        match self.config.as_ref().is_some_and(|known| known.is_alike(&config)) {
            // What was wrong may be told with a place in the config, which may be another.
            true => self.parsed.retain(|(_, parsed)| parsed.problems.is_empty() && parsed.draft_problems.is_empty()),
            // What sources hold was read against another config.
            false => self.parsed.clear(),
        }
        self.config.insert(Arc::new(config)).clone()
    }

    fn read_theme(&mut self, config: &Arc<Config>, report: &mut Report) -> Result<Option<Arc<Theme>>> {
        let name = config.theme.as_ref().map_or("default", |name| name.value.as_str());
        let folder = format!("themes/{name}");
        let own = self.files.theme(&self.root, &folder)?;
        if let Some(theme) = config.theme.as_ref().filter(|theme| own.is_empty() && theme.value != "default") {
            let message = format!("there is no theme \"{}\"", theme.value);
            let help = format!("put its files into {folder}, or take the line out to have the built-in theme");
            report.problems.push(Diagnostic::error("bad-config", &config.path, theme.span, message).help(help));
        }
        let is_known = |dressed: &LoadedTheme| {
            let stays = match dressed.problems.is_empty() {
                true => dressed.config.is_alike(config),
                // They are told with their places.
                false => Arc::ptr_eq(&dressed.config, config),
            };
            stays && *dressed.own == *own
        };
        if !self.theme.as_ref().is_some_and(is_known) {
            let wishes = ThemeOptions {
                language: &config.language,
                han: &config.han,
                path: &config.path,
                tokens: &config.tokens,
            };
            let (theme, problems) = Theme::new(&folder, own.to_vec(), &wishes);
            let theme = theme.map(Arc::new);
            self.theme = Some(LoadedTheme { config: config.clone(), own: own.into_owned(), theme, problems });
        }
        let dressed = self.theme.as_ref();
        report.problems.extend(dressed.iter().flat_map(|dressed| dressed.problems.iter().cloned()));
        Ok(dressed.and_then(|dressed| dressed.theme.clone()))
    }

    /// Reads and links the book. Git is asked beside the reading, and awaited where its facts are needed.
    fn read_book(
        &mut self,
        config: Arc<Config>,
        before: Option<&Book>,
        report: &mut Report,
        timings: &mut Timings,
    ) -> Result<(Book, Vec<Suppression>)> {
        // What is compared has no history on the other side.
        let is_asked = !self.options.is_one_of_two();
        let (root, mut history) = (self.root.clone(), std::mem::take(&mut self.history));
        let (read, known) = std::thread::scope(|scope| {
            let asked = config.git.as_ref().filter(|_| is_asked);
            let known = asked.map(|asked| scope.spawn(|| history.of(&root, &config, asked)));
            let read = self.read_sources(&config, report, timings);
            (read, known.map(|known| timings.stage("history", || known.join())))
        });
        self.history = history;
        let known = known.map(|known| known.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        let (history, problems) = known.unwrap_or_default();
        let (parts, excuses) = read?;
        report.problems.extend(problems);
        let history = history::followed(&config, history, parts.entries.iter().map(|entry| &**entry));
        let parts = BookInput { history, ..parts };
        let look = |path: &SourcePath| self.looked.risk(&self.root, path);
        Ok((timings.stage("link", || Book::link(config, parts, before, &look)), excuses))
    }

    /// What stands in the files of the book, and what they excuse.
    ///
    /// Errors: a folder cannot be read.
    fn read_sources(
        &mut self,
        config: &Config,
        report: &mut Report,
        timings: &mut Timings,
    ) -> Result<(BookInput, Vec<Suppression>)> {
        let outputs = [report.out.clone()];
        let (found, all) = timings.stage("read", || self.files.entries(&self.root, config, &outputs))?;
        if all.iter().any(|source| source.text.len() >= memory::LARGE) {
            memory::give_back_sooner();
        }
        report.skipped = found.skipped.clone();
        let mut unread = Vec::new();
        for Unreadable { path, at, message, help, .. } in &found.unreadable {
            let source = Source { path: path.clone(), text: "".into() };
            unread.extend(
                parse::is_source(config, &source).then(|| parse::unread(config, &source)).into_iter().flatten(),
            );
            report
                .problems
                .push(Diagnostic::error("unreadable-file", path, Span::at(*at), message.clone()).help(*help));
        }
        let (sources, foreign): (Vec<_>, Vec<_>) =
            all.iter().cloned().partition(|source| parse::is_source(config, source));
        let known = std::mem::take(&mut self.parsed);
        if self.options.cache && self.parse_cache.is_none() {
            let sources = || ParseCache::read(&self.root, config);
            let words = || self.digest_cache.recall(|| cache::known(&self.root));
            self.parse_cache = Some(timings.stage("recall", || rayon::join(sources, words).0));
        }
        let known = known_of(&sources, known);
        let kept = self.parse_cache.as_ref();
        let understand = |(source, known): (&Source, Option<Arc<Parsed>>)| {
            let recalled = || kept.and_then(|kept| kept.parsed(config, source));
            known.unwrap_or_else(|| Arc::new(recalled().unwrap_or_else(|| parse::one(config, source))))
        };
        let parsed: Vec<Arc<Parsed>> =
            timings.stage("parse", || sources.par_iter().zip(known).with_max_len(MAX_CHUNK).map(understand).collect());
        self.parse_cache.iter_mut().for_each(ParseCache::settle);
        self.parsed = sources.iter().cloned().zip(parsed.iter().cloned()).collect();
        let (assets, drafts) = (found.others.clone(), self.options.drafts);
        let mut parts = BookInput { sources, assets, drafts, ..BookInput::default() };
        parts.assets.extend(foreign.into_iter().map(|source| source.path));
        parts.assets.sort();
        let mut excuses = Vec::new();
        for parsed in parsed {
            excuses.extend(parsed.excuses.iter().cloned());
            parts.entries.extend(parsed.entries.iter().cloned());
            parts.cited.extend(parsed.cited.iter().cloned());
            report.problems.extend(parsed.problems.iter().cloned());
            // Of a draft nobody is told before it is built.
            report.problems.extend(parsed.draft_problems.iter().filter(|_| self.options.drafts).cloned());
        }
        parts.entries.extend(unread);
        Ok((parts, excuses))
    }

    /// Nothing more will be found: adds the texts that the findings speak of.
    fn finish(&self, report: &mut Report) {
        let text = |path: &SourcePath| Some((path.clone(), self.files.text(path)?));
        report.texts = report.files().filter_map(text).collect();
        // What cannot be written is no remedy.
        let texts = &report.texts;
        for problem in &mut report.problems {
            problem.fix.take_if(|fix| !apply_edits::is_fit(fix, texts));
        }
        report.finish(&self.options);
    }
}

/// What is known of each source, whose text is the same as then; both are in the order of paths.
fn known_of(sources: &[Source], known: Vec<(Source, Arc<Parsed>)>) -> Vec<Option<Arc<Parsed>>> {
    let mut known = known.into_iter().peekable();
    let find = |source: &Source| {
        let is_before = |other: &SourcePath| !Arc::ptr_eq(other.shared(), source.path.shared()) && *other < source.path;
        while known.next_if(|(other, _)| is_before(&other.path)).is_some() {}
        let (_, parsed) = known.next_if(|(other, _)| {
            let is_path = Arc::ptr_eq(other.path.shared(), source.path.shared()) || other.path == source.path;
            is_path && other.text == source.text
        })?;
        Some(parsed)
    };
    sources.iter().map(find).collect()
}

#[cfg(test)]
mod tests;
