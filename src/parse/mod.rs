//! One source at a time, understood: a Markdown file with YAML front matter, or a YAML file that
//! is one entry or a list of entries. Pure, so sources are parsed in parallel.

pub mod anchor;
mod bibliography;
mod block;
pub mod body;
pub mod entry;
mod fingerprint;
mod front_matter;
mod link;
mod link_context;
mod link_key;
pub mod markdown;
mod name;
pub mod names;
mod offset_map;
mod parsed;
mod plain_text;
pub mod raw_html;
mod read_yaml;
mod reference;
mod suppression;
pub mod syntax;
mod value;
pub mod yaml;
pub mod yaml_quote;

pub use bibliography::{SOURCE_KEYS, SOURCES_FILE};
pub use block::{BlockContent, EntryQuery, QueryCondition, QueryKey};
pub use body::{Body, Heading};
pub use entry::{Entry, Role};
pub use link::{Link, Origin, QueryTerm, in_book};
pub use link_key::{LinkKey, LinkKeyKind};
pub use name::{EntryName, Tier};
pub use parsed::Parsed;
pub use plain_text::Chunk;
pub use reference::{CitationRef, Reference, ReferenceData};
pub use suppression::Suppression;
pub use syntax::RawTarget;
pub use value::{Field, FieldValue, Value};

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::{SourcePath, folder_address, slug, title};
use crate::base::source::Source;
use crate::base::span::{Span, Spanned};
use crate::config::{Config, Purpose};
use front_matter::EntryBuilder;
use front_matter::split::{self, LookAlike, Split, split};
use markdown::Dialect;
use read_yaml::{Unread, read_yaml};
use yaml::{Trivia, YamlNode, YamlValue};

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

/// Whether a file of this path is held to what a book declares; what stands in a plain section is taken as it comes.
pub fn is_declared(config: &Config, path: &SourcePath) -> bool {
    let Some(within) = config.within_src(path).filter(|_| *path != config.path) else { return true };
    match is_sources(within) {
        // They are the whole book's.
        true => !config.collections.is_empty(),
        false => {
            let is_folder = |name: &str| !name.contains('/') && config.collection(&slug(name, false)).is_some();
            config.collection(&seat(config, within).section).is_some() || is_folder(within)
        }
    }
}

/// Reads one source.
pub fn one(config: &Config, source: &Source) -> Parsed {
    let path = config.within_src(&source.path).unwrap_or(source.path.as_str());
    let mut parsed = Parsed::default();
    if source.is_markdown() {
        markdown_entry(config, source, path, &mut parsed);
    } else if is_sources(path) {
        parsed.cited = bibliography::read(source, &mut parsed);
    } else {
        yaml_entries(config, source, path, &mut parsed);
    }
    if !(parsed.problems.is_empty() && parsed.draft_problems.is_empty()) && source.text.contains("<<:") {
        // What several mappings have from one is told once.
        let mut told = FxHashSet::default();
        for problems in [&mut parsed.problems, &mut parsed.draft_problems] {
            problems.retain(|problem| told.insert((problem.place.span, problem.message.clone())));
        }
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
    pub pairs: Vec<(Spanned<String>, YamlNode)>,
    /// Where they stand, all together.
    pub span: Span,
}

/// The keys of an entry; none if they cannot be read. `item` is its name in a YAML list.
pub fn keys(source: &Source, item: Option<&str>) -> Option<Keys> {
    let whole = if source.is_markdown() { front_matter(source).unwrap_or(Span::at(0)) } else { source.content() };
    match (yaml::parse(&source.text, whole, &mut Trivia::default()).ok()?, item) {
        (None, _) => Some(Keys { pairs: Vec::new(), span: whole }),
        (Some(YamlNode { data: YamlValue::Map(pairs), span }), None) => Some(Keys { pairs, span }),
        (Some(YamlNode { data: YamlValue::List(items), .. }), Some(name)) => items.into_iter().find_map(|item| {
            let YamlNode { data: YamlValue::Map(pairs), span } = item else { return None };
            let says = |key: &str| pairs.iter().find(|(k, _)| k.value == key).and_then(|(_, node)| node.as_text());
            (says("id").or_else(|| says("slug"))?.trim() == name).then_some(Keys { pairs, span })
        }),
        _ => None,
    }
}

/// Where the front matter of a Markdown file stands, between its two lines `---`.
pub fn front_matter(source: &Source) -> Option<Span> {
    let is_read = |front: &Span| {
        let read = yaml::parse(&source.text, *front, &mut Trivia::default());
        matches!(read, Ok(None | Some(YamlNode { data: YamlValue::Map(_), .. })))
    };
    split(source).front.filter(|front| is_read(front) || split::is_meant(source, *front))
}

/// Whether a file of this stem is the page of its folder.
pub fn is_index(stem: &str) -> bool {
    matches!(stem.to_lowercase().as_str(), "index" | "readme" | "_index")
}

/// Where a source lies in the folder of the entries.
struct EntryLocation<'a> {
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
fn seat<'a>(config: &Config, path: &'a str) -> EntryLocation<'a> {
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
    EntryLocation { section, address, folder, inner: rest.rsplit_once('/').map_or("", |(inner, _)| inner) }
}

