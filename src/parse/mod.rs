//! One source at a time, understood: a Markdown file with YAML front matter, or a YAML file that
//! is one entry or a list of entries. Pure, so sources are parsed in parallel.

pub mod anchor;
pub mod body;
pub mod entry;
mod excuse;
mod front_matter;
mod gist;
pub mod html;
pub mod markdown;
mod mention;
pub mod names;
mod plain;
mod print;
pub mod quote;
mod sources;
pub mod syntax;
mod text_map;
pub mod yaml;

pub use body::{Body, Heading};
pub use entry::{Citation, Entry, Field, Link, Origin, Role, SourceRef, Stated, Value};
pub use excuse::Excuse;
pub use gist::{Asks, Gist};
pub use plain::Piece;
pub use sources::{CitedSource, SOURCE_KEYS, SOURCES_FILE};
pub use syntax::Target;

use std::sync::Arc;

use crate::base::diagnostic::{Diagnostic, Edit, Fix, Place};
use crate::base::edit::whole_lines;
use crate::base::path::{folder_address, slug, title};
use crate::base::source::Source;
use crate::base::span::{Span, Spanned};
use crate::config::Config;
use front_matter::{Reader, Understood};
use markdown::Dialect;
use text_map::TextMap;
use yaml::{Beside, Data, Node, Style, YamlError};

/// What one source holds, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    pub entries: Vec<Arc<Entry>>,
    /// The sources that it lists, if it is the book's `sources.yaml`.
    pub cited: Vec<CitedSource>,
    pub problems: Vec<Diagnostic>,
    /// What is wrong with drafts, which nobody is told before they are built.
    pub draft_problems: Vec<Diagnostic>,
    /// The findings that its author does not want to be told, and why.
    pub excuses: Vec<Excuse>,
    /// Whether it is known from an earlier run of the program.
    pub is_recalled: bool,
}

impl Parsed {
    fn add(&mut self, source: &Source, understood: Understood) {
        let Understood { entry, problems, comments } = understood;
        self.excuse(source, comments);
        match entry.draft && !entry.unread {
            true => self.draft_problems.extend(problems),
            false => self.problems.extend(problems),
        }
        self.entries.push(Arc::new(entry));
    }

    /// Adds the excuses among comments.
    fn excuse(&mut self, source: &Source, comments: Vec<Span>) {
        for span in comments {
            self.excuses.extend(excuse::within(source, span));
        }
        // Of a text that YAML folds each comment has the place of all.
        self.excuses.sort_by_key(|excuse| excuse.span);
        self.excuses.dedup_by_key(|excuse| excuse.span);
    }
}

/// Whether a file of this path is read for entries; all others are assets.
///
/// YAML is read in declared collections and in `sources.yaml`: elsewhere it belongs to other
/// tools (`mkdocs.yml`, a workflow).
pub fn is_source(config: &Config, source: &Source) -> bool {
    let Some(path) = config.within_src(&source.path) else { return false };
    if source.is_markdown() {
        return true;
    }
    match source.path.extension().as_str() {
        "yaml" | "yml" => is_sources(path) || config.collection(&seat(config, path).section).is_some(),
        _ => false,
    }
}

fn is_sources(path: &str) -> bool {
    path == SOURCES_FILE || path == "sources.yml"
}

/// Reads one source.
pub fn one(config: &Config, source: &Source) -> Parsed {
    let path = config.within_src(&source.path).unwrap_or(source.path.as_str());
    let mut parsed = Parsed::default();
    if source.is_markdown() {
        markdown_entry(config, source, path, &mut parsed);
    } else if is_sources(path) {
        parsed.cited = sources::read(source, &mut parsed);
    } else {
        yaml_entries(config, source, path, &mut parsed);
    }
    if parsed.entries.iter().any(|entry| entry.draft || entry.unread) {
        parsed.excuses.iter_mut().for_each(|excuse| excuse.is_held = true);
    }
    parsed
}

