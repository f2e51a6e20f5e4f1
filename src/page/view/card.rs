//! What stands for a page where it is shared, besides what the page says of itself.

use serde::Serialize;

/// What stands for a page where its address is shared, as the Open Graph protocol has it, besides what the page says of
/// itself.
#[derive(Serialize)]
pub struct CardView {
    /// `article`, or `website` for the home page and lists.
    pub kind: &'static str,
    /// The language of the page, as `de_DE`; none where the protocol has no name for it.
    pub locale: Option<String>,
}
