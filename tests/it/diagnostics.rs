//! What authors get wrong, and what they are told: the place, the line, and a way to mend it.

use crate::support::Book;

/// A book with the two declared collections that these stories need.
const CONFIG: &str = r#"[book]
title = "T"

[collections.policies]
title = "Policies"
singular = "Policy"
fields.kind = { type = "choice", values = ["plan", "fund"], required = true }
fields.sectors = { type = "reference", to = "sectors", many = true, inverse = "Policies" }
fields.country = { type = "country" }
fields.amount = { type = "quantity" }
fields.site = { type = "url" }
fields.active = { type = "yes-no" }
fields.share = { type = "number" }

[collections.sectors]
title = "Sectors"
singular = "Sector"

[collections.events]
timeline = true
fields.date = { type = "date", required = true }

[countries]
EU = { name = "European Union", members = ["DE", "FR"] }
"#;

/// What the binary tells of a book of these files beside the two collections. Nothing may be written.
fn told(files: &[(&str, &str)]) -> String {
    let book = Book::new([("book.toml", CONFIG)]);
    for (path, text) in files {
        book.write(format!("content/{path}"), text);
    }
    let output = book.build(&["--verbose"]);
    assert_eq!((output.status, output.stdout.as_str()), (1, ""), "{}", output.stderr);
    assert_eq!(book.tree(), [""; 0]);
    output.stderr.replace("[temp]/book/", "")
}

