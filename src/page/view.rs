//! What templates are given: small, finished views. They decide nothing but looks.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::context::Context;
use super::fragment::{self, Fragment};
use crate::config::Layout;
use crate::theme::SharedValue;

/// Everything one page shows.
#[derive(Serialize)]
pub struct View<'a> {
    pub page: PageView<'a>,
    pub site: SiteView<'a>,
    pub content: Content<'a>,
}

/// What every page says of itself.
#[derive(Serialize)]
pub struct PageView<'a> {
    /// The page kind's name, as a class for styles.
    pub kind: &'static str,
    pub title: Cow<'a, str>,
    pub description: &'a str,
    pub lang: &'a str,
    /// Which way that is written: `ltr` or `rtl`.
    pub dir: &'static str,
    /// The absolute address, where the book has one.
    pub canonical: Option<String>,
    /// What leads back to the site's own folder: `../`.
    pub root: String,
    /// Section and parts above this page.
    pub trail: Vec<Anchor<'a>>,
}

/// What every page says of the site.
#[derive(Serialize)]
pub struct SiteView<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub authors: &'a [String],
    pub home: String,
    /// The way to collections, sections and the timeline: bounded, whatever the size of the book.
    pub nav: Vec<NavItem<'a>>,
    /// The way to the pages of the root.
    pub pages: Vec<NavItem<'a>>,
    /// Both as HTML, where the theme is the built-in one; then they are empty where nothing else shows them.
    pub navigation: Option<String>,
    pub tags: Option<String>,
    pub sources: Option<String>,
    pub all_entries: Option<String>,
    pub search: String,
    pub repository: Option<&'a str>,
    /// The way to the feed, if there is one.
    pub feed: Option<String>,
}

#[derive(Serialize)]
pub struct NavItem<'a> {
    pub title: &'a str,
    pub href: String,
    /// Whether the page lies there.
    pub current: bool,
    /// What stands there: `section`, `timeline` or `page`; the timeline's title is a word of the interface.
    pub kind: &'static str,
}

/// A text that leads somewhere.
#[derive(Clone, Serialize)]
pub struct Anchor<'a> {
    pub title: &'a str,
    pub href: String,
}

