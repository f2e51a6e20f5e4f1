//! YAML as a tree in which every key and value knows where it stands.
//!
//! YAML 1.2: a scalar is its text, and its field's type says what the text means, so that `NO` stays Norway.

use granit_parser::{Event, Options, Parser, ScalarStyle};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::offset_map::OffsetMap;
use super::suppression;
use crate::base::span::{Span, Spanned, line_end, line_start};

/// How deep lists and mappings may stand in each other.
const MAX_DEPTH: usize = 32;

/// How many values the aliases of one document may stand for, all together; a bomb of
/// nine lines stands for a milliard.
const MAX_ALIASED: usize = 10_000;

/// A value and the text that it was read from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct YamlNode {
    pub span: Span,
    pub data: YamlValue,
}

/// What a value is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum YamlValue {
    /// Nothing, `~` or `null`.
    Null,
    Scalar {
        text: String,
        style: Style,
    },
    List(Vec<YamlNode>),
    Map(Vec<(Spanned<String>, YamlNode)>),
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    Plain,
    Quoted,
    /// After `|`: its lines stand in the file as they are, behind an indent.
    Literal,
    /// After `>`.
    Folded,
}

/// What makes a text no YAML, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    pub span: Span,
    pub message: String,
    pub help: &'static str,
    /// Another place that belongs to it.
    pub first: Option<Span>,
    /// What can go, for it says what is said already.
    pub idle: Option<Span>,
}

