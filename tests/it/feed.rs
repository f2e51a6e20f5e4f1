//! Feeds: what is in them, in which order, what an entry is known by, and the calendar of the timeline.

use feed_rs::model::FeedType;
use icalendar::parser::{Property, read_calendar, unfold};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use std::collections::BTreeMap;

use crate::support::Book;

/// A book at an address, with `[feeds]` and what else is added.
fn site(more: &str) -> String {
    format!("{SITE}\n{more}")
}

const EVENTS: &str = "[collections.events]\ntitle = \"Events\"\ntimeline = true\n";

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
    assert_eq!(book.build(&["--only", "feeds", "--no-cache"]).status, 0);
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
fn an_entry_that_is_back_where_it_was_is_not_new() {
    let page = "---\ntitle: A\ndate: 2020-01-02\n---\n";
    let book = Book::new([("book.toml", SITE), ("content/a.md", page)]);
    let before = feed(&book);
    for (from, to) in [("a", "b"), ("b", "a"), ("a", "b"), ("b", "c"), ("c", "a")] {
        let output = book.run(&["rename", from, to]);
        assert_eq!(output.status, 0, "{}", output.stderr);
        assert_eq!(all(&feed(&book), "id"), all(&before, "id"), "{to}");
    }
    assert_eq!(book.source("content/a.md"), page.replace("date", "redirect-from: [a.html, b.html, c.html]\ndate"));
    assert!(book.page("a.html").contains("<h1"));
    assert!(book.page("b.html").contains("href=\"a.html\""));
    let check = book.run(&["check", ".", "--strict"]);
    assert_eq!(check.status, 0, "{}", check.stdout);
}

#[test]
fn in_the_name_of_an_authority_an_entry_stays_the_same_on_another_host() {
    let config = site("[feeds]\nauthority = \"me@example.org,2026-05\"\nformats = [\"atom\", \"json\", \"ics\"]\n");
    let page = "---\ntitle: A\ndate: 2020-01-02\n---\n";
    let book = Book::new([("book.toml", config.clone() + EVENTS), ("content/events/a b 中.md", page.to_owned())]);
    let ids = || {
        let atom: Vec<String> = all(&feed(&book), "id").into_iter().map(str::to_owned).collect();
        (atom, parsed(&book, "feed.json").entries[0].id.clone(), events(&book)[0]["UID"].clone())
    };
    let known = ids();
    let own = "tag:me@example.org,2026-05:events/a-b-%E4%B8%AD.html";
    assert_eq!(known.0, ["tag:me@example.org,2026-05:atom.xml", own]);
    assert_eq!((known.1.as_str(), known.2.as_str()), (own, own));
    book.write("book.toml", config.replace("https://a.example/kb/", "http://b.example/") + EVENTS);
    assert_eq!(book.run(&["rename", "events/a-b-中", "events/c"]).status, 0);
    assert_eq!(ids(), known);
    assert!(book.page("atom.xml").contains("href=\"http://b.example/events/c.html\""));
}

#[test]
fn each_collection_has_feeds_of_its_own_where_the_book_asks_for_them() {
    let more = "[feeds]\nformats = [\"atom\", \"json\"]\ncollections = true\n\n[collections.Old-News]\n";
    let more = more.to_lowercase() + "title = \"Old & new\"\ndescription = \"What was\"\n[collections.empty]\n";
    let book = Book::new([
        ("book.toml", site(&more).as_str()),
        ("content/old-news/index.md", "---\npublished: 2019-01-01\n---\n\n# Of old\n"),
        (
            "content/old-news/a.md",
            "---\ntitle: \"A \\\"b\\\"\"\nsummary: In short.\ntags: [x, y]\nlang: de\ndate: 2020-01-02\n---\n\nText.\n",
        ),
        ("content/notes/b.md", "---\ntitle: B\ndate: 2021-01-02\n---\n"),
        ("content/empty/c.md", "---\ntitle: C\n---\n"),
    ]);
    feed(&book);
    insta::assert_snapshot!(book.page("old-news/feed.json"));
    let titles = |path: &str| -> Vec<String> {
        parsed(&book, path).entries.iter().filter_map(|entry| Some(entry.title.as_ref()?.content.clone())).collect()
    };
    for format in ["atom.xml", "feed.json"] {
        assert_eq!(titles(format), ["B", "A \"b\"", "Of old"]);
        assert_eq!(titles(&format!("old-news/{format}")), ["A \"b\"", "Of old"]);
    }
    let tree = book.tree();
    let feeds: Vec<&str> = tree
        .iter()
        .map(String::as_str)
        .filter(|path| path.ends_with("atom.xml") || path.ends_with("feed.json"))
        .collect();
    assert_eq!(feeds, ["atom.xml", "feed.json", "old-news/atom.xml", "old-news/feed.json"]);
    // Pages of the collection lead to its own, too.
    let announced = |page: &str| book.page(page).matches("<link rel=\"alternate\"").count();
    let pages = ["index.html", "old-news/index.html", "old-news/a.html", "notes/b.html", "empty/index.html"];
    assert_eq!(pages.map(announced), [2, 4, 4, 2, 2]);
    let link = "<link rel=\"alternate\" type=\"application/feed+json\" title=\"Bread &amp; Wine: Old &amp; new\" href=\"feed.json\">";
    assert!(book.page("old-news/a.html").contains(link));
    assert!(book.page("old-news/index.html").contains("<p class=\"follow\"><a href=\"atom.xml\">"));
    assert!(!book.page("notes/index.html").contains("\"follow\""));
}

