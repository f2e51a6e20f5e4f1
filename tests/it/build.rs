//! What a book becomes: small books in, pages out.

use crate::support::Book;

/// A book with a bit of everything.
const BOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        r#"
[book]
title = "Fish & Chips"
description = "How a dish came to be"
authors = ["A. Cook", "B. Baker & Sons"]
language = "en"

[output.html]
git-repository-url = "https://github.com/example/fish"

[collections.dishes]
title = "Dishes"
singular = "Dish"

[collections.dishes.fields.country]
type = "country"

[collections.dishes.fields.price]
type = "quantity"

[collections.dishes.fields.native]
type = "text"
label = "Native name"
lang = "zh-Hans"

[collections.dishes.fields.kind]
type = "choice"
values = { main = "Main course", side = "Side dish" }

[collections.dishes.fields.note]
type = "markdown"

[collections.dishes.fields.goes-with]
type = "reference"
to = "dishes"
many = true
label = "Goes with"
symmetric = true

[collections.events]
title = "Events"
singular = "Event"
timeline = true
sort = "date"

[collections.events.fields.date]
type = "date"
required = true

[collections.events.fields.dishes]
type = "reference"
to = "dishes"
many = true
label = "Dishes"
inverse = "Events"

[collections.events.fields.where]
type = "country"
many = true
label = "Where"
"#,
    ),
    ("content/index.md", "---\ntitle: Welcome\nsummary: All about it.\n---\n\nStart with [fish](dishes/fish.md).\n"),
    ("content/about.md", "# About\n\nSee [[Fish]]. The <b>end</b>.\n"),
    (
        "content/dishes/fish.md",
        r#"---
title: Fish
summary: It swims & is <fried>.
aliases: [Cod]
tags: [Sea, fried]
country: GB
price: about 2.9 GBP
native: 鱼
kind: main
note: With [[chips|salt]] and *vinegar*.
goes-with: [chips]
sources:
  - atlas
  - { title: "A <menu>", url: "https://example.org/menu?a=1&b=2" }
---

# Fish

Fish is 鱼 in Chinese. It is eaten with [chips](chips.md#cut "The cut"), says [[dishes/chips]].[^1]

## Frying

![A fish](pictures/a%20fish.png)

### In oil

```rust
let fish = "fried";
```

[^1]: Or [not](https://example.org/).
"#,
    ),
    (
        "content/dishes/chips.md",
        "---\ntitle: Chips\ntags: [fried]\n---\n\n## Cut\n\nThick. Goes back to [[Cod]]. [[#Cut]] [all dishes](index.md)\n",
    ),
    ("content/dishes/index.md", "---\ntitle: All dishes\n---\n\nWhat is *eaten*.\n"),
    ("content/dishes/pictures/a fish.png", "a picture"),
    ("content/dishes/pictures/unused.png", "another"),
    ("content/assets/menu.pdf", "kept though nothing links to it"),
    (
        "content/events.yaml",
        r#"
- id: first-shop
  title: First shop
  date: 1860~
  where: [GB]
  dishes: [fish, chips]
  body: |
    A shop opened that sold [[Fish]] with [[Chips]]. It was small.
- id: frozen
  title: Frozen fish
  date: 1927-03/1930
  where: [US, GB]
  dishes: [fish]
"#,
    ),
    ("content/events/closing.yaml", "title: Last shop closes\ndate: 1860\nsummary: Nobody knows.\n"),
    ("content/sources.yaml", "atlas:\n  title: Atlas of dishes\n  author: A. Cook\n  date: 1999\n"),
];

fn built(files: &[(&str, &str)]) -> Book {
    let book = Book::new(files.iter().copied());
    let output = book.build(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
    assert_eq!(book.problems(), [""; 0]);
    book
}

/// What stands in the `<main>` of a page, without empty lines.
fn main_of(book: &Book, path: &str) -> String {
    let page = book.page(path);
    let main = page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).expect("a page with a main").0;
    main.lines().skip(1).filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_book_becomes_a_tree_of_files() {
    let book = Book::new(BOOK.iter().copied());
    let output = book.build(&[]);
    let line = output.stdout.split(" in ").next().unwrap_or("").to_owned();
    assert_eq!(line, "Built 8 entries, 13 links and 19 pages");
    assert!(output.stdout.ends_with(" s: [temp]/site/index.html\n"), "{}", output.stdout);
    insta::assert_snapshot!(book.tree().join("\n"));
}

#[test]
fn an_entry_shows_its_fields_its_text_and_what_links_to_it() {
    insta::assert_snapshot!(main_of(&built(BOOK), "dishes/fish.html"));
}

#[test]
fn a_mutual_relation_stands_on_both_pages() {
    insta::assert_snapshot!(main_of(&built(BOOK), "dishes/chips.html"));
}

#[test]
fn the_timeline_shows_every_dated_entry_in_order() {
    insta::assert_snapshot!(main_of(&built(BOOK), "timeline.html"));
}

#[test]
fn the_home_page_leads_to_everything() {
    insta::assert_snapshot!(main_of(&built(BOOK), "index.html"));
}

#[test]
fn a_collection_has_a_page_of_its_entries() {
    insta::assert_snapshot!(main_of(&built(BOOK), "dishes/index.html"));
}

#[test]
fn tags_and_sources_have_pages() {
    let book = built(BOOK);
    let pages = ["tags/index.html", "tags/fried.html", "sources.html"].map(|path| main_of(&book, path));
    insta::assert_snapshot!(pages.join("\n\n"));
}

#[test]
fn all_entries_stand_in_one_list_under_each_of_their_names() {
    insta::assert_snapshot!(main_of(&built(BOOK), "all-entries.html"));
}

#[test]
fn every_page_has_the_same_head_and_frame() {
    let page = built(BOOK).page("dishes/fish.html");
    let (head, rest) = page.split_once("<main").expect("a page with a main");
    let (_, foot) = rest.split_once("</main>").expect("a page with a main");
    insta::assert_snapshot!(format!("{head}<main>…</main>{foot}"));
}

#[test]
fn a_folder_without_book_toml_is_a_book() {
    let book = built(&[
        ("README.md", "# My notes\n\nSee [[Plan B#Next steps|it]] and [the folder](Projects/).\n"),
        ("Projects/Plan B.md", "## Next steps\n\nBack [home](../README.md). ![[pic one.png]]\n"),
        ("Projects/pic one.png", "a picture"),
        ("deep/er/note.md", "[[Plan B]] and [up](../../README.md) and [here](.)"),
        ("deep/er/index.md", "What is deep.\n"),
        ("中国制造2025.md", "---\nmood: {today: [good, 1]}\n---\n内容。[[Plan B]]是计划。"),
        (".obsidian/app.json", "{}"),
        ("node_modules/x/README.md", "[broken](nowhere.md)"),
    ]);
    assert_eq!(
        book.tree()
            .into_iter()
            .filter(|path| !path.starts_with("theme/") && !path.starts_with("search/"))
            .collect::<Vec<_>>(),
        [
            ".nojekyll",
            "404.html",
            "all-entries.html",
            "build.json",
            "deep/er/index.html",
            "deep/er/note.html",
            "deep/index.html",
            "index.html",
            "projects/index.html",
            "projects/pic one.png",
            "projects/plan-b.html",
            "search.html",
            "中国制造2025.html",
        ]
    );
    assert!(book.page("index.html").contains(r#"<a href="projects/plan-b.html#next-steps">it</a>"#));
    assert!(book.page("deep/er/index.html").contains("<h1>Er</h1>"));
    assert!(book.page("projects/plan-b.html").contains("<mark>Plan B</mark><span lang=\"zh-Hans\">是计划</span>。"));
}

#[test]
fn every_page_of_a_flat_folder_is_a_step_from_home() {
    let book = Book::new((0..30).map(|i| (format!("n{i:02}.md"), format!("# Note {i}\n"))));
    assert_eq!(book.build(&[]).stderr, "");
    assert_eq!(book.problems(), [""; 0]);
    for i in 0..30 {
        for (page, class) in [("index.html", "item-title"), ("pages.html", "card-title")] {
            let link = format!("<a class=\"{class}\" href=\"n{i:02}.html\">Note {i}</a>");
            assert!(book.page(page).contains(&link), "{link}");
        }
    }
    assert!(book.page("n29.html").contains("<a href=\"pages.html\">All pages</a>"));
}

#[test]
fn an_mdbook_keeps_its_addresses() {
    let book = built(&[
        (
            "book.toml",
            "[book]\ntitle = \"A manual\"\nmultilingual = false\n[output.html]\ndefault-theme = \"rust\"\nsite-url = \"/manual/\"\n[output.epub]\n[preprocessor.links]\n",
        ),
        ("src/SUMMARY.md", "# Summary\n\n- [Intro](Intro.md)\n  - [Part One](Part-One/Start.md)\n"),
        ("src/Intro.md", "# Intro\n\n[On](./Part-One/Start.md) or [as a page](Part-One/Start.html#go).\n"),
        ("src/Part-One/Start.md", "# Start\n\n## Go\n"),
    ]);
    for path in ["Intro.html", "Part-One/Start.html", "SUMMARY.html"] {
        assert!(book.tree().iter().any(|file| file == path), "{path}");
    }
    assert!(book.page("Intro.html").contains(r#"<a href="Part-One/Start.html#go">as a page</a>"#));
}

#[test]
fn an_old_address_leads_to_the_new_one() {
    let book = built(&[
        ("book.toml", "[book]\ntitle = \"T\"\n[output.html]\nsite-url = \"https://example.org/kb\"\n"),
        ("content/new/name.md", "---\ntitle: Name\nredirect-from: [/old/name, older/]\n---\n"),
    ]);
    let page = book.page("old/name.html");
    assert!(page.contains("<meta http-equiv=\"refresh\" content=\"0; url=../new/name.html\">"), "{page}");
    assert!(page.contains("data-moved=\"../new/name.html\""), "{page}");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/kb/new/name.html\">"), "{page}");
    assert!(book.page("older/index.html").contains("url=../new/name.html"));
}

#[test]
fn a_page_leads_to_where_it_can_be_edited() {
    let template = "https://example.org/edit/main/docs/{path}?plain=1";
    let config = format!("[output.html]\nedit-url-template = \"{template}\"\n");
    let book = built(&[("book.toml", &config), ("content/a b/c.md", "# C\n")]);
    let link = "<a class=\"edit\" href=\"https://example.org/edit/main/docs/content/a%20b/c.md?plain=1\">";
    assert!(book.page("a-b/c.html").contains(link));
}

#[test]
fn a_draft_is_built_only_when_asked_for() {
    let files =
        [("index.md", "[[Secret]] and [it](secret.md)\n"), ("secret.md", "---\ndraft: true\n---\n[home](index.md)\n")];
    let book = Book::new(files);
    let output = book.build(&["--verbose"]);
    assert_eq!(output.status, 0);
    assert!(output.stderr.contains("warning[draft-link]: this leads to a draft"), "{}", output.stderr);
    assert!(main_of(&book, "index.html").contains("<p>Secret and it</p>"));
    assert!(!book.tree().contains(&"secret.html".to_owned()));
    assert_eq!(book.build(&["--drafts"]).stderr, "");
    assert!(main_of(&book, "index.html").contains("<a href=\"secret.html\">Secret</a>"));
}

#[test]
fn titles_and_fields_are_text_and_never_markup() {
    let evil = "<script>alert(1)</script>\"'&";
    let front = format!(
        "---\ntitle: '{}'\nsummary: &s '{}'\ntags: [*s]\naliases: [*s]\n---\n",
        evil.replace('\'', "''"),
        evil.replace('\'', "''")
    );
    let book = Book::new([
        (
            "index.md".to_owned(),
            format!("[[evil]] <script>alert(1)</script> <img src=x onerror=alert(1)>\n\n# {evil}\n"),
        ),
        ("evil.md".to_owned(), front),
    ]);
    let output = book.build(&["--keep-going"]);
    assert!(output.stderr.is_empty() || output.stderr.contains("missing-asset"), "{}", output.stderr);
    for path in book.tree().iter().filter(|path| path.ends_with(".html")) {
        let page = book.page(path);
        assert!(!page.contains("<script>") && !page.contains("onerror"), "{path}:\n{page}");
    }
}

#[test]
fn line_ends_marks_and_wide_letters_change_nothing() {
    let plain: Vec<(String, String)> = BOOK.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    let windows = plain.iter().map(|(path, text)| {
        let text =
            if path.ends_with(".png") { text.clone() } else { format!("\u{feff}{}", text.replace('\n', "\r\n")) };
        (path.clone(), text)
    });
    let (unix, windows) = (built(BOOK), Book::new(windows));
    let output = windows.build(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert_eq!(unix.tree(), windows.tree());
    for path in unix.tree().iter().filter(|path| path.ends_with(".html")) {
        assert_eq!(unix.page(path), windows.page(path).replace('\r', ""), "{path}");
    }
}

#[test]
fn a_books_own_theme_shadows_single_files() {
    let files = [
        ("book.toml", "[theme]\nname = \"mine\"\n"),
        ("index.md", "hello\n"),
        ("themes/mine/css/tokens.css", ":root { --mine: 1 }\n"),
        (
            "themes/mine/templates/home.html",
            "{% extends \"base.html\" %}{% block main %}<h1>Mine</h1>{{ content.own.body | safe }}{% endblock %}",
        ),
    ];
    let book = built(&files);
    assert!(book.page("index.html").contains("<h1>Mine</h1><p>hello</p>"));
    assert!(book.page("theme/site.css").starts_with(":root { --mine: 1 }"));
}

#[test]
fn a_hub_shows_a_hundred_backlinks_and_a_page_of_all() {
    let mut files = vec![("hub.md".to_owned(), "# Hub\n".to_owned())];
    files.extend((0..150).map(|i| (format!("notes/{i:03}.md"), format!("Note {i} is about the [[Hub]].\n"))));
    let book = Book::new(files);
    assert_eq!(book.build(&[]).stderr, "");
    assert_eq!(book.problems(), [""; 0]);
    let count = |path: &str| book.page(path).matches("class=\"sentence\"").count();
    assert_eq!((count("hub.html"), count("hub.backlinks.html")), (100, 150));
    assert!(book.page("hub.html").contains("<a href=\"hub.backlinks.html\">50 more, on the page of all links</a>"));
}

#[test]
fn of_many_backlinks_those_that_most_links_lead_to_come_first() {
    let mut files = vec![
        ("hub.md".to_owned(), "# Hub\n".to_owned()),
        ("x.md".to_owned(), "See [[Note 7]], [[Note 7]] and [[note 7]] on [[Note 4]].\n".to_owned()),
    ];
    files.extend((0..9).map(|i| (format!("notes/{i}.md"), format!("# Note {i}\n\nIt is about the [[Hub]].\n"))));
    let book = Book::new(files);
    book.build(&[]);
    let page = book.page("hub.html");
    let backlinks = between(&page, "id=\":backlinks\"", "</section>");
    let titles =
        backlinks.match_indices("<li><a href=").map(|(at, _)| between(&backlinks[at + 5..], ">", "<")[1..].to_owned());
    let order: Vec<String> = titles.collect();
    let expected = [7, 4, 0, 1, 2, 3, 5, 6, 8].map(|i| format!("Note {i}"));
    assert_eq!(order, expected);
}

#[test]
fn a_sentence_that_only_refers_is_no_reason_to_follow_it() {
    let book = built(&[
        ("hub.md", "# Hub\n"),
        ("a.md", "# A\n\nWhat A is. See also: [[Hub]].\n"),
        ("b.md", "# B\n\n[[Hub]]\n"),
        ("c.md", "# C\n\nSee how [[Hub]] does it.\n"),
    ]);
    let page = book.page("hub.html");
    assert_eq!(page.matches("class=\"sentence\"").count(), 1, "{page}");
    assert!(
        page.contains("See how <mark>Hub</mark> does it.") && page.contains("<p dir=\"auto\">What A is."),
        "{page}"
    );
}

#[test]
fn a_long_list_is_split_and_no_page_names_all_entries() {
    let config = "[book]\ntitle = \"T\"\n[collections.events]\ntimeline = true\nsort = \"date\"\n[collections.notes]\n";
    let mut files = vec![("book.toml".to_owned(), config.to_owned())];
    files.extend((0..600).map(|i| {
        let first = char::from(b'A' + (i % 26) as u8);
        (format!("content/events/{i}.md"), format!("---\ntitle: {first} event {i}\ndate: {}\n---\n", 1990 + i % 20))
    }));
    files.extend((0..600).map(|i| {
        let first = char::from(b'A' + (i % 26) as u8);
        (format!("content/notes/{i}.md"), format!("---\ntitle: {first} note {i}\ntags: [all]\n---\n"))
    }));
    let book = Book::new(files);
    assert_eq!(book.build(&[]).stderr, "");
    assert_eq!(book.problems(), [""; 0]);
    for path in
        ["timeline-1990.html", "events/index-2009.html", "notes/index-a.html", "tags/all-z.html", "all-entries-q.html"]
    {
        assert!(book.tree().iter().any(|file| file == path), "{path} in {:?}", book.tree().len());
    }
    for path in book.tree().iter().filter(|path| path.ends_with(".html")) {
        assert!(book.page(path).matches("<li").count() < 200, "{path}");
    }
}

/// A page's text between two of its parts.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let from = page.find(start).unwrap_or_else(|| panic!("no {start} in {page}"));
    &page[from..from + page[from..].find(end).unwrap_or_else(|| panic!("no {end} behind {start}"))]
}

#[test]
fn a_value_written_long_shows_what_is_behind_it() {
    let book = built(&[
        (
            "book.toml",
            "[collections.a]\nfields.stance = { type = \"choice\", values = [\"for\", \"against\"] }\n\
             fields.to = { type = \"reference\", to = \"a\", many = true }\n",
        ),
        (
            "content/a/x.md",
            "---\nstance: { value: for, note: It said <so>. }\nto: [{ to: y, note: \"In 中国.\" }, y]\n---\n",
        ),
        ("content/a/y.md", "---\nstance: against\n---\n"),
    ]);
    assert_eq!(
        between(&book.page("a/x.html"), "<tbody>", "</table>"),
        "<tbody>\n<tr><th scope=\"row\">Stance</th><td><span class=\"badge\">For</span><p class=\"note\">It said &lt;so&gt;.</p></td></tr>\n\
         <tr><th scope=\"row\">To</th><td><ul><li><a href=\"y.html\">Y</a><p class=\"note\">In <span lang=\"zh-Hans\">中国</span>.</p></li>\
         <li><a href=\"y.html\">Y</a></li></ul></td></tr>\n</tbody>"
    );
}

#[test]
fn figures_lead_to_where_they_are_explained() {
    let book = built(&[
        (
            "index.md",
            "---\nfigures:\n- { value: over 86 percent, label: of the <goals>, to: \"Review#Count\" }\n- { value: 10, label: sectors }\n---\n",
        ),
        ("review.md", "## Count\n\nSo many.\n"),
    ]);
    assert_eq!(
        between(&book.page("index.html"), "<section class=\"figures\"", "</section>"),
        "<section class=\"figures\" aria-label=\"Key figures\"><ul>\n\
         <li><a href=\"review.html#count\"><strong>over 86 percent</strong> <span>of the &lt;goals&gt;</span></a></li>\n\
         <li><strong>10</strong> <span>sectors</span></li>\n</ul>"
    );
    assert!(book.page("review.html").contains("What links here"));
}

#[test]
fn a_collection_is_laid_out_by_its_fields_or_as_it_says() {
    let toml = |extra: &str| {
        format!(
            "[collections.a]\n{extra}\nfields.kind = {{ type = \"choice\", values = {{ plan = [\"Plan\", \"Plans\"], fund = \"Fund\" }} }}\n\
             fields.country = {{ type = \"country\" }}\nfields.n = {{ type = \"number\" }}\n"
        )
    };
    let list = |extra: &str| {
        let book = built(&[
            ("book.toml", &toml(extra)),
            ("content/a/x.md", "---\nkind: fund\nn: 7\n---\nText.\n"),
            ("content/a/y.md", "---\nkind: plan\ncountry: FR\n---\n"),
            ("content/a/z.md", ""),
        ]);
        book.page("a/index.html")
    };
    let columns = |page: &str| {
        let heads = page.match_indices("<th scope=\"col\"").map(|(at, _)| &page[at..]);
        heads.map(|head| between(head, ">", "<")[1..].to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(columns(&list("")), "Title Kind Country N");
    assert!(list("layout = \"cards\"").contains("<ul class=\"cards\">"));
    assert!(list("layout = \"list\"").contains("<ul class=\"items\">"));
    // Each group is a table and has the columns that it needs, and what is in none comes last.
    let grouped = list("group = \"kind\"\nlayout = \"table\"");
    assert_eq!(columns(&grouped), "Title Country Title N Title");
    let groups = grouped.match_indices("<h2 ").map(|(at, _)| between(&grouped[at..], ">", " <")[1..].to_owned());
    assert_eq!(groups.collect::<Vec<_>>(), ["Plans", "Fund", "Other"]);
    assert!(grouped.contains("<a href=\"#:group-plans\">Plans <span class=\"count\">1</span></a>"));
}

#[test]
fn a_book_sets_the_design_tokens_it_wants() {
    let tokens = "[theme.tokens]\naccent = [\"#1d6b4f\", \"#7fd6b3\"]\nmeasure = \"40rem\"\nbody = \"'Noto Sans', sans-serif\"\n";
    let book = built(&[("book.toml", tokens), ("content/index.md", "")]);
    let css = book.page("theme/site.css");
    assert!(
        css.ends_with(":root{--accent:light-dark(#1d6b4f,#7fd6b3);--measure:40rem;--body:'Noto Sans', sans-serif;}\n")
    );
}

#[test]
fn a_small_section_is_named_whole_on_its_pages() {
    let book = Book::new((0..30).map(|i| {
        let folder = if i < 5 { "small" } else { "large" };
        (format!("{folder}/n{i:02}.md"), format!("# Note {i}\n"))
    }));
    assert_eq!(book.build(&[]).stderr, "");
    let small = book.page("small/n01.html");
    let named = between(&small, "<nav class=\"siblings\"", "</nav>");
    assert!(named.contains("<a href=\"n01.html\" aria-current=\"page\">Note 1</a>"), "{named}");
    assert_eq!(named.matches("<li>").count(), 5);
    assert!(!book.page("large/n10.html").contains("class=\"siblings\""));
}

#[test]
fn many_entries_are_listed_by_letter_and_many_aliases_in_chinese_by_number() {
    let named = |i: u32| ["Élan", "echo", "zeal"][i as usize % 3];
    let list = |many: u32| {
        let han = |i: u32| char::from_u32(0x4e00 + i).unwrap_or_default();
        let entry = |i| format!("- {{ id: e{i}, title: {} {i:03}, aliases: [{}名] }}\n", named(i), han(i));
        let config = ("book.toml".to_owned(), "[collections.a]\n".to_owned());
        let book = Book::new([config, ("content/a.yaml".to_owned(), (0..many).map(entry).collect())]);
        assert_eq!(book.build(&[]).stderr, "");
        assert_eq!(book.problems(), [""; 0]);
        book
    };
    let parts = |book: &Book| {
        let files = book.tree().into_iter();
        files.filter_map(|path| Some(path.strip_prefix("all-entries")?.to_owned())).collect::<Vec<_>>()
    };
    let whole = list(210);
    assert_eq!(parts(&whole), [".html"]);
    let page = main_of(&whole, "all-entries.html");
    let heads: Vec<&str> = page.match_indices("<h2").map(|(at, _)| between(&page[at..], ">", "</h2>")).collect();
    assert_eq!(heads, [">E", ">Z", ">…"], "210 letters in Chinese are no choice");
    let split = list(900);
    assert_eq!(parts(&split), ["-1.html", "-2.html", "-e-2.html", "-e.html", "-z.html", ".html"]);
    let page = main_of(&split, "all-entries.html");
    assert!(
        page.contains("All entries</h1> <span class=\"count\">900</span>") && !page.contains("<li><a href=\"a/"),
        "{page}"
    );
    let page = main_of(&split, "all-entries-e-2.html");
    assert!(page.contains("<h1>All entries: E 2</h1> <span class=\"count\">100</span>"), "{page}");
    assert!(page.contains(">Élan 897</a>") && !page.contains("echo") && !page.contains("<h2"), "{page}");
    assert!(main_of(&split, "all-entries-2.html").contains("<i>see</i> <a href=\"a/e899.html\">"));
}

#[test]
fn a_crowded_timeline_counts_its_years() {
    let config = ("book.toml".to_owned(), "[collections.a]\ntimeline = true\n".to_owned());
    let events = |many: usize| {
        let dates = (0..many).map(|i| format!("- {{ id: e{i}, date: {} }}\n", 2000 + i % 4));
        let book = Book::new([config.clone(), ("content/a.yaml".to_owned(), dates.collect())]);
        assert_eq!(book.build(&[]).stderr, "");
        assert_eq!(book.problems(), [""; 0]);
        book
    };
    let marks = |page: &str| between(page, "<svg viewBox=\"0 0 960", "</svg>").matches("<a class=\"mark\"").count();
    assert_eq!(marks(&events(12).page("timeline.html")), 12, "one each");
    assert_eq!(marks(&events(300).page("timeline.html")), 4, "more than one can take in");
    let split = events(700);
    assert_eq!(marks(&split.page("timeline.html")), 4);
    assert!(
        split
            .page("timeline.html")
            .contains("<a class=\"mark\" tabindex=\"-1\" href=\"timeline-2001.html#2001\"><title>2001: 175</title>")
    );
    assert!(split.page("timeline-2001.html").contains("</h1> <span class=\"count\">175</span>"));
    assert!(!split.page("timeline-2001.html").contains("<svg viewBox=\"0 0 960"), "one year is no overview");
}

#[test]
fn what_lies_within_two_months_is_drawn_day_by_day_and_without_names_on_its_own_page_alone() {
    let event = |i| {
        format!("- {{ id: e{i}, title: A title as long as those of events are {i}, date: 2026-11-{} }}\n", 24 + i % 2)
    };
    let book = Book::new([
        ("book.toml".to_owned(), "[collections.a]\ntimeline = true\n".to_owned()),
        ("content/a.yaml".to_owned(), (0..30).map(event).collect()),
    ]);
    assert_eq!(book.build(&[]).stderr, "");
    assert_eq!(book.problems(), [""; 0]);
    let page = book.page("timeline.html");
    let drawing = between(&page, "<svg viewBox=\"0 0 960", "</svg>");
    assert!(drawing.contains(">24 November 2026</text>") && drawing.contains(">25 November 2026</text>"), "{drawing}");
    assert_eq!((drawing.matches("<circle").count(), drawing.matches("<text").count()), (30, 2), "two columns of dots");
    assert!(!book.page("index.html").contains("<svg viewBox=\"0 0 960"), "dots without names tell nothing there");
}

#[test]
fn what_is_grouped_is_a_value_and_not_its_name() {
    let page = |toml: &str, files: &[(&str, &str)]| {
        let mut book = vec![("book.toml", toml)];
        book.extend(files);
        built(&book).page("a/index.html")
    };
    let heads = |page: &str| {
        let groups = page.match_indices("<section class=\"group\"").map(|(at, _)| &page[at..]);
        groups.map(|group| between(group, "id=\"", "</h2>")[4..].to_owned()).collect::<Vec<_>>()
    };
    let choice = "[collections.a]\ngroup = \"k\"\nfields.k = { type = \"choice\", values = { x = \"Main\", y = \"Other\", z = \"Main\" } }\n";
    let files = [
        ("content/a/1.md", "---\nk: x\n---\n"),
        ("content/a/2.md", ""),
        ("content/a/3.md", "---\nk: y\n---\n"),
        ("content/a/4.md", "---\nk: z\n---\n"),
    ];
    assert_eq!(
        heads(&page(choice, &files)),
        [
            ":group-main\">Main <span class=\"count\">1</span>",
            ":group-other\">Other <span class=\"count\">1</span>",
            ":group-main:1\">Main <span class=\"count\">1</span>",
            ":group-other:1\">Other <span class=\"count\">1</span>",
        ]
    );
    let several = "[collections.a]\ngroup = \"to\"\nfields.to = { type = \"reference\", to = \"a\", many = true }\n";
    let files = [
        ("content/a/one.md", "---\nto: [two, three, two]\n---\n"),
        ("content/a/two.md", ""),
        ("content/a/three.md", "---\nto: [two]\n---\n"),
    ];
    assert_eq!(
        heads(&page(several, &files)),
        [
            ":group-two\">Two <span class=\"count\">2</span>",
            ":group-three\">Three <span class=\"count\">1</span>",
            ":group-other\">Other <span class=\"count\">1</span>",
        ]
    );
}

#[test]
fn a_relation_that_is_stated_twice_is_one() {
    let book = built(&[
        (
            "book.toml",
            "[collections.a]\nfields.to = { type = \"reference\", to = \"a\", many = true, inverse = \"From\" }\nfields.by = { type = \"reference\", to = \"a\", inverse = \"Of\" }\n",
        ),
        ("content/a/x.md", "---\nto: [y, { to: y, note: so }, y]\nby: y\n---\nGoes to [[y]].\n"),
        ("content/a/y.md", ""),
    ]);
    let page = book.page("a/y.html");
    let links = between(&page, "<section class=\"backlinks\"", "<nav class=\"neighbours\"");
    assert!(links.contains("What links here <span class=\"count\">1</span>"), "{links}");
    assert_eq!(links.matches("href=\"x.html\"").count(), 2, "one for each of the two relations: {links}");
    assert_eq!(links.matches("class=\"sentence\"").count(), 1, "{links}");
}

#[test]
fn every_standard_key_can_be_required_and_written_as_ever() {
    let keys =
        ["title", "summary", "aliases", "tags", "date", "order", "lang", "sources", "figures", "published", "draft"];
    let toml = keys.map(|key| format!("fields.{key} = {{ required = true }}\n")).concat();
    let book = Book::new([
        ("book.toml".to_owned(), format!("[collections.a]\n{toml}")),
        (
            "content/a/x.md".to_owned(),
            "---\ntitle: X\nsummary: S\naliases: [Y]\ntags: [t]\ndate: { value: 2018~, note: So. }\norder: 1\nlang: en\n\
             sources: [{ title: T }]\nfigures: [{ value: 1, label: one }]\npublished: 2024\ndraft: false\n---\n"
                .to_owned(),
        ),
    ]);
    assert_eq!(book.build(&[]).stderr, "");
    let page = book.page("a/x.html");
    assert!(
        page.contains("<strong>1</strong>") && page.contains("about 2018</time><p class=\"note\">So.</p>"),
        "{page}"
    );
}

#[test]
fn no_year_is_too_far_for_a_timeline() {
    for years in [
        ["Y-9000000000000000000", "Y9000000000000000000"],
        ["Y10000000000000000", "Y10000000000000000"],
        ["Y-999999999", "2018"],
    ] {
        let entries = years.iter().enumerate().map(|(i, year)| format!("- {{ id: e{i}, date: {year} }}\n"));
        let book = Book::new([
            (
                "book.toml".to_owned(),
                "[collections.a]\ntimeline = true\nfields.date = { type = \"date\" }\n".to_owned(),
            ),
            ("content/a.yaml".to_owned(), entries.collect()),
        ]);
        assert_eq!(book.build(&[]).stderr, "");
        assert_eq!(book.problems(), [""; 0]);
        for page in ["index.html", "timeline.html"] {
            assert!(!book.page(page).contains("NaN") && !book.page(page).contains("inf\""), "{years:?}");
        }
    }
}

#[test]
fn many_years_are_drawn_and_named_in_bounds() {
    let years = (0..520).map(|i| format!("- {{ id: e{i}, date: {:04} }}\n", 1 + i));
    let book = Book::new([
        ("book.toml".to_owned(), "[collections.a]\ntimeline = true\n".to_owned()),
        ("content/a.yaml".to_owned(), years.collect()),
    ]);
    assert_eq!(book.build(&[]).stderr, "");
    assert_eq!(book.problems(), [""; 0]);
    let whole = book.page("timeline.html");
    assert_eq!(whole.matches("<a class=\"mark\"").count(), 53, "ten years together");
    assert!(whole.contains("href=\"timeline-400.html#400\"><title>400 – 409: 10</title>"));
    let part = book.page("timeline-400.html");
    let named = between(&part, "<nav class=\"parts\"", "</nav>").matches("<li>").count();
    assert_eq!(named, 23, "ten on either side, itself, the first and the last");
}

#[test]
fn a_picture_says_what_it_shows() {
    let book = built(&[
        ("a.md", "---\nimage: fish.png\nimage-alt: A \"big\" fish\n---\n"),
        ("b.md", "---\nimage: fish.png\n---\n"),
        ("fish.png", "a picture"),
    ]);
    let image = |alt: &str| format!("<img class=\"entry-image\" src=\"fish.png\" alt=\"{alt}\">");
    assert!(book.page("a.html").contains(&image("A &quot;big&quot; fish")));
    assert!(book.page("b.html").contains(&image("")));
}

#[test]
fn what_is_shown_for_a_wrong_address_leads_by_the_address_of_the_site() {
    for (url, base) in [("https://example.org/kb/", "/kb/"), ("/kb", "/kb/"), ("https://example.org", "/")] {
        let config = format!("[output.html]\nsite-url = \"{url}\"\n");
        let book = Book::new([
            ("book.toml", config.as_str()),
            ("content/index.md", "# Home\n"),
            ("content/notes/a.md", "---\ntags: [x]\nsources: [s]\n---\n"),
            ("content/sources.yaml", "s:\n  title: S\n"),
        ]);
        let output = book.build(&[]);
        assert_eq!(output.status, 0, "{}", output.stderr);
        let page = book.page("404.html");
        for attribute in ["href=\"", "src=\"", "action=\""] {
            for value in page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                let leads = value.starts_with(base) || value.starts_with('#') || value.starts_with("https://");
                assert!(leads, "{attribute}{value}");
            }
        }
    }
}

#[test]
fn an_address_at_which_no_site_can_stand_is_told_with_the_nearest() {
    for (url, help) in [("repo/name", "/repo/name/"), ("//example.org", "https://example.org/"), ("/kb/?x", "/kb/")] {
        let book =
            Book::new([("book.toml", format!("[output.html]\nsite-url = \"{url}\"\n")), ("a.md", String::new())]);
        let output = book.run(&["check"]);
        assert_eq!(output.status, 1);
        let said = output.stdout + &output.stderr;
        assert!(said.contains("book.toml:2:12") && said.contains(&format!("write \"{help}\"")), "{said}");
    }
}
