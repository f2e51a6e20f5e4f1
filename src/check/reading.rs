//! The rules whose findings are told where a file is read, a theme is loaded or pages are planned.

use super::{ERROR, How, Rule, WARNING};

/// `book.toml` is not understood.
pub const BAD_CONFIG: Rule = fatal("bad-config");
/// A file of the book's own theme is not understood.
pub const BAD_THEME: Rule = fatal("bad-theme");
/// Front matter or a YAML file is no YAML, or not of the form that it needs.
pub const BAD_YAML: Rule = fatal("bad-yaml");
/// A comment of a vault has no end.
pub const OPEN_COMMENT: Rule = read("open-comment");
/// A row of a table has more cells than the table has columns.
pub const LOST_CELL: Rule = told("lost-cell");
/// A reference to a footnote that is not there.
pub const MISSING_FOOTNOTE: Rule = told("missing-footnote");
/// A link by a label that nothing defines.
pub const MISSING_REFERENCE: Rule = told("missing-reference");
/// Something that other tools understand.
pub const NOT_UNDERSTOOD: Rule = told("not-understood");
/// HTML that is taken out of the page.
pub const REMOVED_HTML: Rule = told("removed-html");
/// A comment of vaults where it is none.
pub const SHOWN_COMMENT: Rule = told("shown-comment");
/// A tag that is no HTML.
pub const UNKNOWN_TAG: Rule = told("unknown-tag");
/// A footnote that is not shown.
pub const UNUSED_FOOTNOTE: Rule = told("unused-footnote");
/// Two pages have one address.
pub const CLASHING_PATHS: Rule = fatal("clashing-paths");
/// Two places of a text have one anchor.
pub const DUPLICATE_ANCHOR: Rule = told("duplicate-anchor");
/// A key stands twice in one mapping.
pub const DUPLICATE_KEY: Rule = read("duplicate-key");
/// What an entry must say is not there.
pub const MISSING_FIELD: Rule = read("missing-field");
/// A key that nothing declares.
pub const UNKNOWN_FIELD: Rule = read("unknown-field");
/// A file that is no text, or that nobody may read.
pub const UNREADABLE_FILE: Rule = fatal("unreadable-file");
/// A value that is not what its key wants.
pub const WRONG_VALUE: Rule = read("wrong-value");

const fn read(name: &'static str) -> Rule {
    Rule { name, level: ERROR, plain: ERROR, how: How::Read }
}

const fn told(name: &'static str) -> Rule {
    Rule { level: WARNING, plain: WARNING, ..read(name) }
}

const fn fatal(name: &'static str) -> Rule {
    Rule { how: How::Fatal, ..read(name) }
}
