//! A timeline drawn to scale: what is certain as solid bars, what is possible as hatched ones. All of it is computed
//! here, so that it is there before any script.

mod scale;

use super::Subject;
use super::context::{Context, Face, Items};
use super::list;
use super::view::{BarView, ChartView, YearView};
use crate::base::date::Extent;
use crate::base::path::encode;
use scale::{Scale, steps};

/// The size of the drawing, in its own units, which are pixels where there is room.
const WIDTH: f64 = 960.0;
const PADDING: f64 = 24.0;

/// Where the lanes begin, below the years.
const TOP: f64 = 30.0;

/// The height of a lane with names beside its bars, and of one without names.
const NAMED_LANE: f64 = 24.0;
const BARE_LANE: f64 = 16.0;

/// What a name above its bar adds to the height of its lane.
const ABOVE: f64 = 14.0;

/// The height of a bar, and how wide one must be to be drawn as a bar rather than as a dot, as a single day always is.
const BAR: f64 = 9.0;
const DOT: f64 = 10.0;

/// The length of an arrow at the edge.
const ARROW: f64 = 12.0;

/// What stands between two neighbours of a lane, and of one without names.
const BETWEEN: f64 = 14.0;
const BARE_BETWEEN: f64 = 4.0;

/// With more than this, nothing is named; with more than a list or these lanes hold, years are counted instead. So they
/// are where no more than this is drawn, but names have no room: dots without names are for the page that lists them.
pub const MOST_NAMED: usize = 60;
const MOST_LANES: usize = 20;

/// How wide a name may be, and letters, as far as can be told without a font.
const MOST_WIDE: f64 = 320.0;
const LETTER: f64 = 7.2;
const WIDE_LETTER: f64 = 13.0;

/// How many columns of counts there are at most.
const MOST_COLUMNS: i64 = 100;

/// What no drawing goes beyond, in years.
const FARTHEST: u64 = 1_000_000_000;

/// How high the highest count of a year is drawn.
const HIGHEST: f64 = 96.0;

/// The drawing of the timeline: each entry where that are at most `most`, else how many there are in each year. `href` is
/// what an entry leads to. None if there is nothing to compare.
pub fn of_timeline(cx: &Context, most: usize, href: impl Fn(Face) -> String) -> Option<ChartView> {
    of(cx, cx.timeline().0, most, href).or_else(|| counted(cx))
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
    names.find_map(|named| drawn(cx, &dated, &href, named))
}

/// Whether a year is near enough for days to be told from each other in a drawing.
fn can_be_drawn(year: i64) -> bool {
    year.unsigned_abs() <= FARTHEST
}

/// Each entry as a bar or a dot, named or not; none if that takes more lanes than can be taken in.
fn drawn(cx: &Context, dated: &[(Face, Extent)], href: &impl Fn(Face) -> String, named: bool) -> Option<ChartView> {
    let scale = Scale::of(dated.iter().map(|(_, extent)| extent))?;
    let mut lanes: Vec<Lane> = Vec::new();
    let mut bars: Vec<(usize, BarView)> = Vec::with_capacity(dated.len());
    for (face, extent) in dated {
        let mut bar = bar(&scale, extent);
        bar.title = face.title().to_owned();
        bar.date = face.date().map(|date| date.human(cx.words())).unwrap_or_default();
        bar.href = href(*face);
        let taken = if named { name(&mut bar) } else { (bar.x, bar.x + bar.width) };
        let between = if named { BETWEEN } else { BARE_BETWEEN };
        let lane = lanes.iter().position(|lane| lane.has_room(taken, between)).unwrap_or_else(|| {
            lanes.push(Lane::default());
            lanes.len() - 1
        });
        if lane == MOST_LANES {
            return None;
        }
        lanes[lane].taken.push(taken);
        lanes[lane].name_above |= bar.name_above;
        bars.push((lane, bar));
    }
    let mut height = TOP;
    let middles: Vec<f64> = lanes
        .iter()
        .map(|lane| {
            height += if named { NAMED_LANE } else { BARE_LANE } + if lane.name_above { ABOVE } else { 0.0 };
            height - BAR
        })
        .collect();
    bars.iter_mut().for_each(|(lane, bar)| bar.y = middles[*lane]);
    let bars = bars.into_iter().map(|(_, bar)| bar).collect();
    let ticks = scale.ticks(cx.words());
    Some(ChartView { width: WIDTH, height: height + PADDING, bar: BAR, ticks, bars, years: Vec::new() })
}

/// The years in which an extent has its ends.
fn years(extent: &Extent) -> impl Iterator<Item = i64> + use<> {
    [extent.possible.0, extent.possible.1].into_iter().flatten().map(|day| day.year)
}

/// Bars beside each other.
#[derive(Default)]
struct Lane {
    /// From where to where there is something already.
    taken: Vec<(f64, f64)>,
    name_above: bool,
}

impl Lane {
    fn has_room(&self, (start, end): (f64, f64), between: f64) -> bool {
        self.taken.iter().all(|taken| start > taken.1 + between || taken.0 > end + between)
    }
}

