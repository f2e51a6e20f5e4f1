//! The day, as the machine or whoever builds has it.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::base::date::Day;

/// Today, in UTC, or the day of `SOURCE_DATE_EPOCH` (reproducible-builds.org); none if the clock stands before 1970.
pub fn today() -> Option<Day> {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let now = || Some(SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs());
    Day::from_number((given.or_else(now)? / 86_400) as i64)
}
