use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use super::*;
use crate::base::path::SourcePath;
use crate::page::part::fields;
use crate::page::social_image;
use crate::page::view::{
    Anchor, BacklinksView, CardImageView, CardView, ColumnView, DateView, FieldView, HeadingView, ItemView, LinkedView,
    LinksView, NavItem, PageView, SentenceView, SharedDate, SourceView, ValueView,
};
use crate::theme::ThemeOptions;

/// Texts that want marking or escaping.
const TITLES: [&str; 4] = ["<b> & \"c\" 'd'", "خطة", "中国制造", "Plan"];

fn theme(language: &str, own: &[(&str, &str)]) -> Theme {
    let own = own.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let path = SourcePath::new("book.toml");
    let wishes = ThemeOptions { language, han: "zh-Hans", path: &path, tokens: &[] };
    Theme::new("themes/mine", own, &wishes).0.unwrap()
}

/// Holds what a fragment has to what the templates make of the same view, in several languages.
fn is_what_the_template_writes<T: Serialize>(call: &str, views: &[T], write: impl Fn(&FragmentWriter, &T) -> String) {
    #[derive(Serialize)]
    struct Given<'a, T> {
        view: &'a T,
    }
    let text = format!("{{{{ {call} }}}}");
    for language in ["en", "de", "zh-Hans", "ar"] {
        let (plain, own) = (theme(language, &[]), theme(language, &[("templates/x.html", &text)]));
        let writer = FragmentWriter::new(&plain).unwrap();
        assert!(FragmentWriter::new(&own).is_none());
        for (nth, view) in views.iter().enumerate() {
            let rendered = String::from_utf8(own.render("x", &Given { view }).unwrap()).unwrap();
            assert_eq!(write(&writer, view), rendered.trim_end_matches('\n'), "{call} of {nth} in {language}");
        }
    }
}

fn title(nth: usize) -> &'static str {
    TITLES[nth % TITLES.len()]
}

fn date_view(certain: bool, datetime: Option<&str>) -> DateView {
    DateView { text: "'about' <2018>".to_owned(), datetime: datetime.map(str::to_owned), certain }
}

fn shared_date(nth: usize) -> Option<Arc<SharedDate>> {
    let date = |certain, datetime| {
        let view = date_view(certain, datetime);
        Arc::new(SharedDate::new(&view, date(&view)))
    };
    [None, Some(date(true, Some("2018"))), Some(date(false, None))][nth % 3].clone()
}

fn nav(count: usize) -> Vec<NavItem<'static>> {
    let item = |nth: usize| NavItem {
        title: title(nth),
        href: format!("../a'b/{nth}.html?x&y"),
        current: nth == 1,
        kind: if nth == 2 { "timeline" } else { "section" },
    };
    (0..count).map(item).collect()
}

/// One value of each kind and in each way to write it.
fn values() -> Vec<ValueView<'static>> {
    let note = |nth: usize| [None, Some(""), Some("It's <so> خ")][nth % 3];
    let value = |kind, nth| ValueView { note: note(nth), ..fields::plain(kind, title(nth)) };
    let mut values = Vec::new();
    for (nth, dir) in [None, Some("ltr"), Some("rtl")].into_iter().cycle().take(12).enumerate() {
        for lang in [None, Some(""), Some("ar")] {
            let plain = || ValueView { dir, lang, ..value("text", nth) };
            values.extend([
                plain(),
                ValueView { kind: "choice", order: Some(nth as f64), ..plain() },
                ValueView { kind: "quantity", order: Some(1.5e9 + nth as f64 / 3.0), ..plain() },
                ValueView { kind: "url", href: Some("https://a'b.example/?x&y".into()), ..plain() },
                ValueView { kind: "reference", href: Some("".into()), ..plain() },
                ValueView { kind: "markdown", html: Some("<p>&amp;</p>".to_owned()), ..plain() },
                ValueView { kind: "markdown", html: Some(String::new()), ..plain() },
                ValueView { kind: "date", date: Some(date_view(nth % 2 == 0, Some("2018"))), ..plain() },
            ]);
        }
    }
    values
}

