//! Drawings in SVG of authors who are not trusted with scripts.
//!
//! A picture on a page runs nothing, but whoever opens its file has a page of the site's own in which scripts and
//! handlers run. What could run goes; all else stays as it is written, byte for byte.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::{NsReader, Reader};

use crate::base::url::is_unsafe;

/// What a drawing is that may be opened by anybody.
#[derive(Debug, PartialEq, Eq)]
pub enum Drawing {
    /// Nothing in it could run.
    AsItIs,
    /// Its text without what could run, and the first thing that went: `a script`, `"onload"`.
    Without { svg: String, what: String },
}

/// How deep elements may stand in each other: what browsers take.
const DEEPEST: usize = 512;

/// How many attributes an element may have.
const MOST_ATTRIBUTES: usize = 512;

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Elements of HTML that only show text, as drawings have them in their labels.
const LABELS: [&str; 46] = [
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "body",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Encodings in which the letters of markup are those of ASCII, whatever else they have.
const LIKE_ASCII: [&str; 4] = ["iso-8859-", "windows-125", "us-ascii", "ascii"];

/// A drawing without what could run: scripts, handlers, links to scripts and what animates a link, HTML beyond labels,
/// style sheets that rewrite it, and its own document type, whose entities and defaults could hold any of them.
///
/// Errors: why it cannot be read as a drawing.
pub fn clean(bytes: &[u8]) -> Result<Drawing, String> {
    let written = std::str::from_utf8(bytes).map_err(|_| "it is not in UTF-8".to_owned())?;
    let written = written.strip_prefix('\u{feff}').unwrap_or(written);
    let prolog = Prolog::of(written)?;
    if prolog.encoding.is_some_and(|name| !is_read_as_utf_8(&name, written)) {
        return Err("it is not in UTF-8".to_owned());
    }
    let (text, own_type) = match prolog.own_type {
        Some(range) => (Cow::Owned(without_type(written, range)), Some("a document type of its own")),
        None => (Cow::Borrowed(written), None),
    };
    let mut cleaner = Cleaner { text: &text, out: String::new(), what: own_type.map(str::to_owned), depth: 0 };
    cleaner.run()?;
    Ok(match cleaner.what {
        None => Drawing::AsItIs,
        Some(what) => Drawing::Without { svg: cleaner.out, what },
    })
}

/// Whether a text is the same in the encoding of this name as in UTF-8.
fn is_read_as_utf_8(encoding: &str, text: &str) -> bool {
    let encoding = encoding.to_ascii_lowercase();
    matches!(encoding.as_str(), "utf-8" | "utf8")
        || (text.is_ascii() && LIKE_ASCII.iter().any(|known| encoding.starts_with(known)))
}

/// What stands before the drawing itself.
struct Prolog {
    encoding: Option<String>,
    /// Where a document type stands that is not one of those of the W3C, or adds to it.
    own_type: Option<Range<usize>>,
}

impl Prolog {
    fn of(text: &str) -> Result<Prolog, String> {
        let mut reader = Reader::from_str(text);
        let mut prolog = Prolog { encoding: None, own_type: None };
        loop {
            let start = reader.buffer_position() as usize;
            match reader.read_event().map_err(|error| unread(&error))? {
                Event::Decl(decl) => {
                    let encoding = decl.encoding().transpose().map_err(|error| unread(&error))?;
                    prolog.encoding = encoding.map(Cow::into_owned);
                }
                Event::DocType(name) => {
                    let says: Vec<&str> = name.split_whitespace().collect();
                    let is_known = match says.as_slice() {
                        [_] => true,
                        [_, public, id, ..] => {
                            *public == "PUBLIC" && id.trim_start_matches(['"', '\'']).starts_with("-//W3C//DTD")
                        }
                        _ => false,
                    };
                    if !is_known || name.contains('[') {
                        prolog.own_type = Some(start..reader.buffer_position() as usize);
                    }
                }
                Event::Start(_) | Event::Empty(_) => return Ok(prolog),
                Event::Eof => return Err("there is no drawing in it".to_owned()),
                _ => {}
            }
        }
    }
}

/// A text without its document type. What it declares as short for some words is written out.
fn without_type(text: &str, range: Range<usize>) -> String {
    let mut rest = text[range.end..].to_owned();
    for declared in text[range.clone()].split("<!ENTITY").skip(1) {
        let mut parts = declared.trim_start().splitn(2, char::is_whitespace);
        let (Some(name), Some(value)) = (parts.next(), parts.next().map(str::trim_start)) else { continue };
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
        let Some(value) = value[1..].split(quote).next().filter(|value| !value.contains(['<', '&', '%', '"', '\'']))
        else {
            continue;
        };
        if !name.is_empty() && name != "%" {
            rest = rest.replace(&format!("&{name};"), value);
        }
    }
    text[..range.start].to_owned() + rest.trim_start()
}

fn unread(error: &dyn std::fmt::Display) -> String {
    error.to_string()
}

/// A pass over a drawing, which writes what may stay.
struct Cleaner<'a> {
    text: &'a str,
    out: String,
    /// The first thing that was left out.
    what: Option<String>,
    depth: usize,
}

