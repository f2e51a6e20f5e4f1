//! `dossier explain`.

use std::process::ExitCode;

use anyhow::{Result, bail};
use include_dir::{Dir, include_dir};

use super::terminal;
use crate::base::diagnostic::{Level, Severity};
use crate::base::path::SourcePath;
use crate::base::source::Source;
use crate::base::suggest::nearest;
use crate::check::{RULES, Rule};
use crate::config::{self, Config, FieldKind, ReadContext};
use crate::parse::{self, Entry, Value};

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
        None => terminal::line(&list(&pages)),
        Some(name) => terminal::line(&find(&pages, &name)?.text()),
    }
    Ok(ExitCode::SUCCESS)
}

/// What the manual says of a rule.
pub struct RulePage {
    pub rule: &'static Rule,
    pub summary: String,
    /// What `check --fix` does about it.
    fix: String,
    body: String,
}

impl RulePage {
    /// The page as plain text.
    pub fn text(&self) -> String {
        let RulePage { rule, summary, fix, body } = self;
        let (level, in_plain) = (word(rule.level), word(rule.plain));
        let level = if level == in_plain { level.to_owned() } else { format!("{level}, in plain sections {in_plain}") };
        format!("{}\n{summary}\n\nLevel: {level}\nFix: {fix}\n\n{body}", rule.name)
    }
}

/// The word for a level, as the manual has it.
fn word(level: Level) -> &'static str {
    match level {
        None => "off",
        Some(Severity::Warning) => "warning",
        Some(Severity::Error) => "error",
    }
}

/// The pages of all rules, by name. They are entries of the manual's own book, read as all others are.
pub fn pages() -> Vec<RulePage> {
    let (config, _) = config::read(Some(MANUAL), ReadContext { folder: "docs", has: &|_| false });
    RULES.iter().filter_map(|rule| page(&config, rule)).collect()
}

fn page(config: &Config, rule: &'static Rule) -> Option<RulePage> {
    let file = PAGES.get_file(format!("{}.md", rule.name))?;
    let source =
        Source { path: SourcePath::new(&format!("rules/{}.md", rule.name)), text: file.contents_utf8()?.into() };
    let parsed = parse::one(config, &source);
    let entry = parsed.entries.first()?;
    let body = entry.body.text(&source.text).trim();
    // The page is headed by more than its name here.
    let body = if body.starts_with("# ") { body.split_once('\n').map_or("", |(_, body)| body) } else { body };
    Some(RulePage {
        rule,
        summary: entry.summary.as_ref().map_or(String::new(), |summary| summary.value.clone()),
        fix: choice(config, entry, "fix").unwrap_or_default(),
        body: body.trim().to_owned(),
    })
}

/// The value of a choice that an entry of the manual has, as it is written.
fn choice(config: &Config, entry: &Entry, name: &str) -> Option<String> {
    let specs = &config.collections[entry.collection?].fields;
    let field = entry.fields.iter().find(|field| specs[field.spec].name.value == name)?;
    match (&specs[field.spec].kind, &field.values.first()?.value) {
        (FieldKind::Choice(choices), Value::Choice(place)) => Some(choices[*place].value.clone()),
        _ => None,
    }
}

fn find<'a>(pages: &'a [RulePage], name: &str) -> Result<&'a RulePage> {
    if let Some(page) = pages.iter().find(|page| page.rule.name == name) {
        return Ok(page);
    }
    match nearest(name, pages.iter().map(|page| page.rule.name)) {
        Some(near) => bail!("there is no rule \"{name}\"; did you mean \"{near}\"?"),
        None => bail!("there is no rule \"{name}\"; dossier explain lists them all"),
    }
}

/// All rules, one on a line, in columns.
fn list(pages: &[RulePage]) -> String {
    let head = ["Rule", "Level", "In plain sections", "What it finds"];
    let row = |page: &RulePage| {
        [page.rule.name, word(page.rule.level), word(page.rule.plain), &page.summary].map(str::to_owned)
    };
    let rows: Vec<[String; 4]> = std::iter::once(head.map(str::to_owned)).chain(pages.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let [name, level, in_plain] = [0, 1, 2].map(width);
    let line = |row: &[String; 4]| format!("{:name$}  {:level$}  {:in_plain$}  {}", row[0], row[1], row[2], row[3]);
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
