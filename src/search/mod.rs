//! Words: what entries say and what readers type, made comparable, and the index of the one for the other.
//!
//! Nothing here knows a book. `output/search` brings its entries, and `themes/default/js/search` reads the index in the
//! browser.

mod ascii_words;
mod doc_ids;
mod endings;
mod fold;
mod forward_index;
mod inverted_index;
mod inverter;
mod known_index;
mod pinyin;
mod postings;
mod shards;
mod stem;
mod term_key;
mod terms;
mod tokens;

pub use doc_ids::{DocIds, RecordBlock};
pub use fold::{plain, traditional};
pub use forward_index::{DocSection, DocTerms, DocText, Lexicon, TermCounter};
pub use inverted_index::{Facet, Index, IndexInput};
pub use known_index::{ChangedShards, KnownIndex};
pub use postings::list;
pub use shards::{PROPERTY, Shard, ShardLines};
