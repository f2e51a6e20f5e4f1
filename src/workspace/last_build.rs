//! The build before this one: while nothing that it depended on has changed, and nothing that it wrote, it need not be done
//! again, and no file need be read to know so.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Options, Report, cache};
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::config::Config;
use crate::disk::{self, OutputList, Written};

/// What is known of a book before a file of it is read.
pub struct Survey {
    /// The state of all that a build depends on.
    pub inputs: Fingerprint,
    /// What a build would tell if nothing were wrong.
    pub report: Report,
    /// What the last build wrote.
    pub written: Option<OutputList>,
}

/// A build that found nothing wrong and wrote all that it was asked for.
#[derive(Serialize, Deserialize)]
pub struct LastBuild {
    /// The state of all that it depended on.
    inputs: Fingerprint,
    /// The state of all that it wrote.
    output: Fingerprint,
    /// How many entries, links, pages and files it had.
    pub entries: usize,
    pub links: usize,
    pub pages: usize,
    pub files: usize,
}

impl LastBuild {
    /// The build before, if there is nothing to do since.
    pub fn read(root: &Path, survey: &Survey) -> Option<LastBuild> {
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
        written: &Written,
    ) {
        let (entries, links) = report.read;
        let files = written.written + written.unchanged;
        cache::write_checked(root, "last", &LastBuild { inputs, output, entries, links, pages, files });
    }
}

/// The state of all that a build of the book in `root` depends on: what it is asked for, and each file that it may read. A
/// build reads no more than `book.toml`, the folder of the entries and that of the theme. Beside it, what stands in the
/// folder of the entries.
///
/// None if a file may still change unseen.
pub fn inputs(root: &Path, config: &Config, options: &Options, out: &Path) -> Option<(Fingerprint, disk::Walk)> {
    let theme = config.theme.as_ref().map_or("default", |name| name.value.as_str());
    let theme = disk::survey(root, &format!("themes/{theme}"), &[])?.0;
    let (entries, walk) = disk::survey(root, &config.src, &[out.to_owned()])?;
    let mut hasher = FingerprintHasher::default();
    hasher.fingerprint(config.fingerprint());
    let config = disk::settled(&root.join("book.toml"));
    if config.is_none() && disk::exists(root, "book.toml") {
        return None;
    }
    hasher.value(&config);
    hasher.fingerprint(theme);
    hasher.fingerprint(entries);
    hasher.value(&out);
    let Options { out: _, only, purpose: _, drafts, keep_going, strict, today, cache: _, progress: _ } = options;
    hasher.value(&(only, drafts, keep_going, strict, today));
    Some((hasher.finish(), walk))
}
