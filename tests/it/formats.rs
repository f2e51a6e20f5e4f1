//! `dossier check`: in which ways findings are told, how much they matter, and what is excused.

use std::fs;
use std::path::Path;

use boon::{Compiler, Schemas};
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::Book;

/// Mistakes with wide letters before them, with a second place, and with remedies.
const FILES: &[(&str, &str)] = &[
    (
        "book.toml",
        "[collections.plans]\nfields.sector = { type = \"reference\", to = \"sectors\" }\n[collections.sectors]\n",
    ),
    ("content/sectors/robotics.md", "---\ntitle: Robotics\n---\n"),
    ("content/sectors/rail & road.md", "---\ntitle: ROBOTICS\n---\n"),
    (
        "content/plans/a.md",
        "---\ntitle: 计划 𝄞\nsector: robotcs\nreview-by: 2020\n---\n中国 𝄞 [[Robtics|100%, a: b]]\n",
    ),
    ("content/note.md", "No [file](nowhere.md).\n"),
];

/// A book in the folder `kb` of a repository, in which the command runs.
fn repository() -> Book {
    let book = Book::new(FILES.iter().map(|(path, text)| (format!("kb/{path}"), *text)));
    fs::create_dir(book.folder().join(".git")).expect("a repository");
    let config = book.source("kb/book.toml");
    book.write("kb/book.toml", config + "[check]\norphan-entry = \"off\"\nempty-entry = \"off\"\n");
    book
}

#[test]
fn people_read_it_on_the_standard_output_in_colours_where_they_can_be_seen() {
    let book = Book::new(FILES.iter().copied());
    let plain = book.run(&["check"]);
    assert_eq!((plain.status, plain.stderr.as_str()), (1, ""));
    assert_snapshot!(without_time(&plain.stdout));
    let piped = book.run_in(&book.folder(), &["check"], &[]);
    assert_eq!(without_time(&piped.stdout), without_time(&plain.stdout));
    let coloured = book.run_in(&book.folder(), &["check"], &[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.stdout.contains("\u{1b}["), "{}", coloured.stdout);
}

/// What is printed, without how long it took.
fn without_time(text: &str) -> String {
    let is_time = |word: &&str| word.parse::<f64>().is_ok() && word.contains('.');
    text.lines()
        .map(|line| line.split(' ').filter(|word| !is_time(word)).collect::<Vec<_>>().join(" ") + "\n")
        .collect()
}

#[test]
fn programs_read_json_with_every_place_in_lines_columns_and_bytes() {
    let book = Book::new(FILES.iter().copied());
    let output = book.run(&["check", "--format", "json", "--today", "2026-01-01"]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""));
    assert_snapshot!(output.stdout);
    let report: Value = serde_json::from_str(&output.stdout).expect("JSON");
    for finding in report["findings"].as_array().expect("findings") {
        let text = book.source(finding["path"].as_str().expect("a path"));
        for end in ["start", "end"] {
            let at = &finding[end];
            let number = |key: &str| at[key].as_u64().unwrap_or_else(|| panic!("no {key} in {finding}")) as usize;
            let before = &text[..number("offset")];
            let line = before.rsplit('\n').next().unwrap_or("");
            assert_eq!(number("line"), before.matches('\n').count() + 1);
            assert_eq!(number("column"), line.chars().count() + 1);
            assert_eq!(number("utf16"), line.encode_utf16().count() + 1);
        }
    }
    let clean = Book::new([("a.md", "# A\n")]).run(&["check", "--format", "json"]);
    assert_eq!(clean.status, 0);
    assert_eq!(serde_json::from_str::<Value>(&clean.stdout).expect("JSON")["findings"], Value::Array(Vec::new()));
}

#[test]
fn github_gets_the_worst_first_with_paths_from_the_root_of_the_repository() {
    let book = repository();
    let summary = book.folder().join("summary.md");
    fs::write(&summary, "Before\n").expect("a summary");
    let variables = [("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8")), ("SOURCE_DATE_EPOCH", "1767225600")];
    let output = book.run_in(&book.folder(), &["check", "kb", "--format", "github"], &variables);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""));
    assert_snapshot!(output.stdout);
    assert_snapshot!(fs::read_to_string(&summary).expect("a summary"));
    let inside = book.run_in(&book.folder().join("kb"), &["check", "--format", "github"], &variables);
    assert_eq!(inside.stdout, output.stdout);
    let without = book.run_in(&book.folder(), &["check", "kb", "--format", "github"], &variables[1..]);
    assert_eq!(without.stdout, output.stdout);
}

