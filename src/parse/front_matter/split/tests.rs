use super::*;
use crate::base::path::SourcePath;

#[derive(Debug, PartialEq)]
enum Is {
    Front,
    Held,
    Shown,
    Text,
}

/// What the start of a file is.
fn is(text: &str) -> Is {
    let source = Source { path: SourcePath::new("a.md"), text: text.into() };
    match split(&source).front {
        Some(front) if is_meant(&source, front) => Is::Front,
        Some(_) => Is::Shown,
        None => match look_alike(&source, source.content(), true) {
            None => Is::Text,
            Some(LookAlike { is_held: true, .. }) => Is::Held,
            Some(_) => Is::Shown,
        },
    }
}

#[track_caller]
fn are(expected: Is, texts: &[&str]) {
    for text in texts {
        // Whatever its lines end with.
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(is(&text.replace('\n', end)), expected, "{text:?} with {end:?}");
        }
    }
}

#[test]
fn front_matter_stands_between_two_lines_at_the_start() {
    are(
        Is::Front,
        &[
            "---\ntitle: a\n---\ntext",
            "\u{feff}---\ntitle: a\n---\n",
            "---  \ntitle: a\n...\ntext",
            "---\n  title: a\n  draft: true\n---\n",
            "---\ntitle: a: b\n---\n",
            "---\ntags:\n\t- a\n---\n",
            "---\ntitle: \"a\nb c\ndate: 2020\n---\n",
            "---\ntitle: a\n----\nText\n\n---\nmore",
            "---\ndraft:true\n---\n",
            // Whose key it is, nobody knows.
            "---\nfoo: x\n  draft: true\n---\nb",
            "---\nmeta: {draft: true\n---\nb",
            "---\nfoo: x\n  - a: b\n    publish: false\n---\nb",
            // No key of ours, and keys all the same.
            "---\ncreated: {{date}}\n---\nb",
            "---\nkeywords: a: b\nauthor: x\n---\nb",
            "---\nfoo: [unclosed\n---\nb",
        ],
    );
}

#[test]
fn what_is_almost_front_matter_is_held_back() {
    let body = "draft: true\ntitle: My secret\n";
    for (above, below) in [
        ("\n---\n", "---\n"),
        ("\n\n \n---\n", "---\n"),
        (" ---\n", "---\n"),
        ("\t---\n", "---\n"),
        ("\u{feff}\u{feff}---\n", "---\n"),
        ("\u{200b}---\n", "---\n"),
        ("<!-- a comment -->\n---\n", "---\n"),
        ("<!--\na comment\n-->\n\n---\n", "---\n"),
        ("# comment\n---\n", "---\n"),
        ("%% comment %%\n---\n", "---\n"),
        ("[//]: # (comment)\n---\n", "---\n"),
        ("----\n", "----\n"),
        ("----\n", "---\n"),
        ("---\n", "----\n"),
        ("---\n", " ---\n"),
        ("--\n", "--\n"),
        ("--- yaml\n", "---\n"),
        ("--- # comment\n", "---\n"),
        ("---\n", "--- end\n"),
        ("—-\n", "—-\n"),
        ("———\n", "———\n"),
        ("***\n", "***\n"),
        ("- - -\n", "- - -\n"),
        ("===\n", "===\n"),
        ("", "---\n"),
        ("\n", "---\n"),
        ("", "----\n"),
        ("+++\n", "+++\n"),
        ("---\n", ""),
        ("\n---\n", ""),
        (";;;\n", ";;;\n"),
        ("{\n", "}\n"),
        ("---yaml\n", "---\n"),
        ("...\n", "---\n"),
        ("\0---\n", "---\n"),
        ("\u{a0}---\n", "---\n"),
        ("%YAML 1.2\n---\n", "---\n"),
        ("<!DOCTYPE md>\n---\n", "---\n"),
        ("{% comment %}\n\n---\n", "---\n"),
    ] {
        are(Is::Held, &[&format!("{above}{body}{below}\nThe text.\n")]);
        let upper = body.replace("draft", "DRAFT").replace("title", "Title");
        are(Is::Held, &[&format!("{above}{upper}{below}\nThe text.\n")]);
    }
    are(
        Is::Held,
        &[
            "  ---\n  title: a\n  draft: true\n  ---\ntext",
            "\n---\n# comment\n\ntags:\n  - a\n- b\nlist:\n- c\n---\n",
            "Title: a\nDate: 2020\n---\ntext",
            "title: a\n\ndate: 2020\n---\n",
            "+++\ntitle = \"a\"\n+++\n",
            "\n+++\ntitle = \"a\"\n[extra]\nx = 1\n+++\n",
            "+++\ntitle = \"a\"\n\ntext",
            ";;;\n\"title\": \"a\"\n;;;\n",
            "{\"title\": \"a\", \"draft\": true}\n\ntext",
            "{\n  \"Title\": \"a\",\n  \"tags\": [\"b\"]\n}\ntext",
            "{\n  \"title\": \"a\",\n  draft: true,\n}\ntext",
            "{ \"title\": \"a\" }\ntext",
            "{title: a, draft: true}\ntext",
            "---json\n{\"draft\": true}\n---\n",
            "---toml\ndraft = true\n---\n",
            "draft: true\n\nNo line at all ends it.\n",
            "draft：true\n---\n",
            "\n---\npublish: false\n---\n",
            "\n---\nprivate: true\n---\n",
            "---\nSome words here.\ndraft: true\n\nmore",
            "\n---\nSome words here.\ndraft: true\n---\n",
        ],
    );
}

