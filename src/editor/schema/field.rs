//! One key of an entry, with its lists and its long form.

use serde_json::{Value, json};

use super::scalar::{Scalar, enumeration};
use super::{Definitions, sources};
use crate::book::Book;
use crate::config::{FieldKind, FieldSpec, StandardField};

/// How a value may be written besides as itself.
#[derive(Clone, Default)]
struct Form {
    /// Whether it may be a list.
    many: bool,
    /// Whether it may be a list that is one value: a date of which it is not known which.
    set: bool,
    /// Whether it must be there.
    required: bool,
    /// The mapping that it may be, if it may be one.
    mapping: Option<Value>,
}

/// A declared field.
pub fn declared(field: &FieldSpec, book: &Book, definitions: &mut Definitions) -> Value {
    let scalar = Scalar::of(&field.kind, book, definitions);
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

/// A value of this type that may be left empty.
pub fn single(scalar: &Scalar, help: &str) -> Value {
    described(value(scalar, &Form::default()), help)
}

/// A text that may be left empty.
pub fn text(help: &str) -> Value {
    single(&Scalar::text(), help)
}

/// A text that must not be empty.
pub fn needed(help: &str) -> Value {
    described(value(&Scalar::text(), &Form { required: true, ..Form::default() }), help)
}

fn described(mut schema: Value, help: &str) -> Value {
    schema["description"] = json!(help);
    schema
}

/// The form of a text in which nothing stands.
const EMPTY: &str = "^\\s*$";

/// What is offered for a value, and what it is held to.
fn value(scalar: &Scalar, form: &Form) -> Value {
    // Keywords for lists and mappings say nothing of single values, nor those for texts of others.
    let nested = match form.required {
        true => json!({ "type": ["array", "object"] }),
        false => json!({ "type": ["array", "object", "null", "string"], "pattern": EMPTY }),
    };
    let says = match (form.required, scalar.is_text) {
        (true, true) => {
            let mut says = scalar.says.clone();
            says["pattern"] = json!("\\S");
            says["errorMessage"] = json!("This must not be empty");
            says
        }
        _ => scalar.says.clone(),
    };
    let offers: Vec<Value> = scalar.offers.iter().cloned().chain([json!(true)]).collect();
    json!({ "anyOf": offers, "if": nested, "then": list_or_mapping(scalar, form), "else": says })
}

/// What a list or a mapping is held to, and nothing that says anything of an empty value.
fn list_or_mapping(scalar: &Scalar, form: &Form) -> Value {
    let one = "This takes one value, and not a list";
    let list = match form {
        Form { many: true, required, .. } => {
            let item = Form { many: false, ..form.clone() };
            json!({ "items": value(scalar, &item), "minItems": usize::from(*required) })
        }
        Form { set: true, required: true, .. } => json!({ "items": scalar.says, "minItems": 1 }),
        Form { set: true, .. } => {
            let empty = json!({ "type": ["null", "string"], "pattern": EMPTY });
            json!({ "items": { "if": empty, "else": scalar.says } })
        }
        Form { required: true, .. } => json!({ "type": "object", "errorMessage": one }),
        // A list of nothing is as good as nothing.
        _ => json!({ "items": { "enum": [null, ""], "errorMessage": one } }),
    };
    let mapping = match &form.mapping {
        Some(mapping) => mapping.clone(),
        None => json!({ "type": "array", "errorMessage": "This takes no mapping" }),
    };
    json!({ "if": { "type": "object" }, "then": mapping, "else": list })
}

/// `{ value: …, note: … }`, or `{ to: …, note: … }` of a relation.
fn long_form(scalar: &Scalar, set: bool, refers: bool) -> Value {
    let one = Form { set, required: true, ..Form::default() };
    let value = described(value(scalar, &one), "The value");
    let note = text("What stands behind it: a sentence");
    match refers {
        false => json!({
            "properties": { "value": value, "note": note },
            "required": ["value"],
            "additionalProperties": false,
        }),
        true => {
            let mut other = value.clone();
            other["doNotSuggest"] = json!(true);
            let to = described(value, "The entry");
            json!({
                "properties": { "to": to, "value": other, "note": note },
                "if": { "required": ["value"] },
                "else": { "required": ["to"] },
                "additionalProperties": false,
            })
        }
    }
}

fn tags(book: &Book, definitions: &mut Definitions) -> Scalar {
    let used = book.tags.iter().map(|tag| (tag.name.as_str(), String::new()));
    if book.tags.is_empty() {
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
