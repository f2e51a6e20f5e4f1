//! A small book in a folder of its own, built by the real binary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::tree;

/// A folder with a book, beside the folder in which its site appears.
pub struct Book {
    _temp: TempDir,
    home: PathBuf,
}

/// What the binary said. Paths of the temporary folder read `[temp]`, so that a
/// message can be compared as a whole.
#[derive(Debug)]
pub struct Output {
    /// The exit code, or -1 if a signal ended the run.
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// The rules that ask more of a book than a story has.
const LENIENT: &str = r#"
[check]
empty-entry = "off"
orphan-entry = "off"
unsourced-entry = "off"
unused-asset = "off"
"#;

impl Book {
    /// A book of these files: `Book::new([("content/index.md", "# Hello")])`. A story is about one thing, so what rules
    /// ask of a whole book is not asked of it.
    pub fn new<P: AsRef<Path>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Book {
        let book = Book::held_to_all(files);
        let config = book.folder().join("book.toml");
        // A book that says what it is to be checked for means it.
        if let Some(text) = fs::read_to_string(&config).ok().filter(|text| !text.contains("[check]")) {
            book.write("book.toml", text + LENIENT);
        }
        book
    }

    /// A book of these files, held to all rules.
    pub fn held_to_all<P: AsRef<Path>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Book {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let home = temp.path().canonicalize().expect("the temporary folder's own name");
        let book = Book { _temp: temp, home };
        fs::create_dir(book.folder()).expect("a folder for the book");
        for (path, text) in files {
            book.write(path, text);
        }
        book
    }

    /// Where the book stands.
    pub fn folder(&self) -> PathBuf {
        self.home.join("book")
    }

    /// Where its site appears: outside the book.
    pub fn out(&self) -> PathBuf {
        self.home.join("site")
    }

    /// Adds a file to the book, or replaces it.
    pub fn write(&self, path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
        let path = self.folder().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder for the file");
        fs::write(&path, text).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }

    /// A file of the book, as text.
    #[track_caller]
    pub fn source(&self, path: &str) -> String {
        fs::read_to_string(self.folder().join(path)).unwrap_or_else(|error| panic!("cannot read {path}: {error}"))
    }

    /// All files of the book with their texts, sorted by path.
    pub fn sources(&self) -> Vec<(String, String)> {
        tree::files(&self.folder()).into_iter().map(|path| (path.clone(), self.source(&path))).collect()
    }

    /// All files of the book with their bytes, sorted by path.
    pub fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        let read = |path: String| (path.clone(), fs::read(self.folder().join(&path)).expect("the file can be read"));
        tree::files(&self.folder()).into_iter().map(read).collect()
    }

    /// Takes a file out of the book.
    pub fn remove(&self, path: impl AsRef<Path>) {
        let path = self.folder().join(path);
        fs::remove_file(&path).unwrap_or_else(|error| panic!("cannot remove {}: {error}", path.display()));
    }

    /// `dossier build BOOK --out SITE`, and what else is asked for.
    pub fn build(&self, args: &[&str]) -> Output {
        let (folder, out) = (self.folder(), self.out());
        let folder = folder.to_str().expect("a path in UTF-8");
        let out = out.to_str().expect("a path in UTF-8");
        self.run(&[&["build", folder, "--out", out], args].concat())
    }

    /// Any other command, run inside the book: `book.run(&["check"])`.
    pub fn run(&self, args: &[&str]) -> Output {
        self.run_in(&self.folder(), args, &[("NO_COLOR", "1")])
    }

    /// The same in another folder, and with variables of the environment.
    pub fn run_in(&self, folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
        let done = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .args(args)
            .current_dir(folder)
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .env_remove("GITHUB_STEP_SUMMARY")
            .env_remove("SOURCE_DATE_EPOCH")
            .envs(variables.iter().copied())
            .output()
            .expect("the binary runs");
        let home = self.home.to_str().expect("a path in UTF-8");
        let text = |bytes| String::from_utf8(bytes).expect("the binary speaks UTF-8").replace(home, "[temp]");
        Output { status: done.status.code().unwrap_or(-1), stdout: text(done.stdout), stderr: text(done.stderr) }
    }

    /// A file of the site, as text.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        match fs::read_to_string(self.out().join(path)) {
            Ok(text) => text,
            Err(error) => panic!("cannot read {path} ({error}); the site has:\n{}", self.tree().join("\n")),
        }
    }

    /// The paths of all files of the site, sorted; none if there is no site.
    pub fn tree(&self) -> Vec<String> {
        if self.out().is_dir() { tree::files(&self.out()) } else { Vec::new() }
    }

    /// What `check_tree` finds wrong with the site.
    pub fn problems(&self) -> Vec<String> {
        tree::check_tree(&self.out())
    }
}
