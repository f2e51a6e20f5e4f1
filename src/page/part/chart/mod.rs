//! A timeline drawn to scale. All of it is computed here, so that it is there before any script.

mod bars;
mod columns;
mod measure;
mod scale;

use crate::base::date::Extent;
use crate::page::context::{Context, Face, Items};
use crate::page::view::ChartView;
use scale::{can_be_drawn, years};

/// With more than this, nothing is named; with more than a list or so many lanes hold, years are counted instead. So they
/// are where no more than this is drawn, but names have no room: dots without names are for the page that lists them.
pub const MOST_NAMED: usize = 60;

/// The drawing of the timeline: each entry where that are at most `most`, else how many there are in each year. `href` is
/// what an entry leads to. None if there is nothing to compare.
pub fn of_timeline(cx: &Context, most: usize, href: impl Fn(Face) -> String) -> Option<ChartView> {
    of(cx, cx.timeline().0, most, href).or_else(|| columns::counted(cx))
}

/// The drawing of these entries; none if fewer than two of them have a place in time, or if they are too many.
pub fn of<'a>(cx: &Context<'a>, items: Items<'a>, most: usize, href: impl Fn(Face) -> String) -> Option<ChartView> {
    if items.ids.len() > most {
        return None;
    }
    let dated = items.iter().filter_map(|item| {
        let extent = item.date()?.extent();
        years(&extent).all(can_be_drawn).then_some((item.face(), extent))
    });
    let dated: Vec<(Face, Extent)> = dated.collect();
    if dated.len() < 2 {
        return None;
    }
    let is_fit = |named: &bool| if *named { dated.len() <= MOST_NAMED } else { most > MOST_NAMED };
    let mut names = [true, false].into_iter().filter(is_fit);
    names.find_map(|named| bars::drawn(cx, &dated, &href, named))
}
