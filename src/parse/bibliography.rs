//! `sources.yaml`: what entries cite, under the keys by which they cite it.

use super::parsed::Parsed;
use super::read_yaml::{read_yaml, spanned};
use super::reference::{Reference, ReferenceData};
use super::yaml::{YamlNode, YamlValue};
use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::base::source::Source;
use crate::base::suggest::{Suggestion, near};

/// The file, in the folder of the entries.
pub const SOURCES_FILE: &str = "sources.yaml";

/// What can be said of a source, and what that is.
pub const SOURCE_KEYS: [(&str, &str); 8] = [
    ("title", "What it is called"),
    ("author", "Who wrote it"),
    ("publisher", "Who published it"),
    ("url", "Where to read it, with https:// or http://"),
    ("date", "When it was published"),
    ("accessed", "When it was last read there"),
    ("note", "What else there is to say of it"),
    ("via", "The key of the source that it was cited in"),
];

/// Reads the file: a mapping of keys to what they cite.
pub fn read(source: &Source, parsed: &mut Parsed) -> Vec<Reference> {
    let pairs = match read_yaml(source, source.content(), parsed) {
        Err(_) | Ok(None) => return Vec::new(),
        Ok(Some(YamlNode { data: YamlValue::Map(pairs), .. })) => pairs,
        Ok(Some(node)) => {
            let message = format!("the sources are {}, not keys with what they cite", node.describe());
            parsed.problems.push(
                Diagnostic::error("bad-yaml", &source.path, node.span, message)
                    .help("write \"key:\" and \"  title: …\" below it"),
            );
            return Vec::new();
        }
    };
    let problems = &mut parsed.problems;
    pairs
        .into_iter()
        .map(|(key, node)| Reference { path: source.path.clone(), citation: citation(source, &node, problems), key })
        .collect()
}

/// A source written as a mapping, here or in an entry's own `sources`.
pub fn citation(source: &Source, node: &YamlNode, problems: &mut Vec<Diagnostic>) -> ReferenceData {
    let mut cited = ReferenceData::default();
    let YamlValue::Map(pairs) = &node.data else {
        let message = format!("a source is a mapping with a title, and this is {}", node.describe());
        problems.push(
            Diagnostic::error("wrong-value", &source.path, node.span, message)
                .help("write \"title: …\", and \"url: …\" if there is one"),
        );
        return cited;
    };
    for (key, node) in pairs {
        let known = SOURCE_KEYS.map(|(key, _)| key);
        if !known.contains(&key.value.as_str()) {
            let message = format!("a source has no key \"{}\"", key.value);
            let diagnostic = Diagnostic::error("unknown-field", &source.path, key.span, message);
            problems.push(match near(&key.value, known) {
                Some(near) => diagnostic.meant(&near),
                None => diagnostic.help(format!("it knows {}", known.join(", "))),
            });
            continue;
        }
        let text = match &node.data {
            YamlValue::Null => continue,
            YamlValue::Scalar { text, .. } => text.trim(),
            _ => {
                let message = format!("\"{}\" wants a text, and found {}", key.value, node.describe());
                problems.push(Diagnostic::error("wrong-value", &source.path, node.span, message));
                continue;
            }
        };
        let some = Some(text.into());
        match key.value.as_str() {
            "title" => cited.title = text.into(),
            "author" => cited.author = some,
            "publisher" => cited.publisher = some,
            "url" => cited.url = url(source, node, text, problems).map(Into::into),
            "date" => cited.date = date(source, node, &key.value, problems),
            "accessed" => cited.accessed = date(source, node, &key.value, problems),
            "note" => cited.note = some,
            _ => cited.via = Some(spanned(text, node.span)),
        }
    }
    if cited.title.is_empty() {
        problems.push(
            Diagnostic::error("missing-field", &source.path, node.span, "a source needs a \"title\"")
                .help("add title: …"),
        );
    }
    cited
}

/// A web address, which must say http or https.
pub fn url(source: &Source, node: &YamlNode, text: &str, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let is_web = ["https://", "http://"].iter().any(|scheme| {
        text.strip_prefix(scheme).is_some_and(|rest| rest.contains('.') || rest.starts_with("localhost"))
    });
    if is_web && !text.contains(char::is_whitespace) {
        return Some(text.to_owned());
    }
    let message = format!("\"{text}\" is no web address");
    let diagnostic = Diagnostic::error("wrong-value", &source.path, node.span, message);
    problems.push(diagnostic.help("write it whole, as https://example.org/page"));
    None
}

/// A date, or what is wrong with it. One of several, `[2015, 2017]`, is a list to YAML and is read as it was written.
pub fn date(source: &Source, node: &YamlNode, key: &str, problems: &mut Vec<Diagnostic>) -> Option<Date> {
    let several = |items: &[YamlNode]| {
        let texts: Option<Vec<&str>> = items.iter().map(YamlNode::as_text).collect();
        texts.map(|texts| format!("[{}]", texts.join(", ")))
    };
    let written = match &node.data {
        YamlValue::Scalar { text, .. } => Some(text.trim().to_owned()),
        YamlValue::List(items) => several(items),
        _ => None,
    };
    let written = match &written {
        Some(written) => written.as_str(),
        None => {
            let message = format!("\"{key}\" wants a date, and found {}", node.describe());
            problems.push(
                Diagnostic::error("wrong-value", &source.path, node.span, message).help("write one date, as 2015-05"),
            );
            return None;
        }
    };
    match Date::parse(written) {
        Ok(date) => Some(date),
        Err(error) => {
            let reason = error.message.map_or(String::new(), |message| format!(": {message}"));
            let message = format!("\"{key}\" wants a date, and found \"{written}\"{reason}");
            let rule = if error.is_reversed { "date-order" } else { "wrong-value" };
            let diagnostic = Diagnostic::error(rule, &source.path, node.span, message);
            problems.push(
                match error.suggestion {
                    Some(date) => diagnostic.meant(&Suggestion { name: &date, is_sure: !error.is_reversed }),
                    None => diagnostic,
                }
                .help(error.help),
            );
            None
        }
    }
}
