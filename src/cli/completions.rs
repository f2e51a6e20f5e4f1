//! `dossier completions`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Command;
use clap_complete::Shell;

use super::terminal;

/// Print what a shell needs to complete commands and options
///
/// Prints a script. Put it where your shell looks for completions, or load it when the shell starts, for Bash with
/// `source <(dossier completions bash)` in ~/.bashrc.
#[derive(clap::Args)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

pub fn run(arguments: Arguments, mut program: Command) -> Result<ExitCode> {
    let name = program.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, name, &mut script);
    terminal::raw(&String::from_utf8_lossy(&script));
    Ok(ExitCode::SUCCESS)
}
