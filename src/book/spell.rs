//! How a link is written that leads to another place, in the way its author writes.

use super::Book;
use crate::base::path::{SourcePath, UrlPath, encode};
use crate::base::span::Span;
use crate::config::Config;
use crate::parse::syntax::SYNTAXES;
use crate::parse::{Entry, Link, Origin, Target};

/// Where an entry stands, or is about to: what links name it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub path: SourcePath,
    /// Its id, if it is an item of a YAML list.
    pub item: Option<String>,
    /// `policies/tax-relief`
    pub address: String,
    /// Its address below its section, if that alone can be no other entry's name.
    pub slug: Option<String>,
}

impl Book {
    /// Where in the file a link's target is written, so that another can be written there; none if it is not found as it
    /// was read, as in a text that YAML folds.
    pub fn written(&self, from: &Entry, link: &Link) -> Option<Span> {
        let text = link.target_span.of(self.text(from));
        if SYNTAXES.iter().any(|syntax| (syntax.target)(text) == link.target) {
            return Some(link.target_span);
        }
        let (Target::Name { name: target, fragment } | Target::Path { path: target, fragment }) = &link.target else {
            return None;
        };
        let whole = fragment.as_ref().map_or(target.clone(), |fragment| format!("{target}#{fragment}"));
        let mut places = text.match_indices(&whole).map(|(at, _)| link.target_span.start as usize + at);
        let at = places.next().filter(|_| places.next().is_none() && !whole.is_empty())?;
        Some(Span::new(at..at + whole.len()))
    }

    /// Where an entry stands.
    pub fn spot(&self, entry: &Entry) -> Spot {
        let slug = entry.slug();
        let is_alone = self.names.matching(slug, |_| true).len() == 1;
        Spot {
            path: entry.path.clone(),
            item: entry.is_item.then(|| entry.stem.clone()),
            address: entry.address.clone(),
            slug: is_alone.then(|| slug.to_owned()),
        }
    }
}

impl Spot {
    /// The way to it from a file of the book, as a link.
    pub fn path_from(&self, from: &SourcePath) -> String {
        let item = self.item.as_ref().map_or(String::new(), |item| format!("#{}", encode(item)));
        UrlPath::new(from.as_str()).link_to(&UrlPath::new(self.path.as_str())) + &item
    }

    /// What to write in the place of a link's target, in the file `from`, so that it leads here: a path stays a path, a
    /// name a name, and `#heading` stays. None for what leads out of the book.
    pub fn spell(&self, config: &Config, from: &SourcePath, link: &Link) -> Option<String> {
        let at = |fragment: &Option<String>| fragment.as_ref().map_or(String::new(), |text| format!("#{text}"));
        match &link.target {
            Target::Url(_) => None,
            Target::Name { name, fragment } => {
                // In a field the collection is known.
                let short = match link.from {
                    Origin::Relation { .. } => self.address.split_once('/').map(|(_, slug)| slug),
                    _ => self.slug.as_deref(),
                };
                let name = short.filter(|_| !name.contains('/')).unwrap_or(&self.address);
                Some(format!("{name}{}", at(fragment)))
            }
            Target::Path { path, fragment } => {
                let fragment = match &self.item {
                    Some(item) => format!("#{}", encode(item)),
                    None => fragment.as_ref().map_or(String::new(), |fragment| format!("#{}", encode(fragment))),
                };
                let within = config.within_src(&self.path).unwrap_or(self.path.as_str());
                let is_page = path.ends_with(".html");
                let has_extension = path.rsplit('/').next().is_some_and(|file| file.contains('.'));
                // As it was written: the page that it becomes, the file, or the file without its extension.
                let file = match (&self.item, is_page, has_extension) {
                    (None, true, _) => format!("{}.html", self.address),
                    (None, false, false) => within.rsplit_once('.').map_or(within, |(stem, _)| stem).to_owned(),
                    _ => within.to_owned(),
                };
                let in_root = UrlPath::new("").link_to(&UrlPath::new(&file));
                if path.starts_with('/') {
                    return Some(format!("/{in_root}{fragment}"));
                }
                let whole = match config.src.as_str() {
                    "" => file,
                    src => format!("{src}/{file}"),
                };
                let way = UrlPath::new(from.as_str()).link_to(&UrlPath::new(whole));
                let dot = if path.starts_with("./") && !way.starts_with('.') { "./" } else { "" };
                Some(format!("{dot}{way}{fragment}"))
            }
        }
    }
}
