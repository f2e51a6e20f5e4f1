//! The schemas that `dossier schema` writes, held to what a build takes and refuses by validators that know nothing of us.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use boon::{Compiler, Schemas};
use serde_json::Value;

use crate::support::Book;

/// The schemas of a book, compiled.
struct Checked {
    schemas: Schemas,
    compiled: BTreeMap<String, boon::SchemaIndex>,
}

impl Checked {
    /// What `dossier schema` writes for the book in `folder`; each is valid, or this fails.
    fn of(folder: &Path) -> Checked {
        let out = tempfile::tempdir().expect("a temporary folder");
        let mut dossier = Command::new(env!("CARGO_BIN_EXE_dossier"));
        let done = dossier.arg("schema").arg(folder).arg("--out").arg(out.path()).output().expect("the binary runs");
        assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
        let (mut schemas, mut compiled) = (Schemas::new(), BTreeMap::new());
        for file in std::fs::read_dir(out.path()).expect("the schemas").map(|file| file.expect("a schema")) {
            let name = file.file_name().into_string().expect("a name in UTF-8");
            let text = std::fs::read_to_string(file.path()).expect("a schema in UTF-8");
            let mut compiler = Compiler::new();
            compiler.add_resource(&name, serde_json::from_str(&text).expect("JSON")).expect("a schema");
            let index = compiler.compile(&name, &mut schemas).unwrap_or_else(|error| panic!("{name}: {error:#}"));
            compiled.insert(name, index);
        }
        Checked { schemas, compiled }
    }

    /// Where a value is not as the schema wants it: the innermost places, as `/0/kind`.
    fn mistakes(&self, schema: &str, value: &Value) -> BTreeSet<String> {
        let index = self.compiled.get(schema).unwrap_or_else(|| panic!("there is no {schema}"));
        match self.schemas.validate(value, *index) {
            Ok(()) => BTreeSet::new(),
            Err(error) => places(&error),
        }
    }
}

fn places(error: &boon::ValidationError) -> BTreeSet<String> {
    match error.causes.is_empty() {
        true => BTreeSet::from([error.instance_location.to_string()]),
        false => error.causes.iter().flat_map(places).collect(),
    }
}

/// The value of a YAML text, as another reader than ours sees it.
fn yaml(text: &str) -> Value {
    yaml_serde::from_str(text).unwrap_or_else(|error| panic!("{error} in:\n{text}"))
}

fn front_matter(text: &str) -> Option<&str> {
    Some(text.strip_prefix("---\n")?.split_once("\n---\n")?.0)
}

#[test]
fn what_this_repository_holds_is_as_its_schemas_want_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for book in ["", "docs", "tests/browser/kitchen", "tests/editor/book"] {
        let folder = root.join(book);
        let checked = Checked::of(&folder);
        let config = std::fs::read_to_string(folder.join("book.toml")).expect("book.toml");
        let config: Value = toml::from_str(&config).expect("TOML");
        assert_eq!(checked.mistakes("book.toml.schema.json", &config), BTreeSet::new(), "{book}");
        let content = folder.join("content");
        for file in walkdir::WalkDir::new(&content).into_iter().filter_map(Result::ok) {
            let path =
                file.path().strip_prefix(&content).expect("a file of the book").to_string_lossy().replace('\\', "/");
            let (stem, extension) = path.rsplit_once('.').unwrap_or((&path, ""));
            let collection = stem.split('/').next().unwrap_or("");
            let (schema, value) = match extension {
                "yaml" if path == "sources.yaml" => {
                    ("sources.schema.json".to_owned(), std::fs::read_to_string(file.path()))
                }
                "yaml" => (format!("{collection}.yaml.schema.json"), std::fs::read_to_string(file.path())),
                "md" if !stem.ends_with("index") => {
                    (format!("{collection}.md.schema.json"), std::fs::read_to_string(file.path()))
                }
                _ => continue,
            };
            let text = value.expect("a text in UTF-8");
            let text = if extension == "md" { front_matter(&text) } else { Some(text.as_str()) };
            // Plain sections have no schema.
            let (Some(text), true) = (text, checked.compiled.contains_key(&schema)) else { continue };
            assert_eq!(checked.mistakes(&schema, &yaml(text)), BTreeSet::new(), "{path}");
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen} files");
}

