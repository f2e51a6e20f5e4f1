//! HTML in a text: the ids that it brings, and where its links and pictures lead.

use std::ops::Range;

/// A piece of HTML as the parser gives it, a line at a time, put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    pub text: String,
    /// Where each line begins here, and where it stands in the text around it.
    lines: Vec<(usize, Range<usize>)>,
}

/// A part of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlToken<'a> {
    /// With its entities as they are written.
    Words(&'a str),
    Tag {
        name: &'a str,
        closes: bool,
    },
}

impl HtmlToken<'_> {
    /// Whether what stands before it and what stands behind it are words of their own: at a new line, a cell, a block, a
    /// picture.
    pub fn is_break(&self) -> bool {
        const INLINE: [&str; 36] = [
            "a", "abbr", "acronym", "area", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins",
            "kbd", "map", "mark", "q", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong",
            "sub", "sup", "time", "tt", "u", "var", "wbr",
        ];
        let HtmlToken::Tag { name, .. } = self else { return false };
        is_kept(name) && !INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name))
    }
}

/// An attribute that says something to other pages. Ranges are bytes of the HTML.
#[derive(Debug)]
pub struct Attribute {
    pub value: Range<usize>,
    /// All of it, from its name to its end.
    pub whole: Range<usize>,
    /// The tag that it stands in.
    pub tag: Range<usize>,
    /// What the tag shows to those who do not see its picture.
    pub alt: Option<Range<usize>>,
    pub says: AttributeRole,
}

/// What an attribute says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeRole {
    /// The name of a place on the page.
    Id,
    /// The same as `name` of an `<a>`, which need not be the only one on its page.
    Name,
    /// Where a link leads (`<a href>`), or which picture to show (`<img src>`).
    Address { embed: bool },
}

impl Html {
    /// Adds what stands at a `range` of the text around it.
    pub fn push(&mut self, html: &str, range: Range<usize>) {
        self.lines.push((self.text.len(), range));
        self.text.push_str(html);
    }

    /// Where a part of it begins in the text `around` it; none if that is not known.
    pub fn place(&self, part: &Range<usize>, around: &str) -> Option<usize> {
        let line = self.lines.partition_point(|(start, _)| *start <= part.start).checked_sub(1)?;
        let end = self.lines.get(line + 1).map_or(self.text.len(), |(start, _)| *start);
        let (start, range) = &self.lines[line];
        if part.end > end {
            return None;
        }
        let written = around.get(range.clone())?;
        if written == &self.text[*start..end] {
            return Some(range.start + part.start - start);
        }
        // In a list or a quote what begins each line is no part of the HTML.
        let value = &self.text[part.clone()];
        let mut found = written.match_indices(value).map(|(at, _)| range.start + at);
        found.next().filter(|_| found.next().is_none())
    }

