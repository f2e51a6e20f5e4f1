//! XML, as outputs write it.

use std::fmt::Write;

use crate::base::escape::attribute;

/// XML in the making.
pub struct Xml(String);

impl Default for Xml {
    fn default() -> Xml {
        Xml(String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
    }
}

impl Xml {
    pub fn into_text(self) -> String {
        self.0
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.0.push_str(">\n");
    }

    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.0.push_str("/>\n");
    }

    pub fn text(&mut self, name: &str, text: &str) {
        self.tag(name, &[]);
        self.0.push('>');
        self.value(text);
        self.close(name);
    }

    pub fn close(&mut self, name: &str) {
        let _ = writeln!(self.0, "</{name}>");
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.0, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.0, " {name}=\"");
            self.value(value);
            self.0.push('"');
        }
    }

    /// A text without the signs that XML 1.0 has no way to write (section 2.2).
    fn value(&mut self, text: &str) {
        let is_allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
        match text.chars().all(|c| is_allowed(&c)) {
            true => attribute(&mut self.0, text),
            false => attribute(&mut self.0, &text.chars().filter(is_allowed).collect::<String>()),
        }
    }
}
