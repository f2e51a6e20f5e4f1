//! The sentences in which links stand, as whoever reads about their targets is shown them.
//!
//! Most of such a sentence stands in its source as it is. So what is kept are steps, some twelve bytes for each link, by
//! which it is put together whenever it is asked for.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::link::{Link, Origin};
use super::link_context::{LinkContext, around};
use super::steps::{Step, StepReader, StepWriter};

/// What it costs at most to say a sentence that no place has, beside its words, in bytes.
const SAID: usize = 9;

/// The sentence that a link stands in, as plain text, with the link's own words marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mention {
    pub text: String,
    /// Where the link's words begin in it, and where they end, in bytes.
    pub start: usize,
    pub end: usize,
}

impl Mention {
    /// What stands before the link, the link's words, and what stands after.
    pub fn parts(&self) -> (&str, &str, &str) {
        (&self.text[..self.start], &self.text[self.start..self.end], &self.text[self.end..])
    }
}

/// How the mentions of an entry's links are put together, one behind the other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct MentionSteps(#[serde(with = "serde_bytes")] Vec<u8>);

impl MentionSteps {
    /// The sentence that a link stands in, given the text of its source; empty if none is kept.
    pub fn of(&self, link: &Link, source: &str) -> Mention {
        let mut mention = Mention::default();
        let Origin::Prose { mention: Some(at), .. } = link.from else { return mention };
        for step in StepReader::new(self.0.get(at as usize..).unwrap_or_default(), source) {
            match step {
                Step::Words(words) => mention.text.push_str(words),
                Step::Space => mention.text.push(' '),
                // There are two.
                Step::Edge => (mention.start, mention.end) = (mention.end, mention.text.len()),
                Step::End => break,
                Step::Name(..) | Step::Heading(_) => {}
            }
        }
        mention
    }

    /// Adds those of other links, which learn where they stand now.
    pub fn append(&mut self, more: MentionSteps, links: &mut [Link]) {
        let before = u32::try_from(self.0.len()).ok();
        for link in links {
            if let Origin::Prose { mention, .. } = &mut link.from {
                *mention = mention.zip(before).and_then(|(at, before)| at.checked_add(before));
            }
        }
        self.0.extend(more.0);
    }

    /// Leaves no room to grow.
    pub fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }
}

/// The plain text of a paragraph, a heading, an item or a cell, and where it stands in its source.
#[derive(Default)]
pub struct BlockText {
    pub text: String,
    /// Where each piece begins, and where it stands in the source as it is; none if it does not.
    pieces: Vec<(usize, Option<usize>)>,
}

impl BlockText {
    pub fn push(&mut self, words: &str, place: Option<usize>) {
        let goes_on = self.pieces.last().is_some_and(|(start, begun)| match (begun, place) {
            (Some(begun), Some(place)) => begun + self.text.len() - start == place,
            (begun, place) => *begun == place,
        });
        if !goes_on && !words.is_empty() {
            self.pieces.push((self.text.len(), place));
        }
        self.text.push_str(words);
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Writes a part of it.
    fn write(&self, part: Range<usize>, steps: &mut StepWriter) {
        let first = self.pieces.partition_point(|(start, _)| *start <= part.start).saturating_sub(1);
        let mut pieces = self.pieces[first..].iter().peekable();
        while let Some((start, place)) = pieces.next().filter(|(start, _)| *start < part.end) {
            let end = pieces.peek().map_or(part.end, |(next, _)| part.end.min(*next));
            let from = part.start.max(*start);
            steps.words(&self.text[from..end], place.map(|place| place + from - start));
        }
    }
}

/// Writes down the sentences of links.
#[derive(Default)]
pub struct MentionWriter {
    steps: StepWriter,
}

impl MentionWriter {
    /// Adds the sentence around the words of a link, which stand at `link` in their block, and answers its place.
    pub fn add(&mut self, block: &BlockText, link: Range<usize>) -> Option<u32> {
        let context = around(&block.text, link);
        let start = self.steps.len();
        self.write(&context, |steps, part| block.write(part, steps));
        // What stands there in many small pieces is shorter as it is said.
        let length = context.before.len() + context.words.len() + context.after.len();
        if self.steps.len() - start > length + SAID {
            self.steps.restart(start);
            self.write(&context, |steps, part| steps.say(&block.text[part]));
        }
        self.steps.restart(self.steps.len());
        u32::try_from(start).ok()
    }

    fn write(&mut self, context: &LinkContext, write: impl Fn(&mut StepWriter, Range<usize>)) {
        let steps = &mut self.steps;
        if context.is_cut_before {
            steps.say("… ");
        }
        write(steps, context.before.clone());
        steps.edge();
        write(steps, context.words.clone());
        if context.are_words_cut {
            steps.say(" …");
        }
        steps.edge();
        write(steps, context.after.clone());
        if context.is_cut_after {
            steps.say(" …");
        }
        steps.end();
    }

