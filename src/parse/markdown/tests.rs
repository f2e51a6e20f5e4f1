//! What nodes a text has.

use super::*;

const VAULT: Dialect = Dialect { comments: true, trust_html: false, bare_addresses: true };

fn nodes(text: &str) -> Vec<Node<'_>> {
    MarkdownText::new(text, VAULT).nodes().map(|(node, _)| node).collect()
}

fn count(text: &str) -> usize {
    nodes(text).len()
}

/// A text as its nodes: words as they are, elements as `kind(…)`.
fn told(text: &str) -> String {
    let mut told = String::new();
    for node in nodes(text) {
        match node {
            Node::Start(Element::Link(link)) => told += &format!("link<{}>(", link.destination),
            Node::Start(Element::Heading { level, anchor }) => {
                told += &format!("h{level}{}(", anchor.map_or(String::new(), |anchor| format!("#{anchor}")))
            }
            Node::Start(Element::Callout(callout)) => told += &format!("callout<{}>(", callout.kind),
            Node::Start(element) => told += &format!("{:?}(", element.kind()).to_lowercase(),
            Node::End(_) => told.push(')'),
            Node::Text(text) => told += &text,
            Node::Code(code) => told += &format!("`{code}`"),
            Node::Hidden(_) => told += "…",
            Node::Picture(picture) => {
                let size = picture.size.map_or(String::new(), |size| format!(" {}x{:?}", size.width, size.height));
                told += &format!("picture<{}|{}{size}>", picture.link.destination, picture.words);
            }
            Node::NoteReference(label) => told += &format!("^{label}"),
            Node::Html(html) | Node::HtmlBlock(html) => told += &format!("{{{}}}", html.text.trim_end()),
            Node::SoftBreak => told.push('/'),
            Node::HardBreak => told += "//",
            Node::Rule => told += "rule",
            Node::Task(done) => told += if done { "[x]" } else { "[ ]" },
        }
    }
    told
}

