//! From the text of `book.toml` to a `Config` and what is wrong with it.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use toml::de::{DeTable, DeValue};

use super::Config;
use super::schema::{Choice, Collection, FieldSpec, Inverse, Kind, Layout, STANDARD};
use super::toml_table::Table;
use crate::base::country;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::near::nearest;
use crate::base::path::{self, SourcePath, normalize, slug};
use crate::base::span::{Span, Spanned};

/// What the defaults depend on.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The name of the book's folder, its title where it has no other.
    pub folder: &'a str,
    /// Whether there is a file or folder of this path in the book's folder.
    pub has: &'a dyn Fn(&str) -> bool,
}

/// What mdBook's `[output.html]` says that means nothing here.
const MDBOOK_HTML: &[&str] = &[
    "additional-css",
    "additional-js",
    "cname",
    "code",
    "copy-fonts",
    "curly-quotes",
    "default-theme",
    "fold",
    "git-repository-icon",
    "google-analytics",
    "hash-files",
    "input-404",
    "live-reload-endpoint",
    "mathjax-support",
    "no-section-label",
    "playground",
    "preferred-dark-theme",
    "print",
    "redirect",
    "search",
    "sidebar-header-nav",
    "smart-punctuation",
    "theme",
];

/// What every entry may be sorted by, declared or not.
const SORTED: [&str; 5] = ["title", "date", "order", "published", "review-by"];

/// What an item of a YAML list says that is no field.
const KEPT: [&str; 2] = ["id", "body"];

/// Reads `book.toml`, or what stands for it where there is none.
pub fn read(text: Option<&str>, around: Surroundings) -> (Config, Vec<Diagnostic>) {
    let path = SourcePath::new("book.toml");
    let mut problems = Vec::new();
    let empty = DeTable::new();
    let parsed = text.map(DeTable::parse_recoverable);
    let (table, errors) = match &parsed {
        None => (&empty, [].as_slice()),
        Some((table, errors)) => (table.get_ref(), errors.as_slice()),
    };
    for error in errors {
        let span = Span::new(error.span().unwrap_or(0..0));
        problems.push(
            Diagnostic::error("bad-config", &path, span, format!("this is no TOML: {}", error.message()))
                .help("mend this line; https://toml.io shows the format"),
        );
    }
    let mut root = Table::new(&path, "", Some(table), 0..0);
    let config = read_root(&mut root, text.is_some(), around, &path, &mut problems);
    // Tables of mdBook that say nothing to us.
    root.finish(&["preprocessor", "rust"], &mut problems);
    (config, problems)
}

fn read_root(
    root: &mut Table,
    declared: bool,
    around: Surroundings,
    path: &SourcePath,
    problems: &mut Vec<Diagnostic>,
) -> Config {
    let mut book = root.table("book", problems);
    let title = book.string("title", problems).map(|title| title.value).filter(|title| !title.trim().is_empty());
    let description = book.string("description", problems).map(|text| text.value).unwrap_or_default();
    let authors = book.strings("authors", problems).into_iter().map(|author| author.value).collect();
    let language = book.string("language", problems).map_or("en".to_owned(), |text| text.value);
    let han = book.string("han", problems).map_or("zh-Hans".to_owned(), |text| text.value);
    let src = folder_of(book.string("src", problems), &book, problems);
    book.finish(&["multilingual", "text-direction"], problems);

    let mut build = root.table("build", problems);
    let build_dir = folder_of(build.string("build-dir", problems), &build, problems);
    build.finish(&["create-missing", "use-default-preprocessors", "extra-watch-dirs"], problems);

    let mut output = root.table("output", problems);
    let mut html = output.table("html", problems);
    let site_url = html.string("site-url", problems).map(|url| format!("{}/", url.value.trim_end_matches('/')));
    let repository = html.string("git-repository-url", problems).map(|url| url.value);
    let edit_url = html.string("edit-url-template", problems).map(|url| url.value);
    let trust_html = match html.string("raw-html", problems) {
        None => false,
        Some(word) => match word.value.as_str() {
            "allow" => true,
            "sanitize" => false,
            other => {
                let message =
                    format!("\"output.html.raw-html\" wants \"sanitize\" or \"allow\", and found \"{other}\"");
                problems.push(html.error(word.span, message));
                false
            }
        },
    };

    html.finish(MDBOOK_HTML, problems);

    let mut theme_table = root.table("theme", problems);
    let mut theme = theme_table.string("name", problems);
    if let Some(name) =
        theme.take_if(|name| name.value.contains(['/', '\\']) || matches!(name.value.as_str(), "" | "." | ".."))
    {
        let message = format!("\"{}\" is no folder in themes/", name.value);
        problems.push(theme_table.error(name.span, message).help("write its name alone"));
    }
    let tokens = tokens(theme_table.table("tokens", problems), problems);
    theme_table.finish(&[], problems);

    let (collections, mut inverse_problems) = collections(root.table("collections", problems), problems);
    problems.append(&mut inverse_problems);
    let countries = countries(root.table("countries", problems), problems);
    let src = src.unwrap_or_else(|| match () {
        () if !declared => String::new(),
        () if (around.has)("content") => "content".to_owned(),
        () if (around.has)("src") => "src".to_owned(),
        () => String::new(),
    });
    let summary = if src.is_empty() { "SUMMARY.md".to_owned() } else { format!("{src}/SUMMARY.md") };
    Config {
        path: path.clone(),
        title: title.unwrap_or_else(|| around.folder.to_owned()),
        description,
        authors,
        language,
        han,
        keep_case: (around.has)(&summary),
        src,
        build_dir: build_dir.filter(|dir| !dir.is_empty()).unwrap_or_else(|| "site".to_owned()),
        site_url,
        repository,
        edit_url,
        theme,
        tokens,
        trust_html,
        collections,
        countries,
    }
}

