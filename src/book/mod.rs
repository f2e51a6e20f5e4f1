//! All entries together: every link and relation resolved, backlinks known, in order.

mod addresses;
mod assets;
mod countries;
mod graph;
mod ids;
mod link_writer;
mod name_index;
mod path_index;
mod query;
mod redirects;
mod resolve;
mod sections;
mod tags;
mod term;
mod term_index;
mod timeline;
mod wikilink_text;

pub use assets::{Look, Risk, UsedAsset};
pub use graph::{Backlink, Graph};
pub use ids::{EntryId, SectionId};
pub use link_writer::EntryAddress;
pub use name_index::NameIndex;
pub use path_index::{ASSETS_FOLDER, AssetId, PathIndex, PathTarget, Unpublished};
use redirects::RedirectNames;
use resolve::Resolver;
pub use resolve::{GeneratedPage, Resolution};
pub use sections::Section;
pub use term::{Taxonomy, Term, TermId};
pub use term_index::TermIndex;
pub use wikilink_text::ParsedWikilink;

use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::base::history::History;
use crate::base::path::SourcePath;
use crate::base::source::Source;
use crate::base::span::{LineIndex, Span};
use crate::base::suggest::Suggestion;
use crate::config::Config;
pub use crate::parse::Role;
use crate::parse::{CitationRef, Entry, Link, RawTarget, Reference};

/// A book, complete: nobody below compares a link's text with a title.
#[derive(Debug)]
pub struct Book {
    pub config: Arc<Config>,
    pub sources: Vec<Source>,
    /// All entries but those that are held back, in the order of their files.
    pub entries: Vec<Arc<Entry>>,
    /// Drafts, and entries that could not be read, in the same order.
    held: Vec<Arc<Entry>>,
    pub graph: Graph,
    /// What entries cite, in the order of `sources.yaml`.
    pub cited: Vec<Reference>,
    /// What git knows of their files.
    pub history: Arc<History>,
    linked: Arc<CrossRefs>,
}

/// What follows from all entries together: who is called how, what stands where, and in which order.
#[derive(Debug)]
pub struct CrossRefs {
    /// The declared collections, then the plain sections.
    pub sections: Vec<Section>,
    pub names: NameIndex,
    pub places: PathIndex,
    /// The dated entries of the collections that ask for it, in order.
    pub timeline: Vec<EntryId>,
    pub terms: TermIndex,
    cited_by_key: FxHashMap<String, usize>,
    /// For each of `cited`, the entries that cite it.
    pub citing: Vec<Vec<EntryId>>,
    /// The files that the site wants, in order.
    used_assets: Vec<UsedAsset>,
    /// The section of each entry.
    section_of: Vec<SectionId>,
    /// The place of each entry among its section's members.
    place: Vec<u32>,
}

/// What a book is linked from.
#[derive(Debug, Default)]
pub struct BookInput {
    pub sources: Vec<Source>,
    pub entries: Vec<Arc<Entry>>,
    pub cited: Vec<Reference>,
    /// Every other file of the book.
    pub assets: Vec<SourcePath>,
    /// Whether drafts are entries like others.
    pub drafts: bool,
    /// What git knows of the sources.
    pub history: Arc<History>,
}

impl Deref for Book {
    type Target = CrossRefs;

    fn deref(&self) -> &CrossRefs {
        &self.linked
    }
}