/// What a feed reader makes of a feed.
fn parsed(book: &Book, path: &str) -> feed_rs::model::Feed {
    let text = book.page(path);
    let feed = feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"));
    let is_json = path.ends_with(".json");
    assert_eq!(feed.feed_type, if is_json { FeedType::JSON } else { FeedType::Atom });
    feed
}

/// The events of the calendar as a program for calendars reads them, each property by its name.
fn events(book: &Book) -> Vec<BTreeMap<String, String>> {
    let text = book.page("timeline.ics");
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
    }
    let unfolded = unfold(&text);
    let calendar = read_calendar(&unfolded).expect("the calendar is one");
    assert!(calendar.components.iter().all(|component| component.name == "VEVENT"));
    // The parser leaves lists of texts as they are written.
    let value = |property: &Property| match property.name.as_str() {
        "CATEGORIES" => ("CATEGORIES".to_owned(), property.val.clone().unescape_text().to_string()),
        name => (name.to_owned(), property.val.to_string()),
    };
    calendar.components.iter().map(|event| event.properties.iter().map(value).collect()).collect()
}

#[test]
fn a_calendar_shows_what_is_dated_so_long_as_it_may_have_been() {
    let book = Book::new([("book.toml", site("[feeds]\nformats = \"ics\"\n") + EVENTS)]);
    for (place, date) in [
        "2015-05-19",
        "2015-05-19~",
        "2015-05-20?",
        "2015-12-31",
        "2016-02",
        "2016-21",
        "2016",
        "2016~",
        "2016?",
        "201X",
        "2016-XX",
        "2016-03-XX",
        "2017-01-02/2017-01-04",
        "2017-01/2017-03-04",
        "2017~/2018",
        "2018-04/..",
        "2018-04-05/",
        "../2019-02",
        "[2019, 2021]",
        "0001-01-01",
        "9999-12-30",
        // Before the first year, and beyond the last.
        "0000-12-31",
        "-0043",
        "9999-12-31",
        "9999",
        "9998/9999-12-31",
        "Y12020",
    ]
    .into_iter()
    .enumerate()
    {
        let text = format!("---\ntitle: {place:02}\ndate: \"{date}\"\n---\n");
        book.write(format!("content/events/e{place:02}.md"), text);
    }
    // Neither is on the timeline.
    book.write("content/notes/a.md", "---\ndate: 2015-05-19\n---\n");
    book.write("content/events/b.md", "---\ndate: 2015-05-19\ndraft: true\n---\n");
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    let events = events(&book);
    let shown = events.iter().map(|event| {
        assert_eq!(event["TRANSP"], "TRANSPARENT");
        assert_eq!(event["DTSTAMP"], format!("{}T000000Z", event["DTSTART"]));
        let first_line = event["DESCRIPTION"].lines().next().unwrap_or_default();
        format!("{}–{}: {}: {first_line}", event["DTSTART"], event["DTEND"], event["SUMMARY"])
    });
    insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n"));
    assert!(book.page("timeline.html").contains("href=\"timeline.ics\""));
    assert!(!book.page("index.html").contains(".ics"));
    assert!(!book.tree().contains(&"atom.xml".to_owned()));
    // Nothing in it is from the clock.
    let before = book.page("timeline.ics");
    std::fs::remove_dir_all(book.out()).expect("the site goes");
    assert_eq!(book.build(&["--no-cache"]).status, 0);
    assert_eq!(book.page("timeline.ics"), before);
}