fn markdown_entry(config: &Config, source: &Source, path: &str, parsed: &mut Parsed) {
    let Front { pairs, span: front, body } = front(source, parsed);
    let seat = seat(config, path);
    let stem = source.path.stem();
    let role = match stem {
        "404" if !path.contains('/') => Role::NotFound,
        _ if is_index(stem) => Role::Index,
        _ => Role::Member,
    };
    let mut reader = EntryBuilder::new(config, source, &seat.section, role);
    reader.said = Some(front.unwrap_or(Span::at(0)));
    let span = source.content();
    if pairs.is_none() {
        reader.leave_unread();
    }
    let pairs = pairs.unwrap_or_default();
    reader.fields(pairs);
    let read = Body::slice(&source.text, body, Dialect::of(config), config.purpose);
    let untitled = || match role {
        Role::Member | Role::NotFound => title(stem),
        Role::Index => folder_title(config, &seat),
    };
    let understood = reader.finish(stem, untitled, read, span, |slug| match role {
        Role::Index => seat.address(config, "index"),
        Role::Member => seat.address(config, slug.unwrap_or(stem)),
        // Servers look for it under this name.
        Role::NotFound => stem.to_owned(),
    });
    parsed.add(source, understood);
}

/// What stands at the start of a Markdown file.
struct Front {
    /// The keys of its front matter; none if it could not be read, which was told.
    pairs: Option<Vec<(Spanned<String>, YamlNode)>>,
    /// Where front matter stands.
    span: Option<Span>,
    body: Span,
}

/// Reads the front matter of a Markdown file, or what looks like it.
fn front(source: &Source, parsed: &mut Parsed) -> Front {
    let Split { front, body } = split(source);
    let Some(span) = front else {
        let pairs = beside_text(source, body, true, parsed).then(Vec::new);
        return Front { pairs, span: None, body };
    };
    let before = (parsed.problems.len(), parsed.excuses.len());
    let pairs = match read_yaml(source, span, parsed) {
        Ok(None) => beside_text(source, body, true, parsed).then(Vec::new),
        Ok(Some(YamlNode { data: YamlValue::Map(pairs), .. })) => {
            beside_text(source, body, false, parsed).then_some(pairs)
        }
        Ok(Some(_)) | Err(Unread) if !split::is_meant(source, span) => {
            // A text between two breaks.
            parsed.problems.truncate(before.0);
            parsed.excuses.truncate(before.1);
            let opening = source.content().start as usize;
            tell_look_alike(source, split::shown(Span::new(opening..opening + 3)), parsed);
            return Front { pairs: Some(Vec::new()), span: None, body: source.content() };
        }
        Ok(Some(node)) => {
            let message = format!("the front matter is {}, not keys with values", node.describe());
            let help = "write it as \"title: …\", a key and a value on each line";
            parsed.problems.push(Diagnostic::error("bad-yaml", &source.path, node.span, message).help(help));
            None
        }
        Err(Unread) => None,
    };
    Front { pairs, span: Some(span), body }
}

/// Whether a text is text from its start on, and not what looks like front matter and may say that it is a draft.
fn beside_text(source: &Source, text: Span, is_first: bool, parsed: &mut Parsed) -> bool {
    let Some(found) = split::look_alike(source, text, is_first) else { return true };
    let is_held = found.is_held;
    tell_look_alike(source, found, parsed);
    !is_held
}

fn tell_look_alike(source: &Source, found: LookAlike, parsed: &mut Parsed) {
    let LookAlike { is_held, span, message, help } = found;
    let told = match is_held {
        true => Diagnostic::error("bad-yaml", &source.path, span, message),
        false => Diagnostic::warning("shown-front-matter", &source.path, span, message),
    };
    parsed.problems.push(told.help(help));
}

fn yaml_entries(config: &Config, source: &Source, path: &str, parsed: &mut Parsed) {
    let Ok(Some(node)) = read_yaml(source, source.content(), parsed) else { return };
    let seat = seat(config, path);
    let (items, is_list) = match node.data {
        YamlValue::List(items) => (items, true),
        _ => (vec![node], false),
    };
    for item in items {
        let YamlNode { span, data: YamlValue::Map(pairs) } = item else {
            let message = format!("an entry is keys with values, and this is {}", item.describe());
            parsed.problems.push(
                Diagnostic::error("bad-yaml", &source.path, item.span, message)
                    .help("write \"- id: …\" and \"  title: …\" below it"),
            );
            continue;
        };
        let mut reader = EntryBuilder::new(config, source, &seat.section, Role::Member);
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
            None => Body::slice("", Span::at(0), reader.dialect(), config.purpose),
        };
        let stem = item_id.map(|id| id.value).or(own_slug.filter(|_| is_list));
        let stem = stem.unwrap_or_else(|| source.path.stem().to_owned());
        let understood =
            reader.finish(&stem, || title(&stem), read, span, |slug| seat.address(config, slug.unwrap_or(&stem)));
        parsed.add(source, understood);
    }
}

fn yaml_body(reader: &mut EntryBuilder, node: YamlNode) -> body::ParsedBody {
    match reader.markdown(&node) {
        Some(read) => read,
        None => {
            if !matches!(node.data, YamlValue::Null) {
                let message = format!("\"body\" wants Markdown text, and found {}", node.describe());
                let help = "write \"body: |\" and the text indented below it";
                reader.tell(reader.error("wrong-value", node.span, message).help(help));
            }
            Body::slice("", Span::at(0), reader.dialect(), Purpose::default())
        }
    }
}

impl EntryLocation<'_> {
    /// The address of an entry of this name, without `.html`.
    fn address(&self, config: &Config, name: &str) -> String {
        let keep_case = config.keep_case;
        format!("{}{}{}", self.address, folder_address(self.inner, keep_case), slug(name, keep_case))
    }
}

/// What a folder is called whose own page has no title.
fn folder_title(config: &Config, seat: &EntryLocation) -> String {
    match (seat.folder, seat.inner.rsplit('/').next().unwrap_or("")) {
        ("", _) => config.title.clone(),
        (folder, "") => {
            let declared = config.collection(&seat.section).map(|place| config.collections[place].title.clone());
            declared.unwrap_or_else(|| title(folder))
        }
        (_, inner) => title(inner),
    }
}
