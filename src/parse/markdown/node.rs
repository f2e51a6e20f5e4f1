//! What a text is made of, in the order in which it is read.

use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr};

use crate::parse::raw_html::Html;

/// A node and its place in the text.
pub type Placed<'a> = (Node<'a>, Range<usize>);

/// A step through a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'a> {
    Start(Element<'a>),
    End(ElementKind),
    /// Words that are shown; in a block of code its lines.
    Text(CowStr<'a>),
    /// Code in a line.
    Code(CowStr<'a>),
    /// What stands in a script or a style, which nobody reads.
    Hidden(CowStr<'a>),
    Picture(Box<Picture<'a>>),
    /// A reference to a footnote, by its label.
    NoteReference(CowStr<'a>),
    /// A tag in a line.
    Html(Box<Html>),
    /// A block of HTML, whole.
    HtmlBlock(Box<Html>),
    SoftBreak,
    HardBreak,
    Rule,
    /// The box of a task, and whether it is done.
    Task(bool),
}

/// What holds other nodes.
#[derive(Clone, Debug, PartialEq)]
pub enum Element<'a> {
    Paragraph,
    Heading {
        /// From 1.
        level: u8,
        /// What its author wants it to be called by (`{#aims}`).
        anchor: Option<&'a str>,
    },
    Quote,
    Callout(Box<Callout<'a>>),
    /// What its author calls a callout, right at its beginning; empty if it has the name of its kind.
    CalloutTitle,
    /// With what stands behind its first fence.
    CodeBlock(CowStr<'a>),
    /// With its first number, if it has numbers.
    List(Option<u64>),
    Item,
    /// A footnote, by its label.
    Note(CowStr<'a>),
    DefinitionList,
    Term,
    Definition,
    Table(Box<[Alignment]>),
    TableHead,
    TableRow,
    TableCell,
    Emphasis,
    Strong,
    Strikethrough,
    /// Highlighted words, `==so==`.
    Mark,
    Link(Box<MarkdownLink<'a>>),
}

/// The kind of an element, which ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementKind {
    Paragraph,
    Heading,
    Quote,
    Callout,
    CalloutTitle,
    CodeBlock,
    List,
    OrderedList,
    Item,
    Note,
    DefinitionList,
    Term,
    Definition,
    Table,
    TableHead,
    TableRow,
    TableCell,
    Emphasis,
    Strong,
    Strikethrough,
    Mark,
    Link,
}

impl ElementKind {
    /// Whether it is a part of a line, and ends none.
    pub fn is_inline(self) -> bool {
        matches!(
            self,
            ElementKind::Emphasis
                | ElementKind::Strong
                | ElementKind::Strikethrough
                | ElementKind::Mark
                | ElementKind::Link
        )
    }
}

/// A quote that is something more: `> [!warning] Title`.
#[derive(Clone, Debug, PartialEq)]
pub struct Callout<'a> {
    /// As its author wrote it.
    pub kind: CowStr<'a>,
}

/// How a link or a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`, `[text][label]`, `<https://…>`, or an address as it stands.
    Markdown,
    /// `[[Name]]`, `[[Name|text]]`.
    Wiki,
}

/// Where a link leads, as its author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkdownLink<'a> {
    pub kind: LinkKind,
    pub destination: CowStr<'a>,
    /// Where the destination stands in the text; the whole link, if it cannot be told.
    pub place: Range<usize>,
    pub title: CowStr<'a>,
    /// Whether it has words of its own, which follow: `[[Name]]` has none.
    pub has_words: bool,
    /// All that stands between the brackets of a wikilink with a bar.
    pub whole: Option<&'a str>,
}

/// A picture, or another thing that is shown in its place: `![words](picture.png)`, `![[picture.png|words|100]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture<'a> {
    pub link: MarkdownLink<'a>,
    /// What is said of it, as plain text.
    pub words: String,
    pub size: Option<Size>,
}

/// In pixels of CSS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: Option<u32>,
}

impl Size {
    /// `100` or `100x50`.
    pub fn of(text: &str) -> Option<Size> {
        let number = |digits: &str| {
            let is_number = !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| digits.parse().ok()).flatten()
        };
        let (width, height) = match text.trim().split_once(['x', 'X', '×']) {
            Some((width, height)) => (number(width)?, Some(number(height)?)),
            None => (number(text.trim())?, None),
        };
        Some(Size { width, height })
    }
}

impl Element<'_> {
    pub fn kind(&self) -> ElementKind {
        match self {
            Element::Paragraph => ElementKind::Paragraph,
            Element::Heading { .. } => ElementKind::Heading,
            Element::Quote => ElementKind::Quote,
            Element::Callout(_) => ElementKind::Callout,
            Element::CalloutTitle => ElementKind::CalloutTitle,
            Element::CodeBlock(_) => ElementKind::CodeBlock,
            Element::List(None) => ElementKind::List,
            Element::List(Some(_)) => ElementKind::OrderedList,
            Element::Item => ElementKind::Item,
            Element::Note(_) => ElementKind::Note,
            Element::DefinitionList => ElementKind::DefinitionList,
            Element::Term => ElementKind::Term,
            Element::Definition => ElementKind::Definition,
            Element::Table(_) => ElementKind::Table,
            Element::TableHead => ElementKind::TableHead,
            Element::TableRow => ElementKind::TableRow,
            Element::TableCell => ElementKind::TableCell,
            Element::Emphasis => ElementKind::Emphasis,
            Element::Strong => ElementKind::Strong,
            Element::Strikethrough => ElementKind::Strikethrough,
            Element::Mark => ElementKind::Mark,
            Element::Link(_) => ElementKind::Link,
        }
    }
}
