//! The manual's page on each rule: its examples are the rule's tests.
//!
//! An example is a run of fences, and is read as readers see it. Each file of a small book stands in a fence whose info
//! string gives its language and its path, and is laid over the book in `tests/rules/book`. Then follows what the program
//! says, word for word, and where `check --fix` mends it, what that changes:
//!
//! ````text
//! ```markdown content/bridges/tay-bridge.md      the whole file
//! ```toml book.toml added                        what is added at the end of the file there
//! ```markdown content/bridges/tay-bridge.md latin-1   the file in that encoding, which is no UTF-8
//! ```text check --today 2026-01-01               what is said, with these arguments
//! ```diff fix                                    what `check --fix` changes
//! ````
//!
//! What only some programs tell, with a feature or without it, the page says at its head (`program`), and only they are asked.
//!
//! `UPDATE_RULES=1 cargo test --test it rules` writes the last two into the pages. Read the diff before it is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use rayon::prelude::*;
use similar::TextDiff;

use crate::support::Book;

/// How the binary checks the book in the current folder.
const CHECK: &[&str] = &["check"];

/// How it mends that book.
const FIX: &[&str] = &["check", "--fix"];

/// What kind of program is tested, as pages call it.
const OURS: &str = if cfg!(feature = "social-images") { "with-social-images" } else { "without-social-images" };

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let paths = tree(&root().join("docs/rules")).into_keys();
    let paths = paths.filter(|path| path.ends_with(".md") && path != "index.md");
    paths.map(|path| Page::read(&root().join("docs/rules").join(path))).collect()
});

/// What all examples stand on.
static BOOK: LazyLock<Tree> = LazyLock::new(|| tree(&root().join("tests/rules/book")));

/// The files of a folder, by their paths in it.
type Tree = BTreeMap<String, Vec<u8>>;

#[test]
fn every_example_is_told_as_its_page_says() {
    let update = env::var_os("UPDATE_RULES").is_some();
    let wrong: Vec<String> = PAGES
        .par_iter()
        .filter(|page| page.program.as_deref().is_none_or(|program| program == OURS))
        .flat_map_iter(|page| {
            let (wrong, text) = page.compared();
            if update && text != page.text {
                fs::write(&page.path, text).expect("the page can be written");
            }
            if update { Vec::new() } else { wrong }
        })
        .collect();
    assert!(wrong.is_empty(), "{}\nUPDATE_RULES=1 writes this into the pages", wrong.join("\n"));
}

#[test]
fn nothing_is_wrong_with_the_book_that_the_examples_stand_on() {
    assert_eq!(told(&Book::held_to_all(&*BOOK), &[]), "");
}

#[test]
fn every_page_shows_its_rule_at_each_of_its_levels() {
    for page in PAGES.iter() {
        let name = &page.name;
        assert!(!page.cases.is_empty(), "the page of {name} has no example");
        for case in &page.cases {
            let line = page.text[..case.check.whole.start].lines().count() + 1;
            let says = case.check.body.contains(&format!("[{name}]"));
            assert!(says, "{}:{line}: an example of {name} that is not told of it", page.path.display());
        }
        let levels = [&page.level, page.in_plain_sections.as_ref().unwrap_or(&page.level)];
        for level in levels.into_iter().filter(|level| *level != "off") {
            let message = format!("{level}[{name}]:");
            let is_shown = page.cases.iter().any(|case| case.check.body.contains(&message));
            assert!(is_shown, "the page of {name} has no example that is told as {message}");
        }
        let mends = page.cases.iter().any(|case| case.fix.is_some());
        assert!(mends == (page.fix != "none"), "the page of {name} says fix: {}", page.fix);
    }
}

#[test]
fn rules_and_pages_are_the_same() {
    let rules = rules_of_the_program();
    let levels = |page: &Page| {
        let in_plain_sections = page.in_plain_sections.clone().unwrap_or_else(|| page.level.clone());
        (page.name.clone(), (page.level.clone(), in_plain_sections))
    };
    assert_eq!(rules, PAGES.iter().map(levels).collect());
    let bodies = PAGES.iter().flat_map(|page| &page.cases).map(|case| case.check.body.as_str());
    let told: BTreeSet<&str> = bodies.flat_map(rules_told).collect();
    let unknown: Vec<&str> = told.into_iter().filter(|rule| !rules.contains_key(*rule)).collect();
    assert_eq!(unknown, [""; 0], "rules that are told and have no page");
}

