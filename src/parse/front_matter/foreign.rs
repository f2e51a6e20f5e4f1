//! Front matter that another tool understands, and this one does not.

use super::builder::EntryBuilder;
use crate::base::diagnostic::Diagnostic;
use crate::base::span::Spanned;
use crate::parse::yaml::{Style, YamlNode, YamlValue};
use crate::parse::yaml_quote;

impl EntryBuilder<'_> {
    /// Tells of a key that does nothing here.
    pub(super) fn foreign(&mut self, key: &Spanned<String>) {
        if matches!(key.value.as_str(), "cssclasses" | "cssclass") {
            let message = format!("\"{}\" gives no page a class", key.value);
            let help = "take it out, or leave it to the tool that reads it; it is kept for templates";
            let told = Diagnostic::warning("foreign-syntax", &self.source.path, key.span, message);
            self.tell(told.help(help));
        }
    }

    /// Tells of aliases that another tool parts at their commas, and that are one name here.
    pub(super) fn one_alias(&mut self, node: &YamlNode) {
        let YamlValue::Scalar { text, style: Style::Plain } = &node.data else { return };
        let names: Vec<&str> = text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        if names.len() < 2 {
            return;
        }
        let list = yaml_quote::list(&names);
        let message = format!("\"{text}\" is one name, with a comma in it");
        let help = format!("write aliases: {list}, or put it in quotes if it is one name");
        let told = self.error("foreign-syntax", node.span, message).help(help);
        self.guessed(told, node.span, list);
    }
}
