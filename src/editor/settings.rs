//! The settings by which editors find schemas: of VS Code, of its TOML extension and of remark.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{EditorFile, SCHEMAS, text};
use crate::base::path::slug;
use crate::book::Book;
use crate::config::{Collection, Config};
use crate::parse::SOURCES_FILE;

/// Names of files that are the page of their folder, which is held to no fields.
const INDEX: &str = "!(index|Index|INDEX|_index|readme|Readme|README).md";

/// The files of a book's folder that tell editors where its schemas are. `folders` are those that entries stand in: a
/// collection's folder may be spelt in another way than the collection.
pub fn settings(config: &Config, folders: &BTreeSet<String>) -> Vec<EditorFile> {
    vec![
        (".vscode/settings.json".to_owned(), text(&vs_code(config, folders))),
        (".vscode/extensions.json".to_owned(), text(&extensions())),
        (".vscode/tasks.json".to_owned(), text(&tasks())),
        (".taplo.toml".to_owned(), taplo()),
        (".remarkrc.json".to_owned(), text(&remark(config, folders))),
    ]
}

/// The folders that entries stand in, as they are spelt, without those inside them.
pub fn folders(book: &Book) -> BTreeSet<String> {
    let paths = book.entries.iter().filter_map(|entry| book.config.within_src(&entry.path));
    paths.filter_map(|path| path.split_once('/')).map(|(folder, _)| folder.to_owned()).collect()
}

fn vs_code(config: &Config, folders: &BTreeSet<String>) -> Value {
    let mut schemas = Map::new();
    schemas.insert(
        format!("./{SCHEMAS}/sources.schema.json"),
        json!(yaml_files(&within(config, SOURCES_FILE.trim_end_matches(".yaml")))),
    );
    for collection in &config.collections {
        let mut globs = Vec::new();
        for folder in folders_of(collection, folders) {
            let folder = within(config, &folder);
            globs.extend(yaml_files(&folder));
            globs.extend(yaml_files(&format!("{folder}/**/*")));
        }
        schemas.insert(format!("./{SCHEMAS}/{}.yaml.schema.json", collection.name.value), json!(globs));
    }
    json!({ "yaml.schemas": schemas })
}

fn extensions() -> Value {
    json!({ "recommendations": ["redhat.vscode-yaml", "tamasfe.even-better-toml", "unifiedjs.vscode-remark"] })
}

/// Schemas are made anew when the folder is opened; what a check finds stands among the problems.
fn tasks() -> Value {
    json!({
        "version": "2.0.0",
        "tasks": [
            {
                "label": "dossier schema",
                "type": "shell",
                "command": "dossier",
                "args": ["schema", "--editor"],
                "presentation": { "reveal": "silent" },
                "runOptions": { "runOn": "folderOpen" },
                "problemMatcher": [],
            },
            {
                "label": "dossier check",
                "type": "shell",
                "command": "dossier",
                "args": ["check"],
                "group": { "kind": "test", "isDefault": true },
                "presentation": { "reveal": "silent" },
                "problemMatcher": {
                    "owner": "dossier",
                    "fileLocation": ["relative", "${workspaceFolder}"],
                    "pattern": [
                        { "regexp": "^(error|warning)\\[([a-z-]+)\\]: (.*)$", "severity": 1, "code": 2, "message": 3 },
                        { "regexp": "^ *--> (.+?):(\\d+)(?::(\\d+))?$", "file": 1, "line": 2, "column": 3 },
                    ],
                },
            },
        ],
    })
}

fn taplo() -> String {
    format!(
        "# Where the TOML extension of VS Code, and taplo, find the schema of book.toml.\n[[rule]]\ninclude = [\"book.toml\"]\nschema = {{ path = \"./{SCHEMAS}/book.toml.schema.json\" }}\n"
    )
}

fn remark(config: &Config, folders: &BTreeSet<String>) -> Value {
    let mut schemas = Map::new();
    for collection in &config.collections {
        let globs: Vec<String> = folders_of(collection, folders)
            .iter()
            .flat_map(|folder| {
                let folder = within(config, folder);
                [format!("{folder}/**/{INDEX}"), format!("{folder}/**/*.markdown")]
            })
            .collect();
        schemas.insert(format!("{SCHEMAS}/{}.md.schema.json", collection.name.value), json!(globs));
    }
    json!({ "plugins": ["remark-frontmatter", ["remark-lint-frontmatter-schema", { "schemas": schemas }]] })
}

/// The folders of a collection, as they are spelt.
fn folders_of(collection: &Collection, folders: &BTreeSet<String>) -> BTreeSet<String> {
    let name = &collection.name.value;
    let spelt = folders.iter().filter(|folder| slug(folder, false) == *name).cloned();
    spelt.chain([name.clone()]).collect()
}

fn within(config: &Config, path: &str) -> String {
    if config.src.is_empty() { path.to_owned() } else { format!("{}/{path}", config.src) }
}

fn yaml_files(stem: &str) -> [String; 2] {
    [format!("{stem}.yaml"), format!("{stem}.yml")]
}
