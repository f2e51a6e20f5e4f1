//! What is gathered of an entry while its keys are read.

use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::UrlPath;
use crate::base::source::Source;
use crate::base::span::{Span, Spanned};
use crate::config::{Collection, Config};
use crate::parse::block::FencedBlock;
use crate::parse::entry::{Entry, Figure, InverseField, Role};
use crate::parse::link::Link;
use crate::parse::markdown::Dialect;
use crate::parse::mention::MentionSteps;
use crate::parse::reference::CitationRef;
use crate::parse::value::Field;
use crate::parse::yaml::YamlNode;

/// Reads the keys of one entry and tells what is wrong with them.
pub struct EntryBuilder<'a> {
    pub config: &'a Config,
    pub source: &'a Source,
    pub(super) section: &'a str,
    pub(super) role: Role,
    pub(super) collection: Option<usize>,
    pub(super) standard: StandardFields,
    pub(super) fields: Vec<Field>,
    pub(super) data: Vec<(Spanned<String>, YamlNode)>,
    pub(super) links: Vec<Link>,
    /// The sentences that they stand in.
    pub(super) mentions: MentionSteps,
    pub(super) inverse_fields: Vec<InverseField>,
    /// The blocks in its texts that may be more than code.
    pub(super) blocks: Vec<FencedBlock>,
    /// The comments in its texts that may excuse a line.
    pub comments: Vec<Span>,
    /// Where it is written what it says beside its text; none where that is not told apart.
    pub said: Option<Span>,
    /// Where the first key stands, for what is missing.
    pub(super) first_key: Option<Span>,
    /// Whether it is an item of a YAML list.
    pub is_item: bool,
    /// Whether what its author wrote could not be read.
    pub(super) unread: bool,
    pub(super) present: Vec<String>,
    pub problems: Vec<Diagnostic>,
}

/// An entry, what is wrong with it, and the comments in its texts that may excuse that.
pub struct BuiltEntry {
    pub entry: Entry,
    pub problems: Vec<Diagnostic>,
    pub comments: Vec<Span>,
}

/// What every entry may say.
#[derive(Default)]
pub struct StandardFields {
    pub title: Option<Spanned<String>>,
    pub summary: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
    pub slug: Option<Spanned<String>>,
    pub redirect_from: Vec<Spanned<UrlPath>>,
    pub tags: Vec<Spanned<String>>,
    pub date: Option<Spanned<Date>>,
    pub order: Option<f64>,
    pub lang: Option<String>,
    pub sources: Vec<CitationRef>,
    pub figures: Vec<Figure>,
    pub image_alt: Option<String>,
    pub review_by: Option<Spanned<Date>>,
    pub published: Option<Spanned<Date>>,
    pub draft: bool,
}

impl<'a> EntryBuilder<'a> {
    pub fn new(config: &'a Config, source: &'a Source, section: &'a str, role: Role) -> EntryBuilder<'a> {
        EntryBuilder {
            config,
            source,
            section,
            role,
            collection: config.collection(section),
            standard: StandardFields::default(),
            fields: Vec::new(),
            data: Vec::new(),
            links: Vec::new(),
            mentions: MentionSteps::default(),
            inverse_fields: Vec::new(),
            blocks: Vec::new(),
            comments: Vec::new(),
            said: None,
            first_key: None,
            is_item: false,
            unread: false,
            present: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// A finding in this source.
    pub fn error(&self, rule: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(rule, &self.source.path, span, message)
    }

    pub fn tell(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// Puts a link to those of the entry, and answers its place among them.
    pub fn link(&mut self, link: Link) -> usize {
        self.links.push(link);
        self.links.len() - 1
    }

    /// What its author wrote could not be read, so that nobody knows what is missing.
    pub fn leave_unread(&mut self) {
        self.unread = true;
    }

    /// The schema that the entry is held to; a folder's own page is held to none.
    pub(super) fn schema(&self) -> Option<&'a Collection> {
        if self.role == Role::Index {
            return None;
        }
        self.collection.map(|collection| &self.config.collections[collection])
    }

    /// How its texts are read.
    pub fn dialect(&self) -> Dialect {
        Dialect::of(self.config)
    }
}
