//! What everyone uses: places in text, addresses, dates, and what is said about a mistake.

pub mod country;
pub mod date;
pub mod diagnostic;
pub mod edit;
pub mod escape;
pub mod mark;
pub mod near;
pub mod path;
pub mod pattern;
pub mod quantity;
pub mod refusal;
pub mod script;
pub mod source;
pub mod span;
pub mod url;
pub mod words;