/// A collection with a field of each type, and what they refer to.
const CONFIG: &str = r#"[countries]
EU = { name = "European Union" }

[collections.things.fields]
text = { type = "text" }
markdown = { type = "markdown" }
number = { type = "number" }
yes-no = { type = "yes-no" }
when = { type = "date" }
url = { type = "url" }
choice = { type = "choice", values = { plan = "A plan", "2" = "Two" } }
country = { type = "country" }
quantity = { type = "quantity" }
reference = { type = "reference", to = "sectors" }
texts = { type = "text", many = true }
numbers = { type = "number", many = true }
dates = { type = "date", many = true }
choices = { type = "choice", values = ["plan", "fund"], many = true }
countries = { type = "country", many = true }
references = { type = "reference", to = ["sectors", "persons"], many = true, inverse = "Things" }
# Standard keys of which the collection says more.
order = { label = "Rank" }

[collections.needs-a-text.fields]
must = { type = "text", required = true }
[collections.needs-texts.fields]
must = { type = "text", required = true, many = true }
[collections.needs-a-date.fields]
date = { required = true }
[collections.needs-a-choice.fields]
must = { type = "choice", required = true, values = ["plan", "fund"] }
[collections.needs-a-reference.fields]
must = { type = "reference", required = true, to = "sectors" }

[collections.sectors]
[collections.persons]
"#;

/// Keys of `things`, with the collection that they are tried in.
const KEYS: &[&str] = &[
    "text",
    "markdown",
    "number",
    "yes-no",
    "when",
    "url",
    "choice",
    "country",
    "quantity",
    "reference",
    "texts",
    "numbers",
    "dates",
    "choices",
    "countries",
    "references",
    "title",
    "summary",
    "aliases",
    "slug",
    "redirect-from",
    "tags",
    "date",
    "order",
    "lang",
    "image-alt",
    "sources",
    "figures",
    "review-by",
    "published",
    "draft",
    "translation",
    "unknown",
];

/// What people write, right and wrong.
const VALUES: &[&str] = &[
    "",
    "~",
    "''",
    "'  '",
    "[]",
    "[~]",
    "[x, ~]",
    "{}",
    "x",
    "Two words",
    "a, b",
    "12",
    "3.5",
    "-1",
    "1e3",
    "'12'",
    "twelve",
    "[1, 2]",
    "true",
    "'true'",
    "yes",
    "No",
    "maybe",
    "GB",
    "NO",
    "EU",
    "gb",
    "Norway",
    "[GB, EU]",
    "2015",
    "800",
    "2015-05",
    "2015-13",
    "2015-05-19",
    "2015~",
    "156X",
    "2015-21",
    "[2015, 2017]",
    "[2015, x]",
    "2015/2020",
    "2015/..",
    "May 2015",
    "'[2015, 2016]'",
    "2024-01-02T10:00:00Z",
    "https://a.example/b",
    "example.org",
    "ftp://a.example",
    "plan",
    "2",
    "Plan",
    "A plan",
    "[plan, fund]",
    "[plan, plam]",
    "{ value: plan }",
    "{ value: plan, note: Because. }",
    "{ value: plam, note: Because. }",
    "{ note: Because. }",
    "{ value: plan, nte: x }",
    "{ value: [plan] }",
    "{ value: 2015 }",
    "{ value: 12, note: ~ }",
    "{ to: robotics }",
    "{ to: robotics, note: Because. }",
    "{ to: robtics }",
    "{ value: robotics }",
    "robotics",
    "Robotics",
    "the  ROBOTS",
    "'[[Robotics|x]]'",
    "'[[robotics]]'",
    "sectors/robotics",
    "sectors/robotics.md",
    "/sectors/robotics/",
    "robtics",
    "[robotics, 2025]",
    "[robotics, robtics]",
    "[{ to: robotics }, { to: robtics }]",
    "made-in-china",
    "2.9 billion USD",
    "about 40 %",
    "US$20",
    "lots",
    "'5'",
    "{ title: A, url: 'https://a.example' }",
    "{ titel: A }",
    "[{ title: A }, wikipedia]",
    "wikipedia",
    "[wikipedia]",
    "[wikipedai]",
    "{ value: 3, label: of them }",
    "[{ value: 3, label: x, to: robotics }]",
    "{ value: 3 }",
    "[[a]]",
    "|\n  Some text.",
    "Not A Slug",
    "a-slug",
    "old/page.html",
    "https://a.example/old",
];

