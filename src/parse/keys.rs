//! The keys of an entry as they stand in its source.

use super::front_matter::split::{self, split};
use super::yaml::{self, Trivia, YamlNode, YamlValue};
use crate::base::source::Source;
use crate::base::span::{Span, Spanned};

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
