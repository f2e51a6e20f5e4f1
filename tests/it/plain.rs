//! A folder of notes gets its site, whatever its files say; what may be a draft is not in it.

use crate::support::Book;

/// What every site of these tests has.
const HOME: (&str, &str) = ("index.md", "# Notes\n\nWelcome.\n");

/// Ways in which front matter is almost front matter.
const ALMOST: &[&str] = &[
    "\n---\ntitle: A secret\ndraft: true\n---\n\nQuiet words.\n",
    " ---\ntitle: A secret\ndraft: true\n ---\n\nQuiet words.\n",
    "\u{feff}\u{feff}---\ntitle: A secret\n---\n\nQuiet words.\n",
    "<!-- mine -->\n---\ntitle: A secret\n---\n\nQuiet words.\n",
    "----\ntitle: A secret\n----\n\nQuiet words.\n",
    "--- # mine\nTitle: A secret\n---\n\nQuiet words.\n",
    "title: A secret\ndraft: true\n---\n\nQuiet words.\n",
    "---\r\ntitle: A secret\r\n----\r\n\r\nQuiet words.\r\n",
    "\r---\rtitle: A secret\r---\r\rQuiet words.\r",
    "{\n  \"title\": \"A secret\"\n}\n\nQuiet words.\n",
    ";;;\n\"title\": \"A secret\"\n;;;\n\nQuiet words.\n",
    "+++\ntitle = \"A secret\"\n+++\n\nQuiet words.\n",
    "---\ntitle: A secret\n\nQuiet words.\n",
    "---\ntitle: A: secret\n---\n\nQuiet words.\n",
    "---\ntitle: A secret\ntags:\n\t- a\n---\n\nQuiet words.\n",
    "---\ntitle: A secret\ndraft: \"{{draft}}\"\n---\n\nQuiet words.\n",
    "---\ntitle: A secret\ndraft: false\ndraft: true\n---\n\nQuiet words.\n",
    "---\nlayout: a\n---\n---\ntitle: A secret\n---\n\nQuiet words.\n",
];

/// Ways to say that it is a draft.
const PRIVATE: &[&str] = &[
    "draft: true",
    "Draft: true",
    "DRAFT: Yes",
    "publish: false",
    "Publish: no",
    "published: false",
    "Published: FALSE",
    "private: true",
    "PRIVATE: true",
    "publish: maybe",
    "private: [x]",
];

fn says_nowhere(book: &Book, words: &str) {
    for path in book.tree() {
        let bytes = std::fs::read(book.out().join(&path)).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(words), "{words:?} stands in {path}");
    }
}

#[test]
fn what_is_almost_front_matter_is_held_back_and_named() {
    for text in ALMOST {
        let book = Book::new([HOME, ("secret.md", text)]);
        let built = book.build(&[]);
        assert_eq!(built.status, 0, "{text:?}: {}", built.stderr);
        assert!(built.stderr.contains("held back") && built.stderr.contains("secret.md"), "{text:?}: {}", built.stderr);
        says_nowhere(&book, "Quiet words");
        says_nowhere(&book, "A secret");
        assert_eq!(book.run(&["check"]).status, 0);
        assert_eq!(book.run(&["check", "--strict"]).status, 1, "{text:?}");
    }
}

#[test]
fn in_a_collection_it_is_an_error() {
    for text in ALMOST {
        let toml = "[book]\nsrc = \"content\"\n[collections.notes]\ntitle = \"Notes\"\n";
        let book = Book::new([("book.toml", toml), ("content/index.md", HOME.1), ("content/notes/secret.md", text)]);
        let built = book.build(&[]);
        assert_eq!(built.status, 1, "{text:?}: {}", built.stderr);
        assert!(built.stderr.contains("error["), "{}", built.stderr);
    }
}

