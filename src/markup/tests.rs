//! Texts, and the HTML that we expect of them.

use proptest::prelude::*;

use super::*;
use crate::base::locale::english;
use crate::base::tests::cases;
use crate::parse::markdown::Dialect;

/// A book in which links lead where a function says.
pub struct Links<'a>(pub &'a dyn Fn(usize) -> LinkTarget);

impl Host for Links<'_> {
    fn link(&self, at: usize) -> LinkTarget {
        (self.0)(at)
    }

    fn block(&self, _: usize) -> Option<String> {
        None
    }
}

struct Text<'a> {
    text: &'a str,
    target: &'a dyn Fn(usize) -> LinkTarget,
    dialect: Dialect,
    heading_shift: u8,
}

impl Text<'_> {
    fn markup<T>(&self, write: impl Fn(&RenderInput, &Highlighter) -> T) -> T {
        let anchors: Vec<String> = ["first", "second", "third"].map(str::to_owned).into();
        let markup = RenderInput {
            text: self.text,
            title: None,
            anchors: &anchors,
            host: &Links(self.target),
            prefix: "",
            lang: "en",
            locale: &english(),
            dialect: self.dialect,
            heading_shift: self.heading_shift,
        };
        write(&markup, &Highlighter::default())
    }
}

fn text(text: &str) -> Text<'_> {
    Text {
        text,
        target: &|_| LinkTarget::Keep,
        dialect: Dialect { comments: true, trust_html: false, bare_addresses: true },
        heading_shift: 0,
    }
}

/// The HTML of a text without the lines' ends.
fn of(source: &str) -> String {
    text(source).markup(html).replace('\n', "")
}

/// The HTML of a text whose every link leads to one target.
fn to(source: &str, target: LinkTarget) -> String {
    Text { target: &|_| target.clone(), ..text(source) }.markup(inline_html)
}

fn entry(title: &str) -> LinkTarget {
    LinkTarget::To {
        href: "../a b.html".to_owned(),
        external: false,
        class: None,
        text: Some(title.to_owned()),
        instead: false,
    }
}

#[test]
fn a_heading_has_its_id_and_a_link_to_itself() {
    let heading = |html: &str, said: &str| {
        let link = format!("<a class=\"anchor\" href=\"#first\" aria-label=\"Link to “{said}”\">#</a>");
        format!("<div class=\"heading\"><h1 id=\"first\">{html}</h1>{link}</div>")
    };
    assert_eq!(of("# A *b*"), heading("A <em>b</em>", "A b"));
    assert_eq!(of("# A {#x}"), heading("A", "A"));
    assert_eq!(of("# A {.x}"), heading("A {.x}", "A {.x}"));
    // A summary holds a heading and nothing else.
    let summary = of("<details><SUMMARY>\n\n# A\n\n</summary>\n\n# B\n\n</details>");
    assert!(summary.contains("<summary><h1 id=\"first\">A</h1></summary>"), "{summary}");
    assert!(summary.contains("<div class=\"heading\"><h1 id=\"second\">B</h1><a"), "{summary}");
    let shifted = Text { heading_shift: 1, ..text("###### A") }.markup(html);
    assert!(shifted.starts_with("<div class=\"heading\"><h6 id=\"first\">"), "{shifted}");
    // A note's heading is written last, and keeps the id of its place in the text.
    let html = of("[^a]: # Note\n\nx[^a]\n\n# After");
    assert!(html.contains("<h1 id=\"first\">Note") && html.contains("<h1 id=\"second\">After"), "{html}");
}

#[test]
fn a_link_leads_where_the_book_says() {
    assert_eq!(to("[[Plan]]", entry("The plan")), "<a href=\"../a%20b.html\">The plan</a>");
    assert_eq!(to("[[Plan|it]]", entry("The plan")), "<a href=\"../a%20b.html\">it</a>");
    assert_eq!(to("[[Plan|]]", entry("The plan")), "<a href=\"../a%20b.html\">The plan</a>");
    assert_eq!(to("[*it*](a.md \"t\")", entry("The plan")), "<a href=\"../a%20b.html\" title=\"t\"><em>it</em></a>");
    assert_eq!(to("![[Plan]]", entry("The plan")), "<a href=\"../a%20b.html\">The plan</a>");
    assert_eq!(to("[[Plan|]]", LinkTarget::Plain { text: None }), "Plan");
    let broken = LinkTarget::Broken { reason: "no \"Plan\"".to_owned() };
    assert_eq!(to("[[Plan]]", broken), "<span class=\"broken-link\" title=\"no &quot;Plan&quot;\">Plan</span>");
    assert_eq!(to("[*it*](a.md)", LinkTarget::Plain { text: None }), "<em>it</em>");
    assert_eq!(to("[[Plan]]", LinkTarget::Plain { text: Some("The plan".to_owned()) }), "The plan");
    let out = LinkTarget::To {
        href: "https://a.b".to_owned(),
        external: true,
        class: Some("doi"),
        text: None,
        instead: false,
    };
    assert_eq!(to("[x](y)", out), "<a href=\"https://a.b\" class=\"doi external\" rel=\"noopener\">x</a>");
}

