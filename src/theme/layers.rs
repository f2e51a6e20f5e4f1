//! The built-in files and the book's own over them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::SourcePath;
use crate::base::span::Span;

/// The rule that tells of anything wrong in a book's own theme.
pub const BAD_THEME: &str = "bad-theme";

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// What a theme is made of: the folders of its files, and their extensions; `static` takes any.
const PARTS: [(&str, &str); 5] =
    [("templates/", ".html"), ("css/", ".css"), ("js/", ".js"), ("words/", ".toml"), ("static/", "")];

/// All files of a theme by their paths in it.
pub struct Overlay {
    /// The folder of the book's own files.
    folder: String,
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Overlay {
    /// The book's own files over the built-in ones, and what is wrong with its own.
    pub fn new(folder: &str, own: Vec<(String, Vec<u8>)>) -> (Overlay, Vec<Diagnostic>) {
        let mut layers = Overlay { folder: folder.to_owned(), files: BTreeMap::new() };
        let mut problems = Vec::new();
        add(&BUILT_IN, &mut layers.files);
        for (path, bytes) in own {
            let part = PARTS.iter().find(|(part, extension)| path.starts_with(part) && path.ends_with(extension));
            let told = match part {
                None => {
                    let places: Vec<String> =
                        PARTS.iter().map(|(part, extension)| format!("{part}*{extension}")).collect();
                    Some(("no theme has a file here".to_owned(), format!("its places are {}", places.join(", "))))
                }
                Some(("static/", _)) => None,
                Some(_) if std::str::from_utf8(&bytes).is_err() => {
                    Some(("this file is no UTF-8".to_owned(), "save it as UTF-8".to_owned()))
                }
                Some(_) => None,
            };
            match told {
                Some((message, help)) => {
                    problems.push(Diagnostic::error(BAD_THEME, &layers.path(&path), Span::at(0), message).help(help));
                }
                None => drop(layers.files.insert(path, Cow::Owned(bytes))),
            }
        }
        (layers, problems)
    }

    /// The fingerprint of all files.
    pub fn print(&self) -> Fingerprint {
        let mut hasher = FingerprintHasher::default();
        for part in self.files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes]) {
            hasher.text(part);
        }
        hasher.finish()
    }

    /// The text of a file, by its place in the book.
    #[cfg(any(test, feature = "serve"))]
    pub fn text_at(&self, path: &SourcePath) -> Option<&str> {
        self.text(path.within(&self.folder)?)
    }

    /// Where a file of the theme stands in the book.
    pub fn path(&self, path: &str) -> SourcePath {
        SourcePath::new(&format!("{}/{path}", self.folder))
    }

    /// Whether the built-in theme has a file of this path.
    pub fn is_built_in(&self, path: &str) -> bool {
        BUILT_IN.get_file(path).is_some()
    }

    /// Whether the book has a template of its own, or one in the place of a built-in one.
    pub fn has_own_templates(&self) -> bool {
        self.texts("templates/", ".html").any(|(name, text)| {
            let path = format!("templates/{name}");
            self.built_in_text(&path) != Some(text)
        })
    }

    /// The text at a path of the built-in theme, shadowed or not.
    pub fn built_in_text(&self, path: &str) -> Option<&'static str> {
        BUILT_IN.get_file(path)?.contents_utf8()
    }

    /// The text at a path, if there is a file of it.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(path)?).ok()
    }

    /// The files in a folder by their paths below it.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().filter_map(move |(path, bytes)| Some((path.strip_prefix(folder)?, &**bytes)))
    }

    /// The texts in a folder with an extension, by their paths below the folder.
    pub fn texts(&self, folder: &str, extension: &str) -> impl Iterator<Item = (&str, &str)> {
        let texts = self.under(folder).filter(move |(path, _)| path.ends_with(extension));
        texts.filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
    }
}

fn add(dir: &'static Dir, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for file in dir.files() {
        // The parts of a built-in path are joined with `/` on every system.
        let path: Vec<_> = file.path().iter().map(|part| part.to_string_lossy()).collect();
        files.insert(path.join("/"), Cow::Borrowed(file.contents()));
    }
    for dir in dir.dirs() {
        add(dir, files);
    }
}
