//! Markdown, read for what it says to others: headings, links, a first paragraph.
//!
//! Only compact tables are kept. The text is parsed again when its page is rendered, which
//! costs microseconds and spares the memory of an event tree.

mod collect;
mod footnote_graph;
mod notice;
mod parsed_body;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::offset_map::OffsetMap;
use super::plain_text::{Chunk, PlainText};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::key;
use crate::base::span::Span;

pub use parsed_body::ParsedBody;

/// A text with markup, and what it holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Body {
    text: BodyText,
    /// Where the heading begins that is the entry's title, and so no part of the body.
    pub title: Option<u32>,
    pub headings: Box<[Heading]>,
    /// The ids that HTML in the text brings.
    pub ids: Box<[Box<str>]>,
    /// Which of its entry's links stand in it, in order.
    links: Range<u32>,
    /// Which of its entry's blocks stand in it, in order.
    blocks: Range<u32>,
    /// The plain text of the first paragraph, cut; empty where the entry has a summary.
    pub excerpt: Box<str>,
    /// Whether there is nothing in it to read or see, but for headings.
    pub is_blank: bool,
    /// Whether nothing to read or see stands before its first heading.
    begins_with_heading: bool,
    plain: PlainText,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum BodyText {
    /// A part of the source.
    Slice(Span),
    /// Read from a YAML scalar, with where it stands in the source.
    Owned(Box<str>, OffsetMap),
}

/// A heading and the id under which it is found.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "KeptHeading")]
pub struct Heading {
    pub level: u8,
    pub text: Box<str>,
    /// The fingerprint of its text, as names are compared.
    #[serde(skip_serializing)]
    pub mark: Fingerprint,
    pub anchor: Box<str>,
    /// In the source.
    pub span: Span,
    /// The offset in the body at which it begins.
    start: u32,
}

/// A heading without what follows from its text.
#[derive(Deserialize)]
struct KeptHeading {
    level: u8,
    text: Box<str>,
    anchor: Box<str>,
    span: Span,
    start: u32,
}

impl From<KeptHeading> for Heading {
    fn from(KeptHeading { level, text, anchor, span, start }: KeptHeading) -> Heading {
        Heading { level, mark: Heading::mark(&text), text, anchor, span, start }
    }
}

impl Heading {
    fn mark(text: &str) -> Fingerprint {
        Fingerprint::of(&key(text))
    }
}

impl Body {
    /// The Markdown, given the text of the source it stands in.
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.text {
            BodyText::Slice(span) => span.of(source),
            BodyText::Owned(text, _) => text,
        }
    }

    /// Its plain text, given the text of its source: that above the first heading, then that below each; long ones in
    /// several pieces. A wikilink without words of its own says what `name` answers for the byte offset in the body at
    /// which it begins.
    pub fn pieces(&self, source: &str, name: &dyn Fn(usize) -> Option<String>) -> Vec<Chunk> {
        self.plain.pieces(self.text(source), self.title.map(|at| at as usize), name)
    }

    /// Which of its entry's links stand in it, in order.
    pub fn links(&self) -> Range<usize> {
        self.links.start as usize..self.links.end as usize
    }

    /// Which of its entry's blocks stand in it, in order.
    pub fn blocks(&self) -> Range<usize> {
        self.blocks.start as usize..self.blocks.end as usize
    }

    /// Whether it stands in its source line by line as it is, so that any text can stand there: Markdown does, and what
    /// YAML has behind `|`.
    pub fn is_literal(&self) -> bool {
        matches!(&self.text, BodyText::Slice(_) | BodyText::Owned(_, OffsetMap::Lines(_)))
    }

    /// Where a range of its text stands in the source.
    pub fn span(&self, range: Range<usize>) -> Span {
        match &self.text {
            BodyText::Slice(span) => OffsetMap::Shifted(span.start).span(range),
            BodyText::Owned(_, map) => map.span(range),
        }
    }

    /// Takes the heading out of the body that is its title: one of level 1 that nothing stands before, or that is the
    /// only one. `known` is the title that the front matter gives; a heading that says something else stays.
    pub fn take_title(&mut self, known: Option<&str>) -> Option<Heading> {
        let place = self.headings.iter().position(|heading| heading.level == 1)?;
        let heading = &self.headings[place];
        let is_only = !self.headings[place + 1..].iter().any(|other| other.level == 1);
        let is_first = place == 0 && self.begins_with_heading;
        if heading.text.is_empty()
            || !(is_only || is_first)
            || known.is_some_and(|known| key(known) != key(&heading.text))
        {
            return None;
        }
        self.title = Some(heading.start);
        let mut headings = std::mem::take(&mut self.headings).into_vec();
        let title = headings.remove(place);
        self.headings = headings.into();
        Some(title)
    }

    /// Whether a heading of level 1 is left, so that all must step down by one below the page's title.
    pub fn heading_shift(&self) -> u8 {
        u8::from(self.headings.iter().any(|heading| heading.level == 1))
    }
}

