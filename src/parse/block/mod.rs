//! Blocks between fences that are more than code: what such a block is, one file for each kind, and the list of them.
//!
//! The first fence names the kind and nothing else, and between the fences stand keys with values in YAML. What is wrong
//! with them is told like what is wrong with fields, in its place, and the block is shown as code.

mod content;
mod entries;

use std::ops::Range;

use super::front_matter::EntryBuilder;
use super::offset_map::OffsetMap;
use super::read_yaml::yaml_problem;
use super::yaml::{self, Trivia, YamlError, YamlNode, YamlValue};
use crate::base::span::{Span, Spanned};
use crate::base::suggest::near;

pub use content::{BlockContent, EntryQuery, FencedBlock, QueryCondition, QueryKey};

/// A kind of block.
pub struct BlockKind {
    /// What stands behind its first fence: `entries`.
    pub name: &'static str,
    /// The keys that it may have.
    pub keys: &'static [&'static str],
    /// What its keys say, of which each stands there once; none if that is nothing that can be shown, which is told.
    pub read: fn(&mut EntryBuilder, &BlockKeys) -> Option<BlockContent>,
}

/// All kinds of blocks.
pub const BLOCKS: &[&BlockKind] = &[&entries::ENTRIES];

/// The keys of a block with their values, and where its kind is written.
pub struct BlockKeys {
    pub pairs: Vec<(Spanned<String>, YamlNode)>,
    pub name: Span,
}

impl BlockKeys {
    /// The value of a key; none if it has none.
    pub fn get(&self, key: &str) -> Option<&YamlNode> {
        let (_, node) = self.pairs.iter().find(|(known, _)| known.value == key)?;
        Some(node).filter(|node| !matches!(node.data, YamlValue::Null))
    }
}

/// The kind of a block, by what stands behind its first fence; none if it is code.
pub fn kind_of(info: &str) -> Option<&'static BlockKind> {
    BLOCKS.iter().find(|kind| kind.name == info.trim()).copied()
}

/// A block as it is written in a text.
pub struct WrittenBlock {
    kind: &'static BlockKind,
    /// Where it stands in the text, with its fences.
    pub range: Range<usize>,
    /// Where its kind is written, in the source.
    name: Span,
    yaml: String,
    /// From places in its YAML to those in the source.
    map: OffsetMap,
}

impl WrittenBlock {
    /// A block that begins at a place in a text, whose places in the source `map` knows. Its lines are still to come.
    pub fn new(kind: &'static BlockKind, range: Range<usize>, text: &str, map: &OffsetMap) -> WrittenBlock {
        let start = range.start + text[range.clone()].find(kind.name).unwrap_or(0);
        let lines = match map {
            OffsetMap::Whole(span) => OffsetMap::Whole(*span),
            _ => OffsetMap::Lines(Vec::new()),
        };
        let name = map.span(start..(start + kind.name.len()).min(range.end));
        WrittenBlock { kind, range, name, yaml: String::new(), map: lines }
    }

    /// Adds some of its lines, which begin at a place in the text.
    pub fn add(&mut self, lines: &str, at: usize, map: &OffsetMap) {
        let mut from = 0;
        for line in lines.split_inclusive('\n') {
            if let OffsetMap::Lines(places) = &mut self.map {
                places.push((self.yaml.len() as u32, map.span(at + from..at + from).start));
            }
            self.yaml.push_str(line);
            from += line.len();
        }
    }

    /// Its keys and values, told in places of the source; none if there are none, which is told.
    fn keys(&self, builder: &mut EntryBuilder) -> Option<BlockKeys> {
        let mut beside = Trivia::default();
        let node = yaml::parse(&self.yaml, Span::new(0..self.yaml.len()), &mut beside);
        for twice in beside.twice {
            builder.tell(yaml_problem(builder.source, self.placed(twice)));
        }
        builder.comments.extend(beside.comments.into_iter().map(|span| self.map.span(span.range())));
        let kind = self.kind.name;
        match node {
            Ok(None) => Some(BlockKeys { pairs: Vec::new(), name: self.name }),
            Ok(Some(node)) => match node.placed(&self.map).merged() {
                YamlNode { data: YamlValue::Map(pairs), .. } => Some(BlockKeys { pairs, name: self.name }),
                node => {
                    let message = format!("a block \"{kind}\" wants keys with values, and found {}", node.describe());
                    let help =
                        format!("its keys are {}; code has another name behind its fence", self.kind.keys.join(", "));
                    builder.tell(builder.error("wrong-value", node.span, message).help(help));
                    None
                }
            },
            Err(error) => {
                let error = self.placed(error);
                builder.tell(builder.error("wrong-value", error.span, error.message).help(error.help));
                None
            }
        }
    }

    fn placed(&self, error: YamlError) -> YamlError {
        let place = |span: Span| self.map.span(span.range());
        YamlError { span: place(error.span), first: error.first.map(place), idle: error.idle.map(place), ..error }
    }
}

/// What a block says; none if something is wrong with it, which is told.
pub fn read(builder: &mut EntryBuilder, block: &WrittenBlock) -> Option<BlockContent> {
    let told = builder.problems.len();
    let content = block.keys(builder).and_then(|keys| {
        for (key, _) in &keys.pairs {
            if !block.kind.keys.contains(&key.value.as_str()) {
                unknown_key(builder, block.kind, key);
            }
        }
        (block.kind.read)(builder, &keys)
    });
    let problems = &mut builder.problems[told..];
    // What is folded has one place for all that it says.
    if matches!(block.map, OffsetMap::Whole(_)) {
        problems.iter_mut().for_each(|problem| problem.fix = None);
    }
    content.filter(|_| problems.is_empty())
}

/// Tells of a key that a block does not have.
fn unknown_key(builder: &mut EntryBuilder, block: &BlockKind, key: &Spanned<String>) {
    let told = builder.error("unknown-field", key.span, format!("a block \"{}\" has no \"{}\"", block.name, key.value));
    builder.tell(match near(&key.value, block.keys.iter().copied()) {
        Some(near) => told.meant(&near),
        None => told.help(format!("its keys are {}", block.keys.join(", "))),
    });
}
