//! What `book.toml` says of the types that schema.org has for a collection's entries: `schema-type = "Event"`, or
//! `schema-type = { kind = { person = "Person", company = "Corporation" } }` by the values of a choice.

use toml::Spanned as Toml;
use toml::de::DeValue;

use super::schema::{Choice, FieldKind, FieldSpec};
use super::schema_type::{EntryTypes, SchemaType};
use super::toml_table::Table;
use crate::base::diagnostic::Diagnostic;
use crate::base::span::{Span, Spanned};
use crate::base::suggest::{Suggestion, near};

/// The key in a collection's table.
const KEY: &str = "schema-type";

/// The types of the entries of a collection that has these fields, if it says any.
pub fn read(table: &mut Table, fields: &[FieldSpec], problems: &mut Vec<Diagnostic>) -> Option<EntryTypes> {
    let value = table.value(KEY)?;
    match value.get_ref() {
        DeValue::String(name) => {
            one(table, &Spanned::new(name.to_string(), Span::new(value.span())), problems).map(EntryTypes::One)
        }
        DeValue::Table(_) => by_choice(table.table(KEY, problems), fields, problems),
        _ => {
            let message = format!("\"{KEY}\" wants a type of schema.org, or types by the values of a choice");
            let help = format!("write {KEY} = \"Event\", or {KEY} = {{ kind = {{ person = \"Person\" }} }}");
            problems.push(table.error(Span::new(value.span()), message).help(help));
            None
        }
    }
}

fn one(table: &Table, name: &Spanned<String>, problems: &mut Vec<Diagnostic>) -> Option<SchemaType> {
    let found = SchemaType::named(&name.value);
    if found.is_none() {
        let message = format!("\"{}\" is none of the types of schema.org that a collection can be of", name.value);
        let known = || SchemaType::ALL.into_iter().map(|known| known.name);
        let help = format!("it is one of {}", known().collect::<Vec<_>>().join(", "));
        problems.push(misspelt(table.error(name.span, message), near(&name.value, known()), help));
    }
    found
}

/// What is meant is offered in the quotes in which it is written.
fn misspelt(told: Diagnostic, near: Option<Suggestion>, help: String) -> Diagnostic {
    match near {
        Some(near) => told.meant(&Suggestion { name: &format!("\"{}\"", near.name), ..near }).help(near.question()),
        None => told.help(help),
    }
}

fn by_choice(table: Table, fields: &[FieldSpec], problems: &mut Vec<Diagnostic>) -> Option<EntryTypes> {
    let all: Vec<(Spanned<String>, &Toml<DeValue>)> = table.entries().collect();
    let [(field, types)] = all.as_slice() else {
        let span = all.get(1).map_or(table.span(), |(second, _)| second.span);
        let message = format!("\"{KEY}\" goes by the values of one choice, and found {} fields", all.len());
        problems.push(table.error(span, message).help(format!("write {KEY} = {{ kind = {{ person = \"Person\" }} }}")));
        return None;
    };
    let (place, choices) = choice(&table, field, fields, problems)?;
    let DeValue::Table(_) = types.get_ref() else {
        let message = format!("the types by \"{}\" are a table of its values", field.value);
        problems.push(table.error(Span::new(types.span()), message).help("write { person = \"Person\" }"));
        return None;
    };
    Some(EntryTypes::ByChoice(place, of_values(&table.below(&field.value), &field.value, choices, problems)))
}

/// The choice of this name, with its place among the fields.
fn choice<'a>(
    table: &Table,
    name: &Spanned<String>,
    fields: &'a [FieldSpec],
    problems: &mut Vec<Diagnostic>,
) -> Option<(usize, &'a [Choice])> {
    let all = || {
        fields.iter().enumerate().filter_map(|(place, spec)| match &spec.kind {
            FieldKind::Choice(choices) => Some((spec.name.value.as_str(), (place, choices.as_slice()))),
            _ => None,
        })
    };
    let found = all().find(|(known, _)| *known == name.value);
    if found.is_none() {
        let message = format!("there is no choice \"{}\" by whose values entries are of a type", name.value);
        let told = table.error(name.span, message);
        problems.push(match near(&name.value, all().map(|(known, _)| known)) {
            Some(near) => told.meant(&near),
            None => told.help("name a field of the type choice"),
        });
    }
    found.map(|(_, choice)| choice)
}

/// The type for each value of a choice called `field`, as a table of its values says them.
fn of_values(
    table: &Table,
    field: &str,
    choices: &[Choice],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Option<SchemaType>> {
    let mut types = vec![None; choices.len()];
    let known = || choices.iter().map(|choice| choice.value.as_str());
    for (value, written) in table.entries() {
        match (known().position(|known| known == value.value), written.get_ref()) {
            (Some(at), DeValue::String(name)) => {
                types[at] = one(table, &Spanned::new(name.to_string(), Span::new(written.span())), problems);
            }
            (Some(_), _) => {
                let message = format!("the type of \"{}\" is a text", value.value);
                problems.push(table.error(Span::new(written.span()), message).help("write \"Person\""));
            }
            (None, _) => {
                let message = format!("\"{}\" is no value of \"{field}\"", value.value);
                let told = table.error(value.span, message);
                problems.push(match near(&value.value, known()) {
                    Some(near) => told.meant(&near),
                    None => told.help(format!("its values are {}", known().collect::<Vec<_>>().join(", "))),
                });
            }
        }
    }
    types
}
