//! What blocks say.

use serde::{Deserialize, Serialize};

use crate::parse::value::Value;

/// What a block says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum BlockContent {
    Entries(EntryQuery),
}

/// A block in a text of an entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FencedBlock {
    /// The offset in that text at which it begins.
    pub at: u32,
    /// None if it is wrong, and shown as code.
    pub content: Option<BlockContent>,
}

/// Which entries are listed, and in what order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntryQuery {
    /// The collection or the folder, by its place among the links of the entry that asks.
    pub from: usize,
    /// What all of them must say.
    pub conditions: Vec<QueryCondition>,
    /// None leaves them in their collection's own order.
    pub order: Option<QueryOrder>,
    /// How many are listed at most.
    pub limit: Option<usize>,
}

/// A key, and the values of which an entry must have one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QueryCondition {
    pub key: QueryKey,
    pub values: Vec<Value>,
}

/// By what entries are sorted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QueryOrder {
    pub key: QueryKey,
    pub is_descending: bool,
}

/// What an entry may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueryKey {
    /// A field of its collection, by its place.
    Field(usize),
    Title,
    Tags,
    Date,
    Published,
    ReviewBy,
    Order,
    /// What a page in a plain section says besides.
    Data(Box<str>),
}

impl QueryKey {
    /// A key that every entry may have.
    pub fn standard(name: &str) -> Option<QueryKey> {
        Some(match name {
            "title" => QueryKey::Title,
            "tags" => QueryKey::Tags,
            "date" => QueryKey::Date,
            "published" => QueryKey::Published,
            "review-by" => QueryKey::ReviewBy,
            "order" => QueryKey::Order,
            _ => return None,
        })
    }
}
