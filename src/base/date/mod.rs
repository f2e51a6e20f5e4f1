//! Dates as EDTF (ISO 8601-2:2019, annex A), levels 0 and 1, and one-of sets.
//!
//! The calendar and the syntax are the `edtf-core` crate's; here is what a knowledge base needs of
//! them: one order, words for readers, and advice for authors.

mod advice;
mod human;
mod iso;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use edtf_core::{Bound, DateField, Edtf, Interval, IntervalEndpoint, Precision, SetElement, SetKind};
use serde::{Deserialize, Serialize};

pub use advice::DateError;
use advice::{GENERIC_HELP, advice};

/// `1815`, `1815-12-10`, `1815~`, `1815/1852`, `[1815, 1816]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(Box<Known>);

/// Of how it is written.
impl Hash for Date {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.raw.hash(state);
    }
}

/// What is known of a date. It stands apart from its place: most places for a date hold none.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    raw: Box<str>,
    edtf: Edtf,
    /// Where it stands among others: known once, asked in every comparison.
    sort_key: SortKey,
}

/// What a date looks like to a tool that knows no calendar, as a regular expression: it takes every date, and refuses
/// most of what is none. A whole number is a year.
pub fn pattern() -> String {
    // A season counts as a month from 21 on.
    let month = "(0[1-9]|1[0-2]|2[1-4]|[01X]X)";
    let day = "(0[1-9]|[12][0-9]|3[01]|[0-3X]X)";
    let single = format!("(-?[0-9X]{{4}}(-{month}(-{day})?)?|Y-?[0-9]{{5,}})[?~%]?");
    let end = format!("({single}|\\.\\.)?");
    let set = format!("\\[\\s*{single}(\\s*,\\s*{single})*\\s*\\]");
    let timed = "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9].*:.*";
    format!("{single}|{end}/{end}|{set}|{timed}")
}

/// A day of the calendar; years count as in ISO 8601, so that 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    pub year: i64,
    pub month: u8,
    pub day: u8,
}

/// Where a date stands among others: by its earliest day, the coarser first ("2018" heads its
/// year), then by its latest day. An interval stands at its start, one with an open start at its
/// end, and what is wholly unknown comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    unknown: bool,
    earliest: Day,
    precision: u8,
    latest: Day,
}

/// When something was, as far as a date tells: the days on which it may have been, and those on which it surely was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The first and the last day that are possible; none where that end is open or unknown.
    pub possible: (Option<Day>, Option<Day>),
    /// The first and the last day that are certain, the last none where it goes on: of `2015/2020` from the end of
    /// 2015 to the start of 2020; of `2018`, which is some day of that year, none. Nothing is certain about what is
    /// approximate.
    pub certain: Option<(Day, Option<Day>)>,
    /// Whether it goes on, as `2015/..` says.
    pub goes_on: bool,
}

/// The last day there is, for ends that are open.
const FOREVER: Day = Day { year: i64::MAX, month: 12, day: 31 };

impl Date {
    /// Reads a date as its author wrote it.
    pub fn parse(raw: &str) -> Result<Date, DateError> {
        // EDTF has no spaces, but in a set people write them after commas, as in any list.
        let bare: String = if raw.starts_with('[') { raw.split_whitespace().collect() } else { raw.to_owned() };
        let bare = without_time(&bare);
        let edtf = Edtf::parse(bare).map_err(|error| advice(raw, error.message))?;
        let refuse = |message: &str, help: &str| {
            Err(DateError {
                message: Some(message.to_owned()),
                help: help.to_owned(),
                suggestion: None,
                is_reversed: false,
            })
        };
        match &edtf {
            Edtf::DateTime(_) => refuse("a date has no time of day here", GENERIC_HELP),
            Edtf::Set(set) if set.kind == SetKind::AllMembers => refuse(
                "several dates at once are no date",
                "write an interval as 2015/2020, or one of several as [2015, 2017]",
            ),
            Edtf::Set(set) if set.elements.iter().any(|element| !matches!(element, SetElement::Date(_))) => {
                refuse("a set of dates holds single dates here", "write one of several as [2015, 2017]")
            }
            Edtf::Set(_) => Ok(Date::of(raw, edtf)),
            edtf if edtf.level() > 1 => {
                refuse("this form of EDTF is of level 2, and dates here are of level 0 or 1", GENERIC_HELP)
            }
            _ => Ok(Date::of(raw, edtf)),
        }
    }

