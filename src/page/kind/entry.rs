//! An entry: its text, its fields, its neighbours, and what links to it.

use super::{PageKind, sources};
use crate::base::history::FileHistory;
use crate::book::{EntryId, Role, Taxonomy};
use crate::page::context::{Context, Face, Whole};
use crate::page::fragment::BelowText;
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::part::{backlinks, changes, fields, text};
use crate::page::view::{
    Anchor, Content, EntryView, FigureView, Fragment, HeadingView, HistoryView, NavItem, SourceView, View,
};
use crate::page::{Page, Subject, selection};
use crate::parse::Origin;

/// The deepest heading that the contents name.
const DEEPEST: u8 = 3;

pub const KIND: PageKind = PageKind {
    name: "entry",
    pages: |book, _| {
        let own_page = |id: &EntryId| {
            book.section(book.section_of(*id)).index != Some(*id) && book.entry(*id).role != Role::NotFound
        };
        let ids = book.ids().filter(own_page);
        ids.map(|id| Page { kind: KIND.name, subject: Subject::Entry(id), url: book.entry(id).url.clone() }).collect()
    },
    view,
};

fn view<'a>(cx: &Context<'a>) -> View<'a> {
    let Subject::Entry(id) = cx.page().subject else { unreachable!("an entry's page is about an entry") };
    let entry = cx.whole(id);
    let content = content(cx, entry);
    let trail = content.section.iter().cloned().collect();
    let head =
        Head { word: "", title: entry.title().into(), description: entry.summary(), trail, shows: Shows::Entry(entry) };
    View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::Entry(content) }
}

/// All that an entry says, on its own page or on the one of its folder.
pub fn content<'a>(cx: &Context<'a>, entry: Whole<'a>) -> Box<EntryView<'a>> {
    let said = entry.said();
    let section = entry.section();
    let (previous, next) = entry.neighbours();
    let tags = said.tags.iter().filter_map(|tag| {
        let href = cx.term_href(Taxonomy::Tags, &tag.value)?;
        Some(Anchor { title: &tag.value, href })
    });
    let shift = said.body.heading_shift();
    let headings = said.body.headings.iter().map(|heading| HeadingView {
        level: (heading.level + shift).min(6),
        text: &heading.text,
        anchor: &heading.anchor,
    });
    let figures = said.figures.iter().map(|figure| FigureView {
        value: &figure.value,
        label: &figure.label,
        href: figure.link.and_then(|link| cx.link_href(entry, link)),
    });
    let contents = headings.filter(|heading| heading.level <= DEEPEST && !heading.text.is_empty()).collect();
    let sources: Vec<SourceView> = said.sources.iter().filter_map(|source| sources::named(cx, source)).collect();
    let (fields, backlinks) = (fields::table(cx, entry), backlinks::view(cx, entry, backlinks::MOST));
    let below =
        BelowText { has_facts: !fields.is_empty(), has_sources: !sources.is_empty(), backlinks: backlinks.count };
    let contents = cx.fragment(contents, |writer, contents: &Vec<HeadingView>| {
        writer.contents(contents, entry.text_lang(cx.locale()), &below)
    });
    let image = said.links.iter().position(|link| matches!(link.from, Origin::Image));
    Box::new(EntryView {
        section: cx.section_anchor(section.id),
        section_title: cx.section_title(section.id),
        title_anchor: said.title_anchor.as_deref(),
        text_lang: entry.text_lang(cx.locale()),
        lang: entry.lang(),
        dir: entry.dir(cx.locale()),
        summary: entry.written_summary().unwrap_or_default(),
        aliases: said.aliases.iter().map(|alias| alias.value.as_str()).collect(),
        image: image.and_then(|link| cx.asset_href(entry, link)),
        image_alt: said.image_alt.as_deref().unwrap_or_default(),
        fields: cx.fragment(fields, |writer, fields| writer.facts(fields)),
        data: said.data.iter().map(|(key, node)| (key.value.as_str(), node.to_json())).collect(),
        body: text::body(cx, entry),
        contents,
        tags: cx.fragment(tags.collect(), |writer, tags: &Vec<Anchor>| writer.tags(tags)),
        sources: cx.fragment(sources, |writer, sources| writer.sources(sources)),
        figures: figures.collect(),
        backlinks,
        siblings: siblings(cx, entry),
        previous: previous.map(|face| cx.anchor(face)),
        next: next.map(|face| cx.anchor(face)),
        edit: edit_url(cx, said.path.as_str()),
        history: entry.history().map(|history| history_view(cx, entry, history)),
        published: said.published.as_ref().map(|date| cx.date(&date.value)),
        review_by: said.review_by.as_ref().map(|date| cx.date(&date.value)),
        change: changes::of_entry(cx, entry),
    })
}

/// What git knows of an entry. Who has changed a list need not have changed each entry in it.
fn history_view<'a>(cx: &Context<'a>, entry: Whole<'a>, history: &'a FileHistory) -> HistoryView<'a> {
    let of_list = entry.said().is_item;
    let contributors = history.contributors.iter().filter(|_| cx.shows_contributors() && !of_list);
    HistoryView {
        changed: cx.day(&history.last.day),
        commit: cx.commit_href(&history.last),
        first: history.first.as_ref().filter(|_| !of_list).map(|day| cx.day(day)),
        contributors: contributors.map(|name| &**name).collect(),
        of_list,
    }
}

/// The entries of its section with this one among them, if a reader can take them in at a glance.
fn siblings<'a>(cx: &Context<'a>, entry: Whole<'a>) -> Fragment<Vec<NavItem<'a>>> {
    let siblings = entry.siblings(selection::SIBLINGS);
    let is_shown = cx.page().subject == Subject::Entry(entry.id()) && siblings.len() >= 2;
    let item = |face: Face<'a>| {
        let anchor = cx.anchor(face);
        NavItem { title: anchor.title, href: anchor.href, current: face.id() == entry.id(), kind: "page" }
    };
    let siblings = siblings.into_iter().filter(|_| is_shown).map(item).collect();
    let title = cx.section_title(entry.section().id);
    cx.fragment(siblings, |writer, siblings: &Vec<NavItem>| writer.siblings(siblings, title))
}

/// Where the entry of a file can be edited: by the book's template, or in its repository on GitHub.
fn edit_url(cx: &Context, path: &str) -> Option<String> {
    let config = cx.config();
    let path: Vec<String> = path.split('/').map(crate::base::path::encode).collect();
    let path = path.join("/");
    match (&config.edit_url, &config.repository) {
        (Some(template), _) => Some(template.replace("{path}", &path)),
        (None, Some(repository)) if repository.starts_with("https://github.com/") => {
            Some(format!("{}/edit/main/{path}", repository.trim_end_matches('/')))
        }
        _ => None,
    }
}
