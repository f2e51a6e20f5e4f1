//! `dossier man`.

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::Command;
use clap_mangen::Man;

use super::terminal;

/// Print the manual page of the program, or of one of its commands
///
/// Prints it in the format of man: `dossier man build | man -l -` shows it. What a release holds has the pages of all
/// commands.
#[derive(clap::Args)]
pub struct Arguments {
    /// The command [default: the program as a whole]
    command: Option<String>,
}

pub fn run(arguments: Arguments, mut program: Command) -> Result<ExitCode> {
    // Commands have the options of the program, and its name before their own.
    program.build();
    let source = format!("{} {}", program.get_name(), program.get_version().unwrap_or_default());
    let shown = match arguments.command {
        // `dossier help` tells what the other pages do, and has none.
        None => program.mut_subcommand("help", |help| help.hide(true)),
        Some(name) => {
            let commands =
                program.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
            let names: Vec<_> = commands.map(|command| command.get_name().to_owned()).collect();
            let command = program.find_subcommand(&name).filter(|_| names.contains(&name));
            command.cloned().ok_or_else(|| anyhow!("there is no command \"{name}\"; there are {}", names.join(", ")))?
        }
    };
    let mut page = Vec::new();
    Man::new(shown).source(source).render(&mut page)?;
    terminal::raw(&String::from_utf8_lossy(&page));
    Ok(ExitCode::SUCCESS)
}
