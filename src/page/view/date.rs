//! A date as readers see it.

use serde::{Serialize, Serializer};

use crate::theme::SharedValue;

#[derive(Clone, Serialize)]
pub struct DateView {
    /// As a person writes it: "about 2018".
    pub text: String,
    /// For `<time datetime>`.
    pub datetime: Option<String>,
    /// Whether there is a day on which it surely was.
    pub certain: bool,
}

/// A date that stands on many pages.
pub struct SharedDate {
    prepared: SharedValue,
    /// As the built-in theme writes it.
    pub html: String,
}

impl SharedDate {
    pub fn new(date: &DateView, html: String) -> SharedDate {
        SharedDate { prepared: SharedValue::new(date), html }
    }
}

impl Serialize for SharedDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.prepared.serialize(serializer)
    }
}