#[test]
fn a_draft_is_called_so_in_many_words() {
    for key in PRIVATE {
        let text = format!("---\ntitle: A secret\n{key}\n---\n\nQuiet words.\n");
        let book = Book::new([HOME, ("secret.md", text.as_str())]);
        let built = book.build(&[]);
        assert_eq!(built.status, 0, "{key}: {}", built.stderr);
        says_nowhere(&book, "Quiet words");
    }
    for key in ["published: true", "publish: true", "private: false", "draft: no", "published: 2020", "publish:"] {
        let text = format!("---\ntitle: Known\n{key}\n---\n\nLoud words.\n");
        let book = Book::new([HOME, ("known.md", text.as_str())]);
        let built = book.build(&[]);
        assert_eq!((built.status, built.stderr.as_str()), (0, ""), "{key}");
        assert!(book.page("known.html").contains("Loud words"));
        assert_eq!(book.run(&["check", "--strict"]).status, 0, "{key}");
    }
}

#[test]
fn prose_is_shown_with_all_its_words() {
    for (text, words) in [
        ("---\nSome words.\n---\n\nMore.\n", "Some words."),
        ("Note: read this\n---\n\nMore.\n", "Note: read this"),
        ("---\n\nSome words.\n\nMore.\n", "Some words."),
        ("---\nSummary: some words\nthat go on.\n---\n\nMore.\n", "that go on."),
        ("# Title\nDate: 2020\n---\n\nMore.\n", "Date: 2020"),
    ] {
        let book = Book::new([HOME, ("text.md", text)]);
        let built = book.build(&[]);
        assert_eq!(built.status, 0, "{text:?}: {}", built.stderr);
        let page = book.page("text.html");
        assert!(page.contains(words) && page.contains("More."), "{text:?}: {page}");
    }
}

#[test]
fn no_value_in_one_source_keeps_a_plain_site_from_being_written() {
    let fields = [
        "title",
        "summary",
        "aliases",
        "slug",
        "redirect-from",
        "tags",
        "date",
        "order",
        "lang",
        "image",
        "image-alt",
        "sources",
        "figures",
        "review-by",
        "published",
        "translation",
    ];
    let values = [
        "[1]",
        "{a: b}",
        "[[1, 2], {a: b}]",
        "[a, ]",
        "\n  -\n  - \"\"",
        "\"{{x}}\"",
        "{{x}}",
        "yesterday",
        "/",
        "Has Capitals",
        "\"\"",
        "~",
        "*none",
        "&a x",
        "!!binary x",
        "2020-13-45",
        "99999999999999999999",
        "../../x",
        "a: b",
        "|\n  x\n  y",
        "[",
        "\"x",
        "'",
        "\tx",
        "@x",
        "%x",
        "https://a b",
        "\u{1}",
        "x #y",
        "#x",
        "- x",
        "? x",
        "<<: x",
        ".nan",
        "0x1F",
    ];
    // All values of a field stand in one folder: what is wrong with one file costs the others nothing.
    for field in fields {
        let texts: Vec<(String, String)> = (values.iter().enumerate())
            .map(|(nth, value)| {
                (format!("n{nth}.md"), format!("---\n{field}: {value}\nother: x\n---\n\nText {nth}.\n"))
            })
            .collect();
        let book = Book::new([HOME, ("good.md", "Good.\n")]);
        texts.iter().for_each(|(path, text)| book.write(path, text));
        let built = book.build(&[]);
        // What is not of one source alone is another matter.
        let clash = built.stderr.contains("clashing-paths");
        assert!(built.status == 0 || clash, "{field}: {}", built.stderr);
        assert_eq!(book.run(&["check", "--strict"]).status, 1, "{field}");
        if !clash {
            assert!(book.page("good.html").contains("Good."));
        }
    }
}