impl Book {
    /// Links everything with everything: total, whatever the authors wrote. What follows from all entries together is
    /// taken from the book `before`, if each entry is to the others what it was there. `look` tells what could run in a
    /// file that the site wants.
    pub fn link(config: Arc<Config>, parts: BookInput, before: Option<&Book>, look: Look) -> Book {
        let BookInput { sources, mut entries, cited, assets, drafts, history } = parts;
        let makes = |address: &str| made_alone(&config, &entries, !cited.is_empty(), address);
        let kept: Vec<&str> = MADE_ALONE.into_iter().filter(|address| makes(address)).collect();
        // An author's own home page, or a folder's, stands in the place of the book's.
        let is_kept = |entry: &Entry| {
            kept.contains(&&*entry.address) || entry.role == Role::Member && makes_always(&entry.address)
        };
        addresses::settle(&config, &mut entries, is_kept);
        let (held, entries): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|entry| entry.unread || (entry.draft && !drafts));
        let is_alike = |before: &&Book| {
            before.config.is_alike(&config)
                && have_same_keys(&before.cited, &cited)
                && before.places.assets == assets
                && have_same_interface(&before.held, &held)
                && have_same_interface(&before.entries, &entries)
                && before.used_assets == assets::used(&config, &before.places, &before.graph, look)
        };
        if let Some(before) = before.filter(is_alike) {
            let mut graph = before.graph.clone();
            for (i, (old, new)) in before.entries.iter().zip(&entries).enumerate() {
                if !Arc::ptr_eq(old, new) {
                    graph.retell(EntryId(i as u32), &old.gists, &new.gists);
                }
            }
            return Book { config, sources, entries, held, graph, cited, history, linked: before.linked.clone() };
        }
        let (sections, section_of) = sections::sections(&config, &entries);
        let (names, (places, terms)) = rayon::join(
            || NameIndex::of(&entries),
            || {
                let places = PathIndex::of(&config, &entries, &section_of, &held, &sections, assets);
                (places, TermIndex::of(&config, &entries, &sections))
            },
        );
        let held_names = NameIndex::of(&held);
        let mut signs = names.signs;
        let held_and_files = held.iter().flat_map(|entry| entry.names.iter().map(|name| &*name.key));
        let held_and_files = held_and_files.chain(places.assets.iter().map(SourcePath::as_str));
        held_and_files.for_each(|name| signs.add(name));
        let resolver = Resolver {
            config: &config,
            entries: &entries,
            sections: &sections,
            section_of: &section_of,
            held: &held,
            held_names: &held_names,
            names: &names,
            old_names: &RedirectNames::of(&entries),
            places: &places,
            terms: &terms,
            signs,
            has_sources: !cited.is_empty(),
        };
        let (graph, timeline) = rayon::join(|| Graph::of(&resolver, &sections), || timeline::of(&config, &entries));
        let used_assets = assets::used(&config, &places, &graph, look);
        let mut place = vec![0; entries.len()];
        for section in &sections {
            for (i, id) in section.members.iter().enumerate() {
                place[id.0 as usize] = i as u32;
            }
        }
        let mut cited_by_key = FxHashMap::default();
        for (i, source) in cited.iter().enumerate() {
            cited_by_key.entry(source.key.value.clone()).or_insert(i);
        }
        let mut citing = vec![Vec::new(); cited.len()];
        for member in sections.iter().flat_map(|section| section.index.iter().chain(&section.members)) {
            for source in &entries[member.0 as usize].sources {
                if let CitationRef::Key(key) = source
                    && let Some(cited) = cited_by_key.get(&key.value)
                {
                    // The same source named twice cites it once.
                    if citing[*cited].last() != Some(member) {
                        citing[*cited].push(*member);
                    }
                }
            }
        }
        let linked = CrossRefs {
            sections,
            names,
            places,
            timeline,
            terms,
            cited_by_key,
            citing,
            used_assets,
            section_of,
            place,
        };
        Book { config, sources, entries, held, graph, cited, history, linked: Arc::new(linked) }
    }

    /// The text that its authors wrote for the page for what is not found.
    pub fn not_found(&self) -> Option<EntryId> {
        self.names.at("404").filter(|id| self.entry(*id).role == Role::NotFound)
    }

    /// Drafts that are not built, and entries that could not be read.
    pub fn held(&self) -> &[Arc<Entry>] {
        &self.held
    }

    /// The files of the entries that could not be read, each once.
    pub fn held_back(&self) -> impl Iterator<Item = &SourcePath> {
        let unread = self.held.iter().filter(|entry| entry.unread).map(|entry| &entry.path);
        // Items of one list stand one behind the other.
        let mut last = None;
        unread.filter(move |path| last.replace(*path) != Some(path))
    }

    /// Whether all that follows from all entries together is known to be as it is in another book.
    pub fn is_linked_as(&self, other: &Book) -> bool {
        Arc::ptr_eq(&self.linked, &other.linked)
    }

    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// All entries with their ids.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = EntryId> + use<> {
        (0..self.entries.len() as u32).map(EntryId)
    }

    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    /// All sections with their ids.
    pub fn section_ids(&self) -> impl Iterator<Item = SectionId> + use<> {
        (0..self.sections.len() as u32).map(SectionId)
    }

    /// The section that an entry lies in.
    pub fn section_of(&self, id: EntryId) -> SectionId {
        self.section_of[id.0 as usize]
    }

    /// The entries before and after one in its section.
    pub fn neighbours(&self, id: EntryId) -> (Option<EntryId>, Option<EntryId>) {
        let section = self.section(self.section_of(id));
        if section.index == Some(id) {
            return (None, None);
        }
        let place = self.place[id.0 as usize] as usize;
        // The page for what is not found stands in no list.
        if section.members.get(place) != Some(&id) {
            return (None, None);
        }
        let previous = place.checked_sub(1).and_then(|before| section.members.get(before));
        (previous.copied(), section.members.get(place + 1).copied())
    }

    /// The file and the line in which an entry says its title.
    pub fn place(&self, entry: &Entry) -> (SourcePath, usize) {
        let text = &entry.text;
        (entry.path.clone(), LineIndex::of(text).position(text, entry.title.span.start as usize).line)
    }

    /// The home page that the authors wrote, if they did.
    pub fn home(&self) -> Option<EntryId> {
        self.sections.iter().find(|section| section.name.is_empty())?.index
    }

    /// What a key of `sources.yaml` stands for, by its place in `cited`.
    pub fn cited(&self, key: &str) -> Option<usize> {
        self.cited_by_key.get(key).copied()
    }

    /// Whether an address is that of a page that the book makes by itself.
    pub fn makes(&self, address: &str) -> bool {
        makes_always(address) || made_alone(&self.config, &self.entries, !self.cited.is_empty(), address)
    }

    /// The files beside the entries that the site wants: those that something links to or shows, and those in a folder
    /// of assets.
    pub fn used_assets(&self) -> &[UsedAsset] {
        &self.used_assets
    }

    /// One of them.
    pub fn used_asset(&self, id: AssetId) -> Option<&UsedAsset> {
        let place = self.used_assets.binary_search_by_key(&id, |asset| asset.id).ok()?;
        Some(&self.used_assets[place])
    }

    /// Whether an entry stands on the timeline.
    pub fn is_on_timeline(&self, id: EntryId) -> bool {
        timeline::holds(&self.config, self.entry(id))
    }

    /// Those of some entries to which most entries link, at most `most` of them, each with how many do.
    pub fn most_linked(&self, ids: impl Iterator<Item = EntryId>, most: usize) -> Vec<(usize, EntryId)> {
        let linked = ids.map(|id| (self.graph.linking_entries(id), id)).filter(|(count, _)| *count > 0);
        let mut linked: Vec<_> = linked.collect();
        linked.sort_by(|(a, x), (b, y)| {
            b.cmp(a).then_with(|| self.entry(*x).title.value.cmp(&self.entry(*y).title.value))
        });
        linked.truncate(most);
        linked
    }

    /// The entry whose name is nearest to a misspelt one, of those that `wanted` allows, and that name as names are
    /// compared. It is sure if the name is off by a slip from those of this entry alone.
    pub fn nearest(&self, name: &str, wanted: impl Fn(EntryId) -> bool) -> Option<(EntryId, Suggestion<'_>)> {
        NameIndex::nearest(&self.entries, name, wanted)
    }

    /// Where a link of an entry leads.
    pub fn resolution(&self, entry: EntryId, link: usize) -> &Resolution {
        self.graph.resolution(entry, link)
    }

    /// The links that do not simply lead to an entry, with where they lead: to an old address, to no heading, to a list
    /// or an asset, outwards, or nowhere. Of many links they are few.
    pub fn special_links(&self) -> impl Iterator<Item = (EntryId, &Link, &Resolution)> {
        self.loose_places().map(|(from, link)| (from, &self.entry(from).links[link], self.resolution(from, link)))
    }

    /// The same by the entry that each stands in, and its place there.
    pub fn loose_places(&self) -> impl Iterator<Item = (EntryId, usize)> {
        self.graph.loose().iter().map(|(from, link)| (*from, *link as usize))
    }

    /// What a link of an entry points at by the names of the book, and where that is written.
    pub fn pointed(&self, entry: EntryId, link: usize) -> (&RawTarget, Span) {
        match self.graph.parsed_wikilink(entry, link) {
            Some(reading) => (&reading.target, reading.span),
            None => {
                let link = &self.entry(entry).links[link];
                (&link.target, link.target_span)
            }
        }
    }

    /// All links of all entries with where they lead.
    pub fn links(&self) -> impl Iterator<Item = (EntryId, &Link, &Resolution)> {
        self.ids().flat_map(move |id| {
            let links = self.entry(id).links.iter().enumerate();
            links.map(move |(i, link)| (id, link, self.resolution(id, i)))
        })
    }
}

