//! What everyone uses: places in text, addresses, dates, and what is said about a mistake.

pub mod apply_edits;
pub mod cjk;
pub mod country;
pub mod date;
pub mod deflate;
pub mod diagnostic;
pub mod direction;
pub mod ecma_regex;
pub mod escape;
pub mod fingerprint;
pub mod history;
pub mod locale;
pub mod memory;
pub mod messages;
pub mod opened;
pub mod path;
pub mod quantity;
pub mod refusal;
pub mod source;
pub mod span;
pub mod suggest;
#[cfg(test)]
pub mod tests;
pub mod url;
pub mod varint;

/// How many things a thread takes at a time, at most, where many are shared out: of thousands in one piece the other
/// threads would wait for the last.
pub const MAX_CHUNK: usize = 64;
