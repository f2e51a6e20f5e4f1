//! Findings in a format, ready to be printed.

/// What is told, and what else happens beside.
pub struct RenderedReport {
    /// For the standard output.
    pub text: String,
    /// For the summary of a GitHub job, where there is one.
    pub summary: Option<String>,
}
