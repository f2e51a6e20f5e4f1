//! What one page says: its ids, its addresses, and what no page of a site may have.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::Attribute;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::tree::{May, Reference};

/// The policy that stands on every page.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                          connect-src 'self'; manifest-src 'self'; worker-src 'self' blob:";

#[derive(Default)]
pub struct Page {
    pub ids: BTreeSet<String>,
    pub references: Vec<Reference>,
    /// What is wrong with the page by itself, and on which line.
    pub problems: Vec<(u64, String)>,
}

pub fn read(text: &str) -> Page {
    let input = BufferQueue::default();
    input.push_back(text.into());
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

/// The page as far as it has been read.
#[derive(Default)]
struct Reading {
    page: Page,
    titles: Vec<String>,
    headings: usize,
    language: bool,
    charset: bool,
    policy: bool,
    /// The first thing that a policy after it would come too late for.
    loads: Option<String>,
    /// The element whose text is being read: `title` or `script`.
    text_of: Option<&'static str>,
    /// How many `svg` and `math` elements are open: they know no h1, and their title is another.
    foreign: usize,
}

impl Reading {
    fn wrong(&mut self, line: u64, what: impl Into<String>) {
        self.page.problems.push((line, what.into()));
    }

    fn opened(&mut self, tag: &Tag, line: u64) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if tag.had_duplicate_attributes {
            self.wrong(line, format!("<{name}> has an attribute twice"));
        }
        for attribute in &tag.attrs {
            self.attribute(name, attribute, line);
        }
        self.references(tag, line);
        match name {
            "html" => self.language = value(tag, "lang").is_some_and(|lang| !lang.trim().is_empty()),
            "meta" => self.meta(tag, line),
            "base" => self.wrong(line, "<base> turns all relative addresses"),
            "style" => self.wrong(line, "<style> is refused by the policy"),
            "h1" if self.foreign == 0 => self.headings += 1,
            "title" if self.foreign == 0 => self.titles.push(String::new()),
            "script" | "link" => {
                for refused in ["crossorigin", "integrity"].iter().filter(|refused| value(tag, refused).is_some()) {
                    self.wrong(line, format!("<{name} {refused}> is refused on file://"));
                }
                if value(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("module")) {
                    self.wrong(line, "<script type=\"module\"> is refused on file://");
                }
                if has_word(tag, "rel", "manifest") {
                    self.wrong(line, "<link rel=\"manifest\"> is an error in the console on file://");
                }
            }
            _ => {}
        }
        if matches!(name, "body" | "script" | "link" | "style" | "img") {
            self.loads.get_or_insert_with(|| format!("<{name}>"));
        }
        self.foreign += usize::from(matches!(name, "svg" | "math") && !tag.self_closing);
        self.text_of = match name {
            "title" if self.foreign == 0 => Some("title"),
            // Data is no script, and nothing runs it.
            "script" if value(tag, "type") == Some("application/ld+json") && tag.attrs.len() == 1 => None,
            "script" if !tag.self_closing || self.foreign == 0 => Some("script"),
            _ => None,
        };
        match name {
            _ if self.foreign > 0 => TokenSinkResult::Continue,
            "title" | "textarea" => TokenSinkResult::RawData(Rcdata),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(Rawtext),
            "script" => TokenSinkResult::RawData(ScriptData),
            _ => TokenSinkResult::Continue,
        }
    }

    fn attribute(&mut self, element: &str, attribute: &Attribute, line: u64) {
        match &*attribute.name.local {
            "id" => {
                let id = attribute.value.to_string();
                if id.is_empty() || id.contains(char::is_whitespace) {
                    self.wrong(line, format!("id {id:?} is empty or has a space"));
                } else if !self.page.ids.insert(id.clone()) {
                    self.wrong(line, format!("id {id:?} stands on the page twice"));
                }
            }
            // An older way to name a place, which may be the name of several.
            "name" if element == "a" => drop(self.page.ids.insert(attribute.value.to_string())),
            "style" => self.wrong(line, format!("<{element} style> is refused by the policy")),
            name if name.len() > 2 && name.starts_with("on") => {
                self.wrong(line, format!("<{element} {name}> is refused by the policy"))
            }
            _ => {}
        }
    }

    fn references(&mut self, tag: &Tag, line: u64) {
        let element = &*tag.name;
        for attribute in &tag.attrs {
            let name = &*attribute.name.local;
            let may = match (element, name) {
                ("a" | "area", "href" | "xlink:href") => May::Leave,
                ("link", "href") if has_word(tag, "rel", "canonical") => May::Name,
                ("link" | "base", "href") => May::Stay,
                ("use", "href" | "xlink:href") => May::BeAnId,
                (_, "href" | "xlink:href") => May::BeData,
                ("img" | "source" | "input", "src" | "srcset") | ("video", "poster") | ("link", "imagesrcset") => {
                    May::BeData
                }
                (_, "src" | "srcset" | "poster" | "action" | "formaction" | "background" | "ping")
                | ("object", "data") => May::Stay,
                _ => continue,
            };
            let addresses =
                if name.ends_with("srcset") { candidates(&attribute.value) } else { vec![&*attribute.value] };
            let place = format!("<{element} {name}>");
            let reference = |address: &str| Reference { line, place: place.clone(), address: address.into(), may };
            self.page.references.extend(addresses.into_iter().map(reference));
        }
    }

    fn meta(&mut self, tag: &Tag, line: u64) {
        let content = value(tag, "content").unwrap_or_default();
        self.charset |= value(tag, "charset").is_some_and(|charset| charset.eq_ignore_ascii_case("utf-8"));
        match value(tag, "http-equiv").unwrap_or_default().to_ascii_lowercase().as_str() {
            "content-security-policy" => {
                self.policy = true;
                if directives(content) != directives(POLICY) {
                    self.wrong(line, format!("the content security policy is another: {content:?}"));
                }
                if let Some(early) = &self.loads {
                    let what = format!("the content security policy comes after {early}");
                    self.wrong(line, what);
                }
            }
            "refresh" => match content.split_once([';', ',']).and_then(|(_, rest)| rest.trim().split_once('=')) {
                Some((word, address)) if word.trim().eq_ignore_ascii_case("url") => {
                    let address = address.trim().trim_matches(['"', '\'']).to_string();
                    self.page.references.push(Reference {
                        line,
                        place: "<meta refresh>".into(),
                        address,
                        may: May::Stay,
                    });
                }
                _ => self.wrong(line, format!("<meta refresh> leads nowhere: {content:?}")),
            },
            _ => {}
        }
    }

    fn text(&mut self, text: &str, line: u64) {
        match (self.text_of, self.titles.last_mut()) {
            (Some("title"), Some(title)) => title.push_str(text),
            (Some("script"), _) if !text.trim().is_empty() => {
                self.wrong(line, "<script> with text of its own is refused by the policy");
                self.text_of = None;
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Page {
        match self.titles.as_slice() {
            [] => self.wrong(1, "has no <title>"),
            [title] if title.trim().is_empty() => self.wrong(1, "has an empty <title>"),
            [_] => {}
            several => {
                let what = format!("has {} <title>s", several.len());
                self.wrong(1, what);
            }
        }
        let headings = self.headings;
        let parts = [
            (headings == 1, format!("has {headings} <h1>s, and wants one")),
            (self.language, "has no <html lang>".into()),
            (self.charset, "has no <meta charset=\"utf-8\">".into()),
            (self.policy, "has no content security policy".into()),
        ];
        for (_, what) in parts.into_iter().filter(|(held, _)| !held) {
            self.wrong(1, what);
        }
        self.page
    }
}

struct Sink(RefCell<Reading>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut reading = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                return reading.opened(&tag, line);
            }
            Token::TagToken(tag) => {
                reading.text_of = None;
                if matches!(&*tag.name, "svg" | "math") {
                    reading.foreign = reading.foreign.saturating_sub(1);
                }
            }
            Token::CharacterTokens(text) => reading.text(&text, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0.borrow().foreign > 0
    }
}

fn value<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| *attribute.name.local == *name).map(|attribute| &*attribute.value)
}

fn has_word(tag: &Tag, name: &str, word: &str) -> bool {
    value(tag, name).is_some_and(|words| words.split_whitespace().any(|one| one.eq_ignore_ascii_case(word)))
}

/// `a b; c` and `c;  a b` are the same policy.
fn directives(policy: &str) -> BTreeSet<Vec<&str>> {
    let directives = policy.split(';').map(|directive| directive.split_whitespace().collect());
    directives.filter(|directive: &Vec<&str>| !directive.is_empty()).collect()
}

/// The addresses of a `srcset`: `small.png 1x, large.png 2x`. Each ends at a space,
/// or at a comma before one; a `data:` address has commas inside.
fn candidates(srcset: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|sign: char| sign.is_whitespace() || sign == ',');
        if rest.is_empty() {
            return found;
        }
        let (address, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        found.push(address.trim_end_matches(','));
        rest = if address.ends_with(',') { after } else { after.split_once(',').map_or("", |(_, next)| next) };
    }
}