#[test]
fn a_page_has_one_heading_of_the_first_level() {
    assert_eq!(of("<h1 align=\"center\">A</h1>"), "<h2>A</h2>");
    assert_eq!(of("<H1>中</H1> h1 <h12>"), "<h2>中</h2> h1 &lt;h12&gt;");
}

#[test]
fn a_callout_is_an_alert_with_a_title_of_its_own() {
    let alert = |class: &str, title: &str, text: &str| {
        format!("<aside class=\"alert alert-{class}\" role=\"note\"><p class=\"alert-title\">{title}</p>{text}</aside>")
    };
    assert_eq!(
        of("> [!tip] Take *care*\n> Text.\n>\n> More."),
        alert("tip", "Take <em>care</em>", "<p>Text.</p><p>More.</p>")
    );
    assert_eq!(of("> [!info]\n> Text."), alert("note", "Info", "<p>Text.</p>"));
    assert_eq!(of("> [!danger]- Folded"), alert("caution", "Folded", ""));
    assert_eq!(of("> [!NOTE]\n> Text."), alert("note", "Note", "<p>Text.</p>"));
    assert_eq!(of("> [x] a"), "<blockquote><p>[x] a</p></blockquote>");
    assert_eq!(
        of("> > [!bug] Deep\n> > x\n>\n> out"),
        format!("<blockquote>{}<p>out</p></blockquote>", alert("caution", "Deep", "<p>x</p>"))
    );
}

#[test]
fn a_width_is_no_description() {
    let picture = to("![[charts/tax-relief.png|300x200]]", LinkTarget::Image { src: "p.png".to_owned() });
    assert!(picture.contains("alt=\"tax relief\""), "{picture}");
}

#[test]
fn a_wikilink_in_a_table_is_a_link_like_others() {
    let target = |_| entry("The plan");
    let html = Text { target: &target, ..text("|a|\n|-|\n|[[Plan\\|it]]|\n|[[Plan]]|\n|[[Plan\\|]]|") }.markup(html);
    for text in ["it", "The plan"] {
        assert!(html.contains(&format!("<td><a href=\"../a%20b.html\">{text}</a></td>")), "{html}");
    }
    assert!(!html.contains('\\'), "{html}");
}

#[test]
fn a_link_that_runs_a_script_is_plain_text() {
    for text in
        ["[x](javascript:alert(1))", "[x](<java\tscript:alert(1)>)", "[x](&#x01;JAVASCRIPT:a)", "[x](data:text/html,a)"]
    {
        assert_eq!(to(text, LinkTarget::Keep), "x");
    }
    assert_eq!(to("![x](javascript:a)", LinkTarget::Keep), "x");
    assert_eq!(to("<javascript:alert(1)>", LinkTarget::Keep), "javascript:alert(1)");
    assert_eq!(to("[[javascript:alert(1)]]", LinkTarget::Keep), "javascript:alert(1)");
    assert_eq!(
        to(
            "[x](a)",
            LinkTarget::To { href: "vbscript:a".to_owned(), external: true, class: None, text: None, instead: false }
        ),
        "x"
    );
    assert_eq!(to("[x](a)", LinkTarget::Image { src: "javascript:a".to_owned() }), "x");
}

#[test]
fn a_picture_has_its_description() {
    let picture = LinkTarget::Image { src: "../a.png".to_owned() };
    let img = |alt: &str| format!("<img src=\"../a.png\" alt=\"{alt}\" loading=\"lazy\" decoding=\"async\">");
    assert_eq!(to("![A *chart* of `x`](a.png)", picture.clone()), img("A chart of x"));
    assert_eq!(to("![[charts/tax-relief.png]]", picture.clone()), img("tax relief"));
    assert_eq!(to("![[a.png|A chart]]", picture.clone()), img("A chart"));
    assert_eq!(to("![](a.png)", picture), img(""));
}

