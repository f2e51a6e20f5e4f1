//! An entry's keys and values, read against what its collection declares.

use crate::base::country;
use crate::base::date::Date;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::near::nearest;
use crate::base::path::{UrlPath, old_address, slug};
use crate::base::quantity::Quantity;
use crate::base::source::{Source, SourceId};
use crate::base::span::{Span, Spanned};
use crate::config::{Collection, Config, FieldSpec, Kind, STANDARD};

use super::body::{Body, Read};
use super::entry::{Entry, Field, Figure, Link, Origin, Role, SourceRef, Stated, Value};
use super::sources;
use super::syntax::{self, Target};
use super::yaml::{Data, Node};
use super::{owned_text, spanned};

/// Reads the keys of one entry and tells what is wrong with them.
pub struct Reader<'a> {
    config: &'a Config,
    source: &'a Source,
    id: SourceId,
    section: &'a str,
    role: Role,
    collection: Option<usize>,
    standard: Standard,
    fields: Vec<Field>,
    data: Vec<(Spanned<String>, Node)>,
    links: Vec<Link>,
    /// Where the first key stands, for what is missing.
    first_key: Option<Span>,
    /// Whether what its author wrote could not be read.
    unread: bool,
    present: Vec<String>,
    problems: Vec<Diagnostic>,
}

/// How the target of a figure is read: as a name.
const WIKILINK: pulldown_cmark::LinkType = pulldown_cmark::LinkType::WikiLink { has_pothole: false };

/// What a value may say when it is written as a mapping; a relation says `to` for `value`.
const LONG_FORM: [&str; 3] = ["value", "to", "note"];

/// What every entry may say.
#[derive(Default)]
struct Standard {
    title: Option<Spanned<String>>,
    summary: Option<Spanned<String>>,
    aliases: Vec<Spanned<String>>,
    slug: Option<Spanned<String>>,
    redirect_from: Vec<Spanned<UrlPath>>,
    tags: Vec<Spanned<String>>,
    date: Option<Spanned<Date>>,
    order: Option<f64>,
    lang: Option<String>,
    sources: Vec<SourceRef>,
    figures: Vec<Figure>,
    review_by: Option<Spanned<Date>>,
    published: Option<Spanned<Date>>,
    draft: bool,
}

