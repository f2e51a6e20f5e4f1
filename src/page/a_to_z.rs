//! All entries in one list, from A to Z, each under its title and its aliases.

use std::iter;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::context::Context;
use super::list::{self, Groups};
use super::view::{Content, LetterView, NameView, NamesView, View};
use super::{PageKind, SiteContent, Subject};
use crate::base::path::key;
use crate::book::{Book, EntryId, Role};
use crate::search::plain;

pub const KIND: PageKind = PageKind {
    name: "all-entries",
    pages: |book, lists| match book.entries.as_slice() {
        [] | [_] => Vec::new(),
        _ => list::pages(&KIND, lists, "all-entries", &Subject::All(None)),
    },
    view,
};

/// A name of an entry: its title, or one of its aliases.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    pub id: EntryId,
    /// The place of the alias among those of the entry; none for the title.
    pub alias: Option<u32>,
}

/// The names of all entries under their letters: in order without case, those that are alike by address.
pub fn names(book: &Book) -> Groups<Name> {
    let of = |id: EntryId| {
        let entry = book.entry(id);
        let aliases = entry.aliases.iter().zip(0..).map(|(alias, place)| (&alias.value, Some(place)));
        let written = iter::once((&entry.title.value, None)).chain(aliases);
        written.map(move |(name, alias)| {
            let key = sorted(name);
            (start(&key), key, &*entry.address, Name { id, alias })
        })
    };
    let ids = (0..book.entries.len() as u32).into_par_iter().map(EntryId);
    let ids = ids.filter(|id| book.entry(*id).role != Role::NotFound);
    let mut names: Vec<(u128, String, &str, Name)> = ids.flat_map_iter(of).collect();
    names.par_sort_unstable();
    // "Zoe" would stand beside "Zoë", of which it is an alias.
    names.dedup_by(|(_, key, _, name), (_, before, _, first)| name.id == first.id && key == before);
    Groups::by_letter(names.iter().map(|(_, key, _, name)| (key.chars().next(), *name)))
}

/// The place of each of some entries among them by its title, as this list has them, given titles and addresses.
pub fn places<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<usize> {
    let mut order: Vec<_> = entries.map(|(title, address)| (sorted(title), address)).zip(0..).collect();
    order.sort_unstable();
    let mut places = vec![0; order.len()];
    order.into_iter().enumerate().for_each(|(place, (_, id))| places[id] = place);
    places
}

/// The first bytes of a text as a number, which is compared faster: names are many, and lie far apart.
fn start(text: &str) -> u128 {
    let mut bytes = [0; size_of::<u128>()];
    let length = text.len().min(bytes.len());
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
}

/// What a name is sorted by: without case, from its first letter or digit on. Latin and Greek letters stand where they
/// stand without their marks; where others stand is where Unicode has them.
fn sorted(name: &str) -> String {
    let mut name = key(name);
    name.drain(..name.find(char::is_alphanumeric).unwrap_or(name.len()));
    if name.is_ascii() {
        return name;
    }
    let mut sorted = String::with_capacity(name.len());
    for c in name.chars() {
        let mut parts = c.nfkd().filter(|part| !('\u{300}'..='\u{36f}').contains(part));
        match parts.next() {
            Some(first) if plain(first).is_some() => sorted.push_str(plain(first).unwrap_or_default()),
            // Of Cyrillic letters one is the same with its mark: that of "ё", which is no letter of its own to sort by.
            Some(first @ ('\0'..='\u{7f}' | '\u{370}'..='\u{3ff}' | '\u{435}')) => {
                sorted.extend(iter::once(first).chain(parts).map(|part| part.to_ascii_lowercase()));
            }
            Some(_) => sorted.push(c),
            None => {}
        }
    }
    sorted
}

/// The names on a page, under their letters: on that of the whole list none if it is split.
pub fn shown<'a, 'p>(content: &'a SiteContent, part: Option<&'p str>) -> Vec<(&'p str, &'a [Name])>
where
    'a: 'p,
{
    let names = &content.lists().names;
    match part {
        Some(part) => vec![(part, names.get(part))],
        None if names.is_split() => Vec::new(),
        None => names.iter().collect(),
    }
}

fn view<'a>(cx: &Context<'a>) -> View<'a> {
    let Subject::All(part) = &cx.page().subject else { unreachable!("the page of all entries is about them") };
    let part = part.as_deref();
    let shown = cx.names(part);
    let count =
        if part.is_some() { shown.iter().map(|(_, names)| names.len()).sum() } else { cx.count(&Subject::All(None)) };
    // One letter alone is no choice, and on the page of a part its title.
    let titled = shown.len() > 1;
    let groups = shown.iter().map(|(letter, names)| LetterView {
        title: titled.then_some(*letter),
        anchor: titled.then_some(*letter),
        items: names.iter().map(|name| item(cx, name)).collect(),
        count: names.len(),
    });
    let content = NamesView { count, parts: cx.parts(&Subject::All(None), part), groups: groups.collect() };
    let title = part.unwrap_or_default();
    View { page: cx.page_view(title, "", Vec::new()), site: cx.site_view(), content: Content::Names(content) }
}

fn item<'a>(cx: &Context<'a>, name: &Name) -> NameView<'a> {
    let entry = cx.named(name);
    let (section, title, href) = (entry.section(), entry.title(), cx.entry_href(entry));
    match name.alias {
        Some(place) => NameView { name: entry.alias(place), title: Some(title), href, kind: None, date: None },
        None => {
            // A section's own page is none of what it holds.
            let is_member = section.index() != Some(name.id) && !section.singular().is_empty();
            let kind = is_member.then_some(section.singular());
            NameView { name: title, title: None, href, kind, date: entry.shared_date() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_a_person_looks_for_them() {
        let mut names = [
            "zebra",
            "Über",
            "ubiquity",
            "Umbra",
            "\"Quoted\"",
            "quota",
            "Ω",
            "Ωmega",
            "alpha",
            "Ångström",
            "10 percent",
            "Žižek",
            "中国",
            "Ёлка",
            "Ель",
            "Жук",
            "Łódź",
            "lodge",
            "Ørsted",
            "Straße",
            "Strasse 2",
            "ＡＩ",
            "C++",
            "C",
        ];
        names.sort_by_key(|name| sorted(name));
        let expected = [
            "10 percent",
            "ＡＩ",
            "alpha",
            "Ångström",
            "C",
            "C++",
            "lodge",
            "Łódź",
            "Ørsted",
            "quota",
            "\"Quoted\"",
            "Straße",
            "Strasse 2",
            "Über",
            "ubiquity",
            "Umbra",
            "zebra",
            "Žižek",
            "Ω",
            "Ωmega",
            "Ёлка",
            "Ель",
            "Жук",
            "中国",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn what_is_no_letter_says_nothing_of_the_place() {
        assert_eq!(sorted("… “Made”  in\nChina™"), "made” in chinatm");
        assert_eq!(sorted("Cafe\u{301} ½"), "cafe 1\u{2044}2");
        assert_eq!(sorted("???"), "");
        assert_eq!(sorted("ガス"), "ガス");
    }
}
