//! The YAML of a source, with what is wrong with it told.

use super::front_matter::is_private;
use super::parsed::Parsed;
use super::yaml::{self, Trivia, YamlError, YamlNode};
use crate::base::apply_edits::whole_lines;
use crate::base::diagnostic::{Diagnostic, Edit, Fix, Place};
use crate::base::source::Source;
use crate::base::span::{Span, Spanned};

/// A text that is no YAML, which was told.
pub struct Unread;

/// The YAML in a part of a source; none if there is no value in it.
pub fn read_yaml(source: &Source, span: Span, parsed: &mut Parsed) -> Result<Option<YamlNode>, Unread> {
    let mut beside = Trivia::default();
    let node = yaml::parse(&source.text, span, &mut beside);
    // Of two answers to whether it is published nobody knows which is meant.
    let is_doubtful = |error: &YamlError| error.idle.is_none() && is_private(error.span.of(&source.text));
    let is_doubtful = beside.twice.iter().any(is_doubtful);
    parsed.problems.extend(beside.twice.into_iter().map(|error| yaml_problem(source, error)));
    parsed.excuse(source, beside.comments);
    match node {
        Ok(_) if is_doubtful => Err(Unread),
        Ok(node) if span.of(&source.text).contains("<<") => Ok(node.map(YamlNode::merged)),
        Ok(node) => Ok(node),
        Err(error) => {
            parsed.problems.push(yaml_problem(source, error));
            Err(Unread)
        }
    }
}

pub fn yaml_problem(source: &Source, error: YamlError) -> Diagnostic {
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
pub fn spanned(text: &str, span: Span) -> Spanned<String> {
    Spanned::new(text.to_owned(), span)
}
