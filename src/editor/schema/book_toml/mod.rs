//! `book.toml`.

mod collections;
mod table;

use serde_json::{Map, Value, json};

use super::definitions::Definitions;
use crate::config::{Config, FeedFormat, of_mdbook};
use table::{OF_MDBOOK, flag, table, text, texts};

/// The schema of `book.toml`, of a book with these collections. `rules`: what `[check]` may set, each with what it finds.
pub fn schema(config: &Config, rules: &[(&str, &str)]) -> Value {
    let mut definitions = Definitions::default();
    let field = definitions.refer("field", || collections::field(config));
    let collection = definitions.refer("collection", || collections::collection(&field));
    let mut root = table(
        "",
        "What the book is, and what its collections hold",
        &[
            ("book", book()),
            ("build", build()),
            ("markdown", markdown()),
            ("output", output()),
            ("feeds", feeds()),
            ("social-images", social_images()),
            ("git", git()),
            ("theme", theme()),
            ("countries", countries()),
            ("check", check(rules)),
            (
                "collections",
                json!({
                    "description": "Folders of entries of one kind, each with its fields",
                    "type": "object",
                    "propertyNames": { "pattern": "^[^\\s/A-Z]+$" },
                    "additionalProperties": collection,
                }),
            ),
        ],
    );
    for key in of_mdbook("") {
        root["properties"][key] = json!({ "description": OF_MDBOOK, "type": "object" });
    }
    definitions.complete("book.toml", root)
}

fn book() -> Value {
    let authors = texts("Who made it; named at the foot of every page", None);
    table(
        "book",
        "What the book is",
        &[
            ("title", text("The site's name; without it, the folder's", &[])),
            ("description", text("A sentence for the home page and for search engines", &[])),
            ("authors", authors),
            ("language", text("The language of the texts and of the interface", &["en", "de"])),
            (
                "han",
                text(
                    "The language of Han letters in other texts; zh-Hans unless it is set",
                    &["zh-Hans", "zh-Hant", "ja"],
                ),
            ),
            (
                "src",
                text("The folder of the entries; without it content, else src, else the book's own", &["content", "."]),
            ),
        ],
    )
}

fn build() -> Value {
    let folder = text("The folder of the site, inside the book's; site unless it is set", &["site"]);
    table("build", "Where the site goes", &[("build-dir", folder)])
}

fn markdown() -> Value {
    let comments = json!({
        "description": "Whether %%…%% is a comment for authors alone; in a vault with a folder .obsidian it is, unless it is set",
        "type": "boolean",
    });
    table("markdown", "How texts are read", &[("comments", comments)])
}

fn output() -> Value {
    let raw = json!({
        "description": "What becomes of HTML in texts",
        "enum": ["sanitize", "allow"],
        "enumDescriptions": ["It is cleaned", "It passes as it is, for books whose authors are trusted"],
        "default": "sanitize",
    });
    let copy = texts("Files that are copied as they are although they could run scripts: patterns of paths", None);
    let html = table(
        "output.html",
        "What the site is told of the world around it",
        &[
            ("site-url", text("Where the site will stand", &["https://example.org/kb/", "/kb/"])),
            (
                "git-repository-url",
                text("The repository, linked at the foot of every page", &["https://github.com/example/book"]),
            ),
            (
                "edit-url-template",
                text(
                    "Where an entry can be edited; {path} is the path of its file",
                    &["https://github.com/example/book/edit/main/{path}"],
                ),
            ),
            ("raw-html", raw),
            ("copy", copy),
        ],
    );
    // Other outputs belong to mdBook.
    json!({ "description": "What is made", "type": "object", "properties": { "html": html } })
}

fn feeds() -> Value {
    let authority = json!({
        "description": "In whose name entries are known, wherever the site stands: a host or an e-mail address, and a day on which it was yours",
        "type": "string",
        "pattern": "^[^,\\s]+,[0-9]{4}(-[0-9]{2}){0,2}$",
        "examples": ["example.org,2026"],
    });
    let format = json!({
        "enum": FeedFormat::ALL.map(FeedFormat::word),
        "enumDescriptions": ["Atom", "JSON Feed", "iCalendar, of the timeline"],
    });
    let formats = json!({
        "description": "What feeds are written in; atom unless it is set",
        "anyOf": [format, { "type": "array", "items": format }],
    });
    let collections = flag("Whether each collection has feeds of its own");
    table(
        "feeds",
        "What those who follow the book are given",
        &[("authority", authority), ("formats", formats), ("collections", collections)],
    )
}