#[test]
fn a_link_never_stands_in_a_link() {
    let html = to("[![[Plan]]](a)", entry("The plan"));
    assert_eq!(html.matches("<a ").count(), 1, "{html}");
}

#[test]
fn notes_are_numbered_by_their_first_references() {
    let html = of("a[^x] b[^y] c[^X] d[^none]\n\n[^y]: Why.\n[^unused]: No.\n[^x]: Note[^z].\n[^z]: Last.");
    let reference = |id: &str, number: u8| {
        format!("<sup><a id=\"fnref:{id}\" href=\"#fn:{number}\" role=\"doc-noteref\">{number}</a></sup>")
    };
    let back = |id: &str, label: &str| {
        format!(" <a href=\"#fnref:{id}\" aria-label=\"Back to reference {label}\" role=\"doc-backlink\">↩</a>")
    };
    let expected = [
        format!("<p>a{} b{} c{} d[^none]</p>", reference("1", 1), reference("2", 2), reference("1:2", 1)),
        "<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>".to_owned(),
        format!("<li id=\"fn:1\"><p>Note{}.{}{}</p></li>", reference("3", 3), back("1", "1"), back("1:2", "1-2")),
        format!("<li id=\"fn:2\"><p>Why.{}</p></li>", back("2", "2")),
        format!("<li id=\"fn:3\"><p>Last.{}</p></li>", back("3", "3")),
        "</ol></section>".to_owned(),
    ];
    assert_eq!(html, expected.concat());
}

#[test]
fn a_table_can_be_scrolled_and_has_headings() {
    assert_eq!(
        of("||b|\n|-|-:|\n|1|2|"),
        "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table><thead><tr><td></td>\
         <th scope=\"col\" class=\"align-right\">b</th></tr></thead><tbody><tr><td>1</td>\
         <td class=\"align-right\">2</td></tr></tbody></table></div>"
    );
    assert!(
        of("|a|\n|-|\n\nx\n\n|a|\n|-|")
            .contains("aria-label=\"Table 2\"><table><thead><tr><th scope=\"col\">a</th></tr></thead></table>")
    );
}

#[test]
fn tasks_alerts_and_definitions() {
    assert_eq!(
        of("- [x] a\n- [ ] b"),
        "<ul><li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</li>\
         <li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"Not done\"> b</li></ul>"
    );
    assert_eq!(
        of("> [!WARNING]\n> a"),
        "<aside class=\"alert alert-warning\" role=\"note\"><p class=\"alert-title\">Warning</p><p>a</p></aside>"
    );
    assert_eq!(of("a\n: b"), "<dl><dt>a</dt><dd>b</dd></dl>");
}

#[test]
fn code_of_a_file_stands_under_the_files_path() {
    let block = "<pre class=\"code\" tabindex=\"0\"><code class=\"language-klingon\">a</code></pre>";
    for (info, file) in [("klingon b/c-d.kl", "b/c-d.kl"), ("klingon  书.kl added", "书.kl")] {
        assert_eq!(
            of(&format!("```{info}\na\n```")),
            format!("<figure class=\"code-file\"><figcaption>{file}</figcaption>{block}</figure>")
        );
    }
    for info in ["klingon", "klingon check", "klingon,b.kl", "klingon title=b.kl", "klingon {1.5}", "klingon 1.5"] {
        assert_eq!(of(&format!("```{info}\na\n```")), block);
    }
}

#[test]
fn code_is_marked_by_what_its_parts_are() {
    assert_eq!(
        of("```rust,ignore\nfn a() {} // <b>\n```"),
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-keyword\">fn</span> \
         <span class=\"hl-function\">a</span>() {} <span class=\"hl-comment\">// &lt;b&gt;</span></code></pre>"
    );
    assert_eq!(
        of("```klingon\na < b\n```"),
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-klingon\">a &lt; b</code></pre>"
    );
    assert_eq!(of("    a & b"), "<pre class=\"code\" tabindex=\"0\"><code>a &amp; b</code></pre>");
    let long = format!("```rust\nlet a = \"{}\";\n```", "x".repeat(3_000));
    assert!(!of(&long).contains("hl-"));
}

