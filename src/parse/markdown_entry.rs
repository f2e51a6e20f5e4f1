//! A Markdown file as an entry: its front matter, and the text below it.

use super::body::Body;
use super::entry::Role;
use super::front_matter::EntryBuilder;
use super::front_matter::split::{self, LookAlike, Split, split};
use super::location::{EntryLocation, is_index};
use super::markdown::Dialect;
use super::parsed::Parsed;
use super::read_yaml::{Unread, read_yaml};
use super::yaml::{YamlNode, YamlValue};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::title;
use crate::base::source::Source;
use crate::base::span::{Span, Spanned};
use crate::config::Config;

/// Reads the entry of a Markdown file, given its path relative to the folder of the entries.
pub fn markdown_entry(config: &Config, source: &Source, path: &str, parsed: &mut Parsed) {
    let Front { pairs, span: front, body } = front(source, parsed);
    let location = EntryLocation::of(config, path);
    let stem = source.path.stem();
    let role = match stem {
        "404" if !path.contains('/') => Role::NotFound,
        _ if is_index(stem) => Role::Index,
        _ => Role::Member,
    };
    let mut reader = EntryBuilder::new(config, source, &location.section, role);
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
        Role::Index => location.folder_title(config),
    };
    let understood = reader.finish(stem, untitled, read, span, |slug| match role {
        Role::Index => location.address(config, "index"),
        Role::Member => location.address(config, slug.unwrap_or(stem)),
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
