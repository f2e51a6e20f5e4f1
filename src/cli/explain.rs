//! `dossier explain`.

use std::process::ExitCode;

use anyhow::{Result, bail};
use include_dir::{Dir, include_dir};

use super::print;
use crate::base::near::nearest;
use crate::base::path::SourcePath;
use crate::base::source::{Source, SourceId};
use crate::config::{self, Config, Kind, Surroundings};
use crate::parse::{self, Entry, Role, Value};

static PAGES: Dir = include_dir!("$CARGO_MANIFEST_DIR/docs/rules");
const MANUAL: &str = include_str!("../../docs/book.toml");

/// Explain a rule, or list all of them
///
/// Prints the manual's page on a rule: what it finds, examples, and how to mend it. The name of a rule stands in brackets
/// in each message: error[broken-link]. Without a rule it lists all, with the level that each has in collections and in
/// plain sections.
///
/// Exit codes: 0, or 2 if there is no rule of that name.
#[derive(clap::Args)]
pub struct Arguments {
    /// The name of a rule, as broken-link [default: all rules, in a list]
    rule: Option<String>,
}

pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let pages = pages();
    match arguments.rule {
        None => print::line(&list(&pages)),
        Some(name) => print::line(&find(&pages, &name)?.text()),
    }
    Ok(ExitCode::SUCCESS)
}

/// What the manual says of a rule.
struct Page {
    name: String,
    summary: String,
    /// How much it matters in a collection, and in a plain section.
    levels: [String; 2],
    /// What `check --fix` does about it.
    fix: String,
    body: String,
}

impl Page {
    fn new(config: &Config, source: &Source, entry: &Entry) -> Page {
        let choice = |name: &str| choice(config, entry, name);
        let level = choice("level").unwrap_or_default();
        let body = entry.body.text(&source.text).trim();
        // The page is headed by more than its name here.
        let body = if body.starts_with("# ") { body.split_once('\n').map_or("", |(_, body)| body) } else { body };
        Page {
            name: entry.slug().to_owned(),
            summary: entry.summary.as_ref().map_or(String::new(), |summary| summary.value.clone()),
            levels: [level.clone(), choice("in-plain-sections").unwrap_or(level)],
            fix: choice("fix").unwrap_or_default(),
            body: body.trim().to_owned(),
        }
    }

    /// The page as plain text.
    fn text(&self) -> String {
        let Page { name, summary, levels: [level, in_plain], fix, body } = self;
        let level = if level == in_plain { level.clone() } else { format!("{level}, in plain sections {in_plain}") };
        format!("{name}\n{summary}\n\nLevel: {level}\nFix: {fix}\n\n{body}")
    }
}

/// The value of a choice that an entry of the manual has, as it is written.
fn choice(config: &Config, entry: &Entry, name: &str) -> Option<String> {
    match value(config, entry, name)? {
        (Kind::Choice(choices), Value::Choice(place)) => Some(choices[*place].value.clone()),
        _ => None,
    }
}

/// Whether a page describes a rule that is still to come.
fn is_pending(config: &Config, entry: &Entry) -> bool {
    matches!(value(config, entry, "pending"), Some((_, Value::YesNo(true))))
}

/// What an entry has in a field, with what the field takes.
fn value<'a>(config: &'a Config, entry: &'a Entry, name: &str) -> Option<(&'a Kind, &'a Value)> {
    let specs = &config.collections[entry.collection?].fields;
    let field = entry.fields.iter().find(|field| specs[field.spec].name.value == name)?;
    Some((&specs[field.spec].kind, &field.values.first()?.value))
}

/// The pages of all rules, by name. They are entries of the manual's own book, read as all others are.
fn pages() -> Vec<Page> {
    let (config, _) = config::read(Some(MANUAL), Surroundings { folder: "docs", has: &|_| false });
    let mut pages: Vec<Page> = PAGES.files().flat_map(|file| page(&config, file)).collect();
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    pages
}

fn page(config: &Config, file: &include_dir::File) -> Option<Page> {
    let path = SourcePath::new(&format!("rules/{}", file.path().to_str()?));
    let source = Source { path, text: file.contents_utf8()?.into() };
    let parsed = parse::one(config, SourceId(0), &source);
    let entry = parsed.entries.iter().find(|entry| entry.role == Role::Member && !is_pending(config, entry))?;
    Some(Page::new(config, &source, entry))
}

fn find<'a>(pages: &'a [Page], name: &str) -> Result<&'a Page> {
    if let Some(page) = pages.iter().find(|page| page.name == name) {
        return Ok(page);
    }
    match nearest(name, pages.iter().map(|page| page.name.as_str())) {
        Some(near) => bail!("there is no rule \"{name}\"; did you mean \"{near}\"?"),
        None => bail!("there is no rule \"{name}\"; dossier explain lists them all"),
    }
}

/// All rules, one on a line, in columns.
fn list(pages: &[Page]) -> String {
    let head = ["Rule", "Level", "In plain sections", "What it finds"];
    let row = |page: &Page| [&page.name, &page.levels[0], &page.levels[1], &page.summary].map(Clone::clone);
    let rows: Vec<[String; 4]> = std::iter::once(head.map(str::to_owned)).chain(pages.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let [name, level, in_plain] = [0, 1, 2].map(width);
    let line = |row: &[String; 4]| format!("{:name$}  {:level$}  {:in_plain$}  {}", row[0], row[1], row[2], row[3]);
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
