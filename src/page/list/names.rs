//! The names of all entries, from A to Z.

use std::iter;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::Groups;
use crate::base::path::key;
use crate::book::{Book, EntryId, Role};
use crate::search::plain;

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
