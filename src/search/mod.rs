//! Words: what entries say and what readers type, made comparable, and the index of the one for the other.
//!
//! Nothing here knows a book. `output/search` brings its entries, and `themes/default/js/search` reads the index in the
//! browser.

mod forward_index;
mod endings;
mod fold;
mod inverted_index;
mod postings;
mod pinyin;
mod shards;
mod stem;
mod tokens;
mod term_key;

pub use forward_index::{DocTerms, Lexicon, TermCounter, DocText, DocSection};
pub use fold::{plain, traditional};
pub use inverted_index::{RecordBlock, Index, DocIds, Facet};
pub use postings::list;
pub use shards::{PROPERTY, Shard};
