//! What the tests share: a small book on disk, and a check of a whole site.

mod book;
#[path = "../../../src/base/tests.rs"]
mod cases;
mod css;
mod html;
#[cfg(feature = "serve")]
pub mod server;
mod tree;

pub use book::{Book, Output};
pub use cases::cases;
pub use tree::{check_tree, files};
