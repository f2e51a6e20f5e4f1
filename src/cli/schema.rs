//! `dossier schema`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

use super::{explain, report, terminal};
use crate::authoring::{self, EditorFiles};
use crate::check::RuleScope;
use crate::disk::{exists, find_root, put};
use crate::editor::{EditorFile, SCHEMAS, SNIPPETS};

/// Write JSON Schema for entries and book.toml, so that editors complete and check them
///
/// Writes the schemas of the book into .dossier/schemas: one for book.toml, one for sources.yaml, and two for each
/// collection, for front matter and for YAML. They name every entry that a reference may take: write them anew when
/// entries come or go. With --editor, the settings by which VS Code finds them are written as well.
///
/// Exit codes: 0 if all is well, 1 if book.toml is wrong (then only its own schema is written), 2 if the schemas could
/// not be written.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the book: the one with book.toml, or any folder of Markdown [default: the nearest folder around
    /// this one that has a book.toml, or this one]
    dir: Option<PathBuf>,

    /// Where to write the schemas [default: .dossier/schemas in the book's folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Write settings of editors too, where there are none yet: .vscode, .taplo.toml and .remarkrc.json
    #[arg(long, conflicts_with = "out")]
    editor: bool,
}

pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let Arguments { dir, out, editor } = arguments;
    let root = find_root(dir.as_deref())?;
    let out = out.unwrap_or_else(|| root.join(SCHEMAS));
    let EditorFiles { report, schemas, snippets, settings } = aids(&root)?;
    terminal::told(&report::findings(&root, &report, false));
    let errors = report.counts().0;
    write_schemas(&out, &schemas)?;
    // Snippets name entries: where they are used, they are kept up to date.
    if let Some((path, text)) = snippets.filter(|_| editor || exists(&root, SNIPPETS))
        && put(&root.join(&path), &text)?
    {
        terminal::line(&format!("Wrote {}", terminal::path(&root.join(&path))));
    }
    if editor {
        write_settings(&root, &settings)?;
    }
    if errors > 0 {
        let found = terminal::count(errors, "error");
        terminal::note("error", &format!("{found} in book.toml; only its own schema was written"));
    }
    Ok(ExitCode::from(u8::from(errors > 0)))
}

/// Makes the schemas and snippets of a new book.
pub fn begin(root: &Path) -> Result<()> {
    let EditorFiles { schemas, snippets, .. } = aids(root)?;
    let schemas = schemas.into_iter().map(|(name, text)| (format!("{SCHEMAS}/{name}"), text));
    for (path, text) in schemas.chain(snippets) {
        put(&root.join(path), &text)?;
    }
    Ok(())
}

/// Makes the schemas anew after entries came or went, where they are used.
pub fn refresh(root: &Path) {
    // What was asked for is done by now.
    if let Err(error) = exists(root, SCHEMAS).then(|| write_anew(root)).transpose() {
        terminal::note("warning", &format!("the schemas are as they were: {error:#}"));
    }
}

fn write_anew(root: &Path) -> Result<()> {
    let EditorFiles { schemas, snippets, .. } = aids(root)?;
    for (name, text) in &schemas {
        put(&root.join(SCHEMAS).join(name), text)?;
    }
    if let Some((path, text)) = snippets.filter(|_| exists(root, SNIPPETS)) {
        put(&root.join(&path), &text)?;
    }
    Ok(())
}

/// All aids, with the rules that the manual explains.
fn aids(root: &Path) -> Result<EditorFiles> {
    let pages = explain::pages();
    let rules = pages.iter().filter(|page| !matches!(page.rule.how, RuleScope::Fatal));
    let rules: Vec<(&str, &str)> = rules.map(|page| (page.rule.name, page.summary.as_str())).collect();
    authoring::aids(root, &rules)
}

fn write_schemas(out: &Path, schemas: &[EditorFile]) -> Result<()> {
    let mut written = 0;
    for (name, text) in schemas {
        written += usize::from(put(&out.join(name), text)?);
    }
    let all = terminal::count(schemas.len(), "schema");
    let what = match written {
        0 => format!("{all} up to date"),
        _ if written == schemas.len() => format!("Wrote {all}"),
        _ => format!("Wrote {written} of {all}"),
    };
    terminal::line(&format!("{what}: {}", terminal::path(out)));
    Ok(())
}

/// What an author has set up already stays as it is.
fn write_settings(root: &Path, settings: &[EditorFile]) -> Result<()> {
    for (path, text) in settings {
        let shown = terminal::path(&root.join(path));
        match exists(root, path) {
            true => terminal::line(&format!("Left {shown} as it is")),
            false => {
                put(&root.join(path), text)?;
                terminal::line(&format!("Wrote {shown}"));
            }
        }
    }
    Ok(())
}
