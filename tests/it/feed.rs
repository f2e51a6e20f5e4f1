//! The feed: what is in it, in which order, and what an entry is known by.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::support::Book;

const SITE: &str =
    "[book]\ntitle = \"Bread & Wine\"\nlanguage = \"en\"\n\n[output.html]\nsite-url = \"https://a.example/kb/\"\n";

/// The feed of a book that is all right, after a look at whether it is XML.
#[track_caller]
fn feed(book: &Book) -> String {
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    let text = book.page("atom.xml");
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_comments = true;
    loop {
        match reader.read_event().expect("the feed is XML") {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                tag.attributes().for_each(|attribute| drop(attribute.expect("an attribute")))
            }
            _ => {}
        }
    }
    text
}

/// What stands in all elements of a name.
fn all<'a>(feed: &'a str, name: &str) -> Vec<&'a str> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    feed.split(&start).skip(1).filter_map(|rest| rest.split_once(&end)).map(|(text, _)| text).collect()
}

#[test]
fn entries_of_a_day_are_in_the_feed_newest_first() {
    let book = Book::new([
        ("book.toml", SITE),
        ("content/index.md", "# Home\n"),
        ("content/a.md", "---\ntitle: A\ndate: 2020-01-02\nsummary: The first.\n---\n\nText.\n"),
        ("content/b.md", "---\ntitle: B\ndate: 1815-03-04\npublished: 2021-05-06\n---\n\nIts text.\n"),
        ("content/c.md", "---\ntitle: C\ndate: 2020-01-03\nlang: ar\n---\n"),
        // Of these nobody knows the day.
        ("content/d.md", "---\ntitle: D\ndate: 2022\n---\n"),
        ("content/e.md", "---\ntitle: E\ndate: 2022-01-02~\n---\n"),
        ("content/f.md", "---\ntitle: F\ndate: 2022-01-02?\n---\n"),
        ("content/g.md", "---\ntitle: G\ndate: 2022-01-02/2022-01-05\n---\n"),
        ("content/h.md", "---\ntitle: H\ndate: 2022-01-02\npublished: 2022\n---\n"),
        ("content/i.md", "---\ntitle: I\n---\n"),
        ("content/j.md", "---\ntitle: J\ndate: 2022-01-02\ndraft: true\n---\n"),
    ]);
    let first = feed(&book);
    insta::assert_snapshot!(first);
    assert!(book.page("index.html").contains(
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Bread &amp; Wine\" href=\"atom.xml\">"
    ));
    // Nothing in it is from the clock, and it can be made alone.
    std::fs::remove_dir_all(book.out()).expect("the site goes");
    assert_eq!(book.build(&["--only", "atom", "--no-cache"]).status, 0);
    assert_eq!(book.page("atom.xml"), first);
    assert!(!book.tree().contains(&"index.html".to_owned()));
}

#[test]
fn a_long_feed_ends_with_the_thirtieth_entry() {
    let book = Book::new([("book.toml", SITE)]);
    for day in 1..=31 {
        book.write(format!("content/{day}.md"), format!("---\ntitle: Day {day}\ndate: 2020-01-{day:02}\n---\n"));
    }
    let titles = feed(&book);
    let titles = all(&titles, "title");
    assert_eq!((titles.len(), titles[1], titles[30]), (31, "Day 31", "Day 2"));
}

#[test]
fn an_entry_that_moves_is_not_new() {
    let page = "---\ntitle: A\ndate: 2020-01-02\n---\n";
    let book = Book::new([("book.toml", SITE), ("content/a.md", page)]);
    let before = feed(&book);
    assert_eq!(all(&before, "id")[1], "https://a.example/kb/a.html");
    for (from, to) in [("a", "b"), ("b", "notes/c-d")] {
        let output = book.run(&["rename", from, to]);
        assert_eq!(output.status, 0, "{}", output.stderr);
        let after = feed(&book);
        assert_eq!(all(&after, "id"), all(&before, "id"));
        assert_ne!(after, before);
    }
    // What comes to its old place is another entry.
    book.write("content/a.md", page);
    assert_eq!(book.build(&[]).status, 0);
    let after = book.page("atom.xml");
    let ids = ["https://a.example/kb/atom.xml", "https://a.example/kb/a.html#later", "https://a.example/kb/a.html"];
    assert_eq!(all(&after, "id"), ids);
}