/// What becomes of an element.
enum Verdict {
    Stays,
    /// It stays without some attributes.
    Cut(String),
    /// It goes, with all that is in it.
    Goes,
}

impl Cleaner<'_> {
    fn run(&mut self) -> Result<(), String> {
        let text = self.text;
        let mut reader = NsReader::from_str(text);
        let mut has_root = false;
        loop {
            let start = reader.buffer_position() as usize;
            let (namespace, event) = reader.read_resolved_event().map_err(|error| unread(&error))?;
            let is_html = matches!(&namespace, ResolveResult::Bound(name) if name.as_ref() == XHTML);
            if let Event::Start(element) | Event::Empty(element) = &event {
                if !has_root && element.local_name().as_ref() != "svg" {
                    return Err(format!("its root is <{}>, and not <svg>", element.name().as_ref()));
                }
                has_root = true;
            }
            match event {
                Event::Eof if self.depth > 0 => return Err("it ends before its end".to_owned()),
                Event::Eof => return Ok(()),
                Event::Start(element) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err("its elements stand too deep in each other".to_owned());
                    }
                    match self.judge(&element, is_html)? {
                        Verdict::Stays => self.out.push_str(&text[start..reader.buffer_position() as usize]),
                        Verdict::Cut(tag) => self.out.push_str(&format!("<{tag}>")),
                        Verdict::Goes => {
                            reader.read_to_end(element.name()).map_err(|error| unread(&error))?;
                            self.depth -= 1;
                        }
                    }
                }
                Event::Empty(element) => match self.judge(&element, is_html)? {
                    Verdict::Stays => self.out.push_str(&text[start..reader.buffer_position() as usize]),
                    Verdict::Cut(tag) => self.out.push_str(&format!("<{tag}/>")),
                    Verdict::Goes => {}
                },
                Event::PI(instruction) if instruction.target().eq_ignore_ascii_case("xml-stylesheet") => {
                    self.leave_out("a style sheet that could rewrite it");
                }
                other => {
                    match &other {
                        Event::End(_) => self.depth -= 1,
                        Event::GeneralRef(name) if !is_known(name) => {
                            return Err(format!("nothing says what &{}; is", name.as_ref() as &str));
                        }
                        _ => {}
                    }
                    self.out.push_str(&text[start..reader.buffer_position() as usize]);
                }
            }
        }
    }

    fn leave_out(&mut self, what: impl Into<String>) {
        self.what.get_or_insert_with(|| what.into());
    }

    fn judge(&mut self, element: &BytesStart, is_html: bool) -> Result<Verdict, String> {
        let local = element.local_name();
        let name: &str = local.as_ref();
        let lower = name.to_ascii_lowercase();
        if matches!(lower.as_str(), "script" | "handler") {
            self.leave_out("a script");
            return Ok(Verdict::Goes);
        }
        if is_html && !LABELS.contains(&lower.as_str()) {
            self.leave_out(format!("<{name}>"));
            return Ok(Verdict::Goes);
        }
        // A picture in it runs nothing, whatever it is.
        let is_picture = matches!(name, "image" | "feImage");
        let is_animation = matches!(name, "animate" | "set") || name.starts_with("animate");
        let mut kept = element.name().as_ref().to_owned();
        let (mut is_cut, mut count) = (false, 0);
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| unread(&error))?;
            count += 1;
            if count > MOST_ATTRIBUTES {
                return Err("an element has too many attributes".to_owned());
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| unread(&error))?;
            let key: &str = attribute.key.as_ref();
            let local = attribute.key.local_name();
            let of_local: &str = local.as_ref();
            // Browsers read what is escaped in the name of a namespace, and we compare it as it is written.
            if (key == "xmlns" || key.starts_with("xmlns:")) && attribute.value.contains('&') {
                return Err("the name of a namespace holds an entity".to_owned());
            }
            let is_handler = |name: &str| name.trim().get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"));
            if is_animation && of_local == "attributeName" {
                let animated = value.trim().rsplit(':').next().unwrap_or("");
                if animated.eq_ignore_ascii_case("href") || is_handler(animated) {
                    self.leave_out("what animates a link");
                    return Ok(Verdict::Goes);
                }
            }
            if is_handler(key) || key.eq_ignore_ascii_case("srcdoc") {
                self.leave_out(format!("\"{key}\""));
                is_cut = true;
            } else if is_unsafe(&value) && !(is_picture && is_image(&value)) {
                self.leave_out("a link that could run a script");
                is_cut = true;
            } else {
                let quote = if attribute.value.contains('"') { '\'' } else { '"' };
                kept.push_str(&format!(" {key}={quote}{}{quote}", attribute.value));
            }
        }
        Ok(if is_cut { Verdict::Cut(kept) } else { Verdict::Stays })
    }
}

