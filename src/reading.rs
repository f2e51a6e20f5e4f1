//! A book's folder, read, checked and planned: what every command begins with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::date::Day;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::edit;
use crate::base::path::{FilePath, SourcePath};
use crate::base::source::{Source, SourceId};
use crate::base::span::Span;
use crate::book::{Book, Parts};
use crate::check::{self, Levels};
use crate::config::{self, Config, Surroundings};
use crate::page::{self, Plan};
use crate::parse::{self, Excuse};
use crate::theme::{Theme, Wishes};
use crate::workspace::{self, Found, Unreadable, Written};

/// What a build is asked for besides its book.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The output folder, in the place of the one that the book names.
    pub out: Option<PathBuf>,
    /// Drafts are entries like others.
    pub drafts: bool,
    /// The site is written in spite of errors.
    pub keep_going: bool,
    /// Warnings count as errors.
    pub strict: bool,
    /// The day of the build, for what is due by then.
    pub today: Option<Day>,
    /// Texts in the place of those on disk.
    pub texts: FxHashMap<SourcePath, Arc<str>>,
}

/// What was found, and what was made.
#[derive(Default)]
pub struct Report {
    /// How many entries and how many links from one to another were read.
    pub read: (usize, usize),
    /// Everything that is wrong, in the order of files and places.
    pub problems: Vec<Diagnostic>,
    /// The files that the problems speak of.
    pub texts: FxHashMap<SourcePath, Arc<str>>,
    /// The folder of the entries.
    pub src: PathBuf,
    /// The output folder.
    pub out: PathBuf,
    /// What was written, or why it could not be; none if what is wrong with the book forbade it.
    pub built: Option<Result<Built>>,
}

/// What a site holds.
pub struct Built {
    pub entries: usize,
    /// Links and relations from one entry to another.
    pub links: usize,
    pub pages: usize,
    pub written: Written,
}

impl Report {
    /// How many errors and how many warnings there are.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        (errors, self.problems.len() - errors)
    }

    pub fn has_errors(&self) -> bool {
        self.counts().0 > 0
    }

    /// Nothing more will be found: puts the findings in order.
    fn finish(&mut self, options: &Options) {
        if options.strict {
            self.problems.iter_mut().for_each(|problem| problem.severity = Severity::Error);
        }
        self.problems.sort_by(|a, b| a.order().cmp(&b.order()));
    }
}

/// A book that was read and checked, and what its site is made of.
pub struct Checked {
    pub book: Book,
    pub theme: Theme,
    pub plan: Plan,
}

/// Tells what is wrong with the book in `root`, as a build would, and writes nothing.
///
/// Errors: the outside world does not play along.
pub fn check(root: &Path, options: &Options) -> Result<Report> {
    let mut report = Report::default();
    let config = read_config(root, options, &mut report)?;
    examine(root, config, options, &mut report)?;
    Ok(report)
}

/// Reads the book, checks it and plans its pages; none if what is wrong with `book.toml` or the theme forbids it.
pub fn examine(root: &Path, config: Config, options: &Options, report: &mut Report) -> Result<Option<Checked>> {
    let theme = read_theme(root, &config, report)?;
    let (levels, problems) = Levels::of_book(&config);
    report.problems.extend(problems);
    // Entries are read against book.toml: while that is wrong, what they would be told is as well.
    let Some(theme) = theme.filter(|_| options.keep_going || !report.has_errors()) else {
        report.finish(options);
        return Ok(None);
    };
    let (book, excuses) = read_book(root, config, options, report)?;
    let own = [FilePath::new(workspace::MARKER)];
    let taken: Vec<FilePath> = theme.files().iter().map(|(path, _)| path.clone()).chain(own).collect();
    let (found, plan) = rayon::join(|| check::all(&book, &levels, options.today), || page::plan(&book, &taken));
    report.problems.extend(found);
    report.problems.extend(plan.problems.iter().cloned());
    let is_whole = !options.drafts && !book.places.has_unread();
    check::excuse(&mut report.problems, &excuses, &levels, is_whole);
    levels.apply(&mut report.problems);
    // What cannot be written is no remedy.
    let texts = &report.texts;
    for problem in &mut report.problems {
        problem.fix.take_if(|fix| !edit::is_fit(fix, texts));
    }
    report.finish(options);
    report.read = (book.entries.len(), book.graph.len());
    Ok(Some(Checked { book, theme, plan }))
}

