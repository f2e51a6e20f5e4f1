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
mod rename;
mod scaffold;

mod page;

mod output;

mod workspace;

pub mod cli;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use base::date::Day;
use base::diagnostic::{Diagnostic, Severity};
pub use base::edit::Fixed;
use base::path::{FilePath, SourcePath};
use base::refusal::Refusal;
use base::source::{Source, SourceId};
use base::span::Span;
use book::{Book, Parts};
use check::Levels;
use config::{Config, Surroundings};
use output::Made;
use parse::Excuse;
use rename::Renaming;
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
    /// Warnings count as errors.
    pub strict: bool,
    /// The day of the build, for what is due by then.
    pub today: Option<Day>,
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

    fn has_errors(&self) -> bool {
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
struct Checked {
    book: Book,
    theme: Theme,
    plan: page::Plan,
}

/// Builds the book in `root` and writes its site.
///
/// Errors: the outside world does not play along (a folder cannot be read or written, the output folder is not ours).
/// What is wrong with the book itself stands in the report.
pub fn build(root: &Path, options: &Options) -> Result<Report> {
    let mut report = Report::default();
    let config = read_config(root, options, &mut report)?;
    workspace::refuse(&report.out, root)?;
    let checked = examine(root, config, options, &mut report)?;
    if let Some(checked) = checked.filter(|_| !report.has_errors() || options.keep_going) {
        report.built = Some(write(root, &report.out, &checked));
    }
    Ok(report)
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

/// Mends what there is one remedy for, in the files themselves, until there is nothing left to mend; with `guesses`,
/// what the likely remedy mends, too. The report is of the book as it is then.
///
/// Errors: the outside world does not play along; a file was changed by somebody else meanwhile.
pub fn fix(root: &Path, options: &Options, guesses: bool) -> Result<(Report, Vec<Fixed>)> {
    let mut all = Vec::new();
    let mut report = check(root, options)?;
    for _ in 0..MOST_ROUNDS {
        let fixed = fixes(&report, guesses);
        if fixed.is_empty() {
            break;
        }
        for Fixed { path, before, after, .. } in &fixed {
            workspace::rewrite(&root.join(path.as_str()), before, after)?;
        }
        all.extend(fixed);
        report = check(root, options)?;
    }
    Ok((report, all))
}

/// One mend can bring another mistake to light, as a value under a key that was misspelt; that goes on for a while at
/// most.
const MOST_ROUNDS: usize = 10;

/// What the remedies of the findings make of the files.
pub fn fixes(report: &Report, guesses: bool) -> Vec<Fixed> {
    let wanted = report.problems.iter().filter_map(|problem| problem.fix.as_ref()).filter(|fix| fix.safe || guesses);
    base::edit::apply(wanted, &report.texts)
}

/// Reads the book, checks it and plans its pages; none if what is wrong with `book.toml` or the theme forbids it.
fn examine(root: &Path, config: Config, options: &Options, report: &mut Report) -> Result<Option<Checked>> {
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
    check::excuse(&mut report.problems, &excuses, &levels);
    levels.apply(&mut report.problems);
    report.finish(options);
    report.read = (book.entries.len(), book.graph.len());
    Ok(Some(Checked { book, theme, plan }))
}

/// Reads the book in `root` with its drafts, for what changes or adds to it; none if `book.toml` is wrong.
///
/// Errors: a folder cannot be read.
pub(crate) fn read(root: &Path) -> Result<(Report, Option<Book>)> {
    let mut report = Report::default();
    let options = Options { drafts: true, ..Options::default() };
    let config = read_config(root, &options, &mut report)?;
    if report.has_errors() {
        return Ok((report, None));
    }
    let (book, _) = read_book(root, config, &options, &mut report)?;
    Ok((report, Some(book)))
}

/// Gives the entry that `old` names in the book in `root` the address `new`, if nothing stands in the way; files are
/// written unless it is `only_shown`.
///
/// Errors: the outside world does not play along.
pub(crate) fn rename(root: &Path, old: &str, new: &str, only_shown: bool) -> Result<Result<Renaming, Refusal>> {
    let (report, book) = read(root)?;
    let Some(book) = book else { return Ok(Err(Refusal::new("book.toml is wrong").help("dossier check tells more"))) };
    // Of what cannot be read nobody knows where it links to.
    if let Some(problem) = report.problems.iter().find(|problem| matches!(problem.rule, "bad-yaml" | "unreadable-file"))
    {
        let refusal = Refusal::new(format!("{} cannot be read", problem.place.path));
        return Ok(Err(refusal.help("mend it first; dossier check tells what is wrong")));
    }
    let renaming = match rename::rename(&book, old, new) {
        Ok(renaming) => renaming,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some((_, to)) = &renaming.moved
        && workspace::exists(root, to.as_str())
    {
        return Ok(Err(Refusal::new(format!("there is a file {to} already")).help("choose another name")));
    }
    if !only_shown {
        workspace::change(root, &renaming.files, renaming.moved.as_ref())?;
    }
    Ok(Ok(renaming))
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

/// Makes the schemas of the book in `root`, its snippets and its editors' settings. Nothing is written. `rules` are what
/// `[check]` may set, each with what it finds.
///
/// Errors: a folder cannot be read.
pub(crate) fn aids(root: &Path, rules: &[(&str, &str)]) -> Result<Aids> {
    let (mut report, book) = read(root)?;
    let Some(book) = book else {
        let config = read_config(root, &Options::default(), &mut Report::default())?;
        let schemas = vec![editor::book_toml(&config, rules)];
        return Ok(Aids { report, schemas, snippets: None, settings: Vec::new() });
    };
    // What is wrong with entries is not told here: they may be half written.
    report.problems.clear();
    Ok(Aids {
        report,
        schemas: editor::schemas(&book, rules),
        snippets: Some(editor::snippets(&book)),
        settings: editor::settings(&book.config, &editor::folders(&book)),
    })
}

fn read_config(root: &Path, options: &Options, report: &mut Report) -> Result<Config> {
    let text = workspace::read_config(root)?;
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
    let (sources, foreign): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| parse::is_source(&config, source));
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

fn write(root: &Path, out: &Path, Checked { book, theme, plan }: &Checked) -> Result<Built> {
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
