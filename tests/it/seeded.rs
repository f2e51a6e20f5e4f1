//! Mistakes of all kinds, seeded into a copy of the first knowledge base: each is told with its rule, at its place, with
//! what to do, and nothing else is told.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use crate::support;
use crate::support::Book;

/// A text in a file that somebody gets wrong.
struct Mistake {
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
    rule: &'static str,
    /// The text that the finding marks.
    marked: &'static str,
}

/// One line of the table below.
const fn seed(
    rule: &'static str,
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
    marked: &'static str,
) -> Mistake {
    Mistake { file, right, wrong, rule, marked }
}

const MISTAKES: &[Mistake] = &[
    // Links
    seed(
        "broken-link",
        "sectors/robotics.md",
        "[[United States tariffs of",
        "[[United States tarifs of",
        "United States tarifs of 2018",
    ),
    seed(
        "broken-link",
        "sectors/robotics.md",
        "policies/smart-manufacturing.md",
        "policies/smart-manufacture.md",
        "../policies/smart-manufacture.md",
    ),
    seed("broken-anchor", "events.yaml", "#Defence and offence]]", "#Defense and offence]]", "Defense and offence"),
    seed(
        "old-address",
        "funding.md",
        "policies/reduced-tax-rates.md",
        "policies/tax-relief.md",
        "policies/tax-relief.md",
    ),
    seed("unsafe-link", "sectors/medicine.md", "\n## Names", "\n[Run](javascript:run)\n\n## Names", "javascript:run"),
    seed("missing-asset", "sectors/medicine.md", "\n## Names", "\n![A map](mpa.svg)\n\n## Names", "mpa.svg"),
    seed("missing-alt", "sectors/medicine.md", "\n## Names", "\n![](map.svg)\n\n## Names", "map.svg"),
    seed(
        "external-image",
        "sectors/medicine.md",
        "\n## Names",
        "\n![A map](https://example.org/map.svg)\n\n## Names",
        "https://example.org/map.svg",
    ),
    seed(
        "unlinked-mention",
        "sectors/medicine.md",
        "\n## Names",
        "\nAdam Posen is named here.\n\n## Names",
        "Adam Posen",
    ),
    // References and relations
    seed(
        "dangling-reference",
        "events.yaml",
        "policies: [early-defensive-measures]",
        "policies: [early-defensive-mesures]",
        "early-defensive-mesures",
    ),
    seed("dangling-reference", "events.yaml", "actors: [xi-jinping]", "actors: [robotics]", "robotics"),
    seed("inverse-field", "sectors/medicine.md", "lists:", "policies: [made-in-china-2025]\nlists:", "policies"),
    seed(
        "acyclic-relation",
        "policies/state-support.md",
        "part-of: made-in-china-2025",
        "part-of: advanced-manufacturing-fund",
        "advanced-manufacturing-fund",
    ),
    seed("unknown-source", "sectors/robotics.md", "[wikipedia, scmp-2024,", "[wikipedia, scpm-2024,", "scpm-2024"),
    // Fields and values
    seed("unknown-field", "sectors/robotics.md", "scope:", "scpoe:", "scpoe"),
    seed("unknown-field", "sectors/robotics.md", "\ntags:", "\nreview_by: 2030-01\ntags:", "review_by"),
    seed("wrong-value", "reactions/eu-chamber-of-commerce.md", "value: critical", "value: Critical", "Critical"),
    seed(
        "wrong-value",
        "reactions/eu-chamber-of-commerce.md",
        "country: EU",
        "country: European Union",
        "European Union",
    ),
    seed("wrong-value", "events/charles-kao.md", "date: 2015/2020", "date: May of 2015", "May of 2015"),
    seed("wrong-value", "policies/advanced-manufacturing-fund.md", "amount: 2.9 billion USD", "amount: a lot", "a lot"),
    seed("date-order", "events.yaml", "date: 2010~/2019~", "date: 2019~/2010~", "2019~/2010~"),
    seed("review-due", "policies/us-tariffs.md", "\ntags:", "\nreview-by: 2020-01\ntags:", "2020-01"),
    seed("missing-field", "events/plan-signed.md", "date: 2015-05\n", "", "title"),
    seed("duplicate-key", "sectors/semiconductors.md", "\ntags:", "\ntags: [x]\ntags:", "tags"),
    // Texts
    seed("duplicate-heading", "sectors/robotics.md", "## Trade", "## Results", "## Results"),
    seed(
        "skipped-heading",
        "reactions/eu-chamber-of-commerce.md",
        "## Its president",
        "#### Its president",
        "#### Its president",
    ),
    // Whole entries, and files
    seed(
        "orphan-entry",
        "sectors/toys.md",
        "",
        "---\ntitle: Toys\nsources: [wikipedia]\n---\n\nToys, [games](games.md), [puzzles](puzzles.md), [dolls](dolls.md), [new](new-medicine.md).\n",
        "Toys",
    ),
    seed("unsourced-entry", "sectors/games.md", "", "---\ntitle: Games\n---\n\nA few words.\n", "Games"),
    seed("empty-entry", "sectors/puzzles.md", "", "---\ntitle: Puzzles\nsources: [wikipedia]\n---\n", "Puzzles"),
    seed("draft-link", "sectors/dolls.md", "", "---\ntitle: Dolls\ndraft: true\n---\n", ""),
    seed("duplicate-name", "sectors/power-equipment.md", "\ntags:", "\naliases: [Robotics]\ntags:", "Robotics"),
    seed(
        "duplicate-name",
        "sectors/new-medicine.md",
        "",
        "---\ntitle: New materials\nsources: [wikipedia]\n---\n\nTo [toys](games.md).\n",
        "New materials",
    ),
    seed("ambiguous-link", "sectors/games.md", "A few words.", "A few words, and [[target]].", "target"),
    seed("unlinked-mention", "sectors/games.md", "A few words", "这里提到中国制造2025计划", "中国制造2025"),
    seed(
        "clashing-paths",
        "sectors/games.md",
        "title: Games",
        "redirect-from: sectors/medicine.html\ntitle: Games",
        "sectors/medicine.html",
    ),
    seed("unused-asset", "pictures/old.png", "", "no picture", ""),
    // Excuses
    seed(
        "unused-excuse",
        "about.md",
        "\n## ",
        "\n<!-- dossier-allow broken-link: there was one here -->\n\n## ",
        "broken-link",
    ),
    seed(
        "bad-excuse",
        "labels.md",
        "\n## ",
        "\n<!-- dossier-allow broken-link -->\n\n## ",
        "<!-- dossier-allow broken-link -->",
    ),
];