    /// What it shows, and its tags, in order. Comments are left out, and what stands in a script or a style.
    pub fn tokens(&self) -> impl Iterator<Item = HtmlToken<'_>> {
        self.tokens_from(0)
    }

    /// The same from a place on at which a tag has ended.
    pub fn tokens_from(&self, start: usize) -> impl Iterator<Item = HtmlToken<'_>> {
        let html = self.text.as_str();
        let (mut at, mut raw) = (start, false);
        std::iter::from_fn(move || {
            while at < html.len() {
                let rest = &html[at..];
                if raw {
                    // Nothing in it is a tag but its end.
                    let end = memchr::memmem::find_iter(rest.as_bytes(), "</").find(|end| is_raw(&rest[end + 2..]));
                    (at, raw) = (at + end.unwrap_or(rest.len()), false);
                } else if rest.starts_with("<!--") {
                    at += rest.find("-->").map_or(rest.len(), |end| end + 3);
                } else if let Some(inside) = rest.strip_prefix('<') {
                    let length = tag_end(inside);
                    let tag = inside[..length].strip_prefix('/');
                    let (name, closes) = (tag.unwrap_or(&inside[..length]), tag.is_some());
                    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !"!?[-".contains(c));
                    at += 1 + length;
                    raw = !closes && is_raw(inside);
                    return Some(HtmlToken::Tag { name: &name[..end.unwrap_or(name.len())], closes });
                } else {
                    let length = rest.find('<').unwrap_or(rest.len());
                    at += length;
                    return Some(HtmlToken::Words(&rest[..length]));
                }
            }
            None
        })
    }

    /// The attributes that say something to other pages, in order. What stands in a comment, a script or a style says
    /// nothing, and a value with entities in it but `&amp;` is not read.
    pub fn attributes(&self) -> Vec<Attribute> {
        let html = self.text.as_str();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(open) = html[at..].find('<').map(|open| at + open) {
            if html[open..].starts_with("<!--") {
                at = html[open..].find("-->").map_or(html.len(), |end| open + end + 3);
                continue;
            }
            let start = open + 1;
            let length = html[start..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(html.len() - start);
            let name = html[start..start + length].to_ascii_lowercase();
            at = if name.is_empty() { start } else { self.tag(open, &name, start + length, &mut found) };
            if matches!(name.as_str(), "script" | "style") {
                at = html[at..].find("</").map_or(html.len(), |end| at + end);
            }
        }
        found
    }

    /// Reads a tag from the end of its name on, and answers where it ends.
    fn tag(&self, open: usize, tag: &str, mut at: usize, found: &mut Vec<Attribute>) -> usize {
        let html = self.text.as_str();
        let first = found.len();
        let mut alt = None;
        let end = loop {
            at += html[at..].len() - html[at..].trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
            let is_end = |c: char| c.is_whitespace() || "=/<>\"'".contains(c);
            let name_end = html[at..].find(is_end).map_or(html.len(), |end| at + end);
            if name_end == at {
                break at + html[at..].chars().next().map_or(0, |c| if c == '<' { 0 } else { c.len_utf8() });
            }
            let name = html[at..name_end].to_ascii_lowercase();
            let after = html[name_end..].trim_start();
            let Some(after) = after.strip_prefix('=').map(str::trim_start) else {
                at = name_end;
                continue;
            };
            let start = html.len() - after.len();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, whole_end) = match quote {
                Some(quote) => match after[1..].find(quote) {
                    Some(length) => (start + 1..start + 1 + length, start + 2 + length),
                    None => break html.len(),
                },
                None => {
                    let length = after.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(after.len());
                    (start..start + length, start + length)
                }
            };
            let says = match (tag, name.as_str()) {
                (_, "id") => Some(AttributeRole::Id),
                ("a", "name") => Some(AttributeRole::Name),
                ("a", "href") => Some(AttributeRole::Address { embed: false }),
                ("img", "src") => Some(AttributeRole::Address { embed: true }),
                _ => None,
            };
            if name == "alt" {
                alt = Some(value.clone());
            }
            if let Some(says) = says.filter(|_| !value.is_empty() && !has_entities(&html[value.clone()])) {
                found.push(Attribute { value, whole: at..whole_end, tag: open..open, alt: None, says });
            }
            at = whole_end;
        };
        for attribute in &mut found[first..] {
            (attribute.tag.end, attribute.alt) = (end, alt.clone());
        }
        end
    }
}

/// Whether a value means other letters than it has, but for `&amp;`.
fn has_entities(value: &str) -> bool {
    value.split('&').skip(1).any(|rest| {
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or("");
        name != "amp" && rest[name.len()..].starts_with(';')
    })
}

/// A value as it is meant.
pub fn decoded(value: &str) -> String {
    value.replace("&amp;", "&")
}

