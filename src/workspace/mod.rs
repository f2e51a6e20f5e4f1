//! A book's folder over time: read, understood, linked and planned, and again what has changed of it.
//!
//! [`Workspace::apply`] is the only way to change: a build is one change and a write, a check one change, and a server
//! a change for each save. What comes out of it does not depend on the way there: it equals what a fresh workspace
//! makes of the same folder.

mod folder;
mod report;
mod snapshot;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::edit;
use crate::base::path::{FilePath, SourcePath};
use crate::base::source::Source;
use crate::base::span::Span;
use crate::book::{Book, Parts};
use crate::check::{self, Levels};
use crate::config::{self, Config, Surroundings};
use crate::disk::{self, Unreadable};
use crate::markup::Highlighter;
use crate::page;
use crate::parse::{self, Excuse, Parsed};
use crate::theme::{Theme, Wishes};

use folder::Folder;
pub use report::{Options, Report};
pub use snapshot::{Site, Snapshot};

/// What may be other than a workspace knows it.
#[derive(Clone, Debug)]
pub enum Change {
    /// Anything in the book's folder.
    Folder,
    /// The texts of these files, which the workspace knows.
    Files(Vec<SourcePath>),
    /// These texts stand in the place of those on disk.
    Texts(FxHashMap<SourcePath, Arc<str>>),
    /// It is another day.
    Today(Option<Day>),
}

/// A book's folder, and what has been made of it so far.
pub struct Workspace {
    root: PathBuf,
    options: Options,
    /// Texts in the place of those on disk.
    texts: FxHashMap<SourcePath, Arc<str>>,
    folder: Folder,
    config: Option<Arc<Config>>,
    theme: Option<Dressed>,
    /// What each source holds, as the config has it that is known, with the text that it was read from.
    parsed: FxHashMap<SourcePath, (Arc<str>, Arc<Parsed>)>,
    highlighter: Arc<Highlighter>,
}