#[test]
fn prose_is_shown() {
    are(
        Is::Shown,
        &[
            "---\nSome words.\n---\ntext",
            "---\nSummary: some words\nthat go on here.\n---\ntext",
            "Note: read this\n---\ntext",
            "\n---\nNote: read this\nand that\n---\n",
            "---\nNote: read this\n\ntext",
        ],
    );
    are(
        Is::Text,
        &[
            "",
            "---\n",
            "---\n\nSome words.\n",
            "---\nSome words.\n\nmore",
            "A heading\n---\ntext",
            "A title: with a colon\n\ntext",
            "# Title\n\n---\n\nSummary: some words.\n\n---\n\nmore",
            "# Title\nDate: 2020\n---\ntext",
            "Title\n---\nDate: 2020\n---\ntext",
            "One line.\nTwo lines.\n\nThree.\n\n---\ndraft: true\n---\n",
            "Words.\n\n---\n\nprivate: a word\n\n---\n",
            "...\nSome words.\n",
            "```\n---\ndraft: true\n---\n```\n",
            "Write this:\n\n```yaml\n---\ndraft: true\n---\n```\n",
            "Words.\n~~~\n---\ndraft: true\n---\n~~~\n",
            "\n---\n\nSome words.\n\n---\n\nmore",
            "{{< shortcode title=\"a\" >}}\n",
            "{% include x %}\n",
            "{note} title: a\n",
            "https://example.org: a site\n---\n",
            "10:30 we met\n---\n",
            "**Draft**: not yet\n---\n",
            "- draft: what is not done\n- date: when\n",
            "| a | b |\n|---|---|\n",
            "```yaml\ntitle: a\ndraft: true\n```\n",
            "+++\n\nSome words.\n",
            "Date: 2020\nPlace: Rome\n\nWe met.\n",
        ],
    );
}

#[test]
fn a_second_front_matter_is_held_back() {
    let second = |text: &str| {
        let source = Source { path: SourcePath::new("a.md"), text: text.into() };
        look_alike(&source, split(&source).body, false).map(|found| found.is_held)
    };
    assert_eq!(second("---\nlayout: a\n---\n---\ndraft: true\n---\n"), Some(true));
    assert_eq!(second("---\nlayout: a\n---\n\nNote: a\n---\n"), None);
    assert_eq!(second("---\nlayout: a\n---\n---\nNote: a\n---\n"), None);
    assert_eq!(second("---\nlayout: a\n---\ndraft: whether it is one\n\n"), None);
}

#[test]
fn a_key_below_the_front_matter_that_holds_an_entry_back_does_so() {
    let is = |text: &str| {
        let source = Source { path: SourcePath::new("a.md"), text: text.into() };
        look_alike(&source, split(&source).body, false).map(|found| found.is_held)
    };
    for text in [
        "draft: true",
        "Draft: yes\n\nb",
        "\npublish: false",
        "draft = true",
        "\"private\": true",
        "draft:true",
        "draft: true # todo",
        "status: x\ndraft: true\n\nb",
        "<!-- c -->\ndraft: true",
        "tags: x\ndraft: true\n---\nb",
    ] {
        assert_eq!(is(&format!("---\ntitle: a\n---\n{text}\n")), Some(true), "{text}");
    }
    for text in [
        "Published: 12 May 2015",
        "draft: a first version",
        "Title: b",
        "## draft: true",
        "a\n\ndraft: true",
        "a: b c\nd e\ndraft: true",
    ] {
        assert_eq!(is(&format!("---\ntitle: a\n---\n{text}\n")), None, "{text}");
    }
}
