//! Fragments of pages that are written without templates have the bytes that the built-in templates write.

use std::fs;
use std::path::Path;

use crate::support::{Book, files};

/// A book like the one in a folder of the repository, in a language and with a public address, with more in its
/// `book.toml`.
fn like(folder: &str, language: &str, more: &str) -> Book {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let sources = files(&root).into_iter().filter(|path| path != "book.toml" && !path.starts_with("site/"));
    let book = Book::held_to_all(sources.map(|path| (path.clone(), fs::read(root.join(&path)).unwrap())));
    let config = fs::read_to_string(root.join("book.toml")).unwrap();
    let config: Vec<&str> = config.lines().filter(|line| !line.starts_with("language =")).collect();
    let config = config.join("\n").replacen("[book]", &format!("[book]\nlanguage = \"{language}\""), 1);
    book.write("book.toml", format!("{}\n{more}", published(&config)));
    book
}

/// A `book.toml` with a public address.
fn published(config: &str) -> String {
    let config: String = config.split_inclusive('\n').filter(|line| !line.starts_with("site-url")).collect();
    let table = "[output.html]\nsite-url = \"https://a.example/'kb'/\"\n";
    match config.contains("[output.html]\n") {
        true => config.replacen("[output.html]\n", table, 1),
        false => format!("{config}\n{table}"),
    }
}

fn has_the_same_pages_with_and_without_fragments(folder: &str, language: &str) {
    let template = include_str!("../../themes/default/templates/redirect.html");
    let (built_in, own) = (like(folder, language, ""), like(folder, language, "[theme]\nname = \"mine\"\n"));
    // A theme with any template of its own is given values rather than fragments.
    own.write("themes/mine/templates/redirect.html", template);
    for book in [&built_in, &own] {
        let output = book.build(&["--only", "html"]);
        assert_eq!(output.status, 0, "{}", output.stderr);
    }
    let pages: Vec<String> = built_in.tree().into_iter().filter(|path| path.ends_with(".html")).collect();
    assert!(pages.len() > 20);
    for path in pages {
        assert_eq!(built_in.page(&path), own.page(&path), "{path} in {language}");
    }
}

#[test]
fn fragments_are_what_the_templates_write() {
    for language in ["en", "de", "zh-Hans", "ar"] {
        has_the_same_pages_with_and_without_fragments("tests/browser/kitchen", language);
    }
    has_the_same_pages_with_and_without_fragments("docs", "en");
}

#[test]
fn the_fragments_of_a_whole_book_are_what_the_templates_write() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = published(&fs::read_to_string(root.join("book.toml")).unwrap());
    let build = |more: &str| {
        let sources = files(&root.join("content")).into_iter();
        let read = |path: String| (format!("content/{path}"), fs::read(root.join("content").join(&path)).unwrap());
        let book = Book::held_to_all(sources.map(read));
        book.write("book.toml", format!("{config}\n{more}"));
        book.write("themes/mine/templates/redirect.html", include_str!("../../themes/default/templates/redirect.html"));
        let output = book.build(&["--only", "html"]);
        assert_eq!(output.status, 0, "{}", output.stderr);
        book
    };
    let (built_in, own) = (build(""), build("[theme]\nname = \"mine\"\n"));
    for path in built_in.tree().into_iter().filter(|path| path.ends_with(".html")) {
        assert_eq!(built_in.page(&path), own.page(&path), "{path}");
    }
}
