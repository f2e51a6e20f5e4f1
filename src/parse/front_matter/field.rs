//! The fields that a collection declares, and their values by type.

use super::builder::EntryBuilder;
use super::scalar::{is_empty, list_of};
use crate::base::country;
use crate::base::quantity::Quantity;
use crate::base::span::Spanned;
use crate::base::suggest::{Suggestion, near};
use crate::config::{FieldKind, FieldSpec};
use crate::parse::bibliography;
use crate::parse::link::{Link, Origin};
use crate::parse::syntax::RawTarget;
use crate::parse::value::{Field, FieldValue, Value};
use crate::parse::yaml::{YamlNode, YamlValue};

impl EntryBuilder<'_> {
    pub(super) fn declared_field(
        &mut self,
        spec: usize,
        field: &FieldSpec,
        key: &Spanned<String>,
        node: &YamlNode,
        is_standard: bool,
    ) {
        if is_empty(node) {
            if field.required {
                let message = format!("\"{}\" is empty", key.value);
                let help = self.missing_help(field);
                self.tell(self.error("missing-field", key.span, message).help(help));
            }
            return;
        }
        // What stands in a standard key was told already.
        let before = self.problems.len();
        let values = self.values(spec, field, key, node);
        if is_standard {
            self.problems.truncate(before);
        }
        if !values.is_empty() {
            self.fields.push(Field { spec, values });
        }
    }

    /// One value, or a list of them where the field takes one.
    fn values(&mut self, spec: usize, field: &FieldSpec, key: &Spanned<String>, node: &YamlNode) -> Box<[FieldValue]> {
        let items = match &node.data {
            YamlValue::List(_) if !field.many && field.kind == FieldKind::Date => std::slice::from_ref(node),
            YamlValue::List(items) if !field.many => {
                let message = format!("\"{}\" wants {}, and found a list", key.value, field.kind.wants());
                let told = self.error("wrong-value", node.span, message);
                self.tell(match items.as_slice() {
                    [only] => {
                        let only = only.span.of(&self.source.text);
                        told.fix(only).help(format!("write {}: {only}", key.value))
                    }
                    _ => told.help("keep one, or declare the field with many = true in book.toml"),
                });
                return Box::default();
            }
            _ => list_of(node),
        };
        let mut values = Vec::new();
        for item in items {
            let (item, note) = self.long_form(key, item, matches!(field.kind, FieldKind::Reference(_)));
            let relation = Origin::Relation { field: spec };
            if let Some(value) = item.and_then(|item| self.value(relation, field, key, item)) {
                values.push(FieldValue { value, note: note.map(Into::into) });
            }
        }
        values.into()
    }

    /// The value of `{ value: …, note: … }` and its note; any other value is itself. `refers`: a relation says `to`, and
    /// may say `value` all the same.
    pub(super) fn long_form<'n>(
        &mut self,
        key: &Spanned<String>,
        node: &'n YamlNode,
        refers: bool,
    ) -> (Option<&'n YamlNode>, Option<String>) {
        let YamlValue::Map(pairs) = &node.data else { return (Some(node), None) };
        let says = if refers { "to" } else { "value" };
        let help = format!("write the value alone, or {{ {says}: …, note: … }}");
        let before = self.problems.len();
        let (mut value, mut note) = (None, None);
        for (part, node) in pairs {
            match part.value.as_str() {
                "value" | "to" if value.is_some() => {
                    let message = format!("\"{}\" has a value already", key.value);
                    self.tell(self.error("wrong-value", part.span, message).help("keep one of \"value\" and \"to\""));
                }
                "value" => value = Some(node),
                "to" if refers => value = Some(node),
                "note" if matches!(node.data, YamlValue::Null) => {}
                "note" => note = self.text(node, "note").map(|note| note.value).filter(|note| !note.is_empty()),
                _ => {
                    let message = format!("a value of \"{}\" has no \"{}\"", key.value, part.value);
                    let told = self.error("unknown-field", part.span, message);
                    self.tell(match near(&part.value, [says, "note"]) {
                        Some(near) => told.meant(&near),
                        None => told.help(help.clone()),
                    });
                }
            }
        }
        let value = value.filter(|value| !is_empty(value));
        if value.is_none() && self.problems.len() == before {
            let message = format!("this says nothing for \"{}\"", key.value);
            self.tell(self.error("wrong-value", node.span, message).help(help));
        }
        (value, note)
    }

    /// One value; what it refers to is a link from `relation`.
    pub fn value(
        &mut self,
        relation: Origin,
        field: &FieldSpec,
        key: &Spanned<String>,
        node: &YamlNode,
    ) -> Option<Value> {
        let name = key.value.as_str();
        match &field.kind {
            FieldKind::Text => {
                self.cut(node, name);
                self.text(node, name).map(|text| Value::Text(text.value.into()))
            }
            FieldKind::Markdown => match self.markdown(node) {
                Some(read) => Some(Value::Markdown(Box::new(self.body(read)))),
                None => self.wrong(node, name, &field.kind, "write one text, after | if it has several lines"),
            },
            FieldKind::Number => self.number(node, name).map(|(written, number)| Value::Number(written.into(), number)),
            FieldKind::YesNo => self.yes_no(node, name).map(Value::YesNo),
            FieldKind::Date => self.date(node, name).map(|date| Value::Date(date.value)),
            FieldKind::Url => {
                let text = self.text(node, name)?;
                bibliography::url(self.source, node, &text.value, &mut self.problems).map(|url| Value::Url(url.into()))
            }
            FieldKind::Choice(choices) => {
                let text = self.text(node, name)?;
                if let Some(choice) = choices.iter().position(|choice| choice.value == text.value) {
                    return Some(Value::Choice(choice));
                }
                let values = || choices.iter().map(|choice| choice.value.as_str());
                // A label, or another case, is as clear as the value itself.
                let same = choices.iter().find(|choice| choice.label.to_lowercase() == text.value.to_lowercase());
                let same = same.map(|choice| Suggestion { name: &choice.value, is_sure: true });
                let near = same.or_else(|| near(&text.value, values()));
                let message = format!("\"{}\" is no value of \"{name}\"", text.value);
                let diagnostic = self.error("wrong-value", text.span, message);
                let all = format!("its values are {}", values().collect::<Vec<_>>().join(", "));
                self.tell(match near {
                    Some(near) => diagnostic.meant(&near).help(format!("{} {all}", near.question())),
                    None => diagnostic.help(all),
                });
                None
            }
            FieldKind::Country => self.country(node, name),
            FieldKind::Quantity => {
                let text = self.text(node, name)?;
                match Quantity::parse(&text.value) {
                    Ok(quantity) => Some(Value::Quantity(quantity)),
                    Err(error) => {
                        let message =
                            format!("\"{name}\" wants a quantity, and found \"{}\": {}", text.value, error.message);
                        self.tell(self.error("wrong-value", text.span, message).help(error.help));
                        None
                    }
                }
            }
            FieldKind::Reference(_) => {
                let text = self.text(node, name)?;
                let link = self.link(Link {
                    target_span: text.span,
                    target: RawTarget::Name { name: named(&text.value).into(), fragment: None, spaced: (false, false) },
                    labelled: false,
                    embed: false,
                    from: relation,
                });
                Some(Value::Link(link))
            }
        }
    }

    fn country(&mut self, node: &YamlNode, name: &str) -> Option<Value> {
        let text = self.text(node, name)?;
        if self.config.country(&text.value).is_some() {
            return Some(Value::Country(text.value.into()));
        }
        let declared = || self.config.countries.iter();
        let wanted = text.value.to_lowercase();
        let bloc = declared().find(|(code, name)| code.to_lowercase() == wanted || name.to_lowercase() == wanted);
        let bloc = bloc.map(|(code, _)| Suggestion { name: code, is_sure: true });
        let near = bloc.or_else(|| country::near(&text.value));
        let message = format!("\"{}\" is no country's code", text.value);
        let diagnostic = self.error("wrong-value", text.span, message);
        let diagnostic = match near {
            Some(near) => {
                let (code, name) = (near.name, self.config.country(near.name).unwrap_or(near.name));
                diagnostic.meant(&near).help(format!("did you mean {code} ({name})?"))
            }
            None => diagnostic
                .help("write two letters as in ISO 3166-1 (CN, US), or declare a bloc under [countries] in book.toml"),
        };
        self.tell(diagnostic);
        None
    }
}

/// The name in `[[name|words]]`, which is what people bring from other tools, or in what is a name alone.
pub fn named(text: &str) -> &str {
    let inner = text.strip_prefix("[[").and_then(|name| name.strip_suffix("]]"));
    inner.map_or(text, |inner| inner.split('|').next().unwrap_or("").trim())
}