/// Rules that tell of single values.
const OF_VALUES: [&str; 5] = ["wrong-value", "unknown-field", "missing-field", "dangling-reference", "unknown-source"];

/// Everything that people may write, each in an entry of its own, by its file: the collection and the text.
fn trials() -> BTreeMap<String, (&'static str, String)> {
    let things = KEYS.iter().map(|key| ("things", *key));
    let needs = [
        ("needs-a-text", "must"),
        ("needs-texts", "must"),
        ("needs-a-date", "date"),
        ("needs-a-choice", "must"),
        ("needs-a-reference", "must"),
    ];
    let mut trials = BTreeMap::new();
    for (collection, key) in things.chain(needs) {
        for (number, value) in VALUES.iter().enumerate() {
            trials.insert(format!("{collection}/{key}-{number}.md"), (collection, format!("{key}: {value}")));
        }
        trials.insert(format!("{collection}/{key}-none.md"), (collection, "lang: en".to_owned()));
    }
    trials
}

#[test]
fn what_a_build_takes_a_schema_takes_and_most_of_what_it_refuses_a_schema_refuses() {
    let book = Book::new([
        ("book.toml", CONFIG),
        ("content/sectors/robotics.md", "---\naliases: [The robots, 2025]\n---\n"),
        ("content/sources.yaml", "wikipedia:\n  title: Wikipedia\n"),
    ]);
    let checked = Checked::of(&book.folder());
    let trials = trials();
    for (path, (_, text)) in &trials {
        // What other keys say must not tell of an entry that may be a draft.
        book.write(format!("content/{path}"), format!("---\n{text}\n---\n"));
    }
    let output = book.build(&["--drafts", "--verbose"]);
    let refused: BTreeSet<&str> = output
        .stderr
        .split("error[")
        // What is wrong between files no schema sees: a title or an address that another entry has, a link in a text.
        .filter(|told| told.split_once(']').is_some_and(|(rule, _)| OF_VALUES.contains(&rule)))
        .flat_map(|told| told.split_once("--> [temp]/book/content/").and_then(|(_, place)| place.split_once(':')))
        .map(|(path, _)| path)
        .collect();
    let (mut told, mut untold, mut stricter) = (0, Vec::new(), Vec::new());
    for (path, (collection, text)) in &trials {
        let taken = checked.mistakes(&format!("{collection}.md.schema.json"), &yaml(text)).is_empty();
        match (refused.contains(path.as_str()), taken) {
            (false, false) => stricter.push(format!("{collection}: {text}")),
            (true, true) => untold.push(format!("{collection}: {}", text.replace('\n', " "))),
            (true, false) => told += 1,
            (false, true) => {}
        }
    }
    assert_eq!(stricter, [""; 0], "taken by a build alone");
    assert!(told > 10 * untold.len(), "{told} told, {} untold", untold.len());
    insta::assert_snapshot!("what_only_a_build_tells", untold.join("\n"));
}

