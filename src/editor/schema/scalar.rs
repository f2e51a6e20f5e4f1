//! Single values by their type: what is taken for one, and what is offered.

use serde_json::{Value, json};

use super::{Definitions, names, resolved};
use crate::base::country;
use crate::base::date;
use crate::base::quantity::Quantity;
use crate::book::Book;
use crate::config::FieldKind;

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

    /// A value of a declared field.
    pub fn of(kind: &FieldKind, book: &Book, definitions: &mut Definitions) -> Scalar {
        match kind {
            FieldKind::Text | FieldKind::Markdown => Scalar::text(),
            FieldKind::Number => Scalar::number(),
            FieldKind::YesNo => Scalar::yes_no(),
            FieldKind::Date => Scalar::date(),
            FieldKind::Url => Scalar::url(),
            FieldKind::Quantity => Scalar::formed(
                &["number"],
                &format!("{}.*", Quantity::pattern()),
                "No quantity: write it as 2.9 billion USD, or about 40 percent",
            )
            .offer(json!({ "examples": ["2.9 billion USD", "about 40 percent", "at least 5 to 6 years"] })),
            FieldKind::Choice(choices) => {
                let values = choices.iter().map(|choice| (choice.value.as_str(), choice.label.clone()));
                Scalar::one_of(enumeration(values))
            }
            FieldKind::Country => Scalar::one_of(definitions.refer("countries", || countries(book))),
            FieldKind::Reference(targets) => names::entry(book, targets, definitions),
        }
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

fn countries(book: &Book) -> Value {
    let declared = &book.config.countries;
    let others = country::all().filter(|(code, _)| !declared.contains_key(*code));
    let all = declared.iter().map(|(code, name)| (code.as_str(), name.clone()));
    let mut countries = enumeration(all.chain(others.map(|(code, name)| (code, name.to_owned()))));
    countries["errorMessage"] =
        json!("No country's code: write two letters as in ISO 3166-1, or a code that book.toml declares");
    countries
}
