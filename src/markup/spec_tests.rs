//! The 652 examples of the CommonMark specification 0.31.2, run through this room. Where ours
//! differ on purpose, `tests/commonmark/differences.txt` says why.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::base::locale::english;

use super::tests::Links;
use super::{Highlighter, LinkTarget, RenderInput, html};
use crate::parse::markdown::Dialect;

const EXAMPLES: &str = include_str!("../../tests/commonmark/spec-0.31.2.json");
const DIFFERENCES: &str = include_str!("../../tests/commonmark/differences.txt");

#[derive(Deserialize)]
struct Example {
    example: u32,
    markdown: String,
    html: String,
}

#[test]
fn the_examples_of_the_specification_come_out_as_it_says() {
    let examples: Vec<Example> = serde_json::from_str(EXAMPLES).unwrap();
    assert_eq!(examples.len(), 652);
    let reasons = reasons();
    let highlighter = Highlighter::default();
    let locale = english();
    let mut wrong = String::new();
    for Example { example, markdown, html: expected } in &examples {
        let markup = RenderInput {
            text: markdown,
            title: None,
            anchors: &[],
            host: &Links(&|_| LinkTarget::Keep),
            prefix: "",
            lang: "en",
            locale: &locale,
            dialect: Dialect { comments: false, trust_html: true, bare_addresses: false },
            heading_shift: 0,
        };
        let ours = without_our_attributes(&html(&markup, &highlighter));
        let is_same = comparable(&ours) == comparable(expected);
        match reasons.get(example) {
            None if !is_same => {
                wrong += &format!("example {example}\n{markdown}expected:\n{expected}ours:\n{ours}\n");
            }
            Some(reason) if is_same => wrong += &format!("example {example} no longer differs: {reason}\n"),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Why each example that is listed differs.
fn reasons() -> BTreeMap<u32, &'static str> {
    let mut reasons = BTreeMap::new();
    let mut reason = "";
    for line in DIFFERENCES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.strip_prefix("    ") {
            None => reason = line,
            Some(numbers) => reasons.extend(numbers.split_whitespace().map(|number| (number.parse().unwrap(), reason))),
        }
    }
    reasons
}

/// What we add to every block of code, picture and link elsewhere, taken off again.
fn without_our_attributes(html: &str) -> String {
    let html = html
        .replace("<pre class=\"code\" tabindex=\"0\">", "<pre>")
        .replace(" loading=\"lazy\" decoding=\"async\"", "")
        .replace(" class=\"external\" rel=\"noopener\"", "");
    let mut plain = String::new();
    let mut parts = html.split("<span class=\"hl-");
    plain += parts.next().unwrap_or("");
    for part in parts {
        let (_, inside) = part.split_once('>').unwrap();
        plain += &inside.replacen("</span>", "", 1);
    }
    plain
}

/// HTML without differences that no reader of it sees: `<br />`, `&quot;` in a text, a last line's end.
fn comparable(html: &str) -> String {
    html.replace(" />", ">").replace("&quot;", "\"").trim_end().to_owned()
}
