//! Entries that a text lists by what their fields say.

use crate::page::context::{Context, Whole};
use crate::page::list;
use crate::page::view::ListingView;

/// The list of a block; none if it names something that is not there.
pub fn html(cx: &Context, entry: Whole, place: usize, lang: &str) -> Option<String> {
    let (section, items) = cx.select(entry, place)?;
    let (lang, dir) = cx.locale_within(lang);
    let shown = items.iter().take(list::MOST).map(|item| cx.item(*item)).collect();
    let rest = items.len().saturating_sub(list::MOST);
    Some(
        cx.part(
            "blocks/entries",
            &ListingView { lang, dir, items: shown, rest, section: cx.section_anchor(section.id) },
        ),
    )
}
