//! What pages of terms share: which there are, and the entries that name a term, by section.

use crate::book::{Book, Taxonomy, Term, TermId};
use crate::config::Layout;
use crate::page::context::{Context, Item, Items};
use crate::page::list::{self, Lists};
use crate::page::part::head::{Head, Shows};
use crate::page::part::page_view;
use crate::page::part::{fields, groups};
use crate::page::view::{Anchor, Content, CountedAnchor, GroupView, ItemView, ListView, View};
use crate::page::{Page, Subject};

/// The pages of all terms of a taxonomy.
pub fn pages(kind: &'static str, book: &Book, lists: &Lists, taxonomy: Taxonomy) -> Vec<Page> {
    let ids = book.terms.of_taxonomy(taxonomy).map(|(id, _)| id);
    ids.flat_map(|id| list::pages(kind, lists, &book.terms.address(id), &Subject::Term(id, None))).collect()
}

/// A term with the entries that name it, or a part of them. Its title begins with `word`; `all` leads to the list of all
/// terms.
pub fn view<'a>(cx: &Context<'a>, word: &str, all: Option<String>) -> View<'a> {
    let Subject::Term(id, part) = &cx.page().subject else { unreachable!("a term's page is about a term") };
    let (term, part) = (cx.term(*id), part.as_deref());
    let title = list::page_title(cx.words(), &term.title, part);
    let trail = all.map(|href| Anchor { title: "", href }).into_iter().collect();
    let content = entries(cx, *id, part);
    let shown = cx.list(&Subject::Term(*id, None), part);
    let shows = Shows::entries(content.count, shown.iter().map(|item| item.title()), &content.parts, part);
    let head = Head { title, trail, ..Head::of_word(cx.words().get(word), shows) };
    View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::List(content) }
}

/// A term as lists of terms show it.
pub fn anchor<'a>(cx: &Context<'a>, (id, term): (TermId, &'a Term)) -> CountedAnchor<'a> {
    CountedAnchor {
        title: &term.title,
        href: cx.href(&Subject::Term(id, None)).unwrap_or_default(),
        count: term.entries.len(),
        description: "",
    }
}

fn entries<'a>(cx: &Context<'a>, id: TermId, part: Option<&str>) -> ListView<'a> {
    let whole = Subject::Term(id, None);
    let (term, shown) = (cx.term(id), cx.list(&whole, part));
    let key = Some(term.key.as_str()).filter(|key| *key != term.title);
    ListView {
        chart: None,
        own: None,
        names: term.names.iter().copied().chain(key).collect(),
        count: if part.is_some() { shown.ids.len() } else { cx.count(&whole) },
        parts: cx.parts(&whole, part),
        groups: by_section(cx, shown, cx.href(&whole).as_deref()),
    }
}

/// Entries under their sections. That they name the term, whose page is at `own`, is not said at each again.
fn by_section<'a>(cx: &Context<'a>, shown: Items<'a>, own: Option<&str>) -> Vec<GroupView<'a>> {
    let item = |item: &Item<'a>| {
        let mut chips = fields::chips(cx, *item, None);
        chips.retain(|chip| chip.href.is_none() || chip.href.as_deref() != own);
        ItemView { chips, ..cx.item(*item) }
    };
    // Entries come section by section.
    let items: Vec<Item> = shown.iter().collect();
    let sections = items.chunk_by(|a, b| a.section().id == b.section().id);
    let groups = sections.map(|items| GroupView {
        title: Some(items[0].section().title().into()),
        ..groups::group(cx, Layout::Cards, Vec::new(), items.iter().map(item).collect())
    });
    groups.collect()
}