#[test]
fn a_mistake_is_told_where_it_stands() {
    let checked = Checked::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editor/book"));
    for (schema, text, place) in [
        ("dishes.md", "kind: mian", "/kind"),
        ("dishes.md", "kind: main\ncolour: red", ""),
        ("dishes.md", "title: Peas", ""),
        ("dishes.md", "kind:", "/kind"),
        ("dishes.md", "kind: [main]", "/kind"),
        ("dishes.md", "kind: { value: mian, note: x }", "/kind/value"),
        ("dishes.md", "kind: { value: main, nte: x }", "/kind"),
        ("dishes.md", "kind: main\ngoes-with: [chips, fsh]", "/goes-with/1"),
        ("dishes.md", "kind: main\ngoes-with: [chips, { to: fsh }]", "/goes-with/1/to"),
        ("dishes.md", "kind: main\ncook: fish", "/cook"),
        ("dishes.md", "kind: main\ncountry: XX", "/country"),
        ("dishes.md", "kind: main\ndate: May of 1860", "/date"),
        ("dishes.md", "kind: main\nhot: perhaps", "/hot"),
        ("dishes.md", "kind: main\nprice: a lot", "/price"),
        ("dishes.md", "kind: main\nsources: [panayi, { titel: x }]", "/sources/1"),
        ("dishes.md", "kind: main\nfigures: [{ value: 3 }]", "/figures/0"),
        ("dishes.yaml", "- { id: a, kind: main }\n- { title: Peas, kind: side }", "/1"),
        ("dishes.yaml", "- { id: a, kind: main }\n- { id: b, kind: sdie }", "/1/kind"),
        ("dishes.yaml", "kind: mian", "/kind"),
        ("dishes.yaml", "one text", ""),
        ("sources", "panayi: { title: x, url: example.org }", "/panayi/url"),
        ("sources", "panayi: { author: x }", "/panayi"),
    ] {
        let value = yaml(text);
        assert_eq!(
            checked.mistakes(&format!("{schema}.schema.json"), &value),
            BTreeSet::from([place.to_owned()]),
            "{text}"
        );
    }
    for (text, place) in [
        ("[book]\ntitel = 'x'", "/book"),
        ("[book]\ntitle = 3", "/book/title"),
        ("[output.html]\nraw-html = 'maybe'", "/output/html/raw-html"),
        ("[theme.tokens]\naccent = ['a', 'b', 'c']", "/theme/tokens/accent"),
        ("[collections.Policies]", ""),
        ("[collections.p]\nlayout = 'grid'", "/collections/p/layout"),
        ("[collections.p.fields]\nkind = { type = 'choise' }", "/collections/p/fields/kind/type"),
        ("[collections.p.fields]\nkind = { label = 'x' }", "/collections/p/fields/kind"),
        ("[collections.p.fields]\nkind = { type = 'choice' }", "/collections/p/fields/kind"),
        ("[collections.p.fields]\nkind = { type = 'text', to = 'p' }", "/collections/p/fields/kind/type"),
        ("[check]\nbroken-link = 'loud'", "/check/broken-link"),
    ] {
        let value: Value = toml::from_str(text).expect("TOML");
        let mistakes = checked.mistakes("book.toml.schema.json", &value);
        assert!(mistakes.contains(place), "{text}: {mistakes:?}");
    }
}

#[test]
fn what_mdbook_has_in_its_book_toml_passes() {
    let config = r#"
[book]
authors = "Ada"
multilingual = false
[build]
create-missing = true
[rust]
edition = "2024"
[preprocessor.links]
[output.linkcheck]
[output.html]
fold = { enable = true }
git-repository-url = "https://github.com/example/book"
[output.html.search]
limit-results = 20
"#;
    let book = Book::new([("book.toml", config), ("src/x.md", "# X\n")]);
    let value: Value = toml::from_str(config).expect("TOML");
    assert_eq!(Checked::of(&book.folder()).mistakes("book.toml.schema.json", &value), BTreeSet::new());
}

