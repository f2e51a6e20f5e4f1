//! A book at one moment.

use super::{Report, Timings};
use crate::output::Site;

/// What a workspace makes of its folder.
pub struct Snapshot {
    pub report: Report,
    pub timings: Timings,
    /// None while what is wrong with `book.toml` or the theme forbids it.
    pub site: Option<Site>,
}
