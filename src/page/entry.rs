//! An entry: its text, its fields, its neighbours, and what links to it.

use super::shelf::summary;
use super::view::{Anchor, Content, EntryView, FigureView, HeadingView, NavItem, View};
use super::{Page, PageKind, Shelf, Subject, fields, mentions, sources};
use crate::base::direction::direction;
use crate::book::{EntryId, Role};
use crate::parse::Origin;

/// The deepest heading that the contents name.
const DEEPEST: u8 = 3;

/// How many entries a section may have for each of them to name them all.
pub const SIBLINGS: usize = 24;

pub const KIND: PageKind = PageKind {
    name: "entry",
    pages: |book, _| {
        let own_page = |id: &EntryId| {
            book.section(book.section_of(*id)).index != Some(*id) && book.entry(*id).role != Role::NotFound
        };
        let ids = book.ids().filter(own_page);
        ids.map(|id| Page { kind: &KIND, subject: Subject::Entry(id), url: book.entry(id).url.clone() }).collect()
    },
    shows: |print| {
        if let Subject::Entry(id) = print.page.subject {
            print.whole(id);
        }
    },
    view,
};

fn view<'a>(shelf: &'a Shelf, page: &'a Page) -> View<'a> {
    let Subject::Entry(id) = page.subject else { unreachable!("an entry's page is about an entry") };
    let entry = shelf.book.entry(id);
    let content = content(shelf, page, id);
    let trail = content.section.iter().cloned().collect();
    View {
        page: shelf.page(page, &entry.title.value, summary(entry), trail),
        site: shelf.site(page),
        content: Content::Entry(content),
    }
}

/// All that an entry says, on its own page or on the one of its folder.
pub fn content<'a>(shelf: &'a Shelf, page: &Page, id: EntryId) -> Box<EntryView<'a>> {
    let book = &shelf.book;
    let entry = book.entry(id);
    let section_id = book.section_of(id);
    let (previous, next) = neighbours(shelf, page, id);
    let tags = entry.tags.iter().filter_map(|tag| {
        let href = shelf.href(page, &Subject::Tag(shelf.tag(&tag.value)?, None))?;
        Some(Anchor { title: &tag.value, href })
    });
    let shift = entry.body.heading_shift();
    let headings = entry.body.headings.iter().map(|heading| HeadingView {
        level: (heading.level + shift).min(6),
        text: &heading.text,
        anchor: &heading.anchor,
    });
    let figures = entry.figures.iter().map(|figure| FigureView {
        value: &figure.value,
        label: &figure.label,
        href: figure.link.and_then(|link| shelf.link_href(page, id, link)),
    });
    let image = entry.links.iter().position(|link| matches!(link.from, Origin::Image));
    Box::new(EntryView {
        section: shelf.section_anchor(page, section_id),
        section_title: shelf.section_title(section_id),
        title_anchor: entry.title_anchor.as_deref(),
        text_lang: entry.lang.as_deref().unwrap_or(&book.config.language),
        lang: entry.lang.as_deref(),
        dir: entry.lang.as_deref().and_then(|lang| direction(lang).inside(direction(&book.config.language))),
        summary: entry.summary.as_ref().map_or("", |summary| &summary.value),
        aliases: entry.aliases.iter().map(|alias| alias.value.as_str()).collect(),
        image: image.and_then(|link| shelf.asset_href(page, id, link)),
        image_alt: entry.image_alt.as_deref().unwrap_or_default(),
        fields: fields::table(shelf, page, id),
        data: entry.data.iter().map(|(key, node)| (key.value.as_str(), node.to_json())).collect(),
        body: shelf.body(page, id),
        contents: headings.filter(|heading| heading.level <= DEEPEST && !heading.text.is_empty()).collect(),
        tags: tags.collect(),
        sources: entry.sources.iter().filter_map(|source| sources::named(shelf, page, source)).collect(),
        figures: figures.collect(),
        backlinks: mentions::view(shelf, page, id, mentions::MOST),
        siblings: siblings(shelf, page, id),
        previous,
        next,
        edit: edit_url(shelf, id),
        published: entry.published.as_ref().map(|date| shelf.date(&date.value)),
        review_by: entry.review_by.as_ref().map(|date| shelf.date(&date.value)),
    })
}

/// The entries of its section with this one among them, if a reader can take them in at a glance.
fn siblings<'a>(shelf: &'a Shelf, page: &Page, id: EntryId) -> Vec<NavItem<'a>> {
    let section = shelf.book.section(shelf.book.section_of(id));
    if page.subject != Subject::Entry(id) || !(2..=SIBLINGS).contains(&section.members.len()) {
        return Vec::new();
    }
    let item = |member: &EntryId| {
        let anchor = shelf.entry_anchor(page, *member);
        NavItem { title: anchor.title, href: anchor.href, current: *member == id, kind: "page" }
    };
    section.members.iter().map(item).collect()
}

/// The entries before and after this one in its section.
fn neighbours<'a>(shelf: &'a Shelf, page: &Page, id: EntryId) -> (Option<Anchor<'a>>, Option<Anchor<'a>>) {
    let (previous, next) = shelf.book.neighbours(id);
    let anchor = |id: Option<EntryId>| id.map(|id| shelf.entry_anchor(page, id));
    (anchor(previous), anchor(next))
}

/// Where the entry can be edited: by the book's template, or in its repository on GitHub.
fn edit_url(shelf: &Shelf, id: EntryId) -> Option<String> {
    let config = &shelf.book.config;
    let path: Vec<String> = shelf.book.entry(id).path.as_str().split('/').map(crate::base::path::encode).collect();
    let path = path.join("/");
    match (&config.edit_url, &config.repository) {
        (Some(template), _) => Some(template.replace("{path}", &path)),
        (None, Some(repository)) if repository.starts_with("https://github.com/") => {
            Some(format!("{}/edit/main/{path}", repository.trim_end_matches('/')))
        }
        _ => None,
    }
}