fn social_images() -> Value {
    let entries = flag("Whether each entry has one of its own; else it shows that of its collection");
    let fonts = texts("Font files in the book's folder, for letters that the built-in fonts do not have", None);
    table(
        "social-images",
        "Pictures that stand for pages where these are shared",
        &[("entries", entries), ("fonts", fonts)],
    )
}

fn git() -> Value {
    let flag = |description: &str| json!({ "description": description, "type": "boolean", "default": true });
    let contributors = flag("Whether pages name who has changed an entry");
    let recent = flag("Whether there is a page of recent changes");
    table(
        "git",
        "When entries were changed, as git knows it",
        &[("contributors", contributors), ("recent-changes", recent)],
    )
}

fn theme() -> Value {
    let css = json!({ "type": "string", "pattern": "\\S" });
    let tokens = json!({
        "description": "Colours, fonts and sizes: a value in CSS, or one for light and one for dark",
        "type": "object",
        "additionalProperties": { "anyOf": [css, { "type": "array", "items": css, "minItems": 1, "maxItems": 2 }] },
    });
    let name = text("A folder in themes, whose files stand over the built-in ones", &["default"]);
    table("theme", "How the site looks", &[("name", name), ("tokens", tokens)])
}

fn countries() -> Value {
    let members = texts("The codes of its members", None);
    let bloc = table(
        "countries.",
        "A bloc of countries",
        &[("name", text("Its name", &["European Union"])), ("members", members)],
    );
    json!({
        "description": "Names for codes over the built-in ones, and blocs",
        "type": "object",
        "additionalProperties": { "anyOf": [{ "type": "string" }, bloc] },
    })
}

/// How grave each finding is.
fn check(rules: &[(&str, &str)]) -> Value {
    let levels = || json!({ "enum": ["off", "warn", "error"] });
    let properties: Map<String, Value> = rules
        .iter()
        .map(|(name, help)| {
            let mut level = levels();
            level["description"] = json!(help);
            ((*name).to_owned(), level)
        })
        .collect();
    let others = if rules.is_empty() { levels() } else { json!(false) };
    json!({
        "description": "How grave findings are: off, warn or error",
        "type": "object",
        "properties": properties,
        "additionalProperties": others,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::config::{self, ReadContext};

    /// A key that no table has.
    const NONSENSE: &str = "zzzzzzzz";

    /// The keys that the reader of `book.toml` knows in a table, as it tells them to somebody who wrote another.
    fn known(text: &str) -> BTreeSet<String> {
        let around = ReadContext { folder: "book", has: &|_| false };
        let (_, problems) = config::read(Some(&text.replace("HERE", &format!("{NONSENSE} = 1"))), around);
        let told = problems.iter().find(|problem| problem.message.ends_with(&format!("no key \"{NONSENSE}\"")));
        let help =
            told.and_then(|problem| problem.help.as_deref()).unwrap_or_else(|| panic!("nothing is told of {text}"));
        let keys = help.strip_prefix("it knows ").unwrap_or_else(|| panic!("{help}"));
        keys.split(", ").map(str::to_owned).collect()
    }

    #[test]
    fn every_key_that_the_reader_knows_stands_in_the_schema_and_no_other() {
        let config = config::read(Some("[collections.c]"), ReadContext { folder: "book", has: &|_| false }).0;
        let schema = schema(&config, &[]);
        let (collection, field) = ("/definitions/collection", "/definitions/field");
        for (table, text, place) in [
            ("", "HERE", ""),
            ("book", "[book]\nHERE", "/properties/book"),
            ("build", "[build]\nHERE", "/properties/build"),
            ("output.html", "[output.html]\nHERE", "/properties/output/properties/html"),
            ("feeds", "[feeds]\nHERE", "/properties/feeds"),
            ("git", "[git]\nHERE", "/properties/git"),
            ("social-images", "[social-images]\nHERE", "/properties/social-images"),
            ("theme", "[theme]\nHERE", "/properties/theme"),
            ("countries.", "[countries.EU]\nHERE", "/properties/countries/additionalProperties/anyOf/1"),
            ("collections.", "[collections.c]\nHERE", collection),
            ("field", "[collections.c.fields.f]\ntype = \"text\"\nHERE", field),
            (
                "inverse",
                "[collections.c.fields.f]\ntype = \"reference\"\nto = \"c\"\n[collections.c.fields.f.inverse]\nHERE",
                &format!("{field}/properties/inverse/anyOf/1"),
            ),
        ] {
            let properties = schema.pointer(&format!("{place}/properties")).and_then(Value::as_object);
            let mut keys: BTreeSet<String> = properties.unwrap_or_else(|| panic!("{place}")).keys().cloned().collect();
            keys.retain(|key| !of_mdbook(table).contains(&key.as_str()));
            assert_eq!(keys, known(text), "[{table}]");
        }
    }
}
