//! A first book: a few entries in two collections, with what a repository on GitHub needs around them.

use include_dir::{Dir, include_dir};

/// The folder, a book as it stands.
static BOOK: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/book");

/// What the book in that folder is called.
const TITLE: &str = "A new book";

/// Where its workflows fetch the program from, until somebody writes the address.
const PROGRAM: &str = "https://github.com/OWNER/dossier";

/// The files of a first book of this title, by their paths in its folder.
pub fn files(title: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&BOOK, &mut files);
    for (path, text) in &mut files {
        match path.as_str() {
            "book.toml" => *text = text.replace(&format!("{TITLE:?}"), &toml::Value::from(title).to_string()),
            "README.md" => *text = text.replace(TITLE, &plain_markdown(title)),
            // A program that knows its own repository saves people the line.
            ".github/actions/dossier/action.yml" if !env!("CARGO_PKG_REPOSITORY").is_empty() => {
                *text = text.replace(PROGRAM, env!("CARGO_PKG_REPOSITORY"))
            }
            _ => {}
        }
    }
    files.sort();
    files
}

fn collect(dir: &Dir, files: &mut Vec<(String, String)>) {
    for file in dir.files() {
        // Folders are read where the program is compiled, which may be Windows.
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.push((path, String::from_utf8_lossy(file.contents()).into_owned()));
    }
    for dir in dir.dirs() {
        collect(dir, files);
    }
}

/// A text whose signs are no Markdown.
fn plain_markdown(text: &str) -> String {
    let escaped = text.chars().flat_map(|c| r"\`*_[]<>#&".contains(c).then_some('\\').into_iter().chain([c]));
    escaped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_stands_where_it_is_read_and_keeps_its_signs() {
        let files = files(r#"A "new" *book*"#);
        let text = |path: &str| &files.iter().find(|(name, _)| name == path).expect(path).1;
        let config: toml::Table = text("book.toml").parse().expect("TOML");
        assert_eq!(config["book"]["title"].as_str(), Some(r#"A "new" *book*"#));
        assert!(text("README.md").starts_with("# A \"new\" \\*book\\*\n"));
        assert!(files.iter().all(|(_, text)| !text.contains(TITLE)));
    }
}
