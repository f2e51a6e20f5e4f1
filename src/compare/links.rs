//! Links that lead nowhere.

use rustc_hash::FxHashMap;

use super::changes::BrokenLink;
use super::matching::Pairs;
use super::values::surplus;
use super::version::{Compared, Identity, TextLines, written};
use crate::book::{EntryId, Resolution};

/// A link that leads nowhere.
struct LooseLink<'a> {
    /// What it is in both books: the entry that it stands in, and what its author wrote.
    name: (Identity, &'a str),
    from: EntryId,
    /// Its place among the links of that entry.
    link: usize,
}

/// The links that lead nowhere in the later book alone, and those that do in the earlier one alone. Links of entries that
/// are gone are none that were mended.
pub fn broken(old: &Compared, new: &Compared, pairs: &Pairs) -> (Vec<BrokenLink>, Vec<BrokenLink>) {
    let (before, after) = (loose(old), loose(new));
    let new_ones = surplus(&after, &before, |link| &link.name);
    let led_to = led_to(old, &new_ones, pairs);
    let old_ones = surplus(&before, &after, |link| &link.name);
    let old_ones = old_ones.into_iter().filter(|link| pairs.after[link.from.0 as usize].is_some());
    (told(new, old, new_ones.into_iter().zip(led_to)), told(old, old, old_ones.map(|link| (link, None))))
}

/// The links of a book that lead nowhere.
fn loose<'a>(compared: &Compared<'a>) -> Vec<LooseLink<'a>> {
    let book = compared.book();
    let is_broken = |(from, link): &(EntryId, usize)| {
        matches!(
            book.resolution(*from, *link),
            Resolution::Missing
                | Resolution::Outside
                | Resolution::Ambiguous(_)
                | Resolution::WrongCollection(_)
                | Resolution::Held(_)
                | Resolution::NoSuchAnchor { .. }
        )
    };
    let loose = |(from, link)| {
        let name = (compared.identity(from), written(book, from, link));
        LooseLink { name, from, link }
    };
    book.loose_places().filter(is_broken).map(loose).collect()
}

/// The entry to which each of some broken links led in the earlier book, where the same was written in the same entry.
fn led_to(old: &Compared, broken: &[&LooseLink], pairs: &Pairs) -> Vec<Option<EntryId>> {
    let mut known: FxHashMap<EntryId, FxHashMap<&str, EntryId>> = FxHashMap::default();
    let led_to = |link: &&LooseLink| {
        let before = pairs.before[link.from.0 as usize]?;
        let targets = known.entry(before).or_insert_with(|| targets(old, before));
        targets.get(link.name.1).copied()
    };
    broken.iter().map(led_to).collect()
}

/// The entries that an entry links to, by what is written.
fn targets<'a>(compared: &Compared<'a>, id: EntryId) -> FxHashMap<&'a str, EntryId> {
    let book = compared.book();
    let links = 0..book.entry(id).links.len();
    links.filter_map(|link| Some((written(book, id, link), book.resolution(id, link).another(id)?))).collect()
}

/// Some links with what is told of each, and with the entry that each led to in the earlier book.
fn told<'a>(
    compared: &Compared,
    old: &Compared,
    links: impl Iterator<Item = (&'a LooseLink<'a>, Option<EntryId>)>,
) -> Vec<BrokenLink> {
    let book = compared.book();
    let mut lines = TextLines::default();
    let tell = |(link, led_to): (&LooseLink, Option<EntryId>)| {
        let entry = book.entry(link.from);
        let (_, span) = book.pointed(link.from, link.link);
        BrokenLink {
            title: entry.title.value.clone(),
            path: entry.path.as_str().to_owned(),
            line: lines.line(&entry.path, &entry.text, span),
            target: link.name.1.to_owned(),
            led_to: led_to.map(|id| old.book().entry(id).title.value.clone()),
            from: link.from,
            led_to_id: led_to,
        }
    };
    links.map(tell).collect()
}
