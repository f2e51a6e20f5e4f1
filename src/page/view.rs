//! What templates are given: small, finished views. They decide nothing but looks.

use std::collections::BTreeMap;

use serde::Serialize;

/// Everything one page shows.
#[derive(Serialize)]
pub struct View {
    pub page: PageView,
    pub site: SiteView,
    pub content: Content,
}

/// What every page says of itself.
#[derive(Serialize)]
pub struct PageView {
    /// The page kind's name, as a class for styles.
    pub kind: &'static str,
    pub title: String,
    pub description: String,
    pub lang: String,
    /// The absolute address, where the book has one.
    pub canonical: Option<String>,
    /// What leads back to the site's own folder: `../`.
    pub root: String,
    /// Section and parts above this page.
    pub trail: Vec<Anchor>,
}

/// What every page says of the site.
#[derive(Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    pub authors: Vec<String>,
    pub home: String,
    /// The way to collections, sections and the timeline: bounded, whatever the size of the book.
    pub nav: Vec<NavItem>,
    /// The way to the pages of the root.
    pub pages: Vec<NavItem>,
    pub tags: Option<String>,
    pub sources: Option<String>,
    pub repository: Option<String>,
}

#[derive(Serialize)]
pub struct NavItem {
    pub title: String,
    pub href: String,
    /// Whether the page lies there.
    pub current: bool,
    /// What stands there: `section`, `timeline` or `page`; the timeline's title is a word of the interface.
    pub kind: &'static str,
}

/// A text that leads somewhere.
#[derive(Clone, Serialize)]
pub struct Anchor {
    pub title: String,
    pub href: String,
}

/// What only pages of one kind show.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Content {
    Home(HomeView),
    List(ListView),
    Entry(Box<EntryView>),
    Backlinks(BacklinksView),
    Tags(Vec<CountedAnchor>),
    Sources(Vec<SourceView>),
    Redirect(Anchor),
    Nothing {},
}

