//! The events of the Markdown parser as nodes of ours.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Parser, Tag, TagEnd};

use super::autolink::Autolinks;
use super::autolinked_text::AutolinkedText;
use super::mask::Masked;
use super::node::{Callout, Element, ElementKind, LinkKind, MarkdownLink, Node, Picture, Placed, Size};
use super::options::OPTIONS;
use super::{anchor, callout, is_hostile};
use crate::parse::raw_html::{Html, hides};

/// The nodes of a text.
pub struct Nodes<'a, 'm> {
    masked: &'m Masked<'a>,
    /// Where addresses may be that are links as they stand.
    addresses: &'m [usize],
    events: OffsetIter<'m>,
    /// Words with addresses in them, which come next.
    run: Option<Box<AutolinkedText<'a, 'm>>>,
    /// What comes then, and behind it. Most events are one node, which needs no queue.
    next: Option<Placed<'a>>,
    ready: VecDeque<Placed<'a>>,
    /// The references to footnotes in the link or the picture that is open: they come behind it.
    notes: Vec<Placed<'a>>,
    /// Words that stand side by side in the text and are not ready yet.
    words: Option<Range<usize>>,
    /// The escapes and entities of an address among them, with what is shown instead.
    replaced: Vec<(Range<usize>, CowStr<'a>)>,
    /// Where the words of the heading, callout or wikilink that is open begin and end, if not with it.
    limits: Range<usize>,
    /// What the limits are around the wikilink that is open.
    limits_around: Option<Range<usize>>,
    /// A quote has begun, and its first paragraph may make it a callout.
    quote: Option<Range<usize>>,
    /// For each quote that is open, whether it is a callout.
    quotes: Vec<bool>,
    /// How many elements are open in the title of a callout, if one is.
    title: Option<usize>,
    /// The block of HTML that is open.
    html: Option<Html>,
    /// The picture that is open, and how many others are in its description.
    picture: Option<(Box<Picture<'a>>, usize)>,
    /// How many links are open.
    links: usize,
    /// Whether a wikilink is open that has no words of its own.
    bare_link: bool,
    /// Whether a link is open that is written as HTML.
    html_link: bool,
    in_code: bool,
    /// Whether a script or a style is open.
    hidden: bool,
}

impl<'a, 'm> Nodes<'a, 'm> {
    pub fn new(masked: &'m Masked<'a>, addresses: &'m [usize]) -> Nodes<'a, 'm> {
        let refused = is_hostile(masked.text);
        let seen = if refused { "" } else { masked.seen() };
        let mut nodes = Nodes {
            masked,
            addresses,
            events: Parser::new_ext(seen, OPTIONS).into_offset_iter(),
            run: None,
            next: None,
            ready: VecDeque::new(),
            notes: Vec::new(),
            words: None,
            replaced: Vec::new(),
            limits: NO_LIMITS,
            limits_around: None,
            quote: None,
            quotes: Vec::new(),
            title: None,
            html: None,
            picture: None,
            links: 0,
            bare_link: false,
            html_link: false,
            in_code: false,
            hidden: false,
        };
        if refused {
            let all = 0..masked.text.len();
            nodes.push(Node::Start(Element::Paragraph), all.clone());
            nodes.push(Node::Text(masked.shown(all.clone()).into()), all.clone());
            nodes.push(Node::End(ElementKind::Paragraph), all);
        }
        nodes
    }

    #[inline]
    fn push(&mut self, node: Node<'a>, range: Range<usize>) {
        match self.next.is_none() && self.ready.is_empty() {
            true => self.next = Some((node, range)),
            false => self.ready.push_back((node, range)),
        }
    }

    fn event(&mut self, event: Event<'m>, range: Range<usize>) {
        if let Some(html) = &mut self.html
            && let Event::Html(text) | Event::Text(text) = &event
        {
            // An indent comes as text.
            return push_html(html, self.masked, text, range);
        }
        match event {
            Event::Text(text) if self.bare_link => self.bare_text(&text),
            Event::Text(text) => self.text(text, range),
            other => {
                self.end_words();
                if let Some(quote) = self.quote.take() {
                    self.begin_quote(quote, &other);
                }
                self.other(other, range);
            }
        }
    }

    fn other(&mut self, event: Event<'m>, range: Range<usize>) {
        if self.picture.is_some() {
            return self.in_picture(event, range);
        }
        if range.end <= self.limits.start && matches!(event, Event::Start(_) | Event::End(_) | Event::Code(_)) {
            // It is a part of `[!kind]`.
            return;
        }
        if self.limits_around.is_some() && is_line_end(&event) && !self.limits.contains(&range.start) {
            // It stands beside the words of a wikilink.
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                let code = self.masked.restore(&code, &range);
                self.push(if self.hidden { Node::Hidden(code) } else { Node::Code(code) }, range);
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                self.hidden = hides(&text).unwrap_or(self.hidden);
                let mut html = Html::default();
                push_html(&mut html, self.masked, &text, range.clone());
                self.push(Node::Html(Box::new(html)), range);
                self.html_link = begins_link(&text).unwrap_or(self.html_link);
                self.end_notes();
            }
            Event::FootnoteReference(label) => {
                let label = self.masked.restore(&label, &range);
                self.push_note(label, range);
            }
            Event::SoftBreak | Event::HardBreak if self.title == Some(0) => {
                // The title of a callout is its first line.
                self.end_title(range.clone());
                self.push(Node::Start(Element::Paragraph), range);
            }
            Event::SoftBreak => self.push(Node::SoftBreak, range),
            Event::HardBreak => self.push(Node::HardBreak, range),
            Event::Rule => self.push(Node::Rule, range),
            Event::TaskListMarker(done) => self.push(Node::Task(done), range),
            Event::Text(_) => {}
        }
    }

    /// Puts a reference to a footnote behind the link or the picture that is open.
    fn push_note(&mut self, label: CowStr<'a>, range: Range<usize>) {
        match self.is_in_link() {
            true => self.notes.push((Node::NoteReference(label), range)),
            false => self.push(Node::NoteReference(label), range),
        }
    }

    /// Whether a link or a picture is open, in which there can be no other link.
    fn is_in_link(&self) -> bool {
        self.links > 0 || self.html_link || self.picture.is_some()
    }

    /// What stands in a wikilink without words is shown to nobody, but for the footnotes to which it refers.
    fn bare_text(&mut self, text: &CowStr<'m>) {
        let Some(start) = self.masked.place(text) else { return };
        for note in self.masked.notes(start..start + text.len()).collect::<Vec<_>>() {
            let label = self.masked.text[note.start + 2..note.end - 1].into();
            self.push_note(label, note);
        }
    }

    /// Takes up words.
    fn text(&mut self, text: CowStr<'m>, range: Range<usize>) {
        let place = self.masked.place(&text);
        let at = place.unwrap_or(range.start);
        if let Some(words) = self.words.as_mut().filter(|words| place == Some(words.end)) {
            words.end += text.len();
        } else if let Some(end) = self.goes_on(at).filter(|_| place.is_some() || !text.trim().is_empty()) {
            // An escape hides what it begins with, and an entity all of itself.
            let (replaced, instead) = match place {
                Some(start) => (end..start, "".into()),
                None => (end..range.end, self.masked.restore(&text, &range)),
            };
            self.replaced.push((replaced, instead));
            let end = place.map_or(range.end, |start| start + text.len());
            self.words.iter_mut().for_each(|words| words.end = end);
        } else {
            self.end_words();
            match place {
                Some(start) => self.words = Some(start..start + text.len()),
                None if self.limits.contains(&range.start) => {
                    let text = self.masked.restore(&text, &range);
                    self.say(text, range);
                }
                None => {}
            }
        }
    }

    /// The end of the words, if they end in an address that goes on at a place, behind an escape or with an entity:
    /// `https://a.b/c\_d`, `https://a.b/?c&amp;d`.
    fn goes_on(&self, at: usize) -> Option<usize> {
        let words = self.words.as_ref().filter(|_| !self.addresses.is_empty())?;
        let is_plain = !(self.in_code || self.hidden || self.is_in_link());
        let between = self.masked.text.get(words.end..at).filter(|_| is_plain)?;
        // Signs at the end of an address are none of it, and some never are.
        let behind = self.masked.text[at..].trim_start_matches(|c: char| "_*~&#-+.=!()|$%,;:@/?'\\".contains(c));
        match between {
            "" => {}
            "\\" if behind.starts_with(char::is_alphanumeric) => {}
            _ => return None,
        }
        let address = Autolinks::last(self.masked.text, words.clone(), self.addresses)?;
        (address.range.end > words.end).then_some(words.end)
    }

    /// Words are complete, if there are some.
    #[inline]
    fn end_words(&mut self) {
        if let Some(range) = self.words.take() {
            self.say_words(range);
        }
    }

    fn say_words(&mut self, range: Range<usize>) {
        let mut range = range.start.max(self.limits.start)..range.end.min(self.limits.end);
        if range.start >= range.end {
            return;
        }
        if self.limits.end == range.end {
            // Before an anchor stands a space.
            range.end = range.start + self.masked.text[range.clone()].trim_end().len();
        }
        for note in self.masked.notes(range.clone()).collect::<Vec<_>>() {
            self.say(self.masked.shown(range.start..note.start).into(), range.start..note.start);
            let label = self.masked.text[note.start + 2..note.end - 1].into();
            range.start = note.end;
            self.push_note(label, note);
        }
        let addresses = match self.in_code || self.hidden || self.is_in_link() {
            true => Autolinks::default(),
            false => Autolinks::new(self.masked.text, range.clone(), self.addresses),
        };
        match addresses.is_empty() {
            true => self.say(self.masked.shown(range.clone()).into(), range),
            false => {
                let replaced = std::mem::take(&mut self.replaced);
                self.run = Some(Box::new(AutolinkedText::new(self.masked, range, replaced, addresses)));
            }
        }
    }

    fn say(&mut self, text: CowStr<'a>, range: Range<usize>) {
        match &mut self.picture {
            _ if text.is_empty() => {}
            Some((picture, _)) => picture.words.push_str(&text),
            None if self.hidden => self.push(Node::Hidden(text), range),
            None => self.push(Node::Text(text), range),
        }
    }

    fn start(&mut self, tag: Tag<'m>, range: Range<usize>) {
        if let Some(open) = &mut self.title {
            *open += 1;
        }
        let element = match tag {
            Tag::Paragraph if self.title == Some(1) && self.limits.start > range.start => return self.title = Some(0),
            Tag::Paragraph => Element::Paragraph,
            Tag::Heading { level, .. } => {
                let anchor = anchor::of(&self.masked.text[range.clone()], range.start);
                self.limits = 0..anchor.as_ref().map_or(usize::MAX, |(_, place)| place.start);
                Element::Heading { level: level as u8, anchor: anchor.map(|(anchor, _)| anchor) }
            }
            Tag::BlockQuote(None) => {
                self.quote = Some(range);
                return;
            }
            Tag::BlockQuote(Some(kind)) => {
                self.quotes.push(true);
                let callout = Callout { kind: alert(kind).into() };
                self.push(Node::Start(Element::Callout(Box::new(callout))), range.clone());
                self.push(Node::Start(Element::CalloutTitle), range.clone());
                return self.push(Node::End(ElementKind::CalloutTitle), range);
            }
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                Element::CodeBlock(match kind {
                    CodeBlockKind::Fenced(info) => self.masked.restore(&info, &range),
                    CodeBlockKind::Indented => "".into(),
                })
            }
            Tag::HtmlBlock => return self.html = Some(Html::default()),
            Tag::List(first) => Element::List(first),
            Tag::Item => Element::Item,
            Tag::FootnoteDefinition(label) => Element::Note(self.masked.restore(&label, &range)),
            Tag::DefinitionList => Element::DefinitionList,
            Tag::DefinitionListTitle => Element::Term,
            Tag::DefinitionListDefinition => Element::Definition,
            Tag::Table(alignments) => Element::Table(alignments.into()),
            Tag::TableHead => Element::TableHead,
            Tag::TableRow => Element::TableRow,
            Tag::TableCell => Element::TableCell,
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Strikethrough,
            Tag::Link { link_type, dest_url, title, .. } => {
                let link = self.link(link_type, &dest_url, &title, &range);
                self.links += 1;
                self.bare_link = link.kind == LinkKind::Wiki && !link.has_words;
                if let Some(words) = words_of(&link, range.end) {
                    let within = words.start.max(self.limits.start)..words.end.min(self.limits.end);
                    self.limits_around = Some(std::mem::replace(&mut self.limits, within));
                }
                Element::Link(Box::new(link))
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let link = self.link(link_type, &dest_url, &title, &range);
                self.picture = Some((Box::new(Picture { link, words: String::new(), size: None }), 0));
                if let Some(open) = &mut self.title {
                    *open -= 1;
                }
                return;
            }
            // These are not among our options.
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => return,
        };
        self.push(Node::Start(element), range);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match (&mut self.title, tag) {
            (Some(0), TagEnd::Paragraph) => return self.end_title(range),
            (Some(open), _) => *open = open.saturating_sub(1),
            (None, _) => {}
        }
        let kind = match tag {
            TagEnd::Paragraph => ElementKind::Paragraph,
            TagEnd::Heading(_) => {
                self.limits = NO_LIMITS;
                ElementKind::Heading
            }
            TagEnd::BlockQuote(_) => match self.quotes.pop() {
                Some(true) => ElementKind::Callout,
                _ => ElementKind::Quote,
            },
            TagEnd::CodeBlock => {
                self.in_code = false;
                ElementKind::CodeBlock
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.push(Node::HtmlBlock(Box::new(html)), range);
                }
                return;
            }
            TagEnd::List(true) => ElementKind::OrderedList,
            TagEnd::List(false) => ElementKind::List,
            TagEnd::Item => ElementKind::Item,
            TagEnd::FootnoteDefinition => ElementKind::Note,
            TagEnd::DefinitionList => ElementKind::DefinitionList,
            TagEnd::DefinitionListTitle => ElementKind::Term,
            TagEnd::DefinitionListDefinition => ElementKind::Definition,
            TagEnd::Table => ElementKind::Table,
            TagEnd::TableHead => ElementKind::TableHead,
            TagEnd::TableRow => ElementKind::TableRow,
            TagEnd::TableCell => ElementKind::TableCell,
            TagEnd::Emphasis => ElementKind::Emphasis,
            TagEnd::Strong => ElementKind::Strong,
            TagEnd::Strikethrough => ElementKind::Strikethrough,
            TagEnd::Link => {
                self.links -= 1;
                self.bare_link = false;
                if let Some(limits) = self.limits_around.take() {
                    self.limits = limits;
                }
                self.push(Node::End(ElementKind::Link), range);
                return self.end_notes();
            }
            TagEnd::Image | TagEnd::Superscript | TagEnd::Subscript | TagEnd::MetadataBlock(_) => return,
        };
        if self.html_link && !kind.is_inline() {
            // Nothing closes the link, which ends with its block.
            self.html_link = false;
            self.end_notes();
        }
        self.push(Node::End(kind), range);
    }

    /// Says what a quote is that has begun, now that it is known what it begins with.
    fn begin_quote(&mut self, quote: Range<usize>, next: &Event<'m>) {
        let first = matches!(next, Event::Start(Tag::Paragraph)).then(|| self.callout(&quote)).flatten();
        self.quotes.push(first.is_some());
        let Some((kind, title)) = first else { return self.push(Node::Start(Element::Quote), quote) };
        self.push(Node::Start(Element::Callout(Box::new(Callout { kind: kind.into() }))), quote.clone());
        self.push(Node::Start(Element::CalloutTitle), title..title);
        self.limits = title..usize::MAX;
        self.title = Some(0);
    }

    /// The kind of the callout that a quote is, and where its title begins.
    fn callout(&self, quote: &Range<usize>) -> Option<(&'a str, usize)> {
        let text = &self.masked.text[quote.clone()];
        // Nothing but what opens the quote stands before it.
        let at = quote.start + text.len() - text.trim_start_matches(['>', ' ', '\t']).len();
        let line = self.masked.text[at..].lines().next().unwrap_or("");
        let (kind, length) = callout::of(line)?;
        Some((kind, at + length))
    }

    fn end_title(&mut self, range: Range<usize>) {
        self.title = None;
        self.limits = NO_LIMITS;
        self.push(Node::End(ElementKind::CalloutTitle), range);
    }

    fn link(
        &self,
        link_type: LinkType,
        destination: &CowStr<'m>,
        title: &CowStr<'m>,
        range: &Range<usize>,
    ) -> MarkdownLink<'a> {
        let known = self.masked.place(destination).filter(|_| !destination.is_empty());
        let mut place = known.map_or_else(|| range.clone(), |start| start..start + destination.len());
        let mut restored = self.masked.restore(destination, range);
        let title = self.masked.restore(title, range);
        let LinkType::WikiLink { has_pothole } = link_type else {
            if link_type == LinkType::Email {
                restored = CowStr::from(format!("mailto:{restored}"));
            }
            // A footnote alone is none of its words: it stands behind the link.
            let inside = &self.masked.text[range.start + 1..range.end];
            let is_note =
                inside.starts_with("[^") && self.without_notes(inside, range.end).trim_start().starts_with(']');
            let kind = LinkKind::Markdown;
            return MarkdownLink { kind, destination: restored, place, title, has_words: !is_note, whole: None };
        };
        // In a table the bar behind a name is escaped, which is no part of the name.
        if has_pothole && self.masked.text[place.clone()].ends_with('\\') {
            place.end -= 1;
            restored = self.masked.shown(place.clone()).into();
        }
        let text = self.masked.text;
        let whole = text[place.start..range.end].strip_suffix("]]").filter(|_| has_pothole);
        let words = whole.map_or("", |whole| whole[place.len()..].trim_start_matches('\\').trim_start_matches('|'));
        let has_words = !self.without_notes(words, range.end - "]]".len()).trim().is_empty();
        // Space around a name is none of it.
        let name = text[place.clone()].trim();
        if known.is_some() && !name.is_empty() && name.len() < place.len() {
            place.start += place.len() - text[place.clone()].trim_start().len();
            place.end = place.start + name.len();
            restored = self.masked.shown(place.clone()).into();
        }
        MarkdownLink { kind: LinkKind::Wiki, destination: restored, place, title, has_words, whole }
    }

    /// Words up to a place without the references to footnotes at their beginning.
    fn without_notes<'t>(&self, mut words: &'t str, end: usize) -> &'t str {
        let notes = self.masked.notes(end - words.len()..end);
        for note in notes {
            words = match words.trim_start().strip_prefix(&self.masked.text[note]) {
                Some(rest) => rest,
                None => return words,
            }
        }
        words
    }

    /// Takes up what stands in the description of a picture, as plain text.
    fn in_picture(&mut self, event: Event<'m>, range: Range<usize>) {
        let Some((picture, inner)) = &mut self.picture else { return };
        match event {
            Event::Code(code) => picture.words.push_str(&self.masked.restore(&code, &range)),
            Event::FootnoteReference(label) => {
                picture.words.push_str(&format!("[^{}]", self.masked.restore(&label, &range)))
            }
            Event::SoftBreak | Event::HardBreak => picture.words.push(' '),
            Event::Start(Tag::Image { .. }) => *inner += 1,
            Event::End(TagEnd::Image) if *inner > 0 => *inner -= 1,
            Event::End(TagEnd::Image) => self.end_picture(range),
            _ => {}
        }
    }

    /// References that came up in a link or a picture stand behind it.
    fn end_notes(&mut self) {
        if !self.is_in_link() {
            self.ready.extend(self.notes.drain(..));
        }
    }

    fn end_picture(&mut self, range: Range<usize>) {
        let Some((mut picture, _)) = self.picture.take() else { return };
        let is_wiki = picture.link.kind == LinkKind::Wiki;
        if is_wiki && !picture.link.has_words {
            picture.words.clear();
        }
        let (words, size) = match picture.words.rsplit_once('|') {
            Some((words, size)) => (words.trim_end(), Size::of(size)),
            None => ("", Size::of(&picture.words).filter(|_| is_wiki)),
        };
        if size.is_some() {
            picture.words = words.to_owned();
        }
        if is_wiki {
            picture.words = picture.words.trim().to_owned();
        }
        picture.size = size;
        picture.link.has_words = !picture.words.trim().is_empty();
        self.push(Node::Picture(picture), range);
        self.end_notes();
    }
}