/// The same for a book that is only warned.
fn warned(files: &[(&str, &str)]) -> String {
    let book = Book::new(files.iter().copied());
    let output = book.build(&["--verbose"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    output.stderr.replace("[temp]/book/", "")
}

const ROBOTICS: (&str, &str) = ("sectors/robotics.md", "---\ntitle: Robotics\n---\n## Money\n\nText\n");

#[test]
fn a_misspelt_name_is_answered_with_the_nearest_one() {
    insta::assert_snapshot!(told(&[
        ROBOTICS,
        (
            "policies/a.md",
            "---\ntitle: A\nkind: pla\nsectors: [robtics]\n---\nSee [[Robtics]] and [[Robotics#Mony]].\n"
        ),
        (
            "policies/b.md",
            "---\ntitle: B\nkind: plan\nsumary: x\n---\nSee [x](../sectors/robotic.md) and [y](../sectors/robotics.md#mony).\n"
        ),
    ]));
}

#[test]
fn a_link_that_leads_nowhere_is_told_at_its_target() {
    insta::assert_snapshot!(told(&[
        ROBOTICS,
        (
            "policies/a.md",
            "---\ntitle: A\nkind: plan\n---\n[[Nothing alike]] [x](../../outside.md) [y][r] ![z](pic.png)\n\n[r]: nowhere.md\n"
        ),
    ]));
}

#[test]
fn a_name_that_several_answer_to_is_told_with_all_of_them() {
    insta::assert_snapshot!(told(&[
        ("sectors/plan.md", "---\ntitle: Energy plan\n---\n[[plan]]\n"),
        ("policies/plan.md", "---\ntitle: The plan\nkind: plan\n---\n"),
    ]));
}

#[test]
fn two_of_one_name_in_a_collection_are_told_with_both_places() {
    insta::assert_snapshot!(told(&[
        ("sectors/a.md", "---\ntitle: Rail\n---\n"),
        ("sectors/b.md", "---\ntitle: RAIL\naliases: [Robots]\n---\n"),
        ("sectors/c.md", "---\ntitle: Robots\n---\n"),
    ]));
}

#[test]
fn a_value_of_the_wrong_type_is_told_with_an_example() {
    insta::assert_snapshot!(told(&[
        ROBOTICS,
        (
            "policies/a.md",
            "---\ntitle: A\nkind: [plan, fund]\ncountry: China\namount: a lot\nsite: example.org\nactive: maybe\nshare: 12%\ndate: May of 2015\nsectors: {a: b}\norder: first\n---\n",
        ),
        (
            "policies/b.md",
            "---\ntitle: [B]\nkind: Plan\ncountry: European Union\nslug: Not a slug\nredirect-from: ../up\nsources: [{titel: x}]\n---\n"
        ),
        ("events/a.md", "---\ntitle: A\ndate: 2015-02-30\n---\n"),
        ("events/b.md", "---\ntitle: B\ndate: 05/06/2015\n---\n"),
    ]));
}

#[test]
fn what_is_missing_unknown_or_at_the_wrong_end_is_told() {
    insta::assert_snapshot!(told(&[
        ("sectors/a.md", "---\ntitle: A\npolicies: [b]\ncolour: red\n---\n"),
        ("policies/b.md", "---\ntitle: B\nsectors: [c, events/d]\nsources: [nyt]\n---\n"),
        ("events/c.md", "---\ntitle: C\ndate:\n---\n"),
        ("events/d.md", "Only text.\n"),
    ]));
}

#[test]
fn all_of_a_yaml_file_is_read_in_spite_of_its_mistakes() {
    insta::assert_snapshot!(told(&[
        (
            "events.yaml",
            "- title: No id\n  date: 2015-13\n- id: x\n  date: 2015\n  date: 2016\n- just text\n- id: y\n  date: 2015\n  body: |\n    One [[nowhere]].\n\n    中文 [[nowhere else]].\n"
        ),
        ("events/a.yaml", "title: \"B\ndate: 2015\n"),
        ("events/b.md", "---\ntitle: C: D\n---\n"),
        ("events/c.md", "---\ntitle: D\ndate: 2018\n"),
        ("events/d.md", "---\n- a list\n---\n"),
        ("events/e.yaml", "title: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n"),
    ]));
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let mut bomb = "title: x\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..9 {
        let refs = vec![format!("*a{}", i - 1); 10].join(", ");
        bomb += &format!("a{i}: &a{i} [{refs}]\n");
    }
    let told = told(&[("events/a.yaml", &bomb), ("sectors/a.md", &format!("---\n{bomb}---\n"))]);
    assert_eq!(told.matches("error[bad-yaml]: the aliases here stand for too many values").count(), 2, "{told}");
}

#[test]
fn two_pages_at_one_address_are_told_by_case_too() {
    insta::assert_snapshot!(told(&[
        ("sectors/index.md", "# Sectors\n"),
        ("sectors/README.md", "# Sectors too\n"),
        ("sectors/a.md", "---\ntitle: A\nredirect-from: policies/b\n---\n![p](pic.PNG) ![p](pic.png)\n"),
        ("sectors/x.md", "---\ntitle: X\nslug: a\n---\n"),
        ("policies/b.md", "---\ntitle: B\nkind: plan\n---\n"),
        ("timeline.md", "# My timeline\n"),
        ("sectors/pic.png", ""),
        ("sectors/pic.PNG", ""),
    ]));
}

#[test]
fn columns_count_characters_whatever_the_line_ends() {
    insta::assert_snapshot!(told(&[(
        "policies/a.md",
        "\u{feff}---\r\ntitle: 中国 x\r\nkind: 计划\r\n---\r\n\r\n中国𝄞 e\u{301} [[没有]] x\r\n",
    )]));
}

#[test]
fn an_unreadable_file_costs_the_others_nothing() {
    let book = Book::new([("good.md", "# Good\n".as_bytes()), ("bad.md", b"ab\n\xffc")]);
    let output = book.build(&["--verbose"]);
    assert_eq!(output.status, 0);
    insta::assert_snapshot!(output.stderr);
    assert!(book.tree().contains(&"good.html".to_owned()));
}

#[test]
fn book_toml_is_checked_before_what_is_read_against_it() {
    let book = Book::new([
        (
            "book.toml",
            "[book]\ntitel = \"T\"\nsrc = \"../up\"\n[output.html]\nraw-html = \"yes\"\nsite-ulr = \"x\"\n[theme]\nname = \"mine\"\n\
             [collections.a]\nsort = \"dte\"\ntimeline = \"yes\"\n[collections.a.fields.x]\n[collections.a.fields.y]\ntype = \"txt\"\n\
             [collections.a.fields.z]\ntype = \"reference\"\nto = \"bb\"\n[collections.a.fields.title]\ntype = \"number\"\n\
             [collections.a.fields.r]\ntype = \"reference\"\nto = \"b\"\ninverse = \"q\"\n[collections.b.fields.q]\ntype = \"choice\"\n\
             [countries]\nEU = { name = \"European Union\", members = [\"Germany\"] }\n",
        ),
        ("content/a/x.md", "[[broken]]\n"),
    ]);
    let output = book.build(&[]);
    assert_eq!(output.status, 1);
    insta::assert_snapshot!(output.stderr.replace("[temp]/book/", ""));
}

#[test]
fn a_table_of_a_later_version_is_told_as_such_and_one_of_almost_its_name_as_meant() {
    let told = |table: &str| {
        let text = format!("[book]\ntitle = \"T\"\n\n[{table}]\n");
        let output = Book::new([("book.toml", text.as_str()), ("content/a.md", "# A\n")]).run(&["check", "."]);
        (output.status, output.stdout.replace("[temp]/book/", ""))
    };
    let (status, said) = told("export");
    assert!(status == 1 && said.contains("book.toml:4:2"), "{said}");
    assert!(said.contains("error[bad-config]: this version of dossier has no [export] yet"), "{said}");
    assert_eq!(told("export.epub").1.matches("error[").count(), 1);
    for (written, meant) in [("feed", "feeds"), ("exports", "export")] {
        let (_, said) = told(written);
        assert!(said.contains(&format!("book.toml has no key \"{written}\"")), "{said}");
        assert!(said.contains(&format!("did you mean \"{meant}\"?")), "{said}");
    }
}

#[test]
fn what_a_book_asks_of_lists_labels_and_looks_is_checked() {
    let book = Book::new([(
        "book.toml",
        "[collections.a]\nlayout = \"tabel\"\ngroup = \"kid\"\nfields.kind = { type = \"choice\", values = { x = 1, w = [\"A\", 2], v = \"\", y = [\"Y\", \"Ys\"] } }\n\
         fields.n = { type = \"number\", inverse = \"Ns\", values = [\"1\"] }\n[collections.b]\ngroup = \"title\"\n\
         [theme.tokens]\naccent = 5\nlink = \"red; } body {\"\nmark = [\"#fff\", \"#000\", \"#111\"]\ntext = \"URL(x)\"\nborder = \"[red\"\nmuted = \")red(\"\nnote = \"'a\\\"'\\\"\"\ntip = \"red !important\"\n",
    )]);
    let output = book.build(&[]);
    assert_eq!(output.status, 1);
    insta::assert_snapshot!(output.stderr.replace("[temp]/book/", ""));
}

#[test]
fn a_design_token_that_the_theme_has_not_is_told() {
    let book = Book::new([
        ("book.toml", "[theme.tokens]\nacent = \"#123456\"\nmeasure = [\"40rem\", \"50rem\"]\n"),
        ("content/index.md", ""),
    ]);
    let output = book.build(&[]);
    assert_eq!(output.status, 1);
    insta::assert_snapshot!(output.stderr.replace("[temp]/book/", ""));
}

#[test]
fn a_figure_or_a_long_value_that_is_wrong_is_told() {
    insta::assert_snapshot!(told(&[
        ROBOTICS,
        (
            "index.md",
            "---\nfigures:\n- 10\n- { valeu: 1, label: x }\n- { value: 5, label: y, to: Robotcs }\n- { value: 5, label: y, to: Robotics#Monye }\n---\n",
        ),
        (
            "policies/p.md",
            "---\nkind: { value: plan, notes: x, extra: y }\namount: { note: x }\nsectors: [{ to: robotcs, note: x }, { to: robotics, value: robotics }]\n\
             share: { value: much }\nactive: { to: yes }\nsite: { value: \"\" }\n---\n",
        ),
    ]));
}

#[test]
fn book_toml_that_is_no_toml_is_told_with_its_place() {
    let book = Book::new([("book.toml", "[book]\ntitle = \"T\nlanguage = en\n")]);
    let output = book.build(&[]);
    assert_eq!(output.status, 1);
    insta::assert_snapshot!(output.stderr.replace("[temp]/book/", ""));
}

#[test]
fn a_plain_section_is_warned_where_a_collection_is_refused() {
    insta::assert_snapshot!(warned(&[
        ("a.md", "[[Nothing]] [x](gone.md) ![y](gone.png) [z](b.md#gone) [j](javascript:alert(1))\n"),
        ("b.md", "# B\n"),
    ]));
}

#[test]
fn hundreds_of_like_warnings_are_grouped() {
    let files: Vec<(String, String)> =
        (0..40).map(|i| (format!("n{i:02}.md"), "[[gone]] and [[lost]] and [[away]]\n".to_owned())).collect();
    let book = Book::new(files);
    let output = book.run(&["check"]);
    assert_eq!(output.status, 0);
    let told = output.stdout.rsplit_once("\n\n").unwrap().0.to_owned();
    assert_eq!(told.matches("warning[broken-link]: no entry is called").count(), 10);
    insta::assert_snapshot!(told.split("\n\n").skip(10).collect::<Vec<_>>().join("\n\n"));
    let all = book.build(&["--verbose"]).stderr;
    assert_eq!(all.matches("warning[broken-link]: no entry is called").count(), 120);
}

#[test]
fn a_books_own_theme_is_told_where_it_is_wrong() {
    let book = Book::new([
        ("book.toml", "[theme]\nname = \"mine\"\n"),
        ("themes/mine/templates/entry.html", "<p>\n{{ page.title | }}\n"),
        ("themes/mine/template/home.html", ""),
        ("themes/mine/words/en.toml", "next = 1\n"),
    ]);
    let output = book.build(&[]);
    assert_eq!(output.status, 1);
    insta::assert_snapshot!(output.stderr.replace("[temp]/book/", ""));
}

#[test]
fn templates_that_ask_for_what_pages_do_not_have_are_told_at_once_and_the_site_stays() {
    let book = Book::new([
        ("book.toml", "[theme]\nname = \"mine\"\n"),
        ("themes/mine/css/mine.css", "a { color: red }\n"),
        ("a.md", "---\ntags: [x]\n---\n\nOne.\n"),
        ("b.md", "Two.\n"),
    ]);
    assert_eq!(book.build(&[]).status, 0);
    let before = book.page("a.html");
    let wrong = "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ page.title }}</h1>\n{{ page.author.name }}\n";
    book.write("themes/mine/templates/entry.html", format!("{wrong}{{% endblock %}}\n"));
    book.write("themes/mine/templates/tags.html", "{{ page.title + 1 }}\n");
    book.write("themes/mine/templates/search.html", "{{ page.title | fill }}\n");
    for options in [&[][..], &["--keep-going"]] {
        let output = book.build(options);
        assert_eq!(output.status, 1);
        insta::assert_snapshot!("templates_at_render", output.stderr.replace("[temp]/book/", ""));
    }
    assert_eq!(book.page("a.html"), before);
}
