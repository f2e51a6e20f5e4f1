//! Disk: the only room that touches files.

mod clock;
mod create;
mod edit;
mod file;
mod manifest;
mod put;
mod read;
mod root;
mod staging;
mod templates;
mod walk;
mod write;

pub use clock::today;
pub use create::create;
pub use edit::change;
pub use file::{Stamp, head, is_same, settled, stamp};
pub use manifest::MARKER;
pub use put::{append, bytes, put, replace};
pub use read::{Found, read_config, read_folder, read_source, read_tree};
pub use root::{exists, find_root, folder_name, within_repository};
#[cfg(feature = "serve")]
pub use walk::is_made;
pub use walk::{Skipped, Unreadable, What};
pub use write::{Bytes, Known, Wanted, Written, refuse, write};