#[derive(Serialize)]
pub struct HomeView {
    /// The page that the authors wrote, if they did.
    pub own: Option<Box<EntryView>>,
    /// The root's pages, where the authors wrote no home page.
    pub pages: Vec<ItemView>,
    pub sections: Vec<CountedAnchor>,
    /// How many entries, links between them and sources the book has.
    pub entries: usize,
    pub links: usize,
    pub sources: usize,
    pub chart: Option<ChartView>,
    pub most_linked: Vec<CountedAnchor>,
    pub latest: Vec<ItemView>,
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

/// A year on a drawing.
#[derive(Serialize)]
pub struct TickView {
    pub x: f64,
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
pub struct CountedAnchor {
    pub title: String,
    pub href: String,
    pub count: usize,
    pub description: String,
}

/// A list of entries: a section's, a tag's, the timeline.
#[derive(Serialize)]
pub struct ListView {
    /// The timeline's overview.
    pub chart: Option<ChartView>,
    /// The section's own page, if its authors wrote one.
    pub own: Option<Box<EntryView>>,
    pub count: usize,
    /// The pages that a long list is split into.
    pub parts: Vec<PartView>,
    /// What stands on this page.
    pub groups: Vec<GroupView>,
}

/// One page of a long list.
#[derive(Serialize)]
pub struct PartView {
    pub title: String,
    pub href: String,
    pub count: usize,
    pub current: bool,
}

/// Entries of a list that belong together: a year, a section.
#[derive(Serialize)]
pub struct GroupView {
    /// None where the list has no groups.
    pub title: Option<String>,
    pub anchor: Option<String>,
    /// How its entries stand: `cards`, `table` or `list`.
    pub layout: &'static str,
    /// The columns of a table.
    pub columns: Vec<ColumnView>,
    pub items: Vec<ItemView>,
}

/// A column of a table: a field.
#[derive(Serialize)]
pub struct ColumnView {
    pub label: String,
    /// The word of its type, as a class for styles.
    pub kind: &'static str,
}

/// An entry in a list.
#[derive(Serialize)]
pub struct ItemView {
    pub title: String,
    pub href: String,
    /// Its own anchor in the list.
    pub anchor: Option<String>,
    pub summary: String,
    pub date: Option<DateView>,
    /// Its section's name in the singular, where sections are mixed.
    pub kind: Option<String>,
    pub chips: Vec<ValueView>,
    /// In a table, the values of each column.
    pub cells: Vec<Vec<ValueView>>,
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
pub struct EntryView {
    pub section: Option<Anchor>,
    pub section_title: String,
    pub title_anchor: Option<String>,
    /// The language of its text where it is not the book's.
    pub lang: Option<String>,
    /// The language of its text in any case.
    pub text_lang: String,
    pub summary: String,
    pub aliases: Vec<String>,
    pub image: Option<String>,
    /// What it shows; empty if nobody said.
    pub image_alt: String,
    pub fields: Vec<FieldView>,
    /// What a page in a plain section says besides, for templates of a book's own.
    pub data: BTreeMap<String, serde_json::Value>,
    pub body: String,
    pub contents: Vec<HeadingView>,
    pub tags: Vec<Anchor>,
    pub sources: Vec<SourceView>,
    pub figures: Vec<FigureView>,
    pub backlinks: BacklinksView,
    /// The entries of its section, where they are few.
    pub siblings: Vec<NavItem>,
    pub previous: Option<Anchor>,
    pub next: Option<Anchor>,
    pub edit: Option<String>,
    pub published: Option<DateView>,
    pub review_by: Option<DateView>,
}

/// A field with its values, or a relation from the other end.
#[derive(Serialize)]
pub struct FieldView {
    pub name: String,
    pub label: String,
    /// The word of its type.
    pub kind: &'static str,
    pub values: Vec<ValueView>,
}

/// One value of a field.
#[derive(Serialize)]
pub struct ValueView {
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// For Markdown fields, in place of the text.
    pub html: Option<String>,
    pub lang: Option<String>,
    pub date: Option<DateView>,
    /// Where it stands among others, for values that have an order of their own.
    pub order: Option<f64>,
    /// What its author says of it.
    pub note: Option<String>,
    /// The word of its type, as a class for styles.
    pub kind: &'static str,
}

/// A number that an entry puts first.
#[derive(Serialize)]
pub struct FigureView {
    pub value: String,
    pub label: String,
    pub href: Option<String>,
}

#[derive(Serialize)]
pub struct HeadingView {
    pub level: u8,
    pub text: String,
    pub anchor: String,
}

#[derive(Serialize)]
pub struct SourceView {
    /// Its anchor on the page of all sources.
    pub anchor: Option<String>,
    /// Where it stands on that page.
    pub href: Option<String>,
    pub title: String,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub date: Option<DateView>,
    pub accessed: Option<DateView>,
    pub note: Option<String>,
    /// The source that it was cited in.
    pub via: Option<Anchor>,
    /// Who cites it, on the page of all sources.
    pub cited_by: Vec<Anchor>,
}

/// What links to an entry.
#[derive(Serialize)]
pub struct BacklinksView {
    /// How many entries link here.
    pub count: usize,
    /// Where all of them stand, if they are too many for this page.
    pub rest: Option<String>,
    /// Relations under their inverse's name, then mentions by section.
    pub groups: Vec<LinksView>,
    /// The entry, on a page of its backlinks alone.
    pub entry: Option<Anchor>,
}

/// What links to an entry in one way.
#[derive(Serialize)]
pub struct LinksView {
    pub label: String,
    /// Whether it is a relation rather than a mention.
    pub is_relation: bool,
    /// How many there are, of which the page may show only some.
    pub count: usize,
    pub items: Vec<LinkedView>,
}

/// An entry that links to this one, and the sentences in which it does.
#[derive(Serialize)]
pub struct LinkedView {
    pub title: String,
    pub href: String,
    /// Its section's name in the singular, where sections are mixed.
    pub kind: Option<String>,
    pub date: Option<DateView>,
    pub summary: String,
    pub sentences: Vec<SentenceView>,
}

/// A sentence and the link in it.
#[derive(Serialize)]
pub struct SentenceView {
    pub before: String,
    pub link: String,
    pub after: String,
}