/// What a wikilink without words of its own says where it is not known what it leads to, much as its page says it then:
/// `chips: cut` for `dishes/chips#cut`, and `cut` for `#cut`. A `#` beside a space, or at the end, is one of the name's:
/// `C# in depth`, `Ticket #42`.
pub fn bare_words(target: &str) -> Cow<'_, str> {
    let is_space = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, '/' | '#'));
    let parts_name =
        |at: &usize| !target[..*at].ends_with(char::is_whitespace) && !is_space(target[at + 1..].chars().next());
    let hash = target.match_indices('#').map(|(at, _)| at).find(parts_name);
    let (name, heading) = hash.map_or((target, ""), |at| (&target[..at], &target[at + 1..]));
    let name = name.rsplit('/').find(|part| !part.is_empty()).unwrap_or(name);
    // Of a path of headings the last one is meant, and a block has no name that anybody reads.
    let heading = heading.rsplit('#').find(|part| !part.trim().is_empty()).unwrap_or("").trim();
    match (name.trim(), heading.starts_with('^') || heading.is_empty()) {
        (name, true) => Cow::Borrowed(name),
        ("", false) => Cow::Borrowed(heading),
        (name, false) => Cow::Owned(format!("{name}: {heading}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;
    use crate::base::source::Source;
    use crate::config::Purpose;
    use crate::parse::markdown::Dialect;

    const VAULT: Dialect = Dialect { comments: true, trust_html: false, bare_addresses: true };

    fn read(text: &str) -> ParsedBody {
        Body::slice(text, Span::new(0..text.len()), VAULT, Purpose::Pages)
    }

    fn mention(text: &str) -> String {
        let read = read(text);
        let mention = read.mentions.of(&read.links[0], text);
        let (before, link, after) = mention.parts();
        format!("{before}<{link}>{after}")
    }

    #[test]
    fn a_link_without_words_says_what_it_names() {
        for (target, words) in [
            ("chips", "chips"),
            ("dishes/chips#cut", "chips: cut"),
            ("#cut", "cut"),
            ("v#Version 12", "v: Version 12"),
            ("p#Other#Q1", "p: Q1"),
            ("p#^block", "p"),
            ("C#", "C#"),
            ("C# in depth", "C# in depth"),
            ("Ticket #42", "Ticket #42"),
            ("C#/notes/a#b", "a: b"),
            ("C##Types", "C#: Types"),
            ("#", "#"),
            ("中文#标题", "中文: 标题"),
        ] {
            assert_eq!(bare_words(target), words, "{target}");
        }
    }

    #[test]
    fn what_stands_in_a_footnote_that_nobody_sees_is_not_said() {
        let said = |text: &str, title: Option<&str>| {
            let mut read = read(text);
            read.take_title(title);
            let source = Source { path: SourcePath::new("a.md"), text: text.into() };
            let told = read
                .problems(&source, VAULT, Purpose::Pages)
                .into_iter()
                .map(|problem| problem.message)
                .collect::<Vec<_>>();
            let plain =
                read.body.pieces(text, &|_| None).into_iter().map(|piece| piece.text).collect::<Vec<_>>().join("|");
            (plain, read.links.len(), told.join("|"))
        };
        let (plain, links, told) =
            said("a[^1]\n\n[^1]: b [[c]] [^2]\n\n[^2]: d\n\n[^3]: e [[f]] [^4]\n\n[^4]: g\n", None);
        assert_eq!((plain.as_str(), links), ("a\nb c \nd", 1));
        assert!(told.contains("nothing refers to the footnote \"3\"") && told.contains("\"4\" is not shown"), "{told}");
        let (plain, _, told) = said("# A[^1]\n\nb\n\n[^1]: c\n", None);
        assert_eq!(plain, "b");
        assert!(told.contains("only the title refers to the footnote \"1\""), "{told}");
        assert_eq!(said("# A[^1]\n\nb\n\n[^1]: c\n", Some("Other")), ("|b\nc".to_owned(), 0, String::new()));
        assert!(said("a\n\n[^e]: e [^e]\n", None).2.contains("\"e\" is not shown"));
    }

    #[test]
    fn a_mention_is_the_sentence_around_the_link() {
        assert_eq!(mention("One. Two *sees* [the plan](a.md) here. Three."), "Two sees <the plan> here.");
        assert_eq!(mention("- item with [[Plan|it]]\n- other"), "item with <it>");
        assert_eq!(mention("One. See p. 5 and v. 2 of [[x]]. No. 3."), "See p. 5 and v. 2 of <x>.");
        assert_eq!(mention("Adam S. Posen of the U.S. said [[x]] is. No."), "Adam S. Posen of the U.S. said <x> is.");
        assert_eq!(mention("One. Dr. Smith saw [[x]] with Prof. Li. No."), "Dr. Smith saw <x> with Prof. Li.");
        assert_eq!(mention("See Fig. 3 and No. 7, e.g. That of [[x]]. No."), "See Fig. 3 and No. 7, e.g. That of <x>.");
        let numbered = "Tab. 2|App. A|App. 2|Abb. 3|Bd. 2|S. 5 ff.|Nr. 4|Kap. 3|Eq. 1|Eqs. 1|Sec. 2|App. IV|Ch. 4|\
            Sect. 2|Anh. 1|Anm. 7|Vols. 1|Fig. A|Para. 8|pp. 5 ff.|§ 3 Abs. 2";
        for part in numbered.split('|') {
            assert_eq!(mention(&format!("One. See {part} Of [[x]]. No.")), format!("See {part} Of <x>."));
        }
        assert_eq!(mention("He wrote the app. Then [[x]] came. No."), "Then <x> came.");
        assert_eq!(mention("He wrote the app. A new [[x]] came. No."), "A new <x> came.");
        assert_eq!(mention("> [!warning]- Of [[x]]\n> Text."), "Of <x>");
        assert_eq!(mention("一。二[[计划]]三。四。"), "二<计划>三。");
        assert_eq!(mention("As [[a/b#c]] and [[#d]] say."), "As <b: c> and d say.");
        assert_eq!(mention("See [[A | B testing]] here."), "See <B testing> here.");
        assert_eq!(mention("See [[A |\n *B* c ]] here."), "See <B c> here.");
        assert_eq!(mention("See ![[a.png| b |100]] here."), "See <b> here.");
        assert_eq!(mention("See![b](a.png)here ![c](d)."), "See <b> here c.");
        assert_eq!(mention("See![[b.png]]here![c](d)[[e]]"), "See <b.png> here c e");
        let long = format!("{} [[x]] {}", "word ".repeat(80), "more ".repeat(80));
        let quoted = mention(&long);
        assert!(quoted.starts_with("… word") && quoted.ends_with("more …") && quoted.len() < 400, "{quoted}");
    }

    #[test]
    fn a_link_knows_the_smallest_text_that_says_where_it_leads() {
        for (text, expected) in [
            ("a [x](../b.md#c \"t\")", "../b.md#c"),
            ("a [[Name|text]]", "Name"),
            ("a [[ Name#Part | text]]", "Name#Part"),
            ("a ![[Name | text]]", "Name"),
            ("a [x][r]\n\n[r]: ../b.md", "../b.md"),
            ("a <https://x.y>", "https://x.y"),
        ] {
            assert_eq!(read(text).links[0].target_span.of(text), expected);
        }
    }

    #[test]
    fn a_first_or_only_heading_is_the_title() {
        let title = |text: &str, known: Option<&str>| {
            let mut body = read(text).body;
            let title = body.take_title(known)?;
            assert_eq!(body.title, text.find("# ").map(|at| at as u32));
            Some((title.text, title.anchor, body.headings.len()))
        };
        let plan = |left: usize| Some(("The plan".into(), "the-plan".into(), left));
        assert_eq!(title("\n# The plan\n\nText.\n\n## Part\n", None), plan(1));
        assert_eq!(title("# The plan\n\n# Part\n", None), plan(1));
        assert_eq!(title("%%a%%\n\n<!-- b -->\n\n# The plan\n\n# Part\n", None), plan(1));
        assert_eq!(title("![logo](a.png)\n\n# The plan\n", Some("the plan")), plan(0));
        assert_eq!(title("Text.\n\n# The plan\n\n# Part\n", None), None);
        assert_eq!(title("# The plan\n", Some("Another")), None);
    }

    #[test]
    fn a_text_is_summed_up_by_its_first_words() {
        let excerpt = |text: &str| read(text).body.excerpt;
        assert_eq!(&*excerpt("[![Build](a.svg)](b) ![Npm](c.svg)\n\nWhat it is, [here](d).\n"), "What it is, here.");
        assert_eq!(&*excerpt("[^1]: A note.\n\nText[^1].\n"), "Text.");
    }
}
