//! Skeletons of front matter: one for each collection, for editors that complete no YAML inside Markdown.

use serde_json::{Map, Value, json};

use super::schema::names;
use super::{EditorFile, SNIPPETS, text};
use crate::base::path::slug;
use crate::book::Book;
use crate::config::{Collection, FieldKind, FieldSpec};

/// At most so many entries stand in a list to choose from.
const MOST_CHOICES: usize = 200;

/// The file of snippets: the singular of a collection becomes the front matter of an entry.
pub fn snippets(book: &Book) -> EditorFile {
    let snippets: Map<String, Value> = book
        .config
        .collections
        .iter()
        .map(|collection| {
            let snippet = json!({
                "scope": "markdown",
                "prefix": slug(&collection.singular, false),
                "description": format!("Front matter of {}", collection.title),
                "body": body(book, collection),
            });
            (collection.name.value.clone(), snippet)
        })
        .collect();
    (SNIPPETS.to_owned(), text(&Value::Object(snippets)))
}

fn body(book: &Book, collection: &Collection) -> Vec<String> {
    let (required, optional): (Vec<_>, Vec<_>) = collection.fields.iter().partition(|field| field.required);
    let own =
        required.into_iter().chain(optional).filter(|field| !matches!(field.name.value.as_str(), "title" | "summary"));
    let mut lines = vec!["---".to_owned(), "title: ${1:Title}".to_owned(), "summary: ${2:One sentence}".to_owned()];
    lines.extend(own.enumerate().map(|(i, field)| format!("{}: {}", field.name.value, stop(book, field, i + 3))));
    lines.extend(["---".to_owned(), String::new(), "$0".to_owned()]);
    lines
}

/// Where the cursor stops for a field, and what there is to choose from. What is left empty says nothing.
fn stop(book: &Book, field: &FieldSpec, number: usize) -> String {
    let choices: Vec<&str> = match &field.kind {
        FieldKind::Choice(choices) => choices.iter().map(|choice| choice.value.as_str()).collect(),
        FieldKind::YesNo => vec!["true", "false"],
        FieldKind::Reference(targets) => {
            let mut names: Vec<&str> = names::offered(book, targets).into_iter().map(|(name, _)| name).collect();
            names.sort_unstable();
            names
        }
        _ => Vec::new(),
    };
    let example = match &field.kind {
        _ if !field.required => "",
        FieldKind::Date => "2015-05-19",
        FieldKind::Country => "CN",
        FieldKind::Quantity => "2.9 billion USD",
        FieldKind::Url => "https://",
        FieldKind::Number => "0",
        _ => "…",
    };
    if choices.is_empty() || choices.len() > MOST_CHOICES {
        return if example.is_empty() {
            format!("${number}")
        } else {
            format!("${{{number}:{}}}", escaped(example, "}"))
        };
    }
    // An editor takes no empty choice: what may be left out is left to completion.
    if !field.required {
        return format!("${number}");
    }
    let choices: Vec<String> = choices.into_iter().map(choice).collect();
    format!("${{{number}|{}|}}", choices.join(","))
}

/// A text between the bars of a choice, in which nothing else is a sign.
fn choice(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|")
}

/// A text inside a snippet, in which these signs would end it.
fn escaped(text: &str, signs: &str) -> String {
    text.chars().flat_map(|c| ("\\$".contains(c) || signs.contains(c)).then_some('\\').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests {
    use super::{choice, escaped};

    #[test]
    fn what_would_end_a_choice_or_a_text_is_escaped() {
        assert_eq!(choice("a,b|c$d\\e}"), "a\\,b\\|c$d\\\\e}");
        assert_eq!(escaped("a}$b\\", "}"), "a\\}\\$b\\\\");
    }
}
