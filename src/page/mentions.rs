//! What links to an entry, as readers see it: relations under their inverse's name, mentions with
//! the sentence they stand in.

use super::view::{BacklinksView, MentionView, MentionsView, RelationView, SentenceView};
use super::{Page, Shelf, Subject};
use crate::book::{Backlink, EntryId};
use crate::parse::Origin;

/// How many backlinks stand on an entry's own page; the rest stand on a page of their own.
pub const MOST: usize = 100;

/// How many sentences of one entry are quoted.
const SENTENCES: usize = 3;

/// The backlinks of an entry, at most `most` of them.
pub fn view(shelf: &Shelf, page: &Page, id: EntryId, most: usize) -> BacklinksView {
    let book = shelf.book;
    let all = book.graph.backlinks(id);
    let relations: Vec<&Backlink> = all.iter().filter(|link| link.relation).collect();
    let mentions = by_entry(all);
    let count = relations.len() + mentions.len();
    let shown_relations = relations.len().min(most);
    let shown_mentions = mentions.len().min(most - shown_relations);
    let rest = (count > most).then(|| shelf.href(page, &Subject::Backlinks(id))).flatten();
    BacklinksView {
        count,
        rest,
        relations: relation_views(shelf, page, &relations[..shown_relations]),
        mentions: mention_views(shelf, page, &mentions[..shown_mentions]),
        entry: None,
    }
}

/// How many backlinks an entry's page would show if it showed all.
pub fn count(all: &[Backlink]) -> usize {
    all.iter().filter(|link| link.relation).count() + by_entry(all).len()
}

/// The mentions of each entry together: links of one entry stand next to each other.
fn by_entry(all: &[Backlink]) -> Vec<Vec<&Backlink>> {
    let mut entries: Vec<Vec<&Backlink>> = Vec::new();
    for link in all.iter().filter(|link| !link.relation) {
        match entries.last_mut().filter(|entry| entry[0].from == link.from) {
            Some(entry) => entry.push(link),
            None => entries.push(vec![link]),
        }
    }
    entries
}

/// Relations by the name of their inverse, in the order in which they come.
fn relation_views(shelf: &Shelf, page: &Page, links: &[&Backlink]) -> Vec<RelationView> {
    let mut views: Vec<RelationView> = Vec::new();
    for link in links {
        let label = label(shelf, link);
        let item = shelf.item(page, link.from);
        match views.iter_mut().find(|view| view.label == label) {
            Some(view) => view.items.push(item),
            None => views.push(RelationView { label, items: vec![item] }),
        }
    }
    views
}

/// What a relation is called where it ends.
fn label(shelf: &Shelf, link: &Backlink) -> String {
    let from = shelf.book.entry(link.from);
    let collection = from.collection.map(|collection| &shelf.book.config.collections[collection]);
    match (collection, &from.links[link.link as usize].from) {
        (Some(collection), Origin::Relation { field }) => {
            let field = &collection.fields[*field];
            match &field.inverse {
                Some((_, label)) => label.clone(),
                None if field.symmetric => field.label.clone(),
                None => collection.title.clone(),
            }
        }
        _ => String::new(),
    }
}

fn mention_views(shelf: &Shelf, page: &Page, entries: &[Vec<&Backlink>]) -> Vec<MentionsView> {
    let mut views: Vec<MentionsView> = Vec::new();
    for links in entries {
        let from = links[0].from;
        let section = shelf.book.section(shelf.book.section_of(from));
        let title = if section.name.is_empty() { String::new() } else { section.title.clone() };
        let entry = shelf.book.entry(from);
        let anchor = shelf.entry_anchor(page, from);
        let mut sentences: Vec<SentenceView> = Vec::new();
        let mut last = None;
        for link in links {
            let Origin::Prose { mention, .. } = &entry.links[link.link as usize].from else { continue };
            // Two links in one sentence quote it once.
            if sentences.len() == SENTENCES || mention.text.is_empty() || last == Some(&mention.text) {
                continue;
            }
            last = Some(&mention.text);
            sentences.push(sentence(shelf, from, link.link as usize));
        }
        let view = MentionView {
            title: anchor.title,
            href: anchor.href,
            date: entry.date.as_ref().map(|date| shelf.date(&date.value)),
            sentences,
        };
        match views.last_mut().filter(|group| group.section == title) {
            Some(group) => group.items.push(view),
            None => views.push(MentionsView { section: title, items: vec![view] }),
        }
    }
    views
}

/// The sentence around a link; a link without words of its own shows its target's title, as it does in the text.
fn sentence(shelf: &Shelf, from: EntryId, link: usize) -> SentenceView {
    let entry = shelf.book.entry(from);
    let link_value = &entry.links[link];
    let Origin::Prose { mention, .. } = &link_value.from else {
        return SentenceView { before: String::new(), link: String::new(), after: String::new() };
    };
    let (before, words, after) = mention.parts();
    let title = match (&link_value.label, shelf.book.resolution(from, link)) {
        (None, crate::book::Resolution::Found { entry, .. }) => Some(shelf.book.entry(*entry).title.value.clone()),
        _ => None,
    };
    SentenceView { before: before.to_owned(), link: title.unwrap_or_else(|| words.to_owned()), after: after.to_owned() }
}
