//! Code with its parts marked: `<span class="hl-keyword">fn</span>`.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;
use xxhash_rust::xxh3::xxh3_128;

use super::parsed_lines;
use crate::base::escape;

/// A block longer than this, in bytes, is not marked: one line of it may cost milliseconds.
const LONGEST_BLOCK: usize = 64 * 1024;

/// Nor is a block with a line longer than this: it was written by a machine.
const LONGEST_LINE: usize = 2_000;

/// How many blocks a shard keeps before it starts anew, so that a server that runs for weeks
/// stays small.
const MOST_BLOCKS: usize = 256;

const SHARDS: usize = 16;

/// What each class colours, by the scopes of Sublime Text's grammars. The longest scope that
/// fits decides; without a class it ends what the scopes around it say.
const CLASSES: &[(&str, &[&str])] = &[
    ("", &["source", "text", "meta.interpolation", "meta.embedded", "string.unquoted", "markup"]),
    ("attribute", &["entity.other.attribute-name", "variable.other.key", "support.type.property-name"]),
    ("comment", &["comment", "meta.diff.header", "meta.separator"]),
    ("constant", &["constant", "support.constant", "variable.language", "entity.name.constant"]),
    ("deleted", &["markup.deleted"]),
    (
        "function",
        &["entity.name.function", "support.function", "variable.function", "support.macro", "entity.name.macro"],
    ),
    ("heading", &["markup.heading", "entity.name.section"]),
    ("inserted", &["markup.inserted"]),
    ("keyword", &["keyword", "storage", "keyword.operator.word", "keyword.operator.logical.python"]),
    ("number", &["constant.numeric", "constant.other.color"]),
    ("operator", &["keyword.operator"]),
    ("string", &["string", "markup.raw", "markup.underline.link"]),
    ("tag", &["entity.name.tag"]),
    (
        "type",
        &[
            "entity.name.type",
            "entity.name.class",
            "entity.name.struct",
            "entity.name.enum",
            "entity.name.trait",
            "entity.name.interface",
            "entity.name.namespace",
            "entity.name.impl",
            "entity.other.inherited-class",
            "support.type",
            "support.class",
        ],
    ),
    ("variable", &["variable.parameter"]),
];

/// Marks code, each block once: books repeat their examples, and servers their pages.
#[derive(Debug, Default)]
pub struct Highlighter {
    shards: [Mutex<FxHashMap<u128, Arc<str>>>; SHARDS],
}

impl Highlighter {
    /// The code as HTML to stand in a `<code>`. A language that we do not know is left plain.
    pub fn html(&self, code: &str, language: &str) -> Arc<str> {
        let syntax = if is_too_long(code) { None } else { syntax(language) };
        let Some(syntax) = syntax else {
            return plain(code).into();
        };
        let key = xxh3_128(code.as_bytes()) ^ xxh3_128(syntax.name.as_bytes()).rotate_left(1);
        let shard = &self.shards[(key % SHARDS as u128) as usize];
        // A panic elsewhere leaves the map as it was.
        if let Some(html) = shard.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return html.clone();
        }
        let html: Arc<str> = marked(code, syntax).unwrap_or_else(|| plain(code)).into();
        let mut blocks = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if blocks.len() >= MOST_BLOCKS {
            blocks.clear();
        }
        blocks.insert(key, html.clone());
        html
    }
}

fn is_too_long(code: &str) -> bool {
    code.len() > LONGEST_BLOCK || code.lines().any(|line| line.len() > LONGEST_LINE)
}

fn plain(code: &str) -> String {
    let mut html = String::with_capacity(code.len() + 16);
    escape::text(&mut html, code);
    html
}

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let token = match language {
        "" | "text" | "txt" | "plain" => return None,
        "console" | "shell" | "shell-session" | "sh-session" => "sh",
        "jsonc" | "json5" => "json",
        _ => language,
    };
    SYNTAXES.find_syntax_by_token(token)
}

/// The code with its spans, or nothing where the grammar gives up.
fn marked(code: &str, syntax: &SyntaxReference) -> Option<String> {
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut classes: Vec<Option<&'static str>> = Vec::new();
    let mut known: FxHashMap<Scope, Option<&'static str>> = FxHashMap::default();
    let mut spans = Spans { html: String::with_capacity(code.len() * 2), open: "", space: String::new() };
    for line in LinesWithEndings::from(code) {
        let mut written = 0;
        for (at, op) in &*parsed_lines::parse(line, &mut state, &SYNTAXES).ok()? {
            spans.write(&line[written..*at], classes.iter().rev().find_map(|class| *class).unwrap_or(""));
            written = *at;
            let hook = |op: BasicScopeStackOp, _: &[Scope]| match op {
                BasicScopeStackOp::Push(scope) => {
                    classes.push(*known.entry(scope).or_insert_with(|| class(scope)));
                }
                BasicScopeStackOp::Pop => drop(classes.pop()),
            };
            scopes.apply_with_hook(op, hook).ok()?;
        }
        spans.write(&line[written..], classes.iter().rev().find_map(|class| *class).unwrap_or(""));
    }
    Some(spans.finish())
}

/// What a scope says, if anything.
fn class(scope: Scope) -> Option<&'static str> {
    static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
        let all = CLASSES.iter().flat_map(|(class, scopes)| scopes.iter().map(move |scope| (scope, *class)));
        let mut all: Vec<_> = all.filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, class))).collect();
        all.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
        all
    });
    SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
}

/// HTML in which neighbours of one class share a span.
struct Spans {
    html: String,
    open: &'static str,
    /// Space that has no colour, and belongs to the span only if the span goes on after it.
    space: String,
}

impl Spans {
    fn write(&mut self, text: &str, class: &'static str) {
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return self.space.push_str(text);
        }
        if class != self.open {
            self.close();
        }
        self.html.push_str(&self.space);
        self.space.clear();
        if class != self.open {
            self.html.push_str("<span class=\"hl-");
            self.html.push_str(class);
            self.html.push_str("\">");
            self.open = class;
        }
        let code = text.trim_ascii_end();
        escape::text(&mut self.html, code);
        self.space.push_str(&text[code.len()..]);
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.html.push_str("</span>");
        }
        self.open = "";
    }

    fn finish(mut self) -> String {
        self.close();
        self.html + &self.space
    }
}
