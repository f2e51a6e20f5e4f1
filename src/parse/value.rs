//! What fields say: values by their types.

use serde::{Deserialize, Serialize};

use super::body::Body;
use crate::base::date::Date;
use crate::base::quantity::Quantity;

/// A declared field and what stands in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Field {
    /// Its place among the collection's fields.
    pub spec: usize,
    pub values: Box<[FieldValue]>,
}

/// A value and what its author says of it: `critical`, or `{ value: critical, note: The chamber said so. }`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FieldValue {
    pub value: Value,
    /// What stands behind it, in plain text.
    pub note: Option<Box<str>>,
}

/// One value of a field.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Value {
    Text(Box<str>),
    /// A text with markup and links.
    Markdown(Box<Body>),
    /// As written.
    Number(Box<str>, f64),
    YesNo(bool),
    Date(Date),
    Url(Box<str>),
    /// Its place among the field's choices.
    Choice(usize),
    /// ISO 3166-1 alpha-2, or a code that the book declares.
    Country(Box<str>),
    Quantity(Quantity),
    /// Its place among the entry's links.
    Link(usize),
}