#[test]
fn signs_that_xml_has_a_use_for_are_escaped_and_those_it_has_no_way_to_write_left_out() {
    let book = Book::new([
        ("book.toml", SITE.replace("\"en\"", "\"en\"\nauthors = [\"<A> & B\", \"C\"]")),
        (
            "content/a.md",
            "---\ntitle: \"<b> & 'c' \\\"d\\\"\\a\\u000b ]]> \\uFFFE\"\ndate: 2020-01-02\n---\n\nIf a < b.\n"
                .to_owned(),
        ),
    ]);
    let feed = feed(&book);
    assert!(feed.contains("<title>&lt;b&gt; &amp; 'c' &quot;d&quot; ]]&gt; </title>"), "{feed}");
    assert_eq!(all(&feed, "summary"), ["If a &lt; b."]);
    assert_eq!(all(&feed, "name"), ["&lt;A&gt; &amp; B", "C"]);
}

#[test]
fn without_a_public_address_or_an_entry_of_a_day_there_is_no_feed() {
    let page = "---\ndate: 2020-01-02\n---\n";
    for (config, page) in [
        ("", page),
        ("[output.html]\nsite-url = \"/kb/\"\n", page),
        (SITE, "---\ndate: 2020-01\n---\n"),
        (SITE, "---\ndate: 2020-01-02\ndraft: true\n---\n"),
    ] {
        let book = Book::new([("book.toml", config), ("content/a.md", page), ("content/b.md", "# B\n")]);
        assert_eq!(book.build(&[]).status, 0);
        assert!(!book.tree().contains(&"atom.xml".to_owned()));
        assert!(!book.page("b.html").contains("atom"));
    }
}

#[test]
fn all_pages_hear_of_the_feed_when_it_comes_and_goes() {
    let book =
        Book::new([("book.toml", SITE), ("content/a.md", "---\ndate: 2020\n---\n"), ("content/b/c.md", "# C\n")]);
    let announced = || book.page("b/c.html").contains("href=\"../atom.xml\"");
    for (date, there_is) in [("2020", false), ("2020-01-02", true), ("2020", false)] {
        book.write("content/a.md", format!("---\ndate: {date}\n---\n"));
        assert_eq!(book.build(&[]).status, 0);
        assert_eq!((announced(), book.tree().contains(&"atom.xml".to_owned())), (there_is, there_is), "{date}");
    }
}

#[test]
fn a_file_of_that_name_gives_way() {
    let config = SITE.to_owned() + "copy = [\"atom.xml\"]\n";
    let page = "---\ndate: 2020-01-02\n---\n\n[x](atom.xml)\n";
    let book = Book::new([("book.toml", config.as_str()), ("content/a.md", page), ("content/atom.xml", "<x/>\n")]);
    let said = book.run(&["check", "."]).stdout;
    assert!(said.contains("[shared-address]"), "{said}");
    assert!(feed(&book).contains("<feed"));
    assert!(book.tree().iter().any(|path| path.starts_with("atom-")));
}

#[cfg(feature = "serve")]
#[test]
fn a_server_has_the_feed() {
    let book = Book::new([("book.toml", SITE), ("content/a.md", "---\ndate: 2020-01-02\n---\n")]);
    let answer = crate::support::server::Server::start(&book.folder(), &[]).get("/atom.xml");
    assert_eq!(answer.status, 200);
    assert!(answer.headers.contains("content-type: application/xml"), "{}", answer.headers);
    assert!(answer.body.starts_with("<?xml") && answer.body.contains("https://a.example/kb/a.html"));
}