/// Reads the book in `root` with its drafts, for what changes or adds to it; none if `book.toml` is wrong.
///
/// Errors: a folder cannot be read.
pub fn read(root: &Path) -> Result<(Report, Option<Book>)> {
    let mut report = Report::default();
    let options = Options { drafts: true, ..Options::default() };
    let config = read_config(root, &options, &mut report)?;
    if report.has_errors() {
        return Ok((report, None));
    }
    let (book, _) = read_book(root, config, &options, &mut report)?;
    Ok((report, Some(book)))
}

pub fn read_config(root: &Path, options: &Options, report: &mut Report) -> Result<Config> {
    let text = workspace::read_config(root)?;
    let text = text.map(|text| options.texts.get(&SourcePath::new("book.toml")).cloned().unwrap_or(text));
    let folder = workspace::folder_name(root);
    let around = Surroundings { folder: &folder, has: &|path| workspace::exists(root, path) };
    let (config, problems) = config::read(text.as_deref(), around);
    report.problems.extend(problems);
    report.texts.extend(text.map(|text| (config.path.clone(), text)));
    report.src = root.join(&config.src);
    report.out = options.out.clone().unwrap_or_else(|| root.join(&config.build_dir));
    Ok(config)
}

fn read_theme(root: &Path, config: &Config, report: &mut Report) -> Result<Option<Theme>> {
    let name = config.theme.as_ref().map_or("default", |name| name.value.as_str());
    let folder = format!("themes/{name}");
    let own = workspace::read_tree(root, &folder)?;
    if let Some(theme) = config.theme.as_ref().filter(|theme| own.is_empty() && theme.value != "default") {
        let message = format!("there is no theme \"{}\"", theme.value);
        let help = format!("put its files into {folder}, or take the line out to have the built-in theme");
        report.problems.push(Diagnostic::error("bad-config", &config.path, theme.span, message).help(help));
    }
    let texts = own.iter().filter_map(|(path, bytes)| {
        Some((SourcePath::new(&format!("{folder}/{path}")), Arc::from(std::str::from_utf8(bytes).ok()?)))
    });
    report.texts.extend(texts);
    let wishes = Wishes { language: &config.language, han: &config.han, path: &config.path, tokens: &config.tokens };
    let (theme, problems) = Theme::new(&folder, own, &wishes);
    report.problems.extend(problems);
    Ok(theme)
}

fn read_book(root: &Path, config: Config, options: &Options, report: &mut Report) -> Result<(Book, Vec<Excuse>)> {
    let outputs = [report.out.clone(), root.join(&config.build_dir)];
    let Found { sources, others, unreadable } = workspace::read_folder(root, &config.src, &outputs)?;
    let mut unread = Vec::new();
    for Unreadable { path, at, before, message, help } in unreadable {
        let source = Source { path: path.clone(), text: "".into() };
        unread
            .extend(parse::is_source(&config, &source).then(|| parse::unread(&config, &source)).into_iter().flatten());
        report.problems.push(Diagnostic::error("unreadable-file", &path, Span::at(at), message).help(help));
        report.texts.insert(path, before);
    }
    let instead =
        |source: Source| Source { text: options.texts.get(&source.path).cloned().unwrap_or(source.text), ..source };
    let (sources, foreign): (Vec<_>, Vec<_>) =
        sources.into_iter().map(instead).partition(|source| parse::is_source(&config, source));
    let parsed: Vec<_> =
        sources.par_iter().enumerate().map(|(id, source)| parse::one(&config, SourceId(id as u32), source)).collect();
    report.texts.extend(sources.iter().map(|source| (source.path.clone(), source.text.clone())));
    let mut parts = Parts { sources, assets: others, drafts: options.drafts, ..Parts::default() };
    parts.assets.extend(foreign.into_iter().map(|source| source.path));
    parts.assets.sort();
    let mut excuses = Vec::new();
    for parsed in parsed {
        excuses.extend(parsed.excuses);
        parts.entries.extend(parsed.entries);
        parts.cited.extend(parsed.cited);
        report.problems.extend(parsed.problems);
        // Of a draft nobody is told before it is built.
        report.problems.extend(parsed.draft_problems.into_iter().filter(|_| options.drafts));
    }
    parts.entries.extend(unread);
    Ok((Book::link(config, parts), excuses))
}
