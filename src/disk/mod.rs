//! Disk: the only room that touches files.

mod create;
mod edit;
mod manifest;
mod put;
mod read;
mod staging;
mod templates;
mod walk;
mod write;

pub use create::create;
pub use edit::change;
pub use manifest::MARKER;
pub use put::{append, bytes, put, replace};
pub use read::{
    Found, Stamp, exists, find_root, folder_name, head, is_same, read_config, read_folder, read_source, read_tree,
    stamp, today, within_repository,
};
#[cfg(feature = "serve")]
pub use walk::is_made;
pub use walk::{Skipped, Unreadable};
pub use write::{Bytes, Known, Wanted, Written, refuse, write};