#[test]
fn while_book_toml_is_wrong_only_its_own_schema_is_written() {
    let book = Book::new([("book.toml", "[bok]\n"), ("content/x.md", "# X\n")]);
    let output = book.run(&["schema", "--out", "out"]);
    assert_eq!((output.status, output.stdout.as_str()), (1, "Wrote 1 schema: out\n"));
    assert!(output.stderr.contains("book.toml has no key \"bok\""), "{}", output.stderr);
    assert!(output.stderr.contains("1 error in book.toml; only its own schema was written"), "{}", output.stderr);
}

#[test]
fn settings_are_written_once_and_snippets_are_kept_up_to_date() {
    let book = Book::new([
        (
            "book.toml",
            "[collections.dishes]\nsingular = \"Dish\"\nfields.kind = { type = \"choice\", values = [\"a\", \"b\"], required = true }\nfields.with = { type = \"reference\", to = \"dishes\", required = true }\n",
        ),
        ("content/Dishes/fish.md", "---\nkind: a\n---\n"),
        (".vscode/settings.json", "{ \"mine\": true }\n"),
    ]);
    let output = book.run(&["schema", "--editor"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("what_the_command_says_of_settings", output.stdout);
    let read = |path: &str| std::fs::read_to_string(book.folder().join(path)).unwrap_or_else(|_| panic!("{path}"));
    assert_eq!(read(".vscode/settings.json"), "{ \"mine\": true }\n");
    insta::assert_snapshot!("the_snippet_of_a_collection", read(".vscode/dossier.code-snippets"));
    book.remove(".vscode/settings.json");
    assert_eq!(book.run(&["schema", "--editor"]).status, 0);
    insta::assert_snapshot!("the_settings_of_vs_code", read(".vscode/settings.json"));
    insta::assert_snapshot!("the_settings_of_remark", read(".remarkrc.json"));
    // A new entry is offered from the next run on, and what did not change is left alone.
    book.write("content/dishes/chips.md", "---\nkind: b\n---\n");
    let again = book.run(&["schema"]);
    assert_eq!(again.stdout, "Wrote 2 of 4 schemas: .dossier/schemas\nWrote .vscode/dossier.code-snippets\n");
    assert!(read(".vscode/dossier.code-snippets").contains("|chips,fish|"));
    assert_eq!(book.run(&["schema"]).stdout, "4 schemas up to date: .dossier/schemas\n");
}

#[test]
fn what_a_snippet_leaves_behind_is_right_as_it_is() {
    let files = [
        "book.toml",
        "content/dishes/fish.md",
        "content/dishes/sides.yaml",
        "content/people.yaml",
        "content/sources.yaml",
    ];
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editor/book");
    let book = Book::new(files.map(|file| (file, std::fs::read_to_string(fixture.join(file)).expect("the fixture"))));
    assert_eq!(book.run(&["schema", "--editor"]).status, 0);
    let checked = Checked::of(&book.folder());
    let snippets = std::fs::read_to_string(book.folder().join(".vscode/dossier.code-snippets")).expect("snippets");
    let snippets: BTreeMap<String, Value> = serde_json::from_str(&snippets).expect("JSON");
    assert_eq!(snippets.keys().collect::<Vec<_>>(), ["dishes", "people"]);
    // Tab stops as somebody leaves them who only presses Tab: the first choice, the text that is there, nothing.
    let stop = regex::Regex::new(r"\$\{\d+\|([^,|]+)[^|]*\|\}|\$\{\d+:([^}]*)\}|\$\d").expect("an expression");
    for (collection, snippet) in snippets {
        let lines: Vec<&str> = snippet["body"].as_array().expect("lines").iter().filter_map(Value::as_str).collect();
        let text = stop.replace_all(&lines.join("\n"), "$1$2").into_owned();
        assert!(!text.contains("${"), "{text}");
        let front = front_matter(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(checked.mistakes(&format!("{collection}.md.schema.json"), &yaml(front)), BTreeSet::new(), "{text}");
        book.write(format!("content/{collection}/new.md"), &text);
    }
    let output = book.build(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
}
