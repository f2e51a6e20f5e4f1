//! `dossier check --fix`: what leaves no doubt is mended, what does is offered, and nothing else is touched.

use crate::support::Book;

const CONFIG: (&str, &str) = (
    "book.toml",
    "[collections.bridges]\nfields.who = { type = \"reference\", to = [\"people\"], many = true, inverse = { key = \"works\", label = \"Works\" } }\nfields.kind = { type = \"choice\", values = [\"formal\", \"plan\"] }\nfields.country = { type = \"country\" }\n[collections.people]\n",
);

/// What `--fix` makes of the file at a path, and then what the likely remedy makes of it.
fn mended(files: &[(&str, &str)], path: &str) -> (String, String) {
    let book = Book::new(files.iter().copied());
    let shown = book.run(&["check", "--fix", "--dry-run"]);
    let before = book.source(path);
    let done = book.run(&["check", "--fix"]);
    assert_eq!(shown.status, done.status, "{}", done.stdout);
    let safe = book.source(path);
    assert_eq!(shown.stdout.contains(&format!("+++ {path}")), safe != before, "{}", shown.stdout);
    book.run(&["check", "--fix"]);
    assert_eq!(book.source(path), safe, "mended twice");
    book.run(&["check", "--fix", "--unsafe-fixes"]);
    (safe, book.source(path))
}

#[test]
fn what_may_be_another_name_is_offered_and_not_written() {
    let names = ["World War II", "Zambia", "Vitamin B", "十四五规划", "Robotics", "Policy", "New materials"];
    let files: Vec<(String, String)> = names
        .iter()
        .enumerate()
        .map(|(i, name)| (format!("n{i}.md"), format!("---\ntitle: {name}\n---\nText.\n")))
        .chain([("a/uk.md".to_owned(), "x\n".to_owned()), ("notes/README.md".to_owned(), "x\n".to_owned())])
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    for (wrong, safe) in [
        ("[[World War I]]", None),
        ("[[Gambia]]", None),
        ("[[Vitamin C]]", None),
        ("[[十三五规划]]", None),
        ("[[Police]]", None),
        ("[a](a/us.md)", None),
        ("[a](guide/README.md)", None),
        ("[[Robtics]]", Some("[[Robotics]]")),
        ("[[robtoics|them]]", Some("[[Robotics|them]]")),
        ("[[New matreials#Part]]", Some("[[New materials#Part]]")),
        ("[a](note/README.md#a%20b)", Some("[a](notes/README.md#a%20b)")),
        // Two places that say the same may be right, and the definition misspelt.
        ("[[Robtics]] and [[Robtics|again]]", None),
    ] {
        let text = format!("{wrong}\n");
        let files: Vec<(&str, &str)> = files.iter().copied().chain([("c.md", text.as_str())]).collect();
        assert_eq!(mended(&files, "c.md").0, format!("{}\n", safe.unwrap_or(wrong)));
    }
}

#[test]
fn a_value_is_mended_where_one_alone_can_be_meant() {
    for (wrong, safe) in [
        ("kind: normal", "kind: normal"),
        ("kind: Formal", "kind: formal"),
        ("kind: [plan]", "kind: plan"),
        ("country: uS", "country: uS"),
        ("country: us", "country: US"),
        ("country: United States", "country: US"),
        ("date: 28 December 1879", "date: 1879-12-28"),
        ("date: early 1879", "date: early 1879"),
        ("date: 1880/1879", "date: 1880/1879"),
        ("sumary: A", "summary: A"),
        // What is there already is not written a second time.
        ("summary: A\nsumary: B", "summary: A\nsumary: B"),
        ("kind: plan # one\nkind: plan # two", "kind: plan # one\nkind: plan # two"),
        ("kind: plan\ncountry: US\nkind: plan", "kind: plan\ncountry: US"),
    ] {
        let text = format!("---\ntitle: A\n{wrong}\n---\n");
        let (mended, _) = mended(&[CONFIG, ("content/bridges/a.md", &text)], "content/bridges/a.md");
        assert_eq!(mended, format!("---\ntitle: A\n{safe}\n---\n"));
    }
}

