//! HTML of authors who are not trusted with scripts and styles.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use rustc_hash::FxHashMap;

use crate::base::url::is_unsafe;
use crate::parse::raw_html::KEPT;

/// How deep elements may stand in each other: what browsers take.
const DEEPEST: usize = 512;

/// How many elements may be open that go on in each paragraph after, like `<b>`.
const MOST_FORMATTING: usize = 16;

/// HTML without what could run, restyle or load anything: scripts, handlers, styles, frames,
/// forms, comments. All that our own writer makes stays. Nothing, if the HTML is so deep that
/// reading it as browsers do could take minutes, or
/// if it begins what swallows the rest.
pub fn clean(html: &str) -> Option<String> {
    if is_too_deep(html) || is_unclosed(html) {
        return None;
    }
    let schemes = schemes(html);
    let clean = match schemes.is_empty() {
        true => CLEANER.clean(html),
        false => cleaner(schemes).clean(html),
    };
    Some(with_bare_flags(&clean.to_string()))
}

/// What stands for a block of our own, by its number, while all around it is cleaned. It is an element with such an id in
/// whatever comes out: in words the cleaner writes no `<`, and in values no `"`. And ids with a colon are no author's.
pub fn placeholder(number: usize) -> String {
    format!("{PLACEHOLDER}{number}{PLACEHOLDER_END}")
}

const PLACEHOLDER: &str = "<div id=\":block-";
const PLACEHOLDER_END: &str = "\"></div>";

/// Clean HTML with these blocks in their places.
pub fn put_in(html: &str, blocks: &[String]) -> String {
    let mut parts = html.split(PLACEHOLDER);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(PLACEHOLDER_END).unwrap_or((part, ""));
        out.push_str(number.parse().ok().and_then(|number: usize| blocks.get(number)).map_or("", String::as_str));
        out.push_str(rest);
    }
    out
}

/// HTML whose flags have no value, as we write them ourselves: `open` for `open=""`. Between tags `<` is escaped.
fn with_bare_flags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let end = memchr::memchr(b'>', &rest.as_bytes()[at..]).map_or(rest.len(), |end| at + end);
        let tag = &rest[at..end];
        out.push_str(&rest[..at]);
        if FLAGGED.iter().any(|flagged| tag.starts_with(flagged)) {
            out.push_str(&FLAGS.iter().fold(tag.to_owned(), |tag, (long, flag)| tag.replace(long, flag)));
        } else {
            out.push_str(tag);
        }
        rest = &rest[end..];
    }
    out + rest
}

/// The elements that have flags, and the flags.
const FLAGGED: [&str; 2] = ["<input ", "<details "];
const FLAGS: [(&str, &str); 3] =
    [(" disabled=\"\"", " disabled"), (" checked=\"\"", " checked"), (" open=\"\"", " open")];

/// Whether a value leads nowhere: an empty one, or one whose missing quotation mark took in the tags behind it.
fn is_no_address(value: &str) -> bool {
    value.trim().is_empty() || value.contains('<')
}

/// Whether something begins that swallows all that follows, our own notes among it: a comment or a script without an end.
fn is_unclosed(html: &str) -> bool {
    if html.rfind("<!--").is_some_and(|open| !html[open..].contains("-->")) {
        return true;
    }
    let html = html.to_ascii_lowercase();
    SWALLOWING.iter().any(|name| {
        let open = format!("<{name}");
        let ends = |at: &usize| !html[at + open.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let last = html.rmatch_indices(&open).map(|(at, _)| at).find(ends);
        last.is_some_and(|at| !html[at..].contains(&format!("</{name}")))
    })
}

/// Elements whose content is no HTML (section 13.1.2 of the standard).
const SWALLOWING: [&str; 10] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];

fn is_too_deep(html: &str) -> bool {
    let mut open: FxHashMap<String, usize> = FxHashMap::default();
    let (mut depth, mut formatting) = (0, 0);
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        let tag = &html[at + 1..];
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let end = tag.bytes().position(|byte| !byte.is_ascii_alphanumeric() && byte != b'-').unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        if name.is_empty() || CLOSED_BY_OTHERS.contains(&name.as_str()) {
            continue;
        }
        let is_formatting = usize::from(is_formatting(&name));
        // An end without a beginning ends nothing.
        let count = open.entry(name).or_default();
        if !closes {
            (*count, depth, formatting) = (*count + 1, depth + 1, formatting + is_formatting);
        } else if *count > 0 {
            (*count, depth, formatting) = (*count - 1, depth - 1, formatting - is_formatting);
        }
        if depth > DEEPEST || formatting > MOST_FORMATTING {
            return true;
        }
    }
    false
}

/// Elements that hold nothing, and those that end where the next begins.
const CLOSED_BY_OTHERS: [&str; 19] = [
    "a", "area", "br", "col", "hr", "img", "input", "link", "meta", "wbr", "p", "li", "dt", "dd", "tr", "td", "th",
    "tbody", "thead",
];

/// The HTML standard's list of formatting elements (section 13.2.4.3), but for `a`, which a second one closes.
const FORMATTING: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Whether browsers open an element that is left open anew in each block that follows, but for `a`.
pub fn is_formatting(name: &str) -> bool {
    FORMATTING.iter().any(|formatting| formatting.eq_ignore_ascii_case(name))
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(HashSet::new()));

/// The schemes that the cleaner knows anyway.
static KNOWN_SCHEMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| CLEANER.clone_url_schemes());

