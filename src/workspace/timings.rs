//! How long each stage of a change took.

use std::time::{Duration, Instant};

/// The stages in the order in which they ended, each with the time from its beginning to its end.
#[derive(Clone, Debug, Default)]
pub struct Timings(pub Vec<(&'static str, Duration)>);

impl Timings {
    /// Does the work of a stage, and notes how long it took.
    pub fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        self.0.push((name, started.elapsed()));
        done
    }
}
