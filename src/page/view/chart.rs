//! A timeline drawn to scale.

use serde::Serialize;

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
