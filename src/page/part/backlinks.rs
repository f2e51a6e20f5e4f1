//! What links to an entry, as readers see it: relations under their inverse's name, mentions with
//! the sentence they stand in.

use std::borrow::Cow;
use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::book::Backlink;
use crate::page::Subject;
use crate::page::context::{Context, Whole};
use crate::page::linking::{self, Linking};
use crate::page::view::{BacklinksView, LinkedView, LinksView, SentenceView};
use crate::parse::{Mention, Origin};

/// About how many backlinks stand on an entry's own page; the rest stand on a page of their own.
pub const MOST: usize = 100;

/// Up to how many mentions stand together, rather than by section.
const TOGETHER: usize = 9;

/// How many sentences of one entry are quoted.
const SENTENCES: usize = 3;

/// The backlinks of an entry, about `most` of them. What links in several ways is shown under its relations, with a
/// sentence that mentions the entry; what only mentions it comes behind.
pub fn view<'a>(cx: &Context<'a>, entry: Whole<'a>, most: usize) -> BacklinksView<'a> {
    let linking = entry.linking();
    let is_cut = linking::cards(&linking) > most;
    let mut groups = groups(cx, entry, &linking);
    let share = if is_cut { share(groups.iter().map(|group| group.members.len()).collect(), most) } else { usize::MAX };
    let shown = |group: &mut Group<'a, '_>| {
        if most < usize::MAX {
            by_weight(entry, group);
        }
        let item = |(links, sentences): &(&Linking<'a>, usize)| {
            let section = entry.source(&links.all[0]).0.section();
            let kind = (group.under == Under::Mentions && !section.name().is_empty()).then_some(section.singular());
            LinkedView { kind, ..linked(cx, entry, links, *sentences) }
        };
        LinksView {
            label: group.under.label(cx),
            is_relation: matches!(group.under, Under::Relation(_)),
            count: group.members.len(),
            items: group.members.iter().take(share).map(item).collect(),
        }
    };
    let groups = groups.iter_mut().map(shown).collect();
    let rest = is_cut.then(|| cx.href(&Subject::Backlinks(entry.id()))).flatten();
    let mut view = BacklinksView { count: linking.len(), rest, html: None, groups, entry: None };
    if let Some(writer) = cx.fragments() {
        view.html = Some(writer.backlinks(&view, most == usize::MAX));
        view.groups.clear();
    }
    view
}

/// Entries that link in one way, each with how many of its sentences are quoted at most.
struct Group<'a, 'l> {
    under: Under<'a>,
    members: Vec<(&'l Linking<'a>, usize)>,
}

/// What links to an entry, by the way in which it does.
fn groups<'a, 'l>(cx: &Context<'a>, entry: Whole<'a>, linking: &'l [Linking<'a>]) -> Vec<Group<'a, 'l>> {
    let related = linking.iter().flat_map(|links| {
        // The sentence stands under the first relation.
        let relations = links.relations.iter().enumerate();
        relations.map(move |(nth, link)| (links, Some(*link), usize::from(nth == 0)))
    });
    let mentioned = linking.iter().filter(|links| links.relations.is_empty()).map(|links| (links, None, SENTENCES));
    let together = mentioned.clone().count() <= TOGETHER;
    let mut groups: Vec<Group> = Vec::new();
    let mut places: FxHashMap<Under, usize> = FxHashMap::default();
    for (links, relation, sentences) in related.chain(mentioned) {
        let under = match relation {
            Some(link) => Under::Relation(label(entry, link)),
            None if together => Under::Mentions,
            None => Under::MentionsIn(cx.section_title(entry.source(&links.all[0]).0.section().id)),
        };
        let place = *places.entry(under).or_insert_with(|| {
            groups.push(Group { under, members: Vec::new() });
            groups.len() - 1
        });
        groups[place].members.push((links, sentences));
    }
    groups
}

/// How many of each group are shown, given how many each has and how many there may be in all: small groups are whole.
fn share(mut sizes: Vec<usize>, most: usize) -> usize {
    sizes.sort_unstable();
    let mut left = most;
    for (nth, size) in sizes.iter().enumerate() {
        let share = left / (sizes.len() - nth);
        if *size > share {
            return share.max(1);
        }
        left -= size;
    }
    usize::MAX
}

