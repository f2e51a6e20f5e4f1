//! Any bytes in: no panic, a sound tree or none, and the same bytes out twice.

use proptest::prelude::*;

use crate::support::{Book, cases};

const CONFIG: &str = "[collections.a]\ntimeline = true\nfields.to = { type = \"reference\", to = \"a\", many = true, inverse = \"From\" }\n\
                      fields.text = { type = \"markdown\" }\nfields.n = { type = \"number\" }\n\
                      fields.k = { type = \"choice\", values = { x = [\"Main\", \"Menu\"], y = \"Main\" } }\ngroup = \"k\"\n[theme.tokens]\naccent = [\"red\", \"#fff\"]\n";

/// Bytes that a parser of Markdown or YAML may stumble over more often than over random ones.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        6 => prop::sample::select(vec![
            "---\n", "title: ", "[[", "]]", "|", "](", "[", ")", "!", "# ", "\n", "\n\n", "- ", "> ", "> [!NOTE]\n", "`", "```\n", "*", "_",
            "<b>", "</b>", "</script>", "<a href=\"", "<img src=", "\">", "<h1>", "-->", "[!tip] ", "+++\n", "draft: ", "redirect-from: ", "slug: ", "¥1bn", "%20",
    "<script>", "<!--", "&amp;", "\\", "\t", "\r\n", "\u{feff}", "中国", "𝄞", "e\u{301}", "\u{202e}", "[^1]", "[^1]: ",
            "|a|b|\n|-|-|\n", ": ", "{#id .c}", "a/b.md", "#h", "../", "http://x", "javascript:x", "date: 2015~\n", "to: [x, '", "tags: [a]\n",
            "text: |\n  ", "n: 1e999\n", "figures:\n- { value: ", "label: x, ", "note: ", "{ value: ", "date: Y9", "99999999999999\n", "date: 2000/..\n", "k: x\n", "k: { value: y, note: z }\n", "body: ", "id: ", "&a", "*a", "{", "}", "\0", "\u{a0}", "x", "y.png",
        ]).prop_map(|part| part.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

fn files() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let path = prop::sample::select(vec![
        "index.md",
        "README.md",
        "a.md",
        "a/x.md",
        "a/y.md",
        "a/index.md",
        "a.yaml",
        "a/z.yaml",
        "sources.yaml",
        "b/c/d.md",
        "b/y.png",
        "timeline.md",
    ]);
    prop::collection::vec((path.prop_map(|path| format!("content/{path}")), text()), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..cases(32) })]
    #[test]
    fn any_bytes_give_a_sound_tree_and_the_same_twice(files in files(), config in prop_oneof![9 => Just(CONFIG.as_bytes().to_vec()), 1 => text()]) {
        let build = || {
            let book = Book::new(files.iter().cloned().chain([("book.toml".to_owned(), config.clone())]));
            let output = book.build(&["--keep-going"]);
            (book, output)
        };
        let (one, first) = build();
        let (two, second) = build();
        prop_assert!((0..=2).contains(&first.status) && !first.stderr.contains("panicked"), "{}\n{}", first.status, first.stderr);
        prop_assert_eq!(first.stderr, second.stderr);
        prop_assert_eq!(one.tree(), two.tree());
        if !one.tree().is_empty() {
            prop_assert_eq!(one.page("build.json"), two.page("build.json"));
            prop_assert_eq!(one.problems(), Vec::<String>::new());
        }
    }
}
