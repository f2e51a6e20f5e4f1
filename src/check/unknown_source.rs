//! A source that `sources.yaml` does not list.

use super::suggestion::Missing;
use super::{ERROR, Rule, RuleScope, WARNING};
use crate::base::diagnostic::Diagnostic;
use crate::base::span::Spanned;
use crate::base::suggest::near;
use crate::book::Book;
use crate::parse::{CitationRef, SOURCES_FILE};

pub const RULE: Rule = Rule {
    name: "unknown-source",
    level: ERROR,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        let missing =
            Missing::of(keys(book).filter(|key| book.cited(&key.value).is_none()).map(|key| key.value.clone()));
        for id in book.ids().filter(|_| !missing.is_empty()) {
            let entry = book.entry(id);
            for source in &entry.sources {
                let Some(key) = key_of(source) else { continue };
                if book.cited(&key.value).is_none() {
                    let advises = found.advises();
                    let diagnostic = found.at(book.entry(id), key.span, unlisted(key));
                    advise(book, diagnostic, key, advises, &missing);
                }
            }
        }
        for cited in &book.cited {
            let Some(via) = cited.citation.via.as_ref().filter(|via| book.cited(&via.value).is_none()) else {
                continue;
            };
            let advises = found.advises();
            let diagnostic = found.in_file(&cited.path, true, via.span, unlisted(via));
            advise(book, diagnostic, via, advises, &missing);
        }
    }),
};

/// The key that something is cited by.
fn key_of(source: &CitationRef) -> Option<&Spanned<String>> {
    match source {
        CitationRef::Key(key) => Some(key),
        CitationRef::Inline(citation) => citation.via.as_ref(),
    }
}

/// All keys by which something is cited.
fn keys(book: &Book) -> impl Iterator<Item = &Spanned<String>> {
    let of_entries = book.entries.iter().flat_map(|entry| &entry.sources).filter_map(key_of);
    of_entries.chain(book.cited.iter().filter_map(|cited| cited.citation.via.as_ref()))
}

fn unlisted(key: &Spanned<String>) -> String {
    format!("{SOURCES_FILE} has no source \"{}\"", key.value)
}

fn advise(book: &Book, diagnostic: &mut Diagnostic, key: &Spanned<String>, by_name: bool, missing: &Missing) {
    let known = book.cited.iter().map(|cited| cited.key.value.as_str()).filter(|_| by_name);
    let near = near(&key.value, known);
    match near {
        Some(near) => diagnostic.guess(&missing.doubt(&key.value, near)),
        None if key.value.starts_with("http") => {
            diagnostic.advise(format!("write it as a mapping: {{title: …, url: {}}}", key.value))
        }
        None => diagnostic.advise(format!("add it to {SOURCES_FILE}, or write {{title: …, url: …}} here")),
    };
}
