//! The `git` program, asked about the repository that a folder lies in.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use anyhow::{Context, Result, anyhow, bail};

use super::root::folder_name;

/// Variables that name another repository than the one around the folder, which git sets for its hooks, where a path in
/// them is relative to a folder that is not ours; and those by which paths mean something else.
const OF_ANOTHER: [&str; 10] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// The repository that a folder lies in.
pub struct Git {
    folder: PathBuf,
}

impl Git {
    /// The repository around a folder.
    ///
    /// Errors: there is no git, or no repository, or git does not trust it.
    pub fn around(folder: &Path) -> Result<Git> {
        let git = Git { folder: folder.to_owned() };
        let asked = git.ask(&["rev-parse", "--is-inside-work-tree"]).map_err(|error| {
            match error.to_string().contains("not a git repository") {
                true => anyhow!("{} lies in no repository of git; git init begins one", folder_name(folder)),
                false => error,
            }
        })?;
        match asked.trim_ascii() == b"true" {
            true => Ok(git),
            false => bail!("{} lies inside the data of a repository, not in its files", folder.display()),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The way from the root of the repository to the folder, with `/` at its end; "" for the root.
    ///
    /// Errors: git fails.
    pub fn prefix(&self) -> Result<String> {
        let prefix = self.ask(&["rev-parse", "--show-prefix"])?;
        Ok(String::from_utf8_lossy(&prefix).trim_end_matches(['\r', '\n']).to_owned())
    }

    /// What git answers.
    ///
    /// Errors: git cannot be run, or fails: in its own words.
    pub fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        answer(self.command(arguments).output().map_err(unstarted)?)
    }

    /// What git answers to arguments and to lines that it reads.
    ///
    /// Errors: git cannot be run, or fails: in its own words.
    pub fn ask_of(&self, arguments: &[&str], lines: &str) -> Result<Vec<u8>> {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().map_err(unstarted)?;
        let asked = child.stdin.take();
        let done = std::thread::scope(|scope| {
            // Git would wait to be read while we wait for it to read.
            scope.spawn(move || asked.map(|mut asked| asked.write_all(lines.as_bytes())));
            child.wait_with_output()
        });
        answer(done.context("cannot read from git")?)
    }

    /// Hands the contents of objects to `take`, each by its place in `ids`.
    ///
    /// Errors: an object is not there, or `take` fails.
    pub fn contents(&self, ids: &[&str], mut take: impl FnMut(usize, Vec<u8>) -> Result<()>) -> Result<()> {
        let mut child = self.command(&["cat-file", "--batch"]).stdin(Stdio::piped()).spawn().map_err(unstarted)?;
        let (Some(mut asked), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("cannot speak with git");
        };
        let read = std::thread::scope(|scope| {
            // Git would wait to be read while we wait for it to read.
            scope.spawn(move || ids.iter().try_for_each(|id| writeln!(asked, "{id}")));
            let mut answers = BufReader::new(answers);
            (0..ids.len()).try_for_each(|place| take(place, content(&mut answers, ids[place])?))
        });
        end(child, read)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        OF_ANOTHER.iter().for_each(|variable| {
            command.env_remove(variable);
        });
        command
            .arg("--no-pager")
            .args(arguments)
            .current_dir(&self.folder)
            // Messages are told apart by their words, nobody answers prompts, and reading takes no locks.
            .envs([("LC_ALL", "C"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_OPTIONAL_LOCKS", "0")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

/// What a process said that has ended.
///
/// Errors: it failed: in its own words.
fn answer(done: Output) -> Result<Vec<u8>> {
    match done.status.success() {
        true => Ok(done.stdout),
        false => bail!("{}", in_its_words(&done.stderr)),
    }
}

/// Reads one answer of `git cat-file --batch`: a line with the size, the bytes, and the end of a line.
fn content(answers: &mut impl BufRead, id: &str) -> Result<Vec<u8>> {
    let mut head = String::new();
    answers.read_line(&mut head).context("cannot read from git")?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok());
    let Some(size) = size.filter(|_| !head.ends_with(" missing\n")) else {
        bail!("git does not have the object {id}; git fetch brings what is missing");
    };
    let mut bytes: Vec<u8> = vec![0; size];
    answers.read_exact(&mut bytes).context("cannot read from git")?;
    answers.read_exact(&mut [0]).context("cannot read from git")?;
    Ok(bytes)
}

/// Waits for a process that was read, or stops it if the reading failed.
fn end(mut child: Child, read: Result<()>) -> Result<()> {
    if read.is_err() {
        let _ = child.kill();
    }
    child.wait().context("cannot wait for git")?;
    read
}

fn unstarted(error: std::io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => anyhow!("git cannot be found, which knows the revisions; install it from git-scm.com"),
        _ => anyhow!("git cannot be run: {error}"),
    }
}

/// What git said, without its own "fatal:".
fn in_its_words(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    format!("git says: {}", said.trim().trim_start_matches("fatal: ").trim_start_matches("error: "))
}
