//! Texts with markup as they stand on a page: what each link in them leads to there.

use super::context::{Context, Whole};
use super::list::{self, GroupBy};
use super::{Page, SiteContent, Subject, block, source_anchor};
use crate::base::path::{UrlPath, encode};
use crate::book::{EntryId, GeneratedPage, ParsedWikilink, Resolution};
use crate::markup::{self, Host, LinkTarget, RenderInput};
use crate::parse::markdown::Dialect;
use crate::parse::{self, Body, Link, Origin};

/// A text of an entry on a page.
struct TextHost<'c, 'a> {
    content: &'c SiteContent,
    cx: &'c Context<'a>,
    entry: Whole<'c>,
    body: &'c Body,
    lang: &'c str,
}

impl Host for TextHost<'_, '_> {
    fn link(&self, at: usize) -> LinkTarget {
        // The links of this text are found again by where they begin.
        let links = self.body.links();
        match link_at(&self.entry.said().links[links.clone()], at) {
            Some(found) => self.content.target(self.cx.page(), self.entry.id(), links.start + found),
            None => LinkTarget::Plain { text: None },
        }
    }

    fn block(&self, at: usize) -> Option<String> {
        let places = self.body.blocks();
        let blocks = &self.entry.said().blocks[places.clone()];
        let found = blocks.binary_search_by_key(&(at as u32), |block| block.at).ok()?;
        block::html(self.cx, self.entry, places.start + found, self.lang)
    }
}

impl SiteContent {
    /// A text with markup as HTML: the body, or a Markdown field. `prefix` tells its ids from those of other texts on
    /// the page; the body's has none. `lang` is the text's own language, if it is not its entry's.
    pub fn markdown(&self, cx: &Context, entry: Whole, body: &Body, prefix: &str, lang: Option<&str>) -> String {
        let (said, locale) = (entry.said(), cx.locale());
        let lang = lang.or(said.lang.as_deref()).unwrap_or(&locale.language);
        let anchors: Vec<String> = body.headings.iter().map(|heading| format!("{prefix}{}", heading.anchor)).collect();
        let markup = RenderInput {
            text: body.text(&said.text),
            title: body.title.map(|at| at as usize),
            anchors: &anchors,
            host: &TextHost { content: self, cx, entry, body, lang },
            prefix,
            lang,
            locale,
            dialect: Dialect::of(&self.book.config),
            heading_shift: body.heading_shift(),
        };
        match prefix {
            "" => markup::html(&markup, &self.highlighter),
            _ => markup::inline_html(&markup, &self.highlighter),
        }
    }

    /// The way to where a link of an entry leads, if it leads to something in this output.
    pub fn link_href(&self, page: &Page, id: EntryId, link: usize) -> Option<String> {
        match self.target(page, id, link) {
            LinkTarget::To { href, .. } => Some(href),
            _ => None,
        }
    }

    /// What a link of an entry in its body says that has no words of its own, where it leads to an entry; it is found by
    /// where it begins in the text.
    pub fn link_name(&self, id: EntryId, at: usize) -> Option<String> {
        let body = self.book.entry(id).body.links();
        self.name_of_link(id, body.start + link_at(&self.book.entry(id).links[body], at)?)
    }

    /// The same for a link by its place among the entry's.
    pub fn name_of_link(&self, id: EntryId, place: usize) -> Option<String> {
        let (written, _) = self.book.pointed(id, place);
        match self.book.resolution(id, place) {
            Resolution::Found { entry, anchor, .. } => Some(self.name_of(*entry, anchor.as_deref(), written)),
            Resolution::NoSuchAnchor { entry, .. } => Some(self.name_of(*entry, None, written)),
            _ => None,
        }
    }

    /// What a link to an entry says that has no words of its own.
    fn name_of(&self, to: EntryId, anchor: Option<&str>, written: &parse::RawTarget) -> String {
        let entry = self.book.entry(to);
        let title = &entry.title.value;
        match (anchor, written) {
            (Some(anchor), parse::RawTarget::Name { name, .. }) => {
                let heading = entry.body.headings.iter().find(|heading| *heading.anchor == *anchor);
                let heading = heading.map_or(anchor, |heading| &*heading.text);
                if name.is_empty() { heading.to_owned() } else { format!("{title}: {heading}") }
            }
            _ => title.clone(),
        }
    }

    /// Where a link of an entry leads on a page, and what it says there.
    fn target(&self, page: &Page, id: EntryId, link: usize) -> LinkTarget {
        let led = self.led(page, id, link);
        match (led, self.book.graph.parsed_wikilink(id, link)) {
            // Its name holds a bar, and what stands behind that are not its words.
            (LinkTarget::To { href, external, class, text, .. }, Some(ParsedWikilink { words: Some(words), .. })) => {
                let text = Some(words.to_string()).filter(|words| !words.is_empty()).or(text);
                LinkTarget::To { href, external, class, text, instead: true }
            }
            (led, _) => led,
        }
    }

