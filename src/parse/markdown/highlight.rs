//! Highlighted words, `==so==`, as vaults have them. Whether two signs of equality open or close is told by what stands
//! beside them; and both of a pair stand in the same element, so that a mark and emphasis never cross.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::is_hostile;
use super::mask::Masked;
use super::node::{Element, ElementKind, LinkKind, Node, Placed};
use super::stream::Nodes;
use crate::base::cjk::is_east_asian;

/// The nodes of a text with its marks among them.
pub struct Marked<'a, 'm> {
    masked: &'m Masked<'a>,
    nodes: Nodes<'a, 'm>,
    /// Whether there can be marks: most texts have none, and their nodes are handed on as they are.
    has_signs: bool,
    /// Whether a block of code or an address is open, in which there are none.
    is_literal: bool,
    /// The rest of a block that has signs.
    ready: VecDeque<Placed<'a>>,
}

impl<'a, 'm> Marked<'a, 'm> {
    pub fn new(masked: &'m Masked<'a>, nodes: Nodes<'a, 'm>) -> Marked<'a, 'm> {
        let has_signs = SIGN.find(masked.text.as_bytes()).is_some() && !is_hostile(masked.text);
        Marked { masked, nodes, has_signs, is_literal: false, ready: VecDeque::new() }
    }

    /// The next node of a text that has signs.
    fn read(&mut self) -> Option<Placed<'a>> {
        if let Some(next) = self.ready.pop_front() {
            return Some(next);
        }
        let next = self.take()?;
        let may_begin = matches!(next.0, Node::Text(_)) && !self.is_literal && {
            let text = self.masked.text;
            signs(text, next.1.clone()).any(|at| may(text, at).opens)
        };
        if !may_begin {
            return Some(next);
        }
        let mut block = vec![next];
        while let Some(next) = self.take() {
            let is_end = is_end(&next.0);
            block.push(next);
            if is_end {
                break;
            }
        }
        self.mark(block);
        self.ready.pop_front()
    }

    fn take(&mut self) -> Option<Placed<'a>> {
        let (mut node, range) = self.nodes.next()?;
        match &mut node {
            Node::Start(Element::CodeBlock(_)) => self.is_literal = true,
            Node::Start(element) => self.is_literal = is_address(element, self.masked.text, &range),
            Node::End(ElementKind::CodeBlock | ElementKind::Link) => self.is_literal = false,
            Node::Picture(picture) if SIGN.find(picture.words.as_bytes()).is_some() => {
                // Of its words it is not known which are code or escaped.
                let written = &self.masked.text[range.clone()];
                if !written.contains('`') && !written.contains("\\=") {
                    picture.words = without_signs(&picture.words);
                }
            }
            _ => {}
        }
        Some((node, range))
    }

    /// Makes a block ready, with its marks.
    fn mark(&mut self, block: Vec<Placed<'a>>) {
        let signs = self.signs_of(&block);
        let mut signs = signs.into_iter().filter_map(|sign| Some((sign.node, sign.at, sign.mark?))).peekable();
        let mut nodes = block.into_iter().enumerate();
        while let Some((nth, (node, range))) = nodes.next() {
            match node {
                Node::Text(_) if signs.peek().is_some_and(|(node, ..)| *node == nth) => {
                    let mut from = range.start;
                    while let Some((_, at, mark)) = signs.next_if(|(node, ..)| *node == nth) {
                        self.say(from..at);
                        self.ready.push_back(mark);
                        from = at + LENGTH;
                    }
                    self.say(from..range.end);
                }
                Node::Start(Element::Link(mut link)) if signs.peek().is_some_and(|(node, ..)| *node == nth) => {
                    let range = range.start..range.end - LENGTH;
                    let words = self.masked.shown(range.clone()).into();
                    link.destination = link.destination[..link.destination.len() - LENGTH].to_owned().into();
                    link.place = range.clone();
                    let start = Node::Start(Element::Link(link));
                    let link = [start, Node::Text(words), Node::End(ElementKind::Link)];
                    self.ready.extend(link.map(|node| (node, range.clone())));
                    self.ready.extend(signs.next().map(|(.., mark)| mark));
                    // These were its words and its end.
                    nodes.nth(1);
                }
                node => self.ready.push_back((node, range)),
            }
        }
    }

    fn say(&mut self, range: Range<usize>) {
        let text = self.masked.shown(range.clone());
        if !text.is_empty() {
            self.ready.push_back((Node::Text(text.into()), range));
        }
    }

    /// The signs in a block, in order.
    fn signs_of(&self, block: &[Placed<'a>]) -> Vec<Sign<'a>> {
        let text = self.masked.text;
        let mut signs = Signs::default();
        let mut in_address = false;
        for (nth, (node, range)) in block.iter().enumerate() {
            match node {
                Node::Start(element) => {
                    in_address = is_address(element, text, range);
                    if in_address && self.may_be_cut(&block[nth..]) {
                        signs.may_end(nth, range.end - LENGTH);
                    }
                    signs.enter();
                }
                Node::End(_) => {
                    in_address = false;
                    signs.leave();
                }
                // What stands in the text in another way cannot be cut there.
                Node::Text(words) if !in_address && **words == *self.masked.shown(range.clone()) => {
                    // A comment that nobody is shown has none.
                    let is_shown = |at: &usize| &*self.masked.shown(*at..at + LENGTH) == "==";
                    let found = self::signs(text, range.clone()).filter(is_shown);
                    signs.read(text, found, nth);
                }
                _ => {}
            }
        }
        signs.finish()
    }

    /// Whether an address as it stands, with which these nodes begin, ends in a sign that may be none of it.
    fn may_be_cut(&self, nodes: &[Placed<'a>]) -> bool {
        let [(Node::Start(Element::Link(link)), range), (Node::Text(words), _), (Node::End(ElementKind::Link), _), ..] =
            nodes
        else {
            return false;
        };
        let is_plain = **words == self.masked.text[range.clone()] && link.destination.ends_with(&**words);
        is_plain
            && words.ends_with("==")
            && signs(self.masked.text, range.clone()).any(|at| at + LENGTH == range.end)
            && may(self.masked.text, range.end - LENGTH).closes
    }
}

impl<'a> Iterator for Marked<'a, '_> {
    type Item = Placed<'a>;

    #[inline]
    fn next(&mut self) -> Option<Placed<'a>> {
        match self.has_signs {
            false => self.nodes.next(),
            true => self.read(),
        }
    }
}