/// The names and default levels of all rules, as the program itself lists them.
fn rules_of_the_program() -> BTreeMap<String, (String, String)> {
    let output = Book::new::<&str, &str>([]).run(&["explain"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    let rows = output.stdout.lines().skip(1).map(|row| row.split_whitespace());
    let word = |words: &mut std::str::SplitWhitespace| words.next().map(str::to_owned);
    rows.filter_map(|mut words| Some((word(&mut words)?, (word(&mut words)?, word(&mut words)?)))).collect()
}

/// The rules that messages are of: `broken-link` in `error[broken-link]: …`.
fn rules_told(messages: &str) -> impl Iterator<Item = &str> {
    messages.lines().filter_map(|line| {
        let line = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
        Some(line.split_once(']')?.0)
    })
}

/// The page on a rule.
struct Page {
    path: PathBuf,
    text: String,
    name: String,
    level: String,
    in_plain_sections: Option<String>,
    /// Of what kind its fixes are: `safe`, `suggested` or `none`.
    fix: String,
    /// Which programs tell it, if not all do.
    program: Option<String>,
    cases: Vec<Case>,
}

/// A small book, and what is said of it.
struct Case {
    book: Tree,
    /// What the check is asked for besides.
    args: Vec<String>,
    check: Fence,
    fix: Option<Fence>,
}

/// A block of code in a page.
struct Fence {
    info: Vec<String>,
    whole: Range<usize>,
    /// The lines between its two marks.
    inside: Range<usize>,
    body: String,
}

impl Page {
    fn read(path: &Path) -> Page {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
        let front = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"));
        let (front, _) = front.unwrap_or_else(|| panic!("{} has no front matter", path.display()));
        let field = |name: &str| {
            let value = |line: &str| Some(line.strip_prefix(name)?.strip_prefix(": ")?.to_owned());
            front.lines().find_map(value)
        };
        let needed = |name: &str| field(name).unwrap_or_else(|| panic!("{} has no \"{name}\"", path.display()));
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name in UTF-8").to_owned();
        assert_eq!(needed("title"), name, "a page is called as its rule");
        Page {
            path: path.to_owned(),
            level: needed("level"),
            in_plain_sections: field("in-plain-sections"),
            fix: needed("fix"),
            program: field("program"),
            cases: cases(&text, path),
            name,
            text,
        }
    }

    /// What is told otherwise than the page says, and the page as it should read.
    fn compared(&self) -> (Vec<String>, String) {
        let mut wrong = Vec::new();
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for case in &self.cases {
            let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
            let check = told(&Book::held_to_all(&case.book), &args);
            if check != case.check.body {
                wrong.push(self.difference(&case.check, &check));
                edits.push((case.check.inside.clone(), check));
            }
            let fix = fixed(&case.book, FIX, &args, &self.fix);
            let said = case.fix.as_ref().map_or("", |fence| &fence.body);
            if fix == said {
                continue;
            }
            wrong.push(self.difference(case.fix.as_ref().unwrap_or(&case.check), &fix));
            edits.push(match &case.fix {
                Some(fence) if fix.is_empty() => (fence.whole.clone(), String::new()),
                Some(fence) => (fence.inside.clone(), fix),
                None => (case.check.whole.end..case.check.whole.end, format!("\n\n```diff fix\n{fix}```")),
            });
        }
        let mut text = self.text.clone();
        for (range, new) in edits.into_iter().rev() {
            text.replace_range(range, &new);
        }
        (wrong, text)
    }

    fn difference(&self, fence: &Fence, found: &str) -> String {
        let line = self.text[..fence.whole.start].lines().count() + 1;
        let diff = TextDiff::from_lines(fence.body.as_str(), found);
        format!("{}:{line}: what the page says (-) and what is said (+)\n{}", self.path.display(), diff.unified_diff())
    }
}

/// The examples of a page.
fn cases(text: &str, path: &Path) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut book: Option<Tree> = None;
    for fence in fences(text) {
        let line = text[..fence.whole.start].lines().count() + 1;
        let info: Vec<&str> = fence.info.iter().map(String::as_str).collect();
        match info.as_slice() {
            // A block that shows something besides.
            [] | [_] => {}
            ["text", "check", args @ ..] => {
                let args = args.iter().map(|arg| (*arg).to_owned()).collect();
                let book = book.take().unwrap_or_else(|| panic!("{}:{line}: a check of no file", path.display()));
                cases.push(Case { book, args, check: fence, fix: None });
            }
            ["diff", "fix"] => {
                let case = cases.last_mut().filter(|case| book.is_none() && case.fix.is_none());
                case.unwrap_or_else(|| panic!("{}:{line}: a fix of no check", path.display())).fix = Some(fence);
            }
            [_, file, how @ ..] => {
                let book = book.get_or_insert_with(|| BOOK.clone());
                let body = fence.body.as_bytes();
                let body = match how {
                    [] => body.to_vec(),
                    ["added"] => [book.get(*file).map_or(&b""[..], Vec::as_slice), b"\n", body].concat(),
                    ["latin-1"] => fence.body.chars().map(|c| u8::try_from(c).expect("a letter of Latin-1")).collect(),
                    _ => panic!("{}:{line}: what is {how:?}?", path.display()),
                };
                book.insert((*file).to_owned(), body);
            }
        }
    }
    assert!(book.is_none(), "{}: the files at the end are not checked", path.display());
    cases
}

/// The fences of a page, in order.
fn fences(text: &str) -> Vec<Fence> {
    let blocks = Parser::new(text).into_offset_iter().filter_map(|(event, whole)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => Some((info, whole)),
        _ => None,
    });
    let fence = |(info, whole): (pulldown_cmark::CowStr, Range<usize>)| {
        let block = text[whole.clone()].trim_end();
        let ends =
            (block.find('\n').expect("a block has lines") + 1, block.rfind('\n').expect("a block has lines") + 1);
        let inside = whole.start + ends.0..whole.start + ends.1;
        let info = info.split_whitespace().map(str::to_owned).collect();
        Fence { info, body: text[inside.clone()].to_owned(), inside, whole: whole.start..whole.start + block.len() }
    };
    blocks.map(fence).collect()
}

