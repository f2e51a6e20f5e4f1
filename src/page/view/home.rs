//! The home page.

use serde::Serialize;

use super::{ChangesAnchor, ChartView, CountedAnchor, EntryView, Fragment, ItemView};

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
    /// The way to what is other than in a revision, in a preview.
    pub changes: Option<ChangesAnchor>,
}
