//! Where a link leads.

use std::sync::Arc;

use super::name_index::Signs;
use super::path_index::{AssetId, PathIndex, PathTarget, Unpublished};
use super::wikilink_text::{self, ParsedWikilink, WikilinkText};
use super::{EntryId, NameIndex, RedirectNames, Section, SectionId, Taxonomy, TermId, TermIndex};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{self, SourcePath, is_file, key, nfc, normalize};
use crate::config::{Config, FieldKind};
use crate::parse::anchor::{of_author, slug};
use crate::parse::in_book;
use crate::parse::{Entry, Heading, Link, LinkKey, LinkKeyKind, Origin, QueryTerm, RawTarget, Role, SOURCES_FILE};

/// How often a path of headings is split, from its end, to tell its first heading from the rest.
const MOST_SPLITS: usize = 8;

/// What a link was found to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// An entry, and the anchor of one of its headings. `moved`: the link knows it at an old address. `repeated`: other
    /// headings of it have the words by which the link knows this one, the first of them.
    Found {
        entry: EntryId,
        anchor: Option<Box<str>>,
        moved: bool,
        repeated: bool,
    },
    /// An entry without the heading that the link names.
    NoSuchAnchor {
        entry: EntryId,
        fragment: Box<str>,
    },
    /// A section's list of entries.
    Section(SectionId),
    /// A page that the book makes by itself.
    Made(GeneratedPage),
    Asset(AssetId),
    External,
    /// Something that exists but is not published.
    Held(Unpublished),
    /// Several entries answer to the name.
    Ambiguous(Box<[EntryId]>),
    /// An entry outside the collections that the field refers to.
    WrongCollection(EntryId),
    /// A path that leads out of the book's folder.
    Outside,
    Missing,
}

impl Resolution {
    /// The entry that it leads to, if that is another than the one it stands in.
    pub fn another(&self, from: EntryId) -> Option<EntryId> {
        match self {
            Resolution::Found { entry, .. } | Resolution::NoSuchAnchor { entry, .. } => {
                Some(*entry).filter(|to| *to != from)
            }
            _ => None,
        }
    }
}

/// Pages that stand in no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneratedPage {
    Home,
    Timeline,
    Tags,
    Sources,
    /// The list of all entries.
    All,
    /// The list of the entries that were changed last.
    RecentChanges,
    Search,
    /// The list of the entries that name a term.
    Term(TermId),
}

/// What links are resolved against.
pub struct Resolver<'a> {
    pub config: &'a Config,
    pub entries: &'a [Arc<Entry>],
    pub sections: &'a [Section],
    pub section_of: &'a [SectionId],
    /// Entries that are not published, and their names.
    pub held: &'a [Arc<Entry>],
    pub held_names: &'a NameIndex,
    pub names: &'a NameIndex,
    pub old_names: &'a RedirectNames,
    pub places: &'a PathIndex,
    pub terms: &'a TermIndex,
    /// What names of the book hold, be they those of entries or of files.
    pub signs: Signs,
    /// Whether the book lists sources.
    pub has_sources: bool,
}