#[test]
fn a_wrong_value_is_kept_as_data_and_the_page_stands() {
    let text = "---\ntitle: [1]\ndate: yesterday\norder: x\nslug: /\ntags: [a, ]\n---\n\nText.\n";
    let book = Book::new([
        HOME,
        ("note.md", text),
        (
            "themes/mine/templates/entry.html",
            "{{ page.title }}|{% for key, value in content.data %}{{ key }}={{ value }};{% endfor %}",
        ),
        ("book.toml", "[book]\nsrc = \".\"\n[theme]\nname = \"mine\"\n"),
    ]);
    assert_eq!(book.build(&[]).status, 0, "{}", book.build(&[]).stderr);
    let page = book.page("note.html");
    assert!(page.starts_with("Note|") && page.contains("date=yesterday") && page.contains("order=x"), "{page}");
}

#[test]
fn unreadable_files_cost_the_others_nothing() {
    let book = Book::new([HOME, ("good.md", "Good.\n")]);
    book.write("latin.md", b"caf\xe9\n");
    book.write("wide.md", b"\xff\xfea\0");
    book.write("junk.md", [0u8, 159, 146, 150, 0, 7]);
    let built = book.build(&[]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    for file in ["latin.md", "wide.md", "junk.md"] {
        assert!(built.stderr.contains(file), "{}", built.stderr);
    }
    assert_eq!(book.run(&["check", "--strict"]).status, 1);
}

#[test]
fn names_of_punctuation_have_pages() {
    for name in ["!.md", "[[.md", "?.md", "….md", "#.md", "%.md", "-.md", "--.md", "&.md", "(.md", "'.md"] {
        let book = Book::new([HOME, (name, "Some words.\n")]);
        let built = book.build(&[]);
        assert_eq!(built.status, 0, "{name}: {}", built.stderr);
        let mut pages = book.tree().into_iter().filter(|path| path.ends_with(".html"));
        let has = |path: String| std::fs::read_to_string(book.out().join(path)).unwrap().contains("Some words.");
        assert!(pages.any(has), "{name}");
    }
}

#[test]
fn a_build_tells_a_plain_folder_in_a_few_lines() {
    let mut files = vec![("index.md".to_owned(), "# Notes\n".to_owned())];
    for nth in 0..30 {
        let text =
            format!("---\ndate: yesterday\n---\n\n[[Nobody {nth}]] ![](https://a.example/{nth}.png) [x](gone.md)\n");
        files.push((format!("n{nth:02}.md"), text));
    }
    let book = Book::new(files);
    let built = book.build(&[]);
    assert_eq!(
        built.stderr.replace("[temp]/book/", ""),
        "warning[broken-link]: 30, the first in n00.md:5:47: there is no file \"gone.md\"; `dossier check` tells all\n\
         warning[wrong-value]: 30, the first in n00.md:2:7: \"date\" wants a date, and found \"yesterday\": year must \
         have exactly four digits (or X); `dossier check` tells all\n\
         note: links to notes that nobody has written: 30\n\
         note: pictures on other hosts: 30\n\n\
         warning: 60 warnings\n\n"
    );
    assert!(book.build(&["--verbose"]).stderr.lines().count() > 300);
    assert!(book.run(&["check"]).stdout.lines().count() > 100);
}

#[test]
fn a_skipped_folder_that_holds_markdown_is_said_in_one_line() {
    let book = Book::new([
        HOME,
        ("site/x.md", "Site.\n"),
        ("target/y.md", "Target.\n"),
        ("node_modules/z/README.md", "Z.\n"),
        ("Templates/t.md", "T.\n"),
        (".obsidian/templates.json", "{\"folder\":\"Templates\"}"),
    ]);
    let out = book.folder().join("../elsewhere-plain");
    let built = book.run(&["build", "--out", out.to_str().unwrap()]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    assert!(
        built.stdout.contains("Markdown in skipped folders is not read: Templates, node_modules\n"),
        "{}",
        built.stdout
    );
    let read = |path: &str| std::fs::read_to_string(out.join(path)).unwrap();
    assert!(read("site/x.html").contains("Site.") && read("target/y.html").contains("Target."));
    std::fs::remove_dir_all(&out).unwrap();
    book.write("target/CACHEDIR.TAG", "");
    assert!(book.run(&["check"]).stdout.contains("Templates, node_modules, site, target"));
}

#[test]
fn the_text_of_the_page_for_what_is_not_found_is_the_authors_own() {
    let text = "# Nothing here\n\nGo [home](index.md), or to [a](sub/a.md), ![p](p.png).\n";
    let files = [HOME, ("404.md", text), ("sub/a.md", "# A\n\nText.\n"), ("sub/404.md", "# Another\n")];
    let book = Book::new(files);
    book.write("p.png", b"x");
    let built = book.build(&[]);
    assert_eq!((built.status, built.stderr.as_str()), (0, ""));
    let page = book.page("404.html");
    assert!(
        page.contains("<h1 id=\"nothing-here\">Nothing here</h1>") && page.contains("href=\"sub/a.html\""),
        "{page}"
    );
    assert!(book.page("sub/404.html").contains("Another"));
    let all = book.page("all-entries.html");
    assert!(!all.contains("Nothing here") && all.contains("Another"), "{all}");
    // On a server it stands at any depth.
    book.write("book.toml", "[book]\nsrc = \".\"\n[output.html]\nsite-url = \"https://a.example/kb/\"\n");
    assert_eq!(book.build(&[]).status, 0, "{}", book.build(&[]).stderr);
    let page = book.page("404.html");
    assert!(page.contains("href=\"/kb/sub/a.html\"") && page.contains("src=\"/kb/p.png\""), "{page}");
    let relative =
        page.match_indices("href=\"").map(|(at, _)| &page[at + 6..]).find(|href| !href.starts_with(['/', '#', 'h']));
    assert_eq!(relative.map(|href| &href[..20]), None);
}

#[test]
fn a_carriage_return_alone_ends_a_line() {
    let book = Book::new([HOME, ("old.md", "---\rtitle: Old\rdate: yesterday\r---\r\rText.\r\rMore [[Nobody]].\r")]);
    let told = book.run(&["check"]).stdout;
    assert!(told.contains("old.md:3:7") && told.contains("old.md:8:"), "{told}");
    assert_eq!(book.build(&[]).status, 0);
    assert!(book.page("old.html").contains("<p>Text.</p>"));
}

#[test]
fn merge_keys_bring_values_and_what_is_wrong_with_them_is_told_once() {
    let book = Book::new([
        ("book.toml", "[collections.events]\nfields.place = { type = \"text\" }\nfields.on = { type = \"date\" }\n"),
        (
            "content/events.yaml",
            "- &base\n  id: a\n  place: Dundee\n  on: never\n- <<: *base\n  id: b\n- <<: [*base]\n  id: c\n",
        ),
        ("content/note.md", "---\nbase: &base\n  title: From the base\n<<: *base\n---\n\nText.\n"),
    ]);
    let built = book.build(&["--keep-going"]);
    assert_eq!(built.stderr.matches("error[").count(), 1, "{}", built.stderr);
    assert!(book.page("events/b.html").contains("Dundee") && book.page("events/c.html").contains("Dundee"));
    assert!(book.page("note.html").contains("<h1>From the base</h1>"));
}

#[test]
#[cfg(unix)]
fn markdown_behind_a_link_that_leads_out_of_the_book_is_said() {
    use std::os::unix::fs::symlink;
    let elsewhere = Book::new([("a.md", "A.\n"), ("b.md", "B.\n")]);
    let book = Book::new([HOME]);
    symlink(elsewhere.folder(), book.folder().join("out")).unwrap();
    symlink(elsewhere.folder().join("b.md"), book.folder().join("b.md")).unwrap();
    for command in ["check", "build"] {
        let told = book.run(&[command]);
        assert_eq!(told.status, 0, "{}", told.stderr);
        for line in [
            "Markdown in skipped folders is not read: out\n",
            "Markdown that links lead to outside of the book is not read: b.md\n",
        ] {
            assert!(told.stdout.contains(line), "{command}: {}", told.stdout);
        }
    }
}