/// What only pages of one kind show.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Content<'a> {
    Home(HomeView<'a>),
    List(ListView<'a>),
    Entry(Box<EntryView<'a>>),
    Backlinks(BacklinksView<'a>),
    Tags(Vec<CountedAnchor<'a>>),
    Sources(Vec<SourceView<'a>>),
    Names(NamesView<'a>),
    Redirect(Anchor<'a>),
    Search(SearchView<'a>),
    Nothing {},
}

/// What a search begins with.
#[derive(Serialize)]
pub struct SearchView<'a> {
    /// The collections and sections that have entries.
    pub sections: Vec<ChoiceView<'a>>,
    pub countries: Vec<ChoiceView<'a>>,
    /// The most used tags, and whether there are more.
    pub tags: Vec<CountedAnchor<'a>>,
    pub has_more_tags: bool,
    /// The tags to choose from; none where they are too many.
    pub tag_names: Vec<String>,
    /// The first and the last year.
    pub years: Option<(i64, i64)>,
}

/// What readers can narrow a search down to.
#[derive(Serialize)]
pub struct ChoiceView<'a> {
    /// What it is asked for by, in addresses.
    pub value: Cow<'a, str>,
    pub title: &'a str,
    /// The page of its own, if it has one.
    pub href: Option<String>,
    /// The address of the search page that shows it.
    pub asked: String,
    pub count: usize,
    pub description: &'a str,
}

#[derive(Serialize)]
pub struct HomeView<'a> {
    /// The page that the authors wrote, if they did.
    pub own: Option<Box<EntryView<'a>>>,
    /// The root's pages, where the authors wrote no home page.
    pub pages: Fragment<Vec<ItemView<'a>>>,
    pub sections: Vec<CountedAnchor<'a>>,
    /// How many entries, links between them and sources the book has.
    pub entries: usize,
    pub links: usize,
    pub sources: usize,
    pub chart: Option<ChartView>,
    pub most_linked: Vec<CountedAnchor<'a>>,
    pub latest: Vec<ItemView<'a>>,
    pub timeline: Option<String>,
}

/// A timeline drawn to scale, in its own units.
#[derive(Serialize)]
pub struct ChartView {
    pub width: f64,
    pub height: f64,
    /// The height of a bar.
    pub bar: f64,
    pub ticks: Vec<TickView>,
    /// One for each entry; none where they are too many.
    pub bars: Vec<BarView>,
    /// How many entries begin in each year, where they are too many to draw each.
    pub years: Vec<YearView>,
}

/// How many entries begin in a year, as a column.
#[derive(Serialize)]
pub struct YearView {
    pub title: String,
    pub count: usize,
    pub href: String,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A year, a month or a day that is marked on a drawing.
#[derive(Serialize)]
pub struct TickView {
    pub x: f64,
    /// Where the middle of the label is.
    pub label_x: f64,
    pub label: String,
}

/// An entry on a drawing.
#[derive(Serialize)]
pub struct BarView {
    pub title: String,
    /// As a person writes it.
    pub date: String,
    pub href: String,
    /// Where it may have been: the left edge and the width.
    pub x: f64,
    pub width: f64,
    /// Its middle.
    pub y: f64,
    /// Whether it is too short for a bar.
    pub is_dot: bool,
    pub is_certain: bool,
    /// Where it surely was.
    pub certain_x: f64,
    pub certain_width: f64,
    /// Whether its end is open.
    pub goes_on: bool,
    /// The title as far as there is room; none where nothing is named.
    pub name: Option<String>,
    pub name_x: f64,
    /// Whether the name stands above the bar rather than beside it.
    pub name_above: bool,
    /// Whether the name ends at its place rather than beginning there.
    pub name_ends: bool,
}

/// A text that leads to several things.
#[derive(Serialize)]
pub struct CountedAnchor<'a> {
    pub title: &'a str,
    pub href: String,
    pub count: usize,
    pub description: &'a str,
}

/// A list of entries: a section's, a term's, the timeline.
#[derive(Serialize)]
pub struct ListView<'a> {
    /// The timeline's overview.
    pub chart: Option<ChartView>,
    /// The section's own page, if its authors wrote one.
    pub own: Option<Box<EntryView<'a>>>,
    /// What a term is called besides the page's title.
    pub names: Vec<&'a str>,
    pub count: usize,
    /// The pages that a long list is split into.
    pub parts: Vec<PartView<'a>>,
    /// What stands on this page.
    pub groups: Vec<GroupView<'a>>,
}

/// One page of a long list.
#[derive(Serialize)]
pub struct PartView<'a> {
    pub title: Cow<'a, str>,
    pub href: String,
    pub count: usize,
    pub current: bool,
}

/// Entries of a list that belong together: a year, a section.
#[derive(Serialize)]
pub struct GroupView<'a> {
    /// None where the list has no groups.
    pub title: Option<Cow<'a, str>>,
    pub anchor: Option<Cow<'a, str>>,
    /// How its entries stand: `cards`, `table` or `list`.
    pub layout: &'static str,
    /// The columns of a table.
    pub columns: Vec<ColumnView<'a>>,
    pub items: Fragment<Vec<ItemView<'a>>>,
    /// How many these are.
    pub count: usize,
}

impl<'a> GroupView<'a> {
    /// Entries that stand in a layout; a table has these columns.
    pub fn new(
        cx: &Context<'a>,
        layout: Layout,
        columns: Vec<ColumnView<'a>>,
        items: Vec<ItemView<'a>>,
    ) -> GroupView<'a> {
        let count = items.len();
        let items = Fragment::new(cx, items, |writer, items: &Vec<ItemView>| match (layout, count) {
            (_, 0) => String::new(),
            (Layout::Table, _) => writer.entries(&columns, items),
            (Layout::Cards, _) => writer.cards(items),
            (Layout::List, _) => writer.items(items),
        });
        GroupView { title: None, anchor: None, layout: layout.word(), columns, items, count }
    }
}

/// A column of a table: a field.
#[derive(Serialize)]
pub struct ColumnView<'a> {
    /// The name of the field, as an address says it.
    pub name: &'a str,
    pub label: &'a str,
    /// The word of its type, as a class for styles.
    pub kind: &'static str,
}

/// An entry in a list.
#[derive(Serialize)]
pub struct ItemView<'a> {
    pub title: &'a str,
    pub href: String,
    /// Its own anchor in the list.
    pub anchor: Option<&'a str>,
    pub summary: &'a str,
    pub date: Option<Arc<SharedDate>>,
    /// Its section's name in the singular, where sections are mixed.
    pub kind: Option<&'a str>,
    pub chips: Vec<ValueView<'a>>,
    /// In a table, the values of each column.
    pub cells: Vec<Vec<ValueView<'a>>>,
    /// In a table, where its title stands among those of the others.
    pub order: Option<usize>,
}

/// Entries that a text lists.
#[derive(Serialize)]
pub struct ListingView<'a> {
    /// The language of the page, and which way it is written, where the text around is in another.
    pub lang: Option<&'a str>,
    pub dir: Option<&'static str>,
    pub items: Vec<ItemView<'a>>,
    /// How many more there are, where they are too many for a page, and the section that has them all.
    pub rest: usize,
    pub section: Option<Anchor<'a>>,
}