/// What is said of a book, but for the last line, which counts.
fn told(book: &Book, args: &[&str]) -> String {
    let output = book.run(&[CHECK, args].concat());
    assert!(matches!(output.status, 0 | 1), "{}", output.stderr);
    output.stdout.trim_end().rsplit_once("\n\n").map_or(String::new(), |(messages, _)| messages.to_owned() + "\n")
}

/// What mending a book changes in its files.
fn fixed(before: &Tree, command: &[&str], args: &[&str], kind: &str) -> String {
    let book = Book::held_to_all(before);
    let unsafe_too: &[&str] = if kind == "suggested" { &["--unsafe-fixes"] } else { &[] };
    book.run(&[command, unsafe_too, args].concat());
    let after = tree(&book.folder());
    let text = |files: &Tree, path: &String| {
        String::from_utf8_lossy(files.get(path).map_or(&[][..], Vec::as_slice)).into_owned()
    };
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    let diff = |path: &String| {
        let (old, new) = (text(before, path), text(&after, path));
        TextDiff::from_lines(&old, &new).unified_diff().context_radius(1).header(path, path).to_string()
    };
    changed.map(diff).collect()
}

fn tree(folder: &Path) -> Tree {
    let items = walkdir::WalkDir::new(folder).into_iter().map(|item| item.expect("the folder can be read"));
    let files = items.filter(|item| item.file_type().is_file());
    files
        .map(|file| {
            let path = file.path().strip_prefix(folder).expect("a path in the folder");
            let path = path.to_str().expect("a path in UTF-8").replace('\\', "/");
            (path, fs::read(file.path()).expect("the file can be read"))
        })
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
