//! A source that `sources.yaml` does not list.

use super::{ERROR, How, Rule, WARNING};
use crate::base::diagnostic::Diagnostic;
use crate::base::near::near;
use crate::base::span::Spanned;
use crate::book::Book;
use crate::parse::{SOURCES_FILE, SourceRef};

pub const RULE: Rule = Rule {
    name: "unknown-source",
    level: ERROR,
    plain: WARNING,
    how: How::Checked(|book, found| {
        for id in book.ids() {
            let entry = book.entry(id);
            for source in &entry.sources {
                let key = match source {
                    SourceRef::Key(key) => key,
                    SourceRef::Inline(citation) => match &citation.via {
                        Some(via) => via,
                        None => continue,
                    },
                };
                if book.cited(&key.value).is_none() {
                    let advises = found.advises();
                    let diagnostic = found.at(book.entry(id), key.span, unlisted(key));
                    advise(book, diagnostic, key, advises);
                }
            }
        }
        for cited in &book.cited {
            let Some(via) = cited.citation.via.as_ref().filter(|via| book.cited(&via.value).is_none()) else {
                continue;
            };
            let advises = found.advises();
            let diagnostic = found.in_file(&cited.path, true, via.span, unlisted(via));
            advise(book, diagnostic, via, advises);
        }
    }),
};

fn unlisted(key: &Spanned<String>) -> String {
    format!("{SOURCES_FILE} has no source \"{}\"", key.value)
}

fn advise(book: &Book, diagnostic: &mut Diagnostic, key: &Spanned<String>, by_name: bool) {
    let known = book.cited.iter().map(|cited| cited.key.value.as_str()).filter(|_| by_name);
    let near = near(&key.value, known);
    match near {
        Some(near) => diagnostic.guess(&near),
        None if key.value.starts_with("http") => {
            diagnostic.advise(format!("write it as a mapping: {{title: …, url: {}}}", key.value))
        }
        None => diagnostic.advise(format!("add it to {SOURCES_FILE}, or write {{title: …, url: …}} here")),
    };
}
