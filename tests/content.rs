//! This repository's own book: clean, sound, and made from what it says it is.

mod support;

use std::path::Path;
use std::process::Command;

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
    let readme = include_str!("../README.md");
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
