//! The command line: one file for each command. The only room that prints.

mod build;
mod check;
mod diff;
mod explain;
mod init;
mod new;
mod print;
mod progress;
mod rename;
mod report;
mod schema;

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
    Check(check::Arguments),
    Explain(explain::Arguments),
    Rename(rename::Arguments),
    Schema(schema::Arguments),
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let done = match command {
        Command::Init(arguments) => init::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Build(arguments) => build::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Rename(arguments) => rename::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            print::failure(&error);
            ExitCode::from(2)
        }
    }
}