    /// Where a link of an entry leads.
    fn led(&self, page: &Page, id: EntryId, link: usize) -> LinkTarget {
        let embed = self.book.entry(id).links[link].embed;
        let (written, _) = self.book.pointed(id, link);
        let leads = |href: String, text: Option<&str>| LinkTarget::To {
            href,
            external: false,
            class: None,
            text: text.filter(|text| !text.is_empty()).map(str::to_owned),
            instead: false,
        };
        let fragment = match written {
            parse::RawTarget::Name { fragment, .. } | parse::RawTarget::Path { fragment, .. } => fragment.as_deref(),
            parse::RawTarget::Url(_) => None,
        };
        match self.book.resolution(id, link) {
            // The policy of every page shows no picture from another host: the way to it is a link.
            Resolution::External if embed => match written {
                parse::RawTarget::Url(url) if !url.starts_with("data:") => {
                    LinkTarget::To { href: url.to_string(), external: true, class: None, text: None, instead: false }
                }
                _ => LinkTarget::Keep,
            },
            Resolution::External => LinkTarget::Keep,
            Resolution::Held(_) => LinkTarget::Plain { text: None },
            Resolution::Found { entry: to, anchor, .. } => self.found(page, *to, anchor.as_deref(), written),
            Resolution::NoSuchAnchor { entry: to, .. } => self.found(page, *to, None, written),
            Resolution::Section(section) => match self.section_anchor(page, *section) {
                Some(anchor) => leads(anchor.href, Some(anchor.title)),
                None => LinkTarget::Plain { text: None },
            },
            Resolution::Made(kind) => match self.made_href(page, *kind, fragment) {
                Some(href) => leads(href, None),
                None => LinkTarget::Plain { text: None },
            },
            Resolution::Asset(asset) => match (self.asset_url(*asset), fragment) {
                (Some(url), _) if embed && is_picture(url) => LinkTarget::Image { src: self.way(page, url) },
                (Some(url), Some(fragment)) => leads(format!("{}#{}", self.way(page, url), encode(fragment)), None),
                (Some(url), None) => leads(self.way(page, url), None),
                (None, _) => LinkTarget::Plain { text: None },
            },
            Resolution::Ambiguous(_) => {
                LinkTarget::Broken { reason: self.locale_of(page).words.get("leads_to_several").to_owned() }
            }
            Resolution::WrongCollection(_) | Resolution::Outside | Resolution::Missing => {
                LinkTarget::Broken { reason: self.locale_of(page).words.get("leads_nowhere").to_owned() }
            }
        }
    }

    fn found(&self, page: &Page, to: EntryId, anchor: Option<&str>, written: &parse::RawTarget) -> LinkTarget {
        let same = self.entry_url(to) == Some(&page.url);
        let mut href = if same && anchor.is_some() { String::new() } else { self.entry_href(page, to) };
        if let Some(anchor) = anchor {
            href.push('#');
            href.push_str(&encode(anchor));
        }
        let text = self.name_of(to, anchor, written);
        LinkTarget::To { href, external: false, class: None, text: Some(text), instead: false }
    }

    /// The link to a page that the book makes by itself; on the timeline to a year or an entry, on whichever part of it
    /// that stands.
    fn made_href(&self, page: &Page, kind: GeneratedPage, fragment: Option<&str>) -> Option<String> {
        let whole = self.href(page, &Subject::made(kind))?;
        if let (GeneratedPage::Sources, Some(key)) = (kind, fragment) {
            let href = self.book.cited(key).and_then(|_| source_anchor::href(Some(whole.clone()), key));
            return Some(href.unwrap_or(whole));
        }
        let Some(fragment) = fragment.filter(|_| kind == GeneratedPage::Timeline) else { return Some(whole) };
        let years = self.groups(&Subject::Timeline(None));
        let year = match years.has(fragment) {
            true => Some(fragment.to_owned()),
            false => {
                let id = self.book.names.at(fragment).filter(|id| self.book.is_on_timeline(*id));
                id.map(|id| list::key(&self.book, GroupBy::Year, id))
            }
        };
        let Some(year) = year else { return Some(whole) };
        let part = self.href(page, &Subject::Timeline(Some(year))).unwrap_or(whole);
        Some(format!("{part}#{}", encode(fragment)))
    }
}

/// Which of the links of a text begins at a place in it.
fn link_at(links: &[Link], at: usize) -> Option<usize> {
    let begins = |link: &Link| if let Origin::Prose { at, .. } = link.from { at } else { 0 };
    links.binary_search_by_key(&(at as u32), begins).ok()
}

/// Whether browsers show a file as a picture, by its name.
fn is_picture(url: &UrlPath) -> bool {
    let extension = url.as_str().rsplit('.').next().unwrap_or("").to_lowercase();
    matches!(extension.as_str(), "apng" | "avif" | "bmp" | "gif" | "ico" | "jpeg" | "jpg" | "png" | "svg" | "webp")
}