/// The theme's design tokens that the book sets: a value, or one for light and one for dark.
fn tokens(table: Table, problems: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, String)> {
    let mut tokens = Vec::new();
    for (name, value) in table.entries() {
        let written: Vec<_> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let texts: Vec<&str> = written.iter().filter_map(|value| value.get_ref().as_str()).collect();
        let css = match texts.as_slice() {
            [one] if written.len() == 1 => (*one).to_owned(),
            [light, dark] if written.len() == 2 => format!("light-dark({light}, {dark})"),
            _ => {
                let message =
                    format!("\"theme.tokens.{}\" wants a text, or one for light and one for dark", name.value);
                let help = format!("write {} = \"…\", or {} = [\"…\", \"…\"]", name.value, name.value);
                problems.push(table.error(Span::new(value.span()), message).help(help));
                continue;
            }
        };
        if let Some(what) = texts.iter().find_map(|text| unfit_for_css(text)) {
            let message = format!("\"{what}\" cannot stand in the value of a design token");
            let help = "write a colour, a length or a list of fonts as CSS has them";
            problems.push(table.error(Span::new(value.span()), message).help(help));
            continue;
        }
        tokens.push((name, css));
    }
    tokens
}

/// What in a text would end the value of a custom property, or load something.
fn unfit_for_css(text: &str) -> Option<&str> {
    let bad = [";", "{", "}", "<", "\\", "@", "/*", "\n", "url("].into_iter().find(|bad| text.contains(bad));
    let quotes = text.matches('"').count() % 2 + text.matches('\'').count() % 2;
    let closed = text.matches('(').count() == text.matches(')').count() && quotes == 0;
    bad.or((!closed || text.trim().is_empty()).then_some(text))
}

/// A folder inside the book, normalised.
fn folder_of(dir: Option<Spanned<String>>, table: &Table, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let dir = dir?;
    let normal = normalize(&dir.value).filter(|_| !dir.value.starts_with('/'));
    if normal.is_none() {
        let message = format!("\"{}\" lies outside the book's folder", dir.value);
        problems.push(
            table.error(dir.span, message).help("name a folder inside the book, or give --out on the command line"),
        );
    }
    normal
}