#[test]
fn a_summary_is_no_longer_than_github_takes() {
    let text: String = (0..9_000).map(|i| format!("[x](nowhere-{i}-{}.md)\n", "x".repeat(60))).collect();
    let book = Book::new([("a.md", text)]);
    let summary = book.folder().join("summary.txt");
    let variables = [("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8"))];
    let output = book.run_in(&book.folder(), &["check", "--format", "github"], &variables);
    assert_eq!(output.stdout.lines().count(), 9_000);
    let summary = fs::read_to_string(&summary).expect("a summary");
    assert!(summary.len() < 1024 * 1024 && summary.ends_with(" more did not fit in here.\n"), "{}", summary.len());
}

#[test]
fn sarif_is_as_its_schema_wants_it() {
    let book = repository();
    let output = book.run(&["check", "kb", "--format", "sarif", "--today", "2026-01-01"]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""));
    let log: Value = serde_json::from_str(&output.stdout).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    assert_snapshot!(format!("{:#}", run["results"]));
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        assert_eq!(rules[result["ruleIndex"].as_u64().expect("an index") as usize]["id"], result["ruleId"]);
    }
    let clean = Book::new([("a.md", "# A\n")]).run(&["check", "--format", "sarif"]);
    for text in [&output.stdout, &clean.stdout] {
        assert_eq!(wrong_sarif(&serde_json::from_str(text).expect("JSON")), "");
    }
    // The schema tells of what is wrong, so that it is of use here.
    let mut wrong = log.clone();
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(wrong_sarif(&wrong).contains("level"));
}

/// What the official schema finds wrong.
fn wrong_sarif(log: &Value) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sarif/sarif-schema-2.1.0.json");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    let schema = compiler.compile(path.to_str().expect("UTF-8"), &mut schemas).expect("a schema");
    schemas.validate(log, schema).map_or_else(|error| error.to_string(), |()| String::new())
}

#[test]
fn a_book_says_how_much_a_rule_matters() {
    let file = ("content/plans/a.md", "---\ntitle: A\nsumary: x\n---\n## B\n## B\n[[nowhere]] [x](nowhere.md)\n");
    let told = |check: &str, args: &[&str]| {
        let config = format!("[collections.plans]\n[check]\norphan-entry = \"off\"\n{check}");
        let book = Book::held_to_all([("book.toml", config.as_str()), file]);
        let output = book.run(&[&["check", "--format", "github"], args].concat());
        let levels = |level: &str| output.stdout.matches(&format!("::{level} ")).count();
        (output.status, levels("error"), levels("warning"))
    };
    assert_eq!(told("", &[]), (1, 3, 1));
    assert_eq!(told("broken-link = \"warn\"\nunknown-field = \"warn\"\n", &[]), (0, 0, 4));
    assert_eq!(told("broken-link = \"off\"\nduplicate-heading = \"error\"\n", &[]), (1, 2, 0));
    assert_eq!(told("broken-link = \"warn\"\nunknown-field = \"off\"\n", &["--strict"]), (1, 3, 0));
    let config = "[check]\nbroken-lnk = \"warn\"\nbad-yaml = \"off\"\norphan-entry = \"warning\"\nempty-entry = 1\n";
    let book = Book::held_to_all([("book.toml", config)]);
    assert_snapshot!(without_time(&book.run(&["check"]).stdout));
    book.run(&["check", "--fix"]);
    assert_eq!(
        book.source("book.toml"),
        config.replace("broken-lnk", "broken-link").replace("\"warning\"", "\"warn\"")
    );
}