/// The entry that a file would be whose text nobody can read.
pub fn unread(config: &Config, source: &Source) -> Vec<Arc<Entry>> {
    let entries = one(config, source).entries;
    entries.into_iter().map(|entry| Arc::new(Entry { unread: true, ..Arc::unwrap_or_clone(entry) })).collect()
}

/// The keys and values of an entry as they stand in its source, for what is to be written beside them.
pub struct Keys {
    pub pairs: Vec<(Spanned<String>, Node)>,
    /// Where they stand, all together.
    pub span: Span,
}

/// The keys of an entry; none if they cannot be read. `item` is its name in a YAML list.
pub fn keys(source: &Source, item: Option<&str>) -> Option<Keys> {
    let whole = if source.is_markdown() { front_matter(source).unwrap_or(Span::at(0)) } else { source.content() };
    match (yaml::parse(&source.text, whole, &mut Beside::default()).ok()?, item) {
        (None, _) => Some(Keys { pairs: Vec::new(), span: whole }),
        (Some(Node { data: Data::Map(pairs), span }), None) => Some(Keys { pairs, span }),
        (Some(Node { data: Data::List(items), .. }), Some(name)) => items.into_iter().find_map(|item| {
            let Node { data: Data::Map(pairs), span } = item else { return None };
            let says = |key: &str| pairs.iter().find(|(k, _)| k.value == key).and_then(|(_, node)| node.as_text());
            (says("id").or_else(|| says("slug"))?.trim() == name).then_some(Keys { pairs, span })
        }),
        _ => None,
    }
}

/// Where the front matter of a Markdown file stands, between its two lines `---`.
pub fn front_matter(source: &Source) -> Option<Span> {
    split_front_matter(source).0
}

/// Where a source lies in the folder of the entries.
struct Seat<'a> {
    /// Its section: the slug of its first folder, or for a YAML file at the root of its stem; empty at the root.
    section: String,
    /// The first part of its address, with a slash behind it.
    address: String,
    /// That folder as it is called on disk.
    folder: &'a str,
    /// The folders between that one and the file.
    inner: &'a str,
}

/// Where a path relative to the folder of the entries lies.
fn seat<'a>(config: &Config, path: &'a str) -> Seat<'a> {
    let (folder, rest) = match path.split_once('/') {
        Some((folder, rest)) => (folder, rest),
        None => match path.rsplit_once('.') {
            Some((stem, extension)) if matches!(extension.to_lowercase().as_str(), "yaml" | "yml") => (stem, ""),
            _ => ("", path),
        },
    };
    let section = if folder.is_empty() { String::new() } else { slug(folder, false) };
    // A collection's address is its own name, however its folder is spelt.
    let address = match config.collection(&section) {
        Some(_) => format!("{section}/"),
        None => folder_address(folder, config.keep_case),
    };
    Seat { section, address, folder, inner: rest.rsplit_once('/').map_or("", |(inner, _)| inner) }
}

fn markdown_entry(config: &Config, source: &Source, path: &str, parsed: &mut Parsed) {
    let (front, body) = split_front_matter(source);
    let unclosed = unclosed_front_matter(source).or_else(|| toml_front_matter(source)).filter(|_| front.is_none());
    let node = match front {
        Some(front) => read_yaml(source, front, parsed),
        None if unclosed.is_some() => Err(Unread),
        None => Ok(None),
    };
    parsed.problems.extend(unclosed);
    let seat = seat(config, path);
    let stem = source.path.stem();
    let is_index = matches!(stem.to_lowercase().as_str(), "index" | "readme" | "_index");
    let role = if is_index { Role::Index } else { Role::Member };
    let mut reader = Reader::new(config, source, &seat.section, role);
    reader.said = Some(front.unwrap_or(Span::at(0)));
    let span = source.content();
    let pairs = match node {
        Err(Unread) => {
            reader.leave_unread();
            Vec::new()
        }
        Ok(None) => Vec::new(),
        Ok(Some(Node { data: Data::Map(pairs), .. })) => pairs,
        Ok(Some(node)) => {
            let message = format!("the front matter is {}, not keys with values", node.describe());
            reader.leave_unread();
            let help = "write it as \"title: …\", a key and a value on each line";
            reader.tell(reader.error("bad-yaml", node.span, message).help(help));
            Vec::new()
        }
    };
    reader.fields(pairs);
    let read = Body::slice(&source.text, body, Dialect::of(config));
    let untitled = match role {
        Role::Member => title(stem),
        Role::Index => folder_title(config, &seat),
    };
    let understood = reader.finish(stem, untitled, read, span, |slug| match role {
        Role::Index => seat.address(config, "index"),
        Role::Member => seat.address(config, slug.unwrap_or(stem)),
    });
    parsed.add(source, understood);
}

