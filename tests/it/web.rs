//! What search engines and others are told of a site: addresses, cards, linked data, the sitemap.

use std::collections::BTreeSet;

use crate::support::Book;

const SITE: &str = "https://a.example/kb/";

/// A `book.toml` of a book at an address, with more behind it.
fn config(site: &str, more: &str) -> String {
    format!("[book]\ntitle = \"Bread & <Wine>\"\nlanguage = \"en\"\n\n[output.html]\nsite-url = \"{site}\"\n\n{more}")
}

/// Builds a book that is all right.
#[track_caller]
fn build(book: &Book) {
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert_eq!(book.problems(), [""; 0]);
}

/// The value of a tag in the head of a page: `name="description"`.
fn meta<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("<meta {name} content=\""))?;
    rest.split('"').next()
}

/// The addresses that a sitemap lists, after a look at whether it is one: by the schema of sitemaps.org, in which the
/// elements of a name are `list`, and `item` in it.
#[track_caller]
fn addresses(text: &str, list: &str, item: &str) -> Vec<String> {
    const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let document = roxmltree::Document::parse(text).expect("a sitemap is XML");
    let root = document.root_element();
    assert!(root.has_tag_name((NAMESPACE, list)) && root.attributes().count() == 0);
    let items: Vec<_> = root.children().filter(roxmltree::Node::is_element).collect();
    assert!((1..=50_000).contains(&items.len()) && text.len() <= 52_428_800);
    let address = |item_node: &roxmltree::Node| {
        assert!(item_node.has_tag_name((NAMESPACE, item)) && item_node.attributes().count() == 0);
        let parts: Vec<_> = item_node.children().filter(roxmltree::Node::is_element).collect();
        let [loc] = parts.as_slice() else { panic!("{item} has {} parts", parts.len()) };
        assert!(loc.has_tag_name((NAMESPACE, "loc")) && loc.children().all(|child| child.is_text()));
        let address = loc.text().expect("an address");
        assert!(address.starts_with("https://") && (12..=2048).contains(&address.chars().count()), "{address}");
        assert!(address.is_ascii() && !address.contains([' ', '<', '>', '"']), "{address}");
        address.to_owned()
    };
    let addresses: Vec<String> = items.iter().map(address).collect();
    assert_eq!(addresses.iter().collect::<BTreeSet<_>>().len(), addresses.len(), "each address stands once");
    addresses
}

#[test]
fn the_sitemap_lists_the_pages_that_readers_should_find() {
    let book = Book::new([
        ("book.toml", config(SITE, "[collections.dishes]\ntitle = \"Dishes\"\ntimeline = true\n")),
        ("content/index.md", "# Home\n\n[[chips]]\n".to_owned()),
        (
            "content/a & b.md",
            "---\ntitle: 'Sauces <&>'\ntags: [cold]\nredirect-from: [/old]\n---\n\nText.\n".to_owned(),
        ),
        ("content/dishes/chips.md", "---\ndate: 1890\n---\n\nText.\n".to_owned()),
        ("content/dishes/中国's.md", "Text.\n".to_owned()),
        ("content/dishes/draft.md", "---\ndraft: true\n---\n\nText.\n".to_owned()),
    ]);
    build(&book);
    insta::assert_snapshot!(book.page("sitemap.xml"));
    let found = addresses(&book.page("sitemap.xml"), "urlset", "url");
    // It lists each page under the address that the page gives itself.
    let mut canonical: Vec<String> = Vec::new();
    for path in book.tree().iter().filter(|path| path.ends_with(".html")) {
        let page = book.page(path);
        let own = page.split_once("<link rel=\"canonical\" href=\"").map(|(_, rest)| rest.split('"').next().unwrap());
        let own = own.map(|own| own.replace("&#39;", "'"));
        match path.as_str() {
            "404.html" => assert_eq!(own, None),
            "old.html" => assert!(found.contains(&own.expect("where it leads"))),
            "search.html" => assert_eq!(own.as_deref(), Some("https://a.example/kb/search.html")),
            _ => canonical.extend(own),
        }
    }
    canonical.sort();
    assert_eq!(canonical, found);
}

#[test]
fn the_home_page_has_the_address_that_hosts_show() {
    let book = Book::new([
        ("book.toml", config(SITE, "[feeds]\nformats = [\"atom\", \"json\"]\n")),
        (
            "content/index.md",
            "---\ntitle: Home\npublished: 2020-01-02\nredirect-from: [/old]\n---\n\nText.\n".to_owned(),
        ),
    ]);
    build(&book);
    for path in ["index.html", "old.html", "atom.xml", "feed.json", "sitemap.xml"] {
        let text = book.page(path);
        assert!(text.contains(&format!("{SITE}\"")) || text.contains(&format!("<loc>{SITE}</loc>")), "{path}: {text}");
        assert!(!text.contains(&format!("{SITE}index.html")), "{path}: {text}");
    }
}

