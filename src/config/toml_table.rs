//! A table of `book.toml` that knows where its keys stand and which of them nobody asked for.

use std::ops::Range;

use toml::Spanned as Toml;
use toml::de::{DeTable, DeValue};

use crate::base::diagnostic::Diagnostic;
use crate::base::path::SourcePath;
use crate::base::span::{Span, Spanned};
use crate::base::suggest::near;

/// The rule that tells of anything wrong in `book.toml`.
const BAD_CONFIG: &str = "bad-config";

/// One table under its dotted name, and where findings about it go.
pub struct Table<'a, 'i> {
    path: &'a SourcePath,
    name: String,
    table: Option<&'a DeTable<'i>>,
    span: Span,
    asked: Vec<&'static str>,
    /// Keys that a later version will know.
    later: &'static [&'static str],
}

impl<'a, 'i> Table<'a, 'i> {
    pub fn new(path: &'a SourcePath, name: &str, table: Option<&'a DeTable<'i>>, span: Range<usize>) -> Self {
        Table { path, name: name.to_owned(), table, span: Span::new(span), asked: Vec::new(), later: &[] }
    }

    /// Where it stands, if it does.
    pub fn place(&self) -> Option<Span> {
        self.table.map(|_| self.span)
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Toml<DeValue<'i>>> {
        self.asked.push(key);
        self.table?.get(key)
    }

    fn wrong(&self, key: &str, wants: &str, value: &Toml<DeValue<'_>>) -> Diagnostic {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("\"{}\" wants {wants}, and found {found}", self.dotted(key));
        Diagnostic::error(BAD_CONFIG, self.path, Span::new(value.span()), message)
    }

    fn dotted(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    /// A finding about this table.
    pub fn error(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(BAD_CONFIG, self.path, span, message)
    }

    /// The same of what matters less, by another rule.
    pub fn warning(&self, rule: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(rule, self.path, span, message)
    }

    /// That something is left out, for it needs the whole address of the site.
    pub fn without_site_url(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.warning("missing-site-url", span, message)
            .help("write it under [output.html]: site-url = \"https://example.org/kb/\"")
    }

    pub fn string(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Spanned::new(text.to_string(), Span::new(value.span()))),
            _ => {
                problems.push(self.wrong(key, "a text", value));
                None
            }
        }
    }

    pub fn flag(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> bool {
        self.set_flag(key, problems).unwrap_or(false)
    }

    /// What a flag is set to, if it is.
    pub fn set_flag(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Option<bool> {
        match self.get(key).map(|value| (value, value.get_ref())) {
            None => None,
            Some((_, DeValue::Boolean(flag))) => Some(*flag),
            Some((value, _)) => {
                problems.push(self.wrong(key, "true or false", value));
                None
            }
        }
    }

    /// A text, or a list of texts.
    pub fn strings(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Vec<Spanned<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push(Spanned::new(text.to_string(), Span::new(item.span()))),
                _ => problems.push(self.wrong(key, "a text or a list of texts", item)),
            }
        }
        texts
    }

    /// A table below this one; empty if it is absent.
    pub fn table(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Table<'a, 'i> {
        let value = self.get(key);
        let table = match value.map(|value| (value, value.get_ref())) {
            None => None,
            Some((_, DeValue::Table(table))) => Some(table),
            Some((value, _)) => {
                problems.push(self.wrong(key, "a table", value));
                None
            }
        };
        let span = value.map_or(self.span.range(), |value| value.span());
        Table::new(self.path, &self.dotted(key), table, span)
    }

    /// A table below this one whose key is a name; empty if there is none.
    pub fn below(&self, name: &str) -> Table<'a, 'i> {
        let value = self.table.and_then(|table| table.get(name));
        let table = value.and_then(|value| value.get_ref().as_table());
        let span = value.map_or(self.span.range(), |value| value.span());
        Table::new(self.path, &self.dotted(name), table, span)
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What stands at `key`, whatever it is.
    pub fn value(&mut self, key: &'static str) -> Option<&'a Toml<DeValue<'i>>> {
        self.get(key)
    }

    /// All keys with what stands at them, in the file's order, for tables whose keys are names.
    pub fn entries(&self) -> impl Iterator<Item = (Spanned<String>, &'a Toml<DeValue<'i>>)> + use<'a, 'i> {
        self.table
            .into_iter()
            .flatten()
            .map(|(key, value)| (Spanned::new(key.get_ref().to_string(), Span::new(key.span())), value))
    }

    /// The tables below this one, for tables whose keys are names; what is no table is told.
    pub fn tables(&self, problems: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Table<'a, 'i>)> {
        let mut tables = Vec::new();
        for (key, value) in self.entries() {
            match value.get_ref() {
                DeValue::Table(table) => {
                    let below = Table::new(self.path, &self.dotted(&key.value), Some(table), key.span.range());
                    tables.push((key, below));
                }
                _ => problems.push(self.wrong(&key.value, "a table", value)),
            }
        }
        tables
    }

    /// Tells of tables that stand in this one and that only a later version will know.
    pub fn later(&mut self, keys: &'static [&'static str], problems: &mut Vec<Diagnostic>) {
        self.later = keys;
        for (key, _) in self.entries().filter(|(key, _)| keys.contains(&key.value.as_str())) {
            let message = format!("this version of dossier has no [{}] yet", self.dotted(&key.value));
            problems.push(self.error(key.span, message).help("take the table out until a version has it"));
        }
    }

    /// Tells of the keys that nobody asked for, but for those in `others`, which belong to other tools.
    pub fn finish(self, others: &[&str], problems: &mut Vec<Diagnostic>) {
        for (key, _) in self.entries() {
            let name = key.value.as_str();
            if self.asked.contains(&name) || others.contains(&name) || self.later.contains(&name) {
                continue;
            }
            let here = if self.name.is_empty() { "book.toml".to_owned() } else { format!("[{}]", self.name) };
            let message = format!("{here} has no key \"{}\"", key.value);
            let known = self.asked.iter().enumerate().filter(|(at, key)| !self.asked[..*at].contains(key));
            let known = known.map(|(_, key)| *key);
            let diagnostic = Diagnostic::error(BAD_CONFIG, self.path, key.span, message);
            problems.push(match near(name, known.clone().chain(self.later.iter().copied())) {
                Some(near) => diagnostic.meant(&near),
                None => diagnostic.help(format!("it knows {}", known.collect::<Vec<_>>().join(", "))),
            });
        }
    }
}
