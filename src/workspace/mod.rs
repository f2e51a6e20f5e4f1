//! Disk: the only room that touches files.

mod manifest;
mod put;
mod read;
mod staging;
mod walk;
mod write;

pub use manifest::MARKER;
pub use put::put;
pub use read::{Found, exists, find_root, folder_name, read_config, read_folder, read_tree};
pub use walk::Unreadable;
pub use write::{Bytes, Written, refuse, write};
