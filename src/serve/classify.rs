//! From the paths of which something was heard to the cheapest change of the book. What was heard is a hint: what
//! counts is how a path stands now.

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::base::path::{SKIPPED, SourcePath};
use crate::base::source::Source;
use crate::workspace::Change;

/// What the book is known to have.
#[derive(Default)]
pub struct KnownPaths<'a> {
    /// The folder of the entries.
    pub src: &'a str,
    /// Folders in the book's folder in which a site is written.
    pub outputs: &'a [String],
    /// The links of the file system among its files: what stands behind one has another path as well.
    pub links: &'a [SourcePath],
    /// Sorted by path.
    pub sources: &'a [Source],
    /// Sorted.
    pub assets: &'a [SourcePath],
}

/// What stands at a path now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathState {
    File,
    Folder,
    Nothing,
}

/// What a path means for the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Impact {
    Nothing,
    /// The text of a file that the book knows: an entry, `book.toml`, a file of a theme.
    Text,
    /// The bytes of a picture or another file that pages show.
    Asset,
    /// Something came, went, or is another thing now.
    Folder,
}

/// What has happened to the book.
#[derive(Debug, Default)]
pub struct FsChange {
    /// What the workspace must be told.
    pub change: Option<Change>,
    /// The pictures and other files that have other bytes.
    pub assets: Vec<SourcePath>,
}

impl FsChange {
    /// What has happened, by the paths of which something was heard, in the book's folder.
    pub fn of(paths: &[SourcePath], known: &KnownPaths, now: impl Fn(&SourcePath) -> PathState) -> FsChange {
        let mut happened = FsChange::default();
        let (mut texts, mut is_folder) = (Vec::new(), false);
        for path in paths {
            match known.meaning(path, now(path)) {
                Impact::Nothing => {}
                Impact::Text => texts.push(path.clone()),
                Impact::Asset => happened.assets.push(path.clone()),
                Impact::Folder => is_folder = true,
            }
        }
        // Of what stands behind a link something is heard under its other path alone.
        let is_read_again = !texts.is_empty() || !happened.assets.is_empty();
        if is_read_again && !known.links.is_empty() {
            let is_behind = |path: &&SourcePath| known.links.iter().any(|link| is_within(path.as_str(), link.as_str()));
            texts.extend(known.sources.iter().map(|source| &source.path).filter(is_behind).cloned());
            happened.assets.extend(known.assets.iter().filter(is_behind).cloned());
        }
        // Where everything is read again, so is the theme.
        happened.change = match is_folder {
            true => Some(Change::Folder),
            false => (!texts.is_empty()).then_some(Change::Files(texts)),
        };
        happened
    }
}

impl KnownPaths<'_> {
    /// Whether what is heard of a path can matter at all.
    pub fn may_matter(&self, path: &str) -> bool {
        if is_passed_over(path) || self.outputs.iter().any(|out| is_within(path, out)) {
            return false;
        }
        // The folders on the way to the entries can go and come back.
        let leads_to_src = || is_within(self.src, path);
        path == "book.toml"
            || is_within(path, "themes")
            || is_within(path, self.src)
            || leads_to_src()
            || !self.links.is_empty()
    }

    fn meaning(&self, path: &SourcePath, now: PathState) -> Impact {
        if !self.may_matter(path.as_str()) {
            return Impact::Nothing;
        }
        if path.as_str() == "book.toml" {
            return Impact::Text;
        }
        let is_source = self.sources.binary_search_by(|source| source.path.cmp(path)).is_ok();
        let is_asset = self.assets.binary_search(path).is_ok();
        match now {
            PathState::File if is_source => Impact::Text,
            PathState::File if is_asset => Impact::Asset,
            PathState::File if is_within(path.as_str(), "themes") && !is_within("themes", self.src) => Impact::Text,
            // What came and went again, as editors' files do, was never there.
            PathState::Nothing if !is_source && !is_asset && !self.is_folder(path.as_str()) => Impact::Nothing,
            _ => Impact::Folder,
        }
    }

    /// Whether it is, as far as is known, a folder that matters.
    fn is_folder(&self, path: &str) -> bool {
        let holds = |of_book: &SourcePath| is_within(of_book.as_str(), path);
        is_within(path, "themes") || is_within(self.src, path) || {
            let sources = self.sources.iter().map(|source| &source.path);
            sources.chain(self.assets).any(holds)
        }
    }
}

