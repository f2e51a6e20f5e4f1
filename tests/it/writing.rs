//! What happens to the output folder, and what a run answers.

use std::fs;

use crate::support::Book;

#[test]
fn the_last_good_site_stays_until_the_new_one_is_known_to_be_good() {
    let book = Book::new([("book.toml", "[collections.notes]\n"), ("content/notes/a.md", "First\n")]);
    assert_eq!(book.build(&[]).status, 0);
    book.write("content/notes/a.md", "Second [[broken]]\n");
    let output = book.build(&[]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.ends_with("error: 1 error; the site was not written\n\n"), "{}", output.stderr);
    assert!(book.page("notes/a.html").contains("First"));
    let output = book.build(&["--keep-going"]);
    assert_eq!(output.status, 1);
    assert!(output.stdout.starts_with("Built 1 entry, 0 links"), "{}", output.stdout);
    let page = book.page("notes/a.html");
    assert!(page.contains("Second <span class=\"broken-link\" title=\"This leads nowhere\">broken</span>"), "{page}");
}

#[test]
fn unchanged_files_are_not_touched_and_stale_ones_go() {
    let book = Book::new([("x/a.md", "A\n"), ("y/b.md", "B\n"), ("y/c.md", "C\n")]);
    book.build(&[]);
    let modified = |path: &str| fs::metadata(book.out().join(path)).and_then(|found| found.modified()).expect(path);
    let before = modified("x/a.html");
    book.remove("y/c.md");
    assert_eq!(book.build(&[]).status, 0);
    assert_eq!(modified("x/a.html"), before);
    assert!(!book.tree().contains(&"y/c.html".to_owned()));
}

#[test]
fn one_output_is_made_and_the_others_stay_as_they_were() {
    let book = Book::new([("x/a.md", "First\n"), ("x/b.md", "B\n")]);
    let searched = |path: &String| path.starts_with("search/");
    // Nothing of the search was there before.
    assert_eq!(book.build(&["--only", "html"]).status, 0);
    assert!(!book.tree().iter().any(searched) && book.page("x/a.html").contains("First"));
    let output = book.build(&["--only", "search"]);
    assert!(output.stdout.ends_with(": [temp]/site/\n"), "{}", output.stdout);
    let both = book.tree();
    assert!(both.iter().any(searched) && both.contains(&"x/b.html".to_owned()));
    let records = || {
        let tree = book.tree();
        tree.iter().filter(|path| searched(path)).map(|path| book.page(path)).collect::<String>()
    };
    let first = records();
    // A page goes, and a text is another: the search hears of it when it is asked for.
    book.write("x/a.md", "Second\n");
    book.remove("x/b.md");
    assert_eq!(book.build(&["--only", "html"]).status, 0);
    assert!(!book.tree().contains(&"x/b.html".to_owned()) && book.page("x/a.html").contains("Second"));
    assert_eq!(records(), first);
    assert_eq!(book.build(&["--only", "html,search"]).status, 0);
    assert_ne!(records(), first);
    let all = book.page("build.json");
    assert_eq!(book.build(&[]).status, 0);
    assert_eq!(book.page("build.json"), all);
    let output = book.build(&["--only", "pdf"]);
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("possible values: html, search"), "{}", output.stderr);
}

#[test]
fn an_asset_gives_way_to_a_file_of_the_search() {
    let config = "[output.html]\ncopy = [\"search/*\"]\n";
    let page = "[x](search/start.js)\n";
    let book = Book::new([("book.toml", config), ("content/a.md", page), ("content/search/start.js", "1\n")]);
    let output = book.run(&["check", "."]);
    assert!(output.stdout.contains("[shared-address]"), "{}", output.stdout);
    assert_eq!(book.build(&[]).status, 0);
    assert!(book.tree().iter().any(|path| path.starts_with("search/start-")));
    assert!(book.page("search/start.js").starts_with("dossier.search.start("));
}

#[test]
fn two_builds_give_the_same_bytes() {
    let files = (0..50).map(|i| {
        (
            format!("n{i}.md"),
            format!("---\ntags: [t{}]\n---\n[[n{}]]\n```rust\nfn x() {{}}\n```\n", i % 7, (i * 7) % 50),
        )
    });
    let (one, two) = (Book::new(files.clone()), Book::new(files));
    one.build(&[]);
    two.build(&[]);
    assert_eq!(one.page("build.json"), two.page("build.json"));
}

#[test]
fn a_folder_that_no_build_wrote_is_never_emptied() {
    let book = Book::new([("a.md", "A\n")]);
    fs::create_dir(book.out()).expect("a folder");
    fs::write(book.out().join("thesis.doc"), "years of work").expect("a file");
    let output = book.build(&[]);
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("[temp]/site holds files that no build of ours wrote"), "{}", output.stderr);
    assert_eq!(book.tree(), ["thesis.doc"]);
}

#[test]
fn a_build_that_cannot_run_says_why() {
    let book = Book::new([("a.md", "A\n")]);
    for (args, words) in [
        (&["build", "nowhere"][..], "there is no folder nowhere"),
        (&["build", "a.md"], "a.md is a file, and a book is a folder"),
        (&["build", ".", "--out", "."], "holds the book itself"),
        (&["build", "--out", "a.md"], "is a file, and the site wants a folder"),
    ] {
        let output = book.run(args);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        assert!(output.stderr.starts_with("error: ") && output.stderr.contains(words), "{}", output.stderr);
    }
    assert_eq!(book.run(&["bild"]).status, 2);
}

#[test]
fn the_output_is_found_in_book_toml_and_the_book_around_the_current_folder() {
    let book = Book::new([("book.toml", "[build]\nbuild-dir = \"out/web\"\n"), ("content/deep/a.md", "A\n")]);
    assert_eq!(book.run(&["build"]).status, 0);
    assert!(book.folder().join("out/web/deep/a.html").is_file());
    // The site inside the book is not read as a part of it.
    assert!(book.run(&["build"]).stdout.starts_with("Built 1 entry"));
}

#[test]
fn a_book_found_around_the_current_folder_is_named() {
    let book = Book::new([("book.toml", ""), ("content/deep/a.md", "A\n")]);
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"))
        .arg("build")
        .current_dir(book.folder().join("content/deep"))
        .output()
        .expect("the binary runs");
    let stdout = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(stdout.starts_with(&format!("The book is in {}\n", book.folder().display())), "{stdout}");
}

#[test]
fn an_empty_folder_gives_a_site_and_a_hint() {
    let book = Book::new([("x.txt", "")]);
    let output = book.build(&[]);
    assert_eq!(output.status, 0);
    assert!(output.stderr.contains("warning: no entry was found in [temp]/book/;"), "{}", output.stderr);
    assert_eq!(book.problems(), [""; 0]);
}