/// The addresses of pages that the book makes by itself, beside those of its folders.
const MADE_ALONE: [&str; 5] = ["find", "all-entries", "recent-changes", "timeline", "sources"];

/// Whether a book of these entries makes the page at one of them.
fn made_alone(config: &Config, entries: &[Arc<Entry>], has_sources: bool, address: &str) -> bool {
    match address {
        // The search goes there from a page on searching.
        "find" => entries.iter().any(|entry| *entry.address == *"search"),
        "all-entries" => entries.len() > 1,
        "recent-changes" => config.git.as_ref().is_some_and(|git| git.recent_changes),
        "timeline" => config.collections.iter().any(|collection| collection.timeline),
        "sources" => has_sources,
        _ => false,
    }
}

/// Whether every book has a page at an address: its home, that for what is not found, or a folder's list.
fn makes_always(address: &str) -> bool {
    let (folder, name) = address.rsplit_once('/').unwrap_or(("", address));
    let is_index = name.eq_ignore_ascii_case("index") && !folder.contains('/');
    is_index || address == "404"
}

/// Whether the same keys stand for sources, in the same order.
fn have_same_keys(before: &[Reference], after: &[Reference]) -> bool {
    before.iter().map(|cited| &cited.key.value).eq(after.iter().map(|cited| &cited.key.value))
}

/// Whether each entry is to the others what it was.
fn have_same_interface(before: &[Arc<Entry>], after: &[Arc<Entry>]) -> bool {
    before.len() == after.len() && before.iter().zip(after).all(|(a, b)| Arc::ptr_eq(a, b) || a.has_same_interface(b))
}
