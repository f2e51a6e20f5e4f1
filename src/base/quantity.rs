//! Quantities as sources give them: `about 2.9 billion USD`, `over 86 percent`, `5 to 6 years`.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::ecma_regex;

/// An amount with its unit, and how exactly its source knew it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    text: String,
    amount: f64,
}

/// Why a text is no quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityError {
    pub message: String,
    pub help: String,
}

/// How a source qualifies a number. They are kept as written.
const QUALIFIERS: [&str; 13] = [
    "about",
    "around",
    "roughly",
    "approximately",
    "over",
    "more than",
    "at least",
    "up to",
    "at most",
    "less than",
    "under",
    "nearly",
    "almost",
];

/// Words for powers of ten.
const SCALES: [(&str, f64); 11] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("k", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("bn", 1e9),
    ("b", 1e9),
    ("tn", 1e12),
    ("t", 1e12),
];

/// Signs that qualify a number.
const SIGNS: [char; 8] = ['~', '≈', '<', '>', '≤', '≥', '+', ' '];

/// Signs that stand before a number.
const CURRENCIES: [&str; 6] = ["US$", "$", "€", "£", "¥", "RMB"];

impl Quantity {
    /// Reads `[qualifier] number [scale] [unit]`.
    pub fn parse(raw: &str) -> Result<Quantity, QuantityError> {
        let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = text.to_ascii_lowercase();
        let qualifier =
            QUALIFIERS.iter().find(|word| lower.strip_prefix(*word).is_some_and(|rest| rest.starts_with(' ')));
        let mut at = qualifier.map_or(0, |word| word.len() + 1);
        at += text[at..].len() - text[at..].trim_start_matches(SIGNS).len();
        at = behind_currency(&text, at);
        let Some((amount, end)) = number(&text, at) else {
            let first = text[at..].split(' ').next().unwrap_or("");
            let message = match first {
                "" => "there is no number in it".to_owned(),
                word => format!("\"{word}\" is no number"),
            };
            let known = QUALIFIERS.join(", ");
            let help = format!("write it as 2.9 billion USD; before the number may stand {known}");
            return Err(QuantityError { message, help });
        };
        // A range: its lower end is the amount.
        let mut at = end;
        for dash in [" to ", " – ", "–", " - ", "-"] {
            let other = text[at..].strip_prefix(dash).map(|_| behind_currency(&text, at + dash.len()));
            if let Some((_, end)) = other.and_then(|other| number(&text, other)) {
                at = end;
                break;
            }
        }
        let rest = &text[at..];
        let word = rest.trim_start().split(' ').next().unwrap_or("").to_lowercase();
        // A single letter is a power of ten only right behind its number: "5 m" may be metres.
        let is_joined = !rest.starts_with(' ');
        let scale = SCALES.iter().find(|(name, _)| *name == word && (name.len() > 1 || is_joined));
        let scale = scale.map_or(1.0, |(_, power)| *power);
        Ok(Quantity { amount: amount * scale, text })
    }

    /// What a quantity looks like to other tools, as a regular expression: it takes every quantity, and refuses most of
    /// what is none.
    pub fn pattern() -> String {
        let qualifiers = QUALIFIERS.map(ecma_regex::loosely).join("|");
        let currencies = CURRENCIES.map(ecma_regex::exactly).join("|");
        let signs: String = SIGNS.iter().collect();
        format!("(({qualifiers})\\s+)?[{signs}\\s]*-?({currencies}|[A-Z]{{3}})?\\s*[-−]?\\.?[0-9]")
    }

    /// As a person writes it.
    pub fn human(&self) -> String {
        self.text.clone()
    }

    /// The number with its scale, for sorting; of a range the lower end.
    pub fn amount(&self) -> f64 {
        self.amount
    }
}

/// Where the number begins at or behind `at`: a currency's sign or its code of three letters may stand before it.
fn behind_currency(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let minus = if rest.starts_with('-') && rest[1..].starts_with(|c: char| "$€£¥".contains(c)) { 1 } else { 0 };
    let sign = CURRENCIES.iter().find(|sign| rest[minus..].starts_with(*sign)).map_or(0, |sign| sign.len() + minus);
    let code = rest.find(|c: char| !c.is_ascii_uppercase()).filter(|length| sign == 0 && *length == 3).unwrap_or(0);
    let skipped = sign.max(code);
    at + skipped + rest[skipped..].len() - rest[skipped..].trim_start().len()
}

