//! Patterns of paths, as `book.toml` lists files.

use glob::{MatchOptions, Pattern};

use super::toml_table::Table;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::nfc;
use crate::base::span::Spanned;

/// Patterns of paths, in the manner of `.gitignore`: `*` and `?` stop at a slash, `**` does not. One without a slash
/// stands for files of that name in any folder, and one that ends in a slash for all that is in the folder.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Patterns(Vec<Pattern>);

const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

impl Patterns {
    /// Reads a list of patterns, and tells of those that are none.
    pub fn read(written: Vec<Spanned<String>>, table: &Table, problems: &mut Vec<Diagnostic>) -> Patterns {
        let mut patterns = Patterns::default();
        for Spanned { value, span } in written {
            match Pattern::new(&whole(&value)) {
                Ok(pattern) => patterns.0.push(pattern),
                Err(error) => {
                    let message = format!("\"{value}\" is no pattern of paths: {}", error.msg);
                    problems.push(table.error(span, message).help("write a path, as demos/*.html or demos/**"));
                }
            }
        }
        patterns
    }

    /// Whether one of them stands for a path.
    pub fn hold(&self, path: &str) -> bool {
        !self.0.is_empty() && {
            let path = nfc(path);
            self.0.iter().any(|pattern| pattern.matches_with(&path, OPTIONS))
        }
    }
}

/// A pattern for whole paths.
fn whole(written: &str) -> String {
    let written = nfc(written.trim());
    let path = written.strip_prefix("./").unwrap_or(&written);
    let rooted = path.trim_start_matches('/');
    let is_name = rooted == path && !rooted.trim_end_matches('/').contains('/');
    let lead = if is_name { "**/" } else { "" };
    let rest = if rooted.ends_with('/') { "**" } else { "" };
    format!("{lead}{rooted}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_paths_as_in_gitignore() {
        let hold = |pattern: &str, path: &str| Patterns(vec![Pattern::new(&whole(pattern)).unwrap()]).hold(path);
        for (pattern, path) in [
            ("demo.html", "demo.html"),
            ("demo.html", "a/b/demo.html"),
            ("*.html", "a/x.html"),
            ("a/*.html", "a/x.html"),
            ("./a/x.html", "a/x.html"),
            ("/x.html", "x.html"),
            ("a/**", "a/b/x.js"),
            ("demos/", "a/demos/b/x.js"),
            ("a/demos/", "a/demos/x.js"),
            ("**/x.js", "x.js"),
            ("caf\u{e9}.html", "cafe\u{301}.html"),
        ] {
            assert!(hold(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("/x.html", "a/x.html"), ("a/*.html", "a/b/x.html"), ("*.html", "x.HTML"), ("demos/", "demos.html")]
        {
            assert!(!hold(pattern, path), "{pattern} {path}");
        }
    }
}
