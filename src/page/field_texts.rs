//! An entry's fields as plain text, for the search.

use super::SiteContent;
use crate::book::EntryId;
use crate::config::FieldKind;
use crate::parse::Value;

/// What stands in an entry's fields but for its relations, in plain text, with what is said of each value.
pub fn field_texts(content: &SiteContent, id: EntryId) -> Vec<String> {
    let entry = content.book.entry(id);
    let config = &content.book.config;
    let specs = entry.collection.map_or(&[][..], |collection| &config.collections[collection].fields);
    let mut texts = Vec::new();
    for (spec, stated) in
        entry.fields.iter().flat_map(|field| field.values.iter().map(|value| (&specs[field.spec], value)))
    {
        texts.extend(stated.note.as_deref().map(str::to_owned));
        texts.push(match &stated.value {
            Value::Text(words) => words.to_string(),
            Value::Number(written, _) => written.to_string(),
            Value::Markdown(body) => {
                let pieces = body.pieces(&entry.text, &|_| None);
                pieces.into_iter().map(|piece| piece.text).collect::<Vec<_>>().join(" ")
            }
            Value::Date(date) => date.human(&content.locale.words),
            Value::Url(url) => url.to_string(),
            Value::Choice(choice) => match &spec.kind {
                FieldKind::Choice(choices) => choices[*choice].label.clone(),
                _ => continue,
            },
            Value::Country(code) => config.country(code).unwrap_or(code).to_owned(),
            Value::Quantity(quantity) => quantity.human(),
            Value::YesNo(_) | Value::Link(_) => continue,
        });
    }
    texts
}
