//! An entry that a text names and does not link to.

use aho_corasick::{AhoCorasick, MatchKind};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{OFF, Rule, RuleScope};
use crate::base::cjk::is_cjk;
use crate::base::diagnostic::{Edit, Fix, Place};
use crate::base::path::{key, nfc};
use crate::base::span::Span;
use crate::book::{Book, EntryId, Resolution, Role};
use crate::parse::markdown::{Dialect, Element, ElementKind, MarkdownText, Node};
use crate::parse::{Body, Origin, RawTarget, Value};

/// The shortest name that is looked for, in characters; of scripts that write a word in one or two of them, two.
const SHORTEST: usize = 3;

pub const RULE: Rule = Rule {
    name: "unlinked-mention",
    level: OFF,
    plain: OFF,
    how: RuleScope::Checked(|book, found| {
        let Some(names) = Names::of(book) else { return };
        let ids: Vec<EntryId> = book.ids().filter(|id| found.asks_for(book.entry(*id))).collect();
        let mentions: Vec<_> = ids.par_iter().flat_map_iter(|id| names.mentioned(book, *id)).collect();
        for Mentioned { from, to, span, is_written, in_table } in mentions {
            let (entry, target) = (book.entry(from), book.entry(to));
            let message = format!("this names \"{}\", to which nothing here links", target.title.value);
            let words = span.of(&entry.text);
            let link = written(book, from, to, words, in_table);
            let diagnostic = found.at(entry, span, message).advise(format!("write {link}, if that is what is meant"));
            if is_written {
                let place = Place { path: entry.path.clone(), span };
                diagnostic.remedy(Fix { edits: vec![Edit { place, replacement: link }], safe: false });
            }
        }
    }),
};

/// An entry and the first place where another one names it.
struct Mentioned {
    from: EntryId,
    to: EntryId,
    span: Span,
    /// Whether the name stands there in the file as it is read.
    is_written: bool,
    /// Whether a bar would end the cell that it stands in.
    in_table: bool,
}

/// All names of all entries, which one pass over a text finds.
struct Names {
    finder: AhoCorasick,
    entries: Vec<EntryId>,
}

impl Names {
    fn of(book: &Book) -> Option<Names> {
        let mut meant: FxHashMap<String, Option<EntryId>> = FxHashMap::default();
        for id in book.ids().filter(|id| book.entry(*id).role == Role::Member) {
            let entry = book.entry(id);
            for name in std::iter::once(&entry.title).chain(&entry.aliases) {
                let name = key(&name.value);
                let length = name.chars().count();
                if length >= SHORTEST || (length == 2 && name.chars().all(is_cjk)) {
                    // A name of several entries says of none that it is meant.
                    meant.entry(name).and_modify(|of| *of = of.filter(|of| *of == id)).or_insert(Some(id));
                }
            }
        }
        let mut names: Vec<(String, EntryId)> = meant.into_iter().filter_map(|(name, id)| Some((name, id?))).collect();
        // The finder knows the case of ASCII alone: of other letters the name as it is written, and in small ones.
        let spelt: Vec<_> = names
            .iter()
            .filter(|(name, _)| !name.is_ascii())
            .flat_map(|(name, id)| {
                let entry = book.entry(*id);
                let written =
                    std::iter::once(&entry.title).chain(&entry.aliases).map(|name| nfc(&name.value).into_owned());
                written
                    .filter(|written| key(written) == *name && written != name)
                    .map(|written| (written, *id))
                    .collect::<Vec<_>>()
            })
            .collect();
        names.extend(spelt);
        names.sort();
        let builder =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).to_owned();
        let finder = builder.build(names.iter().map(|(name, _)| name)).ok()?;
        Some(Names { finder, entries: names.into_iter().map(|(_, id)| id).collect() })
    }

    /// The entries that an entry names and does not link to, each where it is first named.
    fn mentioned(&self, book: &Book, from: EntryId) -> Vec<Mentioned> {
        let entry = book.entry(from);
        let mut known: FxHashSet<EntryId> = FxHashSet::from_iter([from]);
        // What a block lists entries by is no link.
        for i in (0..entry.links.len()).filter(|i| entry.links[*i].from.query().is_none()) {
            if let Resolution::Found { entry: to, .. } | Resolution::NoSuchAnchor { entry: to, .. } =
                book.resolution(from, i)
            {
                known.insert(*to);
            }
        }
        let mut mentions = Vec::new();
        let markdown = entry.fields.iter().flat_map(|field| &field.values).filter_map(|stated| match &stated.value {
            Value::Markdown(body) => Some(&**body),
            _ => None,
        });
        for body in std::iter::once(&entry.body).chain(markdown) {
            for block in blocks(body, &entry.text, Dialect::of(&book.config)) {
                for found in self.finder.find_iter(&block.text) {
                    let to = self.entries[found.pattern().as_usize()];
                    if is_word(&block.text, found.range()) && known.insert(to) {
                        let range = block.place(found.start())..block.place(found.end() - 1) + 1;
                        let span = body.span(range);
                        let is_written = body.is_literal() && span.of(&entry.text) == &block.text[found.range()];
                        mentions.push(Mentioned { from, to, span, is_written, in_table: block.in_table });
                    }
                }
            }
        }
        mentions
    }
}

