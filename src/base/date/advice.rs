//! What an author meant who wrote no date.

use edtf_core::Edtf;

pub const GENERIC_HELP: &str = "write 2015-05, or 2015-05-19, or 2015~ for \"about 2015\"";

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong; none where the help says it all.
    pub message: Option<String>,
    /// What to write.
    pub help: String,
    /// The date that was meant, where there can be only one.
    pub suggestion: Option<String>,
    /// Whether it is an interval that ends before it begins.
    pub is_reversed: bool,
}

/// As English authors write them.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];

/// What to write in the place of a text that is no date.
pub fn advice(raw: &str, reason: &str) -> DateError {
    let meant = |dates: Vec<String>| {
        let good: Vec<String> = dates.into_iter().filter(|date| Edtf::parse(date).is_ok()).collect();
        (!good.is_empty()).then(|| {
            // "Early 2015" says more than any of our dates can.
            let is_whole = !["early", "mid", "late"].iter().any(|part| raw.trim().to_lowercase().starts_with(part));
            let suggestion = (good.len() == 1 && is_whole).then(|| good[0].clone());
            (format!("write {}", good.join(" or ")), suggestion)
        })
    };
    if let Some(date) = reversed(raw) {
        let message = Some("it ends before it begins".to_owned());
        return DateError { message, help: format!("write {date}"), suggestion: Some(date), is_reversed: true };
    }
    match meant(guesses(raw)) {
        // Where it is clear what was meant, why it could not be read helps nobody.
        Some((help, suggestion)) => DateError { message: None, help, suggestion, is_reversed: false },
        None => {
            let message = Some(reason.trim_end_matches('.').to_owned());
            DateError { message, help: GENERIC_HELP.to_owned(), suggestion: None, is_reversed: false }
        }
    }
}

/// An interval that ends before it begins, the right way round.
fn reversed(raw: &str) -> Option<String> {
    let (start, end) = raw.trim().split_once('/')?;
    let date = format!("{end}/{start}");
    Edtf::parse(&date).is_ok().then_some(date)
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
        let found = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word));
        found.map(|month| month as u32 + 1)
    };
    let season = |word: &str| SEASONS.iter().position(|name| *name == word).map(|season| season as u32 + 21);
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
    use super::super::Date;
    use super::*;

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
            ("2020-02/2020-01", "write 2020-01/2020-02"),
            ("soon", GENERIC_HELP),
        ] {
            assert_eq!(Date::parse(raw).unwrap_err().help, help, "{raw}");
        }
        for raw in ["2015-02-30", "{2015, 2016}", "[2015..]", "2015-05-19/2015-05-19T10:00:00"] {
            assert!(Date::parse(raw).is_err(), "{raw}");
        }
    }
}