#[test]
fn a_single_paragraph_can_stand_in_a_line() {
    assert_eq!(text("a *b*\n").markup(inline_html), "a <em>b</em>");
    assert_eq!(text("a\n\nb").markup(inline_html), "<p>a</p>\n<p>b</p>\n");
    let html = text("a[^1]\n\n[^1]: b").markup(inline_html);
    assert!(html.starts_with("a<sup>") && html.contains("<p>b <a"), "{html}");
}

#[test]
fn html_of_the_author_is_cleaned_unless_the_book_trusts_it() {
    let source = "a <b onclick=\"x\">c</b><!-- d --> <script>e</script>\n\n## F\n\n- [x] g";
    let cleaned = of(source);
    assert!(
        cleaned.starts_with(
            "<p>a <b>c</b> </p><div class=\"heading\"><h2 id=\"first\">F</h2><a class=\"anchor\" href=\"#first\""
        ),
        "{cleaned}"
    );
    assert!(
        cleaned.contains("<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Done\"> g"),
        "{cleaned}"
    );
    let trusted = Text { dialect: Dialect { comments: true, trust_html: true, bare_addresses: true }, ..text(source) }
        .markup(html);
    assert!(trusted.starts_with("<p>a <b onclick=\"x\">c</b><!-- d --> <script>e</script></p>"), "{trusted}");
    assert!(of(&("<div>\n\n".repeat(1_000) + &"</div>\n\n".repeat(1_000))).starts_with("&lt;div&gt;"));
}

#[test]
fn a_picture_that_is_not_shown_takes_its_other_attributes_along() {
    let broken = |source| to(source, LinkTarget::Broken { reason: String::new() });
    assert_eq!(broken("a <img id=\"b c\" src=\"d.png\" alt=\"E\"> <i id=\"b-c\">f</i>"), "a E <i id=\"b-c\">f</i>");
    assert_eq!(broken("a <img src=\"d.png\" id=\"b c\" alt=\"E\">"), "a E");
    assert_eq!(broken("a <img id=\"b c\" src=\"d.png\" src=\"e.png\">f"), "a f");
}

#[test]
fn han_letters_have_their_language_but_not_in_code() {
    assert_eq!(of("the 中国 `中国`"), "<p>the <span lang=\"zh-Hans\">中国</span> <code>中国</code></p>");
}

/// Every element that opens closes in order, as in XML.
fn is_balanced(html: &str) -> bool {
    let mut open = Vec::new();
    for part in html.split('<').skip(1) {
        let Some((tag, _)) = part.split_once('>') else {
            return false;
        };
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
        match tag.starts_with('/') {
            true if open.pop() != Some(name) => return false,
            true => {}
            false if matches!(name, "br" | "hr" | "img" | "input") => {}
            false => open.push(name),
        }
    }
    open.is_empty()
}

/// Pieces of Markdown in any order, and any characters between them.
fn any_text(with_html: bool) -> impl Strategy<Value = String> {
    let mut pieces = vec![
        "[[",
        "]]",
        "[",
        "](",
        ")",
        "![",
        "|",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "# ",
        "*",
        "**",
        "_",
        "~~",
        "==",
        "`",
        "```\n",
        "[^a]",
        "\n[^a]: ",
        "a|b\n-|-:\n",
        "> [!NOTE]\n",
        "- [x] ",
        ": ",
        "\\",
        "&lt;",
        "&#0;",
        "javascript:alert(1)",
        "中国",
        "の",
        "a",
        " ",
        "{#x}",
        "\"",
        "'",
        "\u{0}",
        "\t",
    ];
    if with_html {
        pieces.extend([
            "<b>",
            "</b>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<a href=\"",
            "<img src=x onerror=",
            "<div>\n",
            "</div>",
            "<svg>",
            "<style>",
        ]);
    }
    let piece = proptest::sample::select(pieces).prop_map(str::to_owned);
    let any = "\\PC{0,4}".prop_map(move |text| if with_html { text } else { text.replace('<', "") });
    proptest::collection::vec(prop_oneof![6 => piece, 1 => any], 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..cases(256) })]

    #[test]
    fn any_text_becomes_balanced_html(source in any_text(false)) {
        let targets = [LinkTarget::Keep, entry("A <b>"), LinkTarget::Plain { text: None }, LinkTarget::Broken { reason: "\"".to_owned() }, LinkTarget::Image { src: "x".to_owned() }];
        let target = |at: usize| targets[at % targets.len()].clone();
        let text = Text { target: &target, ..text(&source) };
        let html = text.markup(html);
        prop_assert!(is_balanced(&html), "{html}");
        prop_assert!(!html.contains("href=\"javascript:") && !html.contains("src=\"javascript:"), "{html}");
        prop_assert!(!html.contains("style="), "{html}");
        prop_assert!(is_balanced(&text.markup(inline_html)));
    }

    #[test]
    fn no_text_brings_a_script(source in any_text(true)) {
        let text = text(&source);
        let html = text.markup(html);
        prop_assert_eq!(&html, &text.markup(super::html));
        let tags = html.split('<').skip(1).filter_map(|part| Some(part.split_once('>')?.0.to_lowercase()));
        for tag in tags {
            prop_assert!(!tag.starts_with("script") && !tag.starts_with("style") && !tag.starts_with("svg"), "{html}");
            prop_assert!(!tag.contains("href=\"javascript:") && !tag.contains("src=\"javascript:"), "{html}");
            let outside_values: String = tag.split('"').step_by(2).collect();
            prop_assert!(!outside_values.contains(" on") && !outside_values.contains(" style"), "{html}");
        }
    }
}

