//! A build after which nothing has changed is known to be that without reading a file.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::support::{Book, files};

/// A book with a little of everything that a build reads, all of it old enough that no change can pass unseen.
fn settled() -> Book {
    let book = Book::new([
        (
            "book.toml",
            "[book]\ntitle = \"T\"\n[theme]\nname = \"mine\"\n[collections.plans.fields]\nsize = { type = \"number\" }\n",
        ),
        ("content/index.md", "Hello, [[Aim]] ![x](x.png)\n"),
        ("content/plans/aim.md", "---\nsize: 1\n---\n# Aim\n\nSee [home](../index.md).\n"),
        ("content/x.png", "not looked into"),
        ("themes/mine/css/own.css", "b { color: red }\n"),
    ]);
    age(&book.folder());
    book
}

/// Makes all files of a folder as old as it takes.
fn age(folder: &Path) {
    for path in files(folder) {
        let old = SystemTime::now() - Duration::from_secs(60);
        File::options().write(true).open(folder.join(path)).unwrap().set_modified(old).unwrap();
    }
}

/// Whether a build has read anything.
#[track_caller]
fn reads(book: &Book, arguments: &[&str]) -> bool {
    let output = book.build(&[arguments, &["--timings"]].concat());
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert!(output.stdout.starts_with("Built "), "{}", output.stdout);
    output.stdout.contains(" parse ") || output.stderr.contains(" parse ")
}

#[test]
fn nothing_is_read_again_while_nothing_has_changed() {
    let book = settled();
    let first = book.build(&[]);
    assert!(!reads(&book, &[]) && !reads(&book, &[]));
    let said = |text: &str| text.split(" in ").next().unwrap().to_owned();
    assert_eq!(said(&book.build(&[]).stdout), said(&first.stdout));
    // What is asked for is another thing.
    assert!(reads(&book, &["--drafts"]) && !reads(&book, &["--drafts"]));
    assert!(reads(&book, &["--only", "html"]) && reads(&book, &["--no-cache"]));
}

#[test]
fn whatever_changes_is_seen() {
    type Edit = fn(&Book);
    let edits: [(&str, Edit); 9] = [
        ("a text of the same length", |book| book.write("content/index.md", "Hallo, [[Aim]] ![x](x.png)\n")),
        ("a new entry", |book| book.write("content/plans/b.md", "---\nsize: 2\n---\n# B\n")),
        ("a picture", |book| book.write("content/x.png", "not looked INTO")),
        ("the theme", |book| book.write("themes/mine/css/own.css", "b { color: RED }\n")),
        ("book.toml", |book| book.write("book.toml", book.source("book.toml").replace("\"T\"", "\"U\""))),
        ("an entry that is gone", |book| {
            book.write("content/index.md", "Hello, [[Aim]]\n");
            std::fs::remove_file(book.folder().join("content/x.png")).unwrap();
        }),
        ("a page that is gone", |book| std::fs::remove_file(book.out().join("plans/aim.html")).unwrap()),
        ("a page that somebody wrote over", |book| std::fs::write(book.out().join("plans/aim.html"), "?").unwrap()),
        ("the whole site", |book| std::fs::remove_dir_all(book.out()).unwrap()),
    ];
    for (what, edit) in edits {
        let book = settled();
        assert!(reads(&book, &[]) && !reads(&book, &[]));
        edit(&book);
        assert!(reads(&book, &[]), "{what}");
        let fresh = Book::new(book.bytes().into_iter().filter(|(path, _)| !path.starts_with(".dossier")));
        assert_eq!(fresh.build(&[]).status, 0);
        assert_eq!(book.tree(), fresh.tree(), "{what}");
        for path in book.tree().iter().filter(|path| path.ends_with(".html")) {
            assert_eq!(book.page(path), fresh.page(path), "{what}");
        }
    }
}

#[test]
fn what_may_still_change_unseen_is_read_again() {
    let book = settled();
    book.write("content/index.md", "Hello, [[Aim]]. ![x](x.png)\n");
    assert!(reads(&book, &[]) && reads(&book, &[]));
    age(&book.folder());
    assert!(reads(&book, &[]) && !reads(&book, &[]));
}

#[test]
fn what_is_told_is_told_each_time_and_not_looked_for() {
    let book = settled();
    let aim = "---\nsize: big\ncolour: red\n---\n# Aim\n\nSee [home](../index.md) and [[Nowhere]]. <!-- dossier-allow broken-link -->\n";
    book.write("content/plans/aim.md", aim);
    book.write("content/plans/lost.md", "---\nsize: 1\n---\n# Lost\n\n### Deep\n\n![](../x.png)\n");
    book.write("content/note.md", "---\ndraft: [\n---\n# Note\n");
    age(&book.folder());
    let told = |arguments: &[&str]| {
        let output = book.build(&[&["--keep-going"], arguments].concat());
        (output.status, output.stderr)
    };
    let (first, verbose) = (told(&[]), told(&["--verbose"]));
    for rule in ["broken-link", "wrong-value", "missing-alt", "bad-excuse", "book.toml:5:14", "held back"] {
        assert!(first.1.contains(rule), "{rule}: {}", first.1);
    }
    assert_eq!((told(&[]), told(&["--verbose"])), (first.clone(), verbose.clone()));
    let again = told(&["--timings"]).1;
    assert!(!again.contains(" parse "), "{again}");
    // What is told of a source is kept with it.
    book.write("content/index.md", "Hello, [[Aim]]. ![x](x.png)\n");
    assert_eq!((told(&[]), told(&["--verbose"])), (first, verbose));
    // It is another day, or another place.
    book.write("book.toml", format!("# A comment.\n{}", book.source("book.toml")));
    assert!(told(&[]).1.contains("book.toml:6:14"), "{}", told(&[]).1);
}

/// An entry of words that look like chance, and are the same each time.
fn entry(nth: usize) -> (String, String) {
    let word = |at: usize| format!("w{:x}", (nth * 7919 + at * 104_729) % 5003 * 2_654_435_761 % 65_521);
    let words: Vec<String> = (0..120).map(word).collect();
    (format!("content/notes/n{nth}.md"), format!("# Note {nth}\n\n{}\n", words.join(" ")))
}

#[test]
fn a_search_is_renewed_as_it_would_be_made() {
    let book = Book::new((0..160).map(entry).chain([("book.toml".into(), "[book]\ntitle = \"T\"\n".into())]));
    assert_eq!(book.build(&[]).status, 0);
    let of_words = |path: &&String| path.starts_with("search/t-");
    assert!(book.tree().iter().filter(of_words).count() > 2);
    let same_as_fresh = || {
        let fresh = Book::new(book.bytes().into_iter().filter(|(path, _)| !path.starts_with(".dossier")));
        assert_eq!(fresh.build(&[]).status, 0);
        assert_eq!(book.tree(), fresh.tree());
        for path in book.tree().iter().filter(|path| path.starts_with("search/")) {
            assert_eq!(book.page(path), fresh.page(path), "{path}");
        }
    };
    let (path, text) = entry(3);
    for more in ["one word that nobody said", "another", ""] {
        book.write(&path, format!("{text}\n{more}\n"));
        assert_eq!(book.build(&[]).status, 0);
        same_as_fresh();
    }
    // What is gone is made again, though the index is not.
    for lost in book.tree().iter().filter(of_words) {
        std::fs::remove_file(book.out().join(lost)).unwrap();
    }
    book.write(&path, format!("{text}\nonce more\n"));
    assert_eq!(book.build(&[]).status, 0);
    same_as_fresh();
}
