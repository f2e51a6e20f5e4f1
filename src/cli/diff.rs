//! What a command would change in a file, as a diff.

use std::path::Path;

use similar::TextDiff;

use super::print;
use crate::Fixed;

/// The change of one file, as `diff -u` shows it.
pub fn of(root: &Path, fixed: &Fixed) -> String {
    let path = print::path(&root.join(fixed.path.as_str()));
    let diff = TextDiff::from_lines(&*fixed.before, &fixed.after);
    diff.unified_diff().header(&path, &path).to_string()
}
