//! A wikilink's text told apart by the names of the book. A name may hold the signs that begin what follows it:
//! `C# in depth`, `A | B testing`.

use std::borrow::Cow;

use crate::base::span::Span;
use crate::parse::{Body, Entry, Link, Origin, RawTarget, Value};

/// How often a text is told apart, from its end.
const MOST_SPLITS: usize = 16;

/// The longest name with a sign in it that is looked for, in bytes.
const LONGEST_NAME: usize = 1_000;

/// What a wikilink says, where its first sign is one of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedWikilink {
    /// What it points at: the longest name that something has, and a heading.
    pub target: RawTarget,
    /// Where that stands in the source.
    pub span: Span,
    /// Where a bar is one of the name's, the words that it says instead of what stands behind that; empty if it has none.
    pub words: Option<Box<str>>,
}

/// One way to tell a text apart.
#[derive(Debug, PartialEq, Eq)]
pub struct WikilinkSplit<'t> {
    pub name: &'t str,
    pub fragment: Option<&'t str>,
    /// Both of them as they are written.
    pointed: &'t str,
    words: Option<&'t str>,
}

/// The ways to split a text, that with the longest name first. Words begin at a bar, if it is one of the `signs`.
pub fn splits<'t>(text: &'t str, signs: &'static [char]) -> impl Iterator<Item = WikilinkSplit<'t>> {
    let ends = text.rmatch_indices(signs).map(|(at, _)| at).take(MOST_SPLITS);
    let splits = std::iter::once(text.len()).chain(ends).map(move |end| {
        let bar = signs.contains(&'|').then(|| text[end..].find('|')).flatten();
        let (pointed, words) = match bar {
            Some(bar) => (&text[..end + bar], Some(&text[end + bar + 1..])),
            None => (text, None),
        };
        let fragment = pointed[end..].strip_prefix('#').map(str::trim);
        WikilinkSplit { name: text[..end].trim(), fragment, pointed, words }
    });
    splits.filter(|way| way.name.len() <= LONGEST_NAME)
}

impl WikilinkSplit<'_> {
    pub fn target(&self) -> RawTarget {
        let fragment = self.fragment.map(|text| unescaped(text).into());
        RawTarget::Name { name: unescaped(self.name).into(), fragment, spaced: (false, false) }
    }
}

/// What stands between the brackets of a wikilink, in the text that it was read from.
pub struct WikilinkText<'t> {
    pub text: &'t str,
    start: usize,
    /// The text with markup that they stand in; none in other fields.
    body: Option<&'t Body>,
}

impl<'t> WikilinkText<'t> {
    pub fn of(from: &'t Entry, link: usize) -> Option<WikilinkText<'t>> {
        let Link { target, target_span, from: origin, .. } = &from.links[link];
        if !matches!(target, RawTarget::Name { .. }) {
            return None;
        }
        let (body, text, at) = match origin {
            Origin::Prose { at, .. } => {
                let body = body_of(from, link)?;
                (Some(body), body.text(&from.text), *at as usize)
            }
            _ => (None, &*from.text, target_span.start as usize),
        };
        // In a field quotes may stand before them, and before what is shown in place an exclamation mark.
        let open = text[at..].find("[[").filter(|open| *open <= 1)?;
        let start = at + open + 2;
        let near = &text[start..text.floor_char_boundary(start + 2 * LONGEST_NAME)];
        Some(WikilinkText { text: &near[..near.find("]]")?], start, body })
    }

    /// What this way to tell them apart says.
    pub fn read(&self, way: &WikilinkSplit) -> ParsedWikilink {
        let begin = self.start + self.text.len() - self.text.trim_start().len();
        let range = begin..begin + bare(way.pointed.trim()).len();
        let span = self.body.map_or_else(|| Span::new(range.clone()), |body| body.span(range.clone()));
        let words = way.words.map_or(String::new(), |words| unescaped(words).trim().to_owned());
        ParsedWikilink { target: way.target(), span, words: Some(words.into()) }
    }
}

/// The text with markup that a link stands in: the body, or that of a field.
fn body_of(from: &Entry, link: usize) -> Option<&Body> {
    let fields = from.fields.iter().flat_map(|field| &field.values).filter_map(|stated| match &stated.value {
        Value::Markdown(body) => Some(&**body),
        _ => None,
    });
    std::iter::once(&from.body).chain(fields).find(|body| body.links().contains(&link))
}

/// A part without the backslash that stands before a bar in a table.
fn bare(part: &str) -> &str {
    part.strip_suffix('\\').map_or(part, str::trim_end)
}

fn unescaped(part: &str) -> Cow<'_, str> {
    let part = bare(part);
    if part.contains("\\|") { part.replace("\\|", "|").into() } else { part.into() }
}