impl YamlNode {
    /// What a person would call it: "a list".
    pub fn describe(&self) -> &'static str {
        match &self.data {
            YamlValue::Null => "nothing",
            YamlValue::Scalar { .. } => "a text",
            YamlValue::List(_) => "a list",
            YamlValue::Map(_) => "a mapping",
        }
    }

    /// The value without its places. What is written plainly as a number, `true` or `false` is one.
    pub fn to_json(&self) -> Value {
        match &self.data {
            YamlValue::Null => Value::Null,
            YamlValue::Scalar { text, style: Style::Plain } => {
                let plain =
                    serde_json::from_str(text).ok().filter(|value: &Value| value.is_number() || value.is_boolean());
                plain.unwrap_or_else(|| text.as_str().into())
            }
            YamlValue::Scalar { text, .. } => text.as_str().into(),
            YamlValue::List(items) => items.iter().map(YamlNode::to_json).collect(),
            YamlValue::Map(pairs) => pairs.iter().map(|(key, node)| (key.value.clone(), node.to_json())).collect(),
        }
    }

    /// The same with its places in another text.
    pub fn placed(self, map: &OffsetMap) -> YamlNode {
        let place = |span: Span| map.span(span.range());
        let data = match self.data {
            YamlValue::List(items) => YamlValue::List(items.into_iter().map(|item| item.placed(map)).collect()),
            YamlValue::Map(pairs) => {
                let pairs =
                    pairs.into_iter().map(|(key, node)| (Spanned { span: place(key.span), ..key }, node.placed(map)));
                YamlValue::Map(pairs.collect())
            }
            data => data,
        };
        YamlNode { span: place(self.span), data }
    }

    /// The value with what its merge keys bring: to a mapping with `<<: *base`, or a list of such, the keys are added
    /// that it does not have itself (yaml.org/type/merge.html).
    pub fn merged(self) -> YamlNode {
        let data = match self.data {
            YamlValue::List(items) => YamlValue::List(items.into_iter().map(YamlNode::merged).collect()),
            YamlValue::Map(pairs) => {
                let pairs = pairs.into_iter().map(|(key, node)| (key, node.merged()));
                let (merges, mut own): (Vec<_>, Vec<_>) =
                    pairs.partition(|(key, node)| key.value == "<<" && node.is_base());
                for (_, base) in merges {
                    let bases = match base.data {
                        YamlValue::List(bases) => bases,
                        data => vec![YamlNode { data, ..base }],
                    };
                    for base in bases {
                        let YamlValue::Map(pairs) = base.data else { continue };
                        for (key, node) in pairs {
                            if own.iter().all(|(known, _)| known.value != key.value) {
                                own.push((key, node));
                            }
                        }
                    }
                }
                YamlValue::Map(own)
            }
            data => data,
        };
        YamlNode { data, ..self }
    }

    /// Whether it can be merged into a mapping.
    fn is_base(&self) -> bool {
        match &self.data {
            YamlValue::Map(_) => true,
            YamlValue::List(items) => {
                !items.is_empty() && items.iter().all(|item| matches!(item.data, YamlValue::Map(_)))
            }
            _ => false,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            YamlValue::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// What stands in a text beside its values.
#[derive(Debug, Default)]
pub struct Trivia {
    /// Keys that stand twice; the first value of such a key counts.
    pub twice: Vec<YamlError>,
    /// Comments that may excuse a line.
    pub comments: Vec<Span>,
}

/// Reads the YAML in `span` of `text`; none if there is no value in it.
///
/// Spans count from the start of `text`.
///
/// Errors: bad syntax, a key that is no text, more than one document, too deep, too many aliases; the first of them.
pub fn parse(text: &str, span: Span, beside: &mut Trivia) -> Result<Option<YamlNode>, YamlError> {
    let yaml = span.of(text);
    let mut options = Options::default();
    options.emit_comments = yaml.contains(suppression::MARK);
    let mut builder = Builder {
        base: span.start as usize,
        end: span,
        stack: Vec::new(),
        anchors: FxHashMap::default(),
        aliased: 0,
        root: None,
        documents: 0,
        twice: Vec::new(),
    };
    for event in Parser::new_from_str_with_options(yaml, options) {
        match event {
            Ok((event, place)) => {
                let range = place.byte_range().unwrap_or(0..0);
                if let Event::Comment(said, _) = &event {
                    if said.contains(suppression::MARK) {
                        let span = Span::new(range.start + builder.base..range.end + builder.base);
                        beside.comments.push(span);
                    }
                    continue;
                }
                builder.event(event, Span::new(range.start + builder.base..range.end + builder.base))?;
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0);
                let width = yaml[yaml.floor_char_boundary(at)..]
                    .chars()
                    .next()
                    .filter(|c| !c.is_control())
                    .map_or(0, char::len_utf8);
                let at = yaml.floor_char_boundary(at) + builder.base;
                let message = error.to_string();
                let message = message.rsplit_once(" at char ").map_or(message.as_str(), |(message, _)| message);
                return Err(YamlError {
                    span: Span::new(at..at + width),
                    message: format!("this is no YAML: {message}"),
                    help: help_for(yaml, at - builder.base),
                    first: None,
                    idle: None,
                });
            }
        }
    }
    beside.twice.append(&mut builder.twice);
    Ok(builder.root)
}

/// The mistake that most often stands behind a parser's complaint.
fn help_for(yaml: &str, at: usize) -> &'static str {
    let line = &yaml[line_start(yaml, at)..];
    let line = &line[..line_end(line).start];
    if line.starts_with('\t') || line.trim_start_matches(' ').starts_with('\t') {
        "indent with spaces: YAML takes no tabs"
    } else if line.contains(" #") || line.contains("[#") {
        "put a text that begins with # or holds \" #\" in double quotes"
    } else if line.matches(": ").count() > 1 {
        "put a text that holds \": \" in double quotes"
    } else if line.contains(": *")
        || line.contains(": &")
        || line.contains(": @")
        || line.contains(": `")
        || line.contains(": %")
    {
        "put a text that begins with one of * & @ ` % in double quotes"
    } else {
        "check the quotes, brackets and indent here and on the line above"
    }
}

struct Builder {
    base: usize,
    end: Span,
    stack: Vec<Open>,
    anchors: FxHashMap<usize, YamlNode>,
    aliased: usize,
    root: Option<YamlNode>,
    documents: usize,
    twice: Vec<YamlError>,
}

