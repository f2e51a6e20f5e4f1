//! How many entries of a timeline begin in each year, as columns.

use super::measure::{BAR, PADDING, TOP, WIDTH, round};
use super::scale::{Scale, can_be_drawn, steps};
use crate::base::path::encode;
use crate::page::context::Context;
use crate::page::view::{ChartView, YearView};
use crate::page::{Subject, list};

/// How many columns there are at most.
const MOST_COLUMNS: i64 = 100;

/// How high the highest count of a year is drawn.
const HIGHEST: f64 = 96.0;

/// How many entries begin in each year, or in several years together where they are many; none if that is one column.
pub fn counted(cx: &Context) -> Option<ChartView> {
    let whole = Subject::Timeline(None);
    let years = cx.timeline().1.iter().filter_map(|(key, ids)| {
        let year = cx.items(ids).iter().next()?.date()?.year()?;
        can_be_drawn(year).then_some((year, key, ids.len()))
    });
    let years: Vec<(i64, &str, usize)> = years.collect();
    let scale = Scale::around(years.iter().map(|(year, ..)| *year))?;
    let step = steps().find(|step| (scale.years.1 - scale.years.0) / step <= MOST_COLUMNS)?;
    // The timeline is in order, so what begins in the same years comes one behind the other.
    let columns: Vec<&[(i64, &str, usize)]> =
        years.chunk_by(|a, b| a.0.div_euclid(step) == b.0.div_euclid(step)).collect();
    if columns.len() < 2 {
        return None;
    }
    let count = |years: &[(i64, &str, usize)]| years.iter().map(|(.., count)| count).sum::<usize>();
    let most = columns.iter().map(|years| count(years)).max().unwrap_or(1) as f64;
    let column = |years: &[(i64, &str, usize)]| {
        let (first, key, _) = years[0];
        let from = (first.div_euclid(step) * step).max(scale.years.0);
        let to = (first.div_euclid(step) * step + step).min(scale.years.1);
        let (start, end) = (scale.start_of(from), scale.start_of(to));
        let height = round((count(years) as f64 / most * HIGHEST).max(2.0));
        let part = cx.href(&whole.part(key)).or_else(|| cx.href(&whole)).unwrap_or_default();
        let name = |year| list::title(cx.words(), &list::year_key(year)).into_owned();
        YearView {
            title: if step == 1 { name(first) } else { format!("{} – {}", name(from), name(to - 1)) },
            count: count(years),
            href: format!("{part}#{}", encode(key)),
            x: start,
            y: TOP + HIGHEST - height,
            width: round((end - start - 1.0).max(1.0)),
            height,
        }
    };
    let height = TOP + HIGHEST + PADDING;
    let ticks = scale.ticks(cx.words());
    let years = columns.into_iter().map(column).collect();
    Some(ChartView { width: WIDTH, height, bar: BAR, ticks, bars: Vec::new(), years })
}
