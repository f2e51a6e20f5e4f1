//! The rules whose findings are told where a file is read, a theme is loaded or pages are planned.

use super::{ERROR, How, Rule};

/// `book.toml` is not understood.
pub const BAD_CONFIG: Rule = fatal("bad-config");
/// A file of the book's own theme is not understood.
pub const BAD_THEME: Rule = fatal("bad-theme");
/// Front matter or a YAML file is no YAML, or not of the form that it needs.
pub const BAD_YAML: Rule = fatal("bad-yaml");
/// Two pages have one address.
pub const CLASHING_PATHS: Rule = fatal("clashing-paths");
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

const fn fatal(name: &'static str) -> Rule {
    Rule { how: How::Fatal, ..read(name) }
}
