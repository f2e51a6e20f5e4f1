//! What a view may ask: the book, and where other pages stand in this output.

use rustc_hash::FxHashMap;

use super::view::{Anchor, DateView, ItemView, NavItem, PageView, SiteView};
use super::{Page, Plan, Subject, fields, made};
use crate::base::date::Date;
use crate::base::path::{UrlPath, encode};
use crate::base::words::Words;
use crate::book::{Book, EntryId, Resolution, SectionId};
use crate::markup::{self, Highlighter, Markup, RawHtml, Target};
use crate::parse::{Body, Entry, Origin};

/// How many pages and plain sections the navigation names at most.
const NAV_PAGES: usize = 6;
const NAV_SECTIONS: usize = 10;

/// A book with the addresses of one output.
pub struct Shelf<'a> {
    pub book: &'a Book,
    /// The words of the interface.
    pub words: &'a Words,
    urls: FxHashMap<Subject, UrlPath>,
    assets: Vec<Option<UrlPath>>,
    highlighter: Highlighter,
}

impl<'a> Shelf<'a> {
    pub fn new(book: &'a Book, plan: &Plan, words: &'a Words) -> Shelf<'a> {
        let pages = plan.pages.iter().map(|page| (page.subject.clone(), page.url.clone()));
        let displaced = plan.displaced.iter().map(|(subject, file)| (subject.clone(), file.url()));
        let urls = pages.chain(displaced).collect();
        let mut assets = vec![None; book.places.assets.len()];
        for (asset, file) in &plan.assets {
            assets[asset.0 as usize] = Some(file.url());
        }
        Shelf { book, words, urls, assets, highlighter: Highlighter::default() }
    }

    /// The address of a page, if this output has it.
    pub fn url(&self, subject: &Subject) -> Option<&UrlPath> {
        self.urls.get(subject)
    }

    /// The link from a page to another, if this output has it.
    pub fn href(&self, from: &Page, subject: &Subject) -> Option<String> {
        self.url(subject).map(|url| from.url.link_to(url))
    }

    /// The link from a page to an entry, which may be a section's own page or the home page.
    pub fn entry_href(&self, from: &Page, id: EntryId) -> String {
        self.href(from, &self.subject(id)).unwrap_or_default()
    }

    /// The address of the page on which an entry stands.
    pub fn entry_url(&self, id: EntryId) -> Option<&UrlPath> {
        self.url(&self.subject(id))
    }

    /// The public address of a page, where the book has one.
    pub fn canonical(&self, url: Option<&UrlPath>) -> Option<String> {
        let site = self.book.config.site_url.as_ref().filter(|site| site.starts_with("http"))?;
        let path: Vec<String> = url?.as_str().split('/').map(encode).collect();
        Some(format!("{site}{}", path.join("/")))
    }

    /// The page on which an entry stands.
    fn subject(&self, id: EntryId) -> Subject {
        let section_id = self.book.section_of(id);
        let section = self.book.section(section_id);
        match section.index == Some(id) {
            true if section.name.is_empty() => Subject::Home,
            true => Subject::Section(section_id, None),
            false => Subject::Entry(id),
        }
    }

    pub fn entry_anchor(&self, from: &Page, id: EntryId) -> Anchor {
        Anchor { title: self.book.entry(id).title.value.clone(), href: self.entry_href(from, id) }
    }

    pub fn section_anchor(&self, from: &Page, id: SectionId) -> Option<Anchor> {
        let href = self.href(from, &Subject::Section(id, None))?;
        Some(Anchor { title: self.book.section(id).title.clone(), href })
    }

    /// What every page says of itself.
    pub fn page(&self, page: &Page, title: String, description: String, trail: Vec<Anchor>) -> PageView {
        let config = &self.book.config;
        let depth = page.url.as_str().matches('/').count();
        PageView {
            kind: page.kind.name,
            title,
            description,
            lang: config.language.clone(),
            canonical: self.canonical(Some(&page.url)),
            root: "../".repeat(depth),
            trail,
        }
    }

    /// What every page says of the site.
    pub fn site(&self, page: &Page) -> SiteView {
        let book = self.book;
        let config = &book.config;
        let mut nav = Vec::new();
        let here = match &page.subject {
            Subject::Section(id, _) => Some(*id),
            Subject::Entry(id) | Subject::Backlinks(id) => Some(book.section_of(*id)),
            _ => None,
        };
        let mut plain = 0;
        for id in book.section_ids() {
            let section = book.section(id);
            if section.name.is_empty() {
                continue;
            }
            plain += usize::from(section.declared.is_none());
            if plain > NAV_SECTIONS {
                continue;
            }
            if let Some(Anchor { title, href }) = self.section_anchor(page, id) {
                nav.push(NavItem { title, href, current: here == Some(id), kind: "section" });
            }
        }
        if let Some(href) = self.href(page, &Subject::Timeline(None)) {
            let current = matches!(page.subject, Subject::Timeline(_));
            nav.push(NavItem { title: String::new(), href, current, kind: "timeline" });
        }
        let root = book.sections.iter().find(|section| section.name.is_empty());
        for id in root.iter().flat_map(|root| &root.members).take(NAV_PAGES) {
            let Anchor { title, href } = self.entry_anchor(page, *id);
            nav.push(NavItem { title, href, current: page.subject == Subject::Entry(*id), kind: "page" });
        }
        SiteView {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language.clone(),
            authors: config.authors.clone(),
            home: self.href(page, &Subject::Home).unwrap_or_default(),
            nav,
            tags: self.href(page, &Subject::Tags),
            sources: self.href(page, &Subject::Sources),
            repository: config.repository.clone(),
        }
    }

    /// A date as readers see it.
    pub fn date(&self, date: &Date) -> DateView {
        DateView {
            text: date.human(self.words),
            datetime: date.html_datetime(),
            certain: !date.is_approximate() && !date.is_uncertain(),
        }
    }

    /// An entry as it stands in lists.
    pub fn item(&self, page: &Page, id: EntryId) -> ItemView {
        let entry = self.book.entry(id);
        ItemView {
            title: entry.title.value.clone(),
            href: self.entry_href(page, id),
            anchor: None,
            summary: summary(entry),
            date: entry.date.as_ref().map(|date| self.date(&date.value)),
            kind: None,
            chips: fields::chips(self, page, id),
        }
    }

    /// An entry's body as HTML.
    pub fn body(&self, page: &Page, id: EntryId) -> String {
        let entry = self.book.entry(id);
        self.markdown(page, id, &entry.body, None, false)
    }

    /// A text with markup as HTML: the body, or a Markdown field.
    pub fn markdown(&self, page: &Page, id: EntryId, body: &Body, field: Option<usize>, inline: bool) -> String {
        let entry = self.book.entry(id);
        let config = &self.book.config;
        let start = body.start as usize;
        // The links of this text in order, found again by where they begin.
        let links: Vec<(u32, usize)> = entry
            .links
            .iter()
            .enumerate()
            .filter_map(|(i, link)| match &link.from {
                Origin::Prose { field: of, at, .. } if *of == field => Some((*at, i)),
                _ => None,
            })
            .collect();
        let target = |at: usize| {
            let at = (at + start) as u32;
            match links.binary_search_by_key(&at, |(at, _)| *at) {
                Ok(found) => self.target(page, id, links[found].1),
                Err(_) => Target::Plain { text: None },
            }
        };
        let anchors: Vec<String> = body.headings.iter().map(|heading| heading.anchor.clone()).collect();
        let prefix = field.map_or(String::new(), |field| format!("{field}:"));
        let markup = Markup {
            text: &body.text(self.book.text(entry))[start..],
            anchors: &anchors,
            target: &target,
            prefix: &prefix,
            lang: entry.lang.as_deref().unwrap_or(&config.language),
            han: &config.han,
            raw_html: if config.trust_html { RawHtml::Allow } else { RawHtml::Sanitize },
            heading_shift: body.heading_shift(),
            words: self.words,
        };
        match inline {
            true => markup::inline_html(&markup, &self.highlighter),
            false => markup::html(&markup, &self.highlighter),
        }
    }

    /// Where a link of an entry leads on a page.
    fn target(&self, page: &Page, id: EntryId, link: usize) -> Target {
        let entry = self.book.entry(id);
        let written = &entry.links[link];
        match self.book.resolution(id, link) {
            Resolution::External => Target::Keep,
            Resolution::Draft => Target::Plain { text: None },
            Resolution::Found { entry: to, anchor } => self.found(page, *to, anchor.as_deref(), &written.target),
            Resolution::NoSuchAnchor { entry: to, .. } => self.found(page, *to, None, &written.target),
            Resolution::Section(section) => {
                self.to(page, &Subject::Section(*section, None), &self.book.section(*section).title)
            }
            Resolution::Made(kind) => self.to(page, &made(*kind), ""),
            Resolution::Asset(asset) => match &self.assets[asset.0 as usize] {
                Some(url) if written.embed => Target::Image { src: page.url.link_to(url) },
                Some(url) => Target::To { href: page.url.link_to(url), external: false, class: None, text: None },
                None => Target::Plain { text: None },
            },
            Resolution::Ambiguous(_) => Target::Broken { reason: self.words.get("leads_to_several").to_owned() },
            Resolution::WrongCollection(_) | Resolution::Outside | Resolution::Missing => {
                Target::Broken { reason: self.words.get("leads_nowhere").to_owned() }
            }
        }
    }

    fn found(&self, page: &Page, to: EntryId, anchor: Option<&str>, written: &crate::parse::Target) -> Target {
        let title = self.book.entry(to).title.value.clone();
        let same = self.url(&self.subject(to)) == Some(&page.url);
        let mut href = if same && anchor.is_some() { String::new() } else { self.entry_href(page, to) };
        let mut text = title;
        if let Some(anchor) = anchor {
            href.push('#');
            href.push_str(&encode(anchor));
            if let crate::parse::Target::Name { name, .. } = written {
                let headings = &self.book.entry(to).body.headings;
                let heading = headings.iter().find(|heading| heading.anchor == anchor);
                let heading = heading.map_or(anchor, |heading| heading.text.as_str());
                text = if name.is_empty() { heading.to_owned() } else { format!("{text}: {heading}") };
            }
        }
        Target::To { href, external: false, class: None, text: Some(text) }
    }

    fn to(&self, page: &Page, subject: &Subject, title: &str) -> Target {
        match self.href(page, subject) {
            Some(href) => {
                let text = (!title.is_empty()).then(|| title.to_owned());
                Target::To { href, external: false, class: None, text }
            }
            None => Target::Plain { text: None },
        }
    }

    /// The link to an entry's picture, or to any asset that a link of it means.
    pub fn asset_href(&self, page: &Page, id: EntryId, link: usize) -> Option<String> {
        let Resolution::Asset(asset) = self.book.resolution(id, link) else { return None };
        self.assets[asset.0 as usize].as_ref().map(|url| page.url.link_to(url))
    }
}

/// What an entry says of itself in a sentence.
pub fn summary(entry: &Entry) -> String {
    match &entry.summary {
        Some(summary) => summary.value.clone(),
        None => entry.body.excerpt.clone(),
    }
}
