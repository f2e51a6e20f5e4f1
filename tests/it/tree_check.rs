//! The check of a whole site finds each kind of break, and leaves a sound site in peace.

use std::fs;

use crate::support;

const HEAD: &str = r#"<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self' blob:">
<title>A page</title>"#;

/// The line of a page on which its body starts.
const BODY: usize = 7;

fn page(body: &str) -> String {
    with_head(HEAD, &format!("<h1>A page</h1>\n{body}"))
}

fn with_head(head: &str, body: &str) -> String {
    // The head has three lines, so that the body starts on a line that tests can know.
    format!("<!doctype html>\n<html lang=\"en\">\n{head}\n<body>{body}</body></html>\n")
}

/// A sound site with some files more, or others in their place.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let temp = tempfile::tempdir().expect("a temporary folder");
    let about = page("<h2 id=\"licence\">Licence</h2><h2 id=\"法\">法</h2>");
    let site = [
        ("about.html", about.as_str()),
        ("sectors/robots.html", &about),
        ("site.css", ""),
        ("site.js", ""),
        ("a b.svg", ""),
    ];
    for (path, text) in site.iter().chain(files) {
        let path = temp.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    support::check_tree(temp.path())
}

/// Expects that nothing is wrong with a page.
#[track_caller]
fn right(path: &str, text: &str) {
    assert_eq!(found(&[(path, text)]), [""; 0], "{text}");
}

/// Expects one problem, in this place, that says these words.
#[track_caller]
fn wrong(path: &str, text: &str, line: usize, words: &str) {
    let found = found(&[(path, text)]);
    assert_eq!(found.len(), 1, "{text}\n{found:#?}");
    assert!(found[0].starts_with(&format!("{path}:{line}: ")) && found[0].contains(words), "{found:#?}");
}

/// Expects that this body breaks the page, in words that it says.
#[track_caller]
fn wrong_body(body: &str, words: &str) {
    wrong("index.html", &page(body), BODY, words);
}

#[test]
fn a_sound_site_has_no_problems() {
    right("index.html", &page(""));
    right(
        "sectors/x.html",
        &page(
            "<a href=\"robots.html\"></a><a href=\"../about.html#licence\"></a><a href=\"./robots.html?q=1#%E6%B3%95\"></a>",
        ),
    );
    right(
        "index.html",
        &page("<a href=\"#x\" id=\"x\"></a><a href=\"#\"></a><a href=\"#top\"></a><a href=\"about.html#法\"></a>"),
    );
    right(
        "index.html",
        &page("<a href=\"https://example.org/x?y#z\"></a><a href=\"MAILTO:a@example.org\"></a><a href=\"tel:+1\"></a>"),
    );
    right(
        "index.html",
        &page(
            "<img src=\"a%20b.svg\" alt=\"\"><img src=\"data:image/png;base64,AA==\" alt=\"\"><img srcset=\"a%20b.svg 1x, data:image/png;base64,A,A 2x\" alt=\"\">",
        ),
    );
    right(
        "index.html",
        &page(
            "<form action=\"about.html\"></form><script src=\"site.js\" defer></script><script src=\"site.js\">\n</script>",
        ),
    );
    right(
        "index.html",
        &page(
            "<svg viewBox=\"0 0 1 1\"><title>Not the page's</title><use href=\"#s\"/><path id=\"s\" fill=\"none\"/></svg>",
        ),
    );
    right(
        "index.html",
        &page(
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; style=\"\" onclick=\"\"</p><!-- <a href=\"/x\"> --><textarea><a href=\"/x\"></textarea>",
        ),
    );
    right(
        "index.html",
        &with_head(
            &format!(
                "{HEAD}<link rel=\"canonical\" href=\"https://example.org/x.html\"><link rel=\"stylesheet\" href=\"site.css\">"
            ),
            "<h1>x</h1>",
        ),
    );
    right(
        "old/x.html",
        &with_head(&format!("{HEAD}<meta http-equiv=\"refresh\" content=\"0; url=../about.html\">"), "<h1>x</h1>"),
    );
}

#[test]
fn a_link_that_leads_nowhere() {
    wrong_body("<a href=\"robots.html\">x</a>", "there is no file \"robots.html\"");
    wrong_body("<a href=\"sectors/robots\">x</a>", "there is no file");
    wrong_body("<a href=\"about.html#license\">x</a>", "about.html has no id \"license\"");
    wrong_body("<a href=\"#nowhere\">x</a>", "index.html has no id \"nowhere\"");
    wrong_body("<a href=\"sectors%2Frobots.html\">x</a>", "encoded slash");
    wrong_body("<a href=\"100%.html\">x</a>", "encodes nothing");
    wrong_body("<a href=\"%FF.html\">x</a>", "not UTF-8");
    wrong_body("<a href=\"\">x</a>", "is empty");
}

