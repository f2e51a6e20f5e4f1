//! The build before this one: while nothing that it depended on has changed, and nothing that it wrote, it need not be done
//! again, and no file need be read to know so.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Options, Report, cache};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::SourcePath;
use crate::config::Config;
use crate::disk::{self, OutputList, OutputSize, Written};

/// What is known of a book before a file of it is read.
pub struct Survey {
    /// The state of all that a build depends on.
    pub inputs: Fingerprint,
    /// What a build tells whatever stands in the files.
    pub report: Report,
    /// What the last build wrote.
    pub written: Option<OutputList>,
}

/// A build that wrote all that it was asked for, and what it told.
#[derive(Serialize, Deserialize)]
pub struct LastBuild<'a> {
    /// The state of all that it depended on.
    inputs: Fingerprint,
    /// The state of all that it wrote.
    output: Fingerprint,
    /// How many entries and links were read.
    read: (usize, usize),
    problems: Cow<'a, [Diagnostic]>,
    held: Cow<'a, [SourcePath]>,
    /// How many pages and files it had.
    pub pages: usize,
    pub files: usize,
    /// How large its site was.
    pub size: OutputSize,
}

impl LastBuild<'_> {
    /// The build before, if there is nothing to do since.
    pub fn read(root: &Path, survey: &Survey) -> Option<LastBuild<'static>> {
        let last: LastBuild =
            cache::read_checked(root, "last").filter(|last: &LastBuild| last.inputs == survey.inputs)?;
        let output = survey.written.as_ref().and_then(|list| list.survey(&survey.report.out));
        (output == Some(last.output)).then_some(last)
    }

    /// Keeps a build for the next one, given the state of what it depends on from before anything was read, and that of
    /// all that it wrote.
    pub fn write(
        root: &Path,
        (inputs, output): (Fingerprint, Fingerprint),
        report: &Report,
        pages: usize,
        (written, size): (&Written, &OutputSize),
    ) {
        let files = written.written + written.unchanged;
        let (problems, held) = (Cow::from(&report.problems), Cow::from(&report.held));
        let (read, size) = (report.read, size.clone());
        let last = LastBuild { inputs, output, read, problems, held, pages, files, size };
        cache::write_checked(root, "last", &last);
    }

    /// What it told, beside what was seen without reading. Of the files only those are read that findings speak of: they
    /// are as they were.
    pub fn report(self, root: &Path, surveyed: Report) -> Report {
        let (problems, held) = (self.problems.into_owned(), self.held.into_owned());
        let mut report = Report { read: self.read, problems, held, ..surveyed };
        let files: BTreeSet<SourcePath> = report.files().cloned().collect();
        let text = |path: SourcePath| match disk::read_source(root, path.clone()) {
            Ok(source) => (path, source.text),
            Err(unreadable) => (path, unreadable.before),
        };
        report.texts = files.into_par_iter().map(text).collect();
        report
    }
}

/// The state of all that a build of the book in `root` depends on: what it is asked for, and each file that it may read. A
/// build reads no more than `book.toml`, the folder of the entries, that of the theme and the fonts of social images. Beside it, what stands in the
/// folder of the entries.
///
/// None if a file may still change unseen.
pub fn inputs(root: &Path, config: &Config, options: &Options, out: &Path) -> Option<(Fingerprint, disk::Walk)> {
    let theme = config.theme.as_ref().map_or("default", |name| name.value.as_str());
    let theme = disk::survey(root, &format!("themes/{theme}"), &[])?.0;
    let (entries, walk) = disk::survey(root, &config.src, &[out.to_owned()])?;
    let mut hasher = FingerprintHasher::default();
    hasher.fingerprint(config.fingerprint());
    for font in config.social_images.iter().flat_map(|asked| &asked.fonts) {
        hasher.value(&disk::settled(&root.join(font.value.as_str()))?);
    }
    let config_asks_git = config.git.is_some();
    let config = disk::settled(&root.join("book.toml"));
    if config.is_none() && disk::exists(root, "book.toml") {
        return None;
    }
    hasher.value(&config);
    if config_asks_git {
        hasher.value(&disk::head_commit(root).ok());
    }
    hasher.fingerprint(theme);
    hasher.fingerprint(entries);
    hasher.value(&out);
    let Options {
        out: _,
        only,
        purpose: _,
        drafts,
        keep_going,
        strict,
        today,
        is_compared: _,
        cache: _,
        compare,
        progress: _,
    } = options;
    hasher.value(&(only, drafts, keep_going, strict, today, compare));
    Some((hasher.finish(), walk))
}