/// Whether `path` is `folder`, or stands in it; everything stands in the book's own folder, which is empty.
fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a path is no part of any book: hidden, in a folder that is skipped, or a file that editors write beside the
/// one that is edited.
pub fn is_passed_over(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_beside = name.ends_with('~') || name.starts_with('#') && name.ends_with('#') || is_probe(name);
    is_beside || path.split('/').any(|part| part.starts_with('.') || part == SKIPPED)
}

/// Vim tries with a file called 4913 whether it may write.
fn is_probe(name: &str) -> bool {
    name == "4913"
}

/// The path of a file in the book's folder; none if it stands elsewhere, or its name is no text.
pub fn within(root: &Path, path: &Path) -> Option<SourcePath> {
    Some(SourcePath::new(path.strip_prefix(root).ok()?.to_str()?))
}

/// What two lists of sources, sorted by path, do not have in common: what has another text, what came, what went.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub changed: Vec<SourcePath>,
    pub added: Vec<SourcePath>,
    pub removed: Vec<SourcePath>,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }

    /// Compares the texts of two books.
    pub fn of_sources(before: &[Source], after: &[Source]) -> Difference {
        let path = |source: &Source| source.path.clone();
        Difference::between(before, after, |a, b| a.path.cmp(&b.path), path, |a, b| a.text == b.text)
    }

    /// Compares two lists of paths.
    pub fn of_paths(before: &[SourcePath], after: &[SourcePath]) -> Difference {
        Difference::between(before, after, Ord::cmp, Clone::clone, |_, _| true)
    }

    fn between<T>(
        mut before: &[T],
        mut after: &[T],
        order: impl Fn(&T, &T) -> std::cmp::Ordering,
        path: impl Fn(&T) -> SourcePath,
        is_same: impl Fn(&T, &T) -> bool,
    ) -> Difference {
        let mut found = Difference::default();
        loop {
            match (before, after) {
                ([a, rest @ ..], [b, ..]) if order(a, b).is_lt() => {
                    found.removed.push(path(a));
                    before = rest;
                }
                ([a, ..], [b, rest @ ..]) if order(a, b).is_gt() => {
                    found.added.push(path(b));
                    after = rest;
                }
                ([a, rest_before @ ..], [b, rest_after @ ..]) => {
                    if !is_same(a, b) {
                        found.changed.push(path(b));
                    }
                    (before, after) = (rest_before, rest_after);
                }
                (before, after) => {
                    found.removed.extend(before.iter().map(&path));
                    found.added.extend(after.iter().map(&path));
                    return found;
                }
            }
        }
    }

    /// Both differences together, each path once.
    pub fn with(mut self, other: Difference) -> Difference {
        let mut seen = FxHashSet::default();
        for (mine, others) in
            [(&mut self.changed, other.changed), (&mut self.added, other.added), (&mut self.removed, other.removed)]
        {
            mine.extend(others);
            mine.retain(|path| seen.insert(path.clone()));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(paths: &[(&str, &str)]) -> Vec<Source> {
        paths.iter().map(|(path, text)| Source { path: SourcePath::new(path), text: (*text).into() }).collect()
    }

    /// What happened to a book with `a.md`, `x/b.md` and `x/pic.png` in the folder `content`.
    fn happened(paths: &[(&str, PathState)], link: Option<&str>) -> String {
        let sources = sources(&[("content/a.md", ""), ("content/x/b.md", "")]);
        let assets = [SourcePath::new("content/x/pic.png")];
        let links: Vec<SourcePath> = link.into_iter().map(SourcePath::new).collect();
        let outputs = ["site".to_owned()];
        let known = KnownPaths { src: "content", outputs: &outputs, links: &links, sources: &sources, assets: &assets };
        let list: Vec<SourcePath> = paths.iter().map(|(path, _)| SourcePath::new(path)).collect();
        let now = |path: &SourcePath| paths.iter().find(|(known, _)| *known == path.as_str()).unwrap().1;
        let happened = FsChange::of(&list, &known, now);
        match (happened.change, happened.assets.as_slice()) {
            (None, []) => "nothing".to_owned(),
            (None, assets) => assets.iter().map(SourcePath::as_str).collect::<Vec<_>>().join(" "),
            (Some(Change::Files(files)), _) => {
                format!("files {}", files.iter().map(SourcePath::as_str).collect::<Vec<_>>().join(" "))
            }
            (Some(_), _) => "folder".to_owned(),
        }
    }

    #[test]
    fn a_save_is_a_change_of_a_text_however_the_editor_does_it() {
        use PathState::*;
        for paths in [
            &[("content/a.md", File)][..],
            &[("content/a.md~", File), ("content/4913", Nothing), ("content/a.md", File)],
            &[("content/a.md.tmp.9", Nothing), ("content/a.md", File)],
            &[("content/.a.md.swp", File), ("content/a.md", File)],
            &[("content/#a.md#", File), ("content/a.md", File)],
        ] {
            assert_eq!(happened(paths, None), "files content/a.md", "{paths:?}");
        }
        assert_eq!(happened(&[("book.toml", File)], None), "files book.toml");
        assert_eq!(happened(&[("book.toml", Nothing)], None), "files book.toml");
        assert_eq!(happened(&[("themes/mine/css/a.css", File)], None), "files themes/mine/css/a.css");
    }

    #[test]
    fn what_comes_or_goes_is_a_matter_for_the_folder() {
        use PathState::*;
        for path in [
            ("content/new.md", File),
            ("content/a.md", Nothing),
            ("content/x", Nothing),
            ("content/y", Folder),
            ("content", Nothing),
            ("content/x/pic.png", Nothing),
            ("content/new.png", File),
            ("themes", Nothing),
        ] {
            assert_eq!(happened(&[path], None), "folder", "{path:?}");
        }
    }

    #[test]
    fn a_picture_is_shown_again_and_nothing_is_read() {
        assert_eq!(happened(&[("content/x/pic.png", PathState::File)], None), "content/x/pic.png");
    }

    #[test]
    fn what_is_no_part_of_the_book_is_nothing() {
        use PathState::*;
        for path in [
            ("site/index.html", File),
            ("target/x.md", File),
            ("content/node_modules/x.md", File),
            (".git/index", File),
            ("content/.obsidian/x.md", File),
            ("README.md", File),
            ("content/gone.md", Nothing),
        ] {
            assert_eq!(happened(&[path], None), "nothing", "{path:?}");
        }
        assert_eq!(happened(&[("README.md", File)], Some("content/x")), "folder", "a link may lead there");
    }

    #[test]
    fn what_stands_behind_a_link_changes_with_what_it_leads_to() {
        let changed = |link| happened(&[("content/a.md", PathState::File)], Some(link));
        assert_eq!(changed("content/x/b.md"), "files content/a.md content/x/b.md");
        assert_eq!(changed("content/x"), "files content/a.md content/x/b.md");
        assert_eq!(changed("content/y"), "files content/a.md");
    }

    #[test]
    fn books_differ_by_what_changed_came_and_went() {
        let before = sources(&[("a", "1"), ("b", "1"), ("d", "1")]);
        let after = sources(&[("a", "1"), ("b", "2"), ("c", "1")]);
        let found = Difference::of_sources(&before, &after);
        let path = |path: &str| vec![SourcePath::new(path)];
        assert_eq!(found, Difference { changed: path("b"), added: path("c"), removed: path("d") });
        assert!(Difference::of_sources(&after, &after).is_empty());
    }
}