#[test]
fn no_id_stands_twice_and_none_is_ours() {
    let html =
        of("a[^1] <i id=\"fn:1\">b</i> <i id=\"x\">c</i> <i id='x'>d</i> <i id=first>e</i>\n\n# First\n\n[^1]: n");
    assert!(html.contains("<i id=\"fn-1\">b</i> <i id=\"x\">c</i> <i>d</i> <i>e</i>"), "{html}");
    assert_eq!(html.matches("id=\"fn:1\"").count(), 1, "{html}");
}

#[test]
fn what_is_no_html_takes_nothing_along() {
    for (text, expected) in [
        ("A List<int> b c.", "<p>A List&lt;int&gt; b c.</p>"),
        ("<path>\nb *c*\n\nd", "<p>&lt;path&gt;\nb <em>c</em></p>\n<p>d</p>"),
        ("a <template> b\n\nc", "<p>a &lt;template&gt; b</p>\n<p>c</p>"),
        (
            "a <textarea> b <select> c <title> d <iframe> e <noscript>\n\nf",
            "<p>a &lt;textarea&gt; b &lt;select&gt; c &lt;title&gt; d &lt;iframe&gt; e &lt;noscript&gt;</p>\n<p>f</p>",
        ),
        ("<svg><text>label</text></svg>", "<p>label</p>"),
        ("<svg>\n<text>label</text>\n</svg>\n\na", "label\n\n\n<p>a</p>"),
        ("<template>a</template> <title>b</title> <math><mi>c</mi></math>", "<p>a b c</p>"),
        ("a <script>b()</script> <style>c</style> <!-- d --> e", "<p>a    e</p>"),
        ("<?php echo 1 ?> a", " a"),
        ("<?php\necho 1;\n\nb", "<p>&lt;?php\necho 1;</p>\n<p>b</p>"),
        ("<![CDATA[\na\n\nb", "<p>&lt;![CDATA[\na</p>\n<p>b</p>"),
        ("<!DOCTYPE\na\n\nb", "<p>&lt;!DOCTYPE\na</p>\n<p>b</p>"),
        (
            "- a <b>c</b> <Foo/>\n\n> <T> d",
            "<ul>\n<li>a <b>c</b> &lt;Foo/&gt;</li>\n</ul>\n<blockquote>\n<p>&lt;T&gt; d</p>\n</blockquote>",
        ),
        (
            "<details><summary>a</summary>\n\nb <int> c\n\n</details>",
            "<details><summary>a</summary>\n<p>b &lt;int&gt; c</p>\n</details>",
        ),
        // Elements of HTML that nothing closes, or that stand where none of them may.
        ("Use <table>, <pre> or <h1>.\n\nb", "<p>Use &lt;table&gt;, &lt;pre&gt; or &lt;h1&gt;.</p>\n<p>b</p>"),
        (
            "Use <td> in <tr>, <LI> and <col> </b>",
            "<p>Use &lt;td&gt; in &lt;tr&gt;, &lt;LI&gt; and &lt;col&gt; &lt;/b&gt;</p>",
        ),
        ("<li>a</li> <dt> <rt> <area>", "<p>&lt;li&gt;a&lt;/li&gt; &lt;dt&gt; &lt;rt&gt; &lt;area&gt;</p>"),
        ("- <i> b\n\nc", "<ul>\n<li>&lt;i&gt; b</li>\n</ul>\n<p>c</p>"),
        ("<details>\n\na\n\n<div>\n\nb", "<p>&lt;details&gt;</p>\n<p>a</p>\n<p>&lt;div&gt;</p>\n<p>b</p>"),
        (
            "<ul><li>a<li>b</ul> <table><tr><td>c</table> <ruby>字<rt>zi</ruby>",
            "<ul><li>a</li><li>b</li></ul> <table><tbody><tr><td>c</td></tr></tbody></table> <ruby>字<rt>zi</rt></ruby>",
        ),
        (
            "a <p> b <br> c <hr> <a name=\"x\"> <a id=\"y\"></a>",
            "<p>a </p><p> b <br> c </p><hr> <a name=\"x\"></a> <a id=\"y\"></a><p></p>",
        ),
        // In a block of HTML, too.
        (
            "<details>\n<summary>S <int></summary>\n\nx\n\n</details>",
            "<details>\n<summary>S &lt;int&gt;</summary>\n<p>x</p>\n</details>",
        ),
        (
            "<table>\n<tr><td>Map<K,V></td><td>Vec<T> <https://a.b></td></tr>\n</table>",
            "<table>\n<tbody><tr><td>Map&lt;K,V&gt;</td><td>Vec&lt;T&gt; &lt;https://a.b&gt;</td></tr>\n</tbody></table>",
        ),
        (
            "<ul><li>a</ul>\n\nuse <li> b\n\n> <li>x</li>",
            "<ul><li>a</li></ul>\n<p>use &lt;li&gt; b</p>\n<blockquote>\n<p>&lt;li&gt;x&lt;/li&gt;</p>\n</blockquote>",
        ),
        (
            "use <td> in\n\n<table><tr><td>c</table>",
            "<p>use &lt;td&gt; in</p>\n<table><tbody><tr><td>c</td></tr></tbody></table>",
        ),
        ("a </p> b", "<p>a &lt;/p&gt; b</p>"),
        (
            "<i title=\"Vec<u8>\">a</i> <H1 title='<int>'>b</H1>",
            "<p><i title=\"Vec&lt;u8&gt;\">a</i> </p><h2 title=\"&lt;int&gt;\">b</h2><p></p>",
        ),
        ("<svg>\n<path d=\"M0 0\"/>\n<circle r=1></circle>\n</svg>\n\na", "\n\n\n\n<p>a</p>"),
        ("<select><option>x<option>y</select> z", "<p>xy z</p>"),
        ("> <div>\n> a <T> b\n> </div>", "<blockquote>\n<div>\na &lt;T&gt; b\n</div>\n</blockquote>"),
    ] {
        assert_eq!(of(text), expected.replace('\n', ""), "{text}");
    }
}

