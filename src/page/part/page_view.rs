//! What a page says of itself: its title and what it is about, and the same for those who come upon its address elsewhere.

use std::borrow::Cow;

use super::head::{Head, Shows};
use super::{description, linked_data, open_graph};
use crate::page::context::Context;
use crate::page::view::{CardView, PageView};

/// What a page says of itself, as templates are given it.
pub fn of<'a>(cx: &Context<'a>, head: Head<'a>) -> PageView<'a> {
    let locale = cx.locale();
    let full_title = full_title(head.word, &head.title);
    let mut page = PageView {
        kind: cx.page().kind,
        description: head.description,
        meta_description: description::of(cx, &head, &full_title),
        lang: &locale.language,
        dir: locale.direction().word(),
        canonical: canonical(cx, &head.shows),
        card: None,
        social: String::new(),
        linked_data: None,
        root: cx.root(),
        trail: Vec::new(),
        title: Cow::default(),
        full_title,
    };
    if let Some(url) = page.canonical.as_deref().filter(|_| !matches!(head.shows, Shows::WayTo(_))) {
        let (kind, language) = match &head.shows {
            Shows::Entry(entry) => ("article", entry.text_lang(locale)),
            _ => ("website", &*locale.language),
        };
        page.linked_data = Some(linked_data::of(cx, &head, &page, url));
        let image = cx.card_image();
        page.card = Some(CardView { kind, locale: open_graph::locale(language), image });
        page.social = cx.fragments().map(|writer| writer.social(&page, &cx.config().title)).unwrap_or_default();
    }
    PageView { title: head.title, trail: head.trail, ..page }
}

/// The public address of the page that counts, for search engines.
fn canonical(cx: &Context, shows: &Shows) -> Option<String> {
    match shows {
        Shows::WayTo(face) => cx.canonical(*face),
        Shows::Nothing => None,
        _ => cx.public_url(),
    }
}

/// A title with the word of the interface that it begins with.
fn full_title<'a>(word: &'a str, title: &Cow<'a, str>) -> Cow<'a, str> {
    match (word, &**title) {
        ("", _) => title.clone(),
        (word, "") => word.into(),
        (word, title) => format!("{word}: {title}").into(),
    }
}
