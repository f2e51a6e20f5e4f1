//! Files beside the entries: what could run in one is not on the site, unless the book says so.

use crate::support::Book;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"1\"/></svg>";
const EVIL: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>evil()</script><circle r=\"1\" onclick=\"evil()\"/></svg>";
const PAGE: &str = "<!doctype html><script>evil()</script>";

/// The findings of a rule, each as `level path:line:column`.
fn told(book: &Book, rule: &str) -> Vec<String> {
    let output = book.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let of_rule = findings.iter().filter(|finding| finding["rule"] == rule);
    of_rule
        .map(|finding| {
            let start = &finding["start"];
            let level = finding["level"].as_str().unwrap_or("");
            format!("{level} {}:{}:{}", finding["path"].as_str().unwrap_or(""), start["line"], start["column"])
        })
        .collect()
}

/// A book of one note and the files that it links to.
fn linking(config: Option<&str>, text: &str, files: &[(&str, &str)]) -> Book {
    let note = [("notes/a.md", text)];
    let config = config.map(|config| ("book.toml", config));
    let book = Book::new(note.into_iter().chain(config).chain(files.iter().copied()));
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    book
}

#[test]
fn what_runs_when_it_is_opened_is_not_copied_and_told_at_each_link() {
    let names = [
        "demo.html",
        "DEMO2.HTM",
        "a.xhtml",
        "b.xml",
        "c.js",
        "d.mjs",
        "e.svgz",
        "f.html.bak",
        "g.shtml",
        "h.xsl",
        "i.php",
        "j.swf",
        "k.mht",
        "plain",
        "l.unknown",
    ];
    let text: String = names.iter().map(|name| format!("- [to it]({name})\n")).collect();
    let files: Vec<(String, &str)> = names.iter().map(|name| (format!("notes/{name}"), PAGE)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let book = linking(None, &text, &files);
    let places: Vec<String> = (1..=names.len()).map(|line| format!("warning notes/a.md:{line}:11")).collect();
    assert_eq!(told(&book, "unsafe-asset"), places);
    for name in names {
        assert!(!book.tree().contains(&format!("notes/{name}")), "{name}");
    }
    assert!(book.page("notes/a.html").contains("<li>to it</li>"));
}

#[test]
fn what_runs_nothing_is_copied_as_ever() {
    let names = ["a.pdf", "three.js.png", "b.txt", "c.csv", "LICENSE", "d.rs", "e.json", "f.zip"];
    let text: String = names.iter().map(|name| format!("[to it]({name})\n")).collect();
    let files: Vec<(String, &str)> = names.iter().map(|name| (format!("notes/{name}"), "x <b>")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let book = linking(None, &text, &files);
    assert_eq!(told(&book, "unsafe-asset"), [""; 0]);
    assert!(names.iter().all(|name| book.tree().contains(&format!("notes/{name}"))));
}

#[test]
fn a_drawing_is_copied_without_what_could_run_however_it_is_shown() {
    for text in [
        "[it](x.svg)\n",
        "![it](x.svg)\n",
        "![[x.svg]]\n",
        "[[x.svg]]\n",
        "<a href=\"x.svg\">it</a>\n",
        "<img src=\"x.svg\" alt=\"it\">\n",
        "[it][x]\n\n[x]: x.svg\n",
        "> - ![it](x.svg)\n",
        "| a |\n|---|\n| ![it](x.svg) |\n",
        "---\nimage: x.svg\n---\n\nText.\n",
    ] {
        let book = linking(None, text, &[("notes/x.svg", EVIL)]);
        assert_eq!(told(&book, "unsafe-asset").len(), 1, "{text}");
        assert_eq!(book.page("notes/x.svg"), SVG, "{text}");
        // A second build has nothing else to write.
        assert_eq!(book.build(&[]).status, 0);
        assert_eq!(book.page("notes/x.svg"), SVG, "{text}");
    }
    let clean = linking(None, "![it](x.svg)\n", &[("notes/x.svg", SVG)]);
    assert_eq!((told(&clean, "unsafe-asset"), clean.page("notes/x.svg")), (Vec::new(), SVG.to_owned()));
}

#[test]
fn in_a_collection_and_in_a_field_and_in_a_folder_of_assets_it_goes_the_same_way() {
    let book = Book::new([
        ("book.toml", "[collections.people]\nfields.life = { type = \"markdown\" }\n"),
        ("content/people/ada.md", "---\nlife: See [this](ada.html) and ![that](ada.svg).\n---\n\nText.\n"),
        ("content/people/ada.html", PAGE),
        ("content/people/ada.svg", EVIL),
        ("content/people/assets/x.js", "evil()"),
        ("content/people/assets/y.svg", EVIL),
        ("content/people/assets/z.png", "1"),
    ]);
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    let mut expected = vec![
        "warning content/people/ada.md:2:18".to_owned(),
        "warning content/people/ada.md:2:40".to_owned(),
        "warning content/people/assets/x.js:null:null".to_owned(),
        "warning content/people/assets/y.svg:null:null".to_owned(),
    ];
    let mut found = told(&book, "unsafe-asset");
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    let copied: Vec<String> = book.tree().into_iter().filter(|path| path.starts_with("people/a")).collect();
    assert_eq!(copied, ["people/ada.html", "people/ada.svg", "people/assets/y.svg", "people/assets/z.png"]);
    assert!(!book.page("people/ada.html").contains("evil"));
    assert_eq!((book.page("people/ada.svg"), book.page("people/assets/y.svg")), (SVG.to_owned(), SVG.to_owned()));
}

#[test]
fn the_book_lists_what_it_trusts_or_trusts_all() {
    for config in [
        "[output.html]\ncopy = [\"notes/demo.html\", \"*.svg\"]\n",
        "[output.html]\ncopy = [\"notes/*\"]\n",
        "[output.html]\ncopy = \"**\"\n",
        "[output.html]\nraw-html = \"allow\"\n",
    ] {
        let book = Book::new([
            ("book.toml", config),
            ("notes/a.md", "[demo](demo.html) ![it](x.svg)\n"),
            ("notes/demo.html", PAGE),
            ("notes/x.svg", EVIL),
        ]);
        assert_eq!(book.build(&[]).status, 0, "{config}");
        assert_eq!(told(&book, "unsafe-asset"), [""; 0], "{config}");
        assert_eq!((book.page("notes/demo.html"), book.page("notes/x.svg")), (PAGE.to_owned(), EVIL.to_owned()));
    }
    // From the folder of the entries as well as from the book's.
    for pattern in ["demos/x.html", "content/demos/x.html", "/demos/*.html", "demos/"] {
        let config = format!("[output.html]\ncopy = [\"{pattern}\"]\n");
        let book = Book::new([
            ("book.toml", config.as_str()),
            ("content/a.md", "[demo](demos/x.html)\n"),
            ("content/demos/x.html", PAGE),
        ]);
        assert_eq!(book.build(&[]).status, 0);
        assert_eq!(book.page("demos/x.html"), PAGE, "{pattern}");
    }
    let wrong = Book::new([("book.toml", "[output.html]\ncopy = [\"a/**b\"]\n"), ("a.md", "")]);
    assert_eq!(told(&wrong, "bad-config"), ["error book.toml:2:9"]);
}

#[test]
fn a_drawing_that_cannot_be_read_is_not_copied() {
    let book =
        linking(None, "![a map](x.svg)\n", &[("notes/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>")]);
    assert_eq!(told(&book, "unsafe-asset"), ["warning notes/a.md:1:10"]);
    assert!(!book.tree().contains(&"notes/x.svg".to_owned()));
    assert!(book.page("notes/a.html").contains("a map"));
}
