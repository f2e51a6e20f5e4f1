//! An entry's keys and values, read against what its collection declares.

mod builder;
mod cut;
mod field;
mod foreign;
mod key_line;
mod scalar;
pub mod split;
mod standard;

use crate::base::diagnostic::Place;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::UrlPath;
use crate::base::span::{Span, Spanned};
use crate::base::suggest::near;
use crate::config::{Collection, FieldKind, FieldSpec, STANDARD};

use super::block::{self, FencedBlock};
use super::body::{Body, ParsedBody};
use super::derived::derive;
use super::entry::{Entry, InverseField};
use super::fingerprint;
use super::yaml::{YamlNode, YamlValue};
pub use builder::{BuiltEntry, EntryBuilder};
pub use field::named;
pub use key_line::is_private;
pub use scalar::{is_empty, list_of};

impl EntryBuilder<'_> {
    /// Reads all keys.
    pub fn fields(&mut self, pairs: Vec<(Spanned<String>, YamlNode)>) {
        self.first_key = pairs.first().map(|(key, _)| key.span);
        self.present = pairs.iter().map(|(key, _)| key.value.clone()).collect();
        let schema = self.schema();
        for (key, node) in pairs {
            let declared = schema.and_then(|collection| collection.field(&key.value));
            let is_standard = STANDARD.iter().any(|standard| standard.key == key.value);
            let told = self.problems.len();
            // What a collection declares under these words means what it says there.
            if declared.is_none() || !matches!(key.value.as_str(), "private" | "publish") {
                self.privacy(&key, &node);
            }
            if schema.is_none() {
                self.foreign(&key);
            }
            if is_standard {
                // What is declared may be written long.
                let before = self.problems.len();
                let value = if declared.is_some() { self.long_form(&key, &node, false).0 } else { Some(&node) };
                match value {
                    Some(value) => self.standard_field(&key, value),
                    // An empty value is told where the field is read.
                    None if is_empty(&node) => self.problems.truncate(before),
                    None => {}
                }
            }
            match (declared, schema) {
                (Some(spec), Some(collection)) => {
                    self.declared_field(spec, &collection.fields[spec], &key, &node, is_standard)
                }
                (None, Some(collection)) if !is_standard => self.unknown_field(collection, &key, &node),
                // In a plain section a value that is wrong is kept as it is.
                (None, None) if !is_standard || self.problems.len() > told => self.data.push((key, node)),
                _ => {}
            }
        }
    }

    fn unknown_field(&mut self, collection: &Collection, key: &Spanned<String>, node: &YamlNode) {
        if let Some(inverse) = collection.inverses.iter().position(|inverse| inverse.key == key.value) {
            let items = list_of(node);
            let names = items.iter().filter_map(|item| {
                match &item.data {
                    YamlValue::Map(pairs) => pairs.iter().find(|(key, _)| matches!(key.value.as_str(), "to" | "value")),
                    _ => None,
                }
                .map_or(Some(item), |(_, node)| Some(node))
            });
            let names =
                names.filter_map(|item| Some(Spanned::new(named(item.as_text()?.trim()).to_owned(), item.span)));
            let names = names.collect();
            // A list in lines ends with its last item, whatever stands below.
            let end = items.last().map_or(node.span.end, |last| last.span.end);
            let end = if node.span.of(&self.source.text).starts_with('[') { node.span.end } else { end };
            let is_plain = items.iter().all(|item| matches!(item.data, YamlValue::Scalar { .. }));
            self.inverse_fields.push(InverseField {
                inverse,
                key: key.span,
                end: end.max(key.span.end),
                names,
                is_plain,
            });
            return;
        }
        let message = format!("{} has no field \"{}\"", an_entry(collection), key.value);
        let known = || {
            let declared = collection.fields.iter().map(|field| field.name.value.as_str());
            declared.chain(STANDARD.iter().map(|standard| standard.key))
        };
        let near = near(&key.value, known());
        let diagnostic = self.error("unknown-field", key.span, message);
        self.tell(match near {
            Some(near) if self.present.iter().any(|key| key == near.name) => {
                diagnostic.help(format!("{} (\"{}\" is there already)", near.question(), near.name))
            }
            Some(near) => diagnostic.meant(&near),
            None => {
                let fields = known().collect::<Vec<_>>().join(", ");
                let place = Place { path: self.config.path.clone(), span: collection.name.span };
                diagnostic
                    .help(format!(
                        "take it out, or declare [collections.{}.fields.{}]",
                        collection.name.value, key.value
                    ))
                    .note(format!("the fields of {} are {fields}", collection.name.value), Some(place))
            }
        });
    }

    fn missing_help(&self, field: &FieldSpec) -> String {
        let example = match &field.kind {
            FieldKind::Date => "2015, 2015-05 or 2015-05-19".to_owned(),
            FieldKind::Choice(choices) => {
                choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(" | ")
            }
            FieldKind::Country => "CN, or another code of two letters".to_owned(),
            FieldKind::YesNo => "true".to_owned(),
            FieldKind::Quantity => "2.9 billion USD".to_owned(),
            FieldKind::Reference(to) => format!("the name of an entry in {}", to.join(" or ")),
            _ => "…".to_owned(),
        };
        let help = field.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("add {}: {example}{help}", field.name.value)
    }

    /// A text with markup, with what is wrong with it told, and its links, blocks and comments put to the entry's.
    fn body(&mut self, mut read: ParsedBody) -> Body {
        let first = self.blocks.len() as u32;
        for written in std::mem::take(&mut read.blocks) {
            let content = block::read(self, &written);
            if content.is_some() {
                read.leave_out(written.range.clone());
            }
            self.blocks.push(FencedBlock { at: written.range.start as u32, content });
        }
        self.problems.extend(read.problems(self.source, self.dialect(), self.config.purpose));
        let blocks = first..self.blocks.len() as u32;
        read.join(&mut self.links, &mut self.mentions, &mut self.comments, blocks)
    }

    /// The whole entry, and what is wrong with it. `untitled` is its title if it gives none; `address` makes its address
    /// from its `slug`.
    pub fn finish(
        mut self,
        stem: &str,
        untitled: impl FnOnce() -> String,
        mut read: ParsedBody,
        span: Span,
        address: impl FnOnce(Option<&str>) -> String,
    ) -> BuiltEntry {
        let heading = read.take_title(self.standard.title.as_ref().map(|title| title.value.as_str()));
        let mut body = self.body(read);
        let title_anchor = heading.as_ref().map(|heading| heading.anchor.clone());
        let start = self.first_key.unwrap_or(Span::at(span.start as usize));
        let title = match (self.standard.title.take(), heading) {
            (Some(title), _) => title,
            (None, Some(heading)) => Spanned::new(heading.text.into(), heading.span),
            (None, None) => Spanned::new(untitled(), start),
        };
        self.missing_fields(start, title_anchor.is_some());
        let mut fields = std::mem::take(&mut self.fields);
        fields.sort_by_key(|field| field.spec);
        let standard = self.standard;
        let address = address(standard.slug.as_ref().map(|slug| slug.value.as_str()));
        let summary = standard.summary.filter(|summary| !summary.value.is_empty());
        if summary.is_some() {
            body.excerpt = Box::default();
        }
        // What is kept for long has no room to grow.
        self.links.shrink_to_fit();
        self.mentions.shrink();
        let mut entry = Entry {
            path: self.source.path.clone(),
            text: self.source.text.clone(),
            section: self.section.to_owned(),
            collection: self.collection,
            url: UrlPath::default(),
            address: address.into(),
            wanted: None,
            has_slug: standard.slug.is_some(),
            role: self.role,
            title_mark: Fingerprint::default(),
            title,
            title_anchor,
            summary,
            aliases: standard.aliases,
            stem: stem.into(),
            tag_marks: Vec::new(),
            tags: standard.tags,
            date: standard.date,
            order: standard.order,
            lang: standard.lang.map(Into::into),
            draft: standard.draft,
            unread: self.unread,
            is_item: self.is_item,
            redirect_from: standard.redirect_from,
            sources: standard.sources,
            figures: standard.figures,
            image_alt: standard.image_alt.map(Into::into),
            review_by: standard.review_by,
            published: standard.published,
            fields,
            data: self.data,
            links: self.links,
            mentions: self.mentions,
            gists: Vec::new(),
            names: Vec::new(),
            content_hash: Fingerprint::default(),
            interface_hash: Fingerprint::default(),
            inverse_fields: self.inverse_fields,
            blocks: self.blocks.into(),
            body,
        };
        derive(self.config, &mut entry);
        (entry.content_hash, entry.interface_hash) = fingerprint::of(&entry, self.said);
        BuiltEntry { entry, problems: self.problems, comments: self.comments }
    }

    /// Tells of required fields that are not there.
    fn missing_fields(&mut self, at: Span, titled: bool) {
        let Some(collection) = self.schema().filter(|_| !self.unread) else { return };
        for field in collection.fields.iter().filter(|field| field.required) {
            let name = &field.name.value;
            if self.present.contains(name) || (name == "title" && titled) {
                continue;
            }
            let message = format!("{} needs \"{name}\", and this one has none", an_entry(collection));
            let declared = Place { path: self.config.path.clone(), span: field.name.span };
            let diagnostic = self.error("missing-field", at, message).help(self.missing_help(field));
            self.tell(diagnostic.note("required here", Some(declared)));
        }
    }
}

/// "a policy", or "an entry of policies" where the book has no word for one.
pub fn an_entry(collection: &Collection) -> String {
    if collection.singular == collection.title {
        return format!("an entry of {}", collection.name.value);
    }
    let singular = collection.singular.to_lowercase();
    let article = if singular.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {singular}")
}
