//! What to write for a key, as the comment behind it.

use crate::base::path::title;
use crate::book::Book;
use crate::config::{Config, FieldKind, FieldSpec};

/// What a declared field wants: `required: 2015, 2015-05, 2015-05-19 or 2015~`.
pub fn field(config: &Config, field: &FieldSpec) -> String {
    let required = if field.required { "required: " } else { "" };
    // A label says more than the key only where it is another word.
    let label = Some(&field.label).filter(|label| **label != title(&field.name.value));
    let label = label.map(|label| format!("{label}: ")).unwrap_or_default();
    let many = if field.many { "; several as [one, two]" } else { "" };
    let help = field.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    let hint = format!("{required}{label}{}{many}{help}", wants(config, &field.kind));
    // A comment ends with its line.
    hint.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn wants(config: &Config, kind: &FieldKind) -> String {
    match kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Markdown => "Markdown, after | if it has several lines".to_owned(),
        FieldKind::Number => "a number, as 12 or 3.5".to_owned(),
        FieldKind::YesNo => "true or false".to_owned(),
        FieldKind::Date => "2015, 2015-05, 2015-05-19 or 2015~".to_owned(),
        FieldKind::Url => "an address, as https://example.org/".to_owned(),
        FieldKind::Choice(choices) => {
            choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(" | ")
        }
        FieldKind::Country => {
            let declared = config.countries.keys().map(|code| format!(" or {code}"));
            format!("a country's code, as CN{}", declared.collect::<String>())
        }
        FieldKind::Quantity => "an amount with its unit, as 2.9 billion USD".to_owned(),
        FieldKind::Reference(to) => format!("the name of an entry in {}", to.join(" or ")),
    }
}

/// What every entry should say in a sentence.
pub const SUMMARY: &str = "one sentence: what it is";

/// What the book's entries can cite.
pub fn sources(book: &Book) -> String {
    match book.cited.first() {
        Some(cited) => format!("keys of sources.yaml, as [{}]", cited.key.value),
        None => "as [{ title: …, url: … }], or keys of sources.yaml".to_owned(),
    }
}