/// What cannot be read at all: who knows to what it refers, so that nobody is told to be an orphan beside it.
const UNREAD: &[Mistake] = &[
    seed("bad-yaml", "policies/roadmap.md", "title: ", "title: Roadmap: ", ":"),
    seed("unreadable-file", "latin.md", "", "Caf\u{e9}\n", ""),
    seed(
        "missing-field",
        "events.yaml",
        "- id: chinas-rise",
        "- title: A meeting\n  date: 2020\n  sources: [wikipedia]\n  policies: [made-in-china-2025]\n  summary: Somebody met.\n\n- id: chinas-rise",
        "title",
    ),
];

/// What stands beside the mistakes, so that they are no others.
const BESIDE: &[(&str, &str)] = &[
    ("content/sectors/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("content/sectors/target.md", "---\ntitle: Target practice\nsources: [wikipedia]\n---\n\nSee [games](games.md).\n"),
    (
        "content/notes/target.md",
        "---\ntitle: Other practice\nsources: [wikipedia]\n---\n\nSee [games](../sectors/games.md).\n",
    ),
];

/// The first knowledge base with mistakes in it, held to all rules.
fn seeded(mistakes: &[Mistake], beside: &[(&str, &str)]) -> Book {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<(String, Vec<u8>)> = support::files(&root.join("content"))
        .into_iter()
        .map(|path| (format!("content/{path}"), fs::read(root.join("content").join(&path)).expect("a file")))
        .collect();
    let config = fs::read_to_string(root.join("book.toml")).expect("book.toml");
    // The small entries of this test say no more than a mistake needs.
    let (before, sector) = config.split_once("[collections.sectors.fields.outcome]").expect("a field of sectors");
    let config = format!("{before}[collections.sectors.fields.outcome]{}", sector.replacen("required = true\n", "", 1));
    files.push(("book.toml".to_owned(), config.into_bytes()));
    let moved = files.iter_mut().find(|(path, _)| path == "content/policies/reduced-tax-rates.md").expect("a policy");
    moved.1.splice(4..4, *b"redirect-from: policies/tax-relief.html\n");
    for (path, text) in beside {
        files.push(((*path).to_owned(), text.as_bytes().to_vec()));
    }
    for Mistake { file, right, wrong, .. } in mistakes {
        let path = format!("content/{file}");
        if right.is_empty() {
            // What begins no character in UTF-8 is a byte here.
            let bytes =
                if *file == "latin.md" { wrong.chars().map(|c| c as u8).collect() } else { wrong.as_bytes().to_vec() };
            files.push((path, bytes));
            continue;
        }
        let (_, bytes) = files.iter_mut().find(|(known, _)| *known == path).unwrap_or_else(|| panic!("no {path}"));
        let text = String::from_utf8(bytes.clone()).expect("text");
        assert!(text.contains(right), "{path} has no {right:?}");
        *bytes = text.replacen(right, wrong, 1).into_bytes();
    }
    Book::held_to_all(files)
}

/// What a finding marks in its file.
fn marked<'a>(text: &'a [u8], finding: &Value) -> &'a str {
    let offset = |end: &str| finding[end]["offset"].as_u64().unwrap_or(0) as usize;
    text.get(offset("start")..offset("end")).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
}

