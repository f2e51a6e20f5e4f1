//! Footnotes: which are used, and under what numbers.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::parse::markdown::{Element, ElementKind, Node};

/// The nodes of a text with their places in it.
pub type NodeSlice<'n> = [(Node<'n>, Range<usize>)];

/// The footnotes of a text, numbered by their first references. What is never referred to is
/// not among them.
#[derive(Default)]
pub struct Footnotes {
    pub list: Vec<Footnote>,
    /// For the node of each reference: the place of the note in the list, and the how manieth
    /// reference to it this is, from 1.
    pub references: FxHashMap<usize, (usize, u32)>,
    /// For the first node of each definition, its last.
    pub ends: FxHashMap<usize, usize>,
    title: Option<usize>,
}

pub struct Footnote {
    /// The nodes between the definition's first and its last.
    pub body: Range<usize>,
    /// How often it is referred to.
    pub references: u32,
}

impl Footnotes {
    /// The notes of a text; `title` is where a heading begins that is not shown.
    pub fn of(nodes: &NodeSlice, title: Option<usize>) -> Footnotes {
        let mut notes = Footnotes { title, ..Footnotes::default() };
        let definitions = notes.definitions(nodes);
        if definitions.is_empty() {
            return notes;
        }
        let mut numbers = FxHashMap::default();
        notes.count(nodes, 0..nodes.len(), &definitions, &mut numbers);
        // Notes may refer to notes: those get the numbers after all of the text's own.
        let mut next = 0;
        while let Some(note) = notes.list.get(next) {
            notes.count(nodes, note.body.clone(), &definitions, &mut numbers);
            next += 1;
        }
        notes
    }

    /// The body of each definition by its label, the first where several have one.
    fn definitions(&mut self, nodes: &NodeSlice) -> FxHashMap<String, Range<usize>> {
        let mut definitions = FxHashMap::default();
        let mut open = Vec::new();
        for (at, (node, _)) in nodes.iter().enumerate() {
            match node {
                Node::Start(Element::Note(label)) => open.push((at, label)),
                Node::End(ElementKind::Note) => {
                    let Some((start, label)) = open.pop() else {
                        continue;
                    };
                    self.ends.insert(start, at);
                    definitions.entry(label.to_lowercase()).or_insert(start + 1..at);
                }
                _ => {}
            }
        }
        definitions
    }

    fn count(
        &mut self,
        nodes: &NodeSlice,
        range: Range<usize>,
        definitions: &FxHashMap<String, Range<usize>>,
        numbers: &mut FxHashMap<String, usize>,
    ) {
        // A link cannot stand in a link.
        let mut inside = 0;
        let mut hidden = false;
        let mut at = range.start;
        while at < range.end {
            match &nodes[at].0 {
                Node::Start(Element::Note(_)) => at = self.ends[&at],
                Node::Start(Element::Heading { .. }) if self.title == Some(nodes[at].1.start) => hidden = true,
                Node::End(ElementKind::Heading) => hidden = false,
                Node::Start(Element::Link(_)) => inside += 1,
                Node::End(ElementKind::Link) => inside -= 1,
                Node::NoteReference(label) if inside == 0 && !hidden => {
                    let label = label.to_lowercase();
                    if let Some(body) = definitions.get(&label) {
                        let place = *numbers.entry(label).or_insert_with(|| {
                            self.list.push(Footnote { body: body.clone(), references: 0 });
                            self.list.len() - 1
                        });
                        self.list[place].references += 1;
                        self.references.insert(at, (place, self.list[place].references));
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}
