//! The nodes of a text, read for what it says to others.

use std::ops::Range;

use super::notice::Finder;
use super::parsed_body::ParsedBody;
use super::{Body, BodyText, Heading, bare_words};
use crate::base::span::Span;
use crate::config::Purpose;
use crate::parse::anchor::{Anchors, of_author};
use crate::parse::block::{self, WrittenBlock};
use crate::parse::link::{Link, Origin};
use crate::parse::link_context::cut;
use crate::parse::markdown::{self, Dialect, Element, ElementKind, LinkKind, Node};
use crate::parse::mention::{BlockText, MentionWriter};
use crate::parse::offset_map::OffsetMap;
use crate::parse::plain_text;
use crate::parse::raw_html::{AttributeRole, Html, decoded};
use crate::parse::suppression;
use crate::parse::syntax::{self, RawTarget};

/// How much of a text stands for a missing summary, in bytes.
const EXCERPT: usize = 240;

/// How many nodes each reader takes at a time: the code of one fits into a processor's cache, that of all does not.
const NODES: usize = 256;

impl Body {
    /// Reads a part of a source's text.
    pub fn slice(source: &str, span: Span, dialect: Dialect, purpose: Purpose) -> ParsedBody {
        read(span.of(source), source, dialect, purpose, BodyText::Slice(span), OffsetMap::Shifted(span.start))
    }

    /// Reads a text of its own, whose places in the source's text `map` knows.
    pub fn owned(text: String, map: OffsetMap, source: &str, dialect: Dialect, purpose: Purpose) -> ParsedBody {
        read(&text, source, dialect, purpose, BodyText::Owned(text.as_str().into(), map.clone()), map)
    }
}

/// Reads a text, which is kept as told, and whose places in the source `map` knows.
fn read(text: &str, source: &str, dialect: Dialect, purpose: Purpose, kept: BodyText, map: OffsetMap) -> ParsedBody {
    let mut reader = Collector {
        text,
        source,
        quotes: purpose != Purpose::Checks,
        map: &map,
        anchors: Anchors::default(),
        headings: Vec::new(),
        heading: None,
        links: Vec::new(),
        open: Vec::new(),
        block: BlockText::default(),
        in_block: Vec::new(),
        mentions: MentionWriter::default(),
        excerpt: String::new(),
        paragraph: false,
        code: false,
        fenced: None,
        blocks: Vec::new(),
        is_picture: false,
        notes: 0,
        ids: Vec::new(),
        comments: Vec::new(),
        is_blank: true,
        begins_with_heading: false,
    };
    let mut plain = plain_text::Extractor::new(text);
    let mut finder = Finder::new(text, dialect);
    let prepared = markdown::MarkdownText::new(text, dialect);
    let mut nodes = prepared.nodes();
    let mut some = Vec::with_capacity(NODES);
    loop {
        some.extend(nodes.by_ref().take(NODES));
        if some.is_empty() {
            break;
        }
        if purpose != Purpose::Checks {
            some.iter().for_each(|(node, range)| plain.node(node, range));
        }
        some.iter().for_each(|(node, range)| finder.node(node, range));
        some.drain(..).for_each(|(node, range)| reader.node(node, range));
    }
    reader.flush();
    reader.name_headings();
    let Collector { headings, links, mentions, blocks, excerpt, ids, comments, .. } = reader;
    let (is_blank, begins_with_heading) = (reader.is_blank, reader.begins_with_heading);
    let (headings, ids, excerpt) = (headings.into(), ids.into(), excerpt.into());
    let plain = plain.finish();
    let (notices, footnotes) = finder.finish(&prepared);
    ParsedBody {
        body: Body {
            text: kept,
            title: None,
            headings,
            ids,
            links: 0..0,
            blocks: 0..0,
            excerpt,
            is_blank,
            begins_with_heading,
            plain,
        },
        links,
        mentions: mentions.finish(),
        comments,
        notices,
        footnotes,
        blocks,
        unsaid: Vec::new(),
    }
}

struct Collector<'a> {
    text: &'a str,
    /// The text of the file that it stands in.
    source: &'a str,
    /// Whether links are quoted with the sentences that they stand in.
    quotes: bool,
    map: &'a OffsetMap,
    anchors: Anchors,
    headings: Vec<Heading>,
    heading: Option<(u8, Option<String>)>,
    links: Vec<Link>,
    /// Links that have begun: their place in `links`, where their text begins in `block`, and
    /// whether it is their author's.
    open: Vec<(usize, usize, bool)>,
    /// The plain text of the paragraph, heading, item or cell being read.
    block: BlockText,
    /// The links in it, with where their words stand.
    in_block: Vec<(usize, Range<usize>)>,
    /// The sentences that links stand in.
    mentions: MentionWriter,
    excerpt: String,
    paragraph: bool,
    code: bool,
    /// The block that is open, if it may be more than code.
    fenced: Option<WrittenBlock>,
    blocks: Vec<WrittenBlock>,
    /// Whether a picture stands at the end of the block as far as it is read.
    is_picture: bool,
    /// How many footnotes are open.
    notes: u32,
    ids: Vec<Box<str>>,
    comments: Vec<Span>,
    is_blank: bool,
    begins_with_heading: bool,
}

