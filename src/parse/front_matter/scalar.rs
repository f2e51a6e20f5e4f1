//! Single values: texts, numbers, flags and dates.

use super::builder::EntryBuilder;
use crate::base::date::Date;
use crate::base::source::Source;
use crate::base::span::Spanned;
use crate::config::FieldKind;
use crate::parse::bibliography;
use crate::parse::body::{Body, ParsedBody};
use crate::parse::offset_map::OffsetMap;
use crate::parse::read_yaml::spanned;
use crate::parse::yaml::{Style, YamlNode, YamlValue};

impl EntryBuilder<'_> {
    /// A Markdown text, and none where there is no text.
    pub fn markdown(&mut self, node: &YamlNode) -> Option<ParsedBody> {
        let (text, map) = owned_text(self.source, node)?;
        Some(Body::owned(text, map, &self.source.text, self.dialect(), self.config.purpose))
    }

    /// One text.
    pub fn text(&mut self, node: &YamlNode, key: &str) -> Option<Spanned<String>> {
        match &node.data {
            YamlValue::Scalar { text, .. } => Some(spanned(text.trim(), node.span)),
            _ => {
                let help = format!("write {key}: and one text");
                let message = format!("\"{key}\" wants a text, and found {}", node.describe());
                self.tell(self.error("wrong-value", node.span, message).help(help));
                None
            }
        }
    }

    /// A text or a list of texts.
    pub(super) fn texts(&mut self, node: &YamlNode, key: &str) -> Vec<Spanned<String>> {
        let items = list_of(node).iter();
        let texts: Vec<_> =
            items.filter_map(|item| if self.is_cut(item, key) { None } else { self.text(item, key) }).collect();
        texts.into_iter().filter(|text| !text.value.is_empty()).collect()
    }

    pub(super) fn number(&mut self, node: &YamlNode, key: &str) -> Option<(String, f64)> {
        let text = self.text(node, key)?;
        match text.value.parse::<f64>().ok().filter(|number| number.is_finite()) {
            Some(number) => Some((text.value, number)),
            None => self.wrong(node, key, &FieldKind::Number, "write digits alone, as 12 or 3.5"),
        }
    }

    pub(super) fn yes_no(&mut self, node: &YamlNode, key: &str) -> Option<bool> {
        let text = self.text(node, key)?;
        match says_yes(&text.value) {
            None => self.wrong(node, key, &FieldKind::YesNo, "write true or false"),
            said => said,
        }
    }

    pub fn date(&mut self, node: &YamlNode, key: &str) -> Option<Spanned<Date>> {
        let date = bibliography::date(self.source, node, key, &mut self.problems)?;
        Some(Spanned::new(date, node.span))
    }

    pub(super) fn wrong<T>(&mut self, node: &YamlNode, key: &str, kind: &FieldKind, help: &str) -> Option<T> {
        let found = node.as_text().map_or_else(|| node.describe().to_owned(), |text| format!("\"{text}\""));
        let message = format!("\"{key}\" wants {}, and found {found}", kind.wants());
        self.tell(self.error("wrong-value", node.span, message).help(help));
        None
    }
}

/// The text of a scalar with the map of its places.
fn owned_text(source: &Source, node: &YamlNode) -> Option<(String, OffsetMap)> {
    let YamlValue::Scalar { text, style } = &node.data else { return None };
    let map = match style {
        Style::Literal => OffsetMap::of_literal(text, &source.text, node.span),
        Style::Plain if node.span.of(&source.text) == text => OffsetMap::Shifted(node.span.start),
        _ => OffsetMap::Whole(node.span),
    };
    Some((text.clone(), map))
}

/// Whether a text says yes or no; none if it says neither.
pub fn says_yes(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// Whether nothing stands there: no value, an empty text, a list of nothing.
pub fn is_empty(node: &YamlNode) -> bool {
    match &node.data {
        YamlValue::Null => true,
        YamlValue::Scalar { text, .. } => text.trim().is_empty(),
        YamlValue::List(items) => items.iter().all(is_empty),
        YamlValue::Map(_) => false,
    }
}

/// A list's items, or the one value as a list of one.
pub fn list_of(node: &YamlNode) -> &[YamlNode] {
    match &node.data {
        YamlValue::List(items) => items,
        YamlValue::Null => &[],
        _ => std::slice::from_ref(node),
    }
}
