//! Each entry of a timeline as a bar or a dot: what is certain is solid, what is possible is hatched.

use super::measure::{BAR, BETWEEN, PADDING, TOP, WIDTH, cut, round, wide};
use super::scale::Scale;
use crate::base::date::Extent;
use crate::page::context::{Context, Face};
use crate::page::view::{BarView, ChartView};

/// The height of a lane with names beside its bars, and of one without names.
const NAMED_LANE: f64 = 24.0;
const BARE_LANE: f64 = 16.0;

/// What a name above its bar adds to the height of its lane.
const ABOVE: f64 = 14.0;

/// How wide a bar must be to be drawn as one rather than as a dot, as a single day always is.
const DOT: f64 = 10.0;

/// What stands between two neighbours of a lane without names.
const BARE_BETWEEN: f64 = 4.0;

/// With more lanes than this, years are counted instead.
const MOST_LANES: usize = 20;

/// How wide a name may be.
const MOST_WIDE: f64 = 320.0;

/// Each entry as a bar or a dot, named or not; none if that takes more lanes than can be taken in.
pub fn drawn(cx: &Context, dated: &[(Face, Extent)], href: &impl Fn(Face) -> String, named: bool) -> Option<ChartView> {
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

#[cfg(test)]
mod tests {
    use super::super::measure::ARROW;
    use super::super::scale::tests::extents;
    use super::*;
    use crate::base::date::Date;

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
