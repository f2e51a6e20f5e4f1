//! A source that `sources.yaml` does not list.

use super::Rule;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::near::nearest;
use crate::base::span::Spanned;
use crate::book::Book;
use crate::parse::{SOURCES_FILE, SourceRef};

pub const RULE: Rule = Rule {
    name: "unknown-source",
    severity: Severity::Error,
    check: |book, found| {
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
                    let diagnostic = found.link(id, key.span, unlisted(key));
                    advise(book, diagnostic, key, advises);
                }
            }
        }
        for cited in &book.cited {
            let Some(via) = cited.citation.via.as_ref().filter(|via| book.cited(&via.value).is_none()) else {
                continue;
            };
            let mut diagnostic = Diagnostic::error(RULE.name, &cited.path, via.span, unlisted(via));
            advise(book, &mut diagnostic, via, found.advises());
            found.diagnostics.push(diagnostic);
        }
    },
};

fn unlisted(key: &Spanned<String>) -> String {
    format!("{SOURCES_FILE} has no source \"{}\"", key.value)
}

fn advise(book: &Book, diagnostic: &mut Diagnostic, key: &Spanned<String>, by_name: bool) {
    let known = book.cited.iter().map(|cited| cited.key.value.as_str()).filter(|_| by_name);
    let near = nearest(&key.value, known);
    match near {
        Some(near) => diagnostic.advise(format!("did you mean \"{near}\"?")).mend(near),
        None if key.value.starts_with("http") => {
            diagnostic.advise(format!("write it as a mapping: {{title: …, url: {}}}", key.value))
        }
        None => diagnostic.advise(format!("add it to {SOURCES_FILE}, or write {{title: …, url: …}} here")),
    };
}
