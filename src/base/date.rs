//! Dates as EDTF (ISO 8601-2:2019, annex A), levels 0 and 1, and one-of sets.
//!
//! The calendar and the syntax are the `edtf-core` crate's; here is what a knowledge base needs of
//! them: one order, words for readers, and advice for authors.

use std::cmp::Ordering;

use edtf_core::{Bound, DateField, Edtf, Interval, IntervalEndpoint, Precision, SetElement, SetKind};

/// `1815`, `1815-12-10`, `1815~`, `1815/1852`, `[1815, 1816]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    raw: String,
    edtf: Edtf,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    pub message: String,
    /// What to write.
    pub help: String,
    /// The date that was meant, where there can be only one.
    pub suggestion: Option<String>,
}

/// A day of the calendar; years count as in ISO 8601, so that 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// The last day there is, for ends that are open.
const FOREVER: Day = Day { year: i64::MAX, month: 12, day: 31 };

impl Date {
    /// Reads a date as its author wrote it.
    pub fn parse(raw: &str) -> Result<Date, DateError> {
        // EDTF has no spaces, but in a set people write them after commas, as in any list.
        let bare: String = if raw.starts_with('[') { raw.split_whitespace().collect() } else { raw.to_owned() };
        let edtf = Edtf::parse(&bare).map_err(|error| advice(raw, error.message))?;
        let refuse = |message: &str, help: &str| {
            Err(DateError { message: message.to_owned(), help: help.to_owned(), suggestion: None })
        };
        match &edtf {
            Edtf::DateTime(_) => {
                let day = raw.split('T').next().unwrap_or(raw).to_owned();
                Err(DateError {
                    message: "a date has no time of day here".to_owned(),
                    help: format!("write {day}"),
                    suggestion: Some(day),
                })
            }
            Edtf::Set(set) if set.kind == SetKind::AllMembers => refuse(
                "several dates at once are no date",
                "write an interval as 2015/2020, or one of several as [2015, 2017]",
            ),
            Edtf::Set(set) if set.elements.iter().any(|element| !matches!(element, SetElement::Date(_))) => {
                refuse("a set of dates holds single dates here", "write one of several as [2015, 2017]")
            }
            Edtf::Set(_) => Ok(Date { raw: raw.to_owned(), edtf }),
            edtf if edtf.level() > 1 => {
                refuse("this form of EDTF is of level 2, and dates here are of level 0 or 1", GENERIC_HELP)
            }
            _ => Ok(Date { raw: raw.to_owned(), edtf }),
        }
    }

    /// Where it stands among others.
    pub fn sort_key(&self) -> SortKey {
        let (earliest, latest) = (self.earliest(), self.latest());
        let precision = match &self.edtf {
            Edtf::Date(date) => precision(date.precision()),
            Edtf::Interval(interval) => match (&interval.start, &interval.end) {
                (IntervalEndpoint::Date(date), _) | (_, IntervalEndpoint::Date(date)) => precision(date.precision()),
                _ => 0,
            },
            _ => 0,
        };
        let open_start = self.is_interval() && earliest.is_none();
        SortKey {
            unknown: earliest.is_none() && latest.is_none(),
            earliest: if open_start { latest } else { earliest }.unwrap_or(FOREVER),
            precision,
            latest: latest.unwrap_or(FOREVER),
        }
    }

    /// The year under which it stands in a list; none if nothing is known.
    pub fn year(&self) -> Option<i64> {
        let key = self.sort_key();
        (!key.unknown).then_some(key.earliest.year)
    }

    /// The first day that it can mean; none where that is open or unknown.
    pub fn earliest(&self) -> Option<Day> {
        day(self.edtf.bounds().earliest)
    }

    /// The last day that it can mean; none where that is open or unknown.
    pub fn latest(&self) -> Option<Day> {
        day(self.edtf.bounds().latest)
    }

    pub fn is_approximate(&self) -> bool {
        self.edtf.is_approximate()
    }

    /// Whether its source doubts it, or leaves digits or one of several open.
    pub fn is_uncertain(&self) -> bool {
        self.edtf.is_uncertain() || self.edtf.has_unspecified() || matches!(self.edtf, Edtf::Set(_))
    }

    pub fn is_interval(&self) -> bool {
        matches!(self.edtf, Edtf::Interval(_))
    }

    /// As a person writes it: "19 May 2015", "about 2018", "2015 – 2020".
    pub fn human(&self) -> String {
        match &self.edtf {
            Edtf::Date(date) => one(date, &ENGLISH),
            Edtf::Interval(interval) => between(interval, &ENGLISH),
            Edtf::Set(set) => {
                let dates = set.elements.iter().filter_map(|element| match element {
                    SetElement::Date(date) => Some(one(date, &ENGLISH)),
                    _ => None,
                });
                dates.collect::<Vec<_>>().join(ENGLISH.or)
            }
            Edtf::DateTime(_) => self.raw.clone(),
        }
    }

