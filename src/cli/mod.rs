//! The command line: one file for each command. The only room that prints.

mod build;
mod check;
mod diff;
mod explain;
mod init;
mod new;
mod progress;
mod rename;
mod report;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A static site generator for knowledge bases: typed, cross-linked Markdown and YAML entries, with backlinks and a
/// timeline.
#[derive(Parser)]
#[command(version, max_term_width = 100, arg_required_else_help = true)]
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
    Explain(explain::Arguments),
    Rename(rename::Arguments),
    Schema(schema::Arguments),
}

/// Whatever a binary without the server is asked to serve.
#[cfg(not(feature = "serve"))]
#[derive(clap::Args)]
struct Unserved {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    _rest: Vec<String>,
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
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
        Command::Explain(arguments) => explain::run(arguments),
        Command::Rename(arguments) => rename::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            terminal::failure(&error);
            ExitCode::from(2)
        }
    }
}
