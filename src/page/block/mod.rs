//! Blocks in texts as pages show them: a file for each kind, with a template of its name in `blocks`.

mod entries;

use super::context::{Context, Whole};
use crate::base::direction::direction;
use crate::parse::BlockContent;

/// A block of an entry as HTML, by its place among the entry's; none if it is shown as code. `lang` is the language of
/// the text around it.
pub fn html(cx: &Context, entry: Whole, place: usize, lang: &str) -> Option<String> {
    match entry.said().blocks[place].content.as_ref()? {
        BlockContent::Entries(_) => entries::html(cx, entry, place, lang),
    }
}

/// The language of the page and which way it is written, where the text around a block is in another.
fn language<'a>(cx: &Context<'a>, lang: &str) -> (Option<&'a str>, Option<&'static str>) {
    let locale = cx.locale();
    let is_other = *lang != *locale.language;
    (is_other.then_some(&*locale.language), locale.direction().inside(direction(lang)).filter(|_| is_other))
}
