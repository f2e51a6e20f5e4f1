//! How often tests try what they try at random, or at many places: a little in every run, and much at night.
//!
//! `DOSSIER_CASES=20 ./test` does all of it twenty times as often.

use std::env;
use std::str::FromStr;

use proptest::test_runner::Config;

/// So many cases, times `DOSSIER_CASES`.
pub fn times(cases: u32) -> u32 {
    let times = env::var("DOSSIER_CASES").ok();
    let times = times.map_or(1, |times| u32::from_str(&times).expect("DOSSIER_CASES is a whole number"));
    cases.saturating_mul(times.max(1))
}

/// The settings of a property test that tries so many cases, times `DOSSIER_CASES`.
pub fn cases(cases: u32) -> Config {
    Config::with_cases(times(cases))
}