    /// Where it stands among others.
    pub fn sort_key(&self) -> SortKey {
        self.0.sort_key
    }

    fn of(raw: &str, edtf: Edtf) -> Date {
        let bounds = edtf.bounds();
        let (earliest, latest) = (day(bounds.earliest), day(bounds.latest));
        let precision = match &edtf {
            Edtf::Date(date) => precision(date.precision()),
            Edtf::Interval(interval) => match (&interval.start, &interval.end) {
                (IntervalEndpoint::Date(date), _) | (_, IntervalEndpoint::Date(date)) => precision(date.precision()),
                _ => 0,
            },
            _ => 0,
        };
        let open_start = matches!(edtf, Edtf::Interval(_)) && earliest.is_none();
        let sort_key = SortKey {
            unknown: earliest.is_none() && latest.is_none(),
            earliest: if open_start { latest } else { earliest }.unwrap_or(FOREVER),
            precision,
            latest: latest.unwrap_or(FOREVER),
        };
        Date(Box::new(Known { raw: raw.into(), edtf, sort_key }))
    }

    /// The year under which it stands in a list; none if nothing is known.
    pub fn year(&self) -> Option<i64> {
        let key = self.sort_key();
        (!key.unknown).then_some(key.earliest.year)
    }

    /// The first day that it can mean; none where that is open or unknown.
    pub fn earliest(&self) -> Option<Day> {
        day(self.0.edtf.bounds().earliest)
    }

    /// The last day that it can mean; none where that is open or unknown.
    pub fn latest(&self) -> Option<Day> {
        day(self.0.edtf.bounds().latest)
    }

    /// What it tells of when something was.
    pub fn extent(&self) -> Extent {
        let certain = match &self.0.edtf {
            Edtf::Date(date)
                if date.precision() == Precision::Day && !self.is_uncertain() && !self.is_approximate() =>
            {
                self.earliest().map(|day| (day, Some(day)))
            }
            Edtf::Interval(interval) if !self.is_uncertain() && !self.is_approximate() => {
                match (&interval.start, &interval.end) {
                    (IntervalEndpoint::Date(start), IntervalEndpoint::Date(end)) => {
                        let (start, end) = (bounds(start).1, bounds(end).0);
                        start.zip(end).filter(|(start, end)| start <= end).map(|(start, end)| (start, Some(end)))
                    }
                    (IntervalEndpoint::Date(start), IntervalEndpoint::Open) => {
                        bounds(start).1.map(|start| (start, None))
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        let goes_on = matches!(&self.0.edtf, Edtf::Interval(Interval { end: IntervalEndpoint::Open, .. }));
        Extent { possible: (self.earliest(), self.latest()), certain, goes_on }
    }

    /// The first and the last of all days on which it may have been; of what has no end, those on which it may have begun,
    /// and of what has no beginning, those on which it may have ended. None where nothing is known, or no year.
    pub fn span(&self) -> Option<(Day, Day)> {
        let (first, last) = match &self.0.edtf {
            Edtf::Interval(Interval { start: IntervalEndpoint::Date(start), end }) if !has_day(end) => bounds(start),
            Edtf::Interval(Interval { start, end: IntervalEndpoint::Date(end) }) if !has_day(start) => bounds(end),
            _ => (self.earliest(), self.latest()),
        };
        first.zip(last)
    }

    pub fn is_approximate(&self) -> bool {
        self.0.edtf.is_approximate()
    }

    /// Whether its source doubts it, or leaves digits or one of several open.
    pub fn is_uncertain(&self) -> bool {
        self.0.edtf.is_uncertain() || self.0.edtf.has_unspecified() || matches!(self.0.edtf, Edtf::Set(_))
    }

    pub fn is_interval(&self) -> bool {
        matches!(self.0.edtf, Edtf::Interval(_))
    }

    /// The value of a `datetime` attribute (HTML, section 4.5.14), if one can be given: of an
    /// interval, its start.
    pub fn html_datetime(&self) -> Option<String> {
        let date = match &self.0.edtf {
            Edtf::Date(date) => date,
            Edtf::Interval(Interval { start: IntervalEndpoint::Date(date), .. }) => date,
            _ => return None,
        };
        let year = date.year.value().filter(|year| (1..=9999).contains(year))?;
        let month = date.month.and_then(DateField::value).filter(|month| *month <= 12);
        let day = date.day.and_then(DateField::value);
        Some(match (month, day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}"),
        })
    }
}

impl Day {
    /// When it begins, as RFC 3339 has it: `2015-05-19T00:00:00Z`.
    pub fn rfc3339(self) -> String {
        format!("{self}T00:00:00Z")
    }

    /// The day after it; none at the end of the years that [`Day::number`] knows.
    pub fn next(self) -> Option<Day> {
        Day::from_number(self.number() + 1)
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, by Howard Hinnant's `days_from_civil`
    /// (https://howardhinnant.github.io/date_algorithms.html).
    /// Years of more than 15 digits count as the last of 15.
    pub fn number(self) -> i64 {
        const FARTHEST: i64 = 999_999_999_999_999;
        let year = self.year.clamp(-FARTHEST, FARTHEST);
        let year = if self.month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day of this number, by Hinnant's `civil_from_days`; none for years of more digits than [`Day::number`] knows.
    pub fn from_number(number: i64) -> Option<Day> {
        let shifted = number.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = u8::try_from(of_year - (153 * shifted_month + 2) / 5 + 1).ok()?;
        let month = u8::try_from(if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 }).ok()?;
        Some(Day { year: year_of_era + era * 400 + i64::from(month <= 2), month, day })
    }
}

/// `2015-05-19`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// As its author wrote it.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.raw)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.0.raw.into()
    }
}

impl TryFrom<String> for Date {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Date, &'static str> {
        Date::parse(&raw).map_err(|_| "this is no date")
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Date) -> Ordering {
        self.sort_key().cmp(&other.sort_key()).then_with(|| self.0.raw.cmp(&other.0.raw))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Date) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The day of a day with a time, as other tools write it: `2024-01-02T10:00:00Z`, `2024-01-02 10:00`.
fn without_time(raw: &str) -> &str {
    match raw.split_once(['T', ' ']) {
        Some((day, time))
            if day.len() == 10 && time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            day
        }
        _ => raw,
    }
}

/// Whether an end of an interval is a date.
fn has_day(end: &IntervalEndpoint) -> bool {
    matches!(end, IntervalEndpoint::Date(_))
}

/// The first and the last day of a single date.
fn bounds(date: &edtf_core::Date) -> (Option<Day>, Option<Day>) {
    let bounds = Edtf::Date(*date).bounds();
    (day(bounds.earliest), day(bounds.latest))
}

fn day(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(date) => Some(Day { year: date.year, month: date.month, day: date.day }),
        _ => None,
    }
}

