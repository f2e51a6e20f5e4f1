//! A field of an entry, and its values.

use std::borrow::Cow;

use serde::Serialize;

use super::DateView;

/// A field with its values, or a relation from the other end.
#[derive(Serialize)]
pub struct FieldView<'a> {
    pub name: &'a str,
    pub label: &'a str,
    /// The word of its type.
    pub kind: &'static str,
    pub values: Vec<ValueView<'a>>,
}

/// One value of a field.
#[derive(Serialize)]
pub struct ValueView<'a> {
    pub text: Cow<'a, str>,
    /// Where it leads.
    pub href: Option<Cow<'a, str>>,
    /// For Markdown fields, in place of the text.
    pub html: Option<String>,
    pub lang: Option<&'a str>,
    /// Which way it is written, where something around it may be written the other way.
    pub dir: Option<&'static str>,
    pub date: Option<DateView>,
    /// Where it stands among others, for values that have an order of their own.
    pub order: Option<f64>,
    /// What its author says of it.
    pub note: Option<&'a str>,
    /// The word of its type, as a class for styles.
    pub kind: &'static str,
}
