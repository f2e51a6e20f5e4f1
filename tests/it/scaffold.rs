//! `dossier init` and `dossier new`: what people begin with builds, and says what is still to be filled in.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::support::{Book, files};

/// A book that `dossier init` began, with this title.
fn begun(args: &[&str]) -> Book {
    let book = Book::held_to_all([("", ""); 0]);
    let output = book.run(&[&["init"], args].concat());
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    book
}

/// A file of the book.
#[track_caller]
fn read(book: &Book, path: &str) -> String {
    fs::read_to_string(book.folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Writes an entry, and answers with its path and its text.
#[track_caller]
fn new(book: &Book, args: &[&str]) -> (String, String) {
    let output = book.run(&[&["new"], args].concat());
    assert_eq!(output.status, 0, "{}", output.stderr);
    let path = output.stdout.strip_suffix('\n').expect("one line").to_owned();
    let text = read(book, &path);
    (path, text)
}

#[test]
fn a_new_book_builds_without_a_finding() {
    let book = begun(&["--title", "Our \"subject\""]);
    assert_snapshot!(files(&book.folder()).join("\n"));
    let output = book.build(&["--drafts"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert_eq!(book.problems(), [""; 0]);
    assert!(book.page("index.html").contains("<h1>Our \"subject\"</h1>"), "{}", book.page("index.html"));
    // The example shows what it speaks of: a relation, stated once and seen at both ends.
    assert!(book.page("events/markdown-released.html").contains("../topics/markdown.html"));
    assert!(book.page("topics/markdown.html").contains("../events/markdown-released.html"));
    assert!(book.page("timeline.html").contains("events/yaml-1-2-2.html"));
    assert!(book.page("sources.html").contains("https://spec.commonmark.org/0.31.2/"));
}

#[test]
fn a_new_book_has_the_name_of_its_folder_which_is_made() {
    let book = Book::held_to_all([("", ""); 0]);
    let output = book.run(&["init", "deep/my-first-book"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert_snapshot!(output.stdout, @r#"
    Began "My first book": 21 files in deep/my-first-book
    Next: dossier build deep/my-first-book
    "#);
    assert!(read(&book, "deep/my-first-book/book.toml").contains("\ntitle = \"My first book\"\n"));
    assert!(read(&book, "deep/my-first-book/README.md").starts_with("# My first book\n"));
    let output = book.run(&["build", "deep/my-first-book"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
}

#[test]
fn a_book_begins_among_other_files_and_overwrites_none() {
    let book = Book::held_to_all([("LICENSE", "CC0\n"), ("content/mine.md", "# Mine\n")]);
    assert_eq!(book.run(&["init"]).status, 0);
    assert_eq!((read(&book, "LICENSE"), read(&book, "content/mine.md")), ("CC0\n".into(), "# Mine\n".into()));
    let output = book.build(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));

    let book = Book::held_to_all([("README.md", "Mine\n"), ("content", "A file where a folder should be\n")]);
    let output = book.run(&["init"]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert_eq!(output.stderr, "error: README.md, content are there already, and nothing is overwritten\n\n");
    assert_eq!(files(&book.folder()), ["README.md", "content"]);

    let book = begun(&[]);
    book.write("book.toml", "[book]\n");
    assert_eq!(book.run(&["init"]).status, 2);
    assert_eq!(read(&book, "book.toml"), "[book]\n");
}

#[test]
fn what_contributors_are_told_of_a_mistake_is_what_is_told() {
    let book = begun(&[]);
    new(&book, &["topics", "The title"]);
    let output = book.run(&["build"]);
    let guide = read(&book, "CONTRIBUTING.md");
    let (_, shown) = guide.split_once("```text\n").expect("a message");
    let (shown, _) = shown.split_once("```").expect("its end");
    assert!(output.stderr.contains(shown), "{}", output.stderr);
}

#[test]
fn a_new_entry_is_ready_to_be_filled_in() {
    let book = begun(&[]);
    let output = book.run(&["new", "events", "Yes: no"]);
    assert_eq!((output.status, output.stdout.as_str()), (0, "content/events/yes-no.md\n"));
    assert_eq!(output.stderr, "Still to fill in, before the site is built: date\n");
    let text = read(&book, "content/events/yes-no.md");
    assert_snapshot!(text);
    book.write("content/events/yes-no.md", text.replace("date:", "date: 2020"));
    let (path, text) = new(&book, &["topics", "中国制造2025"]);
    assert_eq!(path, "content/topics/中国制造2025.md");
    assert!(text.starts_with("---\ntitle: 中国制造2025\n"), "{text}");
    // Taking the sign of a comment away gives a line to fill in, and no value that nobody meant.
    book.write(&path, text.replace("# website", "website").replace("kind:", "kind: format"));
    // That they say nothing yet is told, and no mistake.
    let output = book.build(&[]);
    assert!(output.status == 0 && output.stderr.contains("[orphan-entry]"), "{}", output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    let page = book.page("events/yes-no.html");
    assert!(page.contains("<h1>Yes: no</h1>") && !page.contains("The text stands here"), "{page}");
}

/// Every collection of the first knowledge base: a build asks for what it requires, each in its line, and for no more.
#[test]
fn a_build_asks_for_what_a_new_entry_leaves_empty() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = fs::read_to_string(root.join("book.toml")).expect("book.toml");
    let sources = fs::read_to_string(root.join("content/sources.yaml")).expect("sources.yaml");
    let book = Book::held_to_all([("book.toml", config.as_str()), ("content/sources.yaml", &sources)]);
    let collections = ["actors", "events", "policies", "reactions", "sectors", "technologies"];
    assert_eq!(config.matches("\ntitle =").count(), collections.len() + 1, "a collection is not in this test");
    let mut expected = Vec::new();
    for collection in collections {
        let (path, text) = new(&book, &[collection, "制造 plan"]);
        assert_eq!(path, format!("content/{collection}/制造-plan.md"));
        for (line, text) in text.lines().enumerate().filter(|(_, text)| text.contains("# required: ")) {
            let key = text.split(':').next().expect("a key");
            expected.push(format!("\"{key}\" is empty {path}:{}:1", line + 1));
        }
    }
    let told = book.build(&[]).stderr;
    let told: Vec<String> = told
        .split("\n\n")
        .filter_map(|told| told.strip_prefix("error[missing-field]: "))
        .map(|told| told.lines().take(2).collect::<String>().replace(" --> [temp]/book/", " "))
        .collect();
    assert_eq!(told, expected);
    assert!(expected.len() >= 8);
    assert_snapshot!(read(&book, "content/policies/制造-plan.md"));
}

#[test]
fn the_manual_shows_a_new_entry_as_it_is() {
    let book = Book::held_to_all([
        (
            "book.toml",
            "[collections.events.fields]\ncountries = { type = \"country\", many = true }\n\
             date = { type = \"date\", required = true }\n",
        ),
        ("content/sources.yaml", "paxton: { title: The bridge }\n"),
    ]);
    let (path, text) = new(&book, &["events", "The bridge opens", "--set", "summary=It opened to trains."]);
    let manual = include_str!("../../docs/commands.md");
    assert!(manual.contains(&format!("writes `{path}`:\n\n```text\n{text}```\n")), "{text}");
}

#[test]
fn values_that_are_known_are_written_and_checked() {
    let book = begun(&[]);
    let known = ["--set", "date=2015-05", "--set", "topics=markdown", "--set", "topics=yaml", "--set", "tags=a, b"];
    let known = [&["events", "A plan"], &known[..], &["--set", "summary=Null: a value", "--set", "sources=yaml"]];
    let (_, text) = new(&book, &known.concat());
    assert_snapshot!(text);
    let output = book.build(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    for (set, words) in [
        ("dat=2015", "an event has no field \"dat\"; did you mean \"date\"?"),
        ("date=May 2015", "\"date\" wants a date, and found \"May 2015\"; write 2015-05"),
        ("title=Other", "the key \"title\" stands twice"),
        ("date", "write a key and a value, as country=CN"),
    ] {
        let output = book.run(&["new", "events", "Other", "--set", set]);
        assert_eq!(output.status, 2);
        assert!(output.stderr.contains(words), "{}", output.stderr);
    }
    assert!(!book.folder().join("content/events/other.md").exists());
}

#[test]
fn an_entry_that_cannot_be_is_refused_with_what_stands_in_the_way() {
    let book = begun(&[]);
    new(&book, &["events", "A draft", "--set", "draft=true"]);
    book.write("content/notes/unread.md", "---\ntitle: [\n---\n");
    let mut told = String::new();
    for args in [
        &["topic", "X"][..],
        &["bridges", "X"],
        &["events", "markdown is released", "--slug", "other"],
        &["events", "X", "--slug", "yaml-1-2"],
        &["events", "A draft"],
        &["notes", "Unread"],
        &["events", "README"],
        &["events", "?!"],
        &["events", " "],
        &["events", "X", "--slug", "A slug"],
    ] {
        let output = book.run(&[&["new"], args].concat());
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        told.push_str(output.stderr.trim_end());
        told.push('\n');
    }
    assert_snapshot!(told);
}

#[test]
fn plain_folders_have_new_pages_too() {
    let book = Book::held_to_all([("My Notes/a.md", "# A\n")]);
    assert_eq!(new(&book, &["my-notes", "B"]).0, "My Notes/b.md");
    assert_eq!(new(&book, &[".", "C"]).0, "c.md");
    let output = book.run(&["new", "bridges", "D"]);
    let told = "error: this book declares no collections, and has no folder \"bridges\" with entries; ";
    assert!(output.status == 2 && output.stderr.starts_with(told), "{}", output.stderr);
    assert_eq!(book.build(&[]).status, 0);
    // A folder is spelt as it is, and belongs to its collection all the same.
    let book = Book::held_to_all([("book.toml", "[collections.events]\n"), ("content/Events/a.md", "# A\n")]);
    assert_eq!(new(&book, &["events", "B"]).0, "content/Events/b.md");
}

#[test]
fn the_path_is_the_one_to_type_where_the_command_is_run() {
    let book = begun(&[]);
    let run = |folder: &str, args: &[&str]| {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"))
            .args(args)
            .current_dir(book.folder().join(folder))
            .output()
            .expect("the binary runs");
        let path = String::from_utf8(done.stdout).expect("UTF-8");
        assert!(book.folder().join(folder).join(path.trim_end()).is_file(), "{path}");
        path
    };
    run("content/topics", &["new", "topics", "From below"]);
    let path = run("content", &["new", "topics", "From beside", "--dir", ".."]);
    assert_eq!(path, "../content/topics/from-beside.md\n");
}

#[test]
fn a_book_toml_that_is_wrong_comes_first() {
    let book = Book::held_to_all([("book.toml", "[collections.events]\nfields.kind = {}\n")]);
    let output = book.run(&["new", "events", "X"]);
    assert_eq!((output.status, output.stdout.as_str()), (1, ""));
    assert!(output.stderr.starts_with("error[bad-config]: the field \"kind\" has no type"), "{}", output.stderr);
}
