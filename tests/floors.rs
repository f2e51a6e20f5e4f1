//! Holds the picture that `src/lib.rs` draws: no arrow runs to a room on the same or a later floor, each room keeps to
//! its trade, and the files inside a room form no circle.

use std::path::Path;

use house::House;

#[path = "floors/circles.rs"]
mod circles;
#[path = "floors/house.rs"]
mod house;
#[path = "floors/reader.rs"]
mod reader;

#[path = "floors/examples.rs"]
mod examples;

/// What only some rooms may do. A name ending in `!` is a macro, one beginning
/// with a dot a method, and any other a path that a longer one may begin with.
struct Trade {
    rooms: &'static [&'static str],
    names: &'static [&'static str],
    rule: &'static str,
}

const TRADES: &[Trade] = &[
    Trade {
        rooms: &["disk", "serve"],
        names: &[
            "std::fs",
            "std::os",
            "walkdir",
            ".canonicalize",
            ".exists",
            ".is_dir",
            ".is_file",
            ".is_symlink",
            ".read_dir",
            ".read_link",
            ".symlink_metadata",
            ".try_exists",
        ],
        rule: "only `disk` touches files",
    },
    Trade {
        rooms: &["disk", "serve", "cli", "main"],
        names: &["std::env", "std::process", "std::net", "std::time::SystemTime"],
        rule: "the day, the environment and other processes are inputs, never read inside a stage",
    },
    Trade {
        rooms: &["cli", "main"],
        names: &[
            "print!",
            "println!",
            "eprint!",
            "eprintln!",
            "dbg!",
            "anstream",
            "std::io::stdout",
            "std::io::stderr",
        ],
        rule: "only `cli` prints",
    },
    Trade { rooms: &["theme"], names: &["tera"], rule: "only `theme` knows the template engine" },
    Trade { rooms: &["serve"], names: &["axum", "hyper", "notify", "tokio", "tower"], rule: "only `serve` knows HTTP" },
];

#[test]
fn every_arrow_in_src_points_to_an_earlier_floor() {
    let problems = problems(&sources());
    assert!(problems.is_empty(), "the house of src/lib.rs does not stand:\n{}", problems.join("\n"));
}

/// The files of `src`, by their paths in it.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for item in walkdir::WalkDir::new(&src).sort_by_file_name() {
        let item = item.expect("src can be read");
        if item.path().extension().is_some_and(|extension| extension == "rs") {
            let inside = item.path().strip_prefix(&src).expect("a path under src");
            let path: Vec<_> = inside.iter().map(|part| part.to_str().expect("a path in UTF-8")).collect();
            let text = std::fs::read_to_string(item.path()).expect("a source file in UTF-8");
            files.push((path.join("/"), text));
        }
    }
    files
}

#[test]
fn files_of_a_room_form_no_circle() {
    let problems = circles::problems(&sources());
    assert!(problems.is_empty(), "these files of a room need each other:\n{}", problems.join("\n"));
}

/// Types that stand more than once under one name, each with the reason.
const SAME_NAMES: [(&str, &str); 1] = [("Arguments", "each command has its own, and is read beside it")];

#[test]
fn each_public_type_has_a_name_of_its_own() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for item in walkdir::WalkDir::new(&src) {
        let item = item.expect("src can be read");
        if item.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(item.path()).expect("a source file in UTF-8");
        for line in text.lines() {
            let line = line.trim_start();
            let Some(rest) = line.strip_prefix("pub") else { continue };
            let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
            let mut words = rest.split_whitespace();
            if matches!(words.next(), Some("struct" | "enum" | "trait" | "type")) {
                let name = words.next().unwrap_or("").split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
                seen.entry(name.to_owned()).or_default().push(item.path().display().to_string());
            }
        }
    }
    assert!(seen.len() > 200, "types are written otherwise now");
    let allowed = |name: &str| SAME_NAMES.iter().any(|(known, _)| *known == name);
    let twice: Vec<_> = seen.iter().filter(|(name, files)| files.len() > 1 && !allowed(name)).collect();
    assert!(twice.is_empty(), "a search for one of these finds several: {twice:?}");
    assert!(SAME_NAMES.iter().all(|(name, _)| seen.get(*name).is_some_and(|files| files.len() > 1)));
}

/// The folders of `page` where views are made: nobody there knows the book but by the context.
const WHERE_VIEWS_ARE_MADE: [&str; 4] = ["fragment", "kind", "part", "view"];

#[test]
fn a_view_reads_the_book_through_its_context() {
    let sources = sources();
    let mut found = Vec::new();
    for folder in WHERE_VIEWS_ARE_MADE {
        let within = format!("page/{folder}/");
        let files: Vec<_> = sources.iter().filter(|(path, _)| path.starts_with(&within)).collect();
        assert!(files.len() > 3, "the files of {within} stand elsewhere now");
        found.extend(files.iter().filter(|(_, text)| text.contains("SiteContent")).map(|(path, _)| path));
    }
    assert!(found.is_empty(), "these read the book past `page/context`: {found:?}");
}

/// What is wrong with the house, given its files by their paths under `src`.
fn problems(files: &[(String, String)]) -> Vec<String> {
    let Some((_, lib)) = files.iter().find(|(path, _)| path == "lib.rs") else {
        return vec!["src/lib.rs: is missing".into()];
    };
    let house = match House::read(lib) {
        Ok(house) => house,
        Err(problem) => return vec![problem],
    };
    let mut problems = Vec::new();
    for (path, text) in files {
        let module = module_of(path);
        let room = match module.first() {
            Some(first) => first.as_str(),
            None => path.trim_end_matches(".rs"),
        };
        if !module.is_empty() && !house.floors.contains_key(room) {
            problems.push(format!("src/{path}:1: `{room}` is not among the modules of src/lib.rs"));
            continue;
        }
        match syn::parse_file(text) {
            Ok(file) => {
                let found = reader::read(&house, room, module.clone(), &file);
                problems.extend(found.into_iter().map(|(line, what)| format!("src/{path}:{line}: {what}")));
            }
            Err(error) => problems.push(format!("src/{path}:{}: cannot be parsed: {error}", error.span().start().line)),
        }
    }
    problems
}

/// `page/feed.rs` → `page`, `feed`; `page/mod.rs` → `page`; `lib.rs` and `main.rs` → nothing.
fn module_of(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path.trim_end_matches(".rs").split('/').map(String::from).collect();
    if parts.last().is_some_and(|last| last == "mod") || parts == ["lib"] || parts == ["main"] {
        parts.pop();
    }
    parts
}
