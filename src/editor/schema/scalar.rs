//! Single values by their type: what is taken for one, and what is offered.

use serde_json::{Value, json};

use crate::base::date;
use crate::base::quantity::Quantity;

/// Yes and no, in any case of letters.
const YES_NO: &str = "[Tt][Rr][Uu][Ee]|[Yy][Ee][Ss]|[Ff][Aa][Ll][Ss][Ee]|[Nn][Oo]";

/// One value that is neither a list nor a mapping.
pub struct Scalar {
    /// What it is held to, if it is there.
    pub says: Value,
    /// What is offered for it.
    pub offers: Option<Value>,
    /// Whether an empty text is none.
    pub is_text: bool,
}

impl Scalar {
    /// A text: YAML may take one for a number, or for true or false.
    pub fn text() -> Scalar {
        Scalar { says: json!({ "type": ["string", "number", "boolean"] }), offers: None, is_text: true }
    }

    /// No single value at all.
    pub fn none(message: &str) -> Scalar {
        Scalar { says: json!({ "type": "object", "errorMessage": message }), offers: None, is_text: false }
    }

    /// A text of this form.
    fn formed(also: &[&str], pattern: &str, message: &str) -> Scalar {
        let types = [&["string"], also].concat();
        let pattern = format!("^\\s*({pattern})\\s*$");
        Scalar {
            says: json!({ "type": types, "pattern": pattern, "errorMessage": message }),
            offers: None,
            is_text: false,
        }
    }

    pub fn date() -> Scalar {
        let message = "No date: write 2015, 2015-05, 2015-05-19, 2015~ for about 2015, or 2015/2020";
        let mut date = Scalar::formed(&["integer"], &date::pattern(), message);
        // A year may have zeros before it that YAML drops.
        date.says["minimum"] = json!(-9999);
        date.says["maximum"] = json!(9999);
        date.offer(json!({ "examples": [2015, "2015-05", "2015-05-19", "2015~", "2015/2020"] }))
    }

    pub fn number() -> Scalar {
        let digits = "[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?";
        Scalar::formed(&["number"], digits, "No number: write digits alone, as 12 or 3.5")
    }

    pub fn yes_no() -> Scalar {
        Scalar::formed(&["boolean"], YES_NO, "Write true or false").offer(json!({ "enum": [true, false] }))
    }

    /// When it was published, or in the words of other tools whether.
    pub fn published() -> Scalar {
        let mut date = Scalar::date();
        let types = json!(["string", "integer", "boolean"]);
        let pattern = format!("^\\s*({}|{YES_NO})\\s*$", date::pattern());
        date.says["type"] = types;
        date.says["pattern"] = json!(pattern);
        date
    }

    pub fn url() -> Scalar {
        Scalar::formed(&[], "https?://\\S+", "No web address: write it whole, as https://example.org/page")
    }

    pub fn quantity() -> Scalar {
        Scalar::formed(
            &["number"],
            &format!("{}.*", Quantity::pattern()),
            "No quantity: write it as 2.9 billion USD, or about 40 percent",
        )
        .offer(json!({ "examples": ["2.9 billion USD", "about 40 percent", "at least 5 to 6 years"] }))
    }

    /// The last part of an address.
    pub fn slug(keep_case: bool) -> Scalar {
        let (letters, message) = match keep_case {
            true => ("[^/\\\\:*?\"<>|]+", "No name of a file"),
            false => ("[^\\s!-,/:-@\\[-\\^`{-}A-Z]+", "Write small letters, with - between words"),
        };
        Scalar::formed(&["number", "boolean"], letters, message)
    }

    /// An address that an entry once had.
    pub fn old_address() -> Scalar {
        let message = "No address of this site: write it without its host, as policies/old-name.html";
        Scalar::formed(&["number", "boolean"], "[^\\\\:*?\"<>|#]*", message)
    }

    /// One of these, and nothing else.
    pub fn one_of(offered: Value) -> Scalar {
        Scalar { says: offered.clone(), offers: Some(offered), is_text: false }
    }

    pub fn offer(self, offers: Value) -> Scalar {
        Scalar { offers: Some(offers), ..self }
    }
}

/// The values to choose from, each with what it means.
pub fn enumeration<'a>(values: impl Iterator<Item = (&'a str, String)>) -> Value {
    let (mut texts, mut meanings) = (Vec::new(), Vec::new());
    for (value, meaning) in values {
        for value in [Some(json!(value)), resolved(value)].into_iter().flatten() {
            texts.push(value);
            meanings.push(meaning.clone());
        }
    }
    json!({ "enum": texts, "enumDescriptions": meanings })
}

/// What a text becomes where YAML takes it for a number, true or false (YAML 1.2, section 10.3.2).
pub fn resolved(text: &str) -> Option<Value> {
    match text {
        "true" | "True" | "TRUE" => return Some(json!(true)),
        "false" | "False" | "FALSE" => return Some(json!(false)),
        _ => {}
    }
    let whole = match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => i64::from_str_radix(digits, 16).ok(),
        (_, Some(digits)) => i64::from_str_radix(digits, 8).ok(),
        _ => text.parse().ok(),
    };
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    let number = || text.parse::<f64>().ok().filter(|number| is_number && number.is_finite());
    whole.map(Value::from).or_else(|| number().map(Value::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_yaml_takes_for_a_number_is_one() {
        for (text, value) in [("2025", json!(2025)), ("007", json!(7)), ("1.5", json!(1.5)), ("0x1F", json!(31))] {
            assert_eq!(resolved(text), Some(value));
        }
        assert_eq!(resolved("True"), Some(json!(true)));
        for text in ["no", "2015-05", "nan", "infinity", "", "1_000", "robotics"] {
            assert_eq!(resolved(text), None, "{text}");
        }
    }
}
