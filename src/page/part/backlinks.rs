//! What links to an entry, as readers see it: relations under their inverse's name, mentions with
//! the sentence they stand in.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::book::Backlink;
use crate::page::Subject;
use crate::page::context::{Context, Whole};
use crate::page::linking::{self, Linking};
use crate::page::view::{BacklinksView, LinkedView, LinksView, SentenceView};
use crate::parse::{Mention, Origin};

/// How many backlinks stand on an entry's own page; the rest stand on a page of their own.
pub const MOST: usize = 100;

/// Up to how many mentions stand together, rather than by section.
const TOGETHER: usize = 9;

/// How many sentences of one entry are quoted.
const SENTENCES: usize = 3;

/// The backlinks of an entry, at most `most` of them. What links in several ways is shown under its relations, with a
/// sentence that mentions the entry; what only mentions it comes behind.
pub fn view<'a>(cx: &Context<'a>, entry: Whole<'a>, most: usize) -> BacklinksView<'a> {
    let linking = entry.linking();
    let rest = (linking::cards(&linking) > most).then(|| cx.href(&Subject::Backlinks(entry.id()))).flatten();
    let related = linking.iter().flat_map(|links| {
        // The sentence stands under the first relation.
        let relations = links.relations.iter().enumerate();
        relations.map(move |(nth, link)| (links, Some(*link), usize::from(nth == 0)))
    });
    let mentioned = linking.iter().filter(|links| links.relations.is_empty()).map(|links| (links, None, SENTENCES));
    let together = mentioned.clone().count() <= TOGETHER;
    let mut groups: Vec<LinksView> = Vec::new();
    let mut places: FxHashMap<Under, usize> = FxHashMap::default();
    for (nth, (links, relation, sentences)) in related.chain(mentioned).enumerate() {
        let section = entry.source(&links.all[0]).0.section();
        let under = match relation {
            Some(link) => Under::Relation(label(entry, link)),
            None if together => Under::Mentions,
            None => Under::MentionsIn(cx.section_title(section.id)),
        };
        let place = *places.entry(under).or_insert_with(|| {
            let is_relation = relation.is_some();
            groups.push(LinksView { label: under.label(cx), is_relation, count: 0, items: Vec::new() });
            groups.len() - 1
        });
        groups[place].count += 1;
        if nth < most {
            let mut item = linked(cx, entry, links, sentences);
            item.kind = (under == Under::Mentions && !section.name().is_empty()).then_some(section.singular());
            groups[place].items.push(item);
        }
    }
    groups.retain(|group| !group.items.is_empty());
    let mut view = BacklinksView { count: linking.len(), rest, html: None, groups, entry: None };
    if let Some(writer) = cx.fragments() {
        view.html = Some(writer.backlinks(&view, most == usize::MAX));
        view.groups.clear();
    }
    view
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
        let is_bare = !before.chars().chain(after.chars()).any(char::is_alphanumeric);
        // Two links in one sentence quote it once, and a link alone in a cell or an item says nothing of it.
        if is_bare || last.text == mention.text {
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