impl<'a> Reader<'a> {
    pub fn new(config: &'a Config, source: &'a Source, id: SourceId, section: &'a str, role: Role) -> Reader<'a> {
        Reader {
            config,
            source,
            id,
            section,
            role,
            collection: config.collection(section),
            standard: Standard::default(),
            fields: Vec::new(),
            data: Vec::new(),
            links: Vec::new(),
            first_key: None,
            unread: false,
            present: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// A finding in this source.
    pub fn error(&self, rule: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(rule, &self.source.path, span, message)
    }

    pub fn tell(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// What its author wrote could not be read, so that nobody knows what is missing.
    pub fn leave_unread(&mut self) {
        self.unread = true;
    }

    /// The schema that the entry is held to; a folder's own page is held to none.
    fn schema(&self) -> Option<&'a Collection> {
        if self.role == Role::Index {
            return None;
        }
        self.collection.map(|collection| &self.config.collections[collection])
    }

    /// Reads all keys.
    pub fn fields(&mut self, pairs: Vec<(Spanned<String>, Node)>) {
        self.first_key = pairs.first().map(|(key, _)| key.span);
        self.present = pairs.iter().map(|(key, _)| key.value.clone()).collect();
        let schema = self.schema();
        for (key, node) in pairs {
            let declared = schema.and_then(|collection| collection.field(&key.value));
            let is_standard = STANDARD.iter().any(|standard| standard.key == key.value);
            if is_standard {
                self.standard_field(&key, &node);
            }
            match (declared, schema) {
                (Some(spec), Some(collection)) => {
                    self.declared_field(spec, &collection.fields[spec], &key, &node, is_standard)
                }
                (None, Some(collection)) if !is_standard => self.unknown_field(collection, &key, &node),
                (None, None) if !is_standard => self.data.push((key, node)),
                _ => {}
            }
        }
    }

    fn unknown_field(&mut self, collection: &Collection, key: &Spanned<String>, node: &Node) {
        if let Some(inverse) = collection.inverses.iter().find(|inverse| inverse.key == key.value) {
            let message = format!("\"{}\" is stated at its other end", key.value);
            // What stands there names the entries that ought to say it.
            let named = list_of(node).iter().filter_map(Node::as_text).map(|name| format!("{}/{name}", inverse.from));
            let named = named.collect::<Vec<_>>().join(", ");
            let place = if named.is_empty() { format!("the entries of {}", inverse.from) } else { named };
            let field = &inverse.field;
            let help = format!("take it out, and write this entry's name under \"{field}\" in {place}");
            self.tell(self.error("inverse-field", key.span, message).help(help));
            return;
        }
        let message = format!("{} has no field \"{}\"", an_entry(collection), key.value);
        let known = || {
            let declared = collection.fields.iter().map(|field| field.name.value.as_str());
            declared.chain(STANDARD.iter().map(|standard| standard.key))
        };
        let kebab = key.value.replace('_', "-");
        let near = known().find(|known| *known == kebab).or_else(|| nearest(&key.value, known()));
        let diagnostic = self.error("unknown-field", key.span, message);
        self.tell(match near {
            Some(near) => diagnostic.help(format!("did you mean \"{near}\"?")).fix(near),
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

    fn standard_field(&mut self, key: &Spanned<String>, node: &Node) {
        if matches!(node.data, Data::Null) {
            return;
        }
        let name = key.value.as_str();
        match name {
            "title" => self.standard.title = self.text(node, name).filter(|title| !title.value.is_empty()),
            "summary" => self.standard.summary = self.text(node, name),
            "aliases" => self.standard.aliases = self.texts(node, name),
            "slug" => self.standard.slug = self.slug(node),
            "redirect-from" => self.standard.redirect_from = self.old_addresses(node),
            "tags" => self.standard.tags = self.tags(node),
            "date" => self.standard.date = self.date(node, name),
            "review-by" => self.standard.review_by = self.date(node, name),
            "published" => self.standard.published = self.date(node, name),
            "order" => self.standard.order = self.number(node, name).map(|(_, number)| number),
            "lang" => self.standard.lang = self.text(node, name).map(|lang| lang.value),
            "draft" => match self.yes_no(node, name) {
                Some(draft) => self.standard.draft = draft,
                // What may be a draft is held back.
                None => self.unread = true,
            },
            "sources" => self.standard.sources = self.sources(node),
            "figures" => self.standard.figures = self.figures(node),
            "image" => self.image(node),
            // Kept for later: which entry this one translates.
            _ => {}
        }
    }

    /// The entry's picture: a link like any other, so that it is checked and copied.
    fn image(&mut self, node: &Node) {
        let Some(path) = self.text(node, "image") else { return };
        self.links.push(Link {
            target_span: path.span,
            target: (syntax::of(pulldown_cmark::LinkType::Inline).target)(&path.value),
            label: None,
            embed: true,
            from: Origin::Image,
        });
    }

    fn slug(&mut self, node: &Node) -> Option<Spanned<String>> {
        let written = self.text(node, "slug")?;
        let proper = slug(&written.value, self.config.keep_case);
        if self.role == Role::Index {
            let message = "a folder's page has its folder's address";
            self.tell(self.error("wrong-value", written.span, message).help("take \"slug\" out, or rename the folder"));
        }
        if proper != written.value {
            let message = format!("\"{}\" cannot stand in an address", written.value);
            self.tell(
                self.error("wrong-value", written.span, message).help(format!("write {proper}")).fix(proper.clone()),
            );
        }
        Some(Spanned::new(proper, written.span))
    }

    /// A list, or a text with commas between them.
    fn tags(&mut self, node: &Node) -> Vec<Spanned<String>> {
        let texts = self.texts(node, "tags");
        let split = |text: Spanned<String>| {
            let parts = text.value.split(',').map(|part| spanned(part.trim(), text.span)).collect::<Vec<_>>();
            parts.into_iter().filter(|part| !part.value.is_empty())
        };
        if matches!(node.data, Data::List(_)) { texts } else { texts.into_iter().flat_map(split).collect() }
    }

    fn old_addresses(&mut self, node: &Node) -> Vec<Spanned<UrlPath>> {
        let mut addresses = Vec::new();
        for written in self.texts(node, "redirect-from") {
            match old_address(&written.value) {
                Some(url) => addresses.push(Spanned::new(url, written.span)),
                None => {
                    let message = format!("\"{}\" was no address of this site", written.value);
                    let help = "write the old address without its host, as policies/old-name.html";
                    self.tell(self.error("wrong-value", written.span, message).help(help));
                }
            }
        }
        addresses
    }

    fn sources(&mut self, node: &Node) -> Vec<SourceRef> {
        let items = list_of(node);
        let mut sources = Vec::new();
        for item in items {
            match &item.data {
                Data::Scalar { text, .. } => sources.push(SourceRef::Key(spanned(text.trim(), item.span))),
                Data::Null => {}
                _ => {
                    let citation = sources::citation(self.source, item, &mut self.problems);
                    sources.push(SourceRef::Inline(Box::new(citation)));
                }
            }
        }
        sources
    }

    /// A list of `{ value, label, to }`.
    fn figures(&mut self, node: &Node) -> Vec<Figure> {
        let items = list_of(node);
        items.iter().filter_map(|item| self.figure(item)).collect()
    }

    fn figure(&mut self, node: &Node) -> Option<Figure> {
        let help = "write { value: …, label: …, to: … }; \"to\" names an entry and may be left out";
        let Data::Map(pairs) = &node.data else {
            let message = format!("a figure is a mapping, and this is {}", node.describe());
            self.tell(self.error("wrong-value", node.span, message).help(help));
            return None;
        };
        let (mut value, mut label, mut link) = (None, None, None);
        let told = self.problems.len();
        for (key, node) in pairs {
            match key.value.as_str() {
                "value" => value = self.text(node, "value"),
                "label" => label = self.text(node, "label"),
                "to" => {
                    let Some(to) = self.text(node, "to") else { continue };
                    let inner = to.value.strip_prefix("[[").and_then(|name| name.strip_suffix("]]"));
                    self.links.push(Link {
                        target_span: to.span,
                        target: (syntax::of(WIKILINK).target)(inner.unwrap_or(&to.value)),
                        label: None,
                        embed: false,
                        from: Origin::Figure,
                    });
                    link = Some(self.links.len() - 1);
                }
                other => {
                    let message = format!("a figure has no \"{other}\"");
                    let told = self.error("unknown-field", key.span, message);
                    self.tell(match nearest(other, ["value", "label", "to"]) {
                        Some(near) => told.help(format!("did you mean \"{near}\"?")).fix(near),
                        None => told.help(help),
                    });
                }
            }
        }
        match (value, label) {
            (Some(value), Some(label)) => Some(Figure { value: value.value, label: label.value, link }),
            // A key that is misspelt is missing, too, and was told.
            _ if self.problems.len() > told => None,
            _ => {
                let message = "a figure needs a \"value\" and a \"label\"";
                self.tell(self.error("missing-field", node.span, message).help(help));
                None
            }
        }
    }

    fn declared_field(
        &mut self,
        spec: usize,
        field: &FieldSpec,
        key: &Spanned<String>,
        node: &Node,
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
        let items = match &node.data {
            Data::List(_) if !field.many && field.kind == Kind::Date => std::slice::from_ref(node),
            Data::List(items) if !field.many => {
                let message = format!("\"{}\" wants {}, and found a list", key.value, field.kind.wants());
                let help = match items.as_slice() {
                    [only] => format!("write {}: {}", key.value, only.span.of(&self.source.text)),
                    _ => "keep one, or declare the field with many = true in book.toml".to_owned(),
                };
                self.tell(self.error("wrong-value", node.span, message).help(help));
                return;
            }
            _ => list_of(node),
        };
        // What stands in a standard key was told already.
        let told = self.problems.len();
        let mut values = Vec::new();
        for item in items {
            let (item, note) = self.long_form(key, item);
            if let Some(value) = item.and_then(|item| self.value(spec, field, key, item)) {
                values.push(Stated { value, note });
            }
        }
        if is_standard {
            self.problems.truncate(told);
        }
        if !values.is_empty() {
            self.fields.push(Field { spec, values });
        }
    }

    /// The value of `{ value: …, note: … }` and its note; any other value is itself.
    fn long_form<'n>(&mut self, key: &Spanned<String>, node: &'n Node) -> (Option<&'n Node>, Option<String>) {
        let Data::Map(pairs) = &node.data else { return (Some(node), None) };
        let (mut value, mut note) = (None, None);
        for (part, node) in pairs {
            match part.value.as_str() {
                "value" | "to" => value = Some(node),
                "note" => note = self.text(node, "note").map(|note| note.value).filter(|note| !note.is_empty()),
                _ => {
                    let message = format!("a value of \"{}\" has no \"{}\"", key.value, part.value);
                    let help = "write the value alone, or { value: …, note: … }";
                    let near = nearest(&part.value, LONG_FORM);
                    let told = self.error("unknown-field", part.span, message);
                    self.tell(match near {
                        Some(near) => told.help(format!("did you mean \"{near}\"?")).fix(near),
                        None => told.help(help),
                    });
                    return (None, None);
                }
            }
        }
        if value.is_none() {
            let message = format!("this says nothing for \"{}\"", key.value);
            let help = "write the value alone, or { value: …, note: … }";
            self.tell(self.error("wrong-value", node.span, message).help(help));
        }
        (value, note)
    }

    fn value(&mut self, spec: usize, field: &FieldSpec, key: &Spanned<String>, node: &Node) -> Option<Value> {
        let name = key.value.as_str();
        match &field.kind {
            Kind::Text => self.text(node, name).map(|text| Value::Text(text.value)),
            Kind::Markdown => match self.markdown(node) {
                Some(read) => Some(Value::Markdown(Box::new(read.join(&mut self.links)))),
                None => self.wrong(node, name, &field.kind, "write one text, after | if it has several lines"),
            },
            Kind::Number => self.number(node, name).map(|(written, number)| Value::Number(written, number)),
            Kind::YesNo => self.yes_no(node, name).map(Value::YesNo),
            Kind::Date => self.date(node, name).map(|date| Value::Date(date.value)),
            Kind::Url => {
                let text = self.text(node, name)?;
                sources::url(self.source, node, &text.value, &mut self.problems).map(Value::Url)
            }
            Kind::Choice(choices) => {
                let text = self.text(node, name)?;
                if let Some(choice) = choices.iter().position(|choice| choice.value == text.value) {
                    return Some(Value::Choice(choice));
                }
                let values = || choices.iter().map(|choice| choice.value.as_str());
                // A label, or another case, is as clear as the value itself.
                let same = choices.iter().find(|choice| choice.label.to_lowercase() == text.value.to_lowercase());
                let near = same.map(|choice| choice.value.as_str()).or_else(|| nearest(&text.value, values()));
                let message = format!("\"{}\" is no value of \"{name}\"", text.value);
                let diagnostic = self.error("wrong-value", text.span, message);
                let all = format!("its values are {}", values().collect::<Vec<_>>().join(", "));
                self.tell(match near {
                    Some(near) => diagnostic.help(format!("did you mean \"{near}\"? {all}")).fix(near),
                    None => diagnostic.help(all),
                });
                None
            }
            Kind::Country => self.country(node, name),
            Kind::Quantity => {
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
            Kind::Reference(_) => {
                let text = self.text(node, name)?;
                // [[name]] in a field is what people bring from other tools.
                let inner = text.value.strip_prefix("[[").and_then(|name| name.strip_suffix("]]"));
                let target = match inner {
                    Some(inner) => inner.split('|').next().unwrap_or("").trim().to_owned(),
                    None => text.value.clone(),
                };
                self.links.push(Link {
                    target_span: text.span,
                    target: Target::Name { name: target, fragment: None },
                    label: None,
                    embed: false,
                    from: Origin::Relation { field: spec },
                });
                Some(Value::Link(self.links.len() - 1))
            }
        }
    }

    fn country(&mut self, node: &Node, name: &str) -> Option<Value> {
        let text = self.text(node, name)?;
        if self.config.country(&text.value).is_some() {
            return Some(Value::Country(text.value));
        }
        let declared = || self.config.countries.iter();
        let wanted = text.value.to_lowercase();
        let bloc = declared().find(|(code, name)| code.to_lowercase() == wanted || name.to_lowercase() == wanted);
        let near = bloc.map(|(code, _)| code.as_str()).or_else(|| country::nearest(&text.value));
        let message = format!("\"{}\" is no country's code", text.value);
        let diagnostic = self.error("wrong-value", text.span, message);
        let diagnostic = match near {
            Some(near) => {
                let meant = self.config.country(near).unwrap_or(near);
                diagnostic.help(format!("did you mean {near} ({meant})?")).fix(near)
            }
            None => diagnostic
                .help("write two letters as in ISO 3166-1 (CN, US), or declare a bloc under [countries] in book.toml"),
        };
        self.tell(diagnostic);
        None
    }

    /// A Markdown text, and none where there is no text.
    pub fn markdown(&mut self, node: &Node) -> Option<Read> {
        let (text, map) = owned_text(self.source, node)?;
        Some(Body::owned(text, map))
    }

    /// One text.
    pub fn text(&mut self, node: &Node, key: &str) -> Option<Spanned<String>> {
        match &node.data {
            Data::Scalar { text, .. } => Some(spanned(text.trim(), node.span)),
            _ => {
                let help = format!("write {key}: and one text");
                let message = format!("\"{key}\" wants a text, and found {}", node.describe());
                self.tell(self.error("wrong-value", node.span, message).help(help));
                None
            }
        }
    }

    /// A text or a list of texts.
    fn texts(&mut self, node: &Node, key: &str) -> Vec<Spanned<String>> {
        let texts: Vec<_> = list_of(node).iter().filter_map(|item| self.text(item, key)).collect();
        texts.into_iter().filter(|text| !text.value.is_empty()).collect()
    }

    fn number(&mut self, node: &Node, key: &str) -> Option<(String, f64)> {
        let text = self.text(node, key)?;
        match text.value.parse::<f64>().ok().filter(|number| number.is_finite()) {
            Some(number) => Some((text.value, number)),
            None => self.wrong(node, key, &Kind::Number, "write digits alone, as 12 or 3.5"),
        }
    }

    fn yes_no(&mut self, node: &Node, key: &str) -> Option<bool> {
        let text = self.text(node, key)?;
        match text.value.as_str() {
            "true" | "True" | "TRUE" | "yes" => Some(true),
            "false" | "False" | "FALSE" | "no" => Some(false),
            _ => self.wrong(node, key, &Kind::YesNo, "write true or false"),
        }
    }

    fn date(&mut self, node: &Node, key: &str) -> Option<Spanned<Date>> {
        let date = sources::date(self.source, node, key, &mut self.problems)?;
        Some(Spanned::new(date, node.span))
    }

    fn wrong<T>(&mut self, node: &Node, key: &str, kind: &Kind, help: &str) -> Option<T> {
        let found = node.as_text().map_or_else(|| node.describe().to_owned(), |text| format!("\"{text}\""));
        let message = format!("\"{key}\" wants {}, and found {found}", kind.wants());
        self.tell(self.error("wrong-value", node.span, message).help(help));
        None
    }

    fn missing_help(&self, field: &FieldSpec) -> String {
        let example = match &field.kind {
            Kind::Date => "2015, 2015-05 or 2015-05-19".to_owned(),
            Kind::Choice(choices) => choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(" | "),
            Kind::Country => "CN, or another code of two letters".to_owned(),
            Kind::YesNo => "true".to_owned(),
            Kind::Quantity => "2.9 billion USD".to_owned(),
            Kind::Reference(to) => format!("the name of an entry in {}", to.join(" or ")),
            _ => "…".to_owned(),
        };
        let help = field.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("add {}: {example}{help}", field.name.value)
    }

    /// The whole entry, and what is wrong with it. `untitled` is its title if it gives none; `address` makes its address
    /// from its `slug`.
    pub fn finish(
        mut self,
        stem: &str,
        untitled: String,
        read: Read,
        span: Span,
        address: impl FnOnce(Option<&str>) -> String,
    ) -> (Entry, Vec<Diagnostic>) {
        let mut body = read.join(&mut self.links);
        let known = self.standard.title.as_ref().map(|title| title.value.clone());
        let heading = body.take_title(&self.source.text, known.as_deref());
        let title_anchor = heading.as_ref().map(|heading| heading.anchor.clone());
        let start = self.first_key.unwrap_or(Span::at(span.start as usize));
        let title = match (self.standard.title.take(), heading) {
            (Some(title), _) => title,
            (None, Some(heading)) => Spanned::new(heading.text, heading.span),
            (None, None) => Spanned::new(untitled, start),
        };
        self.missing_fields(start, title_anchor.is_some());
        let mut fields = std::mem::take(&mut self.fields);
        fields.sort_by_key(|field| field.spec);
        let standard = self.standard;
        let entry = Entry {
            source: self.id,
            path: self.source.path.clone(),
            section: self.section.to_owned(),
            collection: self.collection,
            address: address(standard.slug.as_ref().map(|slug| slug.value.as_str())),
            role: self.role,
            title,
            title_anchor,
            summary: standard.summary.filter(|summary| !summary.value.is_empty()),
            aliases: standard.aliases,
            stem: stem.to_owned(),
            tags: standard.tags,
            date: standard.date,
            order: standard.order,
            lang: standard.lang,
            draft: standard.draft,
            unread: self.unread,
            is_item: false,
            redirect_from: standard.redirect_from,
            sources: standard.sources,
            figures: standard.figures,
            review_by: standard.review_by,
            published: standard.published,
            fields,
            data: self.data,
            links: self.links,
            body,
        };
        (entry, self.problems)
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

/// Whether nothing stands there: no value, an empty text, a list of nothing.
fn is_empty(node: &Node) -> bool {
    match &node.data {
        Data::Null => true,
        Data::Scalar { text, .. } => text.trim().is_empty(),
        Data::List(items) => items.iter().all(is_empty),
        Data::Map(_) => false,
    }
}

/// A list's items, or the one value as a list of one.
fn list_of(node: &Node) -> &[Node] {
    match &node.data {
        Data::List(items) => items,
        Data::Null => &[],
        _ => std::slice::from_ref(node),
    }
}

/// "a policy", or "an entry of policies" where the book has no word for one.
fn an_entry(collection: &Collection) -> String {
    if collection.singular == collection.title {
        return format!("an entry of {}", collection.name.value);
    }
    let singular = collection.singular.to_lowercase();
    let article = if singular.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {singular}")
}
