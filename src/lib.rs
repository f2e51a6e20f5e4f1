//! A folder of typed, cross-linked entries becomes a site.
//!
//! Five values, each complete when it is born, and one verb to each arrow:
//!
//! ```text
//! Source --parse--> Entry --link--> Book --plan--> Page --render--> File --write--> disk
//!                                    |
//!                                    +--check--> diagnostics
//! ```
//!
//! The modules below stand on floors, from the ground up: one uses only those on floors above it in this list, and
//! neighbours do not know each other. `tests/floors.rs` holds this picture.

mod base;

mod config;
mod theme;

mod parse;

mod book;

mod check;
mod markup;

mod page;

mod output;

mod workspace;
