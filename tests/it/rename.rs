//! Giving an entry another address: every link follows, and the old address leads on.

use insta::assert_snapshot;

use crate::support::Book;

const CONFIG: &str = r#"[book]
title = "T"

[collections.policies]
fields.sectors = { type = "reference", to = "sectors", many = true, inverse = "Policies" }
fields.basis = { type = "markdown" }

[collections.sectors]

[collections.events]
timeline = true
fields.policies = { type = "reference", to = "policies", many = true, inverse = "Events" }
"#;

const PLAN: &str = "---\ntitle: The plan\naliases: [Plan of plans]\nsectors: [robotics]\n---\n\n## Aims\n\nSee [robots](../sectors/robotics.md), [itself](plan.md#aims) and ![a picture](../pictures/a.svg).\n";

/// A book in which everything refers to the plan.
fn book() -> Book {
    Book::new([
        ("book.toml", CONFIG),
        ("content/policies/plan.md", PLAN),
        (
            "content/policies/other.md",
            "---\ntitle: Other\nbasis: The [plan](plan.md), in force.\n---\nA [plan](plan.md#aims), [[plan]], [[plan|it]], [[policies/plan#Aims]], [[The plan]], [[plan of plans|it]].\n",
        ),
        (
            "content/sectors/robotics.md",
            "---\ntitle: Robotics\nfigures:\n  - { value: 10, label: sectors, to: plan }\n---\n[by page](../policies/plan.html), [bare](../policies/plan), [root](/policies/plan.md), [by ref][p],\n<a href=\"../policies/plan.md\">html</a>, again [by ref][p].\n\n[p]: ../policies/plan.md \"The plan\"\n",
        ),
        (
            "content/events.yaml",
            "- id: signed\n  title: Signed\n  date: 2015\n  policies: [plan, { to: policies/plan, note: a note }]\n  body: |\n    It was [signed](policies/plan.md).\n\n      中文 [[plan|计划]] and [[events/signed]].\n- { id: ended, title: Ended, date: 2025, policies: \"[[plan|it]]\" }\n",
        ),
        (
            "content/events/other.yaml",
            "title: Other event\ndate: 2016\npolicies:\n  - plan\nbody: >\n  Folded words\n  on [[policies/plan]] here.\n",
        ),
        ("content/pictures/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/index.md", "Home of [the plan](policies/plan.md) and [[Signed]] and [this](events.yaml#signed).\n"),
    ])
}

/// What the command says and what it changes.
fn renamed(book: &Book, args: &[&str]) -> String {
    let shown = book.run(&[&["rename"], args, &["--dry-run"]].concat());
    let before = book.sources();
    let done = book.run(&[&["rename"], args].concat());
    assert_eq!((shown.status, done.status), (0, 0), "{}{}", shown.stderr, done.stderr);
    assert_ne!(before, book.sources());
    let check = book.run(&["check"]);
    assert_eq!((check.status, check.stdout.contains("all is well")), (0, true), "{}", check.stdout);
    format!("{}\n{}", done.stdout, shown.stdout)
}

#[test]
fn every_link_follows_in_every_syntax() {
    let book = book();
    assert_snapshot!(renamed(&book, &["plan", "grand-plan"]));
    assert!(!book.folder().join("content/policies/plan.md").exists());
    assert_eq!(book.build(&[]).status, 0);
    assert!(book.page("policies/plan.html").contains("url=grand-plan.html"));
}

