//! Why what somebody asked for cannot be done.

use super::path::SourcePath;

/// What stands in the way, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    /// The file and the line that stand in the way.
    pub place: Option<(SourcePath, usize)>,
    pub help: Option<String>,
}

impl Refusal {
    pub fn new(message: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), place: None, help: None }
    }

    /// With what to do.
    pub fn help(self, help: impl Into<String>) -> Refusal {
        Refusal { help: Some(help.into()), ..self }
    }

    /// With what stands in the way.
    pub fn at(self, place: (SourcePath, usize)) -> Refusal {
        Refusal { place: Some(place), ..self }
    }
}