static SIGN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"=="));

/// Of a sign, in bytes.
const LENGTH: usize = 2;

/// A sign of a block.
struct Sign<'a> {
    /// Which of the block's nodes it stands in.
    node: usize,
    at: usize,
    /// What it is, if it has another one.
    mark: Option<Placed<'a>>,
    /// Where the mark may end that it opens if nothing else closes it: with an address, of which that is a part else.
    last_resort: Option<usize>,
}

/// The signs of a block as far as it is read.
#[derive(Default)]
struct Signs<'a> {
    all: Vec<Sign<'a>>,
    /// Those that wait for another one, as places among all.
    open: Vec<usize>,
    /// How many waited where each element began that is open.
    elements: Vec<usize>,
}

impl<'a> Signs<'a> {
    fn enter(&mut self) {
        self.elements.push(self.open.len());
    }

    /// What was opened in an element is not closed behind it.
    fn leave(&mut self) {
        let before = self.elements.pop().unwrap_or(0);
        for opener in self.open.split_off(before) {
            if let Some(end) = self.all[opener].last_resort {
                self.pair(opener, end);
            }
        }
    }

    /// The innermost sign that waits in the element that is open.
    fn innermost(&self) -> Option<usize> {
        let before = self.elements.last().copied().unwrap_or(0);
        self.open[before..].last().copied()
    }