fn precision(precision: Precision) -> u8 {
    match precision {
        Precision::Year => 0,
        Precision::Season => 1,
        Precision::Month => 2,
        Precision::Day => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tests::cases;
    use proptest::prelude::*;

    fn date(raw: &str) -> Date {
        Date::parse(raw).unwrap_or_else(|error| panic!("{raw}: {error:?}"))
    }

    #[test]
    fn the_order_is_by_start_then_precision_then_end() {
        let order = ["../2014", "2015", "2015/2016", "2015-01", "2015-01-01", "2015-05-19", "2016~"];
        let mut sorted: Vec<Date> = order.iter().rev().map(|raw| date(raw)).collect();
        sorted.sort();
        assert_eq!(sorted.iter().map(|date| &*date.0.raw).collect::<Vec<_>>(), order);
    }

    #[test]
    fn a_date_spans_the_days_on_which_it_may_have_been() {
        let span = |raw: &str| date(raw).span().map(|(first, last)| format!("{first}/{last}"));
        for (raw, days) in [
            ("2015-05-19", "2015-05-19/2015-05-19"),
            ("2016-02", "2016-02-01/2016-02-29"),
            ("2018~", "2018-01-01/2018-12-31"),
            ("201X", "2010-01-01/2019-12-31"),
            ("2015/2020-03", "2015-01-01/2020-03-31"),
            ("[2015, 2017]", "2015-01-01/2017-12-31"),
            ("2015-05/..", "2015-05-01/2015-05-31"),
            ("2015-05/", "2015-05-01/2015-05-31"),
            ("../2018", "2018-01-01/2018-12-31"),
            ("/2018-02-03", "2018-02-03/2018-02-03"),
        ] {
            assert_eq!(span(raw).as_deref(), Some(days), "{raw}");
        }
    }

    #[test]
    fn what_is_certain_is_told_from_what_is_possible() {
        let days = |raw: &str| {
            let extent = date(raw).extent();
            let text = |day: Option<Day>| {
                day.map_or("..".to_owned(), |day| format!("{}-{:02}-{:02}", day.year, day.month, day.day))
            };
            let certain = extent.certain.map_or("nothing".to_owned(), |(from, to)| text(Some(from)) + "/" + &text(to));
            format!("{}/{} of which {certain}", text(extent.possible.0), text(extent.possible.1))
        };
        assert_eq!(days("2018-06-15"), "2018-06-15/2018-06-15 of which 2018-06-15/2018-06-15");
        assert_eq!(days("2018"), "2018-01-01/2018-12-31 of which nothing");
        assert_eq!(days("2018-06-15?"), "2018-06-15/2018-06-15 of which nothing");
        assert_eq!(days("2015/2020"), "2015-01-01/2020-12-31 of which 2015-12-31/2020-01-01");
        assert_eq!(days("2018/.."), "2018-01-01/.. of which 2018-12-31/..");
        assert_eq!(days("../2018"), "../2018-12-31 of which nothing");
        assert_eq!(days("2018/"), "2018-01-01/.. of which nothing");
        assert_eq!(days("2005~/2010"), "2005-01-01/2010-12-31 of which nothing");
        assert!(date("2018/..").extent().goes_on && !date("2018/").extent().goes_on);
    }

    #[test]
    fn what_is_no_date_seldom_looks_like_one() {
        let pattern = regex::Regex::new(&format!("^({})$", pattern())).unwrap();
        for date in [
            "2015",
            "-0044",
            "156X",
            "2015-05-19?",
            "2015-21",
            "2015-XX",
            "2015/..",
            "../2015~",
            "Y17000000",
            "[2015, 2017]",
        ] {
            assert!(pattern.is_match(date), "{date}");
        }
        for other in ["May of 2015", "2015-5", "2015-13", "2015-02-32", "2015-2020", "19.5.2015", "[2015", ""] {
            assert!(!pattern.is_match(other), "{other}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let number = |year, month, day| Day { year, month, day }.number();
        assert_eq!(
            [number(1970, 1, 1), number(2000, 3, 1), number(1969, 12, 31), number(0, 3, 1)],
            [0, 11017, -1, -719_468]
        );
        for number in (-1_000_000..1_000_000).step_by(997) {
            assert_eq!(Day::from_number(number).map(Day::number), Some(number));
        }
    }

    fn any_date() -> impl Strategy<Value = String> {
        let day = (-50i64..2100, 1u8..13, 1u8..29, 0u8..4).prop_map(|(y, m, d, form)| {
            let year = if y < 0 { format!("-{:04}", -y) } else { format!("{y:04}") };
            match form {
                0 => year,
                1 => format!("{year}-{m:02}"),
                2 => format!("{year}-{m:02}-{d:02}"),
                _ => format!("{year}~"),
            }
        });
        prop_oneof![day.clone(), (day.clone(), day).prop_map(|(a, b)| format!("{a}/{b}")), "[0-9X~?%/.-]{4,12}"]
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn a_date_keeps_its_text_and_has_words(raw in any_date()) {
            if let Ok(date) = Date::parse(&raw) {
                prop_assert_eq!(&*date.0.raw, &raw);
                prop_assert!(!date.human(&crate::base::messages::english()).is_empty());
            }
        }

        #[test]
        fn every_date_looks_like_one(raw in prop_oneof![any_date(), "\\[[0-9X]{4}, [0-9]{4}\\]", "[0-9XY?~%T:/. -]{4,24}", "20[12X][0-9X]-[0-3X][0-9X](-[0-3X][0-9X])?"]) {
            let pattern = regex::Regex::new(&format!("^({})$", pattern())).unwrap();
            prop_assert!(Date::parse(&raw).is_err() || pattern.is_match(&raw), "{}", raw);
        }

        #[test]
        fn any_text_is_a_date_or_is_answered(raw in any::<String>()) {
            if let Err(error) = Date::parse(&raw) {
                prop_assert!(!error.help.is_empty());
                if let Some(date) = error.suggestion {
                    prop_assert!(Date::parse(&date).is_ok(), "{}", date);
                }
            }
        }

        #[test]
        fn the_order_is_total(a in any_date(), b in any_date(), c in any_date()) {
            if let (Ok(a), Ok(b), Ok(c)) = (Date::parse(&a), Date::parse(&b), Date::parse(&c)) {
                prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
                if a <= b && b <= c {
                    prop_assert!(a <= c);
                }
            }
        }
    }
}
