//! A folder of typed, cross-linked entries becomes a site.
//!
//! Five values, each complete when it is born, and one verb to each arrow:
//!
//! ```text
//! Source --parse--> Entry --link--> Book --plan--> Page --render--> File --write--> disk
//!                                    |
//!                                    +--check--> diagnostics
//! ```
//!
//! The modules below stand on floors, from the ground up: one uses only those on floors above it in this list, and
//! neighbours do not know each other. `tests/floors.rs` holds this picture.

mod base;

mod config;
mod theme;

mod parse;

mod book;

mod check;
mod editor;
mod markup;

mod page;

mod output;

mod workspace;

pub mod cli;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use base::diagnostic::{Diagnostic, Severity};
use base::path::{FilePath, SourcePath};
use base::source::SourceId;
use base::span::Span;
use book::{Book, Parts};
use config::{Config, Surroundings};
use output::Made;
use theme::{Theme, Wishes};
use workspace::{Bytes, Found, Unreadable, Written};

/// What a build is asked for besides its book.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The output folder, in the place of the one that the book names.
    pub out: Option<PathBuf>,
    /// Drafts are entries like others.
    pub drafts: bool,
    /// The site is written in spite of errors.
    pub keep_going: bool,
}

/// What a build found, and what it made.
pub struct Report {
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

    fn sort(&mut self) {
        self.problems.sort_by(|a, b| a.order().cmp(&b.order()));
    }
}

/// Builds the book in `root` and writes its site.
///
/// Errors: the outside world does not play along (a folder cannot be read or written, the output folder is not ours).
/// What is wrong with the book itself stands in the report.
pub fn build(root: &Path, options: &Options) -> Result<Report> {
    let mut report = Report {
        problems: Vec::new(),
        texts: FxHashMap::default(),
        src: PathBuf::new(),
        out: PathBuf::new(),
        built: None,
    };
    let config = read_config(root, &mut report)?;
    report.src = root.join(&config.src);
    report.out = options.out.clone().unwrap_or_else(|| root.join(&config.build_dir));
    workspace::refuse(&report.out, root)?;
    let theme = read_theme(root, &config, &mut report)?;
    // Entries are read against book.toml: while that is wrong, what they would be told is as well.
    let Some(theme) = theme.filter(|_| options.keep_going || report.counts().0 == 0) else {
        report.sort();
        return Ok(report);
    };
    let book = read_book(root, config, options, &mut report)?;
    report.problems.extend(check::all(&book));
    let own = [FilePath::new(workspace::MARKER)];
    let taken: Vec<FilePath> = theme.files().iter().map(|(path, _)| path.clone()).chain(own).collect();
    let plan = page::plan(&book, &taken);
    report.problems.extend(plan.problems.iter().cloned());
    report.sort();
    if report.counts().0 == 0 || options.keep_going {
        report.built = Some(write(root, &report.out, &book, &plan, &theme));
    }
    Ok(report)
}

/// What helps authors of a book while they write.
pub struct Aids {
    /// What is wrong with `book.toml`.
    pub report: Report,
    pub schemas: Vec<editor::File>,
    /// None while `book.toml` is wrong.
    pub snippets: Option<editor::File>,
    pub settings: Vec<editor::File>,
}

/// Makes the schemas of the book in `root`, its snippets and its editors' settings. Nothing is written.
///
/// Errors: a folder cannot be read.
pub fn aids(root: &Path) -> Result<Aids> {
    let mut report = Report {
        problems: Vec::new(),
        texts: FxHashMap::default(),
        src: PathBuf::new(),
        out: PathBuf::new(),
        built: None,
    };
    let config = read_config(root, &mut report)?;
    report.out = root.join(&config.build_dir);
    // What `[check]` may set, each rule with what it finds.
    let rules = [];
    if report.counts().0 > 0 {
        let schemas = vec![editor::book_toml(&config, &rules)];
        return Ok(Aids { report, schemas, snippets: None, settings: Vec::new() });
    }
    // What is wrong with entries is not told here: they may be half written.
    let told = report.problems.len();
    let book = read_book(root, config, &Options { drafts: true, ..Options::default() }, &mut report)?;
    report.problems.truncate(told);
    Ok(Aids {
        report,
        schemas: editor::schemas(&book, &rules),
        snippets: Some(editor::snippets(&book)),
        settings: editor::settings(&book.config, &editor::folders(&book)),
    })
}

fn read_config(root: &Path, report: &mut Report) -> Result<Config> {
    let text = workspace::read_config(root)?;
    let folder = workspace::folder_name(root);
    let around = Surroundings { folder: &folder, has: &|path| workspace::exists(root, path) };
    let (config, problems) = config::read(text.as_deref(), around);
    report.problems.extend(problems);
    report.texts.extend(text.map(|text| (config.path.clone(), text)));
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

fn read_book(root: &Path, config: Config, options: &Options, report: &mut Report) -> Result<Book> {
    let outputs = [report.out.clone(), root.join(&config.build_dir)];
    let Found { sources, others, unreadable } = workspace::read_folder(root, &config.src, &outputs)?;
    for Unreadable { path, at, before, message, help } in unreadable {
        report.problems.push(Diagnostic::error("unreadable-file", &path, Span::at(at), message).help(help));
        report.texts.insert(path, before);
    }
    let (sources, foreign): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| parse::is_source(&config, source));
    let parsed: Vec<_> =
        sources.par_iter().enumerate().map(|(id, source)| parse::one(&config, SourceId(id as u32), source)).collect();
    report.texts.extend(sources.iter().map(|source| (source.path.clone(), source.text.clone())));
    let mut parts = Parts { sources, assets: others, drafts: options.drafts, ..Parts::default() };
    parts.assets.extend(foreign.into_iter().map(|source| source.path));
    parts.assets.sort();
    for parsed in parsed {
        parts.entries.extend(parsed.entries);
        parts.cited.extend(parsed.cited);
        report.problems.extend(parsed.problems);
        // Of a draft nobody is told before it is built.
        report.problems.extend(parsed.draft_problems.into_iter().filter(|_| options.drafts));
    }
    Ok(Book::link(config, parts))
}

fn write(root: &Path, out: &Path, book: &Book, plan: &page::Plan, theme: &Theme) -> Result<Built> {
    let shelf = page::Shelf::new(book, plan, theme.words());
    let files = output::files(plan, theme);
    let paths: Vec<FilePath> = files.iter().map(|file| file.path.clone()).collect();
    let make = |place: usize| {
        Ok(match output::make(&shelf, theme, &files[place])? {
            Made::Bytes(bytes) => Bytes::Made(bytes),
            Made::Copy(path) => Bytes::Copy(root.join(path.as_str())),
        })
    };
    let written = workspace::write(out, root, &paths, &make)?;
    Ok(Built { entries: book.entries.len(), links: book.graph.len(), pages: plan.pages.len(), written })
}
