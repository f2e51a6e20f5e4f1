//! What links mean: names, paths, files, and HTML; what is held back; and what stands at which address.

use crate::support::Book;

/// A site without findings.
fn clean(files: &[(&str, &str)]) -> Book {
    let book = Book::new(files.iter().copied());
    let output = book.build(&["--verbose"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert_eq!(book.problems(), [""; 0]);
    book
}

/// The first lines of what is told: the message of each finding.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let output = Book::new(files.iter().copied()).build(&["--verbose"]);
    let is_message = |line: &&str| line.starts_with("error[") || line.starts_with("warning[");
    output.stderr.lines().filter(is_message).map(str::to_owned).collect()
}

#[track_caller]
fn has(book: &Book, page: &str, html: &str) {
    let text = book.page(page);
    assert!(text.contains(html), "{html}\n{text}");
}

#[test]
fn an_exact_address_is_never_ambiguous() {
    let book = clean(&[
        ("book.toml", "[collections.p]\nfields.to = { type = \"reference\", to = \"p\" }\n"),
        ("content/p/x.md", "# X\n"),
        ("content/p/sub/x.md", "# Sub X\n"),
        ("content/p/tax.md", "# Tax\n"),
        ("content/p/tax/README.md", "# Tax folder\n"),
        ("content/p/plan.md", "---\nslug: the-plan\n---\n"),
        ("content/p/other.md", "---\nslug: plan\n---\n"),
        ("content/z.md", "[[p/x]] [[p/sub/x|sub]] [[p/tax]] [[p/plan]] [[p/tax/README|folder]]\n"),
        ("content/p/y.md", "---\nto: p/x\n---\n"),
    ]);
    has(&book, "z.html", r#"<a href="p/x.html">X</a> <a href="p/sub/x.html">sub</a> <a href="p/tax.html">Tax</a>"#);
    has(&book, "z.html", r#"<a href="p/plan.html">Other</a> <a href="p/tax/index.html">folder</a>"#);
    has(&book, "p/x.html", r#"<a href="y.html">Y</a>"#);
}

#[test]
fn a_name_may_hold_a_hash_a_bar_a_slash_or_a_line_end() {
    let book = clean(&[
        ("c.md", "# C\n"),
        ("csharp.md", "# C#\n\n## C# basics\n"),
        ("null.md", "# /dev/null\n"),
        ("long.md", "# A long name\n"),
        ("z.md", "[[C#]] [[C##C# basics]] [[/dev/null]] [[A long\nname]] [[#here]]\n\n## Here\n"),
    ]);
    has(&book, "z.html", r#"<a href="csharp.html">C#</a>"#);
    has(&book, "z.html", r#"<a href="null.html">/dev/null</a> <a href="long.html">A long name</a>"#);
    has(&book, "z.html", r##"<a href="#here">Here</a>"##);
}

#[test]
fn a_mail_address_is_no_file() {
    let book = clean(&[("book.toml", "[collections.p]\n"), ("content/p/a.md", "Write to <a@example.org>.\n")]);
    has(&book, "p/a.html", r#"<a href="mailto:a@example.org">a@example.org</a>"#);
}

#[test]
fn html_in_a_text_is_linked_checked_and_copied_like_the_rest() {
    let book = clean(&[
        (
            "a.md",
            "<a id=\"spot\"></a> [go](#spot) [top](#top) [b](b.md#sec)\n\n<p align=\"center\">\n  <img src=\"pic.png\" width=\"10\">\n  <a href=\"b.md\">b</a>\n</p>\n",
        ),
        ("b.md", "<h2 id=\"sec\">Sec</h2>\n<a name=\"old\"></a>\n\n[old](#old)\n"),
        ("pic.png", "a picture"),
    ]);
    has(&book, "a.html", r##"<a href="#spot">go</a> <a href="#top">top</a> <a href="b.html#sec">b</a>"##);
    has(&book, "a.html", r#"<img src="pic.png" width="10">"#);
    has(&book, "a.html", r#"<a href="b.html">b</a>"#);
    assert!(book.tree().contains(&"pic.png".to_owned()));
    assert_eq!(
        told(&[("a.md", "<a href=\"nowhere.md\">n</a> <img src='gone.png'>\n")]),
        [
            "warning[broken-link]: there is no file \"nowhere.md\"",
            "warning[missing-asset]: there is no file \"gone.png\""
        ]
    );
}

#[test]
fn a_broken_link_in_html_is_no_link() {
    let book = Book::new([("a.md", "<a class=\"x\" href=\"nowhere.md\">n</a> <img src='gone.png' alt='g'>\n")]);
    assert_eq!(book.build(&["--verbose"]).status, 0);
    has(&book, "a.html", "<p><a class=\"x\" role=\"link\" aria-disabled=\"true\">n</a> g</p>");
}

#[test]
fn html_is_read_as_browsers_read_it() {
    let book = clean(&[
        (
            "a.md",
            "<!-- <a href=\"gone.md\">later</a> -->\n\n<p>\n  <a class=\"x\"\n     href=\"b.md\">B</a> <img src=pic.png>\n</p>\n\n> - <a\n>   href=b.md>b</a>\n\n<kbd/> [[b]] and more.\n",
        ),
        ("b.md", "# B\n"),
        ("c.md", "<img src=\"a&amp;b.png\"> <h1>A</h1>\n"),
        ("a&b.png", "a picture"),
        ("pic.png", "a picture"),
    ]);
    has(&book, "a.html", "href=\"b.html\">B</a> <img src=\"pic.png\">");
    has(&book, "a.html", "href=\"b.html\">b</a>");
    has(&book, "c.html", "<img src=\"a%26b.png\"> </p><h2>A</h2>");
    has(&book, "b.html", "<mark>B</mark> and more.");
    assert!(!book.page("a.html").contains("b.md"));
}

#[test]
fn a_heading_below_a_logo_is_the_title() {
    let book = clean(&[
        (
            "README.md",
            "<a id=\"readme-top\"></a>\n\n![logo](logo.png)\n\n# The project\n\nWhat it does.[^2]\n\n[^2]: Two.\n",
        ),
        ("logo.png", "a picture"),
        ("z.md", "[[The project]] [[README#The project|r]] [t](README.md#the-project)\n"),
    ]);
    has(&book, "index.html", "<h1>The project");
    has(&book, "index.html", "<img src=\"logo.png\"");
    assert!(!book.page("index.html").contains("<h2 id=\"the-project\""));
    has(&book, "z.html", r#"<a href="index.html">The project"#);
}

#[test]
fn a_file_that_is_no_picture_is_linked_where_it_is_embedded() {
    let book = clean(&[
        ("a.md", "![[paper.pdf]] ![](song.mp3) ![v](clip.mp4)\n"),
        ("paper.pdf", "x"),
        ("song.mp3", "x"),
        ("clip.mp4", "x"),
    ]);
    has(&book, "a.html", r#"<a href="paper.pdf">paper.pdf</a> <a href="song.mp3">song</a> <a href="clip.mp4">v</a>"#);
}

#[test]
fn a_folder_without_a_page_is_told_so() {
    let files = [("a.md", "[x](docs/guide) [y](docs/gone)\n"), ("docs/guide/b.md", "# B\n")];
    assert_eq!(
        told(&files),
        [
            "warning[broken-link]: \"docs/guide\" is a folder without a page",
            "warning[broken-link]: there is no file \"docs/gone\""
        ]
    );
}

#[test]
fn a_section_answers_to_its_name_its_folder_and_its_title() {
    let book = clean(&[
        ("book.toml", "[collections.agencies]\ntitle = \"The agencies\"\n"),
        ("content/agencies/a.md", "[[../z]] [[./b]]\n"),
        ("content/agencies/b.md", "# Bee\n"),
        ("content/My Notes/n.md", "# N\n"),
        ("content/z.md", "[[Agencies]] [[the agencies]] [[my notes]]\n"),
    ]);
    has(&book, "z.html", r#"<a href="agencies/index.html">The agencies</a> <a href="agencies/index.html">"#);
    has(&book, "z.html", r#"<a href="my-notes/index.html">My Notes</a>"#);
    has(&book, "agencies/a.html", r#"<a href="../z.html">Z</a> <a href="b.html">Bee</a>"#);
}

#[test]
fn an_item_of_a_list_at_the_root_takes_no_name_from_others() {
    let files = [
        ("book.toml", "[collections.policies]\n[collections.events]\n"),
        ("content/policies/x.md", "# X policy\n"),
        ("content/events.yaml", "- id: x\n  title: X event\n- slug: y\n  title: Y event\n"),
        ("content/z.md", "[[x]] [[events]] [y](events.yaml#y)\n"),
    ];
    assert_eq!(told(&files), ["warning[ambiguous-link]: 2 entries are called \"x\""]);
    let book = Book::new(files);
    book.build(&["--verbose"]);
    has(&book, "z.html", r#"<a href="events/index.html">Events</a> <a href="events/y.html">y</a>"#);
}

#[test]
fn a_folder_may_be_called_as_a_page_of_the_books_own() {
    let book = clean(&[("Tags/python.md", "---\ntags: \"lang, snake\"\n---\n"), ("z.md", "[all](Tags/)\n")]);
    assert!(
        book.tree().contains(&"all-tags/lang.html".to_owned())
            && book.tree().contains(&"all-tags/snake.html".to_owned())
    );
    has(&book, "z.html", r#"<a href="tags/index.html">all</a>"#);
}

#[test]
fn the_pages_of_tags_give_way_to_an_old_address_of_an_entry() {
    let old = "---\ntitle: Steel\ntags: [steel]\nredirect-from: tags/steel.html\n---\n";
    let book = clean(&[("steel.md", old), ("z.md", "[all](all-tags/steel.html)\n")]);
    has(&book, "z.html", r#"<a href="all-tags/steel.html">all</a>"#);
    has(&book, "tags/steel.html", "../steel.html");
    // An old address of what no tag is called is in nobody's way.
    let book = clean(&[("steel.md", &old.replace("tags/steel", "tags/iron"))]);
    has(&book, "tags/steel.html", "../steel.html");
}

#[test]
fn front_matter_in_toml_is_told_and_held_back() {
    let files = [("a.md", "+++\ntitle = \"x\"\ndraft = true\n+++\nSecret\n")];
    assert_eq!(told(&files), ["warning[bad-yaml]: this front matter is TOML, and YAML is read here"]);
    let book = Book::new(files);
    book.build(&["--keep-going"]);
    assert!(!book.tree().contains(&"a.html".to_owned()));
}

#[test]
fn many_hashes_in_a_name_cost_nothing() {
    let link = format!("[[b{}]]\n", "#a".repeat(20_000));
    assert_eq!(told(&[("a.md", &link), ("b.md", "# B\n")]).len(), 1);
}

#[test]
fn what_follows_a_hash_is_kept_for_files_and_the_timeline() {
    let book = clean(&[
        ("book.toml", "[collections.ev]\ntimeline = true\n"),
        (
            "content/ev/a.md",
            "---\ndate: 2015\n---\n[p](../doc.pdf#page=12) [t](/timeline.html#2015) [e](../timeline.html#ev/a)\n",
        ),
        ("content/doc.pdf", "x"),
    ]);
    has(&book, "ev/a.html", r##"<a href="../doc.pdf#page=12">p</a> <a href="../timeline.html#2015">t</a>"##);
}

#[test]
fn an_item_of_a_list_is_linked_by_its_id() {
    let list =
        "- id: first\n  title: First\n- id: second\n  title: Second\n  draft: true\n- id: third\n  title: Third\n";
    let config = ("book.toml", "[collections.ev]\n");
    let book = Book::new([
        config,
        ("content/ev.yaml", list),
        ("content/z.md", "[a](ev.yaml#first) [b](ev.yaml#second) [c](ev.yaml) [d](ev/third.html)\n"),
    ]);
    let output = book.build(&["--verbose"]);
    assert!(
        output.stderr.contains("warning[draft-link]") && output.stderr.contains("1 warning\n"),
        "{}",
        output.stderr
    );
    has(
        &book,
        "z.html",
        r#"<a href="ev/first.html">a</a> b <a href="ev/index.html">c</a> <a href="ev/third.html">d</a>"#,
    );
    let output =
        Book::new([config, ("content/ev.yaml", list), ("content/z.md", "[x](ev.yaml#thrid)\n")]).build(&["--verbose"]);
    assert!(output.stderr.contains("\"ev.yaml\" has no item \"thrid\""), "{}", output.stderr);
    assert!(output.stderr.contains("did you mean \"ev.yaml#third\"?"), "{}", output.stderr);
}

#[test]
fn the_sites_own_addresses_can_be_linked() {
    let book = clean(&[
        ("book.toml", "[collections.ev]\n"),
        (
            "content/ev/a.md",
            "---\ntags: [t]\n---\n[h](/index.html) [h](/) [t](/tags/index.html) [e](index.html) [[ev]] [e](../ev/)\n\n[u](../tags/t.html) [[tags/t]]\n",
        ),
        ("content/p/README.md", "[i](index.html) [[README|r]]\n"),
    ]);
    has(
        &book,
        "ev/a.html",
        r#"<a href="../index.html">h</a> <a href="../index.html">h</a> <a href="../tags/index.html">t</a>"#,
    );
    has(&book, "ev/a.html", r#"<a href="index.html">e</a> <a href="index.html">Ev</a> <a href="index.html">e</a>"#);
    has(&book, "ev/a.html", r#"<a href="../tags/t.html">u</a> <a href="../tags/t.html">tags/t</a>"#);
    has(&book, "p/index.html", r#"<a href="index.html">i</a> <a href="index.html">r</a>"#);
    assert_eq!(told(&[("a.md", "[[sources]] [s](sources.html)\n")]).len(), 2);
    let book =
        clean(&[("a.md", "[all](all-entries.html) [[all-entries]]\n"), ("b/c.md", "[all](/all-entries.html)\n")]);
    has(&book, "a.html", r#"<a href="all-entries.html">all</a> <a href="all-entries.html">all-entries</a>"#);
    has(&book, "b/c.html", r#"<a href="../all-entries.html">all</a>"#);
    assert_eq!(told(&[("a.md", "[all](all-entries.html)\n")]).len(), 1, "a page alone is no list");
    assert_eq!(
        told(&[("all-entries.md", "# Mine\n"), ("b.md", "# B\n")]),
        [
            "warning[shared-address]: all-entries.html is the address of a page that the book makes, so that this is all-entries-e5b2.html"
        ]
    );
}

#[test]
fn a_draft_is_held_back_whatever_is_wrong_with_it() {
    let files = [
        (
            "book.toml",
            "[collections.p]\nfields.k = { type = \"text\", required = true }\n[collections.e]\nfields.r = { type = \"reference\", to = \"p\" }\n",
        ),
        ("content/p/yes.md", "---\ndraft: True\n---\n# Secret\n[[broken]]\n"),
        ("content/e/yes.md", "# Another\n"),
        ("content/e/b.md", "---\nr: yes\n---\n"),
    ];
    let book = Book::new(files);
    let output = book.build(&["--verbose"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert!(
        output.stderr.contains("warning[draft-link]") && !output.stderr.contains("missing-field"),
        "{}",
        output.stderr
    );
    assert!(book.build(&["--drafts"]).stderr.contains("error[missing-field]"));

    let book = Book::new([
        ("a.md", "---\ntitle: x: y\ndraft: true\n---\n# Secret\n"),
        ("b.md", "---\ndraft: perhaps\n---\n# Secret\n"),
        ("z.md", "[[a]]\n"),
    ]);
    let output = book.build(&["--keep-going"]);
    assert_eq!(output.stderr.matches("warning[").count(), 2, "{}", output.stderr);
    assert!(!output.stderr.contains("draft-link"), "{}", output.stderr);
    assert!(!book.tree().iter().any(|path| path == "a.html" || path == "b.html"));
}

#[test]
fn a_folder_belongs_to_its_collection_however_it_is_spelt() {
    let book = clean(&[
        ("book.toml", "[collections.policies]\nfields.n = { type = \"number\" }\n"),
        ("content/Policies/A.md", "---\nn: 1\n---\n"),
        ("content/z.md", "[a](Policies/A.md) [all](Policies/)\n"),
        ("content/a b/x.md", "# X\n"),
        ("content/a-b/y.md", "# Y\n"),
    ]);
    has(&book, "z.html", r#"<a href="policies/a.html">a</a> <a href="policies/index.html">all</a>"#);
    has(&book, "a-b/index.html", r#"href="x.html""#);
    has(&book, "a-b/index.html", r#"href="y.html""#);
    assert_eq!(
        told(&[("book.toml", "[collections.policies]\n"), ("content/Policies/A.md", "---\nn: 1\n---\n")]),
        ["error[unknown-field]: an entry of policies has no field \"n\""]
    );
}

#[test]
fn tags_that_would_have_one_address_have_two() {
    let book = clean(&[("x.md", "---\ntags: [C, C++, index, \"?\", \"!\"]\n---\n")]);
    let tags: Vec<String> = book.tree().into_iter().filter(|path| path.starts_with("tags/")).collect();
    assert_eq!(
        tags,
        ["tags/c-2.html", "tags/c.html", "tags/index-2.html", "tags/index.html", "tags/page-2.html", "tags/page.html"]
    );
}

#[test]
fn several_markdown_values_of_one_field_keep_their_links_and_ids() {
    let book = clean(&[
        ("book.toml", "[collections.p]\nfields.notes = { type = \"markdown\", many = true }\n"),
        ("content/p/a.md", "# A\n"),
        ("content/p/b.md", "# B\n"),
        (
            "content/p/c.md",
            "---\nnotes:\n  - \"See [[a]] and[^1].\\n\\n## Part\\n\\n[^1]: one\"\n  - \"See [[b]] and[^1].\\n\\n[^1]: two\"\n---\n## Part\n",
        ),
    ]);
    has(&book, "p/c.html", r#"See <a href="a.html">A</a>"#);
    has(&book, "p/c.html", r#"See <a href="b.html">B</a>"#);
}

#[test]
fn a_picture_on_another_host_becomes_a_link() {
    let files = [("a.md", "---\nimage: https://example.org/x.png\n---\n![A view](https://example.org/y.png)\n")];
    assert_eq!(told(&files).len(), 2);
    let book = Book::new(files);
    book.build(&["--verbose"]);
    assert_eq!(book.problems(), [""; 0]);
    has(&book, "a.html", r#"<a href="https://example.org/y.png" class="external" rel="noopener">A view</a>"#);
}

#[test]
fn two_pictures_of_one_name_are_both_told() {
    let files = [("z.md", "![[pic.png]] ![x](../pic.png)\n"), ("a/pic.png", "x"), ("b/pic.png", "y")];
    let output = Book::new(files).build(&["--verbose"]);
    assert!(output.stderr.contains("2 files are called \"pic.png\""), "{}", output.stderr);
    assert!(output.stderr.contains("say which by its path: a/pic.png, b/pic.png"), "{}", output.stderr);
    assert!(output.stderr.contains("\"../pic.png\" leads out of the folder"), "{}", output.stderr);
}

#[test]
fn letters_are_the_same_however_they_are_composed() {
    let book = clean(&[("cafe\u{301}.md", "# Café\n"), ("z.md", "[x](caf\u{e9}.md) [[cafe\u{301}|y]]\n")]);
    has(&book, "z.html", r#"<a href="caf%C3%A9.html">x</a> <a href="caf%C3%A9.html">y</a>"#);
}

#[test]
fn a_comment_before_the_title_costs_nothing() {
    let book = clean(&[("b.md", "<!-- licence -->\n\n# Real title\n\n[^1]: A note.\n\nText[^1].\n")]);
    has(&book, "b.html", "<h1 id=\"real-title\">Real title</h1>");
    has(&book, "b.html", r#"<meta name="description" content="Text.">"#);
}

#[test]
fn what_cannot_stand_on_a_disk_is_told_at_its_place() {
    assert_eq!(
        told(&[("a.md", "---\nredirect-from: a.html/\n---\n[x](build.json)\n"), ("build.json", "{}")]),
        [
            "warning[shared-address]: this would be a.html/index.html, and \"A\" in a.md is a.html: a file is no folder",
            "warning[shared-address]: this and a file that every site has would both be build.json; it is build-d8b0.json",
        ]
    );
    let book = clean(&[("a.md", "---\nredirect-from: [/old%20page.html, \"/caf%C3%A9/\"]\n---\n")]);
    assert!(book.tree().contains(&"old page.html".to_owned()) && book.tree().contains(&"café/index.html".to_owned()));
    let long = format!("---\ntags: [{}]\n---\n", "很长".repeat(100));
    clean(&[("a.md", &long)]);
}

#[test]
fn entries_are_sorted_by_what_the_book_says() {
    let book = clean(&[
        ("book.toml", "[collections.p]\nsort = \"published\"\n"),
        ("content/p/a.md", "---\npublished: 2020\n---\n"),
        ("content/p/b.md", "---\npublished: 2010\n---\n"),
    ]);
    let page = book.page("p/index.html");
    assert!(page.find("b.html") < page.find("a.html"));
}

#[test]
fn nothing_is_no_value_of_a_required_field() {
    assert_eq!(
        told(&[
            (
                "book.toml",
                "[collections.p]\nfields.k = { type = \"text\", required = true }\nfields.l = { type = \"text\", many = true, required = true }\n"
            ),
            ("content/p/a.md", "---\nk: \"\"\nl: []\n---\n"),
        ]),
        ["error[missing-field]: \"k\" is empty", "error[missing-field]: \"l\" is empty"]
    );
}

#[test]
fn one_of_several_dates_may_be_written_as_any_list() {
    let book = clean(&[
        ("book.toml", "[collections.e]\ntimeline = true\nfields.date = { type = \"date\", required = true }\n"),
        ("content/e.yaml", "- id: a\n  date: [2015, 2017]\n- id: b\n  date:\n    - \"2016\"\n    - 2018-05\n"),
    ]);
    has(&book, "timeline.html", "2015 or 2017");
    has(&book, "timeline.html", "2016 or May 2018");
}

#[test]
fn a_long_list_of_chinese_titles_is_cut_by_number() {
    let mut files = vec![("book.toml".to_owned(), "[collections.p]\n".to_owned())];
    files.extend((0..700u32).map(|i| {
        let letter = char::from_u32(0x4e00 + i).expect("a letter");
        (format!("content/p/{i}.md"), format!("# {letter}{i}\n"))
    }));
    let book = Book::new(files);
    assert_eq!(book.build(&["--verbose"]).stderr, "");
    assert_eq!(book.problems(), [""; 0]);
    let parts: Vec<String> = book.tree().into_iter().filter(|path| path.starts_with("p/index")).collect();
    assert_eq!(parts, ["p/index-1.html", "p/index-2.html", "p/index.html"]);
}

#[test]
fn the_file_of_the_sources_becomes_the_page_of_them() {
    let book = Book::new([
        ("book.toml", ""),
        ("content/a.md", "[all](sources.yaml) and [one](sources.yaml#atlas)\n"),
        ("content/sources.yaml", "atlas: { title: Atlas }\n"),
    ]);
    assert_eq!(book.build(&["--verbose"]).stderr, "");
    let page = book.page("a.html");
    assert!(
        page.contains("<a href=\"sources.html\">all</a>")
            && page.contains("<a href=\"sources.html#source%3Aatlas\">one</a>"),
        "{page}"
    );
}

#[test]
fn a_heading_is_found_by_its_words_before_its_anchor() {
    let book = clean(&[
        (
            "v.md",
            "# V\n\n## Version 1.2\n\n## Version 12\n\n## C\n\n## C++\n\n## C#\n\n## 🚀\n\n## Setup\n\n## setup 1\n\n## Setup 1\n",
        ),
        ("p.md", "# P\n\n## One\n\n### Q1\n\n## Other\n\n### Q1\n\n## A: b, c\n"),
        (
            "a.md",
            "[[v#Version 12|a]] [[v#C++|b]] [[v#C#|c]] [[v#🚀|d]] [[v#SETUP|e]] [[v#Setup 1|f]] [[v#setup 1|g]] \
             [[p#Other#Q1|h]] [[P#P#One#Q1|i]] [[p#A b c|j]]\n",
        ),
    ]);
    for (name, anchor) in [
        ("a", "v.html#version-12-1"),
        ("b", "v.html#c-1"),
        ("c", "v.html#c-2"),
        ("d", "v.html#"),
        ("e", "v.html#setup"),
        ("f", "v.html#setup-1-1"),
        ("g", "v.html#setup-1"),
        ("h", "p.html#q1-1"),
        ("i", "p.html#q1"),
        ("j", "p.html#a-b-c"),
    ] {
        let page = book.page("a.html");
        let link = page.split("<a ").find(|link| link.contains(&format!(">{name}</a>")));
        assert!(link.is_some_and(|link| link.contains(&format!("href=\"{anchor}"))), "{name}: {link:?}");
    }
}

#[test]
fn a_title_with_signs_of_links_in_it_is_linked_whole() {
    let book = clean(&[
        ("c-sharp.md", "# C# in depth\n"),
        ("ticket.md", "# Ticket #42\n"),
        ("testing.md", "# A | B testing\n"),
        ("a.md", "# A\n"),
        (
            "x.md",
            "[[C# in depth]] [[Ticket #42|t]] [[A | B testing]] [[A | B testing|u]] [[A|v]]\n\n- *[[A | B testing]]*\n",
        ),
    ]);
    has(&book, "x.html", r#"<a href="c-sharp.html">C# in depth</a> <a href="ticket.html">t</a>"#);
    has(
        &book,
        "x.html",
        r#"<a href="testing.html">A | B testing</a> <a href="testing.html">u</a> <a href="a.html">v</a>"#,
    );
    has(&book, "x.html", r#"<em><a href="testing.html">A | B testing</a></em>"#);
}

#[test]
fn space_around_the_parts_of_a_wikilink_is_none_of_them() {
    let book = clean(&[
        ("a.md", "# A\n"),
        ("v.md", "# V\n\n## A b\n"),
        ("p.png", "a picture"),
        (
            "x.md",
            "So [[A | B testing]], [[v#A b | B]], [[v# A b]], [[v#A b |B]], [[v #A b|\nB ]], ![[p.png | B | 10]].\n",
        ),
    ]);
    has(&book, "x.html", r#"<p>So <a href="a.html">B testing</a>, <a href="v.html#a-b">B</a>,"#);
    let [titled, b] = ["V: A b", "B"].map(|words| format!("<a href=\"v.html#a-b\">{words}</a>"));
    has(&book, "x.html", &format!("{titled}, {b}, {b}, <img src=\"p.png\" alt=\"B\" width=\"10\""));
    has(&book, "a.html", "So <mark>B testing</mark>, B, v# A b, B, B, B.");
    let files = [("v.md", "# V\n\n## Part\n"), ("x.md", "[[v# Patr | B]] ![[v#Patr | B]]\n")];
    let book = Book::new(files);
    let output = book.build(&["--verbose"]);
    assert!(output.stderr.contains("  |      ^^^^\n"), "{}", output.stderr);
    book.run(&["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(book.source("x.md"), "[[v# Part | B]] ![[v#Part | B]]\n");
}

#[test]
fn a_name_with_a_bar_is_quoted_with_the_words_of_its_link() {
    let book = clean(&[
        ("ab.md", "# A | B testing\n"),
        ("a.md", "# A\n"),
        ("x.md", "One [[A | B testing]]. Two [[A | B testing| it ]]. Three [[A | it]].\n"),
    ]);
    has(&book, "ab.html", "One <mark>A | B testing</mark>.");
    has(&book, "ab.html", "Two <mark>it</mark>.");
    has(&book, "a.html", "Three <mark>it</mark>.");
}

#[test]
fn a_file_in_a_folder_with_a_hash_is_no_heading() {
    let files = [
        ("C.md", "# C\n\n## v1.2\n"),
        ("C#/there.png", "a picture"),
        ("C#/z.md", "# Z\n"),
        (
            "x.md",
            "![[C#/missing.svg]] ![[C#/there.png]] ![[C#pic.png]] [[C#/z]] ![[C#v1.2]] ![[C#v1.3]] ![[C#/thre.png]]\n",
        ),
    ];
    assert_eq!(
        told(&files),
        [
            "warning[missing-asset]: there is no file \"C#/missing.svg\"",
            "warning[missing-asset]: there is no file \"C#pic.png\"",
            "warning[foreign-syntax]: \"C#v1.2\" is linked, not shown here",
            "warning[broken-anchor]: \"C\" has no heading \"v1.3\"",
            "warning[missing-asset]: there is no file \"C#/thre.png\"",
        ]
    );
    let book = Book::new(files);
    book.run(&["check", "--fix", "--unsafe-fixes"]);
    assert!(book.source("x.md").ends_with(" ![[C#/there.png]]\n"), "{}", book.source("x.md"));
}

#[test]
fn a_footnote_in_the_words_of_a_link_is_reached_behind_it() {
    let book = clean(&[
        ("b.md", "# B\n"),
        ("x.png", "a picture"),
        (
            "z.md",
            "1 [[b|w[^1]]], 2 ![[x.png|q[^2]]], 3 <a href=\"b.md\">y[^3]</a>, 4 [[^4]](b.md), 5 [[^5]], 6 [[b|[^6]]].\n\n[^1]: N1.\n[^2]: N2.\n[^3]: N3.\n[^4]: N4.\n[^5]: N5.\n[^6]: N6.\n",
        ),
    ]);
    let note = |nth: u32| format!("<sup><a id=\"fnref:{nth}\" href=\"#fn:{nth}\" role=\"doc-noteref\">{nth}</a></sup>");
    has(&book, "z.html", &format!("1 <a href=\"b.html\">w</a>{}, 2 <img src=\"x.png\" alt=\"q\"", note(1)));
    has(&book, "z.html", &format!("decoding=\"async\">{}, 3 <a href=\"b.html\">y</a>{}, 4", note(2), note(3)));
    has(
        &book,
        "z.html",
        &format!("4 <a href=\"b.html\">B</a>{}, 5 [{}], 6 <a href=\"b.html\">B</a>{}.", note(4), note(5), note(6)),
    );
}

#[test]
fn a_name_for_a_place_that_nothing_closes_stands_once() {
    let book = clean(&[(
        "z.md",
        "# Z\n\n<a id=\"x\">Some text.\n\n- <A NAME=\"n\" ID='y'>item\n\nThen <a id=\"b\"/>other <b id=\"c\"/>words <a id=\"o\">[p](#x)</a>.\n\n<div><a id=\"d\">in a block</div>\n\n<a id=\"e\">\n\n## Part\n\n</a>\n\nLast [x](#x) [y](#y) [b](#b) [c](#c) [d](#d) [e](#e) [n](#n) [o](#o).\n",
    )]);
    let page = book.page("z.html");
    for id in ["x", "y", "b", "c", "d", "e", "o"] {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}\n{page}");
    }
    has(&book, "z.html", "<p><a id=\"x\"></a>Some text.</p>");
    has(
        &book,
        "z.html",
        "<p>Then <a id=\"b\"></a>other <b id=\"c\"></b>words <a id=\"o\"></a><a href=\"#x\">p</a>.</p>",
    );
    has(&book, "z.html", "<div><a id=\"d\"></a>in a block</div>");
    let trusted =
        [("book.toml", "[output.html]\nraw-html = \"allow\"\n"), ("content/z.md", "<a id=\"x\">y\n\n<a id=\"b\"/>z\n")];
    has(&clean(&trusted), "z.html", "<p><a id=\"x\"></a>y</p>\n<p><a id=\"b\"/></a>z</p>");
}

#[test]
fn an_anchor_of_an_author_is_never_moved() {
    let book = clean(&[(
        "a.md",
        "# A\n\n## Install\n\n## Set up {#install}\n\n## Cafe\u{301}\n\n[x](#install) [[#Install]] [[#café]]\n",
    )]);
    has(&book, "a.html", "<h2 id=\"install\">Set up");
    has(&book, "a.html", "<h2 id=\"install-1\">Install");
    has(&book, "a.html", "<a href=\"#install\">x</a> <a href=\"#install-1\">Install</a>");
    has(&book, "a.html", "<h2 id=\"café\">");
}

#[test]
fn a_title_with_a_hash_is_linked_whole_however_yaml_has_it() {
    let files = [
        (
            "book.toml",
            "[collections.p]\n\n[collections.q]\nfields.basis = { type = \"markdown\" }\nfields.note = { type = \"markdown\" }\nfields.to = { type = \"reference\", to = \"p\", many = true }\n",
        ),
        ("content/p/deep.md", "---\ntitle: \"C# in depth\"\n---\n\n## Part #1\n"),
        ("content/p/ticket.md", "---\ntitle: \"Ticket #42\"\n---\n"),
        ("content/p/ab.md", "---\ntitle: A | B testing\n---\n"),
        ("content/p/c.md", "# C\n"),
        ("content/p/t.md", "# Ticket\n"),
        ("content/p/a.md", "# A\n"),
        (
            "content/q/z.md",
            "---\ntitle: Z\nfigures:\n  - {value: \"1\", label: l, to: \"C# in depth\"}\n  - {value: \"2\", label: l, to: 'Ticket #42'}\n  - {value: \"3\", label: l, to: \"[[C# in depth#Part #1|it]]\"}\n  - {value: \"4\", label: l, to: \"[[A | B testing|it]]\"}\nbasis: \"As \\\"[[C# in depth]]\\\" says.\"\nnote: >\n  Folded [[Ticket\n  #42|f]] and [[A | B testing|g]]\nto: [\"C# in depth\", '[[Ticket #42]]', \"[[A | B testing|x]]\"]\n---\n",
        ),
    ];
    let book = clean(&files);
    for html in [
        r##"<a href="../p/deep.html">C# in depth</a>" says."##,
        r#"<a href="../p/ticket.html">f</a> and <a href="../p/ab.html">g</a>"#,
        r##"href="../p/deep.html#part-1""##,
    ] {
        has(&book, "q/z.html", html);
    }
    for elsewhere in ["c.html", "t.html", "a.html"] {
        assert!(!book.page("q/z.html").contains(&format!("p/{elsewhere}")), "{elsewhere}");
    }
    for (page, at_least) in [("deep", 3), ("ticket", 3), ("ab", 2)] {
        let count = book.page("q/z.html").matches(&format!("href=\"../p/{page}.html")).count();
        assert!(count >= at_least, "{page}: {count}\n{}", book.page("q/z.html"));
    }
}

#[test]
fn behind_a_title_with_a_bar_stand_a_heading_and_words() {
    let book = clean(&[
        ("m/ab.md", "# A | B testing\n\n## Setup\n\n## C# | D\n"),
        ("m/a.md", "# A\n"),
        (
            "n/x.md",
            "[[A | B testing#Setup]] [[A | B testing#setup|w]]\n\n> - *[[a | b testing #Setup]]*[^1]\n\n| a |\n|---|\n| [[A \\| B testing#Setup]] [[A \\| B testing#Setup\\|t]] |\n\n[^1]: [[A |\nB testing#Setup|n]]\n",
        ),
    ]);
    let page = book.page("n/x.html");
    let setup = |words: &str| format!("<a href=\"../m/ab.html#setup\">{words}</a>");
    let title = setup("A | B testing: Setup");
    assert!(page.matches(&title).count() >= 3, "{page}");
    for words in ["w", "t", "n"] {
        has(&book, "n/x.html", &setup(words));
    }
    assert!(!page.contains("m/a.html"), "{page}");
    assert_eq!(
        told(&[("ab.md", "# A | B testing\n"), ("a.md", "# A\n"), ("x.md", "[[A | B testing#Nope]]\n")]),
        ["warning[broken-anchor]: \"A | B testing\" has no heading \"Nope\""]
    );
}

#[test]
fn what_is_shown_in_place_and_has_a_bar_in_its_name_is_named_whole() {
    let files =
        [("ab.md", "# A | B testing\n"), ("a.md", "# A\n"), ("x.md", "![[A | B testing]] ![[A | B testing|w]]\n")];
    let book = Book::new(files);
    let output = book.build(&["--verbose"]);
    has(&book, "x.html", r#"<a href="ab.html">A | B testing</a> <a href="ab.html">w</a>"#);
    assert!(output.stderr.contains("\"A | B testing\" is linked, not shown here"), "{}", output.stderr);
}

#[test]
fn a_name_with_a_hash_that_is_held_back_or_of_several_is_no_heading_of_another() {
    let files = [
        ("c.md", "# C\n"),
        ("one/x.md", "---\ntitle: \"F# notes\"\n---\n"),
        ("two/x2.md", "---\ntitle: \"F# notes\"\n---\n"),
        ("f.md", "# F\n"),
        ("deep.md", "---\ntitle: \"C# in depth\"\ndraft: true\n---\n"),
        ("z.md", "[[C# in depth]] [[F# notes]]\n"),
    ];
    let told = told(&files);
    assert!(told.iter().any(|line| line.contains("[draft-link]")), "{told:?}");
    assert!(told.iter().any(|line| line.contains("[ambiguous-link]")), "{told:?}");
    assert!(!told.iter().any(|line| line.contains("no heading")), "{told:?}");
}

#[test]
fn a_heading_behind_a_name_with_signs_is_the_place_that_is_told() {
    let book = Book::new([
        ("c.md", "# C# | D\n\n## Part\n"),
        ("x.md", "[[C# | D#Prat]]\n\n| a |\n|---|\n| [[C# \\| D#Prat\\|w]] |\n"),
    ]);
    assert!(book.run(&["check"]).stdout.contains("x.md:1:10"), "{}", book.run(&["check"]).stdout);
    book.run(&["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(book.source("x.md"), "[[C# | D#Part]]\n\n| a |\n|---|\n| [[C# \\| D#Part\\|w]] |\n");
}

#[test]
fn headings_that_differ_by_signs_are_told_as_what_they_are() {
    for (text, expected) in [
        ("## Setup!\n\n## Setup?\n\n[[#setup.]]\n", "\"X\" has 2 headings that \"setup.\" may mean"),
        ("## Setup\n\n## SETUP\n\n[[#setup]]\n", "\"X\" has 2 headings that \"setup\" may mean"),
        ("## Setup\n\n## Setup\n\n## Setup!\n\n[[#Setup]]\n", "\"X\" has 2 headings \"Setup\""),
        ("## Part\n\n### Q1!\n\n### Q1?\n\n[[#Part#q1.]]\n", "\"X\" has 2 headings that \"Part#q1.\" may mean"),
    ] {
        let output = Book::new([("x.md", text)]).run(&["check"]);
        let first = output.stdout.lines().find(|line| line.starts_with("warning[ambiguous-heading]"));
        assert_eq!(first, Some(&*format!("warning[ambiguous-heading]: {expected}")), "{}", output.stdout);
        assert!(output.stdout.contains("-1\n") && !output.stdout.contains("as \n"), "{}", output.stdout);
    }
}

#[test]
fn a_sign_too_many_says_nothing() {
    let book = clean(&[
        ("v.md", "# V\n\n## F# notes\n\n## F notes\n\n### Deep\n"),
        ("x.md", "[[v##F notes|a]] [[v#F notes#|b]] [[v#F notes##Deep|c]] [[v#F# notes|d]] [[v##F# notes#|e]]\n"),
    ]);
    for (words, anchor) in [("a", "f-notes-1"), ("b", "f-notes-1"), ("c", "deep"), ("d", "f-notes"), ("e", "f-notes")] {
        has(&book, "x.html", &format!("<a href=\"v.html#{anchor}\">{words}</a>"));
    }
}

#[test]
fn a_file_whose_name_holds_a_sign_of_links_is_shown_and_linked() {
    let files = [
        ("n/c.md", "# C\n"),
        ("n/x.md", "# X\n"),
        ("n/a.md", "# A\n"),
        ("n/C#/p.png", "p"),
        ("n/x#y.png", "x"),
        ("n/deep/F# notes.pdf", "f"),
        ("n/a|b.png", "a"),
        (
            "n/z.md",
            "![[C#/p.png]] ![[x#y.png|words|100]] [[F# notes.pdf]] [[x#y.png#page|it]] ![[a|b.png]]\n\n| a |\n|---|\n| ![[x#y.png\\|t]] |\n",
        ),
    ];
    let book = Book::new(files);
    let output = book.build(&[]);
    let told = "warning: a file in the site has a name that Windows does not take, nor GitHub as part of an artifact: n/a|b.png";
    assert_eq!((output.status, output.stderr.trim()), (0, told));
    assert_eq!(book.problems(), [""; 0]);
    let page = book.page("n/z.html");
    assert_eq!(page.matches("<img src=").count(), 4, "{page}");
    for html in ["alt=\"words\" width=\"100\"", "alt=\"t\"", "notes.pdf\">", "%23y.png#page\">it</a>"] {
        has(&book, "n/z.html", html);
    }
    let prose = page
        .split("class=\"prose\">")
        .nth(1)
        .and_then(|rest| rest.split("<div class=\"entry-aside\">").next())
        .expect("a text");
    for elsewhere in ["c.html", "x.html", "a.html"] {
        assert!(!prose.contains(elsewhere), "{prose}");
    }
}
