//! What pages of several kinds show.

pub mod backlinks;
mod block;
pub mod changes;
pub mod chart;
mod description;
pub mod fields;
pub mod groups;
pub mod head;
mod linked_data;
mod open_graph;
pub mod page_view;
pub mod text;