#[test]
fn what_moves_to_another_folder_takes_its_own_links_along() {
    let text = "# A page\n\n[b](b.md#x) ![i](../img/i%20j.svg) [up](../) [self](a.md) [root](/notes/b.md) [web](https://a.b/c) [[b]]\n\n## x\n";
    let book = Book::new([
        ("notes/a.md", text),
        ("notes/b.md", "# B\n\n## x\n\nBack to [a](a.md).\n"),
        ("Other Notes/c.md", "# C\n\nTo [a](<../notes/a.md#x>).\n"),
        ("img/i j.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("index.md", "Home, with [[notes/a]]\n"),
    ]);
    assert_snapshot!(renamed(&book, &["notes/a.md", "other-notes/d"]));
    assert_snapshot!(renamed(&book, &["d", "deep/er/page"]));
}

#[test]
fn what_no_longer_fits_in_another_collection_is_told() {
    let output = book().run(&["rename", "plan", "sectors/plan"]);
    assert_eq!(output.status, 1);
    assert_snapshot!(output.stderr);
}

#[test]
fn an_item_of_a_list_is_renamed_in_its_list() {
    let book = book();
    assert_snapshot!(renamed(&book, &["content/events.yaml#signed", "signature"]));
    assert_snapshot!(renamed(&book, &["events/ended", "结束"]));
}

#[test]
fn old_addresses_gather_however_they_are_written() {
    for (before, after) in [
        ("Text.\n", "---\nredirect-from: notes/a.html\n---\n\nText.\n"),
        ("\u{feff}---\r\n---\r\nText.\r\n", "\u{feff}---\r\nredirect-from: notes/a.html\r\n---\r\nText.\r\n"),
        ("---\norder: 1 # first\n---\n", "---\norder: 1 # first\nredirect-from: notes/a.html\n---\n"),
        (
            "---\ntitle: >\n  A\n  b\norder: 1\n---\n",
            "---\ntitle: >\n  A\n  b\nredirect-from: notes/a.html\norder: 1\n---\n",
        ),
        ("---\nredirect-from: /x\ntags: a\n---\n", "---\nredirect-from: [/x, notes/a.html]\ntags: a\n---\n"),
        ("---\nredirect-from: [x, y] # old\n---\n", "---\nredirect-from: [x, y, notes/a.html] # old\n---\n"),
        (
            "---\nredirect-from:\n  - x # old\n  - y\ntags: a\n---\n",
            "---\nredirect-from:\n  - x # old\n  - y\n  - notes/a.html\ntags: a\n---\n",
        ),
        ("---\nredirect-from:\ntags: a\n---\n", "---\nredirect-from: [notes/a.html]\ntags: a\n---\n"),
        (
            "---\nredirect-from:\n  - notes/b\n  - x\n---\n",
            "---\nredirect-from:\n  - notes/b\n  - x\n  - notes/a.html\n---\n",
        ),
        ("---\nslug: a # mine\n---\n", "---\nslug: b # mine\nredirect-from: notes/a.html\n---\n"),
        ("---\ndraft: true\n---\n", "---\ndraft: true\n---\n"),
    ] {
        let file = if before.contains("slug") { "content/notes/first.md" } else { "content/notes/a.md" };
        let book = Book::new([("book.toml", "[collections.notes]\n"), (file, before)]);
        let output = book.run(&["rename", "notes/a", "b"]);
        assert_eq!(output.status, 0, "{before:?} {}", output.stderr);
        let moved = if before.contains("slug") { file } else { "content/notes/b.md" };
        assert_eq!(book.source(moved), after);
    }
}

#[test]
fn there_and_back_again() {
    let book = book();
    let before = book.sources();
    for (old, new) in [("plan", "grand-plan"), ("grand-plan", "plan")] {
        assert_eq!(book.run(&["rename", old, new]).status, 0);
    }
    let changed: Vec<_> = book.sources().into_iter().filter(|file| !before.contains(file)).collect();
    let [(path, text)] = changed.as_slice() else { panic!("{changed:?}") };
    assert_eq!(path, "content/policies/plan.md");
    assert_eq!(text.replace("redirect-from: [policies/plan.html, policies/grand-plan.html]\n", ""), PLAN);
}

#[test]
fn the_old_address_is_where_the_page_stood_in_a_folder_that_gave_way() {
    let book = Book::new([
        ("a.md", "# A\n\n[[X]] [[a.html/x]] [x](a.html/x.md) [page](a.html/x.html)\n"),
        ("a.html/x.md", "# X\n"),
        ("a.html/y.md", "# Y\n\n[x](x.md)\n"),
    ]);
    book.build(&[]);
    let old = book.tree().into_iter().find(|path| path.ends_with("/x.html")).expect("the page");
    assert_ne!(old, "a.html/x.html");
    let before = book.source("a.md");
    let run = book.run(&["rename", "a.html/x.md", "z"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(book.source("a.md"), "# A\n\n[[X]] [[a.html/z]] [x](a.html/z.md) [page](a.html/z.html)\n");
    assert_eq!(book.source("a.html/z.md"), format!("---\nredirect-from: {old}\n---\n\n# X\n"));
    book.build(&[]);
    assert_eq!(book.problems(), [""; 0]);
    assert!(book.page(&old).contains("url=z.html"), "{}", book.page(&old));
    let run = book.run(&["rename", "a.html/z", "x"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let left = old.replace("/x.html", "/z.html");
    let text = book.source("a.html/x.md").replace(&format!("---\nredirect-from: [{old}, {left}]\n---\n\n"), "");
    assert_eq!((text.as_str(), book.source("a.md")), ("# X\n", before));
}

#[test]
fn links_in_a_footnote_that_nobody_sees_follow() {
    let book = Book::new([
        ("book.toml", "[collections.n]\nfields.note = { type = \"markdown\" }\n"),
        (
            "content/n/a.md",
            "---\nnote: |\n  A.\n\n  [^y]: [b](b.md)\n---\nText[^1].\n\n[^1]: [b](b.md)\n\n[^x]: See [b](b.md) and [[n/b|it]] [^z].\n\n[^z]: [b](b.md#part)\n",
        ),
        ("content/n/b.md", "# B\n\n## Part\n\n[^x]: [b](b.md) and [a](a.md)\n"),
    ]);
    let run = book.run(&["rename", "n/b", "c"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let text = "---\nnote: |\n  A.\n\n  [^y]: [b](c.md)\n---\nText[^1].\n\n[^1]: [b](c.md)\n\n[^x]: See [b](c.md) and [[n/c|it]] [^z].\n\n[^z]: [b](c.md#part)\n";
    assert_eq!(book.source("content/n/a.md"), text);
    assert!(book.source("content/n/c.md").ends_with("\n[^x]: [b](c.md) and [a](a.md)\n"));
}

#[test]
fn what_stands_in_the_way_is_told_and_nothing_changes() {
    let book = book();
    book.write("content/policies/taken.MD", "# Taken\n");
    let before = book.sources();
    let mut told = String::new();
    for (old, new) in [
        ("plam", "x"),
        ("nothing alike at all", "x"),
        ("plan", "The Plan"),
        ("plan", "plan"),
        ("plan", "other"),
        ("index", "home"),
        ("events/signed", "policies/signed"),
    ] {
        let output = book.run(&["rename", old, new]);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{old} {new}");
        told += &output.stderr;
    }
    assert_snapshot!(told);
    book.write("content/bad.md", "---\ntitle: [\n---\n");
    assert!(book.run(&["rename", "plan", "x"]).stderr.contains("content/bad.md cannot be read; mend it first"));
    book.remove("content/bad.md");
    assert_eq!(before, book.sources());
}

/// What a renaming makes of files, where they change.
fn after(files: &[(&str, &str)], args: &[&str]) -> Vec<(String, String)> {
    let book = Book::new(files.iter().copied());
    let before = book.sources();
    let output = book.run(&[&["rename"], args].concat());
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
    assert!(book.run(&["check"]).stdout.contains("all is well"), "{}", book.run(&["check"]).stdout);
    book.sources().into_iter().filter(|file| !before.contains(file)).collect()
}

#[test]
fn a_name_that_comes_to_mean_another_entry_is_pinned_to_an_address() {
    for (files, args, expected) in [
        // A slug comes before a title.
        (
            &[
                ("a/iron.md", "---\ntitle: Steel\n---\nx\n"),
                ("b/y.md", "---\ntitle: Y\n---\nx\n"),
                ("c.md", "[[Steel]] [y](b/y.md)\n"),
            ][..],
            &["b/y", "steel"][..],
            "[[a/iron]] [y](b/steel.md)\n",
        ),
        // An alias that was hidden by a slug, and another entry's title that was, too.
        (
            &[
                ("a/steel.md", "---\ntitle: Metal A\n---\nx\n"),
                ("b/y.md", "---\ntitle: Steel\n---\nx\n"),
                ("c.md", "[[Steel]] [y](b/y.md)\n"),
            ],
            &["a/steel", "metal"],
            "[[metal]] [y](b/y.md)\n",
        ),
        // A title that the file's name gave goes with it.
        (
            &[("a/old-one.md", "x\n"), ("c.md", "[[old-one]] [[Old one]] [[Old one|it]]\n")],
            &["a/old-one", "new-one"],
            "[[new-one]] [[a/new-one]] [[a/new-one|it]]\n",
        ),
        // A sign in a title is no heading.
        (
            &[("a/x.md", "---\ntitle: C#\n---\nx\n"), ("c.md", "[[C#]] [[x#]]\n")],
            &["a/x", "csharp"],
            "[[C#]] [[csharp#]]\n",
        ),
        // A bar in a table stays escaped, brackets in a path are, and a query is kept.
        (
            &[("a/x.md", "x\n"), ("c.md", "| a | b |\n|---|---|\n| [[x\\|text]] | z |\n\n[q](a/x.md?y=1#top)\n")],
            &["a/x", "y"],
            "| a | b |\n|---|---|\n| [[a/y\\|text]] | z |\n\n[q](a/y.md?y=1#top)\n",
        ),
    ] {
        let changed = after(files, args);
        let (_, text) = changed.iter().find(|(path, _)| path == "c.md").expect("a change");
        assert_eq!(text, expected);
    }
}

#[test]
fn what_a_moved_file_shows_by_name_is_shown_still() {
    let files = [
        ("a/x.md", "![[sub/p.png|d]] ![[./q (1).png|d]] [r](q%20%281%29.png)\n"),
        ("a/sub/p.png", "p"),
        ("a/q (1).png", "q"),
        ("c.md", "[x](a/x.md)\n"),
    ];
    let changed = after(&files, &["a/x", "b/x"]);
    assert_eq!(
        changed,
        [
            ("b/x.md".to_owned(), "---\nredirect-from: a/x.html\n---\n\n![[../a/sub/p.png|d]] ![[../a/q (1).png|d]] [r](../a/q%20%281%29.png)\n".to_owned()),
            ("c.md".to_owned(), "[x](b/x.md)\n".to_owned()),
        ]
    );
}

#[test]
fn an_entry_moves_to_the_top_of_the_book() {
    for new in ["/top", "content/top.md"] {
        let files = [("book.toml", ""), ("content/a/x.md", "[c](../c.md)\n"), ("content/c.md", "[x](a/x.md)\n")];
        let changed = after(&files, &["a/x", new]);
        assert_eq!(changed[0], ("content/c.md".to_owned(), "[x](top.md)\n".to_owned()));
        assert_eq!(changed[1].0, "content/top.md");
        assert!(changed[1].1.ends_with("[c](c.md)\n"), "{}", changed[1].1);
    }
}

#[test]
fn keys_in_braces_stay_so_and_a_word_of_yaml_is_quoted() {
    let config = ("book.toml", "[collections.people]\nfields.near = { type = \"reference\", to = \"people\" }\n");
    let files = [
        config,
        (
            "content/people.yaml",
            "- {\n    id: a,\n    title: Ann,\n    near: b\n  }\n- {\"id\": \"b\", \"title\": \"Bob\", \"near\": \"a\"}\n",
        ),
    ];
    let text = |args: &[&str]| after(&files, args).swap_remove(0).1;
    assert_eq!(
        text(&["people/a", "null"]),
        "- {\n    id: \"null\",\n    title: Ann, redirect-from: people/a.html,\n    near: b\n  }\n- {\"id\": \"b\", \"title\": \"Bob\", \"near\": \"null\"}\n"
    );
    assert_eq!(
        text(&["people/b", "c"]),
        "- {\n    id: a,\n    title: Ann,\n    near: c\n  }\n- {\"id\": c, \"title\": \"Bob\", \"redirect-from\": people/b.html, \"near\": \"a\"}\n"
    );
}

#[test]
fn an_entry_is_not_renamed_into_nowhere() {
    let book = Book::new([
        ("book.toml", "[collections.events]\ntimeline = true\n"),
        ("content/events/tay.yaml", "title: Tay\ndate: 1878\n"),
        ("content/notes/x.md", "---\nredirect-from: notes/was.html\n---\nx\n"),
        ("content/notes/y.md", "x\n"),
    ]);
    let before = book.sources();
    let mut told = String::new();
    for (old, new) in [
        ("notes/x", "node_modules/x"),
        ("events/tay", "notes/tay"),
        ("notes/x", "index"),
        ("notes/x", "README"),
        ("notes/y", "was"),
        ("notes/y", "timeline/x/../y"),
    ] {
        let output = book.run(&["rename", old, new]);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{old} {new}");
        told += &output.stderr;
    }
    assert_eq!(before, book.sources());
    assert_snapshot!(told);
}

#[test]
fn a_title_with_the_signs_of_a_link_in_it_stays_and_leads_there_still() {
    for (title, links) in [
        ("C# in depth", "[[C# in depth]] [[C# in depth#Part 1]] [[C# in depth|w]] ![[C# in depth#Part 1|w]]"),
        ("A | B", "[[A | B]] [[a | b|w]] [[A | B#Part 1]] *[[A | B#Part 1|w]]*"),
        ("Ticket #42", "[[Ticket #42]] [[Ticket #42#Part 1|w]]"),
        ("C#", "[[C#]] [[C##Part 1]] [[C#|w]]"),
    ] {
        let text = format!("---\ntitle: \"{title}\"\n---\n\n## Part 1\n");
        let links = format!("{links}\n");
        let files = [
            ("n/cs.md", text.as_str()),
            ("n/c.md", "# C\n"),
            ("n/a.md", "# A\n"),
            ("n/ticket.md", "# Ticket\n"),
            ("x.md", links.as_str()),
            ("y.md", "[[cs#Part 1|w]]\n"),
        ];
        let book = Book::new(files);
        let output = book.run(&["rename", "n/cs", "csharp"]);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{title}: {}", output.stdout);
        assert_eq!(book.source("x.md"), links);
        assert_eq!(book.source("y.md"), "[[csharp#Part 1|w]]\n");
    }
}

#[test]
fn a_name_with_the_signs_of_a_link_in_it_is_written_anew_whole() {
    for (file, links, expected) in [
        ("n/x#y.md", "[[x#y]] [[n/x#y]] [[x#y|w]] [[x#y#Part 1]]", "[[xy]] [[n/xy]] [[xy|w]] [[xy#Part 1]]"),
        ("n/x|y.md", "[[x|y]] [[x|y|w]] [[x|y#Part 1]]", "[[xy]] [[xy|w]] [[xy#Part 1]]"),
        ("n/x|y.md", "| a |\n|---|\n| [[x\\|y\\|w]] |", "| a |\n|---|\n| [[xy\\|w]] |"),
    ] {
        let text = "---\ntitle: T\n---\n\n## Part 1\n";
        let links = format!("{links}\n");
        let changed = after(&[(file, text), ("n/x.md", "# X\n"), ("z.md", &links)], &[file, "xy"]);
        let (_, text) = changed.iter().find(|(path, _)| path == "z.md").expect("a change");
        assert_eq!(*text, format!("{expected}\n"));
    }
}

#[test]
fn a_link_that_must_be_pinned_is_pinned_with_its_heading_alone() {
    // The title that the file's name gives goes with it.
    let files = [
        ("n/C# in depth.md", "## Part 1\n"),
        ("n/C.md", "# C\n"),
        ("x.md", "[[C# in depth]] [[C# in depth#Part 1]] [[C# in depth|w]]\n"),
    ];
    let changed = after(&files, &["n/C# in depth.md", "sharp"]);
    let (_, text) = changed.iter().find(|(path, _)| path == "x.md").expect("a change");
    assert_eq!(text, "[[n/sharp]] [[n/sharp#Part 1]] [[n/sharp|w]]\n");
}