#[test]
fn what_yaml_would_read_otherwise_is_not_written_into_it() {
    let titles = ("content/bridges/dune.md", "---\ntitle: \"Dune: Part\"\n---\nx\n");
    let other = ("content/bridges/hall.md", "---\ntitle: Baker's Hall\n---\nx\n");
    for text in [
        "- id: a\n  title: A\n  body: See [[Dune Part]] now\n",
        "- id: a\n  title: A\n  body: 'See [[Bakers Hall]] now'\n",
    ] {
        let (safe, all) = mended(&[CONFIG, titles, other, ("content/people.yaml", text)], "content/people.yaml");
        assert_eq!((safe.as_str(), all.as_str()), (text, text));
    }
    let text = "- id: a\n  title: A\n  body: |\n    See [[Hlal]] and ![[pic.png]].\n";
    let hall = ("content/bridges/hall.md", "---\ntitle: Grand hall\naliases: [Halls]\n---\nx\n");
    let (_, all) = mended(&[CONFIG, hall, ("content/people.yaml", text)], "content/people.yaml");
    assert_eq!(all, text.replace("[[Hlal]]", "[[hall]]"));
}

#[test]
fn a_relation_that_is_stated_twice_goes_and_takes_nothing_along() {
    let bridge = ("content/bridges/forth.md", "---\ntitle: Forth\nwho: bob\n---\nx\n");
    let text = |keys: &str| format!("---\ntitle: Bob\n{keys}# about the summary\nsummary: s\n---\n");
    for (keys, left) in [
        ("works: forth\n", ""),
        ("works: [forth]\n", ""),
        ("works:\n  - forth\n", ""),
        ("works:\n- forth\n", ""),
        ("works:\n  # the great one\n  - forth\n", "works:\n  # the great one\n  - forth\n"),
        ("works: [{ to: forth, note: He said so. }]\n", "works: [{ to: forth, note: He said so. }]\n"),
    ] {
        let before = text(keys);
        let files = [CONFIG, bridge, ("content/people/bob.md", before.as_str())];
        assert_eq!(mended(&files, "content/people/bob.md").0, text(left));
        assert!(Book::new(files).run(&["check"]).stdout.contains("is stated at its other end already"), "{keys}");
    }
}

#[test]
fn a_bar_in_a_table_stays_escaped_and_an_excuse_parts_two_paragraphs() {
    for (before, after) in [
        ("| a | b |\n|---|---|\n| [[Robtics\\|x]] | z |\n", "| a | b |\n|---|---|\n| [[Robotics\\|x]] | z |\n"),
        ("One.\n<!-- dossier-allow broken-link: gone -->\nTwo.\n", "One.\n\nTwo.\n"),
        ("One <!-- dossier-allow broken-link: gone --> two.\n", "One two.\n"),
        ("One.\n\n<!-- dossier-allow broken-link: gone -->\n\nTwo.\n", "One.\n\n\nTwo.\n"),
        ("> <!-- dossier-allow broken-link: gone -->\n> Two.\n", "> \n> Two.\n"),
    ] {
        let files = [("r.md", "---\ntitle: Robotics\n---\nx\n"), ("c.md", before)];
        assert_eq!(mended(&files, "c.md").0, after);
    }
}

#[test]
fn what_a_mend_brings_to_light_is_shown_and_mended_with_it() {
    let files = [CONFIG, ("content/bridges/a.md", "---\ntitle: A\ncontry: us\n---\n")];
    let book = Book::new(files);
    let shown = book.run(&["check", "--fix", "--dry-run"]).stdout;
    assert!(shown.contains("+country: US\n"), "{shown}");
    book.run(&["check", "--fix"]);
    assert_eq!(book.source("content/bridges/a.md"), "---\ntitle: A\ncountry: US\n---\n");
}

#[test]
fn an_item_without_a_name_of_its_own_lends_it_to_nobody() {
    let files = [
        CONFIG,
        ("content/people.yaml", "- idd: united-micro\n  title: United Micro\n"),
        ("content/bridges/a.md", "---\ntitle: A\nwho: united-micro\n---\n"),
    ];
    assert_eq!(mended(&files, "content/bridges/a.md").1, "---\ntitle: A\nwho: united-micro\n---\n");
}

#[test]
fn a_new_address_is_written_so_that_nothing_else_can_be_meant() {
    // The slug is the address of another page.
    let files = [
        ("tax.md", "---\ntitle: About\n---\nx\n"),
        ("p/tax.md", "---\nredirect-from: p/old-name.html\n---\nx\n"),
        ("c.md", "[[old-name]]\n"),
    ];
    assert_eq!(mended(&files, "c.md").0, "[[p/tax]]\n");
    // In a field that refers to two collections.
    let files = [
        ("book.toml", "[collections.a]\nfields.of = { type = \"reference\", to = [\"a\", \"b\"] }\n[collections.b]\n"),
        ("content/a/x.md", "x\n"),
        ("content/b/x.md", "---\nredirect-from: b/old.html\n---\nx\n"),
        ("content/a/y.md", "---\nof: old\n---\n"),
    ];
    assert_eq!(mended(&files, "content/a/y.md").0, "---\nof: b/x\n---\n");
}