impl<'a> Iterator for Nodes<'a, '_> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        loop {
            if let Some(run) = &mut self.run {
                match run.next() {
                    Some(next) => return Some(next),
                    None => self.run = None,
                }
            }
            if let Some(next) = self.next.take().or_else(|| self.ready.pop_front()) {
                return Some(next);
            }
            match self.events.next() {
                Some((event, range)) => self.event(event, range),
                None if self.words.is_some() => self.end_words(),
                None => return None,
            }
        }
    }
}

/// Adds what the parser says of a range to HTML.
fn push_html(html: &mut Html, masked: &Masked, text: &CowStr, range: Range<usize>) {
    masked.html(text, &range).into_iter().for_each(|(part, range)| html.push(&part, range));
}

/// Where the words stand that a wikilink has of its own, which ends at a place.
fn words_of(link: &MarkdownLink, end: usize) -> Option<Range<usize>> {
    let whole = link.whole.filter(|_| link.has_words)?;
    let (_, words) = whole.split_once('|')?;
    let start = end - "]]".len() - words.trim_start().len();
    Some(start..start + words.trim().len())
}

/// Whether a tag begins a link (true) or ends one (false); none if it does neither.
fn begins_link(tag: &str) -> Option<bool> {
    let tag = tag.strip_prefix('<')?;
    let (closes, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
    let rest = name.strip_prefix(['a', 'A']).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))?;
    let has_address = || rest.to_ascii_lowercase().contains("href");
    // What ends at once holds nothing.
    (closes || (!tag.ends_with("/>") && has_address())).then_some(!closes)
}

fn is_line_end(event: &Event) -> bool {
    matches!(event, Event::SoftBreak | Event::HardBreak)
}

/// Words of other elements are limited by nothing.
const NO_LIMITS: Range<usize> = 0..usize::MAX;

/// An alert of GitHub as a callout.
fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