#[test]
fn braces_at_the_end_of_a_heading_are_words_unless_they_are_an_anchor() {
    for (text, expected) in [
        ("## GET /users/{id}", "h2(GET /users/{id})"),
        ("## Props {children, key}", "h2(Props {children, key})"),
        ("# Title {x}", "h1(Title {x})"),
        ("## A {#b}", "h2#b(A)"),
        ("## A *c* {#b} ##", "h2#b(A emphasis(c))"),
        ("A {x}\n===", "h1(A {x})"),
        ("A {#b}\n---", "h2#b(A)"),
        ("> - ## A {.b}", "quote(list(item(h2(A {.b}))))"),
        ("## {#b}", "h2#b()"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn a_colon_without_a_space_begins_no_definition() {
    for (text, expected) in [
        ("Steps follow\n:::tip\nUse it\n:::", "paragraph(Steps follow/:::tip/Use it/:::)"),
        ("Note\n:tada: done", "paragraph(Note/:tada: done)"),
        ("Line\n:) smile", "paragraph(Line/:) smile)"),
        ("Line\n\n:) smile", "paragraph(Line)paragraph(:) smile)"),
        ("Line `a\n:b` c", "paragraph(Line `a :b` c)"),
        ("Line\n:", "paragraph(Line/:)"),
        ("> Line\n> :::x", "quote(paragraph(Line/:::x))"),
        ("- Line\n  :::x", "list(item(Line/:::x))"),
        ("[^1]: Line\n    :::x\n\na[^1]", "note(paragraph(Line/:::x))paragraph(a^1)"),
        ("Term\n: Meaning\n  :x", "definitionlist(term(Term)definition(Meaning/:x))"),
        ("Term\n: Meaning", "definitionlist(term(Term)definition(Meaning))"),
        ("Term\n:\tMeaning", "definitionlist(term(Term)definition(Meaning))"),
        ("Term\n\n: A\n\n: B", "definitionlist(term(Term)definition(paragraph(A))definition(paragraph(B)))"),
        ("```\na\n:::b\n```", "codeblock(a\n:::b\n)"),
        ("a | b\n:-|:-:\n1 | 2", "table(tablehead(tablecell(a)tablecell(b))tablerow(tablecell(1)tablecell(2)))"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn double_brackets_in_the_description_of_a_picture_are_words() {
    for (text, expected) in [
        ("![wiki [[b]] in alt](p.svg)", "paragraph(picture<p.svg|wiki [[b]] in alt>)"),
        ("![matrix [[1, 2], [3, 4]]](p.svg)", "paragraph(picture<p.svg|matrix [[1, 2], [3, 4]]>)"),
        ("[matrix [[1, 2], [3, 4]]](p.md)", "paragraph(link<p.md>(matrix [[1, 2], [3, 4]]))"),
        ("x = [[1, 2], [3, 4]].", "paragraph(x = [[1, 2], [3, 4]].)"),
        ("- ![[[b]]](p.svg)", "list(item(picture<p.svg|[[b]]>))"),
        ("| ![a [[b]]](p.svg) |\n|---|", "table(tablehead(tablecell(picture<p.svg|a [[b]]>)))"),
        ("![[p.png|desc|100]]", "paragraph(picture<p.png|desc 100xNone>)"),
        ("![[p.png|100]]", "paragraph(picture<p.png| 100xNone>)"),
        ("![[p.png|100x50]]", "paragraph(picture<p.png| 100xSome(50)>)"),
        ("![[p.png|a | b|100x50]]", "paragraph(picture<p.png|a | b 100xSome(50)>)"),
        ("![desc|100](p.png)", "paragraph(picture<p.png|desc 100xNone>)"),
        ("![100](p.png)", "paragraph(picture<p.png|100>)"),
        ("![a|b](p.png)", "paragraph(picture<p.png|a|b>)"),
        ("| ![[p.png\\|desc\\|100]] |\n|---|", "table(tablehead(tablecell(picture<p.png|desc 100xNone>)))"),
        ("[[a]] and ![[b]]", "paragraph(link<a>() and picture<b|>)"),
        ("![a ![b](c) d](e)", "paragraph(picture<e|a b d>)"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn what_marks_a_callout_is_none_of_its_words() {
    for (text, expected) in [
        ("> [!warning]- Title\n> text", "callout<warning>(callouttitle(Title)paragraph(text))"),
        ("> [!NOTE]\n> text", "callout<note>(callouttitle()paragraph(text))"),
        ("> [!faq]+\n> text", "callout<faq>(callouttitle()paragraph(text))"),
        ("> [!tip] A *b\n> c* d\n> e", "callout<tip>(callouttitle(A emphasis(b/c) d)paragraph(e))"),
        ("> [!tip] [[a]] `b`\n>\n> c", "callout<tip>(callouttitle(link<a>() `b`)paragraph(c))"),
        ("- > [!my-kind] T\n  > c", "list(item(callout<my-kind>(callouttitle(T)paragraph(c))))"),
        ("> [!info|right] T", "callout<info>(callouttitle(T))"),
        ("> a\n> [!note] b", "quote(paragraph(a/[!note] b))"),
        ("> > [!note] b", "quote(callout<note>(callouttitle(b)))"),
        ("> [!note]b\n\nc", "callout<note>(callouttitle(b))paragraph(c)"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn emphasis_beside_letters_without_spaces_is_emphasis() {
    for (text, expected) in [
        ("**中文。**字", "paragraph(strong(中文。)字)"),
        ("字**“中国制造2025”**计划", "paragraph(字strong(“中国制造2025”)计划)"),
        ("**2025%**的", "paragraph(strong(2025%)的)"),
        ("**[[b]]**字", "paragraph(strong(link<b>())字)"),
        ("~~删除。~~字", "paragraph(strikethrough(删除。)字)"),
        ("字*（斜）*字", "paragraph(字emphasis（斜）)字)".replace("emphasis（", "emphasis(（").as_str()),
        ("**`code`**字", "paragraph(strong(`code`)字)"),
        ("これは**[x](y)**です", "paragraph(これはstrong(link<y>(x))です)"),
        ("**한국어(韓國語)**를", "paragraph(strong(한국어(韓國語))를)"),
        ("**a。**b", "paragraph(strong(a。)b)"),
        ("- **中。**字\n\n# *“中”*字", "list(item(strong(中。)字))h1(emphasis(“中”)字)"),
        ("**\"a\"**b", "paragraph(**\"a\"**b)"),
        ("`**中。**字`", "paragraph(`**中。**字`)"),
        ("```\n**中。**字\n```", "codeblock(**中。**字\n)"),
        ("[x](a**。b)", "paragraph(link<a**。b>(x))"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn a_tag_that_is_no_html_is_words() {
    for (text, expected) in [
        ("A List<int> b c.", "paragraph(A List<int> b c.)"),
        ("<path>\nrest *of* it\n\nmore", "paragraph(<path>/rest emphasis(of) it)paragraph(more)"),
        ("Use <template> here[^1].\n\n[^1]: n", "paragraph(Use <template> here^1.)note(paragraph(n))"),
        ("a <set> <mask> <view> b", "paragraph(a <set> <mask> <view> b)"),
        ("<?php\necho 1;\n\nmore", "paragraph(<?php/echo 1;)paragraph(more)"),
        ("<![CDATA[\na\n\nb", "paragraph(<![CDATA[/a)paragraph(b)"),
        ("<!DOCTYPE\na\n\nb", "paragraph(<!DOCTYPE/a)paragraph(b)"),
        ("<!-- a\n\nb", "paragraph(<!-- a)paragraph(b)"),
        ("<svg><text>label</text></svg>", "paragraph({<svg>}{<text>}label{</text>}{</svg>})"),
        ("<svg>\n<text>label</text>\n</svg>", "{<svg>\n<text>label</text>\n</svg>}"),
        ("a <b>c</b> <kbd>x</kbd>", "paragraph(a {<b>}c{</b>} {<kbd>}x{</kbd>})"),
        ("a <Foo/> b </int>", "paragraph(a <Foo/> b </int>)"),
        ("a <int> `</int>` b", "paragraph(a <int> `</int>` b)"),
        ("`List<int>`", "paragraph(`List<int>`)"),
        (
            "- a <int> b\n\n| <T> |\n|---|\n| <V> |",
            "list(item(a <int> b))table(tablehead(tablecell(<T>))tablerow(tablecell(<V>)))",
        ),
        ("## A <T>", "h2(A <T>)"),
        ("A List<Data> and x<b>y</b> c<br>", "paragraph(A List<Data> and x{<b>}y{</b>} c{<br>})"),
        ("a <script>x</script> b", "paragraph(a {<script>}…{</script>} b)"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn an_address_is_a_link_wherever_words_are() {
    for (text, expected) in [
        ("see https://a.b/_c_/d.", "paragraph(see link<https://a.b/_c_/d>(https://a.b/_c_/d).)"),
        ("**https://a.b/x**", "paragraph(strong(link<https://a.b/x>(https://a.b/x)))"),
        ("a@b.c", "paragraph(link<mailto:a@b.c>(a@b.c))"),
        ("[https://a.b](c)", "paragraph(link<c>(https://a.b))"),
        ("<https://a.b>", "paragraph(link<https://a.b>(https://a.b))"),
        ("<a@b.c>", "paragraph(link<mailto:a@b.c>(a@b.c))"),
        ("`https://a.b`", "paragraph(`https://a.b`)"),
        ("| www.a.b |\n|---|", "table(tablehead(tablecell(link<http://www.a.b>(www.a.b))))"),
        (r"https://a.b/c\_d\_e f", "paragraph(link<https://a.b/c_d_e>(https://a.b/c_d_e) f)"),
        (r"*x* https://a.b/c\*. \*y", "paragraph(emphasis(x) link<https://a.b/c>(https://a.b/c)*. *y)"),
        ("https://a.b/?c=1&amp;d=2&amp;e", "paragraph(link<https://a.b/?c=1&d=2&e>(https://a.b/?c=1&d=2&e))"),
        ("https://a.b?c&copy=1 &amp; d", "paragraph(link<https://a.b?c&copy=1>(https://a.b?c&copy=1) & d)"),
        ("| https://a.b/c\\|d |\n|---|", "table(tablehead(tablecell(link<https://a.b/c|d>(https://a.b/c|d))))"),
        (
            "https://a.b&nbsp;c&emsp;https://d.e&#32;f",
            "paragraph(link<https://a.b>(https://a.b)\u{a0}c\u{2003}link<https://d.e>(https://d.e) f)",
        ),
        (
            r"\<https://a.b/x\> \[https://a.b/x\]",
            "paragraph(<link<https://a.b/x>(https://a.b/x)> [link<https://a.b/x>(https://a.b/x)])",
        ),
        (
            r"\*\*https://a.b/x\*\* https://a.b/x\_\_",
            "paragraph(**link<https://a.b/x>(https://a.b/x)** link<https://a.b/x>(https://a.b/x)__)",
        ),
        ("[r]\n\n[r]: https://a.b/c\\_d", "paragraph(link<https://a.b/c_d>(r))"),
        (r"[https://a.b/c\_d](e\_f)", "paragraph(link<e_f>(https://a.b/c_d))"),
        (r"`https://a.b/c\_d`", r"paragraph(`https://a.b/c\_d`)"),
        (r"a\_b https://c.d e\_f", "paragraph(a_b link<https://c.d>(https://c.d) e_f)"),
        ("a www.x.y/z_z_z_ b", "paragraph(a link<http://www.x.y/z_z_z>(www.x.y/z_z_z)_ b)"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn a_footnote_in_a_link_or_a_picture_stands_behind_it() {
    let note = "note(paragraph(n))";
    for (text, expected) in [
        ("[a b[^1] c](d)", "paragraph(link<d>(a b c)^1)"),
        ("![a[^1]](b.png) c", "paragraph(picture<b.png|a>^1 c)"),
        ("[![a[^1]](b.png)](c)", "paragraph(link<c>(picture<b.png|a>)^1)"),
        ("[a[^1]][b]", "paragraph(link<c>(a)^1)"),
        ("| [a[^1]](b) |\n|---|", "table(tablehead(tablecell(link<b>(a)^1)))"),
        ("[[b|w[^1]]] c", "paragraph(link<b>(w)^1 c)"),
        ("[[b|*w*[^1] x [^1]]]", "paragraph(link<b>(emphasis(w) x )^1^1)"),
        ("[[b|[^1]]]", "paragraph(link<b>()^1)"),
        ("![[b.png|w[^1]|10]]", "paragraph(picture<b.png|w 10xNone>^1)"),
        ("![[b.png|[^1]]]", "paragraph(picture<b.png|>^1)"),
        ("- *[[b|w[^1]]]*", "list(item(emphasis(link<b>(w)^1)))"),
        ("| [[b\\|w[^1]]] |\n|---|", "table(tablehead(tablecell(link<b>(w)^1)))"),
        ("# [[b|w[^1]]]", "h1(link<b>(w)^1)"),
        ("[[^1]](b)", "paragraph(link<b>()^1)"),
        ("[[^1]]", "paragraph([^1])"),
        ("<a href=\"x\">y[^1] *z*</a> c", "paragraph({<a href=\"x\">}y emphasis(z){</a>}^1 c)"),
        (
            "<A class=\"x\" HREF=x>![y[^1]](z) https://a.b</A>",
            "paragraph({<A class=\"x\" HREF=x>}picture<z|y> https://a.b{</A>}^1)",
        ),
        ("<a href=\"x\">y[^1] z\n\n</a>", "paragraph({<a href=\"x\">}y z^1){</a>}"),
        ("<a id=\"x\">y[^1]</a> <abbr>[^1]</abbr>", "paragraph({<a id=\"x\">}y^1{</a>} {<abbr>}^1{</abbr>})"),
        ("a <img alt=\"b[^1]\"> [^1]", "paragraph(a {<img alt=\"b[^1]\">} ^1)"),
        ("[a[^1] b", "paragraph([a^1 b)"),
        ("[a[^1]](b c", "paragraph([a^1](b c)"),
    ] {
        assert_eq!(told(&format!("{text}\n\n[^1]: n\n\n[b]: c")), format!("{expected}{note}"), "{text}");
    }
    assert_eq!(told("[a[^2]](b)"), "paragraph(link<b>(a[^2]))");
}

#[test]
fn a_comment_is_shown_to_nobody() {
    for (text, expected) in [
        ("a %%b [[c]] *d%% e", "paragraph(a  e)"),
        ("%%\n\n# h\n\n- a\n\n%%\ntext", "paragraph(text)"),
        ("**a %%b%%**", "paragraph(strong(a ))"),
        ("- %%x%% a", "list(item( a))"),
        ("`%%a%%`", "paragraph(`%%a%%`)"),
        ("# T %%x%%", "h1(T )"),
        ("a %%b", "paragraph(a )"),
        ("a %%é[^1]中%% b", "paragraph(a  b)"),
        ("100%% sure and 50%% off", "paragraph(100%% sure and 50%% off)"),
        ("| a%% | %%b%% |\n|---|---|", "table(tablehead(tablecell(a%%)tablecell()))"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn front_matter_and_math_are_words() {
    assert_eq!(told("---\na: b\n---\n"), "ruleh2(a: b)");
    assert_eq!(told("$a$ \"b\" ..."), "paragraph($a$ \"b\" ...)");
}

#[test]
fn a_wikilink_in_a_table_shows_what_follows_its_bar() {
    let text = "| a |\n|---|\n| [[Plan\\|the plan]] |\n";
    assert_eq!(told(text), "table(tablehead(tablecell(a))tablerow(tablecell(link<Plan>(the plan))))");
}

#[test]
fn a_text_costs_no_more_than_its_length() {
    let n = 20_000;
    let repeated = [
        "[", "![", "[[", "![[", "[[a|", "*a ", "**a_ ", ">", "- > ", "1. ", "`a``", "<a ", "[a](", "[^", "a|",
        "\n: b\n", "==a ", "==a== ", "=",
    ];
    for part in repeated {
        let text = part.repeat(n);
        assert!(count(&text) <= 3 * text.len(), "{part:?}");
    }
    let wikilinks = "![[a|".repeat(n) + &"]]".repeat(n);
    assert!(count(&wikilinks) <= wikilinks.len());
    // The parser fills up short rows of wide tables, to 262,144 cells a text.
    let columns = 4_000;
    let table = format!("{}\n{}\n{}", "a|".repeat(columns), "-|".repeat(columns), "|b\n".repeat(n));
    assert!(count(&table) < 1_000_000);
    // A reference repeats no more of its definition than 100 kB in all.
    let bomb = format!("[x]: /{}\n\n{}", "a".repeat(n), "[x] ".repeat(n));
    let written: usize = nodes(&bomb)
        .into_iter()
        .map(|node| if let Node::Start(Element::Link(link)) = node { link.destination.len() } else { 0 })
        .sum();
    assert!(written <= 100_000 + 2 * bomb.len(), "{written}");
}

#[test]
fn a_text_that_would_cost_seconds_is_one_paragraph() {
    for open in ["> ", ">", "- ", "1. ", "* > ", "[^a]: - "] {
        let text = open.repeat(20_000) + &"a\n".repeat(20_000);
        let nodes = nodes(&text);
        assert_eq!(nodes.len(), 3, "{open:?}");
        assert_eq!(nodes[1], Node::Text(text.as_str().into()));
    }
}

#[test]
fn a_long_text_or_a_deep_quote_is_not_hostile() {
    assert!(count(&(">".repeat(10_000) + "a")) > 3);
    assert!(count(&("> > > - a\n".repeat(50_000))) > 3);
    assert!(count(&("1.5.2 3.4.5 6.7\n".repeat(50_000))) > 3);
    assert!(count(&format!("```\n{}\n```\n{}", ">".repeat(500), "a\n\n".repeat(10_000))) > 3);
}

#[test]
fn megabytes_of_signs_are_one_paragraph_and_much_text_is_not() {
    for part in ["[[", "*a ", "==a== ", "=", "|", "<a", "`a ", ":\n"] {
        assert_eq!(count(&part.repeat(4_000_000 / part.len())), 3, "{part}");
    }
    // All in one line, where each address is looked at with what stands before it.
    assert!(count(&"https://a.b/c_d ".repeat(60_000)) > 100_000);
    assert!(count(&r"https://a.b/c\_d&amp;e ".repeat(60_000)) > 100_000);
    assert!(count(&"Words with [a link](b.md) and *more* of them.\n\n".repeat(60_000)) > 100_000);
}

#[test]
fn a_comment_is_hidden_in_a_hostile_text_too() {
    let text = format!("a %%hidden%% b\n\n%%\nhidden\n%%\n{}", "*a ".repeat(2_000_000));
    let nodes = nodes(&text);
    assert_eq!(nodes.len(), 3);
    assert!(matches!(&nodes[1], Node::Text(text) if text.starts_with("a  b") && !text.contains("hidden")));
}

#[test]
fn a_carriage_return_alone_ends_a_line() {
    assert_eq!(told("# A\r\rtext\rmore\r\r- b\r- c\r"), "h1(A)paragraph(text/more)list(item(b)item(c))");
    assert_eq!(told("# A\r\n\r\ntext\r\nmore"), "h1(A)paragraph(text/more)");
}
