//! What an entry of a collection may say: its fields, their types, and relations with their inverses.

use super::schema_type::EntryTypes;
use crate::base::span::Spanned;

/// A declared collection: a folder of entries of one kind.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Collection {
    /// Its folder, `policies`.
    pub name: Spanned<String>,
    pub title: String,
    pub singular: String,
    pub description: String,
    /// Whether its dated entries stand on the timeline.
    pub timeline: bool,
    /// The field by which its entries are sorted, after `order`.
    pub sort: Option<String>,
    /// How its page shows its entries; none leaves that to the kinds of its fields.
    pub layout: Option<Layout>,
    /// The field by whose values its page groups them, by its place.
    pub group: Option<usize>,
    /// What schema.org calls its entries, if it says so.
    pub types: Option<EntryTypes>,
    pub fields: Vec<FieldSpec>,
    /// Relations that other collections state and that end here.
    pub inverses: Vec<Inverse>,
}

impl Collection {
    /// The declared field called `name`, by its place.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name.value == name)
    }
}

/// How a collection's page shows its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    Cards,
    Table,
    /// One below the other, with their dates.
    List,
}

impl Layout {
    /// The word for it.
    pub fn word(self) -> &'static str {
        Layout::WORDS.iter().find(|(_, layout)| *layout == self).map_or("", |(word, _)| word)
    }

    /// The words for them in `book.toml`.
    pub const WORDS: [(&'static str, Layout); 3] =
        [("cards", Layout::Cards), ("table", Layout::Table), ("list", Layout::List)];
}

/// One field of a collection's entries.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct FieldSpec {
    pub name: Spanned<String>,
    pub label: String,
    /// What to write, for authors.
    pub help: Option<String>,
    pub kind: FieldKind,
    /// Whether it may hold a list.
    pub many: bool,
    pub required: bool,
    /// The language of its text where it is not the book's, `zh-Hans`.
    pub lang: Option<String>,
    /// Mutual: what holds from one end holds from the other under the same label.
    pub symmetric: bool,
    /// Following the relation never leads back to where one began.
    pub acyclic: bool,
    /// What states the relation is not earlier than what it refers to.
    pub not_before: bool,
    /// How the relation is called where it ends.
    pub inverse: Option<(String, String)>,
}

/// What a field's values are.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum FieldKind {
    Text,
    Markdown,
    Number,
    YesNo,
    /// EDTF.
    Date,
    Url,
    Choice(Vec<Choice>),
    /// ISO 3166-1 alpha-2, or a code that the book declares.
    Country,
    Quantity,
    /// A relation to entries of these collections.
    Reference(Vec<String>),
}

/// One value of a choice and how readers see it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// How several entries of this value are called together.
    pub plural: String,
}

/// A relation seen from where it ends.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Inverse {
    /// The key that must stay free in the target's entries, `events`.
    pub key: String,
    /// The collection that states the relation.
    pub from: String,
    /// The field there.
    pub field: String,
}

impl FieldKind {
    /// What the field wants, for messages: `"date" wants a date`.
    pub fn wants(&self) -> &'static str {
        match self {
            FieldKind::Text => "a text",
            FieldKind::Markdown => "Markdown text",
            FieldKind::Number => "a number",
            FieldKind::YesNo => "true or false",
            FieldKind::Date => "a date",
            FieldKind::Url => "a web address",
            FieldKind::Choice(_) => "one of its values",
            FieldKind::Country => "a country",
            FieldKind::Quantity => "a quantity",
            FieldKind::Reference(_) => "the name of an entry",
        }
    }

    /// The word for it in `book.toml`.
    pub fn word(&self) -> &'static str {
        match self {
            FieldKind::Text => "text",
            FieldKind::Markdown => "markdown",
            FieldKind::Number => "number",
            FieldKind::YesNo => "yes-no",
            FieldKind::Date => "date",
            FieldKind::Url => "url",
            FieldKind::Choice(_) => "choice",
            FieldKind::Country => "country",
            FieldKind::Quantity => "quantity",
            FieldKind::Reference(_) => "reference",
        }
    }

    /// The words for all types in `book.toml`.
    pub const WORDS: [&'static str; 10] =
        ["text", "markdown", "number", "yes-no", "date", "url", "choice", "country", "quantity", "reference"];
}

/// A key that every entry may have, declared or not.
pub struct StandardField {
    pub key: &'static str,
    /// The word for its type in `book.toml`, or what it is where no field can be of that type.
    pub kind: &'static str,
    /// What it is for, for authors.
    pub help: &'static str,
}

/// The front matter that every entry may have.
pub const STANDARD: &[StandardField] = &[
    StandardField {
        key: "title",
        kind: "text",
        help: "What the entry is called; without it, its first heading or the name of its file",
    },
    StandardField {
        key: "summary",
        kind: "text",
        help: "A sentence for lists, for the top of the page and for search engines",
    },
    StandardField { key: "aliases", kind: "text", help: "Other names by which links find it" },
    StandardField { key: "slug", kind: "text", help: "The last part of its address, in the place of the file's name" },
    StandardField { key: "redirect-from", kind: "text", help: "Addresses that it once had; a page at each leads here" },
    StandardField { key: "tags", kind: "text", help: "Tags: a list, or a text with commas; each has a page" },
    StandardField {
        key: "date",
        kind: "date",
        help: "When it was, as exact as the source: 2015, 2015-05, 2015-05-19, 2015~ for about, 2015/2020 for an interval",
    },
    StandardField { key: "order", kind: "number", help: "Its place among its neighbours: lower ones first" },
    StandardField {
        key: "lang",
        kind: "text",
        help: "The language of its text where it is not the book's: de, zh-Hans",
    },
    StandardField { key: "image", kind: "text", help: "The path of a picture that stands beside the text" },
    StandardField { key: "image-alt", kind: "text", help: "What the picture shows, for those who do not see it" },
    StandardField {
        key: "sources",
        kind: "sources",
        help: "What it draws on: keys of sources.yaml, or sources written out",
    },
    StandardField {
        key: "figures",
        kind: "figures",
        help: "Numbers to put first, each with a value, a label, and an entry that it leads to",
    },
    StandardField { key: "review-by", kind: "date", help: "When it wants to be looked at again; shown at the end" },
    StandardField { key: "published", kind: "date", help: "When it was published; shown at the end" },
    StandardField { key: "draft", kind: "yes-no", help: "A draft is not built, but with --drafts" },
    StandardField { key: "translation", kind: "text", help: "Kept for later: it is accepted and does nothing" },
];