fn items(count: usize) -> Vec<ItemView<'static>> {
    let item = |nth: usize| ItemView {
        title: title(nth),
        href: format!("../a'b/{nth}.html?x&y"),
        anchor: [None, Some(""), Some("a'/b")][nth % 3],
        summary: ["", "A <summary> 中"][nth % 2],
        date: shared_date(nth),
        kind: [None, Some(""), Some("It's & خ")][nth % 3],
        chips: if nth.is_multiple_of(2) { values() } else { Vec::new() },
        cells: vec![values(), Vec::new(), values().split_off(1), vec![values().remove(2)]],
        order: Some(nth),
    };
    (0..count).map(item).collect()
}

#[test]
fn facts() {
    let field = |label, values| FieldView { name: "field", label, kind: "text", values };
    let long = |count: usize| values().into_iter().take(count).collect::<Vec<_>>();
    let all = [0, 1, 2, 7, 8, 12].map(|count| field(title(count), long(count))).into_iter();
    let views = [Vec::new(), all.chain([field("all", values())]).collect::<Vec<_>>()];
    is_what_the_template_writes("<facts fields={view} words={words} />", &views, |writer, view| writer.facts(view));
}

#[test]
fn lists() {
    let views = [0, 1, 12].map(items);
    is_what_the_template_writes("<items items={view} />", &views, |writer, view| writer.items(view));
    is_what_the_template_writes("<cards items={view} />", &views, |writer, view| writer.cards(view));
}

#[test]
fn tables() {
    #[derive(Serialize)]
    struct Table {
        columns: Vec<ColumnView<'static>>,
        items: Vec<ItemView<'static>>,
    }
    let column = |label| ColumnView { name: "a-b", label, kind: "choice" };
    let tables = [0, 1, 12].map(|count| Table { columns: TITLES.map(column).into(), items: items(count) });
    is_what_the_template_writes("<entries group={view} words={words} />", &tables, |writer, table| {
        writer.entries(&table.columns, &table.items)
    });
}

#[test]
fn navigation() {
    #[derive(Serialize)]
    struct Navigation {
        nav: Vec<NavItem<'static>>,
        pages: Vec<NavItem<'static>>,
    }
    let pages = |count| nav(count).into_iter().map(|item| NavItem { kind: "page", ..item }).collect();
    let view = |(sections, count)| Navigation { nav: nav(sections), pages: pages(count) };
    let call = "<navigation site={view} words={words} />";
    is_what_the_template_writes(call, &[(0, 0), (4, 0), (0, 4), (4, 4)].map(view), |writer, view| {
        writer.navigation(&view.nav, &view.pages)
    });
    let call = "<siblings entries={view} label=\"It's <خ>\" />";
    is_what_the_template_writes(call, &[nav(0), nav(4)], |writer, view| writer.siblings(view, "It's <خ>"));
}

#[test]
fn social() {
    #[derive(Serialize)]
    struct Shared {
        page: PageView<'static>,
        site: Site,
    }
    #[derive(Serialize)]
    struct Site {
        title: &'static str,
    }
    let page = |nth: usize| {
        let locale = nth.is_multiple_of(2).then(|| "en_US".to_owned());
        let image = (nth > 0).then(|| CardImageView {
            url: "https://a'b.example/?x&y.png".to_owned(),
            alt: if nth == 1 { "" } else { title(nth) },
            size: (nth == 2).then_some(social_image::ImageSize { width: 1200, height: 630 }),
        });
        let card = (nth < 4).then_some(CardView { kind: "article", locale, image });
        PageView {
            kind: "entry",
            title: Cow::default(),
            full_title: title(nth).into(),
            description: "",
            meta_description: title(nth + 1).into(),
            lang: "en",
            dir: "ltr",
            canonical: card.is_some().then(|| "https://a'b.example/?x&y".to_owned()),
            card,
            social: String::new(),
            linked_data: None,
            root: String::new(),
            trail: Vec::new(),
        }
    };
    let views = [0, 1, 2, 3, 4].map(|nth| Shared { page: page(nth), site: Site { title: title(nth + 2) } });
    is_what_the_template_writes("<social page={view.page} site={view.site} />", &views, |writer, view| {
        writer.social(&view.page, view.site.title)
    });
}