#[test]
fn an_excuse_that_may_be_needed_again_stays() {
    let orphan = "---\n# dossier-allow orphan-entry: linked from elsewhere\ntitle: A\n---\nText.\n";
    let config = "[collections.bridges]\n[check]\nempty-entry = \"off\"\n";
    let files =
        [("content/bridges/a.md", orphan), ("content/bridges/b.md", "---\ntitle: [\n---\n"), ("book.toml", config)];
    let book = Book::held_to_all(files);
    book.run(&["check", "--fix"]);
    assert_eq!(book.source("content/bridges/a.md"), orphan);
    let link = "[d](d.md) <!-- dossier-allow draft-link: comes in May -->\n";
    let book = Book::new([("c.md", link), ("d.md", "---\ndraft: true\n---\nx\n")]);
    book.run(&["check", "--fix", "--drafts"]);
    assert_eq!(book.source("c.md"), link);
    assert!(book.run(&["check"]).stdout.ends_with("all is well\n"));
}

#[test]
fn a_key_that_stands_twice_stays_where_it_says_more() {
    for twice in ["kind: plan\nkind: # why\n  plan\n", "kind: plan\nkind: &x plan\nsummary: *x\n"] {
        let text = format!("---\ntitle: A\n{twice}---\n");
        assert_eq!(mended(&[CONFIG, ("content/bridges/a.md", &text)], "content/bridges/a.md").1, text);
    }
}

#[test]
fn a_likely_remedy_is_one_that_can_be_read() {
    let config = "[collections.notes]\nfields.note = { type = \"markdown\" }\n[check]\nunlinked-mention = \"warn\"\norphan-entry = \"off\"\n";
    let tax = ("content/notes/tax.md", "---\ntitle: Tax relief\n---\nText.\n");
    for (before, after) in [
        ("---\nnote: Tax relief is good\n---\nx\n", "---\nnote: Tax relief is good\n---\nx\n"),
        ("| a | b |\n|---|---|\n| [[a]] | Tax relief |\n", "| a | b |\n|---|---|\n| [[a]] | [[tax\\|Tax relief]] |\n"),
        ("Of Tax relief.\n", "Of [Tax relief](tax.md).\n"),
        ("é ==x== of ==all Tax relief== and\n", "é ==x== of ==all [Tax relief](tax.md)== and\n"),
        ("Of ==Tax== relief.\n", "Of ==Tax== relief.\n"),
    ] {
        let files = [("book.toml", config), tax, ("content/notes/a.md", before)];
        assert_eq!(mended(&files, "content/notes/a.md").1, after);
    }
}

#[cfg(unix)]
#[test]
fn a_file_and_a_link_to_it_are_one() {
    let book =
        Book::new([("a.md", "[[Robtics]]\n"), ("r.md", "---\ntitle: Robotics\n---\nx\n"), ("z.md", "[[Robtics]]\n")]);
    std::os::unix::fs::symlink("a.md", book.folder().join("b.md")).expect("a link");
    assert_eq!(book.run(&["check", "--fix", "--unsafe-fixes"]).status, 0);
    assert_eq!((book.source("a.md"), book.source("z.md")), ("[[Robotics]]\n".into(), "[[Robotics]]\n".into()));
    let output = book.run(&["rename", "a", "y"]);
    assert!(output.status == 2 && output.stderr.contains("b.md is the same file as a.md"), "{}", output.stderr);
}

/// What JSON says can be mended is what `--fix` mends.
#[test]
fn remedies_that_are_told_are_those_that_are_made() {
    let files = [
        CONFIG,
        ("content/bridges/a.md", "---\ntitle: A\nslug: >\n  A b\nkind:\n  - plan\nsummary: s\n---\n"),
        ("content/bridges/b.md", "---\ntitle: B\nkind: Plan\n---\n[[Aa]]\n"),
    ];
    let book = Book::new(files);
    let json = book.run(&["check", "--format", "json"]).stdout;
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let mut texts: std::collections::BTreeMap<String, String> = book.sources().into_iter().collect();
    let mut edits: Vec<_> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["fix"]["safe"] == true)
        .flat_map(|finding| finding["fix"]["edits"].as_array().expect("edits"))
        .collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit["start"]["offset"].as_u64()));
    for edit in edits {
        let offset = |end: &str| edit[end]["offset"].as_u64().expect("an offset") as usize;
        let text = texts.get_mut(edit["path"].as_str().expect("a path")).expect("a file");
        text.replace_range(offset("start")..offset("end"), edit["replacement"].as_str().expect("a text"));
    }
    book.run(&["check", "--fix"]);
    assert_eq!(texts.into_iter().collect::<Vec<_>>(), book.sources());
}
