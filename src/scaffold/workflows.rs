//! What holds for every workflow, of a new book and of this repository: tests alone.

use include_dir::{Dir, include_dir};
use serde_json::{Value, json};

use crate::base::span::Span;
use crate::parse::yaml::{Trivia, parse};

static OF_A_BOOK: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/book/.github");
static OUR_OWN: Dir = include_dir!("$CARGO_MANIFEST_DIR/.github");

/// The jobs that may do more than read the repository, by the file of their workflow, and what they may do.
fn granted(file: &str, job: &str) -> Option<Value> {
    match (file, job) {
        ("workflows/pages.yml", "publish") => Some(json!({ "pages": "write", "id-token": "write" })),
        // It is run for requests of strangers: `tests/workflows` has what they may try.
        ("workflows/comment.yml", "comment") => Some(json!({ "actions": "read", "pull-requests": "write" })),
        ("workflows/release.yml", "publish") => {
            Some(json!({ "contents": "write", "id-token": "write", "attestations": "write" }))
        }
        _ => None,
    }
}

/// The events that run a workflow with the rights of the repository, although a stranger has brought them about.
const FOR_STRANGERS: [&str; 3] = ["workflow_run", "pull_request_target", "issue_comment"];

/// The YAML files of a folder with their names.
fn read(github: &Dir, folder: &str) -> Vec<(String, Value)> {
    let files = github.get_dir(folder).expect(folder).files();
    let read = |file: &include_dir::File| {
        let name = file.path().display().to_string();
        let text = file.contents_utf8().expect(&name);
        let node = parse(text, Span::new(0..text.len()), &mut Trivia::default()).expect(&name).expect(&name);
        (name, node.to_json())
    };
    files.map(read).collect()
}

/// An action that is called must be pinned to a version, or stand in the repository.
fn check_step(github: &Dir, name: &str, step: &Value) {
    match step["uses"].as_str() {
        Some(uses) => {
            let version = uses.split_once("@v").is_some_and(|(_, version)| version.parse::<u32>().is_ok());
            let own = uses.strip_prefix("./.github/").map(|path| format!("{path}/action.yml"));
            assert!(version || own.is_some_and(|own| github.get_file(own).is_some()), "{name}: {uses}");
        }
        None => {
            let run = step["run"].as_str().expect(name);
            // A value that others can write would be run as a part of the script.
            assert!(!run.contains("${{"), "{name}: {run}");
        }
    }
}

#[test]
fn every_workflow_says_when_it_runs_what_it_may_do_and_for_how_long() {
    for github in [&OF_A_BOOK, &OUR_OWN] {
        let workflows = read(github, "workflows");
        assert!(workflows.len() >= 3);
        for (file, workflow) in workflows {
            let name = &file;
            let is_for_strangers = FOR_STRANGERS.iter().any(|event| !workflow["on"][event].is_null());
            assert!(!is_for_strangers || file == "workflows/comment.yml", "{name}");
            assert!(workflow["name"].is_string() && workflow["on"].is_object(), "{name}");
            assert_eq!(workflow["permissions"], json!({ "contents": "read" }), "{name}");
            for (job, what) in workflow["jobs"].as_object().expect(name) {
                let name = format!("{name}, {job}");
                assert!(what["runs-on"].is_string() && what["timeout-minutes"].is_number(), "{name}");
                assert_eq!(what["permissions"], granted(&file, job).unwrap_or_default(), "{name}");
                for step in what["steps"].as_array().expect(&name) {
                    let is_checkout = step["uses"].as_str().is_some_and(|uses| uses.starts_with("actions/checkout@"));
                    assert!(!is_checkout || step["with"]["persist-credentials"] == false, "{name}");
                    assert!(!(is_for_strangers && (is_checkout || step["run"].is_string())), "{name}");
                }
                for step in what["steps"].as_array().expect(&name) {
                    check_step(github, &name, step);
                }
            }
        }
        for (name, action) in read(github, "actions/dossier") {
            assert_eq!(action["runs"]["using"], "composite", "{name}");
            for step in action["runs"]["steps"].as_array().expect(&name) {
                assert!(step["uses"].is_string() || step["shell"] == "bash", "{name}: {step}");
                check_step(github, &name, step);
            }
        }
    }
}

#[test]
fn the_workflows_of_a_book_check_comment_publish_and_try_links() {
    let text = |name: &str| OF_A_BOOK.get_file(format!("workflows/{name}")).and_then(|file| file.contents_utf8());
    let has = |name: &str, parts: &[&str]| {
        let text = text(name).expect(name);
        parts.iter().for_each(|part| assert!(text.contains(part), "{name}: {part}"));
    };
    has(
        "check.yml",
        &["pull_request:", "dossier check --format github", "dossier diff", "build --keep-going --compare"],
    );
    has("comment.yml", &["workflow_run:", "head_sha", "updateComment"]);
    has("pages.yml", &["branches: [main]", "dossier build", "path: site", "deploy-pages@"]);
    has("links.yml", &["cron:", "lychee-action@"]);
    // What strangers can set off is the same where it is tried.
    let own = OUR_OWN.get_file("workflows/comment.yml").and_then(|file| file.contents_utf8());
    assert_eq!(text("comment.yml"), own);
}
