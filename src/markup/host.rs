//! What a text asks of the book around it. This room knows no book: whoever has one answers.

/// The book, for a text on one of its pages.
pub trait Host {
    /// Where the link or the picture leads that begins at a byte offset in the text.
    fn link(&self, at: usize) -> LinkTarget;

    /// The HTML of the block between fences that begins at a byte offset in the text; none if it is code.
    fn block(&self, at: usize) -> Option<String>;
}

/// Where a link or a picture leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    To {
        href: String,
        external: bool,
        class: Option<&'static str>,
        /// Shown when a wikilink has no text of its own.
        text: Option<String>,
        /// Whether it is shown in any case: what the link seems to say is a part of the name.
        instead: bool,
    },
    Broken {
        reason: String,
    },
    /// No link: its text alone.
    Plain {
        text: Option<String>,
    },
    Image {
        src: String,
    },
    /// What its author wrote, unless it could run a script.
    Keep,
}
