//! What templates are given: small, finished views. They decide nothing but looks.

mod anchor;
mod backlinks;
mod card;
mod changes;
mod chart;
mod date;
mod entry;
mod field;
mod fragment;
mod history;
mod home;
mod list;
mod names;
mod page;
mod search;
mod source;

use serde::Serialize;

pub use anchor::{Anchor, CountedAnchor};
pub use backlinks::{BacklinksView, LinkedView, LinksView, SentenceView};
pub use card::{CardImageView, CardView};
pub use changes::{
    BrokenLinkView, ChangeGroupView, ChangeView, ChangesAnchor, ChangesView, DetailView, FindingGroupView, FindingView,
    LinkGroupView,
};
pub use chart::{BarView, ChartView, TickView, YearView};
pub use date::{DateView, SharedDate};
pub use entry::{EntryView, FigureView, HeadingView};
pub use field::{FieldView, ValueView};
pub use fragment::Fragment;
pub use history::{ChangedEntryView, HistoryView, RecentDayView};
pub use home::HomeView;
pub use list::{ColumnView, GroupView, ItemView, ListView, ListingView, PartView};
pub use names::{LetterView, NameView, NamesView};
pub use page::{FeedView, NavItem, PageView, SiteView};
pub use search::{ChoiceView, SearchView};
pub use source::SourceView;

/// Everything one page shows.
#[derive(Serialize)]
pub struct View<'a> {
    pub page: PageView<'a>,
    pub site: SiteView<'a>,
    pub content: Content<'a>,
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
    RecentChanges(Vec<RecentDayView<'a>>),
    Changes(ChangesView<'a>),
    Redirect(Anchor<'a>),
    Search(SearchView<'a>),
    Nothing {},
}
