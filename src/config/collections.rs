//! What `book.toml` says of collections and their fields, and whether their relations fit each other.

use rustc_hash::FxHashSet;
use toml::de::DeValue;

use super::entry_types;
use super::schema::{Choice, Collection, FieldKind, FieldSpec, Inverse, Layout, STANDARD};
use super::toml_table::Table;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::{self, SourcePath, slug};
use crate::base::span::{Span, Spanned};
use crate::base::suggest::nearest;

/// What every entry may be sorted by, declared or not.
pub const SORTED: [&str; 5] = ["title", "date", "order", "published", "review-by"];

/// Keys of a field that mean something for one type alone.
pub const TYPED_KEYS: [(&str, &str); 6] = [
    ("to", "reference"),
    ("inverse", "reference"),
    ("symmetric", "reference"),
    ("acyclic", "reference"),
    ("not-before", "reference"),
    ("values", "choice"),
];

/// What an item of a YAML list says that is no field.
const KEPT: [&str; 2] = ["id", "body"];

/// All collections in the file's order; beside what is wrong with each, what is wrong between them.
pub fn collections(table: Table, problems: &mut Vec<Diagnostic>) -> (Vec<Collection>, Vec<Diagnostic>) {
    let mut collections: Vec<Collection> = Vec::new();
    let mut late = Vec::new();
    for (name, table) in table.tables(problems) {
        if slug(&name.value, false) != name.value {
            let message = format!("\"{}\" cannot be a collection's folder and address", name.value);
            let name_slug = slug(&name.value, false);
            problems.push(table.error(name.span, message).help(format!("call it \"{name_slug}\"")));
        }
        collections.push(collection(name, table, problems));
    }
    let names: Vec<String> = collections.iter().map(|collection| collection.name.value.clone()).collect();
    let at = |span| Place { path: SourcePath::new("book.toml"), span };
    let mut ends: Vec<(usize, Inverse, Span)> = Vec::new();
    for collection in &collections {
        for field in &collection.fields {
            let FieldKind::Reference(targets) = &field.kind else { continue };
            for target in targets {
                let Some(end) = names.iter().position(|name| name == target) else {
                    let message =
                        format!("there is no collection \"{target}\" for \"{}\" to refer to", field.name.value);
                    let diagnostic =
                        Diagnostic::error("bad-config", &at(field.name.span).path, field.name.span, message);
                    let near = nearest(target, names.iter().map(String::as_str));
                    late.push(diagnostic.help(match near {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => format!("declare [collections.{target}], or name one of {}", names.join(", ")),
                    }));
                    continue;
                };
                if let Some((key, _)) = &field.inverse {
                    let inverse = Inverse {
                        key: key.clone(),
                        from: collection.name.value.clone(),
                        field: field.name.value.clone(),
                    };
                    ends.push((end, inverse, field.name.span));
                }
            }
        }
    }
    for (end, inverse, span) in ends {
        let target = &mut collections[end];
        let own = target.fields.iter().find(|field| field.name.value == inverse.key).map(|field| field.name.span);
        let taken = target.inverses.iter().any(|other| other.key == inverse.key);
        if own.is_some() || taken || STANDARD.iter().any(|standard| standard.key == inverse.key) {
            let message = format!(
                "the inverse key \"{}\" of \"{}\" is taken in \"{}\"",
                inverse.key, inverse.field, target.name.value
            );
            let diagnostic = Diagnostic::error("bad-config", &at(span).path, span, message)
                .help("give it another: inverse = { key = \"…\", label = \"…\" }");
            late.push(match own {
                Some(own) => diagnostic.note("the field of that name", Some(at(own))),
                None => diagnostic,
            });
            continue;
        }
        target.inverses.push(inverse);
    }
    (collections, late)
}

