//! Blocks in texts as pages show them: a file for each kind, with a template of its name in `blocks`.

mod entries;

use crate::page::context::{Context, Whole};
use crate::parse::BlockContent;

/// A block of an entry as HTML, by its place among the entry's; none if it is shown as code. `lang` is the language of
/// the text around it.
pub fn html(cx: &Context, entry: Whole, place: usize, lang: &str) -> Option<String> {
    match entry.said().blocks[place].content.as_ref()? {
        BlockContent::Entries(_) => entries::html(cx, entry, place, lang),
    }
}
