//! The command line: one file for each command. The only room that prints.

mod build;
mod print;
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
    Build(build::Arguments),
    Schema(schema::Arguments),
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let done = match command {
        Command::Build(arguments) => build::run(arguments),
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
