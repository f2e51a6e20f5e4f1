//! What people begin with: a whole book, and an entry of it. Texts alone; nothing is written here.

mod book;
mod entry;
mod field_hint;
#[cfg(test)]
mod workflows;

pub use book::files;
pub use entry::{NewEntryOptions, entry};