fn yaml_entries(config: &Config, source: &Source, path: &str, parsed: &mut Parsed) {
    let Ok(Some(node)) = read_yaml(source, source.content(), parsed) else { return };
    let seat = seat(config, path);
    let (items, is_list) = match node.data {
        Data::List(items) => (items, true),
        _ => (vec![node], false),
    };
    for item in items {
        let Node { span, data: Data::Map(pairs) } = item else {
            let message = format!("an entry is keys with values, and this is {}", item.describe());
            parsed.problems.push(
                Diagnostic::error("bad-yaml", &source.path, item.span, message)
                    .help("write \"- id: …\" and \"  title: …\" below it"),
            );
            continue;
        };
        let mut reader = Reader::new(config, source, &seat.section, Role::Member);
        reader.is_item = is_list;
        let (id_pairs, pairs): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| key.value == "id");
        let (body_pairs, pairs): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| key.value == "body");
        let item_id = id_pairs.into_iter().next().and_then(|(_, node)| reader.text(&node, "id"));
        let own_slug = pairs.iter().find(|(key, _)| key.value == "slug").and_then(|(_, node)| node.as_text());
        let own_slug = own_slug.map(|slug| slug.trim().to_owned());
        if is_list && item_id.is_none() && own_slug.is_none() {
            let at = pairs.first().map_or(span, |(key, _)| key.span);
            let named = pairs.iter().find(|(key, _)| key.value == "title").and_then(|(_, node)| node.as_text());
            let example = named.map_or("…".to_owned(), |named| slug(named, false));
            let help = format!("give it the name that its address shall have: id: {example}");
            reader.tell(reader.error("missing-field", at, "this item has no \"id\"").help(help));
            // Without a name of its own nobody can tell what links to it.
            reader.leave_unread();
        }
        reader.fields(pairs);
        let read = match body_pairs.into_iter().next() {
            Some((_, node)) => yaml_body(&mut reader, node),
            None => Body::slice("", Span::at(0), reader.dialect()),
        };
        let stem = item_id.map(|id| id.value).or(own_slug.filter(|_| is_list));
        let stem = stem.unwrap_or_else(|| source.path.stem().to_owned());
        let understood =
            reader.finish(&stem, title(&stem), read, span, |slug| seat.address(config, slug.unwrap_or(&stem)));
        parsed.add(source, understood);
    }
}

fn yaml_body(reader: &mut Reader, node: Node) -> body::Read {
    match reader.markdown(&node) {
        Some(read) => read,
        None => {
            if !matches!(node.data, Data::Null) {
                let message = format!("\"body\" wants Markdown text, and found {}", node.describe());
                let help = "write \"body: |\" and the text indented below it";
                reader.tell(reader.error("wrong-value", node.span, message).help(help));
            }
            Body::slice("", Span::at(0), reader.dialect())
        }
    }
}

impl Seat<'_> {
    /// The address of an entry of this name, without `.html`.
    fn address(&self, config: &Config, name: &str) -> String {
        let keep_case = config.keep_case;
        format!("{}{}{}", self.address, folder_address(self.inner, keep_case), slug(name, keep_case))
    }
}