impl Resolver<'_> {
    /// Where a link in `from` leads, and what it says if its first sign is one of a name.
    pub fn resolve(&self, id: EntryId, from: &Entry, link: usize) -> (Resolution, Option<ParsedWikilink>) {
        match self.signed(id, from, link) {
            Some((found, reading)) => (found, Some(reading)),
            None => match self.resolved(id, from, link) {
                Resolution::NoSuchAnchor { entry, fragment } => match named_file(&from.links[link]) {
                    Some(reading) => (Resolution::Missing, Some(reading)),
                    None => (Resolution::NoSuchAnchor { entry, fragment }, None),
                },
                found => (found, None),
            },
        }
    }

    /// Where a link leads that ends its name at the first sign.
    fn resolved(&self, id: EntryId, from: &Entry, link: usize) -> Resolution {
        let LinkKey { asks, sought, .. } = from.gists[link];
        // What almost all links are: a look at one table.
        let found = match asks {
            LinkKeyKind::Name => match self.names.called(sought, |_| true).as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            LinkKeyKind::Path => match self.places.marked(sought) {
                Some(PathTarget::Entry(entry)) if !sought.is_empty() => Some(entry),
                _ => None,
            },
            LinkKeyKind::Relation | LinkKeyKind::Query | LinkKeyKind::More => None,
        };
        if let Some(entry) = found {
            return Resolution::Found { entry, anchor: None, moved: false, repeated: false };
        }
        let Link { target, from: origin, .. } = &from.links[link];
        match (target, origin) {
            (RawTarget::Url(_), _) => Resolution::External,
            (RawTarget::Name { name, fragment, .. }, origin) => match self.in_field(from, origin, name, sought) {
                Some(found) => found,
                None => self.named(id, from, name, fragment.as_deref()),
            },
            (RawTarget::Path { path, fragment }, _) => self.path(id, from, path, fragment.as_deref()),
        }
    }

    /// A link by a name that holds a sign, "C#" or "A | B", rather than by what stands before that.
    fn signed(&self, id: EntryId, from: &Entry, link: usize) -> Option<(Resolution, ParsedWikilink)> {
        let Link { target: written @ RawTarget::Name { fragment, .. }, from: origin, target_span, .. } =
            &from.links[link]
        else {
            return None;
        };
        let found = |target: &RawTarget| {
            let RawTarget::Name { name, fragment, .. } = target else { return None };
            let in_field = self.in_field(from, origin, name, Fingerprint::of(&key(name)));
            let found = in_field.unwrap_or_else(|| self.named(id, from, name, fragment.as_deref()));
            Some(found).filter(|found| *found != Resolution::Missing)
        };
        if self.signs.bars
            && let Some(text) = WikilinkText::of(from, link)
        {
            let barred = wikilink_text::splits(text.text, &['|', '#']).take_while(|way| way.name.contains('|'));
            if let Some(found) = barred.map(|way| text.read(&way)).find_map(|way| Some((found(&way.target)?, way))) {
                return Some(found);
            }
        }
        if !self.signs.hashes || fragment.is_none() {
            return None;
        }
        let whole = written.whole()?;
        let hashed = wikilink_text::splits(&whole, &['#']).take_while(|way| way.name.contains('#'));
        hashed
            .map(|way| way.target())
            .find_map(|target| Some((found(&target)?, ParsedWikilink { target, span: *target_span, words: None })))
    }

    /// What a name in a field or in a block means; none of one in prose.
    fn in_field(&self, from: &Entry, origin: &Origin, name: &str, sought: Fingerprint) -> Option<Resolution> {
        let (collection, field) = match origin {
            Origin::Relation { field } => (from.collection, *field),
            Origin::Query(QueryTerm::Relation { collection, field }) => (Some(*collection), *field),
            Origin::Query(QueryTerm::Section) => return Some(self.section(name)),
            _ => return None,
        };
        Some(self.reference(collection, field, name, sought))
    }

    /// The section whose folder is called so; `/` is the root.
    fn section(&self, name: &str) -> Resolution {
        let wanted = if name == "/" { String::new() } else { path::slug(name, false) };
        let place = self.sections.iter().position(|section| section.name == wanted);
        place.map_or(Resolution::Missing, |place| Resolution::Section(SectionId(place as u32)))
    }

    fn reference(&self, collection: Option<usize>, field: usize, name: &str, sought: Fingerprint) -> Resolution {
        let collection = collection.map(|collection| &self.config.collections[collection]);
        let Some(FieldKind::Reference(targets)) = collection.map(|collection| &collection.fields[field].kind) else {
            return Resolution::Missing;
        };
        // A folder's own page is no member of the collection.
        let wanted = |entry: &Entry| targets.contains(&entry.section) && entry.role == Role::Member;
        // Entries lie far apart, and their sections do not.
        let is_member = |id: EntryId| {
            let section = &self.sections[self.section_of[id.0 as usize].0 as usize];
            targets.contains(&section.name) && section.index != Some(id)
        };
        if let [only] = self.names.called(sought, is_member).as_slice()
            && wanted(&self.entries[only.0 as usize])
        {
            return Resolution::Found { entry: *only, anchor: None, moved: false, repeated: false };
        }
        let is_wanted = |id: EntryId| wanted(&self.entries[id.0 as usize]);
        match self.names.matching(name, is_wanted).as_slice() {
            [only] => Resolution::Found { entry: *only, anchor: None, moved: false, repeated: false },
            [] => self.unheld(name, wanted).or_else(|| self.moved(name, None, wanted)).unwrap_or_else(|| {
                match self.names.matching(name, |_| true).as_slice() {
                    [other, ..] => Resolution::WrongCollection(*other),
                    [] => self.unheld(name, |_| true).unwrap_or(Resolution::Missing),
                }
            }),
            several => Resolution::Ambiguous(several.into()),
        }
    }

    /// An entry that had this name, or this address, before it moved.
    fn moved(&self, name: &str, fragment: Option<&str>, wanted: impl Fn(&Entry) -> bool) -> Option<Resolution> {
        let id = self.old_names.meant(name, |id| wanted(&self.entries[id.0 as usize]))?;
        Some(match self.anchored(id, fragment, false) {
            Resolution::Found { entry, anchor, repeated, .. } => {
                Resolution::Found { entry, anchor, moved: true, repeated }
            }
            other => other,
        })
    }

    /// An entry of this name that is not published.
    fn unheld(&self, name: &str, wanted: impl Fn(&Entry) -> bool) -> Option<Resolution> {
        let found = self.held_names.matching(name, |id| wanted(&self.held[id.0 as usize]));
        let entry = &self.held[found.first()?.0 as usize];
        Some(Resolution::Held(if entry.unread { Unpublished::Unread } else { Unpublished::Draft }))
    }

    fn named(&self, id: EntryId, from: &Entry, name: &str, fragment: Option<&str>) -> Resolution {
        if name.is_empty() {
            return self.anchored(id, fragment, true);
        }
        match self.names.matching(name, |_| true).as_slice() {
            [only] => self.anchored(*only, fragment, true),
            [] => self.unnamed(from, name, fragment),
            several => Resolution::Ambiguous(several.into()),
        }
    }

    /// A name that no entry answers to can still be a path, the file name of an asset, or a section.
    fn unnamed(&self, from: &Entry, name: &str, fragment: Option<&str>) -> Resolution {
        let name = nfc(name);
        let at = |base: &str| {
            let path = normalize(&format!("{base}/{name}"))?;
            self.places.at(&path).or_else(|| self.places.at(&format!("{path}.md")))
        };
        match at(from.path.parent()).or_else(|| at(self.places.src())) {
            Some(PathTarget::Asset(asset)) => return Resolution::Asset(asset),
            Some(PathTarget::Section(section)) => return Resolution::Section(section),
            Some(PathTarget::Entry(entry)) => return self.anchored(entry, fragment, true),
            _ => {}
        }
        if let Some(section) = self.places.section_named(&name) {
            return Resolution::Section(section);
        }
        match self.places.assets_named(&name) {
            [only] => Resolution::Asset(*only),
            _ => match self.unheld(&name, |_| true) {
                Some(held) => held,
                None => self
                    .made(&key(&name))
                    .or_else(|| self.moved(&name, fragment, |_| true))
                    .or_else(|| self.country(&name))
                    .unwrap_or(Resolution::Missing),
            },
        }
    }

    fn path(&self, id: EntryId, from: &Entry, path: &str, fragment: Option<&str>) -> Resolution {
        if path.is_empty() {
            return self.anchored(id, fragment, false);
        }
        let Some(full) = in_book(self.config, &from.path, path) else { return Resolution::Outside };
        let src = SourcePath::new(&full);
        let inside = self.config.within_src(&src).or((full == self.places.src()).then_some(""));
        // As it is written; then as other tools write it: without its extension, or as the page it becomes.
        let stem = full.strip_suffix(".html").unwrap_or(&full);
        for candidate in [full.clone(), format!("{full}.md"), format!("{stem}.md"), format!("{stem}.markdown")] {
            match (self.places.at(&candidate), fragment) {
                (Some(PathTarget::Entry(entry)), _) => return self.anchored(entry, fragment, false),
                // In a list the fragment is an item's id.
                (Some(PathTarget::List(_)), Some(item)) => {
                    return match self.places.at(&format!("{candidate}#{item}")) {
                        Some(PathTarget::Entry(entry)) => {
                            Resolution::Found { entry, anchor: None, moved: false, repeated: false }
                        }
                        Some(PathTarget::Held(why)) => Resolution::Held(why),
                        _ => inside.and_then(|inside| self.moved_item(inside, item)).unwrap_or(Resolution::Missing),
                    };
                }
                (Some(PathTarget::List(section) | PathTarget::Section(section)), _) => {
                    return Resolution::Section(section);
                }
                (Some(PathTarget::Asset(asset)), _) => return Resolution::Asset(asset),
                (Some(PathTarget::Held(why)), _) => return Resolution::Held(why),
                (None, _) => {}
            }
        }
        match inside {
            None => Resolution::Outside,
            Some(inside) => self.page(inside, fragment),
        }
    }

    /// A path in the folder of the entries at which no file stands: the address of a page.
    fn page(&self, path: &str, fragment: Option<&str>) -> Resolution {
        // What lists the sources becomes the page of them.
        let path = if path == SOURCES_FILE { "sources.html" } else { path };
        let address = path.strip_suffix(".html").unwrap_or(if path.is_empty() { "index" } else { "" });
        if let Some(entry) = self.names.at(address) {
            return self.anchored(entry, fragment, false);
        }
        let folder = address.strip_suffix("/index").map(|folder| format!("{}/{folder}", self.places.src()));
        match folder.and_then(|folder| normalize(&folder)).and_then(|folder| self.places.at(&folder)) {
            Some(PathTarget::Section(section)) => Resolution::Section(section),
            _ => self
                .made(address)
                .or_else(|| self.moved(path, fragment, |_| true))
                .or_else(|| self.moved_item(path, fragment?))
                .unwrap_or(Resolution::Missing),
        }
    }

    /// An item that stood in a YAML list of this path, in the folder of the entries or in a folder of it.
    fn moved_item(&self, list: &str, item: &str) -> Option<Resolution> {
        let list = [".yaml", ".yml"].iter().find_map(|end| list.strip_suffix(end))?;
        let folder = list.split('/').next().unwrap_or(list);
        self.moved(&format!("{folder}/{item}"), None, |_| true)
    }

    fn made(&self, name: &str) -> Option<Resolution> {
        let made = match name {
            "index" => GeneratedPage::Home,
            "timeline" if self.config.collections.iter().any(|collection| collection.timeline) => {
                GeneratedPage::Timeline
            }
            "tags" | "tags/index" if self.terms.of_taxonomy(Taxonomy::Tags).next().is_some() => GeneratedPage::Tags,
            "sources" if self.has_sources => GeneratedPage::Sources,
            "all-entries" if self.entries.len() > 1 => GeneratedPage::All,
            "recent-changes" if self.config.git.as_ref().is_some_and(|git| git.recent_changes) => {
                GeneratedPage::RecentChanges
            }
            "search" => GeneratedPage::Search,
            _ => GeneratedPage::Term(self.terms.at(name)?),
        };
        Some(Resolution::Made(made))
    }

    /// The page of a country or bloc that some entry names, by its code or any of its names. A code has its capitals, for
    /// `in` and `it` are words.
    fn country(&self, name: &str) -> Option<Resolution> {
        self.terms.named(Taxonomy::Countries, name).map(|id| Resolution::Made(GeneratedPage::Term(id)))
    }

    /// An entry at one of its headings. `by_text`: wikilinks name a heading by its text.
    fn anchored(&self, id: EntryId, fragment: Option<&str>, by_text: bool) -> Resolution {
        let found = |anchor: Option<&str>, repeated: bool| Resolution::Found {
            entry: id,
            anchor: anchor.map(Into::into),
            moved: false,
            repeated,
        };
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else { return found(None, false) };
        let entry = &self.entries[id.0 as usize];
        let fragment = &*nfc(fragment);
        let has = |anchor: &str| {
            anchor == "top"
                || entry.body.ids.iter().any(|id| **id == *anchor)
                || entry.body.headings.iter().any(|heading| *heading.anchor == *anchor)
        };
        let anchor = [fragment.to_owned(), of_author(fragment)].into_iter().find(|anchor| has(anchor));
        let is_title = entry.title_anchor.as_deref() == Some(fragment);
        if !by_text {
            return match (is_title, &anchor) {
                (true, _) => found(None, false),
                (_, Some(anchor)) => found(Some(anchor), false),
                _ => Resolution::NoSuchAnchor { entry: id, fragment: fragment.into() },
            };
        }
        let title = &entry.title.value;
        let headings = Headings(&entry.body.headings);
        if let Some((heading, repeated)) = headings.of_text(fragment) {
            return match nfc(title) == fragment {
                true => found(None, false),
                false => found(Some(&heading.anchor), repeated),
            };
        }
        if is_title || key(fragment) == key(title) || fragment.starts_with('^') {
            return found(None, false);
        }
        // The page's title may stand before its headings.
        let path = match fragment.split_once('#') {
            Some((first, rest)) if key(first) == key(title) && !rest.is_empty() => rest,
            _ => fragment,
        };
        let by_text = headings.at_path(path, &Headings::without_case, MOST_SPLITS);
        match by_text.or_else(|| Some((anchor.as_deref()?, false))) {
            Some((anchor, repeated)) => found(Some(anchor), repeated),
            None => match headings.at_path(path, &Headings::of_slug, MOST_SPLITS) {
                Some((anchor, repeated)) => found(Some(anchor), repeated),
                None => Resolution::NoSuchAnchor { entry: id, fragment: fragment.into() },
            },
        }
    }
}