#[test]
fn links_of_other_schemes_lead_where_they_say_beside_html_too() {
    for address in [
        "zotero://select/items/1",
        "obsidian://open?vault=a",
        "vscode://file/a",
        "doi:10.1/2",
        "urn:isbn:1",
        "matrix:r/a:b",
        "mailto:a@b.c",
        "tel:+1",
    ] {
        let html = of(&format!("[a]({address}) <kbd>x</kbd> <{address}>"));
        assert_eq!(html.matches(&format!("href=\"{address}\"")).count(), 2, "{html}");
    }
    for address in ["javascript:x", "JaVaScript:x", "vbscript:x", "data:text/html,x"] {
        let html = of(&format!("[a]({address}) <kbd>x</kbd> <{address}> <a href=\"{address}\">y</a>"));
        assert!(!html.contains("href"), "{html}");
    }
}

#[test]
fn a_picture_has_the_size_that_its_author_gives_it() {
    let image = |text: &str| to(text, LinkTarget::Image { src: "p.png".to_owned() });
    assert_eq!(
        image("![[p.png|desc|100]]"),
        "<img src=\"p.png\" alt=\"desc\" width=\"100\" loading=\"lazy\" decoding=\"async\">"
    );
    assert_eq!(
        image("![[p.png|100x50]]"),
        "<img src=\"p.png\" alt=\"p\" width=\"100\" height=\"50\" loading=\"lazy\" decoding=\"async\">"
    );
    assert_eq!(
        image("![a [[b]] c](p.png)"),
        "<img src=\"p.png\" alt=\"a [[b]] c\" loading=\"lazy\" decoding=\"async\">"
    );
}