/// What a folder is called whose own page has no title.
fn folder_title(config: &Config, seat: &Seat) -> String {
    match (seat.folder, seat.inner.rsplit('/').next().unwrap_or("")) {
        ("", _) => config.title.clone(),
        (folder, "") => {
            let declared = config.collection(&seat.section).map(|place| config.collections[place].title.clone());
            declared.unwrap_or_else(|| title(folder))
        }
        (_, inner) => title(inner),
    }
}

/// The text of a scalar with the map of its places.
fn owned_text(source: &Source, node: &Node) -> Option<(String, TextMap)> {
    let Data::Scalar { text, style } = &node.data else { return None };
    let map = match style {
        Style::Literal => TextMap::of_literal(text, &source.text, node.span),
        Style::Plain if node.span.of(&source.text) == text => TextMap::Shifted(node.span.start),
        _ => TextMap::Whole(node.span),
    };
    Some((text.clone(), map))
}

/// The front matter between two lines `---`, if the file begins with one, and the body after it.
fn split_front_matter(source: &Source) -> (Option<Span>, Span) {
    let content = source.content();
    let text = content.of(&source.text);
    let base = content.start as usize;
    let Some(first) = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        return (None, content);
    };
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let front = Span::new(base + first.len()..base + at);
            return (Some(front), Span::new(base + at + line.len()..base + text.len()));
        }
        at += line.len();
    }
    (None, content)
}

/// A file that begins with `---` and a key, and never ends its front matter.
fn unclosed_front_matter(source: &Source) -> Option<Diagnostic> {
    let content = source.content();
    let mut lines = content.of(&source.text).lines();
    let opens = lines.next()?.trim_end() == "---";
    let next = lines.next()?;
    let key = next.split_once(':')?.0;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    (opens && is_key).then(|| {
        let start = content.start as usize;
        Diagnostic::error(
            "bad-yaml",
            &source.path,
            Span::new(start..start + 3),
            "the front matter that begins here never ends",
        )
        .help("write a line --- after its last key")
    })
}

/// A file that begins with front matter in TOML, as other tools have it.
fn toml_front_matter(source: &Source) -> Option<Diagnostic> {
    let content = source.content();
    let mut lines = content.of(&source.text).lines();
    let opens = lines.next()?.trim_end() == "+++";
    (opens && lines.any(|line| line.trim_end() == "+++")).then(|| {
        let start = content.start as usize;
        let span = Span::new(start..start + 3);
        Diagnostic::error("bad-yaml", &source.path, span, "this front matter is TOML, and YAML is read here")
            .help("write title: … between two lines ---")
    })
}

/// A text that is no YAML, which was told.
struct Unread;

/// The YAML in a part of a source; none if there is no value in it.
fn read_yaml(source: &Source, span: Span, parsed: &mut Parsed) -> Result<Option<Node>, Unread> {
    let mut beside = Beside::default();
    let node = yaml::parse(&source.text, span, &mut beside);
    parsed.problems.extend(beside.twice.into_iter().map(|error| yaml_problem(source, error)));
    parsed.excuse(source, beside.comments);
    node.map_err(|error| {
        parsed.problems.push(yaml_problem(source, error));
        Unread
    })
}

fn yaml_problem(source: &Source, error: YamlError) -> Diagnostic {
    let rule = if error.first.is_some() { "duplicate-key" } else { "bad-yaml" };
    let mut diagnostic = Diagnostic::error(rule, &source.path, error.span, error.message).help(error.help);
    if let Some(span) = error.idle.and_then(|idle| {
        // A comment or an anchor says more than the value.
        let is_plain = !idle.of(&source.text).contains(['#', '&']);
        whole_lines(&source.text, idle.range()).filter(|_| is_plain)
    }) {
        let place = Place { path: source.path.clone(), span };
        diagnostic.remedy(Fix { edits: vec![Edit { place, replacement: String::new() }], safe: true });
    }
    match error.first {
        Some(span) => diagnostic.note("first written here", Some(Place { path: source.path.clone(), span })),
        None => diagnostic,
    }
}

/// A text with its place.
fn spanned(text: &str, span: Span) -> Spanned<String> {
    Spanned::new(text.to_owned(), span)
}
