//! The language of a page, with what it says in it by itself.

use std::sync::Arc;

use super::direction::{Direction, direction};
use super::messages::Messages;

/// A language, and the words of the interface in it.
#[derive(Clone, Debug)]
pub struct Locale {
    /// BCP 47, `en`.
    pub language: Box<str>,
    /// The language of Han letters in texts of another script, `zh-Hans`.
    pub han: Box<str>,
    pub words: Arc<Messages>,
}

impl Locale {
    /// Which way its language is written.
    pub fn direction(&self) -> Direction {
        direction(&self.language)
    }
}

/// English, for tests.
#[cfg(test)]
pub fn english() -> Locale {
    Locale { language: "en".into(), han: "zh-Hans".into(), words: Arc::new(super::messages::english()) }
}