/// Puts what is linked to most first, unless all have their places in time.
fn by_weight<'a>(entry: Whole<'a>, group: &mut Group<'a, '_>) {
    let first = |links: &Linking<'a>| &links.all[0];
    let is_dated = |(links, _): &(&Linking<'a>, usize)| entry.source(first(links)).0.shared_date().is_some();
    if group.members.len() > linking::FEW && !group.members.iter().all(is_dated) {
        group.members.sort_by_key(|(links, _)| Reverse(entry.weight(first(links))));
    }
}

/// What links stand together under.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Under<'a> {
    /// A relation, by its name.
    Relation(&'a str),
    Mentions,
    /// The mentions from a section, by its title.
    MentionsIn(&'a str),
}

impl<'a> Under<'a> {
    fn label(self, cx: &Context<'a>) -> Cow<'a, str> {
        match self {
            Under::Relation(name) => name.into(),
            Under::Mentions => cx.words().get("mentions").into(),
            Under::MentionsIn(section) => cx.words().fill("mentioned_in", &[("section", section)]).into(),
        }
    }
}

/// What a relation is called where it ends.
fn label<'a>(entry: Whole<'a>, link: &Backlink) -> &'a str {
    let (from, written) = entry.source(link);
    match (from.collection(), &written.from) {
        (Some(collection), Origin::Relation { field }) => {
            let field = &collection.fields[*field];
            match &field.inverse {
                Some((_, label)) => label,
                None if field.symmetric => &field.label,
                None => &collection.title,
            }
        }
        _ => "",
    }
}

/// An entry that links here, with at most `most` of the sentences in which it does.
fn linked<'a>(cx: &Context<'a>, entry: Whole<'a>, links: &Linking<'a>, most: usize) -> LinkedView<'a> {
    let (from, _) = entry.source(&links.all[0]);
    let anchor = cx.anchor(from);
    let mut sentences: Vec<SentenceView> = Vec::new();
    let mut last = Mention::default();
    for link in links.all.iter().filter(|link| !link.is_relation()) {
        if sentences.len() == most {
            break;
        }
        let mention = entry.mention(link);
        let (before, words, after) = mention.parts();
        // Two links in one sentence quote it once.
        if says_nothing(cx, before, after) || last.text == mention.text {
            continue;
        }
        // Where a bar is one of the name's, not all that stands behind the first one are the link's words.
        let own = match entry.parsed_words(link) {
            Some(words) => words,
            None if entry.source(link).1.labelled => words,
            None => "",
        };
        // A link without words of its own shows its target's title, as it does in the text.
        let shown = match entry.title_of(link) {
            Some(title) if own.is_empty() => Cow::Borrowed(title),
            _ if own.is_empty() => words.to_owned().into(),
            _ => own.to_owned().into(),
        };
        sentences.push(SentenceView { before: before.to_owned().into(), link: shown, after: after.to_owned().into() });
        last = mention;
    }
    LinkedView {
        title: anchor.title,
        href: anchor.href,
        kind: None,
        date: from.shared_date(),
        summary: from.summary(),
        sentences,
    }
}

/// Whether a sentence, of which this stands before and after a link, says nothing of where it leads: it is the link alone, as
/// in a cell or an item, or "See" it.
fn says_nothing(cx: &Context, before: &str, after: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric();
    if after.contains(is_word) {
        return false;
    }
    let before = before.trim_matches(|c| !is_word(c)).to_lowercase();
    before.is_empty() || cx.words().get("refers_only").split(", ").any(|word| word == before)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn what_there_is_room_for_is_shared_out_and_small_groups_are_whole() {
        for (sizes, most, expected) in [
            (vec![2, 3], 10, usize::MAX),
            (vec![150], 100, 100),
            (vec![2, 50, 60], 100, 49),
            (vec![90, 5, 90], 100, 47),
            (vec![7; 40], 20, 1),
        ] {
            assert_eq!(share(sizes.clone(), most), expected, "{sizes:?}");
        }
    }
}
