//! An entry, on its own page or on that of its folder.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Anchor, BacklinksView, ChangeView, DateView, FieldView, Fragment, HistoryView, NavItem, SourceView};

#[derive(Serialize)]
pub struct EntryView<'a> {
    pub section: Option<Anchor<'a>>,
    pub section_title: &'a str,
    pub title_anchor: Option<&'a str>,
    /// The language of its text where it is not the book's.
    pub lang: Option<&'a str>,
    /// Which way that is written, where the book's is written the other way.
    pub dir: Option<&'static str>,
    /// The language of its text in any case.
    pub text_lang: &'a str,
    pub summary: &'a str,
    pub aliases: Vec<&'a str>,
    pub image: Option<String>,
    /// What it shows; empty if nobody said.
    pub image_alt: &'a str,
    pub fields: Fragment<Vec<FieldView<'a>>>,
    /// What a page in a plain section says besides, for templates of a book's own.
    pub data: BTreeMap<&'a str, serde_json::Value>,
    pub body: String,
    pub contents: Fragment<Vec<HeadingView<'a>>>,
    pub tags: Fragment<Vec<Anchor<'a>>>,
    pub sources: Fragment<Vec<SourceView<'a>>>,
    pub figures: Vec<FigureView<'a>>,
    pub backlinks: BacklinksView<'a>,
    /// The entries of its section, where they are few.
    pub siblings: Fragment<Vec<NavItem<'a>>>,
    pub previous: Option<Anchor<'a>>,
    pub next: Option<Anchor<'a>>,
    pub edit: Option<String>,
    /// What git knows of it, if the book asks that.
    pub history: Option<HistoryView<'a>>,
    pub published: Option<DateView>,
    pub review_by: Option<DateView>,
    /// What is other of it than in a revision, in a preview.
    pub change: Option<ChangeView<'a>>,
}

/// A number that an entry puts first.
#[derive(Serialize)]
pub struct FigureView<'a> {
    pub value: &'a str,
    pub label: &'a str,
    pub href: Option<String>,
}

#[derive(Serialize)]
pub struct HeadingView<'a> {
    pub level: u8,
    pub text: &'a str,
    pub anchor: &'a str,
}