#[test]
fn a_link_that_works_only_here() {
    wrong_body("<a href=\"sectors/\">x</a>", "names a folder");
    wrong_body("<a href=\"sectors\">x</a>", "names a folder");
    wrong_body("<a href=\".\">x</a>", "names a folder");
    wrong_body("<a href=\"sectors/..\">x</a>", "names a folder");
    wrong_body("<a href=\"About.html\">x</a>", "is spelt \"about.html\"");
    wrong_body("<a href=\"../index.html\">x</a>", "leads out of the site");
    wrong_body("<a href=\"/about.html\">x</a>", "begins with a slash");
    wrong_body("<a href=\"sectors\\robots.html\">x</a>", "backslash");
    wrong_body("<a href=\"file:///about.html\">x</a>", "the scheme \"file\"");
}

#[test]
fn a_link_with_a_script_scheme() {
    wrong_body("<a href=\"javascript:alert(1)\">x</a>", "the scheme \"javascript\"");
    wrong_body("<a href=\" Java&#10;Script:alert(1)\">x</a>", "the scheme \"javascript\"");
    wrong_body("<a href=\"data:text/html,x\">x</a>", "the scheme \"data\"");
    wrong_body("<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>", "the scheme \"javascript\"");
}

#[test]
fn something_loaded_from_another_host() {
    for body in [
        "<img src=\"https://example.org/x.png\" alt=\"\">",
        "<img src=\"//example.org/x.png\" alt=\"\">",
        "<img srcset=\"a%20b.svg 1x, https://example.org/x.png 2x\" alt=\"\">",
        "<picture><source srcset=\"https://example.org/x.png\"></picture>",
        "<video poster=\"https://example.org/x.png\"></video>",
        "<object data=\"https://example.org/x.pdf\"></object>",
        "<iframe src=\"https://example.org/\"></iframe>",
        "<form action=\"https://example.org/\"></form>",
        "<button formaction=\"https://example.org/\">x</button>",
        "<script src=\"https://example.org/x.js\"></script>",
        "<link rel=\"stylesheet\" href=\"https://example.org/x.css\">",
        "<link rel=\"preconnect\" href=\"//example.org\">",
        "<svg><image href=\"https://example.org/x.png\"/></svg>",
        "<meta http-equiv=\"refresh\" content=\"0;URL='https://example.org/'\">",
    ] {
        let found = found(&[("index.html", &page(body))]);
        assert_eq!(found.len(), 1, "{body}\n{found:#?}");
        assert!(found[0].contains("scheme \"https\"") || found[0].contains("another host"), "{found:#?}");
    }
}

#[test]
fn a_missing_picture_script_or_style() {
    for body in [
        "<img src=\"x.png\" alt=\"\">",
        "<img srcset=\"a%20b.svg, x.png 2x\" alt=\"\">",
        "<video poster=\"x.png\"></video>",
        "<object data=\"x.pdf\"></object>",
        "<audio src=\"x.mp3\"></audio>",
        "<form action=\"x.html\"></form>",
        "<script src=\"x.js\"></script>",
        "<link rel=\"stylesheet\" href=\"x.css\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=x.html\">",
    ] {
        wrong_body(body, "there is no file \"x.");
    }
    wrong_body("<meta http-equiv=\"refresh\" content=\"5\">", "leads nowhere");
}

#[test]
fn what_the_policy_refuses() {
    wrong_body("<script>alert(1)</script>", "<script> with text of its own");
    wrong_body("<script src=\"site.js\">alert(1)</script>", "<script> with text of its own");
    wrong_body("<svg><script>alert(1)</script></svg>", "<script> with text of its own");
    wrong_body("<style>p { color: red }</style>", "<style>");
    wrong_body("<p style=\"color: red\">x</p>", "<p style>");
    wrong_body("<svg><path style=\"fill: red\"/></svg>", "<path style>");
    wrong_body("<p onclick=\"x()\">x</p>", "<p onclick>");
    wrong_body("<svg onload=\"x()\"></svg>", "<svg onload>");
}

