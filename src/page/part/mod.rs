//! What pages of several kinds show.

pub mod backlinks;
mod block;
pub mod changes;
pub mod chart;
pub mod fields;
pub mod groups;
pub mod text;
