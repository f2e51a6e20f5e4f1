//! Dates as ISO 8601 has them, for what machines read: no more than is certain, at the precision at which it is.

use edtf_core::{DateField, Edtf, IntervalEndpoint};

use super::Date;

impl Date {
    /// A single date of which nothing is in doubt: `2015`, `2015-05`, `2015-05-19`.
    pub fn iso(&self) -> Option<String> {
        match &self.0.edtf {
            Edtf::Date(date) => undoubted(date),
            _ => None,
        }
    }

    /// The start and the end of an interval, each where nothing of it is in doubt: of `2015/2020~` the start alone. What
    /// has a single day starts and ends on it; what has a month or a year is known to start in that.
    pub fn iso_ends(&self) -> (Option<String>, Option<String>) {
        match &self.0.edtf {
            Edtf::Date(date) => {
                let start = undoubted(date);
                (start.clone(), start.filter(|_| date.day.is_some()))
            }
            Edtf::Interval(interval) => (undoubted_end(&interval.start), undoubted_end(&interval.end)),
            _ => (None, None),
        }
    }

    /// The time that it takes up, where nothing of it is in doubt or open: `2015-05`, `2015/2020`.
    pub fn iso_coverage(&self) -> Option<String> {
        match self.is_interval() {
            false => self.iso(),
            true => self.iso_ends().0.zip(self.iso_ends().1).map(|(start, end)| format!("{start}/{end}")),
        }
    }
}

fn undoubted_end(end: &IntervalEndpoint) -> Option<String> {
    match end {
        IntervalEndpoint::Date(date) => undoubted(date),
        _ => None,
    }
}

/// A date that its source neither doubts nor leaves open in a digit; seasons and years that have not four digits are none
/// of ISO 8601.
fn undoubted(date: &edtf_core::Date) -> Option<String> {
    if date.is_uncertain() || date.is_approximate() || date.has_unspecified() || date.year.significant_digits.is_some()
    {
        return None;
    }
    let year = date.year.value().filter(|year| (1..=9999).contains(year))?;
    let month = date.month.and_then(DateField::value);
    let day = date.day.and_then(DateField::value);
    match (month, day) {
        (None, _) => Some(format!("{year:04}")),
        (Some(month), _) if month > 12 => None,
        (Some(month), None) => Some(format!("{year:04}-{month:02}")),
        (Some(month), Some(day)) => Some(format!("{year:04}-{month:02}-{day:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_doubt_is_left_out_and_never_rounded() {
        let told = |raw: &str| {
            let date = Date::parse(raw).unwrap();
            let (start, end) = date.iso_ends();
            [date.iso(), start, end, date.iso_coverage()].map(|part| part.unwrap_or("-".to_owned())).join(" ")
        };
        for (raw, expected) in [
            ("2015", "2015 2015 - 2015"),
            ("2015-05", "2015-05 2015-05 - 2015-05"),
            ("2015-05-19", "2015-05-19 2015-05-19 2015-05-19 2015-05-19"),
            ("0044", "0044 0044 - 0044"),
            ("2015/2020", "- 2015 2020 2015/2020"),
            ("2015-05/2015-06-02", "- 2015-05 2015-06-02 2015-05/2015-06-02"),
            ("2015/2020~", "- 2015 - -"),
            ("2015?/2020", "- - 2020 -"),
            ("2015/..", "- 2015 - -"),
            ("../2020", "- - 2020 -"),
            ("2015/", "- 2015 - -"),
            ("2015~", "- - - -"),
            ("2015-05?", "- - - -"),
            ("2015-05-19%", "- - - -"),
            ("156X", "- - - -"),
            ("2015-XX", "- - - -"),
            ("2015-21", "- - - -"),
            ("[2015, 2017]", "- - - -"),
            ("-0044", "- - - -"),
            ("Y17000", "- - - -"),
        ] {
            assert_eq!(told(raw), expected, "{raw}");
        }
    }
}
