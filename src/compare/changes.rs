//! What comes out of a comparison: data only, told by the command line and shown on a page.

use super::words::TextChange;
use crate::base::diagnostic::Severity;
use crate::book::EntryId;

/// What is other in a book than in another version of it.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct BookChanges {
    pub before: BookSide,
    pub after: BookSide,
    /// What is other of the book as a whole.
    pub book: Vec<Detail>,
    /// New entries, then those that are gone, then those that have moved, then others; each in the order of the book.
    pub entries: Vec<EntryChange>,
    /// The same of what `sources.yaml` lists.
    pub sources: Vec<SourceChange>,
    /// Links that lead nowhere now and did not before.
    pub broken: Vec<BrokenLink>,
    /// Links that led nowhere before and do not now.
    pub mended: Vec<BrokenLink>,
    /// What is found wrong, by rule.
    pub rules: Vec<RuleChange>,
}

/// One of the two books.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct BookSide {
    pub entries: usize,
    pub errors: usize,
    /// The files of entries that could not be read: what stands in them is not compared.
    pub unread: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

/// What became of something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// `was_draft`: it was there, and not published.
    New {
        was_draft: bool,
    },
    /// `is_draft`: it is there, and not published.
    Gone {
        is_draft: bool,
    },
    /// It has another address, or another key, than before: this one.
    Moved {
        from: String,
    },
    Changed,
}

/// What is other of an entry.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct EntryChange {
    pub fate: Fate,
    /// Its title and its address, without `.html`; of one that is gone those that it had.
    pub title: String,
    pub address: String,
    /// Its file.
    pub path: String,
    /// What its section is called.
    pub section: String,
    /// How many entries link to it, or did if it is gone.
    pub linked_from: usize,
    /// How many links lead nowhere now that led to it.
    pub broken: usize,
    /// It in the book after.
    pub id: Option<EntryId>,
    pub details: Vec<Detail>,
}

/// What is other of a source in `sources.yaml`.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct SourceChange {
    pub fate: Fate,
    pub key: String,
    pub title: String,
    /// How many entries cite it, or did if it is gone.
    pub cited_by: usize,
    pub details: Vec<Detail>,
}

/// One thing that an entry says otherwise.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Detail {
    pub aspect: Aspect,
    pub change: DetailChange,
}

/// What of an entry, a source or the book it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    Title,
    Summary,
    /// A declared field, by its name and its label.
    Field {
        name: String,
        label: String,
    },
    /// What is said of the values of a declared field.
    Note {
        name: String,
        label: String,
    },
    /// A key of a page in a plain section, or of a source.
    Key(String),
    Date,
    Order,
    Aliases,
    Tags,
    Sources,
    Figures,
    Picture,
    Language,
    Published,
    ReviewBy,
    /// The section that it lies in.
    Section,
    /// The file that it stands in, where its address is as it was.
    File,
    /// The text below its fields.
    Text,
    /// What its text links to.
    Links,
    /// What links to it.
    Mentions,
    /// The collections of the book.
    Collections,
}

/// In what way it is other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DetailChange {
    /// Values as readers see them. `is_whole`: no other value was there, and none is.
    Values {
        lost: Vec<String>,
        gained: Vec<String>,
        is_whole: bool,
    },
    Text(TextChange),
    Mentions(MentionChange),
}

/// Whether anything links to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionChange {
    /// Nothing did.
    First,
    /// Nothing does any more.
    Last,
}

/// A link that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BrokenLink {
    /// The title of the entry that it stands in.
    pub title: String,
    pub path: String,
    /// The line in that file, counted from 1.
    pub line: usize,
    /// What its author wrote: `policies/tax-relief.md`.
    pub target: String,
    /// The title of the entry that it led to before.
    pub led_to: Option<String>,
    /// The entry that it stands in, in its own book.
    pub from: EntryId,
    /// The entry that it led to, in the book before.
    pub led_to_id: Option<EntryId>,
}

/// What a rule finds in one of the books alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RuleChange {
    pub rule: &'static str,
    pub is_error: bool,
    pub new: Vec<FoundProblem>,
    pub gone: Vec<FoundProblem>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoundProblem {
    pub path: String,
    /// Counted from 1; none where the file is no text.
    pub line: Option<usize>,
    pub message: String,
}

impl BookChanges {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        let BookChanges { before: _, after: _, book, entries, sources, broken, mended, rules } = self;
        let has_links = !(broken.is_empty() && mended.is_empty());
        book.is_empty() && entries.is_empty() && sources.is_empty() && !has_links && rules.is_empty()
    }

    /// How many findings of a severity one of the books has alone: the new ones, and those that are gone.
    pub fn findings(&self, severity: Severity) -> (usize, usize) {
        let is_error = severity == Severity::Error;
        let rules = self.rules.iter().filter(|rule| rule.is_error == is_error);
        rules.fold((0, 0), |(new, gone), rule| (new + rule.new.len(), gone + rule.gone.len()))
    }
}

impl Aspect {
    /// The word for it in front matter, where there is one, and in JSON.
    pub fn key(&self) -> &str {
        match self {
            Aspect::Title => "title",
            Aspect::Summary => "summary",
            Aspect::Field { name, .. } | Aspect::Note { name, .. } => name,
            Aspect::Key(key) => key,
            Aspect::Date => "date",
            Aspect::Order => "order",
            Aspect::Aliases => "aliases",
            Aspect::Tags => "tags",
            Aspect::Sources => "sources",
            Aspect::Figures => "figures",
            Aspect::Picture => "image",
            Aspect::Language => "lang",
            Aspect::Published => "published",
            Aspect::ReviewBy => "review-by",
            Aspect::Section => "section",
            Aspect::File => "file",
            Aspect::Text => "text",
            Aspect::Links => "links",
            Aspect::Mentions => "mentions",
            Aspect::Collections => "collections",
        }
    }
}

impl Fate {
    /// New ones come first, and then those that are gone.
    pub fn order(&self) -> usize {
        match self {
            Fate::New { .. } => 0,
            Fate::Gone { .. } => 1,
            Fate::Moved { .. } => 2,
            Fate::Changed => 3,
        }
    }
}
