//! Dates as a person writes them, in the words of the interface.

use edtf_core::{DateField, Edtf, Interval, IntervalEndpoint, SetElement, YearKind};

use super::Date;
use crate::base::messages::Messages;

impl Date {
    /// As a person writes it: "19 May 2015", "about 2018", "2015 – 2020".
    pub fn human(&self, words: &Messages) -> String {
        match &self.0.edtf {
            Edtf::Date(date) => one(date, words),
            Edtf::Interval(interval) => between(interval, words),
            Edtf::Set(set) => {
                let dates = set.elements.iter().filter_map(|element| match element {
                    SetElement::Date(date) => Some(one(date, words)),
                    _ => None,
                });
                dates.reduce(|a, b| words.fill("date_or", &[("a", &a), ("b", &b)])).unwrap_or_default()
            }
            Edtf::DateTime(_) => self.0.raw.to_string(),
        }
    }
}

/// A year as people count: 0 of ISO 8601 is 1 BC.
fn year(year: i64, words: &Messages) -> String {
    match year {
        1.. => year.to_string(),
        _ => words.fill("date_before_era", &[("year", &(1 - i128::from(year)).to_string())]),
    }
}

fn one(date: &edtf_core::Date, words: &Messages) -> String {
    let mut text = exact(date, words);
    if date.is_approximate() {
        text = words.fill("date_about", &[("date", &text)]);
    }
    if date.is_uncertain() {
        text = words.fill("date_possibly", &[("date", &text)]);
    }
    text
}

fn exact(date: &edtf_core::Date, words: &Messages) -> String {
    let year = of_year(date, words);
    let Some(month) = date.month else { return year };
    let (month, day) = (month.value(), date.day.map(DateField::value));
    let named = |month: u8| words.get(&format!("month_{month}"));
    match (month, day) {
        (None, Some(_)) => words.fill("date_some_day_of_year", &[("year", &year)]),
        (None, None) => words.fill("date_some_month", &[("year", &year)]),
        (Some(season @ 21..=24), _) => {
            let season = words.get(&format!("season_{}", season - 20));
            words.fill("date_month", &[("month", season), ("year", &year)])
        }
        (Some(month @ 1..=12), None) => words.fill("date_month", &[("month", named(month)), ("year", &year)]),
        (Some(month @ 1..=12), Some(None)) => words.fill("date_some_day", &[("month", named(month)), ("year", &year)]),
        (Some(month @ 1..=12), Some(Some(day))) => {
            words.fill("date_day", &[("day", &day.to_string()), ("month", named(month)), ("year", &year)])
        }
        _ => year,
    }
}

fn of_year(date: &edtf_core::Date, words: &Messages) -> String {
    if let Some(value) = date.year.value() {
        return year(value, words);
    }
    let unknown = || words.get("date_unknown").to_owned();
    let YearKind::Standard { negative: false, digits } = date.year.kind else { return unknown() };
    let with = |open: u8| {
        let year = digits.iter().fold(0u32, |year, digit| year * 10 + u32::from(digit.unwrap_or(open)));
        year.to_string()
    };
    match digits {
        [Some(_), Some(_), Some(_), None] => words.fill("date_decade", &[("year", &with(0))]),
        [Some(_), ..] => words.fill("date_some_year", &[("start", &with(0)), ("end", &with(9))]),
        _ => unknown(),
    }
}

fn between(interval: &Interval, words: &Messages) -> String {
    use IntervalEndpoint::{Date, Open};
    let end = |endpoint: &IntervalEndpoint| match endpoint {
        Date(date) => one(date, words),
        _ => words.get("date_unknown").to_owned(),
    };
    match (&interval.start, &interval.end) {
        (Date(start), Open) => words.fill("date_since", &[("date", &one(start, words))]),
        (Open, Date(last)) => words.fill("date_until", &[("date", &one(last, words))]),
        (Date(_), _) | (_, Date(_)) => {
            words.fill("date_between", &[("start", &end(&interval.start)), ("end", &end(&interval.end))])
        }
        _ => words.get("date_unknown").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::messages::english;

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
            ("19XX", "some year from 1900 to 1999"),
            ("00XX", "some year from 0 to 99"),
            ("2015-XX", "some month of 2015"),
            ("2015-05-XX", "some day in May 2015"),
            ("2015-XX-XX", "some day of 2015"),
            ("[2015, 2017]", "2015 or 2017"),
            ("-0043", "44 BC"),
            ("2024-01-02T10:00:00Z", "2 January 2024"),
            ("2024-01-02 10:00", "2 January 2024"),
        ] {
            assert_eq!(Date::parse(raw).unwrap().human(&english()), human, "{raw}");
        }
    }
}
