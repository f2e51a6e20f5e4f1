//! What the Markdown parser is asked for.

use pulldown_cmark::Options;

/// CommonMark with tables, footnotes, task lists, strikethrough, alerts, definition lists and wikilinks.
/// Highlighted words are made of what the parser says (`highlight.rs`).
///
/// Metadata blocks stay off, for the parser would also take a `---` block in mid-body, and so do attributes of
/// headings, for it takes any `{…}` for some.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS);