    pub fn finish(self) -> MentionSteps {
        MentionSteps(self.steps.finish().into_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;
    use crate::base::source::Source;
    use crate::base::span::Span;
    use crate::config::{self, Purpose, ReadContext};
    use crate::parse::body::{Body, ParsedBody};
    use crate::parse::markdown::Dialect;

    fn read(text: &str, purpose: Purpose) -> ParsedBody {
        let dialect = Dialect { comments: true, trust_html: false, bare_addresses: true };
        Body::slice(text, Span::new(0..text.len()), dialect, purpose)
    }

    fn marked(mention: Mention) -> String {
        let (before, words, after) = mention.parts();
        format!("{before}<{words}>{after}")
    }

    /// The sentences around all links of a text, and how many bytes are kept of them.
    fn mentions(text: &str) -> (String, usize) {
        let ParsedBody { links, mentions, .. } = read(text, Purpose::Pages);
        let said = links.iter().map(|link| marked(mentions.of(link, text))).collect::<Vec<_>>();
        (said.join(" | "), mentions.0.len())
    }

    #[track_caller]
    fn says(text: &str, expected: &str, bytes: usize) {
        assert_eq!(mentions(text), (expected.to_owned(), bytes), "{text}");
    }

    #[test]
    fn what_stands_in_the_text_is_kept_as_its_place() {
        says("One. Two of them [see](a.md) it. Three.", "Two of them <see> it.", 9);
        says("Two *of* **them** ~~see~~ ==[[a|this]]== `here` often.", "Two of them see <this> here often.", 25);
        says("As [[a/b]] and [[c]] say.", "As <b> and c say. | As b and <c> say.", 26);
        says("- one [x](y) or\n- two\n  - three [[z]] more", "one <x> or | three <z> more", 19);
        says("| a | b |\n|---|---|\n| one | two [[x\\|y]] of them |\n", "two <y> of them", 10);
        says("# On [[x]]s and more\n\n> A quote of [[y]]s.\n", "On <x>s and more | A quote of <y>s.", 19);
        says("A note[^1].\n\n[^1]: Of [[x]] and others.\n", "Of <x> and others.", 10);
        says("一。二三四五[[计划]]六七八九。十。", "二三四五<计划>六七八九。", 9);
        says("<b>One</b> of [x](y) %%not%%said <!-- c -->here.", "One of <x> said here.", 19);
    }

    #[test]
    fn what_the_text_has_otherwise_is_kept_as_it_is_said() {
        says("Of \\*one\\* and [x](y) \\[z\\] it is.", "Of *one* and <x> [z] it is.", 17);
        says("A &amp; B &copy; of [x](y) &lt;1 it is.", "A & B © of <x> <1 it is.", 22);
        says("One long\n  line [x](y)\r\nand\\\nanother.", "One long line <x> and another.", 16);
        says("One of ![a *b* c](d.png) and [x](y) too.", "One of <a b c> and x too. | One of a b c and <x> too.", 36);
        says("One of them![[b.png]]here is.", "One of them <b.png> here is.", 11);
        says("Of [[a/b#c d]] more is said.", "Of <b: c d> more is said.", 14);
        says("One, two<br>and ten [x][r] are.\n\n[r]: ../y.md", "One, two and ten <x> are.", 12);
        says("See [[x]].", "See <x>.", 9);
    }

    #[test]
    fn a_sentence_is_cut_and_none_takes_more_room_than_its_words() {
        let (said, bytes) = mentions(&format!("{} [[x]] {}", "word ".repeat(80), "more ".repeat(80)));
        assert!(said.starts_with("… word word") && said.ends_with("more more …"), "{said}");
        assert_eq!((said.len(), bytes), (322, 22));
        let (said, bytes) = mentions(&format!("[{}](x)", "words ".repeat(99)));
        assert!(said.starts_with("<words") && said.ends_with("words …>"), "{said}");
        assert_eq!((said.len(), bytes), (323, 11));
        for piece in
            ["[[a]]", "*a*[[b]]_c_", "&amp;[[中]]", "c<!--                                        --> *d*[[b]]"]
        {
            let text = piece.repeat(400);
            let ParsedBody { links, mentions, .. } = read(&text, Purpose::Pages);
            let said = links.iter().map(|link| mentions.of(link, &text).text.len() + SAID + 10);
            assert!(mentions.0.len() <= said.sum(), "{piece}");
        }
    }

    #[test]
    fn nothing_is_kept_where_nobody_quotes_it() {
        says("To [x](https://x.y) and <img src=\"a.png\">.", "<> | <>", 0);
        assert!(read("To [[x]].", Purpose::Checks).mentions.0.is_empty());
    }

    #[test]
    fn texts_in_yaml_are_quoted_as_others_are() {
        let book =
            "[collections.notes.fields]\nmore = { type = \"markdown\" }\nall = { type = \"markdown\", many = true }\n";
        let config = config::read(Some(book), ReadContext { folder: "book", has: &|_| false }).0;
        let text = "- id: a\n  all:\n    - of *many* of [[b]]s\n    - \"quoted \\\"it\\\" [[c]]\"\n  more: >\n    A folded\n    text of [[d]].\n\n  body: |\n    # Title\n\n    A literal text\n    of [[e|E]] in lines. More.\n\n    中 &amp; [[f]].\n- id: b\n  more: Plain of [[g]].\n  body: \"Two. Quoted of [[h]].\"\n";
        let source = Source { path: SourcePath::new("notes.yaml"), text: text.into() };
        let parsed = crate::parse::one(&config, &source);
        let said = |entry: usize| {
            let entry = &parsed.entries[entry];
            entry.links.iter().map(|link| marked(entry.mention(link))).collect::<Vec<_>>()
        };
        assert_eq!(
            said(0),
            [
                "of many of <b>s",
                "quoted \"it\" <c>",
                "A folded text of <d>.",
                "A literal text of <E> in lines.",
                "中 & <f>."
            ]
        );
        assert_eq!(said(1), ["Plain of <g>.", "Quoted of <h>."]);
        // What is said in another text of the same length is told of none.
        let other = "x".repeat(text.len());
        let mention = |text| parsed.entries[0].mentions.of(&parsed.entries[0].links[3], text);
        assert_eq!(
            (marked(mention(&other)), mention("").text),
            ("xxxxxxxxxxxxxx xxx<x>xxxxxxxxxx".to_owned(), " ".to_owned())
        );
    }
}
