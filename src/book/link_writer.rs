//! How a link is written that leads to another place, in the way its author writes.

use super::{Book, EntryId};
use crate::base::escape;
use crate::base::path::{SourcePath, destination, key, way};
use crate::base::span::Span;
use crate::config::Config;
use crate::parse::raw_html::decoded;
use crate::parse::syntax::SYNTAXES;
use crate::parse::{Entry, Link, Origin, RawTarget, Role, Value, yaml_quote};

/// Where an entry stands, or is about to: what links name it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryAddress {
    pub path: SourcePath,
    /// Its id, if it is an item of a YAML list.
    pub item: Option<String>,
    /// `policies/tax-relief`
    pub address: String,
    /// Its address below its section, if that alone can be no other entry's name.
    pub slug: Option<String>,
    /// Whether its slug can be no other member's name in a field.
    pub is_known: bool,
}

impl Book {
    /// Where in the file a link's target is written, and how another is written there; none if it is not found as it was
    /// read, as in a text that YAML folds, or if the other cannot stand there.
    pub fn write_over(&self, from: &Entry, link: &Link, other: &str) -> Option<(Span, String)> {
        let written = link.target_span.of(&from.text);
        let says_it = |text: &str| SYNTAXES.iter().any(|syntax| (syntax.target)(text) == link.target);
        let is_same = says_it(written);
        // In an attribute of HTML signs stand by their names.
        if !is_same && is_literal(from, link) && says_it(&decoded(written)) {
            let mut escaped = String::new();
            escape::attribute(&mut escaped, other);
            return Some((link.target_span, escaped));
        }
        if matches!(link.target, RawTarget::Name { .. }) && other.contains(['|', '[', ']']) {
            return None;
        }
        let span = if is_same { Some(link.target_span) } else { self.part(from, link) }?;
        if is_literal(from, link) {
            return Some((span, other.to_owned()));
        }
        // Of a whole value in a field the quotes are a part.
        let is_whole = !matches!(link.from, Origin::Prose { .. }) && span == link.target_span;
        Some((span, yaml_quote::instead(other, span.of(&from.text), is_whole)?))
    }

    /// The same for a link whose name may hold a sign, by its place in its entry.
    pub fn write_instead(&self, id: EntryId, link: usize, other: &str) -> Option<(Span, String)> {
        let (from, (target, span)) = (self.entry(id), self.pointed(id, link));
        let link = &from.links[link];
        if span == link.target_span {
            return self.write_over(from, link, other);
        }
        // In a table each bar has a backslash before it.
        let says_it = target.whole().is_some_and(|whole| key(&span.of(&from.text).replace("\\|", "|")) == key(&whole));
        let is_fit = is_literal(from, link) || yaml_quote::instead(other, "", false).is_some();
        (says_it && is_fit && !other.contains(['|', '[', ']'])).then(|| (span, other.to_owned()))
    }

    /// How a part of a link's target is written anew, such as its heading.
    pub fn write_part(&self, from: &Entry, link: &Link, part: Span, other: &str) -> Option<(Span, String)> {
        let is_fit = is_literal(from, link) || yaml_quote::instead(other, "", false).is_some();
        let is_name = matches!(link.target, RawTarget::Name { .. });
        (is_fit && !(is_name && other.contains(['|', '[', ']', '#']))).then(|| (part, other.to_owned()))
    }

    /// Where the target of a link stands in what it was read from.
    fn part(&self, from: &Entry, link: &Link) -> Option<Span> {
        let text = link.target_span.of(&from.text);
        let whole = link.target.whole()?;
        let mut places = text.match_indices(&whole).map(|(at, _)| link.target_span.start as usize + at);
        let at = places.next().filter(|_| places.next().is_none() && !whole.is_empty())?;
        Some(Span::new(at..at + whole.len()))
    }

    /// Where an entry stands.
    pub fn spot(&self, id: EntryId) -> EntryAddress {
        let entry = self.entry(id);
        let slug = entry.slug();
        // A slug can be another entry's address.
        let is_alone = self.names.matching(slug, |_| true) == [id];
        EntryAddress {
            path: entry.path.clone(),
            item: entry.is_item.then(|| entry.stem.to_string()),
            address: entry.address.to_string(),
            slug: is_alone.then(|| slug.to_owned()),
            is_known: self.is_known(id, slug),
        }
    }

    /// Whether a name means this entry and no other, whatever collections a field with it refers to.
    fn is_known(&self, id: EntryId, name: &str) -> bool {
        let of_members = |other: EntryId| self.entry(other).role == Role::Member;
        self.names.matching(name, of_members).iter().all(|other| *other == id)
    }
}

/// Whether a link stands in a text of which every letter is what it is.
fn is_literal(entry: &Entry, link: &Link) -> bool {
    let Some(place) = entry.links.iter().position(|other| std::ptr::eq(other, link)) else { return false };
    let fields = entry.fields.iter().flat_map(|field| &field.values).filter_map(|stated| match &stated.value {
        Value::Markdown(body) => Some(&**body),
        _ => None,
    });
    let mut bodies = std::iter::once(&entry.body).chain(fields);
    bodies.any(|body| body.links().contains(&place) && body.is_literal())
}

impl EntryAddress {
    /// The way to it from a file of the book, as a link.
    pub fn path_from(&self, from: &SourcePath) -> String {
        let item = self.item.as_ref().map_or(String::new(), |item| format!("#{}", destination(item)));
        destination(&way(from, self.path.as_str())) + &item
    }

    /// What to write in the place of a link's target, in the file `from`, so that it leads here: a path stays a path, a
    /// name a name, and `#heading` stays. None for what leads out of the book. In a relation the collection is known, if
    /// its field refers to one alone.
    pub fn spell(&self, config: &Config, from: &SourcePath, target: &RawTarget, is_relation: bool) -> Option<String> {
        match target {
            RawTarget::Url(_) => None,
            RawTarget::Name { name, fragment, .. } => {
                let short = match is_relation {
                    true if self.is_known => self.address.split_once('/').map(|(_, slug)| slug),
                    _ => self.slug.as_deref(),
                };
                let name = short.filter(|_| !name.contains('/')).unwrap_or(&self.address);
                Some(format!("{name}{}", fragment.as_ref().map_or(String::new(), |text| format!("#{text}"))))
            }
            RawTarget::Path { path, fragment } => {
                let is_page = path.ends_with(".html");
                let within = config.within_src(&self.path).unwrap_or(self.path.as_str());
                let has_extension = path.rsplit('/').next().is_some_and(|file| file.contains('.'));
                // As it was written: the page that it becomes, the file, or the file without its extension.
                let file = match (&self.item, is_page, has_extension) {
                    (_, true, _) => format!("{}.html", self.address),
                    (None, false, false) => within.rsplit_once('.').map_or(within, |(stem, _)| stem).to_owned(),
                    _ => within.to_owned(),
                };
                let fragment = match &self.item {
                    Some(item) if !is_page => Some(item.as_str()),
                    _ => fragment.as_deref(),
                };
                let fragment = fragment.map_or(String::new(), |fragment| format!("#{}", destination(fragment)));
                if path.starts_with('/') {
                    return Some(format!("/{}{fragment}", destination(&file)));
                }
                let whole = if config.src.is_empty() { file } else { format!("{}/{file}", config.src) };
                let way = destination(&way(from, &whole));
                let dot = if path.starts_with("./") && !way.starts_with('.') { "./" } else { "" };
                Some(format!("{dot}{way}{fragment}"))
            }
        }
    }
}