/// Whether no letter or digit stands right before or after a part of a text. Scripts without spaces have no such ends.
fn is_word(text: &str, part: std::ops::Range<usize>) -> bool {
    let joins = |inside: Option<char>, outside: Option<char>| {
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
        is_part(inside) && is_part(outside)
    };
    let inside = &text[part.clone()];
    !joins(inside.chars().next(), text[..part.start].chars().next_back())
        && !joins(inside.chars().next_back(), text[part.end..].chars().next())
}

/// The words of one paragraph, item or cell that are no part of a link, and where each stands in the body.
#[derive(Default)]
struct Block {
    text: String,
    /// Where a piece begins here, and in the body.
    pieces: Vec<(usize, usize)>,
    in_table: bool,
}

impl Block {
    fn push(&mut self, text: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(text);
    }

    fn place(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at) - 1;
        let (start, place) = self.pieces[piece];
        place + at - start
    }
}

/// The blocks of a body, without its headings, links, pictures and code.
fn blocks(body: &Body, source: &str, dialect: Dialect) -> Vec<Block> {
    let mut blocks = vec![Block::default()];
    let mut silent = 0;
    let mut in_table = false;
    for (node, range) in MarkdownText::new(body.text(source), dialect).nodes() {
        let block = blocks.last_mut().expect("there is always one");
        block.in_table = in_table;
        match node {
            Node::Start(Element::Table(_)) => in_table = true,
            Node::End(ElementKind::Table) => in_table = false,
            Node::Start(Element::Link(_) | Element::Heading { .. } | Element::CodeBlock(_)) => {
                // A name does not go on across it.
                block.push("\u{0}", range.start);
                silent += 1;
            }
            Node::End(ElementKind::Link | ElementKind::Heading | ElementKind::CodeBlock) => silent -= 1,
            Node::Text(words) if silent == 0 => block.push(&words, range.start),
            Node::SoftBreak => block.push(" ", range.start),
            Node::Code(_) | Node::HardBreak | Node::Html(_) | Node::HtmlBlock(_) | Node::Picture(_) => {
                block.push("\u{0}", range.start)
            }
            Node::End(kind) if !kind.is_inline() && !block.text.is_empty() => blocks.push(Block::default()),
            _ => {}
        }
    }
    blocks
}

/// The link that an author of this entry would write: by path, unless all others of the entry are by name.
fn written(book: &Book, from: EntryId, to: EntryId, words: &str, in_table: bool) -> String {
    let (entry, spot) = (book.entry(from), book.spot(to));
    let in_prose = entry.links.iter().filter(|link| matches!(link.from, Origin::Prose { .. }) && !link.embed);
    let mut targets = in_prose.map(|link| &link.target).filter(|target| !matches!(target, RawTarget::Url(_)));
    let by_path = match targets.next() {
        Some(target) => matches!(target, RawTarget::Path { .. }),
        None => !entry.is_item,
    };
    let name = spot.slug.as_deref().unwrap_or(&spot.address);
    match by_path {
        true => format!("[{words}]({})", spot.path_from(&entry.path)),
        false if key(name) == key(words) => format!("[[{words}]]"),
        false if in_table => format!("[[{name}\\|{words}]]"),
        false => format!("[[{name}|{words}]]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_whole_word_but_in_scripts_without_spaces() {
        assert!(is_word("the plan.", 4..8));
        assert!(!is_word("the plans", 4..8));
        assert!(!is_word("explanation", 2..6));
        assert!(is_word("发布中国制造二〇二五计划", 6..18));
        assert!(is_word("在5G网络", 3..5));
    }
}