fn collection(name: Spanned<String>, mut table: Table, problems: &mut Vec<Diagnostic>) -> Collection {
    let title = table.string("title", problems).map_or_else(|| path::title(&name.value), |title| title.value);
    let singular = table.string("singular", problems).map_or_else(|| title.clone(), |text| text.value);
    let description = table.string("description", problems).map(|text| text.value).unwrap_or_default();
    let timeline = table.flag("timeline", problems);
    let sort = table.string("sort", problems);
    let mut fields: Vec<FieldSpec> = Vec::new();
    // What is wrong with a field is told there, and not where it is named.
    let mut unread: Vec<String> = Vec::new();
    for (name, table) in table.table("fields", problems).tables(problems) {
        let written = name.value.clone();
        match field(name, table, problems) {
            Some(field) => fields.push(field),
            None => unread.push(written),
        }
    }
    if let Some(sort) = sort.as_ref().filter(|sort| !unread.contains(&sort.value)) {
        // What has no order of its own is not sorted by.
        let ordered =
            fields.iter().filter(|field| !matches!(field.kind, FieldKind::Markdown | FieldKind::Reference(_)));
        let known = || SORTED.iter().copied().chain(ordered.clone().map(|field| field.name.value.as_str()));
        if !known().any(|key| key == sort.value) {
            let message = format!("\"{}\" cannot be sorted by \"{}\"", name.value, sort.value);
            let near = nearest(&sort.value, known());
            problems
                .push(table.error(sort.span, message).help_if(near.map(|near| format!("did you mean \"{near}\"?"))));
        }
    }
    let layout = table.string("layout", problems).and_then(|word| {
        let layout = Layout::WORDS.iter().find(|(name, _)| *name == word.value);
        if layout.is_none() {
            let known = Layout::WORDS.map(|(name, _)| name);
            let message = format!("\"layout\" wants one of {}, and found \"{}\"", known.join(", "), word.value);
            let near = nearest(&word.value, known).map(|near| format!("did you mean \"{near}\"?"));
            problems.push(table.error(word.span, message).help_if(near));
        }
        layout.map(|(_, layout)| *layout)
    });
    let group = table.string("group", problems).and_then(|word| {
        let grouping = |field: &FieldSpec| {
            matches!(field.kind, FieldKind::Choice(_) | FieldKind::Country | FieldKind::Reference(_))
        };
        let place = fields.iter().position(|field| field.name.value == word.value && grouping(field));
        if place.is_none() && !unread.contains(&word.value) {
            let message = format!("\"{}\" cannot be grouped by \"{}\"", name.value, word.value);
            let known: Vec<&str> =
                fields.iter().filter(|field| grouping(field)).map(|field| field.name.value.as_str()).collect();
            let help = match nearest(&word.value, known.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None if known.is_empty() => {
                    "take it out: a group is the value of a choice, a country or a reference".to_owned()
                }
                None => format!("group by {}", known.join(" or ")),
            };
            problems.push(table.error(word.span, message).help(help));
        }
        place
    });
    let types = entry_types::read(&mut table, &fields, problems);
    table.finish(&[], problems);
    Collection {
        layout,
        group,
        types,
        name,
        title,
        singular,
        description,
        timeline,
        sort: sort.map(|sort| sort.value),
        fields,
        inverses: Vec::new(),
    }
}

fn field(name: Spanned<String>, mut table: Table, problems: &mut Vec<Diagnostic>) -> Option<FieldSpec> {
    if KEPT.contains(&name.value.as_str()) {
        let message = format!("\"{}\" means something else in a YAML list and cannot be a field", name.value);
        problems.push(table.error(name.span, message).help("choose another name"));
    }
    let label = table.string("label", problems).map_or_else(|| path::title(&name.value), |label| label.value);
    let help = table.string("help", problems).map(|help| help.value);
    let many = table.flag("many", problems);
    let required = table.flag("required", problems);
    let lang = table.string("lang", problems).map(|lang| lang.value);
    let mut to = table.strings("to", problems);
    let mut named = FxHashSet::default();
    to.retain(|to| named.insert(to.value.clone()));
    let values = values(&mut table, problems);
    let symmetric = table.flag("symmetric", problems);
    let acyclic = table.flag("acyclic", problems);
    let not_before = table.flag("not-before", problems);
    let inverse = inverse(&mut table, problems);
    let word = table.string("type", problems);
    let standard = STANDARD.iter().find(|standard| standard.key == name.value);
    let (word, word_span) = match (word, standard) {
        (Some(word), _) => (word.value, word.span),
        (None, Some(standard)) => (standard.kind.to_owned(), name.span),
        (None, None) => {
            problems
                .push(table.error(name.span, format!("the field \"{}\" has no type", name.value)).help(types_help()));
            table.finish(&[], problems);
            return None;
        }
    };
    let kind = match word.as_str() {
        "text" => FieldKind::Text,
        // What entries write there has a form of its own.
        "sources" | "figures" if standard.is_some_and(|standard| standard.kind == word) => FieldKind::Text,
        "markdown" => FieldKind::Markdown,
        "number" => FieldKind::Number,
        "yes-no" => FieldKind::YesNo,
        "date" => FieldKind::Date,
        "url" => FieldKind::Url,
        "choice" => FieldKind::Choice(values.clone()),
        "country" => FieldKind::Country,
        "quantity" => FieldKind::Quantity,
        "reference" => FieldKind::Reference(to.iter().map(|to| to.value.clone()).collect()),
        other => {
            let near = nearest(other, FieldKind::WORDS);
            let help = near.map_or_else(types_help, |near| format!("did you mean \"{near}\"?"));
            problems.push(table.error(word_span, format!("there is no field type \"{other}\"")).help(help));
            table.finish(&[], problems);
            return None;
        }
    };
    for (key, _) in table.entries() {
        let wanted = TYPED_KEYS.iter().find(|(typed, _)| *typed == key.value).map(|(_, wanted)| *wanted);
        if let Some(wanted) = wanted.filter(|wanted| *wanted != word) {
            let message = format!("\"{}\" means nothing for a field of type {word}", key.value);
            problems.push(table.error(key.span, message).help(format!("take it out, or write type = \"{wanted}\"")));
        }
    }
    if standard.is_some_and(|standard| standard.kind != word) {
        let message = format!("\"{}\" means the same in every entry and cannot be of type {word}", name.value);
        let kind = standard.map_or("", |standard| standard.kind);
        problems.push(
            table.error(word_span, message).help(format!("leave the type out (it is {kind}), or choose another name")),
        );
    }
    if matches!(kind, FieldKind::Choice(_)) && values.is_empty() {
        problems.push(
            table
                .error(name.span, format!("the choice \"{}\" has no values", name.value))
                .help("write values = [\"…\", \"…\"]"),
        );
    }
    if matches!(kind, FieldKind::Reference(_)) && to.is_empty() {
        let message = format!("the reference \"{}\" does not say to which collection", name.value);
        problems.push(table.error(name.span, message).help("write to = \"…\", or a list of collections"));
    }
    if symmetric && acyclic {
        let message = format!("\"{}\" is mutual, and a mutual relation leads back at once", name.value);
        problems.push(table.error(name.span, message).help("keep one of symmetric and acyclic"));
    }
    table.finish(&[], problems);
    let many = many || matches!(name.value.as_str(), "tags" | "aliases" | "sources" | "figures" | "redirect-from");
    Some(FieldSpec { name, label, help, kind, many, required, lang, symmetric, acyclic, not_before, inverse })
}

