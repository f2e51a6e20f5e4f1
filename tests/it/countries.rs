//! The pages of countries and blocs: who has one, what is on it, and what leads there.

use crate::support::Book;

const CONFIG: &str = r#"
[countries]
EU = { name = "European Union", members = ["FR"] }
GB = "Britain"

[collections.bridges]
title = "Bridges"
singular = "Bridge"
fields.country = { type = "country", many = true }
fields.kind = { type = "choice", values = ["arch", "beam"] }

[collections.people]
title = "People"
singular = "Person"
fields.born = { type = "country" }
"#;

const FORTH: (&str, &str) =
    ("content/bridges/forth.md", "---\ntitle: Forth\ncountry: [GB, EU]\nkind: beam\nsummary: It spans.\n---\n");
const TAY: (&str, &str) = ("content/bridges/tay.md", "---\ntitle: Tay\ncountry: GB\n---\n");
const ANN: (&str, &str) = ("content/people/ann.md", "---\ntitle: Ann\nborn: GB\n---\n");
const EVE: (&str, &str) = ("content/people/eve.md", "---\ntitle: Eve\nborn: FR\n---\n");

#[track_caller]
fn built(files: &[(&str, &str)]) -> Book {
    let config = [("book.toml", CONFIG)];
    let book = Book::new(config.iter().chain(files).copied());
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    book
}

/// What stands in the middle of a page.
fn main_of(book: &Book, path: &str) -> String {
    let page = book.page(path);
    let (_, main) = page.split_once("<article").expect("a list");
    main.split_once("</article>").expect("its end").0.to_owned()
}

#[test]
fn a_country_has_a_page_with_the_entries_that_name_it() {
    let book = built(&[FORTH, TAY, ANN, EVE]);
    insta::assert_snapshot!(main_of(&book, "countries/gb.html"));
    let pages: Vec<String> = book.tree().into_iter().filter(|path| path.starts_with("countries/")).collect();
    assert_eq!(pages, ["countries/eu.html", "countries/fr.html", "countries/gb.html"]);
}

#[test]
fn a_bloc_is_not_its_members() {
    let bloc = main_of(&built(&[FORTH, TAY, EVE]), "countries/eu.html");
    assert!(bloc.contains("Forth") && !bloc.contains("Tay") && !bloc.contains("Eve"), "{bloc}");
}

#[test]
fn fields_chips_and_the_page_of_the_search_lead_to_the_page_of_a_country() {
    let book = built(&[FORTH, ANN]);
    for (page, href) in [
        ("people/ann.html", "../countries/gb.html"),
        ("bridges/index.html", "../countries/gb.html"),
        ("countries/gb.html", "eu.html"),
        ("search.html", "countries/gb.html"),
    ] {
        assert!(book.page(page).contains(&format!("href=\"{href}\"")), "{page}");
    }
}

#[test]
fn every_name_of_a_country_leads_to_its_page_if_nothing_else_has_that_name() {
    let text = "[[GB]], [[Britain]], [[UK]], [[united kingdom]], [[Great Britain|it]], [[European Union]], \
                [[countries/fr]], [x](countries/fr.html), [x](/countries/fr.html)\n";
    let book = built(&[FORTH, EVE, ("content/a.md", text)]);
    let page = book.page("a.html");
    let count = |href: &str| page.matches(&format!("<a href=\"countries/{href}.html\"")).count();
    assert_eq!((count("gb"), count("eu"), count("fr")), (5, 1, 3), "{page}");
    assert_eq!(book.run(&["check", "--strict"]).status, 0);
    // A word is no code, and a country that no entry names has no page.
    book.write("content/b.md", "[[gb]] [[Japan]]\n");
    let said = book.run(&["check"]).stdout;
    assert_eq!(said.matches("[broken-link]").count(), 2, "{said}");
}

#[test]
fn an_entry_comes_before_the_country_of_its_name() {
    let text = "[[France]] [[FR]] [[UK]]\n";
    let aliased = "---\ntitle: The republic\naliases: [France]\n---\n";
    let book =
        built(&[FORTH, EVE, ("content/a.md", text), ("content/b.md", aliased), ("content/uk.md", "# Kingdom\n")]);
    let page = book.page("a.html");
    for href in ["\"b.html\"", "\"countries/fr.html\"", "\"uk.html\""] {
        assert!(page.contains(&format!("<a href={href}")), "{href}: {page}");
    }
}

#[test]
fn an_entry_at_that_address_wins_and_the_pages_stand_in_another_folder() {
    let book = built(&[FORTH, ("content/countries/gb.md", "# A land\n")]);
    assert!(book.page("countries/gb.html").contains("A land"));
    assert!(main_of(&book, "all-countries/gb.html").contains("Forth"));
    assert!(book.page("bridges/forth.html").contains("href=\"../all-countries/gb.html\""));
}

#[test]
fn an_old_address_of_an_entry_wins_too_if_a_country_would_stand_there() {
    let moved = |old: &str| format!("---\ntitle: Moved\nredirect-from: [countries/{old}.html]\n---\n");
    let book = built(&[FORTH, ("content/a.md", &moved("gb"))]);
    assert!(book.page("countries/gb.html").contains("Moved"));
    assert!(main_of(&book, "all-countries/gb.html").contains("Forth"));
    assert!(main_of(&built(&[FORTH, ("content/a.md", &moved("us"))]), "countries/gb.html").contains("Forth"));
}

#[test]
fn codes_that_differ_in_case_alone_have_pages_of_their_own() {
    let config = CONFIG.replace("GB = ", "gb = \"Guild\"\nGB = ");
    let page = "---\ncountry: [gb, GB]\n---\n";
    let book = Book::new([("book.toml", config.as_str()), ("content/bridges/a.md", page)]);
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    assert!(book.page("countries/gb.html").contains("Britain") && book.page("countries/gb-2.html").contains("Guild"));
}

#[test]
fn a_link_to_a_country_stays_whatever_other_countries_are_named_after_a_rename() {
    // Outside its collection the entry has no countries, and France is the first one.
    let book = built(&[FORTH, EVE, ("content/a.md", "[[France]]\n")]);
    let renamed = book.run(&["rename", "bridges/forth", "notes/forth"]);
    assert_eq!((renamed.status, renamed.stderr.as_str()), (0, ""), "{}", renamed.stdout);
    book.build(&[]);
    assert!(book.page("a.html").contains("<a href=\"countries/fr.html\""));
    assert!(!book.tree().contains(&"countries/gb.html".to_owned()));
}

#[test]
fn a_long_list_of_a_country_is_split() {
    let items: String =
        (0..501).map(|i| format!("- id: p{i}\n  title: {} {i}\n  born: FR\n", ["A", "B"][i % 2])).collect();
    let book = built(&[("content/people.yaml", &items)]);
    assert!(main_of(&book, "countries/fr.html").contains("href=\"fr-a.html\""));
    assert!(main_of(&book, "countries/fr-b.html").contains("France: B"));
}
