//! Where a link of an entry leads on a page, and what it says there.

use std::ops::Range;

use super::SiteContent;
use crate::base::path::{UrlPath, encode};
use crate::book::{EntryId, GeneratedPage, ParsedWikilink, Resolution};
use crate::markup::LinkTarget;
use crate::page::list::{self, GroupBy};
use crate::page::{Page, Subject, social_image, source_anchor};
use crate::parse::{Link, Origin, RawTarget};

impl SiteContent {
    /// The way to where a link of an entry leads, if it leads to something in this output.
    pub fn link_href(&self, page: &Page, id: EntryId, link: usize) -> Option<String> {
        match self.target(page, id, link) {
            LinkTarget::To { href, .. } => Some(href),
            _ => None,
        }
    }

    /// The address of the picture that an entry shows, if most programs can read it.
    pub fn photo_url(&self, id: EntryId) -> Option<&UrlPath> {
        self.asset_url(social_image::photo(&self.book, id)?)
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
    fn name_of(&self, to: EntryId, anchor: Option<&str>, written: &RawTarget) -> String {
        let entry = self.book.entry(to);
        let title = &entry.title.value;
        match (anchor, written) {
            (Some(anchor), RawTarget::Name { name, .. }) => {
                let heading = entry.body.headings.iter().find(|heading| *heading.anchor == *anchor);
                let heading = heading.map_or(anchor, |heading| &*heading.text);
                if name.is_empty() { heading.to_owned() } else { format!("{title}: {heading}") }
            }
            _ => title.clone(),
        }
    }

    /// Where a link of an entry leads on a page and what it says there, of these links by where it begins in their text.
    pub fn target_at(&self, page: &Page, id: EntryId, links: Range<usize>, at: usize) -> Option<LinkTarget> {
        let found = link_at(&self.book.entry(id).links[links.clone()], at)?;
        Some(self.target(page, id, links.start + found))
    }

    /// The same for a link by its place among the entry's.
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
            RawTarget::Name { fragment, .. } | RawTarget::Path { fragment, .. } => fragment.as_deref(),
            RawTarget::Url(_) => None,
        };
        match self.book.resolution(id, link) {
            // The policy of every page shows no picture from another host: the way to it is a link.
            Resolution::External if embed => match written {
                RawTarget::Url(url) if !url.starts_with("data:") => {
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

    fn found(&self, page: &Page, to: EntryId, anchor: Option<&str>, written: &RawTarget) -> LinkTarget {
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
