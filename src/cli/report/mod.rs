//! What was found, told to people and to programs: one file for each format, and the list of them.

mod finding_lines;
mod github;
mod json;
mod rendered;
mod sarif;
mod text;

pub use rendered::RenderedReport;
pub use text::{findings, in_short};

use std::path::Path;

use clap::ValueEnum;

use crate::workspace::Report;

/// How findings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As a compiler does, for people
    Text,
    /// One JSON object, whose form the manual documents
    Json,
    /// Annotations of a pull request, by GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// All findings in a format.
pub fn tell(root: &Path, report: &Report, format: Format, verbose: bool) -> RenderedReport {
    let only = |text: String| RenderedReport { text, summary: None };
    match format {
        Format::Text => only(findings(root, report, verbose)),
        Format::Json => only(json::findings(report)),
        Format::Sarif => only(sarif::findings(root, report)),
        Format::Github => github::findings(root, report),
    }
}
