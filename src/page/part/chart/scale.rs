//! From days to places on a drawing, and the years, months or days that are marked on it.

use super::measure::{ARROW, BETWEEN, PADDING, WIDTH, round, wide};
use crate::base::date::{Day, Extent};
use crate::base::messages::Messages;
use crate::page::list;
use crate::page::view::TickView;

/// How many years are marked at most.
const MOST_TICKS: i64 = 20;

/// Up to how many years are drawn month by month.
const MOST_YEARS_IN_MONTHS: i64 = 2;

/// Up to how many days are drawn day by day.
const MOST_DAYS: i64 = 62;

/// How many days stand between two that are marked.
const STEPS_OF_DAYS: [i64; 5] = [1, 2, 7, 14, 28];

/// What no drawing goes beyond, in years.
const FARTHEST: u64 = 1_000_000_000;

/// From days to places on the drawing.
pub struct Scale {
    /// The first year, and the one behind the last.
    pub years: (i64, i64),
    unit: Unit,
}

/// What a drawing begins and ends with, and has marked.
enum Unit {
    Years,
    /// Where all is within two years: the first month, and the one behind the last, counted from January of the year 0.
    Months(i64, i64),
    /// Where all is within two months: the first day, and the one behind the last, counted from 1970.
    Days(i64, i64),
}

impl Scale {
    /// All of these years.
    pub fn around(years: impl Iterator<Item = i64>) -> Option<Scale> {
        let (first, last) = years.fold((i64::MAX, i64::MIN), |(first, last), year| (first.min(year), last.max(year)));
        (first <= last).then_some(Scale { years: (first, last + 1), unit: Unit::Years })
    }

    /// All of these days, and as little more as months or years allow.
    pub fn of<'a>(extents: impl Iterator<Item = &'a Extent> + Clone) -> Option<Scale> {
        let scale = Scale::around(extents.clone().flat_map(years))?;
        let days = extents.flat_map(|extent| [extent.possible.0, extent.possible.1]).flatten();
        let (first, last) = (days.clone().min()?, days.max()?);
        let unit = if last.number() - first.number() < MOST_DAYS {
            Unit::Days(first.number(), last.number() + 1)
        } else if scale.years.1 - scale.years.0 <= MOST_YEARS_IN_MONTHS {
            Unit::Months(month_of(first), month_of(last) + 1)
        } else {
            Unit::Years
        };
        Some(Scale { unit, ..scale })
    }

    fn x(&self, days: f64) -> f64 {
        let (first, last) = match self.unit {
            Unit::Years => (first_of(self.years.0 * 12), first_of(self.years.1 * 12)),
            Unit::Months(first, last) => (first_of(first), first_of(last)),
            Unit::Days(first, last) => (first as f64, last as f64),
        };
        round(PADDING + (days - first) / (last - first) * (WIDTH - 2.0 * PADDING))
    }

    /// Where a day begins; the edge where there is none.
    pub fn start(&self, day: Option<Day>) -> f64 {
        day.map_or(0.0, |day| self.x(day.number() as f64))
    }

    /// Where a day ends; the edge where there is none.
    pub fn end(&self, day: Option<Day>) -> f64 {
        day.map_or(WIDTH - ARROW, |day| self.x(day.number() as f64 + 1.0))
    }

    /// Where a year begins.
    pub fn start_of(&self, year: i64) -> f64 {
        self.start(Some(Day { year, month: 1, day: 1 }))
    }

    /// Years, months or days to find one's way by.
    pub fn ticks(&self, words: &Messages) -> Vec<TickView> {
        match self.unit {
            Unit::Years => self.ticks_of_years(words),
            Unit::Months(first, last) => self.ticks_of_months(words, first, last),
            Unit::Days(first, last) => self.ticks_of_days(words, first, last),
        }
    }

    /// Years at a step that people count in: before Christ from 1 BC backwards.
    fn ticks_of_years(&self, words: &Messages) -> Vec<TickView> {
        let (first, last) = self.years;
        let label = |year: i64| list::title(words, &list::year_key(year)).into_owned();
        let widest = wide(&label(first)).max(wide(&label(last)));
        let most = MOST_TICKS.min(((WIDTH - 2.0 * PADDING) / (widest + BETWEEN)) as i64).max(1);
        let step = steps().find(|step| (last - first) / step < most).unwrap_or(i64::MAX);
        // The year 0 is 1 BC, -9 is 10 BC.
        let before = (1..).map(|nth: i64| 1 - nth * step).take_while(|year| *year >= first);
        let mut years: Vec<i64> = before.filter(|year| *year <= last).collect();
        years.reverse();
        let start = (first.max(1) + step - 1) / step;
        years.extend((start..).map(|nth| nth * step).take_while(|year| *year <= last));
        if step == 1 {
            years.retain(|year| (first..=last).contains(year));
        }
        years.into_iter().map(|year| tick(self.start_of(year), label(year))).collect()
    }

    fn ticks_of_months(&self, words: &Messages, first: i64, last: i64) -> Vec<TickView> {
        let label = |month: i64| {
            let (name, year) = month_and_year(words, month);
            words.fill("date_month", &[("month", name), ("year", &year)])
        };
        let widest = (first..=last).map(|month| wide(&label(month))).fold(0.0, f64::max);
        let most = ((WIDTH - 2.0 * PADDING) / (widest + BETWEEN)) as i64;
        let step = [1, 2, 3, 6, 12].into_iter().find(|step| (last - first) / step < most).unwrap_or(12);
        let months = (first..=last).filter(|month| month.rem_euclid(step) == 0 || step == 1);
        months.map(|month| tick(self.x(first_of(month)), label(month))).collect()
    }

    /// Days, each in its middle.
    fn ticks_of_days(&self, words: &Messages, first: i64, last: i64) -> Vec<TickView> {
        let label = |number: i64| {
            let day = Day::from_number(number)?;
            let (name, year) = month_and_year(words, month_of(day));
            Some(words.fill("date_day", &[("day", &day.day.to_string()), ("month", name), ("year", &year)]))
        };
        let middle = |number: i64| self.x(number as f64 + 0.5);
        let widest = (first..last).filter_map(label).map(|label| wide(&label)).fold(0.0, f64::max);
        // A label at the edge is nearer to the next one than its day is.
        let room = widest + BETWEEN + (widest / 2.0 - middle(first)).max(0.0);
        let is_wide = |step: &i64| middle(first + step) - middle(first) >= room;
        let step = STEPS_OF_DAYS.into_iter().find(is_wide).unwrap_or(28);
        let days = (first..last).step_by(step as usize);
        days.filter_map(|day| Some(tick(middle(day), label(day)?))).collect()
    }
}