/// All entries by name.
#[derive(Serialize)]
pub struct NamesView<'a> {
    /// How many entries the book has, on the page of a part how many names stand there.
    pub count: usize,
    /// The pages that a long list is split into.
    pub parts: Vec<PartView<'a>>,
    /// What stands on this page.
    pub groups: Vec<LetterView<'a>>,
}

/// The names that begin with a letter.
#[derive(Serialize)]
pub struct LetterView<'a> {
    /// None where the page has one group alone.
    pub title: Option<&'a str>,
    pub anchor: Option<&'a str>,
    pub items: Vec<NameView<'a>>,
    /// How many these are.
    pub count: usize,
}

/// An entry under one of its names.
#[derive(Serialize)]
pub struct NameView<'a> {
    pub name: &'a str,
    /// The title of the entry, where the name is another one.
    pub title: Option<&'a str>,
    pub href: String,
    /// Its section's name in the singular.
    pub kind: Option<&'a str>,
    pub date: Option<Arc<SharedDate>>,
}

/// A date that stands on many pages.
pub struct SharedDate {
    prepared: SharedValue,
    /// As the built-in theme writes it.
    pub html: String,
}

impl SharedDate {
    pub fn new(date: &DateView) -> SharedDate {
        SharedDate { prepared: SharedValue::new(date), html: fragment::date(date) }
    }
}

impl Serialize for SharedDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.prepared.serialize(serializer)
    }
}

#[derive(Clone, Serialize)]
pub struct DateView {
    /// As a person writes it: "about 2018".
    pub text: String,
    /// For `<time datetime>`.
    pub datetime: Option<String>,
    /// Whether there is a day on which it surely was.
    pub certain: bool,
}

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
    pub published: Option<DateView>,
    pub review_by: Option<DateView>,
}

/// A field with its values, or a relation from the other end.
#[derive(Serialize)]
pub struct FieldView<'a> {
    pub name: &'a str,
    pub label: &'a str,
    /// The word of its type.
    pub kind: &'static str,
    pub values: Vec<ValueView<'a>>,
}

/// One value of a field.
#[derive(Serialize)]
pub struct ValueView<'a> {
    pub text: Cow<'a, str>,
    /// Where it leads.
    pub href: Option<Cow<'a, str>>,
    /// For Markdown fields, in place of the text.
    pub html: Option<String>,
    pub lang: Option<&'a str>,
    /// Which way it is written, where something around it may be written the other way.
    pub dir: Option<&'static str>,
    pub date: Option<DateView>,
    /// Where it stands among others, for values that have an order of their own.
    pub order: Option<f64>,
    /// What its author says of it.
    pub note: Option<&'a str>,
    /// The word of its type, as a class for styles.
    pub kind: &'static str,
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

#[derive(Serialize)]
pub struct SourceView<'a> {
    /// Its anchor on the page of all sources.
    pub anchor: Option<String>,
    /// Where it stands on that page.
    pub href: Option<String>,
    pub title: &'a str,
    pub author: Option<&'a str>,
    pub publisher: Option<&'a str>,
    pub url: Option<&'a str>,
    pub date: Option<DateView>,
    pub accessed: Option<DateView>,
    pub note: Option<&'a str>,
    /// The source that it was cited in.
    pub via: Option<Anchor<'a>>,
    /// Who cites it, on the page of all sources.
    pub cited_by: Vec<Anchor<'a>>,
}

/// What links to an entry.
#[derive(Serialize)]
pub struct BacklinksView<'a> {
    /// How many entries link here.
    pub count: usize,
    /// Where all of them stand, if they are too many for this page.
    pub rest: Option<String>,
    /// All of it as HTML, where the theme is the built-in one; then there are no groups.
    pub html: Option<String>,
    /// Relations under their inverse's name, then mentions by section.
    pub groups: Vec<LinksView<'a>>,
    /// The entry, on a page of its backlinks alone.
    pub entry: Option<Anchor<'a>>,
}

/// What links to an entry in one way.
#[derive(Serialize)]
pub struct LinksView<'a> {
    pub label: Cow<'a, str>,
    /// Whether it is a relation rather than a mention.
    pub is_relation: bool,
    /// How many there are, of which the page may show only some.
    pub count: usize,
    pub items: Vec<LinkedView<'a>>,
}

/// An entry that links to this one, and the sentences in which it does.
#[derive(Serialize)]
pub struct LinkedView<'a> {
    pub title: &'a str,
    pub href: String,
    /// Its section's name in the singular, where sections are mixed.
    pub kind: Option<&'a str>,
    pub date: Option<Arc<SharedDate>>,
    pub summary: &'a str,
    pub sentences: Vec<SentenceView<'a>>,
}

/// A sentence and the link in it.
#[derive(Clone, Serialize)]
pub struct SentenceView<'a> {
    pub before: &'a str,
    pub link: &'a str,
    pub after: &'a str,
}
