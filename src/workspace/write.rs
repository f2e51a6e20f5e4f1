//! A site as files: made where it is not known what comes of them, written where the folder has them otherwise, and kept in
//! mind for the next build.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use rayon::prelude::*;

use super::Workspace;
use super::cache::{self, MadePage, PageCache};
use super::looked;
use super::timings::{Timings, timed};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::FilePath;
use crate::disk::{self, FileBytes, FileSet, OutputList, OutputSize, WriteResult, Written};
use crate::markup::Drawing;
use crate::output::{self, File, OUTPUTS, Rendered, Site};
use crate::page::Trace;

/// What came of writing a site.
pub enum Outcome {
    Written {
        /// What became of the files.
        files: Written,
        size: OutputSize,
        /// The state of the output, if it is of use for the next build.
        state: Option<Fingerprint>,
    },
    /// Templates of the book's own ask for what pages do not have, and everything is as it was.
    Unrendered(Vec<Diagnostic>),
}

impl Workspace {
    /// Writes the site of a snapshot to the folder `out`, or those of its outputs that the options name; what the others
    /// have written there stays. A file is made only if it is not known what comes of it, and written only if the folder
    /// has it otherwise.
    ///
    /// Errors: the folder is not ours, or cannot be written.
    pub fn write(&self, site: &Site, out: &Path, timings: &mut Timings) -> Result<Outcome> {
        let only = &self.options.only;
        let is_asked = |output: usize| only.is_empty() || only.iter().any(|name| name == OUTPUTS[output].name);
        let asked = (0..OUTPUTS.len()).filter(|output| is_asked(*output));
        let files: Vec<&File> =
            timings.stage("index", || asked.flat_map(|output| site.files_of(output).iter()).collect());
        let (pages, prints) = match self.options.cache {
            true => timings.stage("recall", || {
                let pages = PageCache::read(&self.root);
                let print = |file: &&File| {
                    if file.artifact.is_copy() {
                        return self.print_of_copy(site, file);
                    }
                    let trace = match file.artifact.page() {
                        Some(_) => site.trace(pages.facts(&file.path)?)?,
                        None => Trace::default(),
                    };
                    file.artifact.fingerprint(site, &trace)
                };
                let prints = files.par_iter().map(print).collect();
                (pages, prints)
            }),
            false => (PageCache::default(), vec![None; files.len()]),
        };
        let progress = &self.options.progress;
        progress.begin("render", files.len());
        let unrendered = Mutex::new(Vec::new());
        let took: Vec<AtomicU64> = files.iter().map(|_| AtomicU64::new(0)).collect();
        let traces: Vec<OnceLock<Trace>> = files.iter().map(|_| OnceLock::new()).collect();
        let paths: Vec<FilePath> = files.iter().map(|file| file.path.clone()).collect();
        let stays = |path: &str| !is_asked(output::owner(&site.book, path));
        let wanted = FileSet {
            paths: &paths,
            stays: &stays,
            known: &|place| {
                progress.advance();
                pages.known(&paths[place], prints[place]?).copied()
            },
            make: &|place| {
                let mut trace = Trace::default();
                let (made, time) = timed(|| files[place].artifact.render(site, &mut trace));
                let _ = traces[place].set(trace);
                took[place].store(time.as_nanos() as u64, Ordering::Relaxed);
                let made = made.map_err(|problem| {
                    unrendered.lock().unwrap_or_else(PoisonError::into_inner).push((&paths[place], *problem));
                    anyhow!("cannot render {}", paths[place])
                })?;
                Ok(match made {
                    Rendered::Bytes(bytes) => FileBytes::Made(bytes),
                    Rendered::Copy(path) => FileBytes::Copy(self.root.join(path.as_str())),
                    Rendered::Cleaned(path) => {
                        let file = self.root.join(path.as_str());
                        match looked::drawing(&file).map_err(|why| anyhow!("cannot copy {path}: {why}"))? {
                            Drawing::AsItIs => FileBytes::Copy(file),
                            Drawing::Without { svg, .. } => FileBytes::Made(svg.into_bytes()),
                        }
                    }
                })
            },
        };
        let keep = || {
            self.parse_cache.iter().for_each(|kept| kept.write(&self.parsed));
            if self.options.cache {
                cache::keep(&self.root, &self.digest_cache);
            }
        };
        let ((done, both), ((), keeping)) =
            rayon::join(|| timed(|| disk::write(out, &self.root, &wanted)), || timed(keep));
        let took = took.iter().map(|time| Duration::from_nanos(time.load(Ordering::Relaxed))).collect();
        timings.files(&paths, took, rayon::current_num_threads(), both);
        let unrendered = unrendered.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !unrendered.is_empty() {
            return Ok(Outcome::Unrendered(together(unrendered)));
        }
        let WriteResult { written, size, known, stamps } = done?;
        let mut state = None;
        if self.options.cache {
            timings.stages.push(("keep", keeping));
            timings.stage("keep", || {
                let made = |place: usize| {
                    let (file, known) = (files[place], known[place]);
                    let path = file.path.as_str();
                    // What was not made now is as it was.
                    let Some(trace) = traces[place].get() else { return pages.get(path) };
                    let print = match prints[place].filter(|_| file.artifact.page().is_none()) {
                        Some(print) => print,
                        None => file.artifact.fingerprint(site, trace)?,
                    };
                    Some((path, MadePage { print, file: known, facts: trace.kept(&site.book) }))
                };
                let made: Vec<_> = (0..files.len()).into_par_iter().filter_map(made).collect();
                PageCache::write(&self.root, made.into_iter().chain(pages.of(&stays)));
                state = match stamps {
                    Some(stamps) => disk::survey_written(out, &paths, &stamps),
                    None => OutputList::read(out).and_then(|list| list.survey(out)),
                };
            });
        }
        Ok(Outcome::Written { files: written, size, state })
    }

    /// The fingerprint of a file that is copied; none if it was written just now, for then it may be written again and
    /// look the same.
    fn print_of_copy(&self, site: &Site, file: &File) -> Option<Fingerprint> {
        let mut hasher = FingerprintHasher::default();
        let path = match file.artifact.render(site, &mut Trace::default()).ok()? {
            Rendered::Bytes(_) => return None,
            Rendered::Copy(path) => path,
            Rendered::Cleaned(path) => {
                hasher.text("cleaned");
                path
            }
        };
        let stamp = disk::settled(&self.root.join(path.as_str()))?;
        hasher.text(path.as_str());
        hasher.value(&stamp);
        Some(hasher.finish())
    }
}

/// What is wrong with templates, told once for all files of the output that show it.
fn together(mut problems: Vec<(&FilePath, Diagnostic)>) -> Vec<Diagnostic> {
    problems.sort_by(|(file, a), (other, b)| a.order().cmp(&b.order()).then(file.cmp(other)));
    let alike = problems.chunk_by(|(_, a), (_, b)| a.order() == b.order());
    let told = alike.map(|all| {
        let (file, problem) = &all[0];
        let others = match all.len() - 1 {
            0 => String::new(),
            1 => " and one other page".to_owned(),
            many => format!(" and {many} other pages"),
        };
        problem.clone().note(format!("{file}{others} cannot be made"), None)
    });
    told.collect()
}