/// A mark with its label, which does not go over the edge.
fn tick(x: f64, label: String) -> TickView {
    let half = wide(&label) / 2.0;
    TickView { x, label_x: round(x.min(WIDTH - half).max(half)), label }
}

/// The month of a day, counted from January of the year 0.
fn month_of(day: Day) -> i64 {
    day.year * 12 + i64::from(day.month) - 1
}

/// What a month and its year are called.
fn month_and_year(words: &Messages, month: i64) -> (&str, String) {
    let year = list::year_key(month.div_euclid(12));
    (words.get(&format!("month_{}", month.rem_euclid(12) + 1)), list::title(words, &year).into_owned())
}

/// The first day of a month, counted from January of the year 0.
fn first_of(month: i64) -> f64 {
    Day { year: month.div_euclid(12), month: month.rem_euclid(12) as u8 + 1, day: 1 }.number() as f64
}

/// The years in which an extent has its ends.
pub fn years(extent: &Extent) -> impl Iterator<Item = i64> + use<> {
    [extent.possible.0, extent.possible.1].into_iter().flatten().map(|day| day.year)
}

/// Whether a year is near enough for days to be told from each other in a drawing.
pub fn can_be_drawn(year: i64) -> bool {
    year.unsigned_abs() <= FARTHEST
}

/// What people count in: 1, 2, 5, 10, 20 …
pub fn steps() -> impl Iterator<Item = i64> {
    (0..18).flat_map(|power| [1, 2, 5].map(|step| step * 10i64.pow(power)))
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::base::date::Date;
    use crate::base::messages::english;

    pub fn extents(dates: &[&str]) -> Vec<Extent> {
        dates.iter().map(|date| Date::parse(date).unwrap().extent()).collect()
    }

    #[test]
    fn years_are_marked_at_steps_that_people_count_in() {
        let labels = |dates: &[&str]| {
            let scale = Scale::of(extents(dates).iter()).unwrap();
            scale.ticks(&english()).into_iter().map(|tick| tick.label).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels(&["2015", "2018"]), "2015 2016 2017 2018 2019");
        assert_eq!(labels(&["1907", "2018"]), "1910 1920 1930 1940 1950 1960 1970 1980 1990 2000 2010");
        assert_eq!(labels(&["-0099", "0210"]), "100 BC 50 BC 50 100 150 200");
        assert_eq!(labels(&["2018-02", "2018-04"]), "February 2018 March 2018 April 2018 May 2018");
        assert_eq!(labels(&["2018-12-31", "2019-01-02"]), "31 December 2018 1 January 2019 2 January 2019");
        assert_eq!(
            labels(&["2018-03", "2018-04"]),
            "1 March 2018 15 March 2018 29 March 2018 12 April 2018 26 April 2018"
        );
        assert_eq!(
            labels(&["2017-12-31", "2018-11"]),
            "January 2018 March 2018 May 2018 July 2018 September 2018 November 2018"
        );
        assert_eq!(labels(&["-0001", "0002"]), "2 BC 1 BC 1 2 3");
        assert_eq!(labels(&["Y-99999999", "2018"]).matches("BC").count(), 5);
    }
}