#[test]
fn contents() {
    let heading = |nth: usize| HeadingView { level: 2 + nth as u8, text: title(nth), anchor: "a'<b>" };
    let views = [0, 1, 2, 4].map(|count| (0..count).map(heading).collect::<Vec<_>>());
    for (of, facts, sources, backlinks) in [("", false, 0, 0), ("ar", true, 2, 0), ("zh", true, 0, 1234)] {
        let call = format!(
            "<contents headings={{view}} label={{words.contents}} of=\"{of}\" facts={{{facts}}} sources={{{sources}}} \
             backlinks={{{backlinks}}} words={{words}} />"
        );
        let below = BelowText { has_facts: facts, has_sources: sources > 0, backlinks };
        let write = |writer: &FragmentWriter, view: &Vec<HeadingView>| writer.contents(view, of, &below);
        is_what_the_template_writes(&call, &views, write);
    }
}

#[test]
fn tags_and_sources() {
    #[derive(Serialize)]
    struct Entry {
        tags: Vec<Anchor<'static>>,
        sources: Vec<SourceView<'static>>,
    }
    let anchor = |nth: usize| Anchor { title: title(nth), href: format!("a'b/{nth}.html?x&y") };
    let said = |nth: usize| [None, Some(""), Some("It's <so> خ")][nth % 3];
    let source = |nth: usize| SourceView {
        anchor: None,
        href: [None, Some(String::new()), Some("a'b".to_owned())][nth % 3].clone(),
        title: title(nth),
        author: said(nth),
        publisher: said(nth + 1),
        url: [None, Some(""), Some("https://a'b.example/?x&y")][nth / 3 % 3],
        date: nth.is_multiple_of(2).then(|| date_view(true, None)),
        accessed: (nth % 4 < 2).then(|| date_view(false, Some("2018"))),
        note: said(nth + 2),
        via: nth.is_multiple_of(3).then(|| anchor(nth)),
        cited_by: Vec::new(),
    };
    let entry = |count| Entry { tags: (0..count).map(anchor).collect(), sources: (0..count).map(source).collect() };
    is_what_the_template_writes("<after entry={view} words={words} />", &[0, 1, 12].map(entry), |writer, entry| {
        writer.tags(&entry.tags) + &writer.sources(&entry.sources)
    });
}

#[test]
fn backlinks() {
    let sentence = SentenceView { before: "It's <".into(), link: "中国 & co".into(), after: "> \"so\".".into() };
    let item = |nth: usize| LinkedView {
        title: title(nth),
        href: format!("../a'b/{nth}.html?x=1&y"),
        kind: [None, Some(""), Some("It's & خ")][nth % 3],
        date: shared_date(nth),
        summary: ["", "A <summary> 中"][nth % 2],
        sentences: vec![sentence.clone(); [0, 1, 2][nth / 2 % 3]],
    };
    let links = |(items, of, rest): (usize, usize, bool)| {
        let group = |is_relation| LinksView {
            label: "L'<label> خ".into(),
            is_relation,
            count: of,
            items: (0..items).map(item).collect(),
        };
        let rest = rest.then(|| "a'.backlinks.html?&".to_owned());
        BacklinksView { count: 2 * of, rest, html: None, groups: vec![group(true), group(false)], entry: None }
    };
    let views = [(0, 0, false), (1, 1, false), (8, 8, true), (9, 9, false), (12, 12_345, true)].map(links);
    for all in [false, true] {
        let call = format!("<backlinks links={{view}} words={{words}} all={{{all}}} />");
        is_what_the_template_writes(&call, &views, |writer, view| writer.backlinks(view, all));
    }
}
