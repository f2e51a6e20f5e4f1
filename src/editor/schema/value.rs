//! A value as itself, as a list and in its long form.

use serde_json::{Value, json};

use super::scalar::Scalar;

/// How a value may be written besides as itself.
#[derive(Clone, Default)]
pub struct Form {
    /// Whether it may be a list.
    pub many: bool,
    /// Whether it may be a list that is one value: a date of which it is not known which.
    pub set: bool,
    /// Whether it must be there.
    pub required: bool,
    /// The mapping that it may be, if it may be one.
    pub mapping: Option<Value>,
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

pub fn described(mut schema: Value, help: &str) -> Value {
    schema["description"] = json!(help);
    schema
}

/// The form of a text in which nothing stands.
const EMPTY: &str = "^\\s*$";

/// What is offered for a value, and what it is held to.
pub fn value(scalar: &Scalar, form: &Form) -> Value {
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
pub fn long_form(scalar: &Scalar, set: bool, refers: bool) -> Value {
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