/// A list or mapping that is not closed yet.
struct Open {
    start: Span,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<YamlNode>),
    Map { pairs: Vec<(Spanned<String>, YamlNode)>, seen: FxHashMap<String, Span>, key: Option<Spanned<String>> },
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(error(
                        span,
                        "a second YAML document begins here",
                        "keep one document: take the line --- out",
                    ));
                }
            }
            Event::Scalar(text, style, anchor, _) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                    _ => Style::Quoted,
                };
                let null = style == Style::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let data = if null { YamlValue::Null } else { YamlValue::Scalar { text: text.into_owned(), style } };
                self.close(YamlNode { span, data }, anchor)?;
            }
            Event::SequenceStart(_, anchor, _) => self.open(span, anchor, Content::List(Vec::new()))?,
            Event::MappingStart(_, anchor, _) => {
                self.open(span, anchor, Content::Map { pairs: Vec::new(), seen: FxHashMap::default(), key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.stack.pop() {
                    let span = Span { start: open.start.start, end: span.end.max(open.start.end).min(self.end.end) };
                    let data = match open.content {
                        Content::List(items) => YamlValue::List(items),
                        Content::Map { pairs, .. } => YamlValue::Map(pairs),
                    };
                    self.close(YamlNode { span, data }, open.anchor)?;
                }
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor) else {
                    return Err(error(span, "an alias stands inside what it stands for", "write the value out"));
                };
                self.aliased += count(node);
                if self.aliased > MAX_ALIASED {
                    return Err(error(span, "the aliases here stand for too many values", "write the values out"));
                }
                let node = YamlNode { span, data: node.data.clone() };
                self.close(node, 0)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, start: Span, anchor: usize, content: Content) -> Result<(), YamlError> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(error(
                start,
                format!("lists and mappings stand more than {MAX_DEPTH} deep here"),
                "flatten them",
            ));
        }
        if let Some(Open { content: Content::Map { key: None, .. }, .. }) = self.stack.last() {
            return Err(error(start, "a key must be a text", "put it in quotes"));
        }
        self.stack.push(Open { start, anchor, content });
        Ok(())
    }

    /// A value is complete: it belongs to what is open around it.
    fn close(&mut self, node: YamlNode, anchor: usize) -> Result<(), YamlError> {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node).filter(|node| !matches!(node.data, YamlValue::Null)).or(self.root.take()),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map { pairs, seen, key }) => match key.take() {
                // Of a key that stands twice the first value counts.
                Some(key) if seen.get(&key.value) != Some(&key.span) => {
                    let first = pairs.iter().find(|(first, _)| first.value == key.value);
                    let says_the_same = first.is_some_and(|(_, first)| first.to_json() == node.to_json());
                    if let Some(twice) = self.twice.iter_mut().rfind(|twice| twice.span == key.span && says_the_same) {
                        twice.help = "take the second out: it says the same";
                        twice.idle = Some(Span { start: key.span.start, end: node.span.end.max(key.span.end) });
                    }
                }
                Some(key) => pairs.push((key, node)),
                None => {
                    let name = match node.data {
                        YamlValue::Scalar { text, .. } => text,
                        YamlValue::Null => node.span.of("").to_owned(),
                        _ => return Err(error(node.span, "a key must be a text", "put it in quotes")),
                    };
                    let first = *seen.entry(name.clone()).or_insert(node.span);
                    if first != node.span {
                        let message = format!("the key \"{name}\" stands twice");
                        let twice = error(node.span, message, "keep one of the two");
                        self.twice.push(YamlError { first: Some(first), ..twice });
                    }
                    *key = Some(Spanned::new(name, node.span));
                }
            },
        }
        Ok(())
    }
}

fn error(span: Span, message: impl Into<String>, help: &'static str) -> YamlError {
    YamlError { span, message: message.into(), help, first: None, idle: None }
}