/// What a date looks like; where it stands is not known yet.
fn bar(scale: &Scale, extent: &Extent) -> BarView {
    let (x, end) = (scale.start(extent.possible.0), scale.end(extent.possible.1));
    // A day has no length, however wide it is here.
    let is_day = extent.possible.0.is_some() && extent.possible.0 == extent.possible.1;
    let is_dot = is_day || end - x < DOT;
    // A dot is full if nothing of it is open.
    let certain = extent.certain.filter(|(from, to)| !is_dot || extent.possible == (Some(*from), *to));
    let (x, width) = if is_dot { (round((x + end) / 2.0 - DOT / 2.0), DOT) } else { (x, round(end - x)) };
    let certain = certain.map(|(from, to)| {
        let (from, to) = (scale.start(Some(from)), scale.end(to));
        (from, round(to - from))
    });
    BarView {
        title: String::new(),
        date: String::new(),
        href: String::new(),
        x,
        y: 0.0,
        width,
        is_dot,
        certain_x: certain.map_or(0.0, |(x, _)| x),
        certain_width: certain.map_or(0.0, |(_, width)| width),
        is_certain: certain.is_some(),
        goes_on: extent.goes_on,
        name: None,
        name_x: 0.0,
        name_above: false,
        name_ends: false,
    }
}

/// Names a bar: above it where it is long, else behind it or, near the right edge, before it. Returns what it takes.
fn name(bar: &mut BarView) -> (f64, f64) {
    let (start, end) = (bar.x, bar.x + bar.width);
    let name = cut(&bar.title, MOST_WIDE);
    let width = wide(&name);
    let taken = match () {
        () if bar.width > width + 8.0 => {
            bar.name_above = true;
            bar.name_x = start.max(PADDING);
            (start, end)
        }
        () if end + 6.0 + width < WIDTH => {
            bar.name_x = round(end + 6.0);
            (start, end + 6.0 + width)
        }
        () if start - 6.0 - width > 0.0 => {
            bar.name_ends = true;
            bar.name_x = round(start - 6.0);
            (start - 6.0 - width, end)
        }
        () => {
            bar.name_above = true;
            bar.name_x = round((WIDTH - width).min(start).max(0.0));
            (bar.name_x.min(start), end.max(bar.name_x + width))
        }
    };
    bar.name = Some(name);
    taken
}

/// How many entries begin in each year, or in several years together where they are many; none if that is one column.
fn counted(cx: &Context) -> Option<ChartView> {
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

fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// About how wide a text is drawn.
fn wide(text: &str) -> f64 {
    text.chars().map(width_of).sum()
}

fn width_of(c: char) -> f64 {
    if c >= '\u{1100}' && !('\u{2000}'..='\u{206f}').contains(&c) { WIDE_LETTER } else { LETTER }
}

/// As much of a text as fits, with an ellipsis where it does not.
fn cut(text: &str, most: f64) -> String {
    if wide(text) <= most {
        return text.to_owned();
    }
    let mut used = LETTER;
    let end = text.char_indices().find(|(_, c)| {
        used += width_of(*c);
        used > most
    });
    format!("{}…", text[..end.map_or(text.len(), |(at, _)| at)].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::Date;

    pub fn extents(dates: &[&str]) -> Vec<Extent> {
        dates.iter().map(|date| Date::parse(date).unwrap().extent()).collect()
    }

    fn drawn(scale: &Scale, date: &str) -> (f64, f64, Option<(f64, f64)>) {
        let bar = bar(scale, &Date::parse(date).unwrap().extent());
        (bar.x, bar.width, bar.is_certain.then_some((bar.certain_x, bar.certain_width)))
    }

    #[test]
    fn a_day_is_a_dot_and_an_interval_has_a_core() {
        let scale = Scale::of(extents(&["2010", "2019"]).iter()).unwrap();
        assert_eq!(scale.years, (2010, 2020));
        assert_eq!(drawn(&scale, "2010"), (24.0, 91.2, None));
        let (x, width, certain) = drawn(&scale, "2012/2015");
        let (from, long) = certain.unwrap();
        assert!(x < from && from + long < x + width, "the core lies inside");
        assert_eq!(drawn(&scale, "2018-06-15").1, DOT);
        let days = Scale::of(extents(&["2018-06-15", "2018-06-18"]).iter()).unwrap();
        assert_eq!(drawn(&days, "2018-06-15"), (133.0, DOT, Some((24.0, 228.0))), "in the middle of the day");
        assert_eq!(drawn(&days, "2018-06-15/2018-06-16"), (24.0, 456.0, Some((24.0, 456.0))));
        let (_, width, certain) = drawn(&scale, "2018/..");
        assert!(
            width > 180.0 && certain.is_some_and(|(x, width)| x + width == WIDTH - ARROW),
            "it goes on to the edge"
        );
    }

    #[test]
    fn a_long_name_is_cut() {
        assert_eq!(cut("Plan signed", 250.0), "Plan signed");
        assert_eq!(cut("Plan signed", 40.0), "Plan…");
        assert_eq!(cut("中国制造2025", 40.0), "中国…");
    }
}