    /// Reads signs of a text that stand in a node of the block.
    fn read(&mut self, text: &str, found: impl Iterator<Item = usize>, node: usize) {
        for at in found {
            let may = may(text, at);
            let nth = self.all.len();
            let opener = self.innermost().filter(|_| may.closes);
            if opener.is_some() || may.opens {
                self.all.push(Sign { node, at, mark: None, last_resort: None });
            }
            match opener {
                Some(opener) => {
                    self.open.pop();
                    self.pair(opener, nth);
                }
                None if may.opens => self.open.push(nth),
                None => {}
            }
        }
    }

    /// The address that begins with a node ends in a sign, which is a part of it unless a mark has no other end.
    fn may_end(&mut self, node: usize, at: usize) {
        let Some(opener) = self.innermost().filter(|opener| self.all[*opener].last_resort.is_none()) else { return };
        self.all[opener].last_resort = Some(self.all.len());
        self.all.push(Sign { node, at, mark: None, last_resort: None });
    }

    fn pair(&mut self, opener: usize, closer: usize) {
        let range = self.all[opener].at..self.all[closer].at + LENGTH;
        self.all[opener].mark = Some((Node::Start(Element::Mark), range.clone()));
        self.all[closer].mark = Some((Node::End(ElementKind::Mark), range));
    }

    fn finish(mut self) -> Vec<Sign<'a>> {
        self.elements.clear();
        self.leave();
        self.all
    }
}

/// Where signs stand in a part of a text: two `=`, no more, of which none is escaped.
fn signs(text: &str, part: Range<usize>) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    // A part begins behind the backslash that escapes its first character.
    let is_escaped = part.start > 0 && bytes[part.start - 1] == b'\\' && bytes.get(part.start) == Some(&b'=');
    let mut at = part.start + usize::from(is_escaped);
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'=', bytes.get(at..part.end)?)?;
            at = start + bytes[start..].iter().take_while(|byte| **byte == b'=').count();
            if at == start + LENGTH && at <= part.end {
                return Some(start);
            }
        }
    })
}

/// What a sign may do.
struct May {
    opens: bool,
    closes: bool,
}

/// What the sign at a place may do: open where words begin, close where they end. Beside letters of scripts without
/// spaces it may do both, as emphasis may.
fn may(text: &str, at: usize) -> May {
    let (before, after) = (&text[..at], text[at + LENGTH..].chars().next());
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let (last, letter) = (before.chars().next_back(), before.chars().rev().find(|c| !is_combining(*c)));
    let is_beside = [letter, after].into_iter().flatten().any(is_east_asian);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric) && !is_beside;
    May { opens: !is_space(after) && !is_word(letter), closes: !is_space(last) && !is_word(after) }
}

/// Whether a character is a part of the one before it, such as an accent.
fn is_combining(c: char) -> bool {
    !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Mark
}

/// Whether a node is none of the words of a block, and ends them.
fn is_end(node: &Node) -> bool {
    match node {
        Node::Start(element) => !element.kind().is_inline(),
        Node::End(kind) => !kind.is_inline(),
        Node::HtmlBlock(_) | Node::Rule => true,
        _ => false,
    }
}

/// Whether an element is an address that is a link as it stands, or in `<…>`.
fn is_address(element: &Element, text: &str, range: &Range<usize>) -> bool {
    matches!(element, Element::Link(link) if link.kind == LinkKind::Markdown) && !text[range.start..].starts_with('[')
}