#[test]
fn robots_are_told_of_the_sitemap_where_they_look() {
    let page = ("content/a.md", "# A\n".to_owned());
    let robots = |site: &str| {
        let book = Book::new([("book.toml", config(site, "")), page.clone()]);
        build(&book);
        book.tree().contains(&"robots.txt".to_owned()).then(|| book.page("robots.txt"))
    };
    let expected = "User-agent: *\nAllow: /\n\nSitemap: https://a.example/sitemap.xml\n";
    assert_eq!(robots("https://a.example/").as_deref(), Some(expected));
    assert_eq!(robots("https://a.example"), Some(expected.to_owned()));
    // Below the root of a host nobody looks for it, and without a host there is none.
    assert_eq!((robots(SITE), robots("/")), (None, None));
}

#[test]
fn what_authors_tell_robots_stands_at_the_root() {
    let own = "User-agent: *\nDisallow: /drafts/\n";
    for site in ["https://a.example/", SITE] {
        let book = Book::new([
            ("book.toml", config(site, "")),
            ("content/a.md", "# A\n".to_owned()),
            ("content/robots.txt", own.to_owned()),
            ("content/b/robots.txt", "Nobody looks here.\n".to_owned()),
        ]);
        build(&book);
        assert_eq!(book.page("robots.txt"), own);
        assert!(!book.tree().contains(&"b/robots.txt".to_owned()));
        assert!(!book.run(&["check", "."]).stdout.contains("content/robots.txt"));
        // It stays when only other files are written.
        assert_eq!(book.build(&["--only", "sitemap"]).status, 0);
        assert_eq!(book.page("robots.txt"), own);
    }
}

/// The linked data of a page as statements, `subject predicate object`, sorted: schema.org is as short as `s:`.
#[track_caller]
fn statements(page: &str) -> Vec<String> {
    let data: Vec<&str> = page.split("<script type=\"application/ld+json\">").skip(1).collect();
    let [data] = data.as_slice() else { panic!("{} blocks of linked data", data.len()) };
    let (data, _) = data.split_once("</script>").expect("its end");
    assert!(!data.contains(['<', '>', '&']));
    let load = |url: &str, _: &oxjsonld::JsonLdLoadDocumentOptions| {
        assert_eq!(url, "https://schema.org");
        // Every word is one of schema.org, and what it has addresses at are addresses.
        let document =
            br#"{"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "item": {"@type": "@id"}}}"#;
        Ok(oxjsonld::JsonLdRemoteDocument { document: document.to_vec(), document_url: url.to_owned() })
    };
    let quads = oxjsonld::JsonLdParser::new().for_slice(&data).with_load_document_callback(load);
    let told = |quad: Result<_, _>| {
        let quad: Box<dyn std::fmt::Display> = Box::new(quad.expect("JSON-LD"));
        quad.to_string()
            .replace("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "a")
            .replace("https://schema.org/", "s:")
    };
    // What has no address of its own has a name by chance.
    let mut names: Vec<String> = Vec::new();
    let mut statements: Vec<String> = Vec::new();
    for statement in quads.map(told) {
        let words = statement.split(' ').map(|word| match word.strip_prefix("_:") {
            Some(name) => {
                let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
                    names.push(name.to_owned());
                    names.len() - 1
                });
                format!("_:{at}")
            }
            None => word.to_owned(),
        });
        statements.push(words.collect::<Vec<_>>().join(" "));
    }
    statements.sort();
    statements
}

/// The values of a property of whatever a page tells of.
fn values(statements: &[String], property: &str) -> Vec<String> {
    let marked = format!(" <s:{property}> ");
    statements
        .iter()
        .filter_map(|statement| Some(statement.split_once(&marked)?.1.trim_matches('"').to_owned()))
        .collect()
}

#[test]
fn each_page_says_what_it_is_about_in_words_and_as_data() {
    let collections = "[collections.dishes]\ntitle = \"Dishes\"\nsingular = \"Dish\"\nschema-type = \"Product\"\n";
    let book = Book::new([
        ("book.toml", config(SITE, collections)),
        ("content/dishes/chips.md", "---\ntitle: '</script> & chips'\naliases: [Fries]\nsummary: \"Fried <so> \\\" & hot.\"\npublished: 2020-01-02\ntags: [hot]\nimage: chips.png\nimage-alt: Chips\n---\n\nText.\n".to_owned()),
        ("content/dishes/chips.png", "no picture".to_owned()),
        ("content/about.md", "---\ntitle: About\nlang: de\n---\n\nEin Text.\n".to_owned()),
    ]);
    build(&book);
    let heads = ["index.html", "dishes/chips.html", "dishes/index.html", "about.html", "tags/hot.html"].map(|path| {
        let page = book.page(path);
        let head =
            page.split("<meta name=\"description\"").nth(1).and_then(|rest| rest.split("<link rel=\"icon\"").next());
        let head = head.expect("a head");
        format!("{path}\n<meta name=\"description\"{head}\n{}\n", statements(&page).join("\n"))
    });
    insta::assert_snapshot!(heads.join("\n"));
}

