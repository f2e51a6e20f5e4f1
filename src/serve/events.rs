//! What is told of a book while it is served.

use std::time::Duration;

use super::classify::Difference;
use crate::output::Site;
use crate::workspace::Report;

/// What happens while a book is served.
pub enum ServerEvent<'a> {
    /// The port that was asked for is taken, and another one is used.
    Taken { port: u16, instead: u16 },
    /// The book was read; without a site, if what is wrong with it forbids one.
    Began { site: Option<&'a Site>, report: &'a Report, took: Duration },
    /// Pages can be asked for at this address; from other computers too, if `is_public`.
    Ready { url: &'a str, is_public: bool },
    /// Files have changed, and tabs were told.
    Changed { difference: &'a Difference, before: &'a Report, report: &'a Report, took: Latency },
    /// The book cannot be read; the last good site stays.
    Failed(&'a str),
    /// The book can be read again.
    Back,
    /// Why changes may be noticed late.
    Unwatched(&'a str),
}

/// How long it took from a change on disk to what tabs were told.
#[derive(Clone, Copy)]
pub struct Latency {
    /// Until it was taken up: whether more would come.
    pub wait: Duration,
    /// Until it was read, linked and checked.
    pub read: Duration,
    /// Until the open pages were made, and the tabs told.
    pub tell: Duration,
}

/// Who is told.
pub type EventHandler = Box<dyn Fn(ServerEvent) + Send + Sync>;
