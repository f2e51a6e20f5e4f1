//! What integration tests share: a small book on disk, and a check of a whole site.

// Each test file is a crate of its own and uses a part of this.
#![allow(dead_code, unused_imports)]

mod book;
mod css;
mod html;
#[cfg(feature = "serve")]
pub mod server;
mod tree;

pub use book::{Book, Output};
pub use tree::{check_tree, files};
