//! How long a build takes: for who reads it afterwards, and for who watches it meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::base::path::FilePath;

/// How many pages are named that took longest.
const SLOWEST: usize = 10;

/// The stages in the order in which they ended, each with the time from its beginning to its end.
#[derive(Clone, Debug, Default)]
pub struct Timings {
    progress: Arc<Progress>,
    pub stages: Vec<(&'static str, Duration)>,
    /// The pages that took longest to make.
    pub slowest: Vec<(FilePath, Duration)>,
}

impl Timings {
    pub(super) fn new(progress: &Arc<Progress>) -> Timings {
        Timings { progress: progress.clone(), ..Timings::default() }
    }

    /// Does the work of a stage, and notes how long it took.
    pub fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        self.progress.begin(name, 0);
        let (done, took) = timed(work);
        self.stages.push((name, took));
        done
    }

    /// Does the work of stages that go on beside each other, and note themselves how long they took.
    pub(super) fn beside<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        self.progress.begin(name, 0);
        work()
    }

    /// Notes how long it took to make and to write files: the time of all threads for each, and of the clock for both.
    pub(super) fn files(&mut self, paths: &[FilePath], made: Vec<Duration>, threads: usize, both: Duration) {
        let making: Duration = made.iter().sum::<Duration>() / threads.max(1) as u32;
        self.stages.push(("render", making.min(both)));
        self.stages.push(("write", both.saturating_sub(making)));
        let mut slowest: Vec<(FilePath, Duration)> = paths.iter().cloned().zip(made).collect();
        slowest.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
        slowest.truncate(SLOWEST);
        slowest.retain(|(_, took)| !took.is_zero());
        self.slowest = slowest;
    }
}

/// Does some work, and tells how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let done = work();
    (done, started.elapsed())
}

/// How far a build is.
#[derive(Debug, Default)]
pub struct Progress {
    stage: Mutex<&'static str>,
    done: AtomicUsize,
    all: AtomicUsize,
}

impl Progress {
    /// A stage begins in which so many things are to be done; zero if they are not counted.
    pub(super) fn begin(&self, stage: &'static str, all: usize) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }

    /// One more is done.
    pub(super) fn advance(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// The stage, how much of it is done, and of how much; zero where that is not counted.
    pub fn now(&self) -> (&'static str, usize, usize) {
        let stage = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        (stage, self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }
}
