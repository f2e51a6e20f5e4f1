//! What a page is about, as linked data: JSON-LD in the words of schema.org.
//!
//! It says what is so and no more. What the page tells of is of a type only where its collection says so in `book.toml`, and
//! a date stands in it at the precision at which it is certain.

use serde::Serialize;

use super::head::{Head, Shows};
use crate::config::{Dating, EntryTypes, SchemaType};
use crate::page::context::{Context, Whole};
use crate::page::view::PageView;
use crate::parse::{Origin, Value};

/// A page of the site. In `mainEntity` stands what it tells of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebPage<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    url: &'a str,
    name: &'a str,
    description: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<WebSite<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    breadcrumb: Option<BreadcrumbList<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity: Option<Entity<'a>>,
}

#[derive(Serialize)]
struct WebSite<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BreadcrumbList<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item_list_element: Vec<Step<'a>>,
}

/// A page above this one, and at last this one.
#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    item: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entity<'a> {
    Thing(Box<Thing<'a>>),
    #[serde(rename_all = "camelCase")]
    List {
        #[serde(rename = "@type")]
        kind: &'static str,
        number_of_items: usize,
    },
}

/// What an entry tells of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Thing<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternate_name: Vec<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    legislation_date: Option<String>,
}

/// What a page at this public address is about. It is escaped so that it can stand in a script of a page.
pub fn of(cx: &Context, head: &Head, page: &PageView, url: &str) -> String {
    let home = &*cx.public_address().unwrap_or_default();
    let site = WebSite { kind: "WebSite", id: home, name: &cx.config().title };
    let (kind, id, language) = match &head.shows {
        Shows::Site(_) => ("WebSite", home, page.lang),
        Shows::List(_) | Shows::Part(_) => ("CollectionPage", url, page.lang),
        Shows::Entry(entry) => ("WebPage", url, entry.text_lang(cx.locale())),
        _ => ("WebPage", url, page.lang),
    };
    let published = match &head.shows {
        Shows::Entry(entry) => entry.said().published.as_ref().and_then(|date| date.value.iso()),
        _ => None,
    };
    let data = WebPage {
        context: "https://schema.org",
        kind,
        id,
        url: id,
        name: &page.full_title,
        description: &page.meta_description,
        in_language: language,
        date_published: published,
        is_part_of: (kind != "WebSite").then_some(site),
        breadcrumb: breadcrumb(cx, head, page, url),
        main_entity: main_entity(cx, head, url),
    };
    escaped(serde_json::to_string(&data).unwrap_or_default())
}

/// The way to the page, where it shows one.
fn breadcrumb<'a>(cx: &Context<'a>, head: &'a Head, page: &'a PageView, url: &str) -> Option<BreadcrumbList<'a>> {
    let above = head.trail.iter().map(|step| {
        let name = if step.title.is_empty() { cx.words().get(all_of(page.kind)) } else { step.title };
        (name, resolved(url, &step.href))
    });
    let here = (&*page.full_title, url.to_owned());
    let step = |(nth, (name, item))| Step { kind: "ListItem", position: nth + 1, name, item };
    let steps = above.chain([here]).enumerate().map(step).collect();
    let list = BreadcrumbList { kind: "BreadcrumbList", item_list_element: steps };
    (!head.trail.is_empty()).then_some(list)
}

/// The word for all terms of the kind that a page is about one of.
fn all_of(kind: &str) -> &'static str {
    if kind == "country" { "countries" } else { "tags" }
}

fn main_entity<'a>(cx: &Context<'a>, head: &Head<'a>, url: &str) -> Option<Entity<'a>> {
    match &head.shows {
        Shows::Entry(entry) => thing(cx, *entry, url).map(|thing| Entity::Thing(Box::new(thing))),
        Shows::List(entries) | Shows::Part(entries) => {
            Some(Entity::List { kind: "ItemList", number_of_items: entries.count })
        }
        _ => None,
    }
}

/// What an entry tells of, if its collection says of what type that is.
fn thing<'a>(cx: &Context<'a>, entry: Whole<'a>, url: &str) -> Option<Thing<'a>> {
    let SchemaType { name: kind, dating, .. } = type_of(entry)?;
    let said = entry.said();
    let image = said.links.iter().position(|link| matches!(link.from, Origin::Image));
    let image = image.and_then(|link| cx.asset_href(entry, link)).map(|way| resolved(url, &way));
    let date = said.date.as_ref().map(|date| &date.value);
    let (start, end) = date.map(|date| date.iso_ends()).unwrap_or_default();
    let single = || date.and_then(|date| date.iso());
    let (start_date, end_date) = if dating == Dating::Course { (start, end) } else { (None, None) };
    Some(Thing {
        kind,
        name: entry.title(),
        alternate_name: said.aliases.iter().map(|alias| alias.value.as_str()).collect(),
        description: entry.summary(),
        image,
        start_date,
        end_date,
        temporal_coverage: date.filter(|_| dating == Dating::Coverage).and_then(|date| date.iso_coverage()),
        legislation_date: if dating == Dating::Adoption { single() } else { None },
    })
}

/// What schema.org calls what an entry tells of. Of several values that have a type the first one counts.
fn type_of(entry: Whole) -> Option<SchemaType> {
    match entry.collection()?.types.as_ref()? {
        EntryTypes::One(only) => Some(*only),
        EntryTypes::ByChoice(place, types) => {
            let field = entry.fields().iter().find(|field| field.spec == *place)?;
            field.values.iter().find_map(|stated| match stated.value {
                Value::Choice(choice) => types[choice],
                _ => None,
            })
        }
    }
}

/// The address to which a relative way leads from the page at `url`.
fn resolved(url: &str, way: &str) -> String {
    let up = |url: &str| url.rsplit_once('/').map_or("", |(folder, _)| folder).len();
    let (mut folder, mut way) = (&url[..up(url)], way);
    while let Some(rest) = way.strip_prefix("../") {
        (folder, way) = (&folder[..up(folder)], rest);
    }
    format!("{folder}/{way}")
}

/// JSON that neither ends the script it stands in nor begins anything else: the signs that HTML has a use for stand in its
/// texts alone, where a number may stand for them.
fn escaped(json: String) -> String {
    if !json.contains(['<', '>', '&']) {
        return json;
    }
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_leads_on_from_the_folder_of_its_page() {
        for (url, way, expected) in [
            ("https://a.example/kb/b.html", "c.html", "https://a.example/kb/c.html"),
            ("https://a.example/kb/b/c.html", "index.html", "https://a.example/kb/b/index.html"),
            ("https://a.example/kb/b/c.html", "../d/e.html#:f", "https://a.example/kb/d/e.html#:f"),
            ("https://a.example/b.html", "c.html", "https://a.example/c.html"),
        ] {
            assert_eq!(resolved(url, way), expected);
        }
    }

    #[test]
    fn no_text_ends_the_script_that_it_stands_in() {
        let json = serde_json::to_string("</script><!-- & \u{2028}").unwrap();
        let safe = escaped(json.clone());
        assert!(!safe.contains(['<', '>', '&']));
        let read = |json: &str| serde_json::from_str::<String>(json).unwrap();
        assert_eq!(read(&safe), read(&json));
    }
}
