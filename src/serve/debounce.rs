//! When a change is over: one save is taken up at once, a burst of thousands as one.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

/// How long nothing must be heard after a single save: an editor that renames a file into place needs less.
const AFTER_A_SAVE: Duration = Duration::from_millis(5);

/// The same after many files, between two of which a program may rest.
const AFTER_MANY: Duration = Duration::from_millis(100);

/// The same while a program has a file open that it writes: half a file is no text.
const WHILE_WRITTEN: Duration = Duration::from_millis(50);

/// How many times the quiet is waited for in a stream that does not end.
const PATIENCE: u32 = 50;

/// What was heard of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Something was written, and more may come.
    Writing,
    /// What there was to write is written, or there is another file now, or none.
    Done,
}

/// The paths of which something was heard since the last change.
#[derive(Default)]
pub struct Debouncer {
    paths: FxHashMap<PathBuf, Activity>,
    /// When the first and the last of them was heard.
    since: Option<(Instant, Instant)>,
}

impl Debouncer {
    pub fn hear(&mut self, path: &Path, heard: Activity, now: Instant) {
        match self.paths.get_mut(path) {
            Some(known) => *known = heard,
            None => drop(self.paths.insert(path.to_owned(), heard)),
        }
        self.since = Some((self.since.map_or(now, |(first, _)| first), now));
    }

    /// When the change is over, if no more is heard.
    pub fn due(&self) -> Option<Instant> {
        let (first, last) = self.since?;
        Some((last + self.wait()).min(first + self.wait() * PATIENCE))
    }

    /// When the first of it was heard.
    pub fn first(&self) -> Option<Instant> {
        self.since.map(|(first, _)| first)
    }

    /// When the last of it was heard.
    pub fn last(&self) -> Option<Instant> {
        self.since.map(|(_, last)| last)
    }

    fn wait(&self) -> Duration {
        let wait = match self.paths.len() {
            // A file and the one that was renamed to it.
            0..=2 => AFTER_A_SAVE,
            several @ 3..=5 => AFTER_A_SAVE * (several as u32 - 1) * 2,
            _ => AFTER_MANY,
        };
        let is_written = self.paths.len() <= 5 && self.paths.values().any(|heard| *heard == Activity::Writing);
        if is_written { wait.max(WHILE_WRITTEN) } else { wait }
    }

    /// The paths of the change that is over, in order.
    pub fn take(&mut self) -> Vec<PathBuf> {
        self.since = None;
        let mut paths: Vec<PathBuf> = std::mem::take(&mut self.paths).into_keys().collect();
        paths.sort();
        paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is heard, as `millisecond path`, `+` before the path of a file that is still written; then the
    /// millisecond at which each change is over, with how many paths it has.
    fn changes(heard: &[(u64, &str)]) -> Vec<(u64, usize)> {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let (mut quiet, mut changes) = (Debouncer::default(), Vec::new());
        let mut over = |quiet: &mut Debouncer, now: Option<Instant>| {
            if let Some(due) = quiet.due().filter(|due| now.is_none_or(|now| *due <= now)) {
                changes.push(((due - start).as_millis() as u64, quiet.take().len()));
            }
        };
        for (ms, path) in heard {
            over(&mut quiet, Some(at(*ms)));
            let (path, kind) = path.strip_prefix('+').map_or((*path, Activity::Done), |path| (path, Activity::Writing));
            quiet.hear(Path::new(path), kind, at(*ms));
        }
        over(&mut quiet, None);
        changes
    }

    #[test]
    fn a_save_is_over_at_once() {
        assert_eq!(changes(&[(0, "+a.md"), (1, "a.md")]), [(6, 1)]);
        assert_eq!(changes(&[(0, "+a.tmp"), (1, "a.tmp"), (2, "a.md")]), [(7, 2)]);
    }

    #[test]
    fn two_saves_are_two_changes() {
        assert_eq!(changes(&[(0, "a.md"), (40, "b.md")]), [(5, 1), (45, 1)]);
    }

    #[test]
    fn a_file_that_is_emptied_and_then_slowly_written_is_waited_for() {
        assert_eq!(changes(&[(0, "+a.md"), (30, "+a.md"), (60, "a.md")]), [(65, 1)]);
        assert_eq!(changes(&[(0, "+a.md")]), [(50, 1)], "but not for ever");
    }

    #[test]
    fn a_burst_is_one_change_in_spite_of_rests() {
        let paths: Vec<String> = (0..1000).map(|i| format!("{i}.md")).collect();
        let burst: Vec<(u64, &str)> = paths.iter().zip(0..).map(|(path, i)| (i / 10 * 7, path.as_str())).collect();
        assert_eq!(changes(&burst), [(793, 1000)]);
    }

    #[test]
    fn a_stream_that_does_not_end_is_taken_up_all_the_same() {
        let stream: Vec<(u64, &str)> = (0..300).map(|i| (i * 2, "log.md")).collect();
        assert_eq!(changes(&stream), [(250, 1), (500, 1), (603, 1)]);
    }
}
