//! One source at a time, understood: a Markdown file with YAML front matter, or a YAML file that
//! is one entry or a list of entries. Pure, so sources are parsed in parallel.

pub mod anchor;
mod bibliography;
mod block;
pub mod body;
mod derived;
pub mod entry;
mod fingerprint;
mod front_matter;
mod keys;
mod link;
mod link_context;
mod link_key;
mod location;
pub mod markdown;
mod markdown_entry;
mod mention;
mod name;
pub mod names;
mod offset_map;
mod parsed;
mod plain_text;
pub mod raw_html;
mod read_yaml;
mod reference;
mod steps;
mod suppression;
pub mod syntax;
mod value;
pub mod yaml;
mod yaml_entries;
pub mod yaml_quote;

pub use bibliography::{SOURCE_KEYS, SOURCES_FILE};
pub use block::{BlockContent, EntryQuery, QueryCondition, QueryKey};
pub use body::{Body, Heading};
pub use derived::recalled;
pub use entry::{Entry, Role};
pub use keys::{Keys, front_matter, keys};
pub use link::{Link, Origin, QueryTerm, in_book};
pub use link_key::{LinkKey, LinkKeyKind};
pub use location::{address_of, is_declared, is_index, is_source};
pub use mention::Mention;
pub use name::{EntryName, Tier};
pub use parsed::Parsed;
pub use plain_text::Chunk;
pub use reference::{CitationRef, Reference, ReferenceData};
pub use suppression::Suppression;
pub use syntax::RawTarget;
pub use value::{Field, FieldValue, Value};

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::base::source::Source;
use crate::config::Config;
use location::is_sources;
use markdown_entry::markdown_entry;
use yaml_entries::yaml_entries;

/// Reads one source.
pub fn one(config: &Config, source: &Source) -> Parsed {
    let path = config.within_src(&source.path).unwrap_or(source.path.as_str());
    let mut parsed = Parsed::default();
    if source.is_markdown() {
        markdown_entry(config, source, path, &mut parsed);
    } else if is_sources(path) {
        parsed.cited = bibliography::read(source, &mut parsed);
    } else {
        yaml_entries(config, source, path, &mut parsed);
    }
    if !(parsed.problems.is_empty() && parsed.draft_problems.is_empty()) && source.text.contains("<<:") {
        // What several mappings have from one is told once.
        let mut told = FxHashSet::default();
        for problems in [&mut parsed.problems, &mut parsed.draft_problems] {
            problems.retain(|problem| told.insert((problem.place.span, problem.message.clone())));
        }
    }
    if parsed.entries.iter().any(|entry| entry.draft || entry.unread) {
        parsed.excuses.iter_mut().for_each(|excuse| excuse.is_held = true);
    }
    parsed
}

/// The entry that a file would be whose text nobody can read.
pub fn unread(config: &Config, source: &Source) -> Vec<Arc<Entry>> {
    let entries = one(config, source).entries;
    entries.into_iter().map(|entry| Arc::new(Entry { unread: true, ..Arc::unwrap_or_clone(entry) })).collect()
}