#[test]
fn what_nobody_should_find_has_no_card_and_no_data() {
    let page = "---\ntitle: A\nredirect-from: [/old]\n---\n\nText.\n";
    let book = Book::new([("book.toml", config(SITE, "")), ("content/a.md", page.to_owned())]);
    build(&book);
    let (missing, old) = (book.page("404.html"), book.page("old.html"));
    for page in [&missing, &old] {
        assert!(!page.contains("og:") && !page.contains("ld+json"));
    }
    assert!(!missing.contains("canonical"));
    assert!(old.contains("<link rel=\"canonical\" href=\"https://a.example/kb/a.html\">"));
    assert_eq!(meta(&old, "name=\"description\""), Some("This page has moved: A"));
}

#[test]
fn without_a_public_address_nothing_needs_one() {
    for config in ["[book]\ntitle = \"A\"\n".to_owned(), config("/kb/", "")] {
        let book = Book::new([("book.toml", config), ("content/a.md", "# A\n\nText.\n".to_owned())]);
        build(&book);
        let files = book.tree();
        assert!(!files.iter().any(|path| path.contains("sitemap") || path == "robots.txt"));
        for path in files.iter().filter(|path| path.ends_with(".html")) {
            let page = book.page(path);
            assert!(!page.contains("og:") && !page.contains("ld+json") && !page.contains("canonical"));
            assert!(meta(&page, "name=\"description\"").is_some_and(|text| !text.is_empty()), "{path}");
        }
        assert_eq!(book.build(&[]).stderr, "");
        // Who asks for what needs it is told, each time.
        for _ in 0..2 {
            let said = book.build(&["--only", "html,feeds,sitemap"]).stderr;
            let told = "warning: feeds, sitemap: left out without an address; write site-url = \"https://…\" in [output.html] of book.toml\n\n";
            assert_eq!(said, told);
        }
    }
}

#[test]
fn an_address_in_another_script_is_encoded_once() {
    let book = Book::new([
        ("book.toml", config("https://a.example/知识/a%20b/", "")),
        ("content/中国.md", "# 中国\n\nText.\n".to_owned()),
    ]);
    build(&book);
    let folder = "https://a.example/%E7%9F%A5%E8%AF%86/a%20b/";
    let found = addresses(&book.page("sitemap.xml"), "urlset", "url");
    assert!(found.contains(&format!("{folder}%E4%B8%AD%E5%9B%BD.html")), "{found:?}");
    let page = book.page("中国.html");
    assert!(statements(&page).iter().any(|statement| statement.contains(&format!("<s:isPartOf> <{folder}>"))));
}

#[test]
fn a_date_is_as_exact_as_it_is_certain_and_stands_where_its_type_has_one() {
    let types = ["Event", "Legislation", "Article", "Dataset", "Person", "Book"];
    let dates = [
        "2015",
        "2015-05",
        "2015-05-19",
        "2015~",
        "2015-05?",
        "2015-21",
        "156X",
        "2015/2020-06",
        "2015~/2020",
        "2015/..",
    ];
    let declared = types.map(|name| format!("[collections.{}]\nschema-type = \"{name}\"\n", name.to_lowercase()));
    let book = Book::new([("book.toml", config(SITE, &declared.concat()))]);
    for name in types.map(str::to_lowercase) {
        for (nth, date) in dates.iter().enumerate() {
            book.write(format!("content/{name}/e{nth}.md"), format!("---\ndate: {date}\n---\n\nText.\n"));
        }
    }
    build(&book);
    let said = types.iter().flat_map(|name| {
        let book = &book;
        dates.iter().enumerate().map(move |(nth, date)| {
            let page = book.page(&format!("{}/e{nth}.html", name.to_lowercase()));
            let statements = statements(&page);
            assert!(statements.iter().any(|statement| statement.ends_with(&format!(" a <s:{name}>"))));
            let named = ["startDate", "endDate", "temporalCoverage", "legislationDate"];
            let said = named
                .iter()
                .flat_map(|name| values(&statements, name).into_iter().map(move |value| format!("{name} {value}")));
            format!("{name} {date}: {}\n", said.collect::<Vec<_>>().join(", "))
        })
    });
    insta::assert_snapshot!(said.collect::<String>());
}

