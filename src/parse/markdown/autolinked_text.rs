//! Words with addresses in them, as nodes.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::autolink::{Autolink, Autolinks};
use super::mask::Masked;
use super::node::{Element, ElementKind, LinkKind, MarkdownLink, Node, Placed};

/// Words in which addresses may be. One line can hold a great many, so they come one by one.
pub struct AutolinkedText<'a, 'm> {
    masked: &'m Masked<'a>,
    /// The words that are not told yet.
    words: Range<usize>,
    /// What is shown in the place of escapes and entities in addresses.
    replaced: Vec<(Range<usize>, CowStr<'a>)>,
    addresses: Autolinks<'m>,
    /// The rest of the address that was begun.
    link: [Option<Placed<'a>>; 3],
}

impl<'a, 'm> AutolinkedText<'a, 'm> {
    pub fn new(
        masked: &'m Masked<'a>,
        words: Range<usize>,
        replaced: Vec<(Range<usize>, CowStr<'a>)>,
        addresses: Autolinks<'m>,
    ) -> AutolinkedText<'a, 'm> {
        AutolinkedText { masked, words, replaced, addresses, link: [const { None }; 3] }
    }

    /// What readers see of a range.
    fn shown(&self, range: Range<usize>) -> CowStr<'a> {
        let first = self.replaced.partition_point(|(replaced, _)| replaced.end <= range.start);
        let mut replaced =
            self.replaced[first..].iter().take_while(|(replaced, _)| replaced.start < range.end).peekable();
        if replaced.peek().is_none() {
            return self.masked.shown(range).into();
        }
        let (mut shown, mut at) = (String::new(), range.start);
        for (range, instead) in replaced {
            shown.push_str(&self.masked.shown(at..range.start));
            shown.push_str(instead);
            at = range.end;
        }
        shown.push_str(&self.masked.shown(at..range.end));
        shown.into()
    }

    /// An address as a link: its beginning, its words, its end.
    fn link(&self, address: Autolink) -> [Option<Placed<'a>>; 3] {
        let Autolink { range, scheme } = address;
        let words = self.shown(range.clone());
        let destination = match scheme {
            "" => words.clone(),
            scheme => CowStr::from(format!("{scheme}{words}")),
        };
        let (kind, place) = (LinkKind::Markdown, range.clone());
        let link = MarkdownLink { kind, destination, place, title: "".into(), has_words: true, whole: None };
        let start = Node::Start(Element::Link(Box::new(link)));
        [start, Node::Text(words), Node::End(ElementKind::Link)].map(|node| Some((node, range.clone())))
    }
}

impl<'a> Iterator for AutolinkedText<'a, '_> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        if let Some(next) = self.link.iter_mut().find_map(Option::take) {
            return Some(next);
        }
        let address = self.addresses.next();
        let before = self.words.start..address.as_ref().map_or(self.words.end, |address| address.range.start);
        self.words.start = address.as_ref().map_or(self.words.end, |address| address.range.end);
        if let Some(address) = address {
            self.link = self.link(address);
        }
        let text = self.shown(before.clone());
        match text.is_empty() {
            false => Some((Node::Text(text), before)),
            true => self.link.iter_mut().find_map(Option::take),
        }
    }
}