#[test]
fn each_mistake_is_told_with_its_rule_its_place_and_a_remedy() {
    let table = told(&seeded(MISTAKES, BESIDE), MISTAKES);
    assert!(MISTAKES.len() >= 30);
    assert_snapshot!(table);
    assert_snapshot!(told(&seeded(UNREAD, &[]), UNREAD));
}

/// What is told of a book, if it is what was seeded.
fn told(book: &Book, mistakes: &[Mistake]) -> String {
    let output = book.run(&["check", "--format", "json", "--today", "2026-01-01"]);
    assert_eq!(output.status, 1, "{}", output.stderr);
    let report: Value = serde_json::from_str(&output.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let mut missed: Vec<&Mistake> = mistakes.iter().collect();
    let mut table = String::new();
    let mut unexpected = String::new();
    for finding in findings {
        let (path, rule) = (finding["path"].as_str().expect("a path"), finding["rule"].as_str().expect("a rule"));
        let text = fs::read(book.folder().join(path)).expect("the file");
        let marked = marked(&text, finding);
        let line = format!(
            "{} {rule} {path}:{}:{} {marked:?}\n    {}\n    help: {}\n    fix: {}\n",
            finding["level"].as_str().unwrap_or(""),
            finding["start"]["line"],
            finding["start"]["column"],
            finding["message"].as_str().unwrap_or(""),
            finding["help"].as_str().unwrap_or("none"),
            match finding["fix"]["safe"].as_bool() {
                None => "none".to_owned(),
                Some(safe) =>
                    format!("{} {}", if safe { "safe" } else { "suggested" }, finding["fix"]["edits"][0]["replacement"]),
            },
        );
        table += &line;
        let place = missed.iter().position(|mistake| {
            let is_there =
                path == format!("content/{}", mistake.file) || (rule == "draft-link" && path.ends_with("toys.md"));
            is_there && mistake.rule == rule && (mistake.marked == marked || mistake.marked.is_empty())
        });
        match place {
            Some(place) => drop(missed.remove(place)),
            None => unexpected += &line,
        }
    }
    let missed: Vec<_> = missed.iter().map(|mistake| (mistake.rule, mistake.file)).collect();
    assert_eq!((missed, unexpected.as_str()), (Vec::new(), ""));
    table
}

#[test]
fn what_has_one_clear_remedy_is_mended_and_every_other_byte_kept() {
    let book = seeded(MISTAKES, BESIDE);
    let before = book.bytes();
    let shown = book.run(&["check", "--fix", "--dry-run"]);
    assert_eq!(book.bytes(), before);
    book.run(&["check", "--fix"]);
    assert_snapshot!(shown.stdout);
    let after = book.bytes();
    let pairs = before.iter().zip(&after).filter(|(before, after)| before != after);
    let changed: String = pairs.map(|((path, before), (_, after))| diff(path, before, after)).collect();
    assert_eq!(shown.stdout, changed);
    book.run(&["check", "--fix"]);
    assert_eq!(book.bytes(), after, "mended twice");
}

/// The change of a file as the binary shows it.
fn diff(path: &str, before: &[u8], after: &[u8]) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    let (before, after) = (text(before), text(after));
    similar::TextDiff::from_lines(&before, &after).unified_diff().header(path, path).to_string()
}