#[test]
fn what_file_addresses_refuse() {
    wrong_body("<script type=\"module\" src=\"site.js\"></script>", "module");
    wrong_body("<script src=\"site.js\" integrity=\"sha256-x\"></script>", "integrity");
    wrong_body("<link rel=\"stylesheet\" href=\"site.css\" crossorigin>", "crossorigin");
    wrong_body("<link rel=\"manifest\" href=\"site.js\">", "manifest");
    wrong_body("<svg><use href=\"a%20b.svg#s\"/></svg>", "names another file");
    wrong_body("<base href=\"about.html\">", "<base>");
}

#[test]
fn ids_that_are_no_names() {
    wrong("index.html", &page("<p id=\"x\"></p>\n<p id=\"x\"></p>"), BODY + 1, "\"x\" stands on the page twice");
    wrong_body("<p id=\"\"></p>", "is empty or has a space");
    wrong_body("<p id=\"x y\"></p>", "is empty or has a space");
    wrong_body("<p class=\"x\" class=\"y\"></p>", "an attribute twice");
}

#[test]
fn a_page_without_its_parts() {
    let without = |part: &str| with_head(&HEAD.replace(part, ""), "<h1>x</h1>");
    wrong("index.html", &without("<title>A page</title>"), 1, "has no <title>");
    wrong("index.html", &without("A page"), 1, "an empty <title>");
    wrong("index.html", &without("<meta charset=\"utf-8\">"), 1, "has no <meta charset");
    wrong("index.html", &page("").replace(" lang=\"en\"", ""), 1, "has no <html lang>");
    wrong("index.html", &page("").replace("\"en\"", "\"\""), 1, "has no <html lang>");
    wrong("index.html", &with_head(HEAD, ""), 1, "has 0 <h1>s");
    wrong("index.html", &page("<h1>Another</h1>"), 1, "has 2 <h1>s");
    wrong("index.html", &page("<title>Another</title>"), 1, "has 2 <title>s");
}

#[test]
fn a_page_without_its_policy() {
    let policy = HEAD.lines().nth(1).expect("the policy");
    wrong("index.html", &with_head(&HEAD.replace(policy, ""), "<h1>x</h1>"), 1, "has no content security policy");
    wrong("index.html", &page("").replace("'none'", "'self'"), 4, "policy is another");
    let late = |tag: &str| with_head(&HEAD.replace(policy, &format!("{tag}{policy}")), "<h1>x</h1>");
    wrong("index.html", &late("<script src=\"site.js\"></script>"), 4, "comes after <script>");
    wrong("index.html", &late("<link rel=\"stylesheet\" href=\"site.css\">"), 4, "comes after <link>");
    wrong("index.html", &late("<body>"), 4, "comes after <body>");
}

#[test]
fn a_style_sheet_that_names_what_is_not_there() {
    right(
        "css/x.css",
        "@import \"../site.css\"; @font-face { src: url(../a%20b.svg) format(\"woff2\") } p::after { content: \"x.png\"; background: url( '../a b.svg' ), url(data:image/png;base64,AA==) } /* url(x.png) */",
    );
    right(
        "css/x.css",
        "@media print { a { mask: url(#x); background: image-set(\"../a b.svg\" type(\"image/svg+xml\")) } }",
    );
    for rule in [
        "p { background: url(x.png) }",
        "p { background: url(\"x.png\") }",
        "@media print { p { background: red, url( 'x.png' ) } }",
        "@import \"x.png\";",
        "@import url(x.png) print;",
        "@import url(\"x.png\");",
        "p { background: image-set(\"../a b.svg\" 1x, \"x.png\" 2x) }",
    ] {
        wrong("css/x.css", &format!("\n{rule}"), 2, "there is no file \"css/x.png\"");
    }
    wrong("css/x.css", "p { background: url(https://example.org/x.png) }", 1, "scheme \"https\"");
    wrong("css/x.css", "p { background: url(/a%20b.svg) }", 1, "begins with a slash");
    wrong("css/x.css", "@import \"data:text/css,\";", 1, "scheme \"data\"");
}

// The two names are one file where the disk itself ignores case.
#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_only_by_case() {
    assert_eq!(found(&[("site.CSS", "")]), ["site.css:1: differs from site.CSS only by case"]);
    assert_eq!(found(&[("Sectors/other.html", &page(""))]), ["sectors:1: differs from Sectors only by case"]);
}

#[test]
fn what_cannot_be_read_as_a_site() {
    let temp = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(support::check_tree(temp.path()), [".:1: has no page"]);
    fs::write(temp.path().join("x.html"), b"\xff").expect("a file");
    assert_eq!(support::check_tree(temp.path()), [".:1: has no page", "x.html:1: is not UTF-8"]);
}