/// A theme, and what it was made from.
struct Dressed {
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
            texts: FxHashMap::default(),
            folder: Folder::default(),
            config: None,
            theme: None,
            parsed: FxHashMap::default(),
            highlighter: Arc::default(),
        }
    }

    /// The book as it is after a change.
    ///
    /// Errors: the outside world does not play along. The workspace then is as it was, but for what it has read.
    pub fn apply(&mut self, change: Change) -> Result<Arc<Snapshot>> {
        self.look(change)?;
        let mut report = Report::default();
        let config = self.read_config(&mut report);
        let theme = self.read_theme(&config, &mut report)?;
        let (levels, problems) = Levels::of_book(&config);
        report.problems.extend(problems);
        // Entries are read against book.toml: while that is wrong, what they would be told is as well.
        let Some(theme) = theme.filter(|_| self.options.keep_going || !report.has_errors()) else {
            self.finish(&mut report);
            return Ok(Arc::new(Snapshot { report, site: None }));
        };
        let (book, excuses) = self.read_book(config, &mut report)?;
        let own = [FilePath::new(disk::MARKER)];
        let taken: Vec<FilePath> = theme.files().iter().map(|(path, _)| path.clone()).chain(own).collect();
        let today = self.options.today;
        let (found, plan) = rayon::join(|| check::all(&book, &levels, today), || page::plan(&book, &taken));
        report.problems.extend(found);
        report.problems.extend(plan.problems.iter().cloned());
        let is_whole = !self.options.drafts && !book.places.has_unread();
        check::excuse(&mut report.problems, &excuses, &levels, is_whole);
        levels.apply(&mut report.problems);
        report.read = (book.entries.len(), book.graph.len());
        self.finish(&mut report);
        let site = Site::new(Arc::new(book), theme, plan, &self.highlighter);
        Ok(Arc::new(Snapshot { report, site: Some(site) }))
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
            false => Some(workspace.read_book(config, &mut report)?.0),
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

    /// Takes a change in.
    fn look(&mut self, change: Change) -> Result<()> {
        match change {
            Change::Folder => self.folder = Folder::default(),
            Change::Files(files) => self.folder.forget(&files),
            Change::Texts(texts) => self.texts.extend(texts),
            Change::Today(today) => self.options.today = today,
        }
        self.folder.read_config(&self.root)
    }

    fn read_config(&mut self, report: &mut Report) -> Arc<Config> {
        let path = SourcePath::new("book.toml");
        let text = self.folder.config.clone().map(|text| self.texts.get(&path).cloned().unwrap_or(text));
        let name = disk::folder_name(&self.root);
        let around = Surroundings { folder: &name, has: &|path| disk::exists(&self.root, path) };
        let (config, problems) = config::read(text.as_deref(), around);
        report.problems.extend(problems);
        report.src = self.root.join(&config.src);
        report.out = self.options.out.clone().unwrap_or_else(|| self.root.join(&config.build_dir));
        match &self.config {
            Some(known) if **known == config => known.clone(),
            _ => {
                // What sources hold was read against another config.
                self.parsed.clear();
                self.config.insert(Arc::new(config)).clone()
            }
        }
    }

    fn read_theme(&mut self, config: &Arc<Config>, report: &mut Report) -> Result<Option<Arc<Theme>>> {
        let name = config.theme.as_ref().map_or("default", |name| name.value.as_str());
        let folder = format!("themes/{name}");
        let own = self.folder.theme(&self.root, &folder)?;
        if let Some(theme) = config.theme.as_ref().filter(|theme| own.is_empty() && theme.value != "default") {
            let message = format!("there is no theme \"{}\"", theme.value);
            let help = format!("put its files into {folder}, or take the line out to have the built-in theme");
            report.problems.push(Diagnostic::error("bad-config", &config.path, theme.span, message).help(help));
        }
        let is_known = |dressed: &Dressed| Arc::ptr_eq(&dressed.config, config) && dressed.own == own;
        if !self.theme.as_ref().is_some_and(is_known) {
            let wishes =
                Wishes { language: &config.language, han: &config.han, path: &config.path, tokens: &config.tokens };
            let (theme, problems) = Theme::new(&folder, own.to_vec(), &wishes);
            let theme = theme.map(Arc::new);
            self.theme = Some(Dressed { config: config.clone(), own: own.to_vec(), theme, problems });
        }
        let dressed = self.theme.as_ref();
        report.problems.extend(dressed.iter().flat_map(|dressed| dressed.problems.iter().cloned()));
        Ok(dressed.and_then(|dressed| dressed.theme.clone()))
    }

    fn read_book(&mut self, config: Arc<Config>, report: &mut Report) -> Result<(Book, Vec<Excuse>)> {
        let outputs = [report.out.clone(), self.root.join(&config.build_dir)];
        let found = self.folder.entries(&self.root, &config.src, &outputs)?;
        let mut unread = Vec::new();
        for Unreadable { path, at, message, help, .. } in &found.unreadable {
            let source = Source { path: path.clone(), text: "".into() };
            unread.extend(
                parse::is_source(&config, &source).then(|| parse::unread(&config, &source)).into_iter().flatten(),
            );
            report
                .problems
                .push(Diagnostic::error("unreadable-file", path, Span::at(*at), message.clone()).help(*help));
        }
        let texts = &self.texts;
        let instead = |source: &Source| match texts.get(&source.path) {
            Some(text) => Source { text: text.clone(), path: source.path.clone() },
            None => source.clone(),
        };
        let (sources, foreign): (Vec<_>, Vec<_>) =
            found.sources.iter().map(instead).partition(|source| parse::is_source(&config, source));
        let known = std::mem::take(&mut self.parsed);
        let parsed: Vec<Arc<Parsed>> = sources
            .par_iter()
            .map(|source| match known.get(&source.path) {
                Some((text, parsed)) if *text == source.text => parsed.clone(),
                _ => Arc::new(parse::one(&config, source)),
            })
            .collect();
        let pairs = sources.iter().zip(&parsed);
        self.parsed =
            pairs.map(|(source, parsed)| (source.path.clone(), (source.text.clone(), parsed.clone()))).collect();
        let mut parts =
            Parts { sources, assets: found.others.clone(), drafts: self.options.drafts, ..Parts::default() };
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
        Ok((Book::link(config, parts), excuses))
    }

    /// Nothing more will be found: adds the texts that the findings speak of.
    fn finish(&self, report: &mut Report) {
        let text = |path: &SourcePath| {
            let text = self.texts.get(path).cloned().or_else(|| self.folder.text(path));
            text.map(|text| (path.clone(), text))
        };
        report.texts = report.files().filter_map(text).collect();
        // What cannot be written is no remedy.
        let texts = &report.texts;
        for problem in &mut report.problems {
            problem.fix.take_if(|fix| !edit::is_fit(fix, texts));
        }
        report.finish(&self.options);
    }
}