/// The number at `at`, with `,` or a space between thousands, and where it ends.
fn number(text: &str, at: usize) -> Option<(f64, usize)> {
    let minus = ["-", "−"].into_iter().find(|minus| text[at..].starts_with(minus)).unwrap_or("");
    let start = at + minus.len();
    if text[start..].starts_with(',') {
        return None;
    }
    let digits =
        text[start..].find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len() - start);
    let mut written = text[start..start + digits].trim_end_matches(['.', ',']).to_owned();
    let mut end = start + written.len();
    // Groups of three behind a space go on the number, if it has no comma: "10 000 m".
    while let Some(group) = spaced_thousands(&text[end..]).filter(|_| !written.contains([',', '.'])) {
        written.push_str(&text[end + group.start..end + group.end]);
        end += group.end;
    }
    // A comma stands between thousands, and nowhere else.
    let mut parts = written.split('.').next().unwrap_or("").split(',').skip(1);
    let in_place = parts.all(|part| part.len() == 3) && !written.split('.').skip(1).any(|part| part.contains(','));
    let value: f64 = written.replace(',', "").parse().ok()?;
    let value = if minus.is_empty() { value } else { -value };
    (in_place && value.is_finite()).then_some((value, end))
}

/// Where three digits stand that follow a space at the start of a text, and no fourth.
fn spaced_thousands(text: &str) -> Option<Range<usize>> {
    let space = text.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'))?;
    let start = space.len_utf8();
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    (digits == 3).then_some(start..start + 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tests::cases;
    use proptest::prelude::*;

    #[test]
    fn a_quantity_keeps_its_words_and_knows_its_amount() {
        for (text, amount) in [
            ("2.9 billion USD", 2.9e9),
            ("about 300 billion USD", 3e11),
            ("at least 1.4 trillion USD", 1.4e12),
            ("over 86 percent", 86.0),
            ("up to 40%", 40.0),
            ("more than 3,000 engineers", 3000.0),
            ("5 to 6 years", 5.0),
            ("US$20.2 billion", 2.02e10),
            ("260", 260.0),
            ("-3.2 percent", -3.2),
            ("~5 million", 5e6),
            ("€1.5bn", 1.5e9),
            ("500k", 5e5),
            ("5 m", 5.0),
            ("EUR 40 million", 4e7),
            ("$1.5 - $2 billion", 1.5e9),
            ("10 000 m", 1e4),
            ("about 1 234 567 people", 1_234_567.0),
            ("10 to 20 000 m", 10.0),
            ("at most 3 %", 3.0),
            ("12 3456", 12.0),
            (">5%", 5.0),
        ] {
            let quantity = Quantity::parse(text).unwrap();
            assert_eq!(quantity.amount(), amount, "{text}");
            assert_eq!(quantity.human(), text);
        }
    }

    #[test]
    fn a_comma_stands_between_thousands() {
        assert!(Quantity::parse("2,9 billion USD").is_err());
        assert!(Quantity::parse("1,234,567.5").is_ok());
    }

    #[test]
    fn a_text_without_a_number_is_none() {
        assert_eq!(Quantity::parse("a lot of USD").unwrap_err().message, "\"a\" is no number");
        assert_eq!(Quantity::parse("about").unwrap_err().message, "\"about\" is no number");
        assert!(Quantity::parse("").unwrap_err().message.contains("no number"));
        assert!(Quantity::parse("billion USD").is_err());
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn any_text_is_read_or_refused(text in "[a-z$€ 0-9.,%–-]{0,20}|.{0,10}") {
            if let Ok(quantity) = Quantity::parse(&text) {
                prop_assert!(quantity.amount().is_finite() && !quantity.human().is_empty());
            }
        }

        #[test]
        fn every_quantity_looks_like_one(text in "((About|up  to|~|>) ?)?(US\\$|-€|EUR|)? ?-?[0-9.,]{1,4}[a-z %]{0,4}|.{0,10}") {
            let pattern = regex::Regex::new(&format!("^\\s*{}", Quantity::pattern())).unwrap();
            prop_assert!(Quantity::parse(&text).is_err() || pattern.is_match(&text), "{}", text);
            prop_assert!(text.contains(|c: char| c.is_ascii_digit()) || !pattern.is_match(&text), "{}", text);
        }
    }
}