/// How many values a node holds, itself included.
fn count(node: &YamlNode) -> usize {
    1 + match &node.data {
        YamlValue::List(items) => items.iter().map(count).sum(),
        YamlValue::Map(pairs) => pairs.iter().map(|(_, node)| count(node) + 1).sum::<usize>(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tests::cases;
    use proptest::prelude::*;

    fn whole(text: &str) -> Result<Option<YamlNode>, YamlError> {
        parse(text, Span::new(0..text.len()), &mut Trivia::default())
    }

    fn map(text: &str) -> Vec<(Spanned<String>, YamlNode)> {
        match whole(text).unwrap().unwrap().data {
            YamlValue::Map(pairs) => pairs,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_key_and_value_knows_its_place() {
        for text in ["title: 中国 x\nlist: [a, 'b c']\n", "title: 中国 x\r\nlist: [a, 'b c']\r\n"] {
            let pairs = map(text);
            assert_eq!(pairs[0].0.span.of(text), "title");
            assert_eq!(pairs[0].1.span.of(text), "中国 x");
            let YamlValue::List(items) = &pairs[1].1.data else { panic!() };
            assert_eq!(items[1].span.of(text), "'b c'");
            assert_eq!(items[1].as_text(), Some("b c"));
        }
    }

    #[test]
    fn a_value_without_its_places_is_what_it_was_written_as() {
        let json = whole("a: [1, 2.5, true, no, '1', x y, ~]\nb: { c: 2015-05 }\n").unwrap().unwrap().to_json();
        assert_eq!(json.to_string(), r#"{"a":[1,2.5,true,"no","1","x y",null],"b":{"c":"2015-05"}}"#);
    }

    #[test]
    fn a_merge_key_brings_what_a_mapping_does_not_say_itself() {
        let merged = |text: &str| whole(text).unwrap().unwrap().merged().to_json().to_string();
        let base = "a: &a { x: 1, y: 2 }\nb: &b { y: 3, z: 4 }\n";
        let of = |rest: &str| merged(&format!("{base}{rest}")).split_once(r#""c":"#).unwrap().1.to_owned();
        assert_eq!(of("c: { <<: *a, y: 5 }"), r#"{"y":5,"x":1}}"#);
        assert_eq!(of("c: { <<: [*a, *b] }"), r#"{"x":1,"y":2,"z":4}}"#);
        assert_eq!(of("c: &c { <<: *b, y: 6 }\nd: { <<: *c }"), r#"{"y":6,"z":4},"d":{"y":6,"z":4}}"#);
        assert_eq!(of("c: [{ <<: *a }]"), r#"[{"x":1,"y":2}]}"#);
        assert_eq!(of("c: { <<: text }"), r#"{"<<":"text"}}"#);
    }

    #[test]
    fn norway_stays_norway() {
        for word in ["NO", "on", "017", "1_000", "2015-05", "1.0"] {
            assert_eq!(map(&format!("a: {word}"))[0].1.as_text(), Some(word));
        }
    }

    #[test]
    fn bombs_and_absurd_nesting_are_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for i in 1..9 {
            let refs = vec![format!("*a{}", i - 1); 10].join(", ");
            bomb += &format!("a{i}: &a{i} [{refs}]\n");
        }
        assert!(whole(&bomb).unwrap_err().message.contains("too many"));
        assert!(whole(&"[".repeat(5_000)).is_err());
        assert!(whole(&("- ".repeat(5_000) + "x")).is_err());
        let nested: String = (0..200).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
        assert!(whole(&nested).is_err());
    }

    #[test]
    fn a_key_that_stands_twice_is_told_with_both_places() {
        let text = "a: 1\nb: 2\na: 3\n";
        let mut beside = Trivia::default();
        let json = parse(text, Span::new(0..text.len()), &mut beside).unwrap().unwrap().to_json();
        assert_eq!(json.to_string(), r#"{"a":1,"b":2}"#);
        let [error] = beside.twice.as_slice() else { panic!("{beside:?}") };
        assert_eq!(error.span.range(), 10..11);
        assert_eq!(error.first.unwrap().range(), 0..1);
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn any_text_is_read_or_refused(text in "[a-c:\\-\\[\\]{}&*|> \n\t'\"#中\r,?!%@]{0,60}") {
            if let Err(error) = whole(&text) {
                prop_assert!(text.get(error.span.range()).is_some());
            }
        }
    }
}