/// Whether an address holds a picture itself.
fn is_image(value: &str) -> bool {
    value.trim_start().get(..11).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
}

/// Whether every reader of XML knows an entity: `&lt;`, `&#60;`.
fn is_known(name: &BytesRef) -> bool {
    name.is_char_ref() || unescape(&format!("&{};", name.as_ref() as &str)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A drawing with these elements in it, cleaned; what went, a bar, and what is left of them.
    fn cleaned(elements: &str) -> String {
        let open = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\" xmlns:h=\"http://www.w3.org/1999/xhtml\">";
        match clean(format!("{open}{elements}</svg>").as_bytes()) {
            Ok(Drawing::AsItIs) => "as it is".to_owned(),
            Ok(Drawing::Without { svg, what }) => {
                assert_eq!(clean(svg.as_bytes()), Ok(Drawing::AsItIs), "{svg}");
                format!("{what} | {}", svg.strip_prefix(open).unwrap().strip_suffix("</svg>").unwrap())
            }
            Err(why) => why,
        }
    }

    #[test]
    fn what_could_run_goes_and_all_else_stays_as_it_is_written() {
        for (elements, expected) in [
            ("<g/><script>x<y/></script><g/>", "a script | <g/><g/>"),
            ("<SCRIPT/>", "a script | "),
            ("<s:script xmlns:s='http://www.w3.org/2000/svg'/>", "a script | "),
            ("<h:script>x</h:script>", "a script | "),
            ("<g onclick='x()'  id = 'a'><b/></g>", "\"onclick\" | <g id=\"a\"><b/></g>"),
            ("<g ONLOAD='x()'/>", "\"ONLOAD\" | <g/>"),
            ("<a x:href='javascript:x()'><g/></a>", "a link that could run a script | <a><g/></a>"),
            ("<a href='java&#x73;cript&#9;:x()'/>", "a link that could run a script | <a/>"),
            ("<use href='data:image/svg+xml,x#y'/>", "a link that could run a script | <use/>"),
            (
                "<a href='x'><set attributeName='href' to='javascript:x()'/></a>",
                "what animates a link | <a href='x'></a>",
            ),
            ("<animate attributeName=' x:href ' values='a;javascript:x()'/>", "what animates a link | "),
            ("<foreignObject><h:iframe src='x'/></foreignObject>", "<iframe> | <foreignObject></foreignObject>"),
            (
                "<foreignObject><h:div><h:img src='x' onerror='y'/>z</h:div></foreignObject>",
                "<img> | <foreignObject><h:div>z</h:div></foreignObject>",
            ),
            ("<?xml-stylesheet href='x.xsl'?>", "a style sheet that could rewrite it | "),
            ("<x srcdoc='&lt;script>'/>", "\"srcdoc\" | <x/>"),
            ("<g a='\"' onx=''/>", "\"onx\" | <g a='\"'/>"),
        ] {
            assert_eq!(cleaned(elements), expected, "{elements}");
        }
    }

    #[test]
    fn what_runs_nothing_is_copied_as_it_is() {
        for elements in [
            "",
            "<!-- <script> --><text>onclick='x' &lt; &#60; <![CDATA[<script>]]></text>",
            "<a href='https://a.b/'/><use x:href='#a'/><image x:href='data:image/png;base64,x'/>",
            "<image href='data:image/svg+xml;base64,x'/><style>a { fill: red }</style>",
            "<foreignObject><h:div style='x'>label<h:br/></h:div></foreignObject>",
            "<animate attributeName='x' values='1;2'/>",
            "<i:x xmlns:i='http://www.inkscape.org' i:onclick='x'/><?xpacket begin=''?>",
        ] {
            assert_eq!(cleaned(elements), "as it is", "{elements}");
        }
        for whole in [
            "<svg/>",
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<svg/>",
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><svg/>",
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg/>",
        ] {
            assert_eq!(clean(whole.as_bytes()), Ok(Drawing::AsItIs), "{whole}");
        }
    }

    #[test]
    fn a_document_type_goes_with_what_it_declares_and_words_are_written_out() {
        let svg = |text: &str| match clean(text.as_bytes()) {
            Ok(Drawing::Without { svg, what }) if what == "a document type of its own" => svg,
            other => format!("{other:?}"),
        };
        assert_eq!(svg("<!DOCTYPE svg [<!ENTITY a \"x y\">]>\n<svg id=\"&a;\">&a;</svg>"), "<svg id=\"x y\">x y</svg>");
        assert_eq!(svg("<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"x()\">]><svg/>"), "<svg/>");
        assert_eq!(svg("<!DOCTYPE svg SYSTEM \"x.dtd\"><svg/>"), "<svg/>");
        let entity = "<!DOCTYPE svg [<!ENTITY a \"<script>x</script>\">]><svg>&a;</svg>";
        assert_eq!(svg(entity), "Err(\"nothing says what &a; is\")");
        let outside = "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg>&a;</svg>";
        assert_eq!(svg(outside), "Err(\"nothing says what &a; is\")");
    }

    #[test]
    fn what_is_no_drawing_says_why() {
        let why = |bytes: &[u8]| clean(bytes).unwrap_err();
        let hidden = b"<svg><h:iframe xmlns:h='http://www.w3.org/1999/xhtm&#108;'/></svg>";
        assert_eq!(why(hidden), "the name of a namespace holds an entity");
        assert_eq!(why(b""), "there is no drawing in it");
        assert_eq!(why(b"no drawing"), "there is no drawing in it");
        assert_eq!(
            why(b"<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>"),
            "its root is <html>, and not <svg>"
        );
        assert_eq!(why(b"\xff\xfe<\0s\0"), "it is not in UTF-8");
        assert_eq!(why(b"<?xml version='1.0' encoding='utf-7'?><svg/>"), "it is not in UTF-8");
        assert_eq!(why("<?xml version='1.0' encoding='latin1'?><svg>é</svg>".as_bytes()), "it is not in UTF-8");
        assert_eq!(why(b"<svg><g>"), "it ends before its end");
        assert_eq!(why("<svg>".repeat(600).as_bytes()), "its elements stand too deep in each other");
        assert!(clean(b"<svg><a></b></svg>").is_err() && clean(b"<svg a=b/>").is_err());
    }
}