/// What cleans HTML, and leaves addresses with these schemes as well.
fn cleaner(schemes: HashSet<&str>) -> Builder<'_> {
    let mut builder = Builder::default();
    builder
        .tags(KEPT.into_iter().collect())
        .add_generic_attributes(["id", "class", "lang", "dir", "title", "role", "tabindex", "translate"])
        .add_generic_attribute_prefixes(["aria-"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("img", ["loading", "decoding", "width", "height"])
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        // One value only: ammonia sets several in an order that differs from run to run.
        .set_tag_attribute_value("input", "type", "checkbox")
        .add_url_schemes(["data"])
        .add_url_schemes(schemes)
        .attribute_filter(|_, attribute, value| match attribute {
            "href" | "src" | "cite" if is_unsafe(value) || is_no_address(value) => None,
            _ => Some(Cow::Borrowed(value)),
        })
        .link_rel(None)
        .add_tag_attributes("a", ["rel", "name"]);
    builder
}

/// The schemes of addresses in HTML that cannot run a script, and are not known to the cleaner anyway.
fn schemes(html: &str) -> HashSet<&str> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let scheme = |colon: usize| {
        let length = html.as_bytes()[..colon].iter().rev().take_while(|byte| is_part(byte)).count();
        let (scheme, whole) = (&html[colon - length..colon], &html[colon - length..=colon]);
        (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_unsafe(whole)).then_some(scheme)
    };
    let quoted = memchr::memmem::find_iter(html.as_bytes(), "=\"").filter_map(|at| {
        let value = &html[at + 2..];
        let end = value.bytes().position(|byte| !is_part(&byte))?;
        value[end..].starts_with(':').then(|| scheme(at + 2 + end))?
    });
    quoted.filter(|scheme| !KNOWN_SCHEMES.contains(scheme)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_taken_out() {
        for (html, expected) in [
            ("a<script>alert(1)</script>b", "ab"),
            ("<b onclick=\"x()\" style=\"color:red\">x</b>", "<b>x</b>"),
            ("<a href=\"java&#10;script:x\">x</a>", "<a>x</a>"),
            ("<a href=\"data:text/html,x\">x</a>", "<a>x</a>"),
            ("<input disabled=\"\" checked> disabled=\"\"", "<input disabled checked type=\"checkbox\"> disabled=\"\""),
            ("<iframe src=\"x\"></iframe><form><input name=\"q\"></form>", "<input type=\"checkbox\">"),
            ("x<!-- a note -->y", "xy"),
            ("<svg><style>*{}</style></svg>", ""),
            ("<a href=\"\n<p>x <span lang=\"ja\">y</span></p>", "<a>y<p></p></a>"),
            ("<a href=\"\">x</a>", "<a>x</a>"),
        ] {
            assert_eq!(clean(html).unwrap(), expected);
        }
    }

    #[test]
    fn what_we_write_ourselves_stays() {
        for html in [
            "<div class=\"heading\"><h2 id=\"a\">A</h2><a class=\"anchor\" href=\"#a\" aria-label=\"Link\">#</a></div>",
            "<aside class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">Note</p></aside>",
            "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table><thead><tr><th scope=\"col\" class=\"align-right\">A</th></tr></thead></table></div>",
            "<img src=\"a.png\" alt=\"A\" loading=\"lazy\" decoding=\"async\">",
            "<a href=\"https://a.b\" class=\"external\" rel=\"noopener\">x</a>",
            "<section class=\"footnotes\" aria-label=\"Footnotes\"><ol start=\"2\"><li id=\"fn:1\">x</li></ol></section>",
            "<details open><summary>x</summary><time datetime=\"2015\">x</time><kbd>x</kbd></details>",
            "<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-keyword\">fn</span></code></pre>",
        ] {
            assert_eq!(clean(html).unwrap(), html);
        }
    }

    #[test]
    fn a_block_of_our_own_stands_where_it_was_whatever_is_around_it() {
        let own = ["<svg>0</svg>".to_owned(), "<math>1</math>".to_owned()];
        let cleaned = |html: &str| put_in(&clean(html).unwrap(), &own);
        let [zero, one] = [placeholder(0), placeholder(1)];
        assert_eq!(
            cleaned(&format!("<p>a</p>\n{zero}\n<b>{one}</b>")),
            "<p>a</p>\n<svg>0</svg>\n<b><math>1</math></b>"
        );
        // In words and values it is none.
        let words = zero.replace('<', "&lt;").replace('>', "&gt;");
        let value = words.replace('"', "&quot;");
        let said = format!("{words}<b title=\"{value}\">x</b>");
        assert_eq!(cleaned(&said), said);
        assert_eq!(
            cleaned(&said.replace("&lt;", "<").replace("&gt;", ">")),
            format!("<svg>0</svg><b title=\"{value}\">x</b>")
        );
        assert_eq!(cleaned(&placeholder(2)), "");
    }

    #[test]
    fn what_would_swallow_the_rest_is_refused() {
        for html in ["a<script>b", "a<!-- b", "<STYLE>x</style><style>", "<textarea>x"] {
            assert_eq!(clean(html), None, "{html}");
        }
        assert_eq!(clean("a<!-- b --><style>x</STYLE>c<StyledButton>d").unwrap(), "acd");
    }

    #[test]
    fn what_would_take_minutes_to_read_is_refused() {
        assert_eq!(clean(&"<div>".repeat(1_000)), None);
        assert_eq!(clean(&"<div></b>".repeat(1_000)), None);
        assert_eq!(clean(&(0..100).map(|i| format!("<b class=\"{i}\"></i>")).collect::<String>()), None);
        assert!(clean(&"<p>a<br><b>b</b>".repeat(10_000)).is_some());
        assert!(clean(&"<details><summary>a</summary>b</details>".repeat(10_000)).is_some());
    }
}