#[test]
fn a_calendar_says_what_an_entry_says_whatever_signs_are_in_it() {
    let title = r#"A, b; c: d\e "f" <g>"#;
    let summary = "一项计划".repeat(40) + "\nand a line";
    let book = Book::new([(
        "book.toml",
        site("[feeds]\nformats = \"ics\"\n") + "[collections.events]\ntitle = \"A, b\"\ntimeline = true\n",
    )]);
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is JSON");
    let text = format!(
        "---\ntitle: {}\nsummary: {}\ndate: 2015-05-19\npublished: 2026-01-02\n---\n",
        quoted(&format!("{title}\u{7}")),
        quoted(&summary)
    );
    book.write("content/events/日.md", text);
    assert_eq!(book.build(&[]).status, 0);
    let event = &events(&book)[0];
    assert_eq!((event["SUMMARY"].as_str(), event["CATEGORIES"].as_str()), (title, "A, b"));
    assert_eq!(event["DESCRIPTION"], format!("19 May 2015\n\n{summary}"));
    assert_eq!(event["URL"], "https://a.example/kb/events/%E6%97%A5.html");
    assert_eq!(event["UID"], event["URL"]);
    assert_eq!(event["DTSTAMP"], "20260102T000000Z");
    insta::assert_snapshot!(book.page("timeline.ics").replace("\r\n", "\n"));
}

#[test]
fn what_a_book_asks_for_and_does_not_get_is_told() {
    let told = |config: &str| {
        let book = Book::new([("book.toml", config), ("content/a.md", "---\ndate: 2020-01-02\n---\n")]);
        let output = book.run(&["check", "."]);
        (output.status, output.stdout, book)
    };
    let feeds = "[feeds]\nformats = [\"json\", \"jsn\", \"ics\"]\nauthority = \"example.org\"\ncolections = true\n";
    let said = told(feeds).1;
    insta::assert_snapshot!(said.split_once("\nChecked").expect("an end").0);
    let (status, said, book) = told("[feeds]\ncollections = true\n\n[output.html]\nsite-url = \"/kb/\"\n");
    assert_eq!((status, said.matches("[missing-site-url]").count()), (0, 1), "{said}");
    assert!(said.contains("book.toml:1:1"), "{said}");
    let output = book.build(&[]);
    assert_eq!((output.status, output.stderr.matches("there are no feeds").count()), (0, 1), "{}", output.stderr);
    assert!(!book.tree().iter().any(|path| path.ends_with("atom.xml")));
    // A wrong address is told once.
    let (status, said, _) = told("[feeds]\n\n[output.html]\nsite-url = \"example.org/kb\"\n");
    let rules = said.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning["));
    assert_eq!((status, rules.count()), (1, 1), "{said}");
    // Who wants none is told nothing.
    let (status, said, book) = told(&site("[feeds]\nformats = []\n"));
    assert_eq!((status, said.matches("book.toml").count()), (0, 0), "{said}");
    assert_eq!(book.build(&[]).status, 0);
    assert!(!book.tree().contains(&"atom.xml".to_owned()));
}

#[test]
fn what_the_book_asks_for_has_its_place_and_nothing_else() {
    let page = "---\ndate: 2020-01-02\n---\n\n[x](feed.json), [y](timeline.ics), [z](events/feed.json)\n";
    let files = [
        ("content/a.md", page),
        ("content/feed.json", "{}"),
        ("content/timeline.ics", "x"),
        ("content/events/feed.json", "{}"),
        ("content/events/b.md", "---\ndate: 2020-01-02\n---\n"),
    ];
    let book = Book::new(files);
    book.write("book.toml", site(EVENTS));
    feed(&book);
    assert_eq!(book.page("feed.json"), "{}");
    #[cfg(feature = "serve")]
    {
        let server = crate::support::server::Server::start(&book.folder(), &[]);
        assert_eq!(server.get("/feed.json").body, "{}");
        assert_eq!(server.get("/timeline.ics").body, "x");
    }
    book.write("book.toml", site("[feeds]\nformats = [\"json\", \"ics\"]\n") + EVENTS);
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert!(output.stderr.contains("[shared-address]: 2, the first"), "{}", output.stderr);
    assert!(book.page("feed.json").contains("jsonfeed.org"));
    assert!(book.page("timeline.ics").starts_with("BEGIN:VCALENDAR\r\n"));
    assert_eq!(book.page("events/feed.json"), "{}");
    // In a collection a clash is an error.
    book.write("book.toml", site("[feeds]\nformats = \"json\"\ncollections = true\n") + EVENTS);
    let output = book.build(&[]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.contains("[clashing-paths]"), "{}", output.stderr);
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
