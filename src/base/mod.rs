//! What everyone uses: places in text, addresses, dates, and what is said about a mistake.

pub mod country;
pub mod date;
pub mod diagnostic;
pub mod direction;
pub mod edit;
pub mod escape;
pub mod mark;
pub mod near;
pub mod opened;
pub mod path;
pub mod pattern;
pub mod quantity;
pub mod refusal;
pub mod script;
pub mod source;
pub mod span;
#[cfg(test)]
pub mod tests;
pub mod url;
pub mod varint;
pub mod words;

/// How many things a thread takes at a time, at most, where many are shared out: of thousands in one piece the other
/// threads would wait for the last.
pub const AT_A_TIME: usize = 64;