impl Collector<'_> {
    fn node(&mut self, node: Node<'_>, range: Range<usize>) {
        if self.heading.is_none() {
            self.is_blank &= match &node {
                Node::Text(text) | Node::Code(text) => text.trim().is_empty(),
                Node::Html(html) | Node::HtmlBlock(html) => !html.text.contains("<img"),
                Node::Picture(_) => false,
                Node::Start(Element::Link(link)) => link.has_words,
                _ => true,
            };
        }
        if matches!(node, Node::Start(Element::Heading { .. })) && self.headings.is_empty() {
            self.begins_with_heading = self.is_blank;
        }
        match node {
            Node::Start(element) => self.start(element, range),
            Node::End(kind) => self.end(kind, range),
            Node::Text(text) if !self.code => self.words(&text, &range),
            Node::Text(lines) => {
                let map = self.map;
                self.fenced.iter_mut().for_each(|block| block.add(&lines, range.start, map));
            }
            Node::Code(text) => self.words(&text, &range),
            Node::Picture(picture) => {
                self.part(&picture.words);
                self.link(&picture.link, true, range);
                self.block.push(&picture.words, None);
                self.end_link();
                self.is_picture = true;
            }
            Node::SoftBreak | Node::HardBreak => self.block.push(" ", None),
            Node::Html(html) | Node::HtmlBlock(html) => self.html(&html),
            _ => {}
        }
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        if std::mem::take(&mut self.is_picture) {
            self.part(words);
        }
        self.block.push(words, self.place(words, range));
    }

    /// Where the words of a node at a range of the text stand in the source; none if it has them otherwise.
    fn place(&self, words: &str, range: &Range<usize>) -> Option<usize> {
        let start = markdown::place_of_node(words, self.text, range)?;
        let span = self.map.span(start..start + words.len());
        (self.source.get(span.range()) == Some(words)).then_some(span.start as usize)
    }

    /// What is said of a picture stands apart from the words beside it.
    fn part(&mut self, next: &str) {
        if self.block.text.ends_with(char::is_alphanumeric) && next.starts_with(char::is_alphanumeric) {
            self.block.push(" ", None);
        }
    }

    /// What HTML says to others: ids, where its links and pictures lead, and what it excuses.
    fn html(&mut self, html: &Html) {
        self.excuses(html);
        if html.tokens().any(|token| token.is_break()) {
            self.block.push(" ", None);
        }
        for attribute in html.attributes() {
            let value = &html.text[attribute.value.clone()];
            match attribute.says {
                AttributeRole::Id => {
                    self.anchors.reserve(value);
                    self.ids.push(of_author(value).into());
                }
                AttributeRole::Name => self.ids.push(value.into()),
                AttributeRole::Address { embed } => {
                    let Some(at) = html.place(&attribute.value, self.text) else { continue };
                    self.links.push(Link {
                        target_span: self.map.span(at..at + value.len()),
                        target: (syntax::of(LinkKind::Markdown).target)(&decoded(value)),
                        // An empty text says that a picture is there for its looks alone.
                        labelled: embed && attribute.alt.is_some(),
                        embed,
                        from: Origin::Prose { at: at as u32, mention: None },
                    });
                }
            }
        }
    }

    /// The comments that may excuse a line, where they stand in the text as they are.
    fn excuses(&mut self, html: &Html) {
        let marked = html.text.match_indices(suppression::MARK).filter_map(|(at, _)| {
            let start = html.text[..at].rfind("<!--")?;
            // In an attribute it is no comment.
            let before = &html.text[..start];
            if before.rfind('<').is_some_and(|open| before[open..].find('>').is_none()) {
                return None;
            }
            let end = start + html.text[start..].find("-->")? + "-->".len();
            let place = html.place(&(start..start + "<!--".len()), self.text)?;
            self.text[place..].starts_with(&html.text[start..end]).then_some(place..place + end - start)
        });
        for comment in marked {
            self.comments.push(self.map.span(comment));
        }
    }

    fn start(&mut self, element: Element<'_>, range: Range<usize>) {
        let kind = element.kind();
        if !kind.is_inline() {
            self.flush();
        }
        match element {
            Element::Heading { level, anchor } => self.heading = Some((level, anchor.map(str::to_owned))),
            Element::Link(link) => self.link(&link, false, range),
            Element::CodeBlock(info) => {
                self.code = true;
                let kind = block::kind_of(&info);
                self.fenced = kind.map(|kind| WrittenBlock::new(kind, range, self.text, self.map));
            }
            // What the text begins with is no note.
            Element::Paragraph => self.paragraph = self.notes == 0,
            Element::Note(_) => self.notes += 1,
            _ => {}
        }
    }

    fn end(&mut self, kind: ElementKind, range: Range<usize>) {
        match kind {
            ElementKind::Heading => self.end_heading(range),
            ElementKind::Link => self.end_link(),
            ElementKind::CodeBlock => {
                self.code = false;
                self.blocks.extend(self.fenced.take());
            }
            ElementKind::Note => {
                self.flush();
                self.notes = self.notes.saturating_sub(1);
            }
            _ if kind.is_inline() => {}
            _ => self.flush(),
        }
    }

    fn end_heading(&mut self, range: Range<usize>) {
        let (level, id) = self.heading.take().unwrap_or((1, None));
        let text: Box<str> = self.block.text.trim().into();
        // What authors give is known first, so that no other takes it.
        let anchor = match id {
            Some(id) => self.anchors.reserve(&id),
            None => String::new(),
        };
        let trimmed = range.start + self.text[range.clone()].trim_end().len();
        self.headings.push(Heading {
            level,
            mark: Heading::mark(&text),
            text,
            anchor: anchor.into(),
            span: self.map.span(range.start..trimmed),
            start: Span::at(range.start).start,
        });
        self.flush();
    }

    /// Gives an anchor to each heading that its author gave none.
    fn name_headings(&mut self) {
        for heading in self.headings.iter_mut().filter(|heading| heading.anchor.is_empty()) {
            heading.anchor = self.anchors.add(&heading.text).into();
        }
    }

    fn link(&mut self, link: &markdown::MarkdownLink, embed: bool, range: Range<usize>) {
        let target = (syntax::of(link.kind).target)(&link.destination);
        let name = match !link.has_words && link.kind == LinkKind::Wiki {
            true => bare_words(&link.destination),
            false => "".into(),
        };
        if embed || (self.is_picture && !name.is_empty()) {
            self.part(&name);
        }
        self.open.push((self.links.len(), self.block.text.len(), link.has_words));
        let at = link.place.start + markdown::place_of(&name, &link.destination).unwrap_or(0);
        self.block.push(&name, self.place(&name, &(at..at + name.len())));
        self.links.push(Link {
            target_span: self.map.span(link.place.clone()),
            target,
            labelled: false,
            embed,
            from: Origin::Prose { at: Span::new(range).start, mention: None },
        });
    }

    fn end_link(&mut self) {
        let Some((link, start, labelled)) = self.open.pop() else { return };
        self.links[link].labelled = labelled && !self.block.text[start..].trim().is_empty();
        self.in_block.push((link, start..self.block.text.len()));
    }

    /// Whether the block has words beside its links: a row of badges says nothing of its page.
    fn says_something(&self) -> bool {
        let mut at = 0;
        let mut between = self.in_block.iter().map(|(_, range)| {
            let text = &self.block.text[at.min(range.start)..range.start];
            at = at.max(range.end);
            text
        });
        let has_words = |text: &str| text.contains(char::is_alphanumeric);
        between.any(has_words)
            || has_words(&self.block.text[self.in_block.iter().map(|(_, range)| range.end).max().unwrap_or(0)..])
    }

    /// A block is complete: its links learn the sentences they stand in. Nobody quotes one for a link to somewhere else.
    fn flush(&mut self) {
        let says_something = self.paragraph && self.excerpt.is_empty() && self.says_something();
        for (link, range) in self.in_block.drain(..) {
            let link = &mut self.links[link];
            if let (Origin::Prose { mention, .. }, false) =
                (&mut link.from, !self.quotes || matches!(link.target, RawTarget::Url(_)))
            {
                *mention = self.mentions.add(&self.block, range);
            }
        }
        if says_something {
            self.excerpt = cut(self.block.text.trim(), EXCERPT).into_owned();
        }
        self.paragraph = false;
        self.is_picture = false;
        self.block.clear();
        // A link that is still open goes on in the next block only in broken input.
        for (_, start, _) in &mut self.open {
            *start = 0;
        }
    }
}
