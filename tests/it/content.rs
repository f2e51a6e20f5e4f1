//! This repository's own book: clean, sound, and made from what it says it is.

use std::path::Path;
use std::process::Command;

use crate::support;

#[test]
fn the_first_knowledge_base_is_clean_and_its_site_is_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("site");
    let done = Command::new(env!("CARGO_BIN_EXE_dossier")).arg("build").arg(root).arg("--out").arg(&site).output();
    let done = done.expect("the binary runs");
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
    assert_eq!(support::check_tree(&site), [""; 0]);
}

#[test]
fn the_tour_of_the_readme_goes_as_it_says() {
    let readme = include_str!("../../README.md");
    let block = |language: &str| {
        let fence = format!("```{language}\n");
        let (_, rest) = readme.split_once(&fence).expect("a block of code");
        rest.split_once("```").expect("its end").0
    };
    let book = support::Book::new([
        ("book.toml", block("toml")),
        ("content/dishes/fish.md", block("markdown")),
        ("content/dishes/chips.md", "Fry the [[Fish]].\n"),
        ("content/events.yaml", block("yaml")),
    ]);
    let output = book.build(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert_eq!(book.problems(), [""; 0]);
    let date = block("yaml").lines().find(|line| line.contains("date:")).expect("a date");
    book.write("content/events.yaml", block("yaml").replace(date, "  date: May of 1860"));
    let told = readme.split("```\n").find(|block| block.starts_with("error[")).expect("what is told");
    assert!(book.build(&[]).stderr.replace("[temp]/book/", "").starts_with(told));
}

/// The pages of the first knowledge base, by their paths.
fn pages() -> Vec<(String, String)> {
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("site");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let done = Command::new(env!("CARGO_BIN_EXE_dossier")).arg("build").arg(root).arg("--out").arg(&site).output();
    assert!(done.expect("the binary runs").status.success());
    let files = walkdir::WalkDir::new(&site).into_iter().filter_map(Result::ok);
    let pages = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "html"));
    pages
        .map(|page| {
            let path = page.path().strip_prefix(&site).expect("a page of the site");
            (path.to_string_lossy().replace('\\', "/"), std::fs::read_to_string(page.path()).expect("a page"))
        })
        .collect()
}

/// What stands between two texts, for each time they do.
fn between<'a>(page: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let pieces = page.split(start).skip(1);
    pieces.filter_map(|piece| Some(piece.split_once(end)?.0)).collect()
}

#[test]
fn every_entry_has_links_in_and_out() {
    let pages = pages();
    let entries: Vec<_> = pages.iter().filter(|(_, page)| page.contains("<body class=\"page-entry\"")).collect();
    assert!(entries.len() > 100, "{} entries", entries.len());
    for (path, page) in entries {
        assert!(page.contains("<section class=\"backlinks\""), "nothing links to {path}");
        let (_, text) = page.split_once("<div class=\"prose\">\n").expect("a text");
        let ends = ["<nav class=\"tags\"", "<section class=\"sources\"", "<footer"].map(|end| text.find(end));
        let text = text[..ends.into_iter().flatten().min().expect("an end")].to_owned();
        let facts = between(page, "<section class=\"facts\"", "</section>").join("");
        let out = text + &facts;
        let own = out.matches("href=\"").count()
            - out.matches("class=\"external\"").count()
            - out.matches("href=\"#").count();
        assert!(own > 0, "{path} links to nothing");
    }
}

/// Labels are the editors' own: each has the sentence behind it, at the entry and where labels are explained.
#[test]
fn every_label_has_the_sentence_behind_it() {
    let pages = pages();
    let labels = &pages.iter().find(|(path, _)| path == "labels.html").expect("a page on labels").1;
    let mut found = 0;
    for (path, page) in &pages {
        for fact in between(page, "<tr><th scope=\"row\">", "</tr>") {
            let (name, value) = fact.split_once("</th>").expect("a heading and a value");
            let label = between(value, "<span class=\"badge\">", "</span>");
            if !["Stance", "Outcome", "Standing", "Goals"].contains(&name)
                || label == ["Not stated"]
                || label.is_empty()
            {
                continue;
            }
            found += 1;
            let note = between(value, "<p class=\"note\">", "</p>");
            assert_eq!(note.len(), 1, "{path} has a label without a note: {fact}");
            assert!(labels.contains(&format!("href=\"{path}\"")), "labels.html does not name {path}");
        }
    }
    assert!(found > 30, "{found} labels");
}

#[test]
fn the_manual_is_clean_and_its_site_is_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("site");
    let done = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .arg("build")
        .arg(root.join("docs"))
        .arg("--out")
        .arg(&site)
        .output();
    let done = done.expect("the binary runs");
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
    assert_eq!(support::check_tree(&site), [""; 0]);
}
