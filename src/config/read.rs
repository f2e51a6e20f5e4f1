//! From the text of `book.toml` to a `Config` and what is wrong with it.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::collections::collections;
use super::feeds::feeds;
use super::levels::levels;
use super::patterns::Patterns;
use super::site_url;
use super::social_images::social_images;
use super::toml_table::Table;
use super::{Config, GitOptions, Purpose};
use crate::base::country;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{SourcePath, normalize};
use crate::base::span::{Span, Spanned};
use crate::base::suggest::Suggestion;

/// What the defaults depend on.
#[derive(Clone, Copy)]
pub struct ReadContext<'a> {
    /// The name of the book's folder, its title where it has no other.
    pub folder: &'a str,
    /// Whether there is a file or folder of this path in the book's folder.
    pub has: &'a dyn Fn(&str) -> bool,
}

/// What a later version reads of a book.
const LATER: &[&str] = &["export"];

/// What mdBook says in its tables that means nothing here.
const MDBOOK: [(&str, &[&str]); 4] = [
    ("", &["preprocessor", "rust"]),
    ("book", &["multilingual", "text-direction"]),
    ("build", &["create-missing", "use-default-preprocessors", "extra-watch-dirs"]),
    (
        "output.html",
        &[
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
        ],
    ),
];

/// The keys of mdBook that the table of this dotted name may have, and that mean nothing.
pub fn of_mdbook(table: &str) -> &'static [&'static str] {
    MDBOOK.iter().find(|(name, _)| *name == table).map_or(&[], |(_, keys)| keys)
}

/// Reads `book.toml`, or what stands for it where there is none.
pub fn read(text: Option<&str>, around: ReadContext) -> (Config, Vec<Diagnostic>) {
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
    root.later(LATER, &mut problems);
    root.finish(of_mdbook(""), &mut problems);
    (config, problems)
}

fn read_root(
    root: &mut Table,
    declared: bool,
    around: ReadContext,
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
    book.finish(of_mdbook("book"), problems);

    let mut markdown = root.table("markdown", problems);
    // A vault has comments of its own.
    let comments = markdown.set_flag("comments", problems).unwrap_or_else(|| (around.has)(".obsidian"));
    markdown.finish(&[], problems);

    let mut build = root.table("build", problems);
    let build_dir = folder_of(build.string("build-dir", problems), &build, problems);
    build.finish(of_mdbook("build"), problems);

    let mut output = root.table("output", problems);
    let mut html = output.table("html", problems);
    let site_url = html.string("site-url", problems).and_then(|url| {
        let told = |meant: &Option<String>| {
            let message = format!("\"{}\" is no address at which a site can stand", url.value);
            let told = html.error(url.span, message);
            match meant {
                Some(meant) => told
                    .meant(&Suggestion { name: &format!("\"{meant}\""), is_sure: false })
                    .help(format!("write \"{meant}\"")),
                None => told.help("write it whole, \"https://example.org/kb/\", or its path alone, \"/kb/\""),
            }
        };
        site_url::read(&url.value).map_err(|meant| problems.push(told(&meant))).ok()
    });
    // One that is wrong is told already.
    let lacks_address = match &site_url {
        Some(url) => !site_url::is_whole(url),
        None => html.value("site-url").is_none(),
    };
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
    let copy = html.strings("copy", problems);
    let copy = Patterns::read(copy, &html, problems);
    html.finish(of_mdbook("output.html"), problems);

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

    let git = git(root.table("git", problems), problems);
    let (collections, mut inverse_problems) = collections(root.table("collections", problems), problems);
    problems.append(&mut inverse_problems);
    let has_timeline = collections.iter().any(|collection| collection.timeline);
    let feeds_at = root.value("feeds").map(|table| Span::new(table.span()));
    let feeds = feeds(root.table("feeds", problems), feeds_at.filter(|_| lacks_address), has_timeline, problems);
    let social_images =
        social_images(root.table("social-images", problems), site_url.as_deref(), lacks_address, problems);
    let countries = countries(root.table("countries", problems), problems);
    let levels = levels(root.table("check", problems), problems);
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
        purpose: Purpose::default(),
        src,
        build_dir: build_dir.filter(|dir| !dir.is_empty()).unwrap_or_else(|| "site".to_owned()),
        feeds,
        social_images,
        site_url,
        repository,
        edit_url,
        theme,
        tokens,
        trust_html,
        comments,
        copy,
        levels,
        git,
        collections,
        countries,
    }
}

/// What the book asks of git, if it does.
fn git(mut table: Table, problems: &mut Vec<Diagnostic>) -> Option<GitOptions> {
    let span = table.place()?;
    let mut is_on = |key| table.set_flag(key, problems).unwrap_or(true);
    let (contributors, recent_changes) = (is_on("contributors"), is_on("recent-changes"));
    table.finish(&[], problems);
    Some(GitOptions { span, contributors, recent_changes })
}

/// The theme's design tokens that the book sets: a value, or one for light and one for dark.
fn tokens(table: Table, problems: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Vec<String>)> {
    let mut tokens = Vec::new();
    for (name, value) in table.entries() {
        let written: Vec<_> = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| item.get_ref().as_str()).collect(),
            one => vec![one.as_str()],
        };
        let Some(texts) =
            written.into_iter().collect::<Option<Vec<&str>>>().filter(|texts| (1..=2).contains(&texts.len()))
        else {
            let message = format!("\"theme.tokens.{}\" wants a text, or one for light and one for dark", name.value);
            let help = format!("write {} = \"…\", or {} = [\"…\", \"…\"]", name.value, name.value);
            problems.push(table.error(Span::new(value.span()), message).help(help));
            continue;
        };
        if let Some(what) = texts.iter().find_map(|text| unfit_for_css(text)) {
            let message = format!("\"{what}\" cannot stand in the value of a design token");
            let help = "write a colour, a length or a list of fonts as CSS has them";
            problems.push(table.error(Span::new(value.span()), message).help(help));
            continue;
        }
        tokens.push((name, texts.into_iter().map(str::to_owned).collect()));
    }
    tokens
}

/// What in a text would end the value of a custom property, or load something; the whole text if it is not closed.
fn unfit_for_css(text: &str) -> Option<&str> {
    let mut open = Vec::new();
    let mut quote = None;
    for (at, c) in text.char_indices() {
        let here = &text[at..at + c.len_utf8()];
        match (quote, c) {
            (_, '\\' | '<') => return Some(here),
            (_, c) if c.is_control() => return Some(text),
            (Some(begun), c) => quote = (begun != c).then_some(begun),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => open.push(c),
            (None, ')' | ']') if open.pop() != Some(if c == ')' { '(' } else { '[' }) => return Some(text),
            (None, ';' | '{' | '}' | '@' | '!') => return Some(here),
            _ => {}
        }
    }
    let lower = text.to_ascii_lowercase();
    let loads = ["url(", "image(", "image-set(", "src(", "/*"]
        .into_iter()
        .find_map(|bad| lower.find(bad).map(|at| &text[at..at + bad.len()]));
    loads.or((!open.is_empty() || quote.is_some() || text.trim().is_empty()).then_some(text))
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
                        let near = country::near(&member.value).map(|near| format!("did you mean {}?", near.name));
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