/// A file that a link wants to show, if the sign in its name is not the beginning of a heading: `![[C#/a.png]]`.
fn named_file(link: &Link) -> Option<ParsedWikilink> {
    let RawTarget::Name { fragment: Some(_), .. } = &link.target else { return None };
    let name = link.target.whole().filter(|whole| link.embed && is_file(whole))?;
    let target = RawTarget::Name { name: name.into(), fragment: None, spaced: (false, false) };
    Some(ParsedWikilink { target, span: link.target_span, words: None })
}

/// Headings that stand one behind the other.
#[derive(Clone, Copy)]
struct Headings<'a>(&'a [Heading]);

/// A heading, and whether another one answers to the same words.
type OneOf<'a> = Option<(&'a Heading, bool)>;

impl<'a> Headings<'a> {
    fn first(self, is_meant: impl Fn(&Heading) -> bool) -> OneOf<'a> {
        let mut meant = self.0.iter().filter(|heading| is_meant(heading));
        meant.next().map(|heading| (heading, meant.next().is_some()))
    }

    /// The heading of just this text.
    fn of_text(self, text: &str) -> OneOf<'a> {
        self.first(|heading| nfc(&heading.text) == text)
    }

    /// The heading of this text, in any case.
    fn without_case(self, text: &str) -> OneOf<'a> {
        let mark = Fingerprint::of(&key(text));
        self.of_text(text).or_else(|| self.first(|heading| heading.mark == mark))
    }

    /// The heading whose words make the same anchor: other tools leave signs out of the names of headings.
    fn of_slug(self, text: &str) -> OneOf<'a> {
        let wanted = slug(text);
        self.first(|heading| !wanted.is_empty() && slug(&heading.text) == wanted)
    }

    /// The anchor of the heading that a path means: `Part#Detail` is a heading below another one. The longest name
    /// wins, for a name may have such a sign; at most `most` ways to take it apart are tried at each step. A sign too
    /// many says nothing.
    fn at_path(self, path: &'a str, find: &dyn Fn(Self, &str) -> OneOf<'a>, most: usize) -> Option<(&'a str, bool)> {
        if let Some((heading, repeated)) = find(self, path) {
            return Some((&heading.anchor, repeated));
        }
        let ways = path.rmatch_indices('#').take(most).map(|(at, _)| (&path[..at], &path[at + 1..]));
        ways.filter(|(part, rest)| !part.is_empty() || !rest.is_empty()).find_map(|(part, rest)| {
            if part.is_empty() {
                return self.at_path(rest, find, most / 2);
            }
            let (heading, repeated) = find(self, part)?;
            if rest.is_empty() {
                Some((&*heading.anchor, repeated))
            } else {
                self.below(heading).at_path(rest, find, most / 2)
            }
        })
    }

    /// The headings of the part that a heading begins.
    fn below(self, heading: &Heading) -> Headings<'a> {
        let place = self.0.iter().position(|other| std::ptr::eq(other, heading)).map_or(self.0.len(), |at| at + 1);
        let rest = &self.0[place..];
        let end = rest.iter().position(|other| other.level <= heading.level).unwrap_or(rest.len());
        Headings(&rest[..end])
    }
}