#[test]
fn a_line_is_excused_by_a_comment_that_says_why() {
    let excused = [
        "[[nowhere]] <!-- dossier-allow broken-link: soon -->\n",
        "<!-- dossier-allow broken-link: soon -->\n[[nowhere]]\n",
        "<!-- dossier-allow broken-link: soon -->\n\n# About [[nowhere]]\n",
        "- a\n- [[nowhere]] <!-- dossier-allow broken-link: soon -->\n",
        "> <!-- dossier-allow broken-link: soon -->\n> [[nowhere]]\n",
        "| a |\n|---|\n| [[nowhere]] <!-- dossier-allow broken-link: soon --> |\n",
        "[[nowhere]] ![](gone.png) <!-- dossier-allow broken-link, missing-asset, missing-alt: soon -->\r\n",
        "<!-- dossier-allow broken-link: soon -->\n<!-- dossier-allow missing-asset, missing-alt: soon -->\n![](gone.png) [[nowhere]]\n",
        "[[nowhere]] <!--\ndossier-allow broken-link: soon\n-->\n",
    ];
    let front = [
        "---\ntitle: A\n# dossier-allow unknown-field: soon\ncolour: red\n---\n",
        "---\ntitle: A\ncolour: red  # dossier-allow unknown-field: soon\n---\n",
        "\u{feff}---\r\n# dossier-allow unknown-field: soon\r\ncolour: red\r\ntitle: A\r\n---\r\n",
    ];
    let list = [
        "- id: a\n  title: A\n  colour: red # dossier-allow unknown-field: soon\n",
        "# dossier-allow missing-field: soon\n- title: A\n",
        "- id: a\n  title: A\n  body: |\n    Text.\n\n    To [[nowhere]]. <!-- dossier-allow broken-link: soon -->\n",
    ];
    let markdown = excused.iter().chain(&front).map(|text| ("content/plans/a.md", *text));
    for (path, text) in markdown.chain(list.iter().map(|text| ("content/plans/a.yaml", *text))) {
        let book = Book::new([("book.toml", "[collections.plans]\n"), (path, text)]);
        let output = book.run(&["check"]);
        assert!(output.stdout.ends_with(": all is well\n"), "{text}\n{}", output.stdout);
    }
}

#[test]
fn an_excuse_excuses_its_line_and_no_more() {
    for (text, rules) in [
        ("[[nowhere]]\n\n[[gone]] <!-- dossier-allow broken-link: soon -->\n", "broken-link"),
        ("<!-- dossier-allow broken-link: soon -->\n[[gone]]\n[[nowhere]]\n", "broken-link"),
        ("[[nowhere]] <!-- dossier-allow missing-alt: soon -->\n", "broken-link unused-excuse"),
        ("[[nowhere]] `<!-- dossier-allow broken-link: soon -->`\n", "broken-link"),
        ("```html\n<!-- dossier-allow broken-link: soon -->\n```\n[[nowhere]]\n", "broken-link"),
        ("[[nowhere]] <!-- dossier-allow broken-link -->\n", "bad-excuse broken-link"),
        ("[[nowhere]] <!-- dossier-allow brokenlink: soon -->\n", "bad-excuse broken-link"),
        // Of a rule that is off nothing is found, and its excuse waits.
        ("<!-- dossier-allow unlinked-mention: soon -->\nText.\n", ""),
    ] {
        let book = Book::new([("book.toml", "[collections.plans]\n"), ("content/plans/a.md", text)]);
        let report: Value = serde_json::from_str(&book.run(&["check", "--format", "json"]).stdout).expect("JSON");
        let mut told: Vec<&str> = report["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .filter_map(|finding| finding["rule"].as_str())
            .collect();
        told.sort_unstable();
        assert_eq!(told.join(" "), rules, "{text}");
    }
}

#[test]
fn the_day_of_the_check_is_given_or_todays() {
    let book = Book::new([("a.md", "---\nreview-by: 2025-06\n---\nText.\n")]);
    let due = |args: &[&str], variables: &[(&str, &str)]| {
        book.run_in(&book.folder(), &[&["check"], args].concat(), variables).stdout.contains("[review-due]")
    };
    assert!(due(&[], &[]));
    assert!(!due(&["--today", "2025-06-30"], &[]));
    assert!(due(&["--today", "2025-07-01"], &[]));
    assert!(!due(&[], &[("SOURCE_DATE_EPOCH", "1735689600")]));
    let output = book.run(&["check", "--today", "June"]);
    assert!(output.status == 2 && output.stderr.contains("a day is written as 2015-05-19"), "{}", output.stderr);
}

#[test]
fn nothing_is_written_and_no_output_folder_is_in_the_way() {
    let book = Book::new([("a.md", "# A\n"), ("site/mine.txt", "mine\n")]);
    let before = book.bytes();
    assert_eq!(book.run(&["check"]).status, 0);
    assert_eq!(book.run(&["check", "nowhere"]).status, 2);
    assert_eq!(before, book.bytes());
}
