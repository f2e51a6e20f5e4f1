//! Disk: the only room that touches files.

mod atomic_put;
mod checkout;
mod clock;
mod create_new;
mod file;
mod git;
mod history;
mod manifest;
mod moved_book;
mod output_size;
mod read;
mod read_text;
mod replace_sources;
mod revision;
mod root;
mod staging;
mod survey;
mod templates;
mod walk;
mod write;

pub use atomic_put::{append, bytes, put, replace};
pub use checkout::Checkout;
pub use clock::today;
pub use create_new::create;
pub use file::{Stamp, head, is_same, settled, stamp};
pub use git::Git;
pub use history::{CommittedHistory, changed_files, committed_history, head_commit};
pub use manifest::MARKER;
pub use output_size::OutputSize;
pub use read::{Listing, read_config, read_folder, read_tree};
pub use read_text::read_source;
pub use replace_sources::change;
pub use revision::{Revision, Revisions};
pub use root::{exists, find_root, folder_name, within_repository};
pub use survey::{OutputList, survey, survey_written};
#[cfg(feature = "serve")]
pub use walk::is_made;
pub use walk::{Skipped, Unreadable, Walk, What};
pub use write::{ContentId, FileBytes, FileSet, WriteResult, Written, check_output_dir, write};
