//! The command line: one file for each command. The only room that prints.

mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod init;
mod man;
mod new;
mod progress;
mod rename;
mod report;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod terminal;
mod unified_diff;

use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{CommandFactory, Parser, Subcommand};

use crate::base::memory;

/// A static site generator for knowledge bases: typed, cross-linked Markdown and YAML entries, with backlinks and a
/// timeline.
#[derive(Parser)]
#[command(version = VERSION.as_str(), max_term_width = 100, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Arguments),
    New(new::Arguments),
    Build(build::Arguments),
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    /// Show a book in the browser while it is written; this binary was built without it
    #[cfg(not(feature = "serve"))]
    #[command(hide = true)]
    Serve(Unserved),
    Check(check::Arguments),
    Diff(diff::Arguments),
    Explain(explain::Arguments),
    Rename(rename::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// Whatever a binary without the server is asked to serve.
#[cfg(not(feature = "serve"))]
#[derive(clap::Args)]
struct Unserved {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    _rest: Vec<String>,
}

/// What `--version` says. A release names its commit; other builds do not ask git for it, and so are not made again
/// whenever somebody commits.
static VERSION: LazyLock<String> = LazyLock::new(|| version(option_env!("DOSSIER_COMMIT")));

/// The version, and the beginning of the commit's hash where there is one: `0.1.0 (95b8778a1c02)`.
fn version(commit: Option<&str>) -> String {
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    match commit.filter(|commit| !commit.is_empty()) {
        Some(commit) => format!("{VERSION} ({})", commit.get(..12).unwrap_or(commit)),
        None => VERSION.to_owned(),
    }
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    memory::keep_freed();
    let Arguments { command } = Arguments::parse();
    let done = match command {
        Command::Init(arguments) => init::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Build(arguments) => build::run(arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(arguments),
        #[cfg(not(feature = "serve"))]
        Command::Serve(_) => {
            Err(anyhow::anyhow!("this binary was built without the server; build it with --features serve"))
        }
        Command::Check(arguments) => check::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Rename(arguments) => rename::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Completions(arguments) => completions::run(arguments, Arguments::command()),
        Command::Man(arguments) => man::run(arguments, Arguments::command()),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            terminal::failure(&error);
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_release_names_its_commit() {
        let version_alone = env!("CARGO_PKG_VERSION");
        assert_eq!(version(None), version_alone);
        assert_eq!(version(Some("")), version_alone, "a variable that is set to nothing");
        let of_release = format!("{version_alone} (95b8778a1c02)");
        assert_eq!(version(Some("95b8778a1c0264d1e8b2f6a0c9d7e3b5a4f10286")), of_release);
    }
}