    /// The value of a `datetime` attribute (HTML, section 4.5.14), if one can be given: of an
    /// interval, its start.
    pub fn html_datetime(&self) -> Option<String> {
        let date = match &self.edtf {
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

impl Ord for Date {
    fn cmp(&self, other: &Date) -> Ordering {
        self.sort_key().cmp(&other.sort_key()).then_with(|| self.raw.cmp(&other.raw))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Date) -> Option<Ordering> {
        Some(self.cmp(other))
    }
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

/// The words of one language for dates.
struct Words {
    months: [&'static str; 12],
    seasons: [&'static str; 4],
    about: &'static str,
    possibly: &'static str,
    since: &'static str,
    until: &'static str,
    unknown: &'static str,
    or: &'static str,
    before_era: &'static str,
    some_month: &'static str,
    some_day: &'static str,
}

const ENGLISH: Words = Words {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    seasons: ["spring", "summer", "autumn", "winter"],
    about: "about ",
    possibly: "possibly ",
    since: "since ",
    until: "until ",
    unknown: "unknown",
    or: " or ",
    before_era: " BC",
    some_month: "some month of ",
    some_day: "some day in ",
};

fn one(date: &edtf_core::Date, words: &Words) -> String {
    let mut text = String::new();
    if date.is_uncertain() {
        text.push_str(words.possibly);
    }
    if date.is_approximate() {
        text.push_str(words.about);
    }
    let year = year_words(date, words);
    let Some(month) = date.month else { return text + &year };
    match (month.value(), date.day.map(DateField::value)) {
        (None, _) => text + words.some_month + &year,
        (Some(season @ 21..=24), _) => text + words.seasons[usize::from(season - 21)] + " " + &year,
        (Some(month @ 1..=12), day) => {
            let month = words.months[usize::from(month - 1)];
            match day {
                None => text + month + " " + &year,
                Some(None) => text + words.some_day + month + " " + &year,
                Some(Some(day)) => text + &format!("{day} {month} {year}"),
            }
        }
        (Some(_), _) => text + &year,
    }
}

fn year_words(date: &edtf_core::Date, words: &Words) -> String {
    if let Some(year) = date.year.value() {
        // Year 0 of ISO 8601 is 1 BC.
        return if year > 0 { year.to_string() } else { format!("{}{}", 1 - year, words.before_era) };
    }
    let edtf_core::YearKind::Standard { negative, digits } = date.year.kind else { return words.unknown.to_owned() };
    let known: String = digits.iter().map(|digit| digit.map_or('0', |digit| char::from(b'0' + digit))).collect();
    let known = known.trim_start_matches('0');
    match (digits, negative) {
        ([None, ..], _) | (_, true) => words.unknown.to_owned(),
        // "2010s" and "1900s": the decade and the century.
        _ => format!("{known}s"),
    }
}

fn between(interval: &Interval, words: &Words) -> String {
    use IntervalEndpoint::{Date, Open, Unknown};
    let end = |endpoint: &IntervalEndpoint| match endpoint {
        Date(date) => one(date, words),
        _ => words.unknown.to_owned(),
    };
    match (&interval.start, &interval.end) {
        (Date(start), Open) => format!("{}{}", words.since, one(start, words)),
        (Open, Date(last)) => format!("{}{}", words.until, one(last, words)),
        (start, last) if matches!(start, Open | Unknown) && matches!(last, Open | Unknown) => words.unknown.to_owned(),
        (start, last) => format!("{} – {}", end(start), end(last)),
    }
}

const GENERIC_HELP: &str = "write 2015-05, or 2015-05-19, or 2015~ for \"about 2015\"";

/// What to write in the place of a text that is no date.
fn advice(raw: &str, reason: &str) -> DateError {
    let meant = |dates: Vec<String>| {
        let good: Vec<String> = dates.into_iter().filter(|date| Edtf::parse(date).is_ok()).collect();
        (!good.is_empty()).then(|| {
            let suggestion = (good.len() == 1).then(|| good[0].clone());
            (format!("write {}", good.join(" or ")), suggestion)
        })
    };
    let guess = meant(guesses(raw));
    let (help, suggestion) = guess.unwrap_or_else(|| (GENERIC_HELP.to_owned(), None));
    DateError { message: reason.trim_end_matches('.').to_owned(), help, suggestion }
}

/// The dates that a text can have meant.
fn guesses(raw: &str) -> Vec<String> {
    let lower = raw.trim().to_lowercase();
    for about in ["c. ", "ca. ", "c.", "ca ", "circa ", "about ", "around ", "~"] {
        if let Some(rest) = lower.strip_prefix(about) {
            let exact = if Edtf::parse(rest.trim()).is_ok() { vec![rest.trim().to_owned()] } else { guesses(rest) };
            return exact.into_iter().map(|date| date + "~").collect();
        }
    }
    if let Some(decade) = lower.strip_suffix("0s").filter(|rest| rest.len() == 3) {
        return vec![format!("{decade}X")];
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "of").collect();
    let number = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let year = |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let month = |word: &str| {
        let found = ENGLISH.months.iter().position(|name| word.len() >= 3 && name.to_lowercase().starts_with(word));
        found.map(|month| month as u32 + 1)
    };
    let season = |word: &str| ENGLISH.seasons.iter().position(|name| *name == word).map(|season| season as u32 + 21);
    match words.as_slice() {
        [first, second] if year(first) && year(second) => vec![format!("{first}/{second}")],
        [name, y] if year(y) && month(name).is_some() => vec![format!("{y}-{:02}", month(name).unwrap_or(0))],
        [name, y] if year(y) && season(name).is_some() => vec![format!("{y}-{:02}", season(name).unwrap_or(0))],
        ["early" | "mid" | "late", y] if year(y) => vec![format!("{y}~")],
        [y, m] if year(y) => number(m).map(|m| format!("{y}-{m:02}")).into_iter().collect(),
        [y, m, d, ..] if year(y) => match (number(m), number(d)) {
            (Some(m), Some(d)) => vec![format!("{y}-{m:02}-{d:02}")],
            _ => Vec::new(),
        },
        [a, b, y] if year(y) => match (month(a), month(b), number(a), number(b)) {
            (Some(m), _, _, Some(d)) | (_, Some(m), Some(d), _) => vec![format!("{y}-{m:02}-{d:02}")],
            (None, None, Some(a), Some(b)) => {
                // Day first, and month first: both, where both are dates.
                let mut both = vec![format!("{y}-{b:02}-{a:02}"), format!("{y}-{a:02}-{b:02}")];
                both.dedup();
                both
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(raw: &str) -> Date {
        Date::parse(raw).unwrap_or_else(|error| panic!("{raw}: {error:?}"))
    }

    #[test]
    fn dates_are_shown_as_a_person_writes_them() {
        for (raw, human) in [
            ("2015-05-19", "19 May 2015"),
            ("2018-06", "June 2018"),
            ("2015", "2015"),
            ("2018~", "about 2018"),
            ("2018?", "possibly 2018"),
            ("2018%", "possibly about 2018"),
            ("2015/2020", "2015 – 2020"),
            ("2015-05/2016-06-01", "May 2015 – 1 June 2016"),
            ("2015/..", "since 2015"),
            ("../2020", "until 2020"),
            ("2015/", "2015 – unknown"),
            ("2018-21", "spring 2018"),
            ("201X", "2010s"),
            ("19XX", "1900s"),
            ("2015-XX", "some month of 2015"),
            ("2015-05-XX", "some day in May 2015"),
            ("[2015, 2017]", "2015 or 2017"),
            ("-0043", "44 BC"),
        ] {
            assert_eq!(date(raw).human(), human, "{raw}");
        }
    }

    #[test]
    fn what_is_no_date_is_answered_with_what_was_meant() {
        for (raw, help) in [
            ("May of 2015", "write 2015-05"),
            ("19 May 2015", "write 2015-05-19"),
            ("May 19, 2015", "write 2015-05-19"),
            ("2015/05/19", "write 2015-05-19"),
            ("05/19/2015", "write 2015-05-19"),
            ("05/06/2015", "write 2015-06-05 or 2015-05-06"),
            ("2015-5-3", "write 2015-05-03"),
            ("c. 2015", "write 2015~"),
            ("early 2020", "write 2020~"),
            ("2015-2020", "write 2015/2020"),
            ("2020s", "write 202X"),
            ("2015-05-19T10:00:00", "write 2015-05-19"),
            ("soon", GENERIC_HELP),
        ] {
            assert_eq!(Date::parse(raw).unwrap_err().help, help, "{raw}");
        }
        assert!(Date::parse("2015-02-30").is_err());
        assert!(Date::parse("{2015, 2016}").is_err());
    }

    #[test]
    fn the_order_is_by_start_then_precision_then_end() {
        let order = ["../2014", "2015", "2015/2016", "2015-01", "2015-01-01", "2015-05-19", "2016~"];
        let mut sorted: Vec<Date> = order.iter().rev().map(|raw| date(raw)).collect();
        sorted.sort();
        assert_eq!(sorted.iter().map(|date| date.raw.as_str()).collect::<Vec<_>>(), order);
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
        #[test]
        fn a_date_keeps_its_text_and_has_words(raw in any_date()) {
            if let Ok(date) = Date::parse(&raw) {
                prop_assert_eq!(date.raw.as_str(), &raw);
                prop_assert!(!date.human().is_empty());
            }
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
