//! The rules whose findings are told where a file is read, a theme is loaded or pages are planned.

use super::{ERROR, Level, Rule, RuleScope, WARNING};

/// `book.toml` is not understood.
pub const BAD_CONFIG: Rule = fatal("bad-config", ERROR);
/// A file of the book's own theme is not understood.
pub const BAD_THEME: Rule = fatal("bad-theme", ERROR);
/// Front matter or a YAML file is no YAML, or not of the form that it needs.
pub const BAD_YAML: Rule = fatal("bad-yaml", WARNING);
/// Two pages have one address.
pub const CLASHING_PATHS: Rule = fatal("clashing-paths", ERROR);
/// What a `#` makes a comment of in YAML, where it was most likely meant as text.
pub const CUT_VALUE: Rule = warning("cut-value");
/// What another tool understands in a source, and this one does not.
pub const FOREIGN_SYNTAX: Rule = warning("foreign-syntax");
/// What looks like front matter, and is shown as text.
pub const SHOWN_FRONT_MATTER: Rule = warning("shown-front-matter");
/// A comment of a vault has no end: what should be read may be hidden, wherever it stands.
pub const OPEN_COMMENT: Rule = Rule { plain: ERROR, ..read("open-comment") };
/// A row of a table has more cells than the table has columns.
pub const LOST_CELL: Rule = warning("lost-cell");
/// What the book asks for is left out, for the program was built without it.
pub const MISSING_FEATURE: Rule = warning("missing-feature");
/// No font has a letter that a social image should show.
pub const MISSING_GLYPH: Rule = warning("missing-glyph");
/// Git cannot say when entries were changed.
pub const MISSING_HISTORY: Rule = warning("missing-history");
/// A reference to a footnote that is not there.
pub const MISSING_FOOTNOTE: Rule = warning("missing-footnote");
/// A link by a label that nothing defines.
pub const MISSING_REFERENCE: Rule = warning("missing-reference");
/// What the book asks for needs the whole address of the site.
pub const MISSING_SITE_URL: Rule = warning("missing-site-url");
/// HTML that is taken out of the page.
pub const REMOVED_HTML: Rule = warning("removed-html");
/// A comment of vaults where it is none.
pub const SHOWN_COMMENT: Rule = warning("shown-comment");
/// A tag that is no HTML.
pub const UNKNOWN_TAG: Rule = warning("unknown-tag");
/// A footnote that is not shown.
pub const UNUSED_FOOTNOTE: Rule = warning("unused-footnote");
/// Two places of a text have one anchor.
pub const DUPLICATE_ANCHOR: Rule = warning("duplicate-anchor");
/// A key stands twice in one mapping.
pub const DUPLICATE_KEY: Rule = read("duplicate-key");
/// What an entry must say is not there.
pub const MISSING_FIELD: Rule = read("missing-field");
/// A key that nothing declares.
pub const UNKNOWN_FIELD: Rule = read("unknown-field");
/// A file that is no text, or that nobody may read.
pub const UNREADABLE_FILE: Rule = fatal("unreadable-file", WARNING);
/// A value that is not what its key wants.
pub const WRONG_VALUE: Rule = read("wrong-value");

const fn read(name: &'static str) -> Rule {
    Rule { name, level: ERROR, plain: WARNING, how: RuleScope::Read }
}

const fn warning(name: &'static str) -> Rule {
    Rule { level: WARNING, ..read(name) }
}

const fn fatal(name: &'static str, plain: Level) -> Rule {
    Rule { plain, how: RuleScope::Fatal, ..read(name) }
}
