//! `dossier serve`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use rustc_hash::FxHashMap;

use super::{report, terminal};
use crate::base::path::SourcePath;
use crate::disk::{self, find_root};
use crate::output::Site;
use crate::serve::{self, Difference, Latency, ServeOptions, ServerEvent};
use crate::workspace::{Options, Report};

/// Show a book in the browser while it is written
///
/// Serves the site of a book, watches its files, and brings every open page up to date as soon as one is saved: entries,
/// book.toml, the theme, and pictures. What is wrong stands on the page until it is mended, and a broken edit keeps the
/// last good page. Nothing is written: pages are made when they are asked for. Ctrl-C stops it.
///
/// Exit codes: 0 when it is stopped, 2 if it could not run.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the book: the one with book.toml, or any folder of Markdown [default: the nearest folder around
    /// this one that has a book.toml, or this one]
    dir: Option<PathBuf>,

    /// The port; if it is taken, the next one that is free. 0 is any
    #[arg(long, short, value_name = "PORT", default_value_t = 3000)]
    port: u16,

    /// Where to listen: a name or an address of this computer; 0.0.0.0 is all of them, so that others in the network can
    /// read the book too
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// Open the book in the browser
    #[arg(long)]
    open: bool,

    /// Show the entries marked as drafts too
    #[arg(long)]
    drafts: bool,

    /// Show every finding, even where there are hundreds of one kind, and where the time goes
    #[arg(long, short)]
    verbose: bool,
}

pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let Arguments { dir, port, host, open, drafts, verbose } = arguments;
    let root = find_root(dir.as_deref())?;
    if dir.is_none() && root != Path::new(".") {
        terminal::line(&format!("The book is in {}", terminal::path(&root)));
    }
    let options = Options { drafts, today: disk::today(), ..Options::default() };
    let told = {
        let root = root.clone();
        Box::new(move |news: ServerEvent| tell(&root, &news, verbose))
    };
    serve::serve(&root, options, &ServeOptions { host, port, open }, told)?;
    terminal::line("Stopped");
    Ok(ExitCode::SUCCESS)
}

fn tell(root: &Path, news: &ServerEvent, verbose: bool) {
    match news {
        ServerEvent::Taken { port, instead } => terminal::line(&format!("Port {port} is taken; using {instead}")),
        ServerEvent::Began { site, report, took } => began(root, *site, report, *took, verbose),
        ServerEvent::Ready { url, is_public } => {
            terminal::line(&format!("Serving it at {url}"));
            if *is_public {
                terminal::line("Everyone in the network who can reach this computer can read it");
            }
            terminal::line("Ctrl-C stops");
        }
        ServerEvent::Changed { difference, before, report, took } => {
            changed(root, difference, before, report, *took, verbose)
        }
        ServerEvent::Failed(error) => terminal::note("error", &format!("{error}; the last good site stays")),
        ServerEvent::Back => terminal::line("The book is there again"),
        ServerEvent::Unwatched(why) => terminal::note("warning", &format!("{why}; looking every two seconds instead")),
    }
}

fn began(root: &Path, site: Option<&Site>, report: &Report, took: Duration, verbose: bool) {
    terminal::told(&report::in_short(root, report, verbose));
    terminal::skipped(root, report);
    let found = found(report);
    match site {
        Some(site) => {
            let book = &site.book;
            let (entries, links) =
                (terminal::count(book.entries.len(), "entry"), terminal::count(book.graph.len(), "link"));
            let found = found.map_or(String::new(), |found| format!("; {found}"));
            terminal::line(&format!(
                "Read {entries} and {links} for {} in {:.2} s{found}",
                terminal::count(site.pages(), "page"),
                took.as_secs_f64(),
            ));
        }
        None => terminal::note("error", &format!("{}; pages come when that is mended", found.unwrap_or_default())),
    }
}

fn changed(root: &Path, difference: &Difference, before: &Report, report: &Report, took: Latency, verbose: bool) {
    let fresh = fresh(before, report);
    let is_other = report.problems.len() != before.problems.len() || !fresh.problems.is_empty();
    if difference.is_empty() && !is_other {
        return;
    }
    if !difference.is_empty() {
        terminal::line(&format!("{} ({})", what(root, difference), time(took, verbose)));
    }
    terminal::told(&report::findings(root, &fresh, verbose));
    match found(report) {
        Some(found) if is_other => {
            terminal::line(&format!("There are {found} now").replace("There are 1 ", "There is 1 "))
        }
        None if is_other => terminal::line("All is well again"),
        _ => {}
    }
}

/// `12 ms`; on demand, where they went.
fn time(Latency { wait, read, tell }: Latency, verbose: bool) -> String {
    let ms = |time: Duration| time.as_millis();
    let parts = match verbose {
        true => format!(": {} waiting, {} reading, {} telling", ms(wait), ms(read), ms(tell)),
        false => String::new(),
    };
    format!("{} ms{parts}", ms(wait + read + tell))
}

/// What has changed, in a line: `Changed content/a.md`, `Changed 3 files, added content/b.md`.
fn what(root: &Path, difference: &Difference) -> String {
    let of = |verb: &str, paths: &[SourcePath]| match paths {
        [] => None,
        [path] => Some(format!("{verb} {}", terminal::path(&root.join(path.as_str())))),
        several => Some(format!("{verb} {}", terminal::count(several.len(), "file"))),
    };
    let Difference { changed, added, removed } = difference;
    let parts: Vec<String> = [("changed", changed), ("added", added), ("removed", removed)]
        .iter()
        .filter_map(|(verb, paths)| of(verb, paths))
        .collect();
    let line = parts.join(", ");
    let mut chars = line.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// `2 errors and 1 warning`.
fn found(report: &Report) -> Option<String> {
    let (errors, warnings) = report.counts();
    match (errors, warnings) {
        (0, 0) => None,
        (0, warnings) => Some(terminal::count(warnings, "warning")),
        (errors, 0) => Some(terminal::count(errors, "error")),
        (errors, warnings) => {
            Some(format!("{} and {}", terminal::count(errors, "error"), terminal::count(warnings, "warning")))
        }
    }
}

/// What was found now and not before, wherever it stood in its file.
fn fresh(before: &Report, report: &Report) -> Report {
    let mut known: FxHashMap<(&str, &str, &str), usize> = FxHashMap::default();
    for problem in &before.problems {
        *known.entry((problem.rule, problem.place.path.as_str(), &problem.message)).or_default() += 1;
    }
    let mut problems = Vec::new();
    for problem in &report.problems {
        match known.get_mut(&(problem.rule, problem.place.path.as_str(), problem.message.as_str())) {
            Some(count) if *count > 0 => *count -= 1,
            _ => problems.push(problem.clone()),
        }
    }
    Report { problems, texts: report.texts.clone(), ..Report::default() }
}
