//! What a command would change in a file, as a diff.

use std::path::Path;

use similar::TextDiff;

use super::terminal;
use crate::base::apply_edits::FileChange;
use crate::base::path::SourcePath;

/// The change of one file, as `diff -u` shows it, with the path that it has after, if that is another.
pub fn of(root: &Path, fixed: &FileChange, moved: Option<&SourcePath>) -> String {
    let shown = |path: &SourcePath| terminal::path(&root.join(path.as_str()));
    let (path, new_path) = (shown(&fixed.path), shown(moved.unwrap_or(&fixed.path)));
    let diff = TextDiff::from_lines(&*fixed.before, &fixed.after);
    diff.unified_diff().header(&path, &new_path).to_string()
}
