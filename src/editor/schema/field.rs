//! One key of an entry.

use serde_json::{Value, json};

use super::definitions::Definitions;
use super::scalar::{Scalar, enumeration};
use super::value::{Form, described, long_form, needed, text, value};
use super::{names, sources};
use crate::base::country;
use crate::book::{Book, Taxonomy};
use crate::config::{FieldKind, FieldSpec, StandardField};

/// A declared field.
pub fn declared(field: &FieldSpec, book: &Book, definitions: &mut Definitions) -> Value {
    let scalar = scalar(&field.kind, book, definitions);
    let refers = matches!(field.kind, FieldKind::Reference(_));
    let form = Form {
        many: field.many,
        set: field.kind == FieldKind::Date,
        required: field.required,
        mapping: Some(long_form(&scalar, field.kind == FieldKind::Date, refers)),
    };
    let required = if field.required { "; required" } else { "" };
    let help = field.help.as_ref().map(|help| format!(". {help}")).unwrap_or_default();
    let what = if field.many { format!("{}, or a list", field.kind.wants()) } else { field.kind.wants().to_owned() };
    described(value(&scalar, &form), &format!("{} ({what}{required}){help}", field.label))
}

/// A value of a declared field.
fn scalar(kind: &FieldKind, book: &Book, definitions: &mut Definitions) -> Scalar {
    match kind {
        FieldKind::Text | FieldKind::Markdown => Scalar::text(),
        FieldKind::Number => Scalar::number(),
        FieldKind::YesNo => Scalar::yes_no(),
        FieldKind::Date => Scalar::date(),
        FieldKind::Url => Scalar::url(),
        FieldKind::Quantity => Scalar::quantity(),
        FieldKind::Choice(choices) => {
            let values = choices.iter().map(|choice| (choice.value.as_str(), choice.label.clone()));
            Scalar::one_of(enumeration(values))
        }
        FieldKind::Country => Scalar::one_of(definitions.refer("countries", || countries(book))),
        FieldKind::Reference(targets) => names::entry(book, targets, definitions),
    }
}

/// A key that every entry may have; `declared` where the collection says more of it.
pub fn standard(
    standard: &StandardField,
    declared: Option<&FieldSpec>,
    book: &Book,
    definitions: &mut Definitions,
) -> Value {
    let scalar = match standard.key {
        "translation" => return described(json!({ "anyOf": [true] }), standard.help),
        "slug" => Scalar::slug(book.config.keep_case),
        "redirect-from" => Scalar::old_address(),
        "published" => Scalar::published(),
        "tags" => tags(book, definitions),
        "sources" => sources::key(book, definitions),
        "figures" => Scalar::none("A figure is written { value: …, label: …, to: … }"),
        _ => match standard.kind {
            "date" => Scalar::date(),
            "number" => Scalar::number(),
            "yes-no" => Scalar::yes_no(),
            _ => Scalar::text(),
        },
    };
    let mapping = match standard.key {
        "sources" => Some(sources::refer(book, definitions)),
        "figures" => Some(definitions.refer("figure", figure)),
        _ => declared.map(|_| long_form(&scalar, standard.kind == "date", false)),
    };
    let form = Form {
        many: matches!(standard.key, "aliases" | "redirect-from" | "tags" | "sources" | "figures"),
        set: standard.kind == "date",
        required: declared.is_some_and(|field| field.required),
        mapping,
    };
    let help = declared.and_then(|field| field.help.as_deref()).unwrap_or(standard.help);
    described(value(&scalar, &form), help)
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

fn tags(book: &Book, definitions: &mut Definitions) -> Scalar {
    let mut used =
        book.terms.of_taxonomy(Taxonomy::Tags).map(|(_, tag)| (tag.title.as_str(), String::new())).peekable();
    if used.peek().is_none() {
        Scalar::text()
    } else {
        Scalar::text().offer(definitions.refer("tags", || enumeration(used)))
    }
}

fn figure() -> Value {
    json!({
        "type": "object",
        "properties": {
            "value": needed("The number, as readers see it: over 86 percent"),
            "label": needed("What it counts: of the goals achieved"),
            "to": text("The entry that explains it"),
        },
        "required": ["value", "label"],
        "additionalProperties": false,
    })
}