/// `values = ["a", "b"]`, or `values = { a = "As readers see it" }`.
fn values(table: &mut Table, problems: &mut Vec<Diagnostic>) -> Vec<Choice> {
    match table.value("values").map(|value| (value, value.get_ref())) {
        Some((_, DeValue::Table(labels))) => labels
            .iter()
            .filter_map(|(value, label)| {
                let written: Vec<_> = match label.get_ref() {
                    DeValue::Array(labels) => labels.iter().map(|label| label.get_ref().as_str()).collect(),
                    label => vec![label.as_str()],
                };
                let labels = written.into_iter().map(|label| label.filter(|label| !label.trim().is_empty()));
                let labels: Vec<&str> = labels.collect::<Option<_>>().unwrap_or_default();
                let value = value.get_ref().to_string();
                let choice =
                    |label: &str, plural: &str| Choice { value, label: label.to_owned(), plural: plural.to_owned() };
                match labels.as_slice() {
                    [label] => Some(choice(label, label)),
                    [label, plural] => Some(choice(label, plural)),
                    _ => {
                        let message = "a value's label is a text, or one for one entry and one for several";
                        let help = "write it as plan = \"Plan\", or plan = [\"Plan\", \"Plans\"]";
                        problems.push(table.error(Span::new(label.span()), message).help(help));
                        None
                    }
                }
            })
            .collect(),
        _ => table
            .strings("values", problems)
            .into_iter()
            .map(|value| {
                let label = path::title(&value.value);
                Choice { plural: label.clone(), label, value: value.value }
            })
            .collect(),
    }
}

/// `inverse = "Events"`, or `inverse = { key = "events", label = "Events" }`.
fn inverse(table: &mut Table, problems: &mut Vec<Diagnostic>) -> Option<(String, String)> {
    let (value, inner) = table.value("inverse").map(|value| (value, value.get_ref()))?;
    match inner {
        DeValue::String(label) => Some((slug(label, false), label.to_string())),
        DeValue::Table(_) => {
            let mut inverse = table.table("inverse", problems);
            let key = inverse.string("key", problems).map(|key| key.value);
            let label = inverse.string("label", problems).map(|label| label.value);
            inverse.finish(&[], problems);
            match (key, label) {
                (Some(key), Some(label)) => Some((key, label)),
                (Some(key), None) => Some((key.clone(), path::title(&key))),
                (None, Some(label)) => Some((slug(&label, false), label)),
                (None, None) => None,
            }
        }
        _ => {
            problems
                .push(table.error(Span::new(value.span()), "an inverse is a name, or { key = \"…\", label = \"…\" }"));
            None
        }
    }
}

fn types_help() -> String {
    format!("write type = \"…\", one of {}", FieldKind::WORDS.join(", "))
}