#[test]
fn entries_are_of_a_type_by_the_values_of_a_choice() {
    let people = "[collections.actors]\nschema-type = { kind = { person = \"Person\", state = \"GovernmentOrganization\" } }\n\n\
                  [collections.actors.fields.kind]\ntype = \"choice\"\nmany = true\nvalues = [\"person\", \"state\", \"other\"]\n";
    let entry = |kind: &str| format!("---\nkind: {kind}\n---\n\nText.\n");
    let book = Book::new([
        ("book.toml", config(SITE, people)),
        ("content/actors/a.md", entry("person")),
        ("content/actors/b.md", entry("state")),
        ("content/actors/c.md", entry("other")),
        ("content/actors/d.md", entry("[other, state, person]")),
        ("content/actors/e.md", "Text.\n".to_owned()),
    ]);
    build(&book);
    let kinds = ["a", "b", "c", "d", "e"].map(|name| {
        let statements = statements(&book.page(&format!("actors/{name}.html")));
        let about = values(&statements, "mainEntity").pop();
        let about = about.and_then(|about| {
            statements.iter().find_map(|statement| statement.strip_prefix(&format!("{about} a ")).map(str::to_owned))
        });
        about.unwrap_or_default()
    });
    assert_eq!(kinds, ["<s:Person>", "<s:GovernmentOrganization>", "", "<s:GovernmentOrganization>", ""]);
}

#[test]
fn a_type_that_schema_org_does_not_have_is_answered_with_the_nearest() {
    let collection = |name: &str, line: &str| {
        format!(
            "[collections.{name}]\nschema-type = {line}\n\n[collections.{name}.fields.kind]\ntype = \"choice\"\nvalues = [\"person\", \"state\"]\n\n"
        )
    };
    let lines = [
        "\"Evnt\"",
        "\"Happening\"",
        "1",
        "{}",
        "{ kid = { person = \"Person\" } }",
        "{ kind = \"Person\" }",
        "{ kind = { persn = \"Person\", state = \"State\" } }",
        "{ kind = { person = 1 } }",
        "{ kind = {}, other = {} }",
    ];
    let collections: String = lines.iter().zip('a'..).map(|(line, name)| collection(&name.to_string(), line)).collect();
    let book = Book::new([("book.toml", config(SITE, &collections)), ("content/a.md", "# A\n".to_owned())]);
    insta::assert_snapshot!(book.build(&[]).stderr);
}

#[test]
fn what_a_list_is_about_is_said_in_the_language_of_the_book() {
    let said = ["en", "de", "zh-Hans"].map(|language| {
        let toml = config(SITE, "[collections.dishes]\ntitle = \"Dishes\"\ntimeline = true\nsort = \"date\"\n");
        let book = Book::new([("book.toml", toml.replace("\"en\"", &format!("\"{language}\"")))]);
        book.write("content/notes/a.md", "---\ntitle: Note\nsources: [s]\n---\n");
        book.write("content/sources.yaml", "s:\n  title: A source\n");
        book.write("content/none.md", "---\ntitle: Bare\n---\n");
        for nth in 0..501 {
            let date = 1500 + nth / 20;
            book.write(
                format!("content/dishes/d{nth:03}.md"),
                format!("---\ntitle: Dish {nth}\ndate: {date}\ntags: [t]\n---\n\n[[note]]\n"),
            );
        }
        build(&book);
        let pages = [
            "index",
            "dishes/index",
            "dishes/index-1500",
            "timeline",
            "timeline-1501",
            "tags/index",
            "tags/t",
            "sources",
            "all-entries",
            "search",
            "404",
            "none",
            "notes/index",
            "notes/a",
            "notes/a.backlinks",
            "dishes/d007",
        ];
        let described = pages.map(|path| {
            let page = book.page(&format!("{path}.html"));
            let title =
                page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).expect("a title").0;
            // A card has the title of the page.
            assert!(meta(&page, "property=\"og:title\"").is_none_or(|card| title.starts_with(card)), "{path}: {title}");
            format!("{path}: {}\n", meta(&page, "name=\"description\"").expect("a description"))
        });
        described.concat()
    });
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn paths_that_windows_may_not_take_are_told_once() {
    let folder = "a".repeat(110);
    let book = Book::new([("book.toml", config(SITE, ""))]);
    for name in ["b", "c"] {
        book.write(format!("content/{folder}/{}.md", name.repeat(110)), "Text.\n");
    }
    for _ in 0..2 {
        let said = book.build(&[]).stderr;
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        assert!(
            said.starts_with(
                "warning: the paths of 2 files in the site have more than 200 characters, the longest 226: aaa"
            ),
            "{said}"
        );
    }
}
