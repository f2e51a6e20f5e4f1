//! What is other than in a revision, in words: of an entry on its page, of all on theirs.

use std::borrow::Cow;

use crate::book::EntryId;
use crate::compare::{Aspect, Detail, DetailChange, EntryChange, Fate, MentionChange, SourceChange, TextChange};
use crate::page::context::{Context, Whole};
use crate::page::view::{ChangeView, ChangesAnchor, DetailView};
use crate::page::{Preview, Subject};

/// The way to the page of all changes, in a preview.
pub fn anchor(cx: &Context) -> Option<ChangesAnchor> {
    let preview = cx.preview()?;
    let href = cx.href(&Subject::Changes)?;
    Some(ChangesAnchor { title: title(cx, preview), href, count: preview.changes.entries.len() })
}

/// What that page is called.
pub fn title(cx: &Context, preview: &Preview) -> String {
    cx.words().fill("changes_against", &[("revision", &preview.against)])
}

/// What is other of an entry, in a preview.
pub fn of_entry<'a>(cx: &Context<'a>, entry: Whole<'a>) -> Option<ChangeView<'a>> {
    cx.change(entry).map(|change| view(cx, change))
}

pub fn view<'a>(cx: &Context<'a>, change: &'a EntryChange) -> ChangeView<'a> {
    let words = cx.words();
    let mut notes = Vec::new();
    match change.fate {
        Fate::New { was_draft: true } => notes.push(words.get("was_draft").to_owned()),
        Fate::Gone { is_draft: true } => notes.push(words.get("is_draft").to_owned()),
        _ => {}
    }
    if matches!(change.fate, Fate::New { .. }) {
        notes.push(counted(cx, "linked_from", "linked_from_one", change.linked_from));
    }
    if change.broken > 0 {
        notes.push(counted(cx, "links_lost", "links_lost_one", change.broken));
    }
    ChangeView {
        title: &change.title,
        href: change.id.map(|id| href(cx, id)),
        notes,
        details: details(cx, &change.details),
        ..of_fate(cx, &change.fate, &change.address)
    }
}

/// The link to an entry that a change tells of.
pub fn href(cx: &Context, id: EntryId) -> String {
    cx.entry_href(cx.changed(id))
}

pub fn of_source<'a>(cx: &Context<'a>, change: &'a SourceChange) -> ChangeView<'a> {
    let title = if change.title.is_empty() { &change.key } else { &change.title };
    ChangeView { title, details: details(cx, &change.details), ..of_fate(cx, &change.fate, &change.key) }
}

fn of_fate<'a>(cx: &Context<'a>, fate: &'a Fate, address: &'a str) -> ChangeView<'a> {
    let (fate, from) = match fate {
        Fate::New { .. } => ("new", None),
        Fate::Gone { .. } => ("gone", None),
        Fate::Moved { from } => ("moved", Some(from.as_str())),
        Fate::Changed => ("changed", None),
    };
    let word = cx.words().get(word(fate));
    ChangeView { fate, word, title: "", href: None, address, from, notes: Vec::new(), details: Vec::new() }
}

/// The word of the interface for what became of something.
pub fn word(fate: &'static str) -> &'static str {
    match fate {
        "new" => "change_new",
        "gone" => "change_gone",
        "moved" => "change_moved",
        _ => "change_changed",
    }
}

pub fn details<'a>(cx: &Context<'a>, details: &'a [Detail]) -> Vec<DetailView<'a>> {
    details.iter().map(|detail| of_detail(cx, detail)).collect()
}

fn of_detail<'a>(cx: &Context<'a>, detail: &'a Detail) -> DetailView<'a> {
    let label = label(cx, &detail.aspect);
    match &detail.change {
        DetailChange::Values { lost, gained, .. } => DetailView { label, lost, gained, text: String::new() },
        DetailChange::Text(change) => DetailView { label, lost: &[], gained: &[], text: of_text(cx, *change) },
        DetailChange::Mentions(change) => {
            let word = match change {
                MentionChange::First => "first_mention",
                MentionChange::Last => "last_mention",
            };
            DetailView { label, lost: &[], gained: &[], text: cx.words().get(word).to_owned() }
        }
    }
}

fn of_text(cx: &Context, change: TextChange) -> String {
    let words = cx.words();
    match change {
        TextChange::Words { added, removed } => {
            let told = [("words_added", "words_added_one", added), ("words_removed", "words_removed_one", removed)];
            let told = told.into_iter().filter(|(_, _, count)| *count > 0);
            told.map(|(many, one, count)| counted(cx, many, one, count)).collect::<Vec<_>>().join(" · ")
        }
        TextChange::Order => words.get("words_order").to_owned(),
        TextChange::Markup => words.get("words_markup").to_owned(),
    }
}

/// How many there are, by the word for several or that for one.
fn counted(cx: &Context, many: &str, one: &str, count: usize) -> String {
    cx.words().count(if count == 1 { one } else { many }, count)
}

fn label<'a>(cx: &Context<'a>, aspect: &'a Aspect) -> Cow<'a, str> {
    let word = match aspect {
        Aspect::Field { label, .. } => return label.as_str().into(),
        Aspect::Note { label, .. } => return cx.words().fill("note_on", &[("field", label.as_str())]).into(),
        Aspect::Key(key) => return key.as_str().into(),
        Aspect::Title => "title",
        Aspect::Summary => "summary",
        Aspect::Date => "date",
        Aspect::Order => "order",
        Aspect::Aliases => "also_called",
        Aspect::Tags => "tags",
        Aspect::Sources => "sources",
        Aspect::Figures => "figures",
        Aspect::Picture => "picture",
        Aspect::Language => "language",
        Aspect::Published => "published",
        Aspect::ReviewBy => "review_by",
        Aspect::Section => "section",
        Aspect::File => "file",
        Aspect::Text => "text",
        Aspect::Links => "links",
        Aspect::Mentions => "mentions",
        Aspect::Collections => "collection_names",
    };
    cx.words().get(word).into()
}
