//! A line that shows how far a build is, on a terminal, when it takes long.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::workspace::Progress;

/// How long a build may take before anybody is told how far it is.
const PATIENCE: Duration = Duration::from_millis(700);

const STEP: Duration = Duration::from_millis(80);

/// Does some work, and shows how far it is where somebody looks on.
pub fn shown<T>(progress: &Arc<Progress>, work: impl FnOnce() -> T) -> T {
    if !stderr().is_terminal() {
        return work();
    }
    let (done, ends) = channel::<()>();
    let progress = progress.clone();
    let watcher = thread::spawn(move || {
        let mut wait = PATIENCE;
        let bar = ProgressBar::hidden();
        while let Err(RecvTimeoutError::Timeout) = ends.recv_timeout(wait) {
            if wait == PATIENCE {
                bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            }
            wait = STEP;
            let (stage, done, all) = progress.now();
            bar.set_style(style(all > 0));
            bar.set_length(all as u64);
            bar.set_position(done.min(all) as u64);
            bar.set_message(stage);
            bar.tick();
        }
        bar.finish_and_clear();
    });
    let result = work();
    drop(done);
    // What it shows is of no use to anybody any more, whatever became of it.
    let _ = watcher.join();
    result
}

/// How the line looks: where things are counted with a bar, and else with its stage alone.
fn style(counted: bool) -> ProgressStyle {
    let template = if counted { "{msg:>8} {wide_bar:.cyan} {pos}/{len}" } else { "{msg:>8} {spinner}" };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
