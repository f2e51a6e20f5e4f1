//! An entry: one source, or one item of a YAML list, understood.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{SourcePath, UrlPath};
use crate::base::source::{Source, SourceText};
use crate::base::span::{Span, Spanned};

use super::block::FencedBlock;
use super::body::Body;
use super::link::Link;
use super::link_key::LinkKey;
use super::mention::{Mention, MentionSteps};
use super::name::EntryName;
use super::reference::CitationRef;
use super::value::{Field, Value};
use super::yaml::YamlNode;

/// One page's worth of knowledge, as its author wrote it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    #[serde(skip)]
    pub path: SourcePath,
    /// The text of its file.
    #[serde(skip)]
    pub text: SourceText,
    /// The section it lies in: the slug of the first folder of its path, empty at the root.
    pub section: String,
    /// The declared collection that its section is, by its place in the book's order.
    pub collection: Option<usize>,
    /// Its address without `.html`: `policies/tax-relief`.
    pub address: Box<str>,
    /// The address that its name makes, where that is another page's.
    #[serde(skip)]
    pub wanted: Option<Box<str>>,
    /// The file that it becomes, if no other page shows it.
    #[serde(skip)]
    pub url: UrlPath,
    pub role: Role,
    pub title: Spanned<String>,
    /// The anchor of the heading that the title was read from.
    pub title_anchor: Option<Box<str>>,
    pub summary: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
    /// The file's stem or the item's id, as written.
    pub stem: Box<str>,
    pub tags: Vec<Spanned<String>>,
    /// The fingerprint of each of its tags, as names are compared.
    #[serde(skip)]
    pub tag_marks: Vec<Fingerprint>,
    pub date: Option<Spanned<Date>>,
    pub order: Option<f64>,
    /// The language of its text where it is not the book's.
    pub lang: Option<Box<str>>,
    pub draft: bool,
    /// Its front matter could not be read, so that it is not known whether it is a draft.
    pub unread: bool,
    /// Whether it is an item of a YAML list.
    pub is_item: bool,
    /// Whether its author chose the last part of its address.
    pub has_slug: bool,
    /// Addresses it once had.
    pub redirect_from: Vec<Spanned<UrlPath>>,
    pub sources: Vec<CitationRef>,
    pub review_by: Option<Spanned<Date>>,
    pub published: Option<Spanned<Date>>,
    /// The declared fields that it has, in the schema's order.
    pub fields: Vec<Field>,
    /// What a page in a plain section says besides.
    pub data: Vec<(Spanned<String>, YamlNode)>,
    /// What its picture shows, for those who do not see it.
    pub image_alt: Option<Box<str>>,
    /// What it says in numbers, for a glance.
    pub figures: Vec<Figure>,
    /// Every link in its body and every reference in its fields, in the file's order.
    pub links: Vec<Link>,
    /// The sentences that they stand in.
    pub mentions: MentionSteps,
    /// Each of its links in few bytes.
    #[serde(skip)]
    pub gists: Vec<LinkKey>,
    /// The fingerprint of all that it says.
    pub content_hash: Fingerprint,
    /// The fingerprint of what others show of it or find in it: anything but its text, of which they see what can be
    /// linked to.
    pub interface_hash: Fingerprint,
    /// What it answers to.
    #[serde(skip)]
    pub names: Vec<EntryName>,
    /// The fingerprint of its title, as names are compared.
    #[serde(skip)]
    pub title_mark: Fingerprint,
    /// Relations that it writes at the end at which they are not stated.
    pub inverse_fields: Vec<InverseField>,
    /// The blocks in its texts that are more than code, text by text.
    pub blocks: Box<[FencedBlock]>,
    pub body: Body,
}

impl Entry {
    /// The file that it stands in.
    pub fn source(&self) -> Source {
        Source { path: self.path.clone(), text: self.text.clone() }
    }

    /// Whether it is to all others what another version of it is: in what they show of it and find in it, and in where
    /// its links lead.
    pub fn has_same_interface(&self, other: &Entry) -> bool {
        let leads_alike =
            |(a, b): (&Link, &Link)| a.target == b.target && a.embed == b.embed && a.from.query() == b.from.query();
        self.path == other.path
            && self.interface_hash == other.interface_hash
            && self.links.len() == other.links.len()
            && self.links.iter().zip(&other.links).all(leads_alike)
    }

    /// The countries in its fields, by their codes.
    pub fn countries(&self) -> impl Iterator<Item = &str> {
        let values = self.fields.iter().flat_map(|field| &field.values);
        values.filter_map(|stated| if let Value::Country(code) = &stated.value { Some(&**code) } else { None })
    }

    /// The sentence that one of its links stands in; empty if that is not kept.
    pub fn mention(&self, link: &Link) -> Mention {
        self.mentions.of(link, &self.text)
    }

    /// Its address below its section: `tax-relief` of `policies/tax-relief`.
    pub fn slug(&self) -> &str {
        match (self.section.as_str(), self.address.split_once('/')) {
            ("", _) | (_, None) => &self.address,
            (_, Some((_, slug))) => slug,
        }
    }
}

/// What an entry is to its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// A member of a collection, or a page of a plain section.
    Member,
    /// The page of its folder: `index.md` or `README.md`.
    Index,
    /// The text of the page for what is not found: `404.md` in the folder of the entries.
    NotFound,
}

/// A relation that stands at its wrong end: `events: [x]` in a policy, where events state their `policies`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InverseField {
    /// Its place among the inverses that end in the entry's collection.
    pub inverse: usize,
    pub key: Span,
    /// Where its value ends in the source.
    pub end: u32,
    /// The entries that ought to state it.
    pub names: Vec<Spanned<String>>,
    /// Whether it says nothing but these names.
    pub is_plain: bool,
}

/// A number that an entry puts first: `over 86 percent`, `of the goals achieved`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    pub value: String,
    pub label: String,
    /// Where it is explained, by its place among the entry's links.
    pub link: Option<usize>,
}