/// Whether a tag begins (true) or a tag ends (false) what nobody reads: a script or a style; none if it does neither.
pub fn hides(tag: &str) -> Option<bool> {
    match tag.strip_prefix('<') {
        Some(rest) if rest.starts_with('/') => Some(false),
        Some(rest) if is_raw(rest) => Some(true),
        _ => None,
    }
}

/// Whether a tag is that of a script or a style, whose content is no HTML; `rest` is what stands behind its first sign.
fn is_raw(rest: &str) -> bool {
    ["script", "style"].iter().any(|name| {
        let (begins, after) = rest.as_bytes().split_at(name.len().min(rest.len()));
        let goes_on = after.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        begins.eq_ignore_ascii_case(name.as_bytes()) && !goes_on
    })
}

/// Where a tag ends that has begun; in quotes stands a value.
pub fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, sign) in tag.bytes().enumerate() {
        match (quote, sign) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(sign),
            (Some(open), sign) if open == sign => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// Whether an element stays in a text whose HTML is cleaned.
pub fn is_kept(name: &str) -> bool {
    KEPT.iter().any(|kept| kept.eq_ignore_ascii_case(name))
}

/// The elements that a text may bring, in order: those that give it structure and meaning, and none that could run,
/// restyle or load anything, take in what follows them, or belong to the page as a whole.
pub const KEPT: [&str; 78] = [
    "a",
    "abbr",
    "acronym",
    "area",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "map",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tests::cases;
    use proptest::prelude::*;

    fn html(text: &str) -> Html {
        let mut html = Html::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            html.push(line, at..at + line.len());
            at += line.len();
        }
        html
    }

    #[test]
    fn html_says_its_ids_and_where_it_leads() {
        let found = |text: &str| {
            let html = html(text);
            let found = html.attributes().into_iter();
            found.map(|found| format!("{:?} {}", found.says, &text[found.value])).collect::<Vec<_>>().join(", ")
        };
        for (html, expected) in [
            ("<a id=\"x\" href='b.md'>", "Id x, Address { embed: false } b.md"),
            ("<IMG alt=\"a > b\" SRC = \"中.png\"/><p id=\"y\">", "Address { embed: true } 中.png, Id y"),
            ("<a name=\"x\">a</a><a href=b.md id=z>", "Name x, Address { embed: false } b.md, Id z"),
            ("<a class=\"x\"\n   href=\"b.md\">", "Address { embed: false } b.md"),
            ("</p><img src=\"\"> < b <!-- <a id=\"c\">\n --><a id=\"d\">", "Id d"),
            ("<script>x('<a href=\"b\">')</script><a id=\"e\">", "Id e"),
            ("<a href=\"a&amp;b&c\"> <a href=\"a&lt;b\"> <a id=\"", "Address { embed: false } a&amp;b&c"),
            ("<img src=\"a", ""),
        ] {
            assert_eq!(found(html), expected, "{html}");
        }
    }

    #[test]
    fn a_place_is_known_where_the_text_has_the_html_to_the_letter() {
        let around = "> <a\n> href=\"b.md\">\n";
        let mut html = Html::default();
        html.push("<a\n", 2..5);
        html.push("href=\"b.md\">\n", 7..20);
        assert_eq!(html.place(&html.attributes()[0].value, around), around.find("b.md"));
        let mut whole = Html::default();
        whole.push("<a\nhref=\"b.md\">", 2..19);
        assert_eq!(whole.place(&whole.attributes()[0].value, around), around.find("b.md"));
        assert_eq!(whole.place(&whole.attributes()[0].value, "b.md b.md b.md b.md"), None);
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn any_html_is_read(text in "[<>/=\"' a!中\n-]{0,40}|(<a href=|<img src=|\"|'|>|x|&|<!--|-->| id=|\n){0,12}") {
            for attribute in html(&text).attributes() {
                prop_assert!(text.get(attribute.value).is_some() && text.get(attribute.whole).is_some());
                prop_assert!(text.get(attribute.tag).is_some());
            }
        }
    }
}