/// Words without the signs of their marks.
fn without_signs(words: &str) -> String {
    let mut found = Signs::default();
    found.read(words, signs(words, 0..words.len()), 0);
    let (mut plain, mut from) = (String::with_capacity(words.len()), 0);
    for sign in found.finish().iter().filter(|sign| sign.mark.is_some()) {
        plain.push_str(&words[from..sign.at]);
        from = sign.at + LENGTH;
    }
    plain + &words[from..]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Dialect, MarkdownText};
    use super::*;
    use crate::base::tests::cases;

    const VAULT: Dialect = Dialect { comments: true, trust_html: false, bare_addresses: true };

    /// The words of a text with its marks as `[…]` and other elements of a line as `(…)`, blocks divided by `|`.
    fn told(text: &str) -> String {
        let mut told = String::new();
        for (node, _) in MarkdownText::new(text, VAULT).nodes() {
            match node {
                Node::Start(Element::Mark) => told.push('['),
                Node::End(ElementKind::Mark) => told.push(']'),
                Node::Start(Element::Link(link)) if !link.has_words => told += &format!("<{}>(", link.destination),
                Node::Start(element) if element.kind().is_inline() => told.push('('),
                Node::End(kind) if kind.is_inline() => told.push(')'),
                Node::End(_) | Node::Rule if told.ends_with('|') || told.is_empty() => {}
                Node::End(_) | Node::Rule => told.push('|'),
                Node::Text(words) => told += &words,
                Node::Code(code) => told += &format!("`{code}`"),
                Node::Picture(picture) => told += &format!("!{}", picture.words),
                Node::NoteReference(label) => told += &format!("^{label}"),
                Node::Html(html) | Node::HtmlBlock(html) => told += html.text.trim_end(),
                Node::SoftBreak | Node::HardBreak => told.push('/'),
                _ => {}
            }
        }
        told.trim_end_matches('|').to_owned()
    }

    fn tell(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(told(text), *expected, "{text}");
        }
    }

    #[test]
    fn words_between_two_signs_are_a_mark() {
        tell(&[
            ("==a==", "[a]"),
            ("a ==b c== d", "a [b c] d"),
            ("(==a==), \"==b==\".", "([a]), \"[b]\"."),
            ("==a\nb==", "[a/b]"),
            ("==a== ==b==", "[a] [b]"),
            ("==a ==b== c==", "[a [b] c]"),
            ("==a==b==", "[a==b]"),
            ("==שלום== עולם", "[שלום] עולם"),
            ("e\u{301}==a== ❤\u{fe0f}==b==", "e\u{301}==a== ❤\u{fe0f}[b]"),
        ]);
    }

    #[test]
    fn signs_that_are_none_stay() {
        tell(&[
            ("a == b and c == d", "a == b and c == d"),
            ("a==b==c", "a==b==c"),
            ("==a", "==a"),
            ("a==", "a=="),
            ("== a==", "== a=="),
            ("==a ==", "==a =="),
            ("====", "===="),
            ("===a===", "===a==="),
            ("====a==", "====a=="),
            ("==a===", "==a==="),
            ("=a= = =b=", "=a= = =b="),
            ("==a\n\nb==", "==a|b=="),
            ("$x==y$ $$==$$", "$x==y$ $$==$$"),
            ("==a==b c", "==a==b c"),
            ("==", "=="),
        ]);
    }

    #[test]
    fn an_escaped_sign_is_words() {
        tell(&[
            (r"\==a==", "==a=="),
            (r"=\=a==", "==a=="),
            (r"==a\==", "==a=="),
            (r"==a=\=", "==a=="),
            (r"\===a==", "=[a]"),
            (r"\\==a==", r"\[a]"),
            (r"==\===", "[=]"),
            (r"\*==a==", "*[a]"),
            ("&#61;=a==", "==a=="),
            ("==a &amp; b==", "[a & b]"),
        ]);
    }

    #[test]
    fn code_tags_and_addresses_keep_their_signs() {
        tell(&[
            ("`==a==`", "`==a==`"),
            ("==`==`==", "[`==`]"),
            ("==a `b== c`", "==a `b== c`"),
            ("```\n==a==\n```", "==a==\n"),
            ("    ==a==", "==a=="),
            ("- ==a\n  ```\n  b== ==c==\n  ```\n  ==d==", "==ab== ==c==\n|[d]"),
            ("a <b title=\"==c==\">d</b>", "a <b title=\"==c==\">d</b>"),
            ("<div>\n==a==\n</div>", "<div>\n==a==\n</div>"),
            ("[a](b==c== \"==d==\")", "(a)"),
            ("https://a.b/?x==y==z", "(https://a.b/?x==y==z)"),
            ("https://a.b/==x==", "(https://a.b/==x==)"),
            ("<https://a.b/==x==>", "(https://a.b/==x==)"),
            ("https://a.b/?x==", "(https://a.b/?x==)"),
            ("[[==a==]]", "<==a==>()"),
        ]);
    }

    #[test]
    fn an_address_ends_with_the_mark_that_nothing_else_closes() {
        tell(&[
            ("==https://a.b/c==", "[(https://a.b/c)]"),
            ("==see https://a.b/c==.", "[see (https://a.b/c)]."),
            ("==https://a.b/?x== y==", "[(https://a.b/?x==) y]"),
            ("==a== https://a.b/?x==", "[a] (https://a.b/?x==)"),
            ("*==https://a.b/c==*", "([(https://a.b/c)])"),
            ("==https://a.b/c===", "==(https://a.b/c===)"),
            ("==a@b.c==", "[(a@b.c)]"),
            ("==<https://a.b/c>==", "[(https://a.b/c)]"),
        ]);
        let nodes: Vec<_> = MarkdownText::new("==https://a.b/c== d", VAULT).nodes().collect();
        assert!(
            nodes.iter().any(|(node, range)| matches!(
                node,
                Node::Start(Element::Link(link)) if &*link.destination == "https://a.b/c" && link.place == (2..15) && *range == (2..15)
            )),
            "{nodes:?}"
        );
    }

    #[test]
    fn a_mark_and_emphasis_stand_in_each_other_and_never_cross() {
        tell(&[
            ("==a *b* c==", "[a (b) c]"),
            ("*a ==b== c*", "(a [b] c)"),
            ("**==a==**", "([a])"),
            ("==**a**==", "[(a)]"),
            ("==_a_== ~~==b==~~", "[(a)] ([b])"),
            ("==a *b== c*", "==a (b== c)"),
            ("*a ==b* c==", "(a ==b) c=="),
            ("==a *b ==c* d==", "[a (b ==c) d]"),
            ("*a==* ==b== *c*", "(a==) [b] (c)"),
            ("==[a](b)== [[c]] ==[[d|e]]==", "[(a)] <c>() [(e)]"),
            ("[a ==b==](c) [[d|==e==]]", "(a [b]) ([e])"),
            ("[==a](b)==", "(==a)=="),
            ("==a[^1]==\n\n[^1]: ==n==", "[a^1]|[n]"),
            ("![==a== b](c) ==![d](e)==", "!a b [!d]"),
            (r"![\==a==](c) ![`==a==`](c) ![a==b](c)", "!==a== !==a== !a==b"),
            ("| ![[a.png\\|==b==]] |\n|---|", "!b"),
        ]);
    }

    #[test]
    fn marks_stand_in_every_block_and_go_beyond_none() {
        tell(&[
            ("# ==a== {#b}", "[a]"),
            ("==a==\n===", "[a]"),
            ("Title\n====", "Title"),
            ("a ==b\n==", "a ==b"),
            ("- ==a\n- b==", "==a|b=="),
            ("- ==a\n  ***\n  b==", "==a|b=="),
            ("- ==a\n  <div>\n  b==\n  </div>", "==a<div>\nb==\n</div>"),
            ("> ==a\n> b==", "[a/b]"),
            ("> [!note] A ==b==\n> ==c==", "A [b]|[c]"),
            ("> [!note] A ==b\n> c==", "A ==b|c=="),
            ("|==a==|==b|\n|---|---|\n|c==|==d \\| e==|", "[a]|==b|c==|[d | e]"),
            ("| [[a\\|==b==]] |\n|---|", "([b])"),
            ("==a==\n: ==b==", "[a]|[b]"),
            ("- [ ] ==a==", "[a]"),
        ]);
    }

    #[test]
    fn letters_without_spaces_are_marked_where_they_stand() {
        tell(&[
            ("中==文==字", "中[文]字"),
            ("这是==重点==API文档", "这是[重点]API文档"),
            ("用API==重点==，再==说==。", "用API[重点]，再[说]。"),
            ("단어==강조==를", "단어[강조]를"),
            ("==「あ」==い", "[「あ」]い"),
            ("中 == 文 == 字", "中 == 文 == 字"),
        ]);
    }

    #[test]
    fn a_comment_in_a_mark_is_shown_to_nobody() {
        tell(&[
            ("==a %%b%% c==", "[a  c]"),
            ("==a %%b== c%%", "==a "),
            ("a ==%%b%%c==", "a [c]"),
            ("%%\n==a\n%%\n\nb==", "b=="),
        ]);
    }

    #[test]
    fn a_mark_knows_where_it_stands() {
        let text = "é ==b *c*== d";
        let nodes: Vec<_> = MarkdownText::new(text, VAULT).nodes().map(|(node, range)| (node, &text[range])).collect();
        assert_eq!(nodes[2], (Node::Start(Element::Mark), "==b *c*=="));
        assert_eq!(nodes[3], (Node::Text("b ".into()), "b "));
        assert_eq!(nodes[7], (Node::End(ElementKind::Mark), "==b *c*=="));
        assert_eq!(nodes[8], (Node::Text(" d".into()), " d"));
    }

    #[test]
    fn many_signs_cost_no_more_than_their_length() {
        let n = 50_000;
        for part in ["==", "== ", "==a ", "a== ", "==a== ", "*==a ", "==https://a.b/c== ", "==\u{301}", "[==a](b)"] {
            let text = part.repeat(n);
            assert!(MarkdownText::new(&text, VAULT).nodes().count() <= 2 * text.len(), "{part:?}");
        }
        let nested = "==a ".repeat(n) + &"a== ".repeat(n);
        assert_eq!(told(&nested).matches('[').count(), n);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..cases(512) })]

        #[test]
        fn nothing_but_the_signs_of_marks_disappears(text in "[=* a.\u{4e2d}]{0,24}|(==|\\*|\\*\\*|a| |\n|`|中|\\[|\\]\\(b\\)|\\\\=){0,16}") {
            let text = format!("a {text}");
            let written = |text: &str| text.chars().filter(|c| !"*[]()`\\ /|\n".contains(*c)).collect::<String>();
            let (mut open, mut shown, mut marks) = (Vec::new(), String::new(), 0);
            for (node, _) in MarkdownText::new(&text, VAULT).nodes() {
                match node {
                    Node::Start(element) => {
                        marks += usize::from(element == Element::Mark);
                        open.push(element.kind());
                        if let Element::CodeBlock(info) = element {
                            shown += &info;
                        }
                    }
                    Node::End(kind) => prop_assert_eq!(open.pop(), Some(kind)),
                    Node::Text(words) | Node::Code(words) => shown += &words,
                    _ => {}
                }
            }
            prop_assert!(open.is_empty());
            let is_letter = |c: &char| *c != '=';
            // Of links only their words are shown, and a row of signs below words is none of them.
            let plain = text.replace("](b)", "");
            let letters: String = written(&plain).chars().filter(is_letter).collect();
            let letters_shown: String = written(&shown).replace("b)", "").chars().filter(is_letter).collect();
            prop_assert_eq!(letters.replace('b', ""), letters_shown.replace('b', ""));
            if !text.contains('\n') {
                let count = |text: &str| text.matches('=').count();
                prop_assert_eq!(count(&text), count(&shown) + 4 * marks);
            }
        }
    }
}
