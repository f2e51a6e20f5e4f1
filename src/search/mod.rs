//! Words: what entries say and what readers type, made comparable, and the index of the one for the other.
//!
//! Nothing here knows a book. `output/search` brings its entries, and `themes/default/js/search` reads the index in the
//! browser.

mod digest;
mod endings;
mod fold;
mod index;
mod list;
mod pinyin;
mod shards;
mod stem;
mod tokens;
mod word;

pub use digest::{Digest, Lexicon, Reader, Said, Section};
pub use fold::{plain, traditional};
pub use index::{Bundle, Index, Numbers, Property};
pub use list::list;
pub use shards::{PROPERTY, Shard};