fn countries(table: Table, problems: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let path = SourcePath::new("book.toml");
    let mut names = BTreeMap::new();
    for (code, value) in table.entries() {
        match value.get_ref() {
            DeValue::String(name) => {
                names.insert(code.value, name.to_string());
            }
            DeValue::Table(bloc) => {
                let dotted = format!("countries.{}", code.value);
                let mut bloc = Table::new(&path, &dotted, Some(bloc), value.span());
                let name = bloc.string("name", problems).map_or_else(|| code.value.clone(), |name| name.value);
                for member in bloc.strings("members", problems) {
                    if country::name(&member.value).is_none() {
                        let message = format!("\"{}\" is no country's code", member.value);
                        let near = country::nearest(&member.value).map(|near| format!("did you mean {near}?"));
                        problems.push(bloc.error(member.span, message).help_if(near));
                    }
                }
                bloc.finish(&[], problems);
                names.insert(code.value, name);
            }
            _ => problems
                .push(table.error(Span::new(value.span()), format!("\"countries.{}\" wants a name", code.value))),
        }
    }
    names
}

fn collections(table: Table, problems: &mut Vec<Diagnostic>) -> (Vec<Collection>, Vec<Diagnostic>) {
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
            let Kind::Reference(targets) = &field.kind else { continue };
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
    let fields: Vec<FieldSpec> = table
        .table("fields", problems)
        .tables(problems)
        .into_iter()
        .filter_map(|(field, table)| self::field(field, table, problems))
        .collect();
    if let Some(sort) = &sort {
        // What has no order of its own is not sorted by.
        let ordered = fields.iter().filter(|field| !matches!(field.kind, Kind::Markdown | Kind::Reference(_)));
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
        let grouping = |field: &FieldSpec| matches!(field.kind, Kind::Choice(_) | Kind::Country | Kind::Reference(_));
        let place = fields.iter().position(|field| field.name.value == word.value && grouping(field));
        if place.is_none() {
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
    table.finish(&[], problems);
    Collection {
        layout,
        group,
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
        "text" => Kind::Text,
        // What entries write there has a form of its own.
        "sources" | "figures" if standard.is_some_and(|standard| standard.kind == word) => Kind::Text,
        "markdown" => Kind::Markdown,
        "number" => Kind::Number,
        "yes-no" => Kind::YesNo,
        "date" => Kind::Date,
        "url" => Kind::Url,
        "choice" => Kind::Choice(values.clone()),
        "country" => Kind::Country,
        "quantity" => Kind::Quantity,
        "reference" => Kind::Reference(to.iter().map(|to| to.value.clone()).collect()),
        other => {
            let near = nearest(other, Kind::WORDS);
            let help = near.map_or_else(types_help, |near| format!("did you mean \"{near}\"?"));
            problems.push(table.error(word_span, format!("there is no field type \"{other}\"")).help(help));
            table.finish(&[], problems);
            return None;
        }
    };
    if standard.is_some_and(|standard| standard.kind != word) {
        let message = format!("\"{}\" means the same in every entry and cannot be of type {word}", name.value);
        let kind = standard.map_or("", |standard| standard.kind);
        problems.push(
            table.error(word_span, message).help(format!("leave the type out (it is {kind}), or choose another name")),
        );
    }
    if matches!(kind, Kind::Choice(_)) && values.is_empty() {
        problems.push(
            table
                .error(name.span, format!("the choice \"{}\" has no values", name.value))
                .help("write values = [\"…\", \"…\"]"),
        );
    }
    if matches!(kind, Kind::Reference(_)) && to.is_empty() {
        let message = format!("the reference \"{}\" does not say to which collection", name.value);
        problems.push(table.error(name.span, message).help("write to = \"…\", or a list of collections"));
    }
    table.finish(&[], problems);
    let many = many || matches!(name.value.as_str(), "tags" | "aliases" | "sources" | "redirect-from");
    Some(FieldSpec { name, label, help, kind, many, required, lang, symmetric, inverse })
}

/// `values = ["a", "b"]`, or `values = { a = "As readers see it" }`.
fn values(table: &mut Table, problems: &mut Vec<Diagnostic>) -> Vec<Choice> {
    match table.value("values").map(|value| (value, value.get_ref())) {
        Some((_, DeValue::Table(labels))) => labels
            .iter()
            .filter_map(|(value, label)| {
                let labels: Vec<_> = match label.get_ref() {
                    DeValue::Array(labels) => labels.iter().filter_map(|label| label.get_ref().as_str()).collect(),
                    label => label.as_str().into_iter().collect(),
                };
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
    format!("write type = \"…\", one of {}", Kind::WORDS.join(", "))
}
